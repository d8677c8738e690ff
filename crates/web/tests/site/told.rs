//! What must be true of what people are told: later uses, closed codes, second looks, trainings, dates.

use axum::http::StatusCode;
use gouvernail_cases::CaseEvent;
use gouvernail_register::{Automation, Event, SystemSheet};
use gouvernail_store::{CaseFile, NewCaseEvent, OutcomeKind, Person, Role};
use gouvernail_tlog::opening::Opening;
use gouvernail_tlog::verify::verify_receipt;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

use crate::desk::cut;
use crate::life::{
    PAGE, REFERENCE, SECRET, WHY, called, code_in, decided, declared, ended, hidden, judge, judge_and_decide, plain, town, train,
    used,
};
use crate::world::{Answer, SYSTEM, World};

async fn id_of(world: &World) -> String {
    world.app.store.find_case_by_reference(REFERENCE).await.unwrap().unwrap().id
}

async fn events(world: &World) -> Vec<CaseEvent> {
    let stored = world.app.store.case_events(&id_of(world).await).await.unwrap();
    stored.into_iter().map(|event| serde_json::from_value(event.body).unwrap()).collect()
}

async fn leaves(world: &World, id: &str) {
    let person = world.app.store.find_person(id).await.unwrap().unwrap();
    world.app.store.update_person(&Person { active: false, ..person }).await.unwrap();
    world.app.live.refresh().await.unwrap();
}

async fn contests(world: &World, code: &str, words: &str) -> Answer {
    let mut citizen = world.browser();
    citizen.submit(&format!("/d/{code}/contest"), &[("words", words)]).await
}

