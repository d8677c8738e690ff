//! Tables: what the head of a column says of the cells under it.

use std::ops::Range;

use super::{LIKELY, entity};
use crate::Label;
use crate::fold::folded;
use crate::lexicon::{self, Meaning};
use crate::span::{Source, Span};
use crate::tokens::Tokens;

/// Signs between cells, the surest first.
const SIGNS: [char; 4] = ['\t', '|', ';', ','];
/// The line of heads is short, and so is each of them.
const LONGEST_LINE: usize = 600;
const LONGEST_HEAD: usize = 40;
/// A cell is no paragraph.
const LONGEST_CELL: usize = 80;
/// Fewest recognised heads that make a table.
const HEADS: usize = 2;

/// The head of the table that is being read.
struct Table {
    sign: char,
    columns: Vec<Option<Label>>,
}

pub(crate) fn find(tokens: &Tokens, out: &mut Vec<Span>) {
    let mut table: Option<Table> = None;
    let mut start = 0;
    for line in tokens.text.split_inclusive('\n') {
        let place = start;
        start += line.len();
        let line = line.trim_end();
        if let Some(head) = head(line) {
            table = Some(head);
            continue;
        }
        let Some(known) = &table else { continue };
        let cells: Vec<Range<usize>> = cells(line, known.sign).collect();
        if cells.len() == known.columns.len() {
            let labelled = known.columns.iter().zip(cells).filter_map(|(label, cell)| Some(((*label)?, cell)));
            out.extend(labelled.filter_map(|(label, cell)| value(tokens.text, label, place + cell.start..place + cell.end)));
        } else if line.is_empty() || !line.chars().all(|c| matches!(c, '|' | '-' | '+' | ':' | ' ' | '=')) {
            table = None;
        }
    }
}

fn value(text: &str, label: Label, cell: Range<usize>) -> Option<Span> {
    let inside = text[cell.clone()].trim_matches(|c: char| c.is_whitespace() || c == '"');
    let start = cell.start + text[cell.clone()].find(inside)?;
    let numbered = !matches!(label, Label::Person | Label::BirthPlace | Label::Address | Label::PostalCity | Label::Email);
    let digits = inside.bytes().filter(u8::is_ascii_digit).count();
    let likely = inside.len() <= LONGEST_CELL && inside.contains(char::is_alphanumeric) && (!numbered || digits >= 4);
    likely.then(|| Span {
        range: start..start + inside.len(),
        label,
        source: Source::Context,
        score: LIKELY,
        entity: entity::key(label, inside),
    })
}

/// The line as the head of a table, when it names columns that we know.
fn head(line: &str) -> Option<Table> {
    if line.len() > LONGEST_LINE {
        return None;
    }
    let mut counts = [0; SIGNS.len()];
    for byte in line.bytes().filter(|byte| !byte.is_ascii_alphabetic()) {
        if byte.is_ascii_digit() {
            return None;
        }
        SIGNS.iter().zip(&mut counts).for_each(|(sign, count)| *count += usize::from(*sign == char::from(byte)));
    }
    let separates = |(sign, count): &(char, usize)| *count >= HEADS - usize::from(*sign != ',');
    let (sign, _) = SIGNS.into_iter().zip(counts).find(separates)?;
    if cells(line, sign).any(|cell| cell.len() > LONGEST_HEAD) {
        return None;
    }
    let columns: Vec<_> = cells(line, sign).map(|cell| column(&line[cell])).collect();
    let known = columns.iter().flatten().count();
    (known >= HEADS).then_some(Table { sign, columns })
}

fn cells(line: &str, sign: char) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    line.split(sign).map(move |cell| {
        let range = start..start + cell.len();
        start = range.end + sign.len_utf8();
        range
    })
}

/// What the head of a column announces.
fn column(head: &str) -> Option<Label> {
    let words: Vec<String> = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(folded).collect();
    let means = |meaning: Meaning| words.iter().any(|word| lexicon::meaning(word.as_bytes()).has(meaning));
    let is = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    match () {
        () if words.len() > 5 || words.is_empty() => None,
        () if means(Meaning::BORN) && (means(Meaning::TOWN)) => Some(Label::BirthPlace),
        () if is(&[
            "nom",
            "prenom",
            "noms",
            "prenoms",
            "beneficiaire",
            "demandeur",
            "usager",
            "enfant",
            "conjoint",
            "responsable",
        ]) =>
        {
            Some(Label::Person)
        }
        () if means(Meaning::BORN) => Some(Label::BirthDate),
        () if is(&["mail", "email", "courriel", "electronique"]) => Some(Label::Email),
        () if means(Meaning::HOME) || means(Meaning::WAY) => Some(Label::Address),
        () if is(&["cp", "postal", "commune", "ville"]) => Some(Label::PostalCity),
        () => Label::HIDDEN.into_iter().find(|label| {
            *label != Label::Reference && words.iter().any(|word| lexicon::meaning(word.as_bytes()).triggers(*label))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_their_column_says() {
        let text = "Nom;Prénom;Date de naissance;N° allocataire;Montant\nDUPONT;Anne;12/03/1980;1234567;12,50\n\nRien ; ici ; est ; à ; lire, 1234567\n";
        let mut out = Vec::new();
        find(&Tokens::of(text), &mut out);
        let found: Vec<_> = out.iter().map(|span| (span.label.code(), &text[span.range.clone()])).collect();
        assert_eq!(found[..4], [("PERSON", "DUPONT"), ("PERSON", "Anne"), ("BIRTH_DATE", "12/03/1980"), ("CAF_NUM", "1234567")]);
        assert_eq!(found.len(), 4);
    }
}
