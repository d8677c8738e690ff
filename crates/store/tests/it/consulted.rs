//! What the public says: contributions beside the acts of the register, and reports.

use gouvernail_register::{Automation, Event, Risk, Rules, SystemSheet};
use gouvernail_store::{
    ADDRESS_KEPT, ADDRESS_KEPT_AT_MOST, Ambient, Erased, Live, Moderation, NewContribution, RecordError, Report, Store, StoreError,
    WORDS_KEPT,
};
use jiff::Timestamp;
use std::sync::Arc;

use crate::world::{World, at};

const ID: &str = "c1";

fn sheet() -> SystemSheet {
    SystemSheet {
        name: "Courrier".into(),
        purpose_fr: "orienter".into(),
        purpose_en: "route".into(),
        objective: String::new(),
        risk: Risk::Limited,
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: false,
        touches_cases: true,
        decisions: Vec::new(),
        classification: Default::default(),
    }
}

/// A node at second 0, with a consultation that closes at second 100.
async fn opened(store: &Store) -> (Arc<Live>, Rules) {
    let ambient = Ambient::new(|| at(0), |bytes| bytes.fill(7));
    let live = Live::open(store.clone(), ambient).await.unwrap();
    let rules = Rules::shipped().unwrap();
    let system = || "courrier".to_owned();
    let opened = Event::ConsultationOpened {
        system: system(),
        consultation: ID.into(),
        question: "Faut-il ?".into(),
        closes: at(100),
        due: at(200),
        url: String::new(),
    };
    for event in [Event::SystemDeclared { system: system(), sheet: sheet() }, opened] {
        live.record(&rules, "claire", event).await.unwrap();
    }
    (live, rules)
}

fn closed(contributions: u32) -> Event {
    Event::ConsultationAnswered {
        system: "courrier".into(),
        question: "Faut-il ?".into(),
        contributions,
        answer: "Oui.".into(),
        consultation: ID.into(),
        url: String::new(),
    }
}

fn said(at: Timestamp, words: &str) -> NewContribution {
    NewContribution { at, name: "Nadia".into(), email: "nadia@courriel.example".into(), words: words.into() }
}

pub async fn a_contribution_is_read_answered_and_counted(world: &World) {
    let (store, (live, rules)) = (&world.store, opened(&world.store).await);
    assert_eq!(store.contribute(ID, &said(at(1), "un")).await.unwrap(), Some(1));
    assert_eq!(store.contribute(ID, &said(at(2), "deux")).await.unwrap(), Some(2));
    assert_eq!(store.contribute(ID, &said(at(100), "trop tard")).await.unwrap(), None, "after the end none is taken");
    assert_eq!(store.contribute("elsewhere", &said(at(1), "x")).await.unwrap(), None);
    let refused = |error| matches!(error, RecordError::Store(StoreError::Unanswered(2)));
    assert!(refused(live.record(&rules, "claire", closed(2)).await.unwrap_err()));
    let early = store.answer_contribution(ID, 1, "Retenu.", "claire", at(3)).await.unwrap_err();
    assert!(matches!(early, StoreError::NotFound { .. }), "one answers what is shown: {early}");
    store.moderate(ID, 1, &Moderation::Published).await.unwrap();
    store.answer_contribution(ID, 1, "Retenu.", "claire", at(3)).await.unwrap();
    store.moderate(ID, 2, &Moderation::SetAside("hors sujet".into())).await.unwrap();
    let all = store.contributions(ID).await.unwrap();
    assert_eq!(all[0].answer, Some(("Retenu.".into(), at(3))));
    assert_eq!(all[1].moderation, Moderation::SetAside("hors sujet".into()));
    assert!(all.iter().all(|one| !one.waits()));
    let wrong = live.record(&rules, "claire", closed(3)).await.unwrap_err();
    assert!(matches!(wrong, RecordError::Store(StoreError::Conflict { found: 2, .. })), "{wrong}");
    live.record(&rules, "claire", closed(2)).await.unwrap();
    assert_eq!(store.contribute(ID, &said(at(4), "après")).await.unwrap(), None, "a closed one takes none");
    assert!(store.moderate(ID, 2, &Moderation::Published).await.is_err(), "nor shows more than it did");
    assert!(store.answer_contribution(ID, 1, "Autre.", "claire", at(5)).await.is_err());
    let due = at(300);
    let reopened = Event::ConsultationReopened { system: "courrier".into(), reason: "oubli".into(), due };
    live.record(&rules, "claire", reopened).await.unwrap();
    assert_eq!(store.contribute(ID, &said(at(250), "trois")).await.unwrap(), Some(3));
    assert!(live.record(&rules, "claire", closed(3)).await.is_err());
}

