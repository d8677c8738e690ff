//! What the store does, on either engine.

use std::collections::HashSet;

use gouvernail_store::{
    ApiKey, CaseFile, Intent, Journal, Outcome, OutcomeKind, OwedCommitment, Person, Role, Scope, Scopes, Session, Store,
    StoreError, StudyDraft,
};
use serde_json::json;
use sqlx::{Connection, Executor, PgConnection, SqlSafeStr, SqliteConnection};

use crate::world::{World, at, case, case_event, draft, event, intent, open_case, outcome, owed, refusal, unknown};

pub async fn every_statement_prepares(world: &World) {
    let statements = gouvernail_store::statements();
    assert!(statements.len() > 40);
    if let Some(path) = world.url.strip_prefix("sqlite:") {
        let mut db = SqliteConnection::connect(path).await.unwrap();
        for sql in statements {
            db.prepare(sql.into_sql_str()).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
        }
    } else {
        let mut db = PgConnection::connect(&world.url).await.unwrap();
        for sql in statements {
            db.prepare(sql.into_sql_str()).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
        }
    }
}

pub async fn connecting_twice_migrates_once(world: &World) {
    world.store.append_register(0, &[event(1, None)]).await.unwrap();
    let again = Store::connect(&world.url).await.unwrap();
    assert_eq!(again.register_epoch().await.unwrap(), 1);
    again.close().await;
}

pub async fn an_older_database_keeps_its_cases_and_their_systems(world: &World) {
    // As the first schema had it: one case, and one that was left without its opening event.
    world
        .meddle(
            "drop table quota_use; drop table study_draft; drop table contribution; drop table consultation; drop table report; \
             drop table case_declaration; drop table erasure; alter table case_file drop column opened_by; \
             alter table api_key drop column person; alter table api_key drop column scopes; \
             alter table api_key drop column previous_hash; alter table api_key drop column previous_until; \
             drop table log_owed; drop table log_place; drop table log_entry; \
             create table log_entry (id bigserial primary key, kind text not null, leaf_index bigint unique, leaf bytea not null, \
             salt bytea, record text, at bigint not null, subject_id text, subject_n bigint, system text, version text, \
             energy_low double precision, energy_high double precision); \
             create index log_entry_owed on log_entry (id) where leaf_index is null; \
             insert into log_entry (id, kind, leaf_index, leaf, at) select 1, 'statement', 0, root, 7 from log_head; \
             insert into log_entry (id, kind, leaf_index, leaf, at) select 2, 'statement', null, root, 7 from log_head; \
             alter table case_file add column subject text not null default ''; delete from schema_version where version > 1; \
             insert into case_file (id, reference, subject, status, updated) values \
             ('c1', '2026-c1', '{\"system\":\"triage\",\"subject\":\"é\"}', 'open', 7), ('half', '2026-half', '{}', 'open', 7); \
             insert into case_event (case_id, n, at, author, kind, body) values ('c1', 1, 7, 'k1', 'opened', '{}')",
        )
        .await;
    let store = Store::connect(&world.url).await.unwrap();
    let (placed, owed) = (store.entries(0, 9).await.unwrap(), store.owed(9).await.unwrap());
    assert_eq!((placed.len(), placed[0].id, placed[0].leaf_index, owed.len(), owed[0].id), (1, 1, Some(0), 1, 2));
    let known = store.case_declarations("2026-c1").await.unwrap().declarations;
    assert_eq!((known.len(), known[0].system.as_str(), &known[0].subject["subject"]), (1, "triage", &json!("é")));
    let file = store.find_case("c1").await.unwrap().unwrap();
    assert_eq!((file.opened_by.as_str(), &file.subject), ("triage", &known[0].subject));
    assert_eq!(store.list_cases(None, 10).await.unwrap().len(), 1);
    assert!(store.declare_case(&case("half"), "k1", &case_event(1, "opened")).await.unwrap().fresh, "it can be declared again");
    store.close().await;
}

