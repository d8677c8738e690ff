//! Sentences of running text that speak of a field.

use super::words::{Words, fold};

/// Most sentences that one field takes.
const MOST: usize = 5;

/// By field, in the order of the cues, the sentences that speak of it. A sentence serves one field.
pub(super) fn of(passages: &[String], words: &Words) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = words.cues.iter().map(|cue| (cue.field.clone(), Vec::new())).collect();
    for sentence in passages.iter().flat_map(|passage| sentences(passage)) {
        let folded = fold(sentence);
        let taker = words.cues.iter().position(|cue| cue.is_in(&folded));
        if let Some((_, taken)) = taker.and_then(|at| found.get_mut(at)).filter(|(_, taken)| taken.len() < MOST) {
            taken.push(sentence.to_owned());
        }
    }
    found.retain(|(_, taken)| !taken.is_empty());
    found
}

/// A sentence ends with a mark that a space and a capital follow: not that of `n. 3`.
fn sentences(passage: &str) -> Vec<&str> {
    let (mut sentences, mut begin) = (Vec::new(), 0);
    let mut ended = None;
    let mut spaced = false;
    for (at, character) in passage.char_indices() {
        match character {
            '.' | '!' | '?' => (ended, spaced) = (Some(at + character.len_utf8()), false),
            _ if character.is_whitespace() => spaced = true,
            _ => {
                if let Some(end) = ended.filter(|_| spaced && character.is_uppercase()) {
                    sentences.push(passage[begin..end].trim());
                    begin = at;
                }
                (ended, spaced) = (None, false);
            }
        }
    }
    sentences.push(passage[begin..].trim());
    sentences
}
