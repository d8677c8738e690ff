//! One impact study: written by several people, read, signed, printed; and everything that was ever saved of it.

mod sample;

use crate::layout::{Chrome, Fact, page};

/// The page where a study is written. Its one form goes to `{url}/draft` (kept as it is) or to `{url}` (kept, then handed to
/// who signs); fields `base`, `asked`, `q-…` and `settle-…`.
#[derive(Debug, Clone)]
pub struct StudyPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name of the system, and the page of its dossier.
    pub system: (String, String),
    /// Address of this page.
    pub url: String,
    /// Title.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// Where it stands: class and key of the tag.
    pub tag: (&'static str, &'static str),
    /// What must be known before writing: class and sentence.
    pub notices: Vec<(&'static str, String)>,
    /// Who wrote and signed it, until when.
    pub facts: Vec<Fact>,
    /// Questions that must be answered and are not, in order.
    pub missing: Vec<MissingAnswer>,
    /// Points and level.
    pub score: Option<ScoreView>,
    /// Name of the save that this page shows.
    pub base: String,
    /// Names of the questions on the page, separated by spaces.
    pub asked: String,
    /// The sections.
    pub sections: Vec<SectionView>,
    /// Whether the reader may write.
    pub may_write: bool,
    /// Whether there is something to read and sign.
    pub written: bool,
    /// Whether something was ever saved.
    pub has_history: bool,
    /// When it was last saved, and by whom, a sentence; empty before the first save.
    pub saved: String,
}
page!(StudyPage, "study.html");

/// A question that waits for its answer.
#[derive(Debug, Clone)]
pub struct MissingAnswer {
    /// Where it is answered.
    pub href: String,
    /// Title of its section.
    pub section: String,
    /// The question.
    pub words: String,
}

/// A section of the questionnaire.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// Anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// How many questions have an answer, out of those that need one.
    pub progress: (usize, usize),
    /// Whether no question of it is shown.
    pub hidden: bool,
    /// Title and page of the study where it is written, when it is another one.
    pub lender: Option<(String, String)>,
    /// Its questions.
    pub questions: Vec<QuestionView>,
}

/// What is drawn for a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A text area.
    Text,
    /// Radio buttons, yes and no included.
    Choice,
    /// Check boxes.
    Choices,
    /// A field for a number.
    Number,
    /// A field for a day.
    Date,
    /// Nothing to type: it is only read.
    Read,
}

/// A question.
#[derive(Debug, Clone)]
pub struct QuestionView {
    /// Name of its field.
    pub field: String,
    /// The question.
    pub words: String,
    /// What a good answer says.
    pub hint: String,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// How it is answered.
    pub input: Input,
    /// What its field holds.
    pub value: String,
    /// The choices offered.
    pub choices: Vec<ChoiceView>,
    /// The answer as it is read; empty without one.
    pub answer: String,
    /// Whether the questionnaire is complete without it.
    pub optional: bool,
    /// Whether the answers hide it.
    pub hidden: bool,
    /// Who answered it last, and when; empty without an answer.
    pub by: String,
    /// Other answers that wait for a choice.
    pub disputes: Vec<DisputeView>,
}

/// A choice that is offered.
#[derive(Debug, Clone)]
pub struct ChoiceView {
    /// Name of its field.
    pub field: String,
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Another answer to the same question, written at the same time.
#[derive(Debug, Clone)]
pub struct DisputeView {
    /// What is sent when it is chosen.
    pub value: String,
    /// The answer.
    pub answer: String,
    /// Who, and when.
    pub by: String,
}

/// Points and level.
#[derive(Debug, Clone)]
pub struct ScoreView {
    /// Name of the level.
    pub level: String,
    /// What follows from it; may be empty.
    pub means: String,
    /// Each axis: name, points, maximum.
    pub axes: Vec<(String, usize, usize)>,
    /// How the level comes out of the points, sentences.
    pub how: Vec<String>,
    /// Whether answers are missing, so that it may still change.
    pub provisional: bool,
}

/// The study as it was handed over: read, printed, signed (POST `{url}/sign`: `sign-until`, `sign-digest`) or sent back (POST
/// `{url}/return`: `return-reason`).
#[derive(Debug, Clone)]
pub struct StudyPaper {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name of the system, and the page of its dossier.
    pub system: (String, String),
    /// Address of the page where it is written.
    pub url: String,
    /// Title.
    pub title: String,
    /// Where it stands: class and key of the tag.
    pub tag: (&'static str, &'static str),
    /// What must be known: class and sentence.
    pub notices: Vec<(&'static str, String)>,
    /// Authors, signatory, dates.
    pub facts: Vec<Fact>,
    /// What is signed: SHA-256 of the answers.
    pub digest: String,
    /// Points and level.
    pub score: Option<ScoreView>,
    /// The sections, with the answers.
    pub sections: Vec<SectionView>,
    /// Whether the reader may sign it now.
    pub may_sign: bool,
    /// Whether the reader may send it back.
    pub may_return: bool,
    /// Why the reader may not sign, when they might expect to; empty otherwise.
    pub why_not: String,
    /// The last day proposed for its validity, `2027-11-24`.
    pub until: String,
    /// Longest validity, months.
    pub months: usize,
}
page!(StudyPaper, "study-paper.html");

/// Everything that was saved (POST `{url}/restore`: `n`).
#[derive(Debug, Clone)]
pub struct StudyHistory {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name of the system, and the page of its dossier.
    pub system: (String, String),
    /// Address of the page where it is written.
    pub url: String,
    /// Title of the study.
    pub title: String,
    /// The saves, the last first.
    pub saves: Vec<SaveView>,
    /// Where older ones are; empty when there are none.
    pub older: String,
    /// Whether the reader may bring one back.
    pub may_write: bool,
}
page!(StudyHistory, "study-history.html");

/// One save.
#[derive(Debug, Clone)]
pub struct SaveView {
    /// Its number.
    pub n: i64,
    /// Who and when.
    pub by: String,
    /// What else is to be said: that it brought back another, that two people wrote at once.
    pub notes: Vec<String>,
    /// What changed: question, before, after.
    pub changes: Vec<(String, String, String)>,
    /// Whether it is the last one.
    pub last: bool,
}

/// What was typed when the session had ended: it is kept on this page until it is sent again.
#[derive(Debug, Clone)]
pub struct StudyKept {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Where the form goes.
    pub action: String,
    /// Every field as it was sent.
    pub fields: Vec<(String, String)>,
    /// The texts among them, to be read.
    pub texts: Vec<String>,
}
page!(StudyKept, "study-kept.html");
