//! The words of `record/sheet.toml`, ready to be looked up.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

/// What the file says, read once. A file that cannot be read leaves no words, which finds nothing; a test keeps it readable.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../record/sheet.toml")).unwrap_or_default();
    Words::of(file)
});

/// Most words of a label.
const LABEL: usize = 6;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    labels: BTreeMap<String, Vec<String>>,
    cues: Vec<Cue>,
    choices: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// Words that give a sentence to a field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cue {
    pub(super) field: String,
    words: Vec<String>,
}

/// Labels, cues and choices, all folded.
pub(super) struct Words {
    labels: HashMap<String, String>,
    pub(super) cues: Vec<Cue>,
    choices: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Words {
    pub(super) fn get() -> &'static Words {
        &WORDS
    }

    fn of(file: File) -> Self {
        let labels = file
            .labels
            .into_iter()
            .flat_map(|(field, labels)| labels.into_iter().map(move |label| (fold(&label).trim().to_owned(), field.clone())));
        // As they are looked for: between spaces, a star leaving the end of the word open.
        let sought = |word: &String| match word.strip_suffix('*') {
            Some(stem) => fold(stem).trim_end().to_owned(),
            None => fold(word),
        };
        let cues = file.cues.into_iter().map(|cue| Cue { words: cue.words.iter().map(sought).collect(), ..cue });
        let choices = file.choices.into_iter().map(|(field, values)| {
            (field, values.into_iter().map(|(value, words)| (value, words.iter().map(|word| fold(word)).collect())).collect())
        });
        Self { labels: labels.collect(), cues: cues.collect(), choices: choices.collect() }
    }

    /// The field whose label this is, or begins with; `exact` asks for nothing after it.
    pub(super) fn labelled(&self, label: &str, exact: bool) -> Option<&str> {
        let folded = fold(label);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let longest = words.len().min(LABEL);
        (1..=longest).rev().filter(|many| !exact || *many == words.len()).find_map(|many| {
            let known = self.labels.get(&words[..many].join(" "))?;
            Some(known.as_str())
        })
    }

    /// The value of a field of choices that a text names first; one that it denies does not count.
    pub(super) fn chosen(&self, field: &str, text: &str) -> Option<&str> {
        let folded = fold(text);
        let named = |word: &String| folded.match_indices(word.as_str()).map(|(at, _)| at).find(|at| !is_denied(&folded[..*at]));
        let values = self.choices.get(field)?.iter();
        let first = values.filter_map(|(value, words)| Some((words.iter().filter_map(named).min()?, value)));
        first.min().map(|(_, value)| value.as_str())
    }
}

/// Whether what comes before a word denies it.
fn is_denied(before: &str) -> bool {
    [" sans", " pas de", " pas d'", " aucun", " aucune", " no", " not", " without"].iter().any(|denial| before.ends_with(denial))
}

impl Cue {
    /// Whether a folded sentence holds one of the words.
    pub(super) fn is_in(&self, folded: &str) -> bool {
        self.words.iter().any(|word| folded.contains(word.as_str()))
    }
}

/// Words without accents, capitals nor punctuation, one space before, between and after them. A point or an apostrophe within a
/// word stays: `2.0`, `d'usage`.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            '\u{300}'..='\u{36f}' => {}
            'à' | 'â' | 'ä' | 'á' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'î' | 'ï' | 'í' => folded.push('i'),
            'ô' | 'ö' | 'ó' => folded.push('o'),
            'û' | 'ü' | 'ù' | 'ú' => folded.push('u'),
            'ç' => folded.push('c'),
            'œ' => folded.push_str("oe"),
            '’' | '\'' => folded.push('\''),
            '.' => folded.push('.'),
            other if other.is_alphanumeric() => folded.push(other),
            _ => space(&mut folded),
        }
    }
    space(&mut folded);
    folded
}

/// Ends a word: a point at its end is that of a sentence.
fn space(folded: &mut String) {
    while folded.ends_with(['.', '\'']) {
        folded.pop();
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
}
