//! The record: its catalogue, what fits, what is public.

use std::collections::BTreeSet;

use gouvernail_register::{
    ActRefused, Catalogue, Event, Kind, Link, Misfit, Proposal, Record, Recorded, Register, Rules, Source, Value, check, digest_of,
    sample, statement,
};

fn record(fields: &[(&str, Value)]) -> Record {
    Record { fields: fields.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect(), ..Record::default() }
}

fn text(words: &str) -> Value {
    Value::Text(words.into())
}

#[test]
fn the_catalogue_is_whole() {
    let catalogue = Catalogue::get();
    assert_eq!(catalogue.blocks.len(), 7);
    assert!(catalogue.fields.len() >= 69);
    let mut ids = BTreeSet::new();
    for field in &catalogue.fields {
        assert!(ids.insert(&field.id), "{} is there twice", field.id);
        assert!(catalogue.blocks.iter().any(|block| block.id == field.block), "{}: no such block", field.id);
        let chosen = matches!(field.kind, Kind::Choice | Kind::Choices);
        assert_eq!(chosen, !field.values.is_empty(), "{}: values are for choices", field.id);
        assert_eq!(matches!(field.kind, Kind::Text | Kind::List), field.max.is_some(), "{}: texts have a length", field.id);
        for words in [&field.fr, &field.en, &field.hint_fr, &field.hint_en, &field.source] {
            assert!(!words.is_empty() && words.chars().count() < 110, "{}: {words}", field.id);
        }
    }
    for block in &catalogue.blocks {
        assert!(catalogue.in_block(&block.id).count() > 4, "{} is nearly empty", block.id);
    }
}

#[test]
fn a_value_must_fit_its_field() {
    let long = text(&"a".repeat(101));
    let fits = [
        ("name", text("Orientation du courrier")),
        ("start_date", text("2026-03")),
        ("public_page_url", text("https://val-dormes.example/ia")),
        ("status", text("in-use")),
        ("policy_area", Value::List(vec!["social".into()])),
        ("self_learning", Value::Flag(false)),
        ("decisions_per_year", Value::Number(12_000)),
        ("legal_basis_links", Value::Links(vec![Link { title: "CGCT".into(), link: None }])),
    ];
    assert_eq!(record(&fits).check(), Ok(()));
    let wrong = [
        ("nom", text("x"), Misfit::Unknown),
        ("name", text(" "), Misfit::Empty),
        ("name", long, Misfit::Long { max: 100, found: 101 }),
        ("name", Value::Flag(true), Misfit::Kind { wanted: "a text" }),
        ("start_date", text("2026-13"), Misfit::Kind { wanted: "a month such as 2026-03" }),
        ("public_page_url", text("javascript:x"), Misfit::Kind { wanted: "an address that begins with https:// or http://" }),
        ("status", text("In gebruik"), Misfit::Choice { value: "In gebruik".into() }),
        ("region", Value::List(vec![]), Misfit::Empty),
    ];
    for (field, value, misfit) in wrong {
        let found = record(&[(field, value)]).check().unwrap_err();
        assert_eq!((found.field.as_str(), found.misfit), (field, misfit));
    }
    let asks = Record { review: BTreeSet::from(["nom".to_owned()]), ..Record::default() };
    assert_eq!(asks.check().unwrap_err().field, "nom");
}

#[test]
fn what_is_internal_is_not_public() {
    let secret = [("name", text("A")), ("security_measures", text("B")), ("parameters_weights", text("C"))];
    let whole = record(&secret);
    assert_eq!(whole.public().into_keys().collect::<Vec<_>>(), ["name"]);
    assert_eq!(whole.changed_since(None), ["name"]);
    let renamed = record(&[("name", text("D")), ("purpose", text("E"))]);
    assert_eq!(renamed.changed_since(Some(&whole)), ["name", "purpose"]);
    assert!(whole.changed_since(Some(&whole)).is_empty());
}

#[test]
fn a_record_is_kept_as_it_is() {
    let links = Value::Links(vec![Link { title: "A".into(), link: Some("https://a.example".into()) }]);
    let mut kept = record(&[("name", text("A")), ("legal_basis_links", links), ("self_learning", Value::Flag(true))]);
    kept.fields.insert("keywords".into(), Value::List(vec!["a".into()]));
    kept.foreign.entry("nl-api".into()).or_default().insert("lars".into(), serde_json::json!(null));
    kept.review.insert("purpose".into());
    let stored = serde_json::to_string(&kept).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&stored).unwrap(), kept);
}

#[test]
fn a_proposal_is_settled_as_it_was_read_by_somebody_who_is_named() {
    let rules = Rules::shipped().unwrap();
    let mut register = sample::register(crate::world::dossiers(), crate::world::start());
    let (now, redaction) = (crate::world::start(), "redaction".to_owned());
    let proposal = |words: &str| Proposal { value: text(words), source: Source::Text, quote: words.to_owned() };
    let proposed = |field: &str, words: &str| Event::RecordProposed {
        system: redaction.clone(),
        proposals: [(field.to_owned(), proposal(words))].into(),
    };
    let settled = |fields: &[&str], digest: &str| Event::ProposalsSettled {
        system: redaction.clone(),
        accepted: fields.iter().map(|field| (*field).to_owned()).collect(),
        set_aside: Vec::new(),
        digest: digest.to_owned(),
    };
    let apply = |register: &mut Register, author: &str, event: Event| {
        check(register, &rules, author, &event, now)?;
        register.apply(&Recorded { seq: register.epoch + 1, at: now, author: author.into(), event });
        Ok::<_, ActRefused>(())
    };
    let digest = |register: &Register| digest_of(&register.systems["redaction"].proposed);
    assert!(matches!(apply(&mut register, "a", proposed("nom", "A")), Err(ActRefused::Record(_))), "no such field");
    apply(&mut register, "fournisseur", proposed("supplier", "Éditeur SA")).unwrap();
    let read = digest(&register);
    assert_eq!(register.systems["redaction"].record, None, "nothing is recorded yet");
    apply(&mut register, "fournisseur", proposed("supplier", "Éditeur SAS")).unwrap();
    let stale = apply(&mut register, "claire", settled(&["supplier"], &read));
    assert!(matches!(stale, Err(ActRefused::Moved { .. })), "it is no longer what was read");
    let read = digest(&register);
    for wrong in [settled(&["risks"], &read), settled(&[], &read), settled(&["supplier", "supplier"], &read)] {
        assert!(apply(&mut register, "claire", wrong).is_err());
    }
    apply(&mut register, "claire", settled(&["supplier"], &read)).unwrap();
    let system = &register.systems["redaction"];
    assert_eq!(system.record.as_ref().unwrap().text("supplier"), Some("Éditeur SAS"));
    let kept = &system.accepted["supplier"];
    assert_eq!((kept.person.as_str(), kept.at, kept.proposal.quote.as_str()), ("claire", now, "Éditeur SAS"));
    assert!(apply(&mut register, "a", proposed("supplier", "Autre")).is_err(), "what is recorded is not proposed over");
    let before = register.systems["redaction"].record.clone().unwrap();
    let mut by_hand = before.clone();
    by_hand.fields.insert("supplier".into(), text("Éditeur, société coopérative"));
    apply(&mut register, "claire", by_hand.act("redaction", Some(&before))).unwrap();
    assert!(register.systems["redaction"].accepted.is_empty(), "rewritten, it is no longer what the supplier says");
    let public = statement(&settled(&["supplier", "security_measures"], ""), now).unwrap();
    assert_eq!(public["fields"], serde_json::json!(["supplier"]));
}