pub async fn newer_schema_is_refused(world: &World) {
    world.meddle("insert into schema_version (version) values (99)").await;
    let error = Store::connect(&world.url).await.unwrap_err();
    assert!(matches!(error, StoreError::NewerSchema { found: 99, .. }), "{error}");
}

pub async fn register_appends_in_order(world: &World) {
    let store = &world.store;
    let statement = json!({ "b": 1, "a": "é" });
    assert_eq!(store.append_register(0, &[event(1, None), event(2, Some(statement))]).await.unwrap(), 2);
    assert_eq!(store.append_register(2, &[event(3, None)]).await.unwrap(), 3);
    let events = store.register_events_after(1, 10).await.unwrap();
    assert_eq!(events.iter().map(|e| e.seq).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((events[0].at, &events[0].body), (at(2), &json!({ "n": 2, "é": "œ" })));
    assert_eq!(store.register_events_after(0, 1).await.unwrap().len(), 1);
    let owed = store.owed(10).await.unwrap();
    assert_eq!(owed.len(), 1);
    assert_eq!(owed[0].leaf, b"\x02{\"a\":\"\xc3\xa9\",\"b\":1}");
    assert_eq!((owed[0].kind.as_str(), owed[0].subject_n), ("statement", Some(2)));
}

pub async fn register_refuses_a_stale_writer(world: &World) {
    let store = &world.store;
    store.append_register(0, &[event(1, None)]).await.unwrap();
    let error = store.append_register(0, &[event(2, Some(json!({})))]).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict { expected: 0, found: 1, .. }), "{error}");
    assert!(store.owed(10).await.unwrap().is_empty());
}

pub async fn racing_appends_have_one_winner(world: &World) {
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let store = world.store.clone();
            tokio::spawn(async move { store.append_register(0, &[event(n, Some(json!(n))), event(n, None)]).await })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(last) => {
                assert_eq!(last, 2);
                winners += 1;
            }
            Err(error) => assert!(matches!(error, StoreError::Conflict { .. }), "{error}"),
        }
    }
    assert_eq!(winners, 1);
    assert_eq!(world.store.owed(10).await.unwrap().len(), 1);
}

pub async fn people_and_sessions(world: &World) {
    let store = &world.store;
    let mut person = Person {
        id: "p1".to_owned(),
        name: "Élodie".to_owned(),
        email: " Élodie@Ville.FR ".to_owned(),
        roles: vec![Role::Agent],
        password_hash: "$argon2id$".to_owned(),
        active: true,
    };
    store.create_person(&person).await.unwrap();
    let found = store.find_person_by_email("ÉLODIE@ville.fr").await.unwrap().unwrap();
    assert_eq!(found.email, "élodie@ville.fr");
    assert_eq!(store.find_person("p1").await.unwrap(), Some(found));
    let twin = Person { id: "p2".to_owned(), ..person.clone() };
    assert!(matches!(store.create_person(&twin).await, Err(StoreError::Duplicate(_))));
    assert!(matches!(store.update_person(&twin).await, Err(StoreError::NotFound { .. })));

    let session = Session { token_hash: "t1".to_owned(), person_id: "p1".to_owned(), created: at(0), expires: at(100) };
    store.create_session(&session).await.unwrap();
    assert_eq!(store.find_session("t1", at(99)).await.unwrap(), Some(session));
    assert_eq!(store.find_session("t1", at(100)).await.unwrap(), None);
    person.active = false;
    store.update_person(&person).await.unwrap();
    assert_eq!(store.find_session("t1", at(99)).await.unwrap(), None);
    assert_eq!(store.purge_sessions(at(50)).await.unwrap(), 0);
    assert!(store.revoke_session("t1").await.unwrap());
    assert!(!store.revoke_session("t1").await.unwrap());
    assert_eq!(store.list_persons().await.unwrap().len(), 1);
}

