//! How far the name of a street or of a town goes.

use crate::lexicon::Meaning;
use crate::tokens::{Capitals, Tokens};

/// What ends a name where capitals tell, unless a hyphen joins it.
const ENDS: [Meaning; 4] = [Meaning::STOP, Meaning::AGAINST, Meaning::HOME, Meaning::EVENT];
/// What ends a name too where they do not.
const ENDS_MUTE: [Meaning; 3] = [Meaning::FAMILY, Meaning::BUILDING, Meaning::UNIT];
/// Words of names that are others too: "rue du Dr Roux", "rue du docteur roux".
const TITLES: [&str; 3] = ["dr", "docteur", "me"];

/// The last token of the name that begins at `first`, with so many words at most where capitals do not tell its end.
pub(crate) fn name(tokens: &Tokens, first: usize, most: usize) -> Option<usize> {
    let mute = tokens.capitals(first) == Capitals::Mute;
    let (mut last, mut words, mut at) = (None, 0, first);
    while tokens.get(at).is_some() && at < first + 24 {
        match step(tokens, at, last, mute) {
            Step::Word if mute && words == most && !is_joined(tokens, at) => break,
            Step::Word => {
                words += usize::from(!is_joined(tokens, at));
                last = Some(at);
            }
            Step::Inside => {}
            Step::Ending => last = Some(at),
            Step::Over => break,
        }
        at += 1;
    }
    last
}

/// True for a word across which no name goes on. After an article, most of them are names: "rue du Marché".
fn ends(tokens: &Tokens, at: usize) -> bool {
    let meaning = tokens.meaning(at);
    if follows_article(tokens, at) {
        return meaning.has(Meaning::STOP) && !TITLES.iter().any(|title| tokens.says(at, title));
    }
    ENDS.iter().any(|end| meaning.has(*end))
}

/// "du", "de la", "des", "l'" before a word.
fn follows_article(tokens: &Tokens, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let article = if ["'", "\u{2019}"].contains(&tokens.text(before)) { before.checked_sub(1) } else { Some(before) };
    article.is_some_and(|article| {
        ["du", "la", "de", "des", "l", "d", "aux"].iter().any(|word| tokens.is_word(article) && tokens.says(article, word))
    })
}

enum Step {
    /// A word of the name.
    Word,
    /// It belongs to the name if a word follows.
    Inside,
    /// It belongs to the name.
    Ending,
    Over,
}

fn step(tokens: &Tokens, at: usize, last: Option<usize>, mute: bool) -> Step {
    let meaning = tokens.meaning(at);
    if tokens.is_word(at) {
        if is_joined(tokens, at) || is_cut(tokens, at) {
            return Step::Word;
        }
        if ends(tokens, at) && !meaning.has(Meaning::PARTICLE) {
            return Step::Over;
        }
        if mute
            && !follows_article(tokens, at)
            && (meaning.is_trigger() || (last.is_some() && ENDS_MUTE.iter().any(|end| meaning.has(*end))))
        {
            return Step::Over;
        }
        let scrap =
            !mute && tokens.text(at).len() <= 2 && !tokens.is_capital(at) && tokens.is_capital(at + 1) && meaning == Meaning::NONE;
        if meaning.has(Meaning::PARTICLE) || scrap {
            return if goes_on(tokens, at + 1, mute) { Step::Inside } else { Step::Over };
        }
        if ends_number(tokens, at) {
            return Step::Ending;
        }
        let broken = last.is_some() && at > 0 && is_cut(tokens, at - 1);
        return if mute || tokens.is_capital(at) || broken { Step::Word } else { Step::Over };
    }
    if tokens.is_number(at) {
        return number(tokens, at, last);
    }
    let glue =
        ["-", "'", "\u{2019}", "\u{2010}", "\u{2011}"].contains(&tokens.text(at)) && tokens.gap(at + 1) <= 1 && tokens.gap(at) <= 1;
    let apart = tokens.gap(at) > 0 && tokens.gap(at + 1) > 0;
    let glue = glue && !apart && at > 0 && tokens.is_word(at - 1) && tokens.is_word(at + 1);
    // "St. Denis"
    let short = tokens.is_sign(at, '.')
        && at > 0
        && ["st", "ste", "gal", "dr", "mal", "cdt", "prof"].iter().any(|word| tokens.is_word(at - 1) && tokens.says(at - 1, word));
    if glue || short { Step::Inside } else { Step::Over }
}

