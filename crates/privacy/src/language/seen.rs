//! What the recogniser found in texts that were read lately: a conversation sends all its turns again with each new one, and a
//! system prompt comes with every call.
//!
//! Of a text, only its SHA-256 is kept, and of what was found in it, places and kinds: no word of anybody.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::ner::NerEntity;

/// Names and texts remembered before the older half is forgotten: some megabytes.
const REMEMBERED: usize = 1 << 15;

type Texts = HashMap<[u8; 32], Arc<[NerEntity]>>;

/// Two generations: what is read again goes over to the younger one, and the older one is forgotten whole.
#[derive(Default)]
pub(super) struct Seen(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: Texts,
    old: Texts,
    /// Names and texts in the younger one.
    weight: usize,
}

impl Seen {
    /// What is known of `text`, or what `read` finds in it, remembered.
    pub(super) fn entities(&self, text: &str, read: impl FnOnce() -> Vec<NerEntity>) -> Arc<[NerEntity]> {
        let key: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        if let Some(known) = self.known(&key) {
            return known;
        }
        let found: Arc<[NerEntity]> = read().into();
        self.keep(key, &found);
        found
    }

    fn known(&self, key: &[u8; 32]) -> Option<Arc<[NerEntity]>> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = generations.young.get(key) {
            return Some(Arc::clone(known));
        }
        let known = generations.old.remove(key)?;
        generations.keep(*key, &known);
        Some(known)
    }

    fn keep(&self, key: [u8; 32], found: &Arc<[NerEntity]>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keep(key, found);
    }
}

impl Generations {
    fn keep(&mut self, key: [u8; 32], found: &Arc<[NerEntity]>) {
        self.weight += 1 + found.len();
        if self.weight > REMEMBERED / 2 {
            self.old = mem::take(&mut self.young);
            self.weight = 1 + found.len();
        }
        self.young.insert(key, Arc::clone(found));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NerKind;

    fn one() -> Vec<NerEntity> {
        vec![NerEntity { range: 0..3, kind: NerKind::Person, score: 0.5 }]
    }

    #[test]
    fn a_text_is_read_once_while_it_comes_back() {
        let seen = Seen::default();
        assert_eq!(*seen.entities("Zoé", one), one());
        for other in 0..REMEMBERED {
            seen.entities(&other.to_string(), Vec::new);
            if other % 1000 == 0 {
                assert_eq!(*seen.entities("Zoé", || panic!("read again")), one());
            }
        }
    }

    #[test]
    fn what_does_not_come_back_is_forgotten_and_memory_is_bounded() {
        let seen = Seen::default();
        for text in 0..2 * REMEMBERED {
            seen.entities(&text.to_string(), one);
        }
        let kept = seen.0.lock().unwrap();
        assert!(kept.young.len() + kept.old.len() <= REMEMBERED / 2 && kept.weight <= REMEMBERED / 2);
        drop(kept);
        assert!(seen.entities("0", Vec::new).is_empty(), "the first one is read again");
    }
}
