//! Personal data out of what leaves. Within one case, one value keeps one placeholder from call to call of one system.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;

use gouvernail_privacy::{Detector, Hidden, KnownValue, Language, Residual, Strictness, Vault};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::Shared;
use crate::error::GatewayError;
use crate::mandate::lock;
use crate::request::Request;
use crate::touched::Touched;

/// Bytes of a request that are read at once where it is, in a few milliseconds at most.
const SHORT: usize = 16 << 10;
/// Cases remembered at once, the ones used last.
const CASES: usize = 1000;
/// How long a case is remembered after its last call.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// A request whose personal data are hidden.
pub(crate) struct Masking {
    pub(crate) request: Request,
    pub(crate) touched: Option<Touched>,
    /// What was hidden; its doubts are those that the caller let go.
    pub(crate) hidden: Hidden,
    /// What undoes it.
    pub(crate) vault: Vault,
}

/// Hides personal data in a request, then looks at the whole of it a last time. The recogniser works for milliseconds a page,
/// and the rest for as long on a book: not on a thread that serves, and never more of it at once than the machine has cores.
pub(crate) async fn hide(
    gateway: &Shared,
    mut request: Request,
    touched: Option<Touched>,
    now: Timestamp,
    strictness: Strictness,
) -> Result<Masking, GatewayError> {
    let masks = Arc::clone(&gateway.masks);
    let short = request.came.len() <= SHORT;
    let work = move |masks: &Masks| {
        let (hidden, vault) = masks.hide(&mut request, touched.as_ref(), now, strictness)?;
        Ok(Masking { request, touched, hidden, vault })
    };
    if short && !masks.language.has_recogniser() {
        return work(&masks);
    }
    let failed = |_| GatewayError::NotSent("the search for personal data failed inside the gateway".to_owned());
    let turn = Arc::clone(&masks.readers).acquire_owned().await.map_err(|closed| failed(closed.to_string()))?;
    let read = spawn_blocking(move || {
        let _turn = turn;
        work(&masks)
    });
    read.await.map_err(|died| failed(died.to_string()))?
}

/// What finds personal data, ready made. Values live in this memory only, and for a while.
pub(crate) struct Masks {
    language: Arc<Language>,
    /// For calls without a case.
    plain: Detector,
    /// Who may run the recogniser.
    readers: Arc<Semaphore>,
    cases: Mutex<Memory>,
}

/// What is remembered of cases, by system and identifier: what one system declared says nothing to another.
#[derive(Default)]
struct Memory {
    of: HashMap<(String, String), Remembered>,
    /// Erasures known. When there is one more, everything is forgotten: it costs one new numbering to the cases that stay.
    erasures: i64,
}

struct Remembered {
    mask: Arc<CaseMask>,
    used: Timestamp,
}

/// One case.
struct CaseMask {
    known: Vec<KnownValue>,
    detector: Detector,
    vault: Mutex<Vault>,
}

impl Masks {
    pub(crate) fn new(language: Arc<Language>) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let plain = Detector::new(&[]).with_language(Arc::clone(&language));
        Self { language, plain, readers: Arc::new(Semaphore::new(cores)), cases: Mutex::default() }
    }

    /// The vault undoes what was hidden.
    fn hide(
        &self,
        request: &mut Request,
        case: Option<&Touched>,
        now: Timestamp,
        strictness: Strictness,
    ) -> Result<(Hidden, Vault), GatewayError> {
        let said = &request.confirmation;
        let strictness = strictness.with(&self.language);
        let strictness = if said.mask_doubts { strictness.without_doubts() } else { strictness };
        let told = |detector: &Detector| detector.clone().hiding_from(strictness.hide_from).hiding_also(said.mask.clone());
        let (mut hidden, vault) = match case {
            None => {
                let mut vault = Vault::new();
                (told(&self.plain).mask_request(&mut vault, &mut request.body), vault)
            }
            Some(case) => {
                let mask = self.of(case, now);
                mask.hide_in(&told(&mask.detector), request)?
            }
        };
        hidden.doubts.retain(|doubt| doubt.score >= strictness.ask_from);
        if !hidden.doubts.iter().all(|doubt| request.confirmation.lets_go(doubt)) {
            hidden.doubts.retain(|doubt| !request.confirmation.lets_go(doubt));
            return Err(GatewayError::Doubtful(hidden.doubts));
        }
        hidden.unread += usize::from(request.file.is_some());
        Ok((hidden, vault))
    }

    fn of(&self, case: &Touched, now: Timestamp) -> Arc<CaseMask> {
        let mut memory = lock(&self.cases);
        memory.learn(case.erasures);
        memory.of.retain(|_, remembered| now.duration_since(remembered.used) < KEPT);
        let key = (case.system.clone(), case.id.clone());
        if let Some(remembered) = memory.of.get_mut(&key).filter(|remembered| remembered.mask.known == case.known) {
            remembered.used = now;
            return Arc::clone(&remembered.mask);
        }
        let detector = Detector::new(&case.known).with_language(Arc::clone(&self.language));
        let mask = Arc::new(CaseMask { known: case.known.clone(), detector, vault: Mutex::default() });
        // A case that was read before the last erasure may be the one that is erased.
        if case.erasures < memory.erasures {
            return mask;
        }
        if memory.of.len() >= CASES
            && let Some(oldest) = memory.of.iter().min_by_key(|(_, remembered)| remembered.used).map(|(key, _)| key.clone())
        {
            memory.of.remove(&oldest);
        }
        memory.of.insert(key, Remembered { mask: Arc::clone(&mask), used: now });
        mask
    }

    /// Forgets everything when a case was erased since, on whatever node: even a reference that is now unknown says so.
    pub(crate) fn learn(&self, erasures: i64) {
        lock(&self.cases).learn(erasures);
    }
}