/// "8 Mai 1945", "Paris 20e", "2e DB", and the digit of "Ve1in".
fn number(tokens: &Tokens, at: usize, last: Option<usize>) -> Step {
    let length = tokens.text(at).len();
    if last == Some(at.wrapping_sub(1)) && tokens.is_glued(at) {
        return Step::Inside;
    }
    let ordinal = tokens.is_glued(at + 1) && ["e", "er", "eme", "ere", "nd", "nde"].iter().any(|word| tokens.says(at + 1, word));
    let day = length <= 2 && tokens.meaning(at + 1).as_month().is_some();
    let year = length == 4 && at > 0 && tokens.meaning(at - 1).as_month().is_some() && tokens.is_number(at.saturating_sub(2));
    match () {
        () if year => Step::Ending,
        () if length <= 2 && (ordinal || day) => Step::Inside,
        () => Step::Over,
    }
}

/// "e" and "arrondissement" after a number.
fn ends_number(tokens: &Tokens, at: usize) -> bool {
    let ordinal = at > 0 && tokens.is_glued(at) && tokens.is_number(at - 1);
    ordinal
        || tokens.says(at, "arrondissement")
        || tokens.says(at, "arr")
        || (at > 0 && tokens.meaning(at).as_month().is_some() && tokens.is_number(at - 1))
}

/// A capital that a stray space cuts from its word: "M ontbel".
fn is_cut(tokens: &Tokens, at: usize) -> bool {
    let rest = tokens.text(at + 1);
    let whole = tokens.text(at).len() == 1 && tokens.is_capital(at) && tokens.gap(at + 1) == 1 && tokens.is_word(at + 1);
    whole && rest.len() > 2 && !tokens.is_capital(at + 1) && tokens.meaning(at + 1) == Meaning::NONE
}

/// True when a hyphen or an apostrophe joins a word to the one before it, or a digit stands in its place.
fn is_joined(tokens: &Tokens, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let hyphen = ["-", "\u{2010}", "\u{2011}"].contains(&tokens.text(before)) && (tokens.gap(before) == 0 || tokens.gap(at) == 0);
    let digit =
        tokens.is_glued(at) && tokens.is_number(before) && tokens.is_glued(before) && before > 0 && tokens.is_word(before - 1);
    hyphen && before > 0 && tokens.is_word(before - 1) || digit
}

/// True when a small word leads on to a name.
fn goes_on(tokens: &Tokens, mut at: usize, mute: bool) -> bool {
    for _ in 0..6 {
        let meaning = tokens.meaning(at);
        match () {
            () if ["'", "\u{2019}", "-"].contains(&tokens.text(at)) => {}
            () if tokens.is_word(at) && meaning.has(Meaning::PARTICLE) => {}
            () if tokens.is_number(at) => {
                let ordinal = tokens.is_glued(at + 1) && tokens.is_word(at + 1);
                return tokens.text(at).len() <= 2
                    && (tokens.meaning(at + 1).as_month().is_some() && !is_date(tokens, at) || ordinal);
            }
            () if tokens.is_word(at) => {
                let ends = ends(tokens, at) || (mute && meaning.is_trigger() && !follows_article(tokens, at));
                return !ends && (mute || tokens.is_capital(at));
            }
            () => return false,
        }
        at += 1;
    }
    false
}

/// "le 12 mars 1980" is a day, "du 8 mai 1945" a street: the article tells.
fn is_date(tokens: &Tokens, number: usize) -> bool {
    number > 0 && tokens.says(number - 1, "le")
}