#[tokio::test]
async fn a_use_after_the_letter_comes_back_to_be_told() {
    let (world, mut samir, code) = decided().await;
    let mut citizen = world.browser();
    let id = id_of(&world).await;
    assert!(!samir.get("/desk").await.says("Informer la personne"));
    world.later(SignedDuration::from_hours(24));
    used(&world, &id, "appel-2", "Voirie").await;

    let mut samir = world.signed_in("samir").await;
    assert!(samir.get("/desk").await.says("Informer la personne"));
    let page = samir.get(PAGE).await;
    assert!(page.says("La personne ne sait pas encore que l’outil a servi une fois de plus"));
    assert!(!page.says("La décision s’écarte"), "nothing is compared with what came after");
    assert!(citizen.get(&format!("/d/{code}")).await.says("Une autre lettre doit vous le dire."));

    let page = samir.submit(&format!("{PAGE}/notice"), &[]).await;
    assert!(page.says("Le courrier est prêt.") && page.says("Courrier complémentaire du 25 novembre 2026"));
    assert!(!samir.get("/desk").await.says("Informer la personne"));
    let letter = plain(&samir.get(&format!("{PAGE}/further/1")).await);
    for wanted in [
        "notre lettre du 24 novembre 2026 ne disait pas tout. Voici la suite. La décision ne change pas.",
        "une fois dans votre dossier CO-2026-0147",
        "Sa réponse est arrivée après la décision, qui n’en a pas tenu compte. Il proposait : Voirie.",
        "au moins jusqu’au 24 janvier 2027. Cette lettre ne change pas cette date.",
        code.as_str(),
    ] {
        assert!(letter.contains(wanted), "{wanted} missing in {letter}");
    }
    assert!(!letter.contains("École") && !letter.contains("noté son avis"), "{letter}");
    if let Some(path) = std::env::var_os("GOUVERNAIL_FURTHER_OUT") {
        std::fs::write(path, samir.get(&format!("{PAGE}/further/1/letter.pdf")).await.bytes).unwrap();
    }
    assert!(samir.get(&format!("{PAGE}/further/1/letter.pdf")).await.bytes.starts_with(b"%PDF"));
    assert_eq!(samir.get(&format!("{PAGE}/further/2")).await.status, StatusCode::NOT_FOUND);
    // A second click prepares nothing more.
    samir.submit(&format!("{PAGE}/notice"), &[]).await;
    let told = events(&world).await;
    assert_eq!(told.iter().filter(|event| matches!(event, CaseEvent::FurtherNotified { .. })).count(), 1);

    let page = plain(&citizen.get(&format!("/d/{code}")).await);
    assert!(page.contains("Lettre complémentaire du 25 novembre 2026") && page.contains("Il proposait : Voirie."));
    assert!(page.contains("il a proposé : École.") && !page.contains("Une autre lettre doit"));
    assert!(plain(&citizen.get(&format!("/d/{code}/detail")).await).contains("avait décidé sans ouvrir cette réponse"));
    // Each letter has its own receipt.
    world.sequencer.step().await.unwrap();
    let key = world.app.identity.log_vkey.parse().unwrap();
    for (place, event) in [("", "notified"), ("/further/1", "further_notified")] {
        let leaf = citizen.get(&format!("/d/{code}{place}/receipt.leaf")).await.bytes;
        let proof = citizen.get(&format!("/d/{code}{place}/receipt.tlog-proof")).await.body;
        verify_receipt(&proof, &leaf, std::slice::from_ref(&key)).unwrap();
        let opening = Opening::parse(&citizen.get(&format!("/d/{code}{place}/receipt.json")).await.bytes).unwrap();
        opening.check(&leaf).unwrap();
        assert_eq!(opening.record["body"]["event"], event);
    }
    assert_eq!(citizen.get(&format!("/d/{code}/further/0/receipt.json")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_use_after_a_decision_without_any_owes_the_first_letter() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    let mut samir = world.signed_in("samir").await;
    samir.submit(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
    used(&world, &id, "appel-1", "École").await;
    assert!(samir.get("/desk").await.says("Informer la personne"));
    samir.submit(&format!("{PAGE}/notice"), &[]).await;
    let letter = plain(&samir.get(&format!("{PAGE}/letter")).await);
    assert!(letter.contains("Sa réponse est arrivée après la décision") && letter.contains("Il proposait : École."), "{letter}");
    assert!(!letter.contains("avis") && !letter.contains("Sa décision"), "{letter}");
}

#[tokio::test]
async fn what_is_owed_is_not_lost_when_who_decided_leaves() {
    let (world, _, code) = decided().await;
    used(&world, &id_of(&world).await, "appel-2", "Voirie").await;
    let mut ines = world.signed_in("ines").await;
    assert!(!ines.get("/desk").await.says("Informer la personne"), "Samir is still there");
    leaves(&world, "samir").await;
    assert!(ines.get("/desk").await.says("Informer la personne"));
    ines.submit(&format!("{PAGE}/notice"), &[]).await;
    let further = format!("{PAGE}/further/1");
    assert_eq!(ines.get(&further).await.status, StatusCode::FORBIDDEN);
    let page = ines.submit(&format!("{PAGE}/letter/open"), &[]).await;
    assert!(page.says("Inès Carpentier a ouvert le courrier pour l’envoyer.") && page.says("Courrier complémentaire"));
    assert!(ines.get(&further).await.says(&code));
    // She may know now: somebody else is asked first, though they are not certified either.
    world.person("lea", "Léa Petit", &[Role::Agent]).await;
    contests(&world, &code, "Personne ne vient.").await;
    assert!(matches!(events(&world).await.pop(), Some(CaseEvent::Assigned { agent, .. }) if agent.id == "lea"));
    let mut lea = world.signed_in("lea").await;
    assert!(lea.post(&format!("{PAGE}/letter/open"), &[]).await.says("Vous donnez un second regard"));
}

#[tokio::test]
async fn who_looks_again_is_said_to_be_blind_only_when_they_are() {
    let (world, _, code) = decided().await;
    train(&world, "ines").await;
    let mut ines = world.signed_in("ines").await;
    ines.submit(&format!("{PAGE}/judgement"), &[("use", "appel-1"), ("outcome", "Voirie"), ("reason", "Un trottoir")]).await;
    let received = contests(&world, &code, "Personne ne vient.").await;
    assert!(received.says("Elle connaît peut-être déjà la réponse de l’outil.") && !received.says("ne lui est pas montrée"));
    let page = ines.get(PAGE).await;
    assert!(page.says("Vous avez pu voir ce que l’outil a répondu") && page.says(SECRET));
    ines.submit(&format!("{PAGE}/contestations/C1/answer"), &[("outcome", "maintained"), ("reason", WHY)]).await;
    assert!(ines.get(&format!("{PAGE}/contestations/C1/letter")).await.says("pouvait déjà connaître la réponse de l’outil"));

    // Somebody who saw nothing, and who can open nothing until they have answered.
    let (world, _, code) = decided().await;
    train(&world, "ines").await;
    let received = contests(&world, &code, "Personne ne vient.").await;
    assert!(received.says("La réponse de l’outil ne lui est pas montrée."));
    let mut ines = world.signed_in("ines").await;
    let refused =
        ines.post(&format!("{PAGE}/judgement"), &[("use", "appel-1"), ("outcome", "Voirie"), ("reason", "Un trottoir")]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("Vous donnez un second regard"));
    assert!(!refused.says(SECRET));
    ines.submit(&format!("{PAGE}/contestations/C1/answer"), &[("outcome", "maintained"), ("reason", WHY)]).await;
    assert!(ines.get(&format!("{PAGE}/contestations/C1/letter")).await.says("ne lui a pas été montrée avant"));
}

#[tokio::test]
async fn the_letter_of_answer_is_closed_to_who_may_look_again() {
    let (world, mut samir, code) = decided().await;
    world.person("lea", "Léa Petit", &[Role::Agent]).await;
    contests(&world, &code, "Personne ne vient.").await;
    let mut ines = world.signed_in("ines").await;
    ines.submit(&format!("{PAGE}/contestations/C1/answer"), &[("outcome", "maintained"), ("reason", WHY)]).await;
    let letter = format!("{PAGE}/contestations/C1/letter");
    let mut lea = world.signed_in("lea").await;
    for path in [&letter, &format!("{letter}.pdf")] {
        let refused = lea.get(path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "the code opens everything");
        assert!(!refused.says(&code));
    }
    assert!(!lea.get(PAGE).await.says(&letter));
    assert!(ines.get(&letter).await.says(&code) && samir.get(&letter).await.says(&code));
}

#[tokio::test]
async fn a_request_given_to_somebody_who_left_is_on_every_desk() {
    let (world, mut samir, code) = decided().await;
    contests(&world, &code, "Personne ne vient.").await;
    assert!(world.signed_in("ines").await.get("/desk").await.says("Second regard"));
    leaves(&world, "ines").await;
    assert!(plain(&samir.get("/desk").await).contains("Second regard : personne pour le donner"), "he decided: he may not");
    let received = world.browser().get(&format!("/d/{code}/contestations/C1")).await;
    assert!(received.says("doit reprendre votre dossier") && !received.says("montrée"));
    world.person("lea", "Léa Petit", &[Role::Agent]).await;
    let mut lea = world.signed_in("lea").await;
    assert!(plain(&lea.get("/desk").await).contains("Second regard : à prendre"));
    assert!(lea.get(PAGE).await.says("Cette personne n’est plus en poste"));
    assert!(lea.submit(&format!("{PAGE}/contestations/C1/take"), &[]).await.says("Votre second regard"));
}

/// The case of [`REFERENCE`] again, under another identifier, given to `agent`, due `due`.
async fn copied(world: &World, id: &str, agent: &str, due: &str) {
    let store = &world.app.store;
    let first = store.find_case_by_reference(REFERENCE).await.unwrap().unwrap();
    let file = CaseFile { id: id.to_owned(), reference: id.to_owned(), code_hash: None, ..first.clone() };
    let history = store.case_events(&first.id).await.unwrap();
    for event in history {
        let mut body = event.body;
        match event.kind.as_str() {
            "opened" => (body["id"], body["reference"]) = (id.into(), id.into()),
            "contested" => {
                let due: Date = due.parse().unwrap();
                (body["received"], body["due"]) = (due.saturating_sub(1.month()).to_string().into(), due.to_string().into());
            }
            "assigned" => body["agent"]["id"] = agent.into(),
            _ => {}
        }
        let new = NewCaseEvent { at: event.at, author: event.author, kind: event.kind, body };
        match event.n {
            1 => drop(store.declare_case(&file, "k1", &new).await.unwrap()),
            n => drop(store.append_case_event(id, n - 1, &new, &first.status, None).await.unwrap()),
        }
    }
}

#[tokio::test]
async fn no_request_is_cut_from_a_desk_and_the_first_due_is_first() {
    let (world, _, code) = decided().await;
    world.person("lea", "Léa Petit", &[Role::Agent]).await;
    contests(&world, &code, "Personne ne vient.").await;
    // More contested cases than a page used to show, all older than the last two.
    for n in 0..101 {
        copied(&world, &format!("0-{n:03}"), "ines", "2026-12-24").await;
    }
    copied(&world, "zz-1", "ines", "2026-12-20").await;
    copied(&world, "zz-2", "lea", "2026-12-24").await;
    let ines = world.signed_in("ines").await.get("/desk").await;
    assert_eq!(ines.body.matches("Second regard").count(), 103, "all of hers");
    assert!(ines.body.find("zz-1").unwrap() < ines.body.find("0-000").unwrap(), "the first due is first");
    assert!(world.signed_in("lea").await.get("/desk").await.says("zz-2"), "hers, behind a hundred others");
}

#[tokio::test]
async fn an_untrained_agent_opens_and_decides_nothing() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    let mut ines = world.signed_in("ines").await;
    let page = ines.get(PAGE).await;
    assert!(page.says("href=\"/training/orientation-du-courrier\"") && !page.says("action=\"/desk/cases/CO-2026-0147/judgement\""));
    let judging = [("use", "appel-1"), ("outcome", "Voirie"), ("reason", "Un trottoir")];
    let refused = ines.post(&format!("{PAGE}/judgement"), &judging).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("demande une formation") && refused.says("href=\"/training/orientation-du-courrier\""));
    assert!(!refused.says(SECRET));
    train(&world, "ines").await;
    assert!(ines.submit(&format!("{PAGE}/judgement"), &judging).await.says(SECRET));
    // It has lapsed when she decides.
    world.later(SignedDuration::from_hours(24 * 366));
    let mut ines = world.signed_in("ines").await;
    let refused = ines.post(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("demande une formation"));
    assert!(events(&world).await.iter().all(|event| !matches!(event, CaseEvent::Decided { .. })));
    // A case that no tool touched asks for no training.
    declared(&world, "CO-2026-0148").await;
    ines.submit("/desk/cases/CO-2026-0148/decision", &[("outcome", "Voirie"), ("reason", WHY)]).await;
}

#[tokio::test]
async fn a_judgement_is_on_the_answer_that_was_read() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    used(&world, &id, "appel-2", "Urbanisme").await;
    let mut samir = world.signed_in("samir").await;
    // Two windows on the first answer; the second one is sent after the first.
    judge(&mut samir, "Voirie", "Un trottoir").await;
    for (used, sentence) in [
        ("appel-1", "Votre avis est déjà scellé"),
        ("appel-9", "Ce formulaire ne porte plus sur la réponse"),
        ("", "Ce formulaire ne porte plus sur la réponse"),
    ] {
        let fields = [("use", used), ("outcome", "École"), ("reason", "Une école")];
        let moved = samir.post(&format!("{PAGE}/judgement"), &fields).await;
        assert_eq!(moved.status, StatusCode::UNPROCESSABLE_ENTITY, "{used}");
        assert!(moved.says(sentence) && moved.says("Réponse 2 sur 2."), "{used}: {}", moved.body);
    }
    let judged: Vec<_> = events(&world).await.into_iter().filter(|event| matches!(event, CaseEvent::Judged { .. })).collect();
    assert_eq!(judged.len(), 1);
}