impl CaseMask {
    fn hide_in(&self, told: &Detector, request: &mut Request) -> Result<(Hidden, Vault), GatewayError> {
        let (hidden, vault) = {
            let mut vault = lock(&self.vault);
            (told.mask_request(&mut vault, &mut request.body), vault.clone())
        };
        let left = |residual: Residual| GatewayError::NotSent(residual.to_string());
        self.detector.residual(&request.body).map_err(left)?;
        // A sound that is a text is a letter in the wrong place.
        if let Some(letter) = request.file.as_ref().and_then(|file| std::str::from_utf8(&file.bytes).ok()) {
            self.detector.residual(&json!({ "file": letter })).map_err(left)?;
        }
        Ok((hidden, vault))
    }
}

impl Memory {
    fn learn(&mut self, erasures: i64) {
        if self.erasures < erasures {
            *self = Self { of: HashMap::new(), erasures };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Endpoint;
    use gouvernail_privacy::Label;
    use gouvernail_register::CaseMode;

    fn case(id: &str) -> Touched {
        of_system("tri", id, 0)
    }

    fn of_system(system: &str, id: &str, erasures: i64) -> Touched {
        let known = vec![KnownValue::new(Label::Person, "Zoé Lefèvre"), KnownValue::new(Label::Person, "Ali Ben Salah")];
        Touched { id: id.into(), system: system.into(), mode: CaseMode::Assisted, known, erasures }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    fn masked(masks: &Masks, id: &str, text: &str, second: i64) -> String {
        masked_for(masks, &case(id), text, second)
    }

    fn masked_for(masks: &Masks, case: &Touched, text: &str, second: i64) -> String {
        let mut request = Request::sample(Endpoint::Chat, json!({ "messages": [{ "role": "user", "content": text }] }));
        let (_, vault) = masks.hide(&mut request, Some(case), at(second), Strictness::of(true)).unwrap();
        let sent = request.body["messages"][0]["content"].as_str().unwrap().to_owned();
        assert_eq!(vault.restore(&sent), text);
        sent
    }

    #[test]
    fn one_person_is_one_placeholder_within_a_case() {
        let masks = Masks::new(Arc::default());
        let first = masked(&masks, "c1", "Ali Ben Salah", 0);
        let second = masked(&masks, "c1", "Zoé Lefèvre et Ali Ben Salah", 1);
        assert!(second.ends_with(&first) && second != first, "{second}");
        assert_eq!(masked(&masks, "c2", "Zoé Lefèvre", 2), first, "another case counts for itself");
        assert_eq!(masked_for(&masks, &of_system("resume", "c1", 0), "Zoé Lefèvre", 3), first, "so does another system");
    }

    #[test]
    fn an_erasure_is_forgotten_at_the_next_use_and_not_brought_back_by_a_slow_one() {
        let masks = Masks::new(Arc::default());
        let first = masked(&masks, "c1", "Ali Ben Salah", 0);
        masked(&masks, "c2", "Zoé Lefèvre", 1);
        masks.learn(1);
        assert!(lock(&masks.cases).of.is_empty());
        // A call that read its case before the erasure.
        assert_eq!(masked(&masks, "c1", "Zoé Lefèvre", 2), first);
        assert!(lock(&masks.cases).of.is_empty());
        masked_for(&masks, &of_system("tri", "c2", 2), "Zoé Lefèvre", 3);
        let memory = lock(&masks.cases);
        assert_eq!((memory.of.len(), memory.erasures), (1, 2));
    }

    #[test]
    fn values_are_not_kept_for_ever_nor_without_bound() {
        let masks = Masks::new(Arc::default());
        for number in 0..CASES + 5 {
            masked(&masks, &number.to_string(), "Zoé Lefèvre", number as i64);
        }
        assert_eq!(lock(&masks.cases).of.len(), CASES);
        assert!(!lock(&masks.cases).of.contains_key(&("tri".to_owned(), "0".to_owned())));
        masked(&masks, "last", "Zoé Lefèvre", 100_000);
        assert_eq!(lock(&masks.cases).of.len(), 1);
    }

    #[test]
    fn what_masking_cannot_reach_stops_the_call_without_being_quoted() {
        let body = json!({ "messages": [], "tools": [{ "function": { "name": "Zoé Lefèvre" } }] });
        let error = Masks::new(Arc::default())
            .hide(&mut Request::sample(Endpoint::Chat, body), Some(&case("c")), at(0), Strictness::of(true))
            .unwrap_err();
        assert!(matches!(error, GatewayError::NotSent(_)) && !error.to_string().contains("Zoé"), "{error}");
    }
}