pub async fn api_keys(world: &World) {
    let store = &world.store;
    let key = ApiKey {
        id: "k1".to_owned(),
        secret_hash: "h".to_owned(),
        system_id: "triage".to_owned(),
        label: "mail".to_owned(),
        person: Some("agnes".to_owned()),
        created: at(0),
        expires: Some(at(100)),
        revoked: None,
        scopes: Scopes::Only([Scope::Chat, Scope::Agents].into()),
        previous: None,
    };
    store.create_api_key(&key).await.unwrap();
    assert!(matches!(store.create_api_key(&key).await, Err(StoreError::Duplicate(_))));
    assert_eq!(store.find_api_key("k1").await.unwrap(), Some(key));
    assert_eq!(store.list_api_keys(Some("other")).await.unwrap(), []);
    assert!(store.revoke_api_key("k1", at(5)).await.unwrap());
    assert!(!store.revoke_api_key("k1", at(6)).await.unwrap());
    assert_eq!(store.list_api_keys(None).await.unwrap()[0].revoked, Some(at(5)));
}

pub async fn study_drafts_are_all_kept(world: &World) {
    let store = &world.store;
    for (n, author) in [(1, "agnes"), (2, "boris"), (3, "agnes")] {
        store.save_study_draft(&draft(n, author)).await.unwrap();
    }
    let other = StudyDraft { kind: "light".to_owned(), ..draft(1, "chloe") };
    store.save_study_draft(&other).await.unwrap();
    let last = store.study_drafts_before("triage", "rights", i64::MAX, 2).await.unwrap();
    assert_eq!(last, [draft(3, "agnes"), draft(2, "boris")]);
    assert_eq!(store.study_drafts_before("triage", "rights", 2, 9).await.unwrap(), [draft(1, "agnes")]);
    assert_eq!(store.study_draft("triage", "rights", 2).await.unwrap(), Some(draft(2, "boris")));
    assert_eq!(store.study_draft("triage", "rights", 4).await.unwrap(), None);
    assert_eq!(store.study_draft_authors("triage", "rights", 0).await.unwrap(), ["agnes", "boris"]);
    assert_eq!(store.study_draft_authors("triage", "rights", 1).await.unwrap(), ["boris", "agnes"]);
    let stale = store.save_study_draft(&draft(3, "boris")).await.unwrap_err();
    assert!(matches!(stale, StoreError::Conflict { expected: 2, found: 3, .. }), "{stale}");
}

pub async fn racing_study_drafts_have_one_winner(world: &World) {
    let [a, b] = ["agnes", "boris"].map(|author| draft(1, author));
    let (a, b) = tokio::join!(world.store.save_study_draft(&a), world.store.save_study_draft(&b));
    let lost = [a, b].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(lost.as_slice(), [StoreError::Conflict { .. }]), "{lost:?}");
}

pub async fn case_life(world: &World) {
    let store = &world.store;
    open_case(store, "c1").await;
    let decision = owed("decision", 7);
    assert_eq!(store.append_case_event("c1", 1, &case_event(1, "use"), "open", None).await.unwrap(), 2);
    let appended = store.append_case_event("c1", 2, &case_event(2, "decision"), "decided", Some(&decision)).await;
    assert_eq!(appended.unwrap(), 3);
    let events = store.case_events("c1").await.unwrap();
    assert_eq!((events[2].n, events[2].kind.as_str()), (3, "decision"));
    store.set_case_code("c1", "hash").await.unwrap();
    let found = store.find_case_by_code_hash("hash").await.unwrap().unwrap();
    assert_eq!((found.status.as_str(), found.updated), ("decided", at(2)));
    assert_eq!(store.find_case_by_reference("2026-c1").await.unwrap(), Some(found));
    assert_eq!(store.list_cases(Some("decided"), 10).await.unwrap().len(), 1);
    assert_eq!(store.list_cases(Some("open"), 10).await.unwrap().len(), 0);
    let entry = store.find_entry("c1", "decision").await.unwrap().unwrap();
    assert_eq!(
        (entry.leaf, entry.subject_n, entry.record.map(|record| record.to_string())),
        (decision.leaf, Some(3), Some(decision.record))
    );
}