#[tokio::test]
async fn a_late_or_second_request_gives_no_new_time_for_the_court() {
    let (world, _, code) = decided().await;
    let page = format!("/d/{code}");
    let answer = async |world: &World, id: &str| {
        let mut ines = world.signed_in("ines").await;
        ines.submit(&format!("{PAGE}/contestations/{id}/answer"), &[("outcome", "maintained"), ("reason", WHY)]).await;
        plain(&ines.get(&format!("{PAGE}/contestations/{id}/letter")).await)
    };
    contests(&world, &code, "Un.").await;
    world.later(SignedDuration::from_hours(24 * 6));
    let first = answer(&world, "C1").await;
    assert!(first.contains("dans les deux mois qui suivent la réception de cette lettre, donc au moins jusqu’au 30 janvier 2027"));
    contests(&world, &code, "Deux.").await;
    world.later(SignedDuration::from_hours(24 * 10));
    let second = answer(&world, "C2").await;
    assert!(second.contains("au moins jusqu’au 30 janvier 2027. Cette lettre ne change pas cette date."), "{second}");
    assert!(plain(&world.browser().get(&page).await).contains("avant le 30 janvier 2027"));
    world.later(SignedDuration::from_hours(24 * 60));
    contests(&world, &code, "Trois.").await;
    let third = answer(&world, "C3").await;
    assert!(third.contains("ce délai a pu finir le 30 janvier 2027"), "{third}");
    assert!(plain(&world.browser().get(&page).await).contains("a pu finir le 30 janvier 2027"));
}