pub async fn no_contribution_slips_in_beside_a_closing(world: &World) {
    let (live, rules) = opened(&world.store).await;
    let senders: Vec<_> = (0..8)
        .map(|n| {
            let store = world.store.clone();
            tokio::spawn(async move { store.contribute(ID, &said(at(n), "vite")).await.unwrap() })
        })
        .collect();
    let closed = live.record(&rules, "claire", closed(0)).await;
    let mut places = Vec::new();
    for sender in senders {
        places.extend(sender.await.unwrap());
    }
    places.sort_unstable();
    let stored = world.store.contributions(ID).await.unwrap();
    assert_eq!(stored.iter().map(|one| one.n).collect::<Vec<_>>(), places, "each that was taken has its own place");
    assert_eq!(closed.is_ok(), places.is_empty(), "closed with none, or not closed: {closed:?} {places:?}");
}

fn report(id: &str, second: i64) -> Report {
    Report {
        id: id.into(),
        code_hash: format!("hash-{id}"),
        system: "courrier".into(),
        received: at(second),
        due: at(second + 30),
        words: "une erreur".into(),
        summary: String::new(),
        answer: None,
    }
}

pub async fn each_report_waits_for_one_answer(world: &World) {
    let store = &world.store;
    for (id, second) in [("b", 20), ("a", 10), ("c", 40)] {
        store.file_report(&report(id, second)).await.unwrap();
    }
    let open = store.open_reports().await.unwrap();
    assert_eq!(open.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"], "oldest first");
    store.answer_report("a", "", "Corrigé.", "claire", at(41)).await.unwrap();
    store.answer_report("b", "Une erreur de tri", "Corrigé.", "claire", at(45)).await.unwrap();
    assert!(store.answer_report("a", "", "Encore.", "claire", at(46)).await.is_err(), "an answer stays");
    let published = store.published_reports("courrier").await.unwrap();
    assert_eq!(published.iter().map(|one| one.summary.as_str()).collect::<Vec<_>>(), ["Une erreur de tri"]);
    let counts = store.report_counts(at(60)).await.unwrap();
    assert_eq!((counts[0].received, counts[0].open, counts[0].late), (3, 1, 1), "one was answered after its day");
    assert_eq!(store.report_counts(at(70)).await.unwrap()[0].late, 2, "another waits past it");
    assert_eq!(store.find_report("hash-a").await.unwrap().unwrap().answer, Some(("Corrigé.".into(), at(41))));
    assert_eq!(store.find_report("hash-z").await.unwrap(), None);
}

pub async fn what_the_public_leaves_is_kept_for_a_time(world: &World) {
    let (store, (live, rules)) = (&world.store, opened(&world.store).await);
    store.contribute(ID, &said(at(1), "un")).await.unwrap();
    store.moderate(ID, 1, &Moderation::Published).await.unwrap();
    store.answer_contribution(ID, 1, "Retenu.", "claire", at(3)).await.unwrap();
    let email = async || store.contributions(ID).await.unwrap()[0].email.clone();

    // The clock of this node stands at second 0: that is when the consultation is closed.
    assert_eq!(store.forget_public(at(0) + ADDRESS_KEPT).await.unwrap(), Erased::default(), "an open one still owes an answer");
    live.record(&rules, "claire", closed(1)).await.unwrap();
    assert_eq!(store.forget_public(at(-1) + ADDRESS_KEPT).await.unwrap(), Erased::default());
    assert_eq!(email().await, "nadia@courriel.example");
    assert_eq!(store.forget_public(at(0) + ADDRESS_KEPT).await.unwrap(), Erased { addresses: 1, words: 0 });
    assert_eq!(email().await, "");
    assert_eq!(store.contributions(ID).await.unwrap()[0].words, "un", "what was published stays");

    for (id, answered) in [("waits", None), ("answered", Some(at(50)))] {
        store.file_report(&report(id, 40)).await.unwrap();
        if let Some(at) = answered {
            store.answer_report(id, "", "Corrigé.", "claire", at).await.unwrap();
        }
    }
    let later = at(50) + WORDS_KEPT;
    assert_eq!(store.forget_public(at(49) + WORDS_KEPT).await.unwrap(), Erased::default());
    assert_eq!(store.forget_public(later).await.unwrap(), Erased { addresses: 0, words: 1 });
    assert_eq!(store.forget_public(later).await.unwrap(), Erased::default(), "nothing is erased twice");
    let erased = store.find_report("hash-answered").await.unwrap().unwrap();
    assert_eq!((erased.words.as_str(), erased.answer), ("", Some(("Corrigé.".into(), at(50)))));
    assert_eq!(store.find_report("hash-waits").await.unwrap().unwrap().words, "une erreur");
}

pub async fn an_unanswered_consultation_keeps_no_address_for_ever(world: &World) {
    let (store, _node) = (&world.store, opened(&world.store).await);
    store.contribute(ID, &said(at(1), "un")).await.unwrap();
    assert_eq!(store.forget_public(at(99) + ADDRESS_KEPT_AT_MOST).await.unwrap().addresses, 0);
    assert_eq!(store.forget_public(at(100) + ADDRESS_KEPT_AT_MOST).await.unwrap().addresses, 1);
}