/// The first token of the name that ends at `last`, read from right to left; "à", a comma or the line above ends it.
pub(crate) fn name_before(tokens: &Tokens, last: usize, most: usize) -> Option<usize> {
    let mute = tokens.capitals(last) == Capitals::Mute;
    let (mut first, mut words) = (None, 0);
    for at in (last.saturating_sub(16)..=last).rev() {
        let meaning = tokens.meaning(at);
        let joins = ["-", "'", "\u{2019}"].contains(&tokens.text(at)) && (tokens.gap(at) == 0 || tokens.gap(at + 1) == 0);
        let joined = tokens.gap(at + 1) == 0 && at < last && ["-", "'", "\u{2019}"].contains(&tokens.text(at + 1));
        if joins {
            continue;
        }
        if tokens.is_word(at) {
            let accented = tokens.text(at) == "à" || tokens.text(at) == "À";
            let to = !joined && (accented || tokens.says(at, "a") || tokens.says(at, "au") || tokens.says(at, "aux"));
            let ends = !joined && (to || (ENDS.iter().any(|end| meaning.has(*end)) && !meaning.has(Meaning::PARTICLE)));
            if ends || (mute && words == most && !joined) {
                break;
            }
            if meaning.has(Meaning::PARTICLE) && !joined {
                // "Le Creusot": a small word begins a name only with a capital, or where capitals say nothing.
                if first.is_some()
                    && ((tokens.is_capital(at) && !mute)
                        || (mute && (tokens.says(at, "le") || tokens.says(at, "la") || tokens.says(at, "les"))))
                {
                    first = Some(at);
                }
                continue;
            }
            let ordinal = tokens.is_glued(at) && at > 0 && tokens.is_number(at - 1);
            if mute || joined || tokens.is_capital(at) || ordinal || tokens.says(at, "arrondissement") {
                words += usize::from(!joined && !ordinal);
                first = Some(at);
                continue;
            }
            break;
        }
        let ordinal = tokens.is_number(at) && tokens.is_glued(at + 1) && tokens.text(at).len() <= 2 && at < last;
        if !ordinal {
            break;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<&str> {
        let tokens = Tokens::of(text);
        name(&tokens, 0, 3).map(|last| &text[tokens.range(0, last)])
    }

    #[test]
    fn names_end_where_they_end() {
        for (text, expected) in [
            ("Le Creusot le 12/03/1980", "Le Creusot"),
            ("Saint-Laurent-de-la-Salanque, le", "Saint-Laurent-de-la-Salanque"),
            ("Vire Normandie le 27.06.1987", "Vire Normandie"),
            ("Paris 20e Arrondissement Mandataire", "Paris 20e Arrondissement Mandataire"),
            ("Bassoues À noter : rien", "Bassoues"),
            ("Lormont Le proprietaire bailleur", "Lormont"),
            ("Vaulx-en-Ve1in (69)", "Vaulx-en-Ve1in"),
            ("oran le 13/05/1989", "oran"),
            ("le creusot et demeurant", "le creusot"),
            ("du 8 Mai 1945, Lyon", "du 8 Mai 1945"),
            ("de l'Ancienne Mairie affiche", "de l'Ancienne Mairie"),
            ("des Lilas 35000", "des Lilas"),
        ] {
            assert_eq!(read(text), Some(expected), "{text}");
        }
        for text in ["le 12 mars", "en attente", "Le dossier", ", Lyon"] {
            assert_eq!(read(text).filter(|_| text != "en attente"), None, "{text}");
        }
    }

    #[test]
    fn names_are_read_from_their_end_too() {
        for (text, expected) in [
            ("réside à Le Vésinet", "Le Vésinet"),
            ("a lyon 6e arrondissement", "lyon 6e arrondissement"),
            ("B, à Vaulx-en-Velin", "Vaulx-en-Velin"),
        ] {
            let tokens = Tokens::of(text);
            let first = name_before(&tokens, tokens.len() - 1, 4).expect(text);
            assert_eq!(&text[tokens.range(first, tokens.len() - 1)], expected);
        }
    }
}