pub async fn a_case_knows_who_declared_it(world: &World) {
    let store = &world.store;
    assert_eq!(store.case_declarations("2026-c1").await.unwrap().declarations, []);
    open_case(store, "c1").await;
    let other = CaseFile { id: "unused".into(), opened_by: "resume".into(), subject: json!({ "name": "Ali" }), ..case("c1") };
    let joined = store.declare_case(&other, "k2", &case_event(1, "opened")).await.unwrap();
    assert_eq!((joined.case_id.as_str(), joined.fresh), ("c1", true));
    let again = CaseFile { subject: json!("autre chose"), ..other.clone() };
    let again = store.declare_case(&again, "k2", &case_event(2, "opened")).await.unwrap();
    assert_eq!((again.case_id.as_str(), again.fresh, again.subject), ("c1", false, other.subject.clone()));
    let known = store.case_declarations("2026-c1").await.unwrap().declarations;
    let known: Vec<_> = known.iter().map(|d| (d.case_id.as_str(), d.system.as_str(), &d.subject)).collect();
    assert_eq!(known, [("c1", "resume", &other.subject), ("c1", "triage", &case("c1").subject)]);
    assert_eq!(store.find_case("c1").await.unwrap(), Some(case("c1")), "the case is that of the system that opened it");
    assert_eq!(store.case_events("c1").await.unwrap().len(), 1);
}

pub async fn racing_declarations_open_one_case(world: &World) {
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let store = world.store.clone();
            let file = CaseFile { id: format!("c{n}"), opened_by: format!("s{}", n % 4), ..case("x") };
            tokio::spawn(async move { store.declare_case(&file, "k", &case_event(n, "opened")).await.unwrap() })
        })
        .collect();
    let (mut ids, mut fresh) = (HashSet::new(), 0);
    for task in tasks {
        let declared = task.await.unwrap();
        ids.insert(declared.case_id);
        fresh += u32::from(declared.fresh);
    }
    assert_eq!((ids.len(), fresh), (1, 4));
    let id = ids.into_iter().next().unwrap();
    assert_eq!(world.store.case_events(&id).await.unwrap().len(), 1);
    assert_eq!(world.store.case_declarations("2026-x").await.unwrap().declarations.len(), 4);
}

pub async fn a_case_is_not_told_before_it_is_opened(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    open_case(store, "c1").await;
    world.meddle("delete from case_event").await;
    let orphan = journal.intent(intent("i1", Some("c1"))).await;
    assert!(matches!(orphan, Err(StoreError::NotFound { what: "case", .. })), "{orphan:?}");
    let nowhere = journal.intent(intent("i2", Some("none"))).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound { what: "case", .. })), "{nowhere:?}");
    journal.intent(intent("i3", None)).await.unwrap();
    let told = Some(("c1".to_owned(), case_event(2, "use")));
    let told = journal.outcome(Outcome { case: told, ..outcome("i3", 1) }).await;
    assert!(matches!(told, Err(StoreError::NotFound { what: "case", .. })), "{told:?}");
    assert_eq!(store.case_events("c1").await.unwrap(), [], "a history never begins in its middle");
}

pub async fn a_use_after_the_decision_is_to_be_told(world: &World) {
    let store = &world.store;
    let journal = Journal::start(store.clone());
    for (id, before, after) in
        [("c1", "open", "open"), ("c2", "decided", "untold"), ("c3", "callback", "untold"), ("c4", "contested", "contested")]
    {
        open_case(store, id).await;
        store.append_case_event(id, 1, &case_event(1, "decided"), before, None).await.unwrap();
        journal.intent(intent(id, Some(id))).await.unwrap();
        let told = Some((id.to_owned(), case_event(30, "use_recorded")));
        journal.outcome(Outcome { case: told, ..outcome(id, 1) }).await.unwrap();
        assert_eq!(store.find_case(id).await.unwrap().unwrap().status, after, "{before}");
    }
    let waiting: Vec<String> = store.waiting_cases("untold", 10).await.unwrap().into_iter().map(|case| case.id).collect();
    assert_eq!(waiting, ["c2", "c3"], "the oldest first");
    assert_eq!(store.waiting_cases("untold", 1).await.unwrap()[0].id, "c2");
}

