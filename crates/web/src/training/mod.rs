//! Training modules: Markdown that a trainer writes in a text editor, one file a language (`NAME.fr.md`, `NAME.en.md`).
//!
//! A file begins with its front matter, then has one `##` section a lesson, a section `Quiz`, and perhaps a section
//! `Mise à jour` (`Refresher`): what is read and answered when the version of a system changes. See `training/` for examples.
//!
//! No file is read here: names and texts come in.

mod quiz;
mod read;
mod text;

use std::collections::BTreeMap;

pub use read::Mistake;

use crate::i18n::Lang;
use read::Front;

/// What is read and answered before the first use of a system.
#[derive(Debug, Clone)]
pub struct Module {
    /// Identifier: the name of its file.
    pub id: String,
    /// Reading time, minutes.
    pub minutes: usize,
    /// Right answers needed.
    pub pass: usize,
    /// Validity of the certification, months.
    pub months: u32,
    fr: Words,
    en: Option<Words>,
}

/// A module in one language.
#[derive(Debug, Clone)]
pub struct Words {
    /// Title.
    pub title: String,
    /// What is read.
    pub lessons: Vec<Lesson>,
    /// What is answered.
    pub questions: Vec<Question>,
    /// What those who know an earlier version read and answer, if it was written.
    pub refresher: Option<Refresher>,
}

/// A lesson.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Title.
    pub title: String,
    /// What it says: HTML of our own making, see [`text`].
    pub html: String,
}

/// A question of a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub words: String,
    /// The choices.
    pub choices: Vec<String>,
    /// The right one, from 0.
    pub answer: usize,
    line: usize,
}

/// What is read and answered when a version changes.
#[derive(Debug, Clone)]
pub struct Refresher {
    /// What it says, HTML.
    pub html: String,
    /// One or two questions.
    pub questions: Vec<Question>,
}

/// Everything that keeps files from being modules, each with its place and its remedy.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Mistakes(pub Vec<Mistake>);

impl Module {
    /// The module in this language; in French where it was not translated.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &Words {
        match (lang, &self.en) {
            (Lang::En, Some(words)) => words,
            _ => &self.fr,
        }
    }

    /// The language in which [`Module::words`] answers.
    #[must_use]
    pub fn speaks(&self, lang: Lang) -> Lang {
        if self.en.is_some() { lang } else { Lang::Fr }
    }

    /// Its title.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        &self.words(lang).title
    }
}

/// How many of these answers (the index of a choice, question by question) are right.
#[must_use]
pub fn right(questions: &[Question], answers: &[Option<usize>]) -> usize {
    questions.iter().zip(answers).filter(|(question, answer)| **answer == Some(question.answer)).count()
}

/// The modules that these files make, by identifier; `files` are names and texts.
///
/// # Errors
/// [`Mistakes`]: all of them, in the order of the files.
pub fn modules<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<BTreeMap<String, Module>, Mistakes> {
    let mut mistakes = Vec::new();
    let mut by_id: BTreeMap<String, BTreeMap<&'static str, (&str, Front, Words)>> = BTreeMap::new();
    for (name, text) in files {
        let Some((id, lang)) = language(name) else {
            mistakes.push(Mistake::new(name, 0, "the name says no language", "name it NAME.fr.md or NAME.en.md"));
            continue;
        };
        match read::file(name, text, lang) {
            Ok((front, words)) => {
                by_id.entry(id.to_owned()).or_default().insert(lang.tag(), (name, front, words));
            }
            Err(found) => mistakes.extend(found),
        }
    }
    let mut modules = BTreeMap::new();
    for (id, mut read) in by_id {
        match (read.remove("fr"), read.remove("en")) {
            (Some((_, front, fr)), en) => {
                mistakes.extend(en.iter().filter_map(|(name, _, en)| disagreement(name, &fr, en)));
                let en = en.map(|(_, _, words)| words);
                let Front { minutes, pass, months, .. } = front;
                modules.insert(id.clone(), Module { id, minutes, pass, months, fr, en });
            }
            // One whose French is wrong was spoken of above.
            (None, Some((name, ..))) if mistakes.iter().all(|mistake| mistake.file != name.replace(".en.md", ".fr.md")) => {
                mistakes.push(Mistake::new(name, 0, "the French file of this module is missing", "write NAME.fr.md beside it"));
            }
            (None, _) => {}
        }
    }
    if mistakes.is_empty() { Ok(modules) } else { Err(Mistakes(mistakes)) }
}

/// Identifier and language in the name of a file.
#[must_use]
pub fn language(name: &str) -> Option<(&str, Lang)> {
    let (id, tag) = name.strip_suffix(".md")?.rsplit_once('.')?;
    let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == tag)?;
    (!id.is_empty()).then_some((id, lang))
}