#[tokio::test]
async fn the_month_of_a_letter_runs_from_its_arrival() {
    let (world, mut samir, code) = decided().await;
    world.later(SignedDuration::from_hours(24 * 8));
    let mut fresh = world.signed_in("samir").await;
    std::mem::swap(&mut samir, &mut fresh);
    let form = format!("{PAGE}/contestations");
    for (received, wrong) in [
        ("", "Choisissez le jour où le courrier est arrivé"),
        ("2026-12-03", "n’est pas encore venue"),
        ("2026-11-23", "n’a été annoncée que le 24 novembre 2026"),
        ("hier", "Choisissez une date."),
    ] {
        let refused = samir.post(&form, &[("channel", "post"), ("received", received), ("text", "Ma lettre.")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{received}");
        assert!(refused.says(wrong) && refused.says("href=\"#received\"") && refused.says("id=\"record\" open"), "{received}");
    }
    samir.submit(&form, &[("channel", "post"), ("received", "2026-11-27"), ("text", "Ma lettre.")]).await;
    samir.submit(&form, &[("channel", "phone"), ("text", "Elle appelle.")]).await;
    let page = plain(&world.browser().get(&format!("/d/{code}")).await);
    assert!(page.contains("Réponse au plus tard le 27 décembre 2026.") && page.contains("Réponse au plus tard le 2 janvier 2027."));
}

#[tokio::test]
async fn a_code_is_closed_and_a_new_letter_goes_out() {
    let (world, mut samir, code) = decided().await;
    world.later(SignedDuration::from_hours(24 * 2));
    let mut citizen = world.browser();
    let mut ines = world.signed_in("ines").await;
    let closed = hidden(&ines.get(PAGE).await, "closed");
    let page = ines.submit(&format!("{PAGE}/code"), &[("closed", &closed)]).await;
    assert!(page.says("L’ancien code est fermé.") && page.says("Inès Carpentier a fermé le code du courrier."));
    assert_eq!(ines.get(&format!("{PAGE}/letter")).await.status, StatusCode::FORBIDDEN, "she has not seen the answer");
    ines.submit(&format!("{PAGE}/code"), &[("closed", &closed)]).await;
    let replaced = events(&world).await.iter().filter(|event| matches!(event, CaseEvent::CodeReplaced { .. })).count();
    assert_eq!(replaced, 1, "a second click closes nothing more");

    samir = if samir.get(PAGE).await.status == StatusCode::OK { samir } else { world.signed_in("samir").await };
    let letter = samir.get(&format!("{PAGE}/letter")).await;
    let new = code_in(&letter.body);
    assert_ne!(new, code);
    assert!(plain(&letter).contains("Cette lettre remplace celle du 24 novembre 2026. L’ancien code ne marche plus"));
    assert!(plain(&letter).contains("Val-d’Ormes, le 26 novembre 2026") && plain(&letter).contains("jusqu’au 24 janvier 2027"));
    assert_eq!(citizen.get(&format!("/d/{code}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(citizen.get(&format!("/d/{new}")).await.status, StatusCode::OK);
    assert_eq!(samir.get(&format!("{PAGE}/letter.pdf")).await.bytes, samir.get(&format!("{PAGE}/letter.pdf")).await.bytes);
    // The program died between the new code and its record: the letter carries the code that opens, and the act is taken up.
    cut(&world, &id_of(&world).await, events(&world).await.len() - 1).await;
    assert_eq!(hidden(&samir.get(PAGE).await, "closed"), "0");
    assert_eq!(code_in(&samir.get(&format!("{PAGE}/letter")).await.body), new);
    samir.submit(&format!("{PAGE}/code"), &[("closed", "0")]).await;
    assert_eq!(code_in(&samir.get(&format!("{PAGE}/letter")).await.body), new);
    samir.submit(&format!("{PAGE}/code"), &[("closed", "1")]).await;
    let newest = code_in(&samir.get(&format!("{PAGE}/letter")).await.body);
    assert!(citizen.get(&format!("/d/{newest}")).await.status == StatusCode::OK && newest != new);
    assert_eq!(samir.post(&format!("{PAGE}/code"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_said_of_personal_data_is_what_was_recorded() {
    let (_world, mut samir, _) = decided().await;
    let page = samir.get(PAGE).await;
    assert!(plain(&page).contains("Aucune information personnelle n’a été reconnue"), "the test records none");
    assert!(plain(&page).contains("Consigne : Indique le service.") && plain(&page).contains("Demande : Il est effondré"));
    assert!(!page.says("system") && !page.says("ont été remplacées"));
    let english = samir.get(&format!("{PAGE}?lang=en")).await;
    assert!(english.says("Instruction: Indique le service."));
}

#[tokio::test]
async fn the_first_page_says_when_a_tool_may_decide_alone() {
    let world = town().await;
    assert!(world.browser().get("/").await.says("Aucun n’est autorisé à décider seul."));
    let sheet = world.app.live.snapshot().register.systems[SYSTEM].sheet.clone();
    let sheet = SystemSheet { name: "Calcul".into(), automation: Automation::Full, ..sheet };
    world.act("claire", Event::SystemDeclared { system: "calcul".into(), sheet }).await;
    let page = world.browser().get("/").await;
    assert!(page.says("Certains peuvent décider seuls") && !page.says("Aucun n’est autorisé") && !page.says("un agent décide"));
}

#[tokio::test]
async fn the_council_counts_decisions_not_uses() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    used(&world, &id, "appel-2", "Urbanisme").await;
    let mut samir = world.signed_in("samir").await;
    judge(&mut samir, "Voirie", "Un trottoir").await;
    judge_and_decide(&mut samir).await;
    // Touched after its decision alone: the decision was not.
    let other = declared(&world, "CO-2026-0148").await;
    samir.submit("/desk/cases/CO-2026-0148/decision", &[("outcome", "Voirie"), ("reason", WHY)]).await;
    used(&world, &other, "appel-3", "École").await;
    let page = world.signed_in("helene").await.get("/council").await;
    let figures: Vec<&str> = page.body.split("<dd>").skip(1).take(2).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(figures, ["1", "1 sur 1"], "one decision, however many uses it saw");
}

#[tokio::test]
async fn a_certification_opens_a_tool_only_when_nothing_else_closes_it() {
    let world = town().await;
    let quiz = format!("/training/{SYSTEM}");
    let right = crate::story::QUIZ;
    let mut ines = world.signed_in("ines").await;
    assert!(ines.submit(&quiz, &right).await.says("L’outil vous est ouvert."));
    world.act("helene", Event::Stopped { system: SYSTEM.into(), reason: "Trop d’écarts.".into() }).await;
    let page = ines.submit(&quiz, &right).await;
    assert!(page.says("L’outil reste fermé pour une autre raison") && !page.says("L’outil vous est ouvert."));
}

#[tokio::test]
async fn an_answer_that_never_came_is_told_once_it_is_known() {
    let (world, mut samir, _) = decided().await;
    let id = id_of(&world).await;
    let journal = called(&world, &id, "appel-2").await;
    ended(&world, &journal, &id, "appel-2", None, OutcomeKind::Unknown).await;
    samir.submit(&format!("{PAGE}/notice"), &[]).await;
    let letter = plain(&samir.get(&format!("{PAGE}/further/1")).await);
    assert!(letter.contains("Nous ne savons pas ce qu’il a répondu") && !letter.contains("Il proposait"), "{letter}");
}