pub async fn case_event_refuses_a_stale_writer(world: &World) {
    let store = &world.store;
    let missing = store.append_case_event("none", 0, &case_event(1, "use"), "open", None).await.unwrap_err();
    assert!(matches!(missing, StoreError::NotFound { .. }), "{missing}");
    open_case(store, "c1").await;
    let stale = store.append_case_event("c1", 0, &case_event(2, "use"), "late", Some(&owed("use", 1))).await;
    assert!(matches!(stale, Err(StoreError::Conflict { expected: 0, found: 1, .. })));
    assert_eq!(store.find_case("c1").await.unwrap().unwrap().status, "open");
    assert!(store.owed(10).await.unwrap().is_empty());
}

pub async fn erasure_keeps_commitments_only(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    open_case(store, "c1").await;
    open_case(store, "c2").await;
    store.append_case_event("c1", 1, &case_event(1, "notice"), "open", Some(&owed("notice", 1))).await.unwrap();
    journal.intent(intent("i1", Some("c1"))).await.unwrap();
    assert!(matches!(store.erase_case("c1").await, Err(StoreError::InUse(_))));
    journal.outcome(outcome("i1", 2)).await.unwrap();
    journal.intent(intent("i2", Some("c2"))).await.unwrap();
    journal.outcome(outcome("i2", 3)).await.unwrap();

    assert_eq!(store.case_declarations("2026-c1").await.unwrap().erasures, 0);
    assert!(store.erase_case("c1").await.unwrap());
    assert!(!store.erase_case("c1").await.unwrap());
    let known = store.case_declarations("2026-c1").await.unwrap();
    assert_eq!((known.erasures, known.declarations), (1, vec![]), "every node learns it, even from an unknown reference");
    assert_eq!(store.find_case("c1").await.unwrap(), None);
    assert!(store.case_events("c1").await.unwrap().is_empty());
    let entries = store.owed(10).await.unwrap();
    assert_eq!(entries.len(), 3);
    for (entry, mark) in entries.iter().zip([1, 2]) {
        assert_eq!(entry.leaf, owed("", mark).leaf);
        assert!(entry.salt.is_none() && entry.record.is_none() && entry.subject_id.is_none());
    }
    assert!(entries[2].record.is_some(), "another case must keep its records");
    let call = store.find_call("i1").await.unwrap().unwrap();
    assert_eq!((call.intent.case_id, call.intent.body), (None, json!(null)));
    assert_eq!(call.outcome.unwrap().2, json!(null));
}

/// What a call gave is written once, in its record, and read from there.
pub async fn what_its_record_says_of_a_call_is_not_kept_twice(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    open_case(store, "c1").await;
    let record = json!({ "body": { "result": { "tokens": 12 } } }).to_string();
    for (id, mark, beside, read) in [
        ("i1", 1, json!(null), json!({ "tokens": 12 })),
        ("i2", 2, json!({ "withheld": true }), json!({ "tokens": 12, "withheld": true })),
    ] {
        journal.intent(intent(id, Some("c1"))).await.unwrap();
        let owed = OwedCommitment { record: record.clone(), ..owed("case_use", mark) };
        journal.outcome(Outcome { body: beside, owed, ..outcome(id, mark) }).await.unwrap();
        assert_eq!(store.find_call(id).await.unwrap().unwrap().outcome.unwrap().2, read);
    }
    assert!(store.erase_case("c1").await.unwrap());
    for call in store.recent_calls(10).await.unwrap() {
        assert_eq!(call.outcome.unwrap().2, json!(null));
    }
}