/// Answers are numbers, so both languages must ask the same things in the same order.
fn disagreement(name: &str, fr: &Words, en: &Words) -> Option<Mistake> {
    let refresher = |words: &Words| words.refresher.as_ref().map(|refresher| refresher.questions.clone());
    let (of_fr, of_en) = (refresher(fr), refresher(en));
    if of_fr.is_some() != of_en.is_some() {
        return Some(Mistake::new(name, 0, "one language has a refresher, the other has none", "write the section in both files"));
    }
    let pairs = [(&fr.questions, &en.questions), (&of_fr.unwrap_or_default(), &of_en.unwrap_or_default())];
    for (fr, en) in pairs {
        if fr.len() != en.len() {
            let line = en.last().map_or(0, |last| last.line);
            return Some(Mistake::new(
                name,
                line,
                "it does not ask as many questions as the French file",
                "translate each question",
            ));
        }
        let differs = |(fr, en): &(&Question, &Question)| (fr.answer, fr.choices.len()) != (en.answer, en.choices.len());
        if let Some((_, en)) = fr.iter().zip(en).find(differs) {
            return Some(Mistake::new(
                name,
                en.line,
                "choices and right answer differ from the French file",
                "keep the same order",
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: &str = "---\ntitle: Bien s’en servir\nminutes: 3\npass: 2\nmonths: 12\n---\n\n## Ce qu’il fait\n\nIl **propose**, <b>jamais</b> plus.\n\n## Quiz\n\n1. Qui décide ?\n   - [ ] L’outil\n   - [x] Moi\n2. Il se trompe ?\n   - [x] Oui\n   - [ ] Non\n\n## Mise à jour\n\nLe modèle a changé.\n\n1. Qu’est-ce qui change ?\n   - [x] Le modèle\n   - [ ] Rien\n";

    fn mistakes(files: &[(&str, &str)]) -> Vec<String> {
        modules(files.iter().copied()).map(|_| Vec::new()).unwrap_or_else(|all| all.0.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_file_of_text_makes_a_module() {
        let module = modules([("m.fr.md", FR)]).unwrap().remove("m").unwrap();
        assert_eq!((module.minutes, module.pass, module.months), (3, 2, 12));
        let words = module.words(Lang::En);
        assert_eq!(module.speaks(Lang::En), Lang::Fr, "untranslated: French stands in, and says so");
        assert_eq!(words.lessons.len(), 1);
        assert!(words.lessons[0].html.contains("<strong>propose</strong>") && words.lessons[0].html.contains("&lt;b&gt;jamais"));
        assert_eq!(words.questions.iter().map(|question| question.answer).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(words.refresher.as_ref().unwrap().questions.len(), 1);
        assert_eq!(right(&words.questions, &[Some(1), Some(0)]), 2);
        assert_eq!(right(&words.questions, &[Some(1), None]), 1);
        assert_eq!(right(&words.questions, &[]), 0);
    }

    #[test]
    fn each_mistake_says_file_line_and_remedy() {
        for (change, expected) in [
            (("pass: 2", "pass: 3"), "m.fr.md:4: `pass` is 3, of 2 questions"),
            (("minutes: 3", "minutes: trois"), "m.fr.md:3: `minutes` is not a number"),
            (("title:", "titre:"), "m.fr.md:2: `titre` is not known here"),
            (("   - [x] Moi", "   - [ ] Moi"), "m.fr.md:14: the question has no right answer"),
            (("   - [ ] L’outil", "   - [x] L’outil"), "m.fr.md:14: the question has two right answers"),
            (("   - [ ] L’outil\n", ""), "m.fr.md:14: the question has one choice only"),
            (("   - [ ] L’outil", "   - L’outil"), "m.fr.md:15: this choice has no box"),
            (("1. Qui décide ?", "Qui décide ?"), "m.fr.md:14: this is neither a question nor a choice"),
            (("## Quiz", "## Questions"), "m.fr.md:0: there is no quiz"),
            (("## Ce qu’il fait\n", "Bonjour\n"), "m.fr.md:8: this text stands before the first lesson"),
            (("---\ntitle", "title"), "m.fr.md:1: the front matter is missing"),
        ] {
            assert!(FR.contains(change.0), "{change:?}");
            let found = mistakes(&[("m.fr.md", &FR.replacen(change.0, change.1, 1))]);
            assert!(found.iter().any(|mistake| mistake.starts_with(expected)), "{expected}: {found:?}");
            assert!(found.iter().all(|mistake| mistake.contains("; ")), "each has a remedy: {found:?}");
        }
    }

    #[test]
    fn two_languages_ask_the_same_things() {
        let other = FR.replace("Mise à jour", "Refresher");
        assert!(mistakes(&[("m.fr.md", FR), ("m.en.md", &other)]).is_empty());
        let swapped = other.replace("   - [x] Oui\n   - [ ] Non", "   - [ ] No\n   - [x] Yes");
        assert!(mistakes(&[("m.fr.md", FR), ("m.en.md", &swapped)])[0].starts_with("m.en.md:17: choices and right answer differ"));
        assert!(mistakes(&[("m.en.md", &other)])[0].contains("French file"));
        assert!(mistakes(&[("m.md", FR)])[0].contains("NAME.fr.md"));
    }
}