/// Calls begin and end while the case is erased again and again: what is left afterwards says nothing of it.
pub async fn erasure_never_races_a_call(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    let mut erased = 0;
    for round in 0..30_u8 {
        open_case(store, "c1").await;
        let call = {
            let journal = journal.clone();
            let id = format!("i{round}");
            tokio::spawn(async move {
                journal.intent(intent(&id, Some("c1"))).await?;
                let told = Some(("c1".to_owned(), case_event(2, "use")));
                journal.outcome(Outcome { case: told, ..outcome(&id, round) }).await
            })
        };
        while !matches!(store.erase_case("c1").await, Ok(true)) {
            erased += 1;
        }
        match call.await.unwrap() {
            Ok(()) | Err(StoreError::NotFound { what: "case", .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    println!("refused {erased} times while a call was under way");
    for entry in store.owed(100).await.unwrap() {
        assert!(entry.salt.is_none() && entry.record.is_none() && entry.subject_id.is_none(), "{entry:?}");
    }
    for call in store.recent_calls(100).await.unwrap() {
        assert_eq!((&call.intent.case_id, &call.intent.body), (&None, &json!(null)));
        assert_eq!(call.outcome.unwrap().2, json!(null));
    }
}

/// A case removed by a hand in the database under a call: the call is recorded as erasure leaves it, its answer is not given.
pub async fn an_outcome_without_its_case_keeps_nothing(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    open_case(store, "c1").await;
    journal.intent(intent("i1", Some("c1"))).await.unwrap();
    world.meddle("delete from case_file").await;
    let told = Some(("c1".to_owned(), case_event(2, "use")));
    let ended = journal.outcome(Outcome { case: told, ..outcome("i1", 1) }).await;
    assert!(matches!(ended, Err(StoreError::NotFound { what: "case", .. })), "{ended:?}");
    assert_eq!(store.find_call("i1").await.unwrap().unwrap().outcome.unwrap().2, json!(null));
    let entries = store.owed(10).await.unwrap();
    assert_eq!((entries.len(), &entries[0].leaf), (1, &owed("", 1).leaf), "the log stays whole");
    assert!(entries[0].salt.is_none() && entries[0].record.is_none() && entries[0].subject_id.is_none());
}

/// An acknowledgement that was lost makes the caller write again.
pub async fn the_same_act_twice_is_once(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    open_case(store, "c1").await;
    let told = Some(("c1".to_owned(), case_event(2, "use")));
    let ended = Outcome { case: told, ..outcome("i1", 1) };
    for _ in 0..2 {
        journal.intent(intent("i1", Some("c1"))).await.unwrap();
        journal.outcome(ended.clone()).await.unwrap();
        journal.refuse(refusal("r1", 2)).await.unwrap();
    }
    assert_eq!((store.owed(10).await.unwrap().len(), store.case_events("c1").await.unwrap().len()), (2, 2));
    let other = Intent { model: "large".into(), ..intent("i1", Some("c1")) };
    assert!(matches!(journal.intent(other).await, Err(StoreError::Duplicate(_))));
    assert!(matches!(journal.outcome(outcome("i1", 9)).await, Err(StoreError::Duplicate(_))));
    assert!(matches!(journal.refuse(refusal("r1", 9)).await, Err(StoreError::Duplicate(_))));
}

pub async fn journal_writes_and_recovers(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    open_case(store, "c1").await;
    for id in ["i1", "i2", "i3"] {
        journal.intent(intent(id, Some("c1"))).await.unwrap();
    }
    journal.outcome(outcome("i2", 1)).await.unwrap();
    journal.refuse(refusal("r1", 2)).await.unwrap();
    let end = |intent: &Intent| Ok(unknown(intent, 20, 9));
    assert_eq!(journal.recover(at(10), end).await.unwrap(), 0);
    assert_eq!(journal.recover(at(11), end).await.unwrap(), 2);
    assert_eq!(journal.recover(at(11), end).await.unwrap(), 0);
    let calls = store.calls_of_case("c1").await.unwrap();
    assert_eq!(calls[0].intent, intent("i1", Some("c1")));
    let kinds: Vec<_> = calls.iter().map(|c| c.outcome.as_ref().unwrap().1).collect();
    assert_eq!(kinds, [OutcomeKind::Unknown, OutcomeKind::Completed, OutcomeKind::Unknown]);
    assert_eq!(store.owed(10).await.unwrap().len(), 4);
    assert_eq!(store.find_entry("i1", "case_use").await.unwrap().unwrap().leaf, owed("", 9).leaf);
}

pub async fn journal_answers_each_of_a_batch(world: &World) {
    let journal = Journal::start(world.store.clone());
    journal.intent(intent("i1", None)).await.unwrap();
    let (good, twin, orphan, refused) = tokio::join!(
        journal.intent(intent("i2", None)),
        journal.intent(Intent { model: "large".to_owned(), ..intent("i1", None) }),
        journal.outcome(outcome("nobody", 1)),
        journal.refuse(refusal("r1", 2)),
    );
    good.unwrap();
    refused.unwrap();
    assert!(matches!(twin, Err(StoreError::Duplicate(_))), "{twin:?}");
    assert!(matches!(orphan, Err(StoreError::NotFound { .. })), "{orphan:?}");
    assert_eq!(world.store.owed(10).await.unwrap().len(), 1);
}

pub async fn journal_groups_many_callers(world: &World) {
    let journal = Journal::start(world.store.clone());
    let tasks: Vec<_> = (0..1500)
        .map(|n| {
            let journal = journal.clone();
            tokio::spawn(async move {
                journal.intent(intent(&format!("i{n}"), None)).await?;
                journal.outcome(outcome(&format!("i{n}"), 1)).await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let calls = world.store.recent_calls(5000).await.unwrap();
    assert_eq!(calls.len(), 1500);
    assert!(calls.iter().all(|call| call.outcome.is_some()));
}

pub async fn bad_commitment_is_refused(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    let mut bad = outcome("i1", 1);
    bad.owed.leaf = b"Zo\xc3\xa9".to_vec();
    journal.intent(intent("i1", None)).await.unwrap();
    assert!(matches!(journal.outcome(bad.clone()).await, Err(StoreError::BadCommitment { .. })));
    open_case(store, "c1").await;
    let appended = store.append_case_event("c1", 1, &case_event(1, "x"), "open", Some(&bad.owed)).await;
    assert!(matches!(appended, Err(StoreError::BadCommitment { .. })));
    assert!(store.owed(10).await.unwrap().is_empty());
}

pub async fn log_is_sequenced(world: &World) {
    let store = &world.store;
    let events: Vec<_> = (0..2500).map(|n| event(n, Some(json!(n)))).collect();
    store.append_register(0, &events).await.unwrap();
    assert_eq!((store.head().await.unwrap().size, store.head().await.unwrap().note.as_str()), (0, ""));
    let mut ids: Vec<i64> = store.owed(2400).await.unwrap().iter().map(|e| e.id).collect();
    ids.reverse();
    store.sequence(0, &ids, "note 1", &[1; 32]).await.unwrap();
    let stale = store.sequence(0, &ids, "note x", &[2; 32]).await.unwrap_err();
    assert!(matches!(stale, StoreError::Conflict { expected: 0, found: 2400, .. }), "{stale}");
    let twice = store.sequence(2400, &ids[..2], "note x", &[2; 32]).await.unwrap_err();
    assert!(matches!(twice, StoreError::Conflict { .. }), "{twice}");
    let head = store.head().await.unwrap();
    assert_eq!((head.size, head.note.as_str(), head.root), (2400, "note 1", vec![1; 32]));
    let entries = store.entries(1, 4).await.unwrap();
    assert_eq!(entries.iter().map(|e| e.leaf_index.unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(entries[0].id, ids[1]);
    assert_eq!(store.owed(1000).await.unwrap().len(), 100);
}
