//! The agent's desk: a judgement before the answer, a decision with a name, a second look by somebody else.

use axum::http::StatusCode;
use gouvernail_cases::{CaseEvent, Channel};
use gouvernail_register::{Event, NoticeData, NoticeWords};
use gouvernail_store::{OutcomeKind, Person, Role};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use crate::life::{
    PAGE, REFERENCE, SECRET, WHY, called, code_in, decided, declared, ended, judge, judge_and_decide, plain, town, train, used,
};
use crate::world::{Browser, SYSTEM, World};

async fn kinds(world: &World, id: &str) -> Vec<String> {
    world.app.store.case_events(id).await.unwrap().into_iter().map(|event| event.kind).collect()
}

async fn last_event(world: &World) -> CaseEvent {
    let id = world.app.store.find_case_by_reference(REFERENCE).await.unwrap().unwrap().id;
    serde_json::from_value(world.app.store.case_events(&id).await.unwrap().pop().unwrap().body).unwrap()
}

/// Every page that an agent can open about the case.
async fn reads_the_answer(agent: &mut Browser) -> bool {
    let mut read = false;
    for path in ["/desk", PAGE, &format!("{PAGE}/letter"), &format!("{PAGE}/letter.pdf"), "/desk/find?find=CO-2026-0147"] {
        let page = agent.get(path).await;
        let said = plain(&page);
        read |= [SECRET, "il a proposé", "La décision s’écarte", "La décision rejoint", "Sa décision"]
            .iter()
            .any(|words| said.contains(words));
    }
    read
}

#[tokio::test]
async fn the_life_of_a_case() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    let mut samir = world.signed_in("samir").await;
    assert!(samir.get("/desk").await.says("Donner mon avis"));
    let page = samir.get(PAGE).await;
    assert!(page.says("Votre avis d’abord") && page.says("Nadia Ferrand") && page.says("Il est effondré depuis dimanche. Nadia"));
    assert!(page.says("Ce qui est parti vers le modèle") && page.says("[PERSON_1] (appel-1)"));
    assert!(!page.says(SECRET));

    world.later(SignedDuration::from_mins(2));
    let page = judge(&mut samir, "Voirie", "Un trottoir").await;
    assert!(page.says(SECRET) && page.says("L’outil peut se tromper.") && page.says("Qwen2.5-Coder 1.5B"));
    assert!(
        page.says("value=\"Voirie\" checked") && page.says(">Un trottoir</textarea>"),
        "the judgement is where the decision starts"
    );
    assert!(samir.get("/desk").await.says("Décider"));

    let page = samir.submit(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
    assert!(page.says("La décision est prise. Le courrier est prêt.") && page.says("s’écarte de la réponse"));
    assert_eq!(kinds(&world, &id).await, ["opened", "use_recorded", "judged", "revealed", "decided", "notified"]);
    let owed: Vec<_> = world.app.store.entries_of(&id).await.unwrap().into_iter().map(|e| (e.kind, e.system, e.version)).collect();
    let of = |kind: &str| (kind.to_owned(), Some("orientation-du-courrier".to_owned()), Some("1".to_owned()));
    assert_eq!(owed, [of("decision"), of("notice")]);
    assert!(samir.get("/desk").await.says("Décidé le 24"));

    let letter = samir.get(&format!("{PAGE}/letter")).await;
    let said = plain(&letter);
    for wanted in
        ["Madame Nadia Ferrand", "Décision : Voirie.", WHY, "il a proposé : École.", "Sa décision est différente.", "une fois"]
    {
        assert!(said.contains(wanted), "{wanted} missing in {said}");
    }
    for wanted in ["L’outil propose un service.", "Le texte de votre demande (origine : votre message).", "9 à 45 secondes", "CADA"]
    {
        assert!(said.contains(wanted), "{wanted} missing in {said}");
    }
}

#[tokio::test]
async fn nobody_reads_the_answer_before_judging() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    let (mut samir, mut ines) = (world.signed_in("samir").await, world.signed_in("ines").await);
    assert!(!reads_the_answer(&mut samir).await);
    let early = samir.post(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.says("Donnez d’abord votre avis") && early.says(WHY) && !early.says(SECRET));
    judge_and_decide(&mut samir).await;
    assert!(reads_the_answer(&mut samir).await);
    assert!(!reads_the_answer(&mut ines).await, "a colleague may have to look again");
    assert_eq!(ines.get(&format!("{PAGE}/letter")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn each_answer_is_judged_before_it_is_shown() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    world.later(SignedDuration::from_secs(1));
    used(&world, &id, "appel-2", "Urbanisme").await;
    let mut samir = world.signed_in("samir").await;
    let page = samir.get(PAGE).await;
    assert!(
        page.says("Réponse 1 sur 2.") && page.says("(appel-1)") && !page.says("(appel-2)"),
        "the second text may repeat the first answer"
    );
    let page = judge(&mut samir, "Voirie", "Un trottoir").await;
    assert!(plain(&page).contains(&format!("{SECRET} : École")) && page.says("Réponse 2 sur 2.") && page.says("(appel-2)"));
    assert!(!plain(&page).contains(&format!("{SECRET} : Urbanisme")));
    let page = judge(&mut samir, "Voirie", "Toujours un trottoir").await;
    assert!(plain(&page).contains(&format!("{SECRET} : Urbanisme")) && page.says("Que décidez-vous"));
    // Sent again by a second click: nothing is sealed twice. Another view on what is sealed is refused, in words.
    let again = [("use", "appel-2"), ("outcome", "Voirie"), ("reason", "Toujours un trottoir")];
    samir.submit(&format!("{PAGE}/judgement"), &again).await;
    let other = samir.post(&format!("{PAGE}/judgement"), &[("use", "appel-2"), ("outcome", "École"), ("reason", "Autre")]).await;
    assert!(other.status == StatusCode::UNPROCESSABLE_ENTITY && other.says("Votre avis est déjà scellé"));
    assert_eq!(kinds(&world, &id).await.iter().filter(|kind| *kind == "judged").count(), 2);
}

#[tokio::test]
async fn a_form_that_is_not_complete_comes_back_filled() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    let mut samir = world.signed_in("samir").await;
    let page =
        samir.post(&format!("{PAGE}/judgement"), &[("use", "appel-1"), ("outcome", "Ailleurs"), ("reason", "Mon idée")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("href=\"#outcome\"") && page.says(">Mon idée</textarea>") && !page.says(SECRET));
    let page = samir.post(&format!("{PAGE}/judgement"), &[("use", "appel-1"), ("outcome", "Voirie"), ("reason", " ")]).await;
    assert!(page.says("href=\"#reason\"") && page.says("value=\"Voirie\" checked"));
    assert_eq!(kinds(&world, &id).await, ["opened", "use_recorded"]);

    judge(&mut samir, "Voirie", "Un trottoir").await;
    for (reason, wrong) in [("ok", "au moins 10"), ("Un trottoir à refaire 🙂", "ne sait pas imprimer")] {
        let page = samir.post(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", reason)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.says(wrong) && page.says(reason), "{reason}");
    }
    assert!(!kinds(&world, &id).await.contains(&"decided".to_owned()), "nothing is decided that could not be told");
}

#[tokio::test]
async fn a_use_recorded_meanwhile_is_not_lost() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    let mut samir = world.signed_in("samir").await;
    judge(&mut samir, "Voirie", "Un trottoir").await;
    // The page is open, complete; then the tool answers once more.
    used(&world, &id, "appel-2", "Urbanisme").await;
    let refused = samir.post(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Donnez d’abord votre avis") && refused.says("Réponse 2 sur 2."));

    // Many at once: uses, judgements of two agents. Everything is there at the end, in an order that the rules accept.
    train(&world, "ines").await;
    let mut ines = world.signed_in("ines").await;
    let path = format!("{PAGE}/judgement");
    let judging = |used: &'static str| [("use", used), ("outcome", "Voirie"), ("reason", "Un trottoir")];
    let second = judging("appel-2");
    let (_, one, two) = tokio::join!(
        async {
            for n in 3..8 {
                used(&world, &id, &format!("appel-{n}"), "École").await;
            }
        },
        samir.post(&path, &second),
        async {
            for used in ["appel-1", "appel-2"] {
                assert_eq!(ines.post(&path, &judging(used)).await.status, StatusCode::SEE_OTHER);
            }
        },
    );
    assert_eq!((one.status, two), (StatusCode::SEE_OTHER, ()));
    let kinds = kinds(&world, &id).await;
    let count = |kind: &str| kinds.iter().filter(|known| *known == kind).count();
    assert_eq!((count("use_recorded"), count("judged"), count("revealed")), (7, 4, 4));
    assert_eq!(samir.get(PAGE).await.status, StatusCode::OK, "the history loads");
}

#[tokio::test]
async fn an_interrupted_act_is_taken_up_where_it_stopped() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    // The program died after the seal, before the reveal.
    let mut samir = world.signed_in("samir").await;
    judge(&mut samir, "Voirie", "Un trottoir").await;
    cut(&world, &id, 3).await;
    let page = samir.get(PAGE).await;
    assert!(page.says("Votre avis est scellé.") && !page.says(SECRET));
    assert!(samir.submit(&format!("{PAGE}/judgement"), &[("use", "appel-1")]).await.says(SECRET));
    // And after the decision, before the letter.
    samir.submit(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
    cut(&world, &id, 5).await;
    let page = samir.get(PAGE).await;
    assert!(page.says("Le courrier reste à préparer") && !page.says("/letter.pdf"));
    let page = samir.submit(&format!("{PAGE}/notice"), &[]).await;
    assert!(page.says("/letter.pdf") && !page.says("Le courrier reste à préparer"));
    assert_eq!(kinds(&world, &id).await.len(), 6);
}

/// Keeps only the first events of a case.
pub async fn cut(world: &World, id: &str, length: usize) {
    let store = &world.app.store;
    let file = store.find_case(id).await.unwrap().unwrap();
    let events = store.case_events(id).await.unwrap();
    store.erase_case(id).await.unwrap();
    for event in events.into_iter().take(length) {
        let new = gouvernail_store::NewCaseEvent { at: event.at, author: event.author, kind: event.kind, body: event.body };
        match event.n {
            1 => drop(store.declare_case(&file, "k", &new).await.unwrap()),
            n => drop(store.append_case_event(id, n - 1, &new, "open", None).await.unwrap()),
        }
    }
}

#[tokio::test]
async fn a_case_without_any_use_is_decided_and_owes_no_letter() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    let mut samir = world.signed_in("samir").await;
    assert!(samir.get(PAGE).await.says("Aucun outil n’a servi dans ce dossier."));
    let page = samir.submit(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
    assert!(!page.says("letter.pdf") && !page.says("Le courrier"));
    assert_eq!(kinds(&world, &id).await, ["opened", "decided"]);
    assert_eq!(samir.get(&format!("{PAGE}/letter")).await.status, StatusCode::NOT_FOUND);
    samir.submit(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
    assert_eq!(kinds(&world, &id).await, ["opened", "decided"], "a second click is not a second decision");
    let again = samir.post(&format!("{PAGE}/decision"), &[("outcome", "École"), ("reason", WHY)]).await;
    assert!(again.says("Ce dossier est déjà décidé"));
}

#[tokio::test]
async fn an_unknown_outcome_is_said_plainly() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    let journal = called(&world, &id, "appel-1").await;
    ended(&world, &journal, &id, "appel-1", None, OutcomeKind::Unknown).await;
    // A second call has left and has not come back when the agent decides.
    let journal = called(&world, &id, "appel-2").await;
    let mut samir = world.signed_in("samir").await;
    judge_and_decide(&mut samir).await;
    let letter = plain(&samir.get(&format!("{PAGE}/letter")).await);
    assert!(letter.contains("2 fois dans votre dossier") && letter.contains("Nous ne savons pas ce qu’il a répondu"), "{letter}");
    let bytes = samir.get(&format!("{PAGE}/letter.pdf")).await.bytes;
    // It comes back later: the letter that was sent does not change, another is owed.
    ended(&world, &journal, &id, "appel-2", Some("École"), OutcomeKind::Completed).await;
    assert_eq!(samir.get(&format!("{PAGE}/letter.pdf")).await.bytes, bytes);
    assert!(samir.get("/desk").await.says("Informer la personne"));
}

#[tokio::test]
async fn the_letter_is_the_one_that_was_told_whatever_the_register_becomes() {
    let (world, mut samir, code) = decided().await;
    let first = samir.get(&format!("{PAGE}/letter.pdf")).await;
    assert_eq!(first.content_type, "application/pdf");
    let CaseEvent::Notified { letter_ref, code_hash, .. } = last_event(&world).await else { panic!("not notified") };
    assert_eq!(letter_ref, format!("sha256:{}", hex::encode(Sha256::digest(&first.bytes))));
    assert_eq!(code_hash, gouvernail_cases::code::hash(&code).unwrap());

    let words = |text: &str| {
        let data = vec![NoticeData { label: text.to_owned(), source: text.to_owned() }];
        NoticeWords { does: vec![text.to_owned()], does_not: vec![text.to_owned()], data, counts: Vec::new() }
    };
    let system = SYSTEM.to_owned();
    world.act("claire", Event::NoticePublished { system, fr: words("Autre."), en: words("Other.") }).await;
    world.later(SignedDuration::from_hours(24 * 40));
    let mut samir = world.signed_in("samir").await;
    assert_eq!(samir.get(&format!("{PAGE}/letter.pdf")).await.bytes, first.bytes);
    assert_eq!(code_in(&samir.get(&format!("{PAGE}/letter")).await.body), code);
}

#[tokio::test]
async fn the_pdf_and_the_page_say_the_same() {
    let (_world, mut samir, code) = decided().await;
    let pdf = samir.get(&format!("{PAGE}/letter.pdf")).await.bytes;
    let page = samir.get(&format!("{PAGE}/letter")).await;
    let folder = tempfile::tempdir().unwrap();
    let path = std::env::var_os("GOUVERNAIL_LETTER_OUT").map_or_else(|| folder.path().join("letter.pdf"), Into::into);
    std::fs::write(&path, pdf).unwrap();
    let Ok(output) = std::process::Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output() else {
        println!("skipped: pdftotext is not installed (Debian package poppler-utils)");
        return;
    };
    // Without blanks: the program that reads the PDF puts some where letters are drawn far apart. Page numbers are left out.
    let flat = |text: &str| {
        let lines = text.lines().filter(|line| !line.contains(" / ")).collect::<String>();
        lines.replace(|c: char| c.is_whitespace() || c == '\u{c}', "")
    };
    let printed = flat(&String::from_utf8_lossy(&output.stdout));
    assert!(printed.contains(&code), "{printed}");
    let article = page.body.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
    let paragraphs = article.split("<p>").skip(1).filter_map(|rest| rest.split("</p>").next()).filter(|text| !text.contains('<'));
    let mut sentences = 0;
    for text in paragraphs.map(flat) {
        assert!(printed.contains(&text), "{text} missing in {printed}");
        sentences += 1;
    }
    assert!(sentences > 12, "{sentences} paragraphs compared");
}

#[tokio::test]
async fn a_contestation_reaches_another_agent_who_looks_again_without_the_tool() {
    let (world, mut samir, code) = decided().await;
    let mut citizen = world.browser();
    citizen
        .post(&format!("/d/{code}/contest"), &[("words", "On me renvoie d’un service à l’autre."), ("reach", "01 99 00 45 67")])
        .await;
    let mut ines = world.signed_in("ines").await;
    let desk = ines.get("/desk").await;
    assert!(plain(&desk).contains("Second regard : à vous") && desk.says("Réponse due le 24 décembre 2026"));
    assert!(!samir.get("/desk").await.says("Second regard"));
    let page = ines.get(PAGE).await;
    assert!(page.says("On me renvoie d’un service à l’autre.") && page.says("01 99 00 45 67") && page.says("Votre second regard"));
    assert!(!reads_the_answer(&mut ines).await);

    let answer = format!("{PAGE}/contestations/C1/answer");
    let refused = samir.post(&answer, &[("outcome", "maintained"), ("reason", WHY)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("n’est pas le vôtre"));
    assert!(samir.post(&format!("{PAGE}/contestations/C1/take"), &[]).await.says("Vous avez pris la décision contestée"));
    let same = ines.post(&answer, &[("outcome", "Voirie"), ("reason", WHY)]).await;
    assert!(same.says("La décision est déjà celle-là"));

    world.later(SignedDuration::from_hours(24));
    let mut ines = world.signed_in("ines").await;
    let page = ines.submit(&answer, &[("outcome", "École"), ("reason", "Le mur qui soutient le trottoir est à l’école.")]).await;
    assert!(page.says("La réponse est enregistrée.") && plain(&page).contains("Elle est maintenant : École."));
    assert!(ines.post(&answer, &[("outcome", "maintained"), ("reason", WHY)]).await.says("a déjà sa réponse"));
    let letter = plain(&ines.get(&format!("{PAGE}/contestations/C1/letter")).await);
    for wanted in
        ["Inès Carpentier", "numéro CO-2026-0147-C1", "Elle est maintenant : École.", "Val-d’Ormes, le 25 novembre 2026", &code]
    {
        assert!(letter.contains(wanted), "{wanted} missing in {letter}");
    }
    assert!(ines.get(&format!("{PAGE}/contestations/C1/letter.pdf")).await.bytes.starts_with(b"%PDF"));
    assert!(reads_the_answer(&mut ines).await, "once answered, nothing is hidden any more");
    assert_eq!(ines.get(&format!("{PAGE}/contestations/C9/letter")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_answer_is_given_by_who_has_the_fewest_and_is_certified() {
    let (world, _, code) = decided().await;
    for (id, name) in [("lea", "Léa Petit"), ("marc", "Marc Roy")] {
        world.person(id, name, &[Role::Agent]).await;
    }
    let certified = Event::Certified {
        system: SYSTEM.to_owned(),
        version: "1".to_owned(),
        person: "marc".to_owned(),
        until: world.app.now() + SignedDuration::from_hours(24 * 90),
        means: String::new(),
        passed: None,
        evidence: String::new(),
    };
    world.act("marc", certified).await;
    let mut citizen = world.browser();
    let assigned = async |citizen: &mut Browser, words: &str| {
        citizen.post(&format!("/d/{code}/contest"), &[("words", words)]).await;
        match last_event(&world).await {
            CaseEvent::Assigned { agent, .. } => agent.id,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(assigned(&mut citizen, "Un").await, "marc", "certified for the system");
    world.later(SignedDuration::from_hours(24 * 91));
    assert_eq!(assigned(&mut citizen, "Deux").await, "ines", "his certification has ended, and he has one to answer already");
    assert_eq!(assigned(&mut citizen, "Trois").await, "lea");
}

#[tokio::test]
async fn without_another_agent_a_contestation_waits_to_be_taken() {
    let (world, mut samir, code) = decided().await;
    let ines = world.app.store.find_person("ines").await.unwrap().unwrap();
    world.app.store.update_person(&Person { active: false, ..ines }).await.unwrap();
    world.app.live.refresh().await.unwrap();
    let mut citizen = world.browser();
    let received = citizen.submit(&format!("/d/{code}/contest"), &[("words", "Personne ne vient.")]).await;
    assert!(received.says("CO-2026-0147-C1"));
    assert!(!samir.get("/desk").await.says("à prendre") && samir.get(PAGE).await.says("Personne ne s’en charge encore."));

    world.person("lea", "Léa Petit", &[Role::Agent]).await;
    let mut lea = world.signed_in("lea").await;
    assert!(plain(&lea.get("/desk").await).contains("Second regard : à prendre"));
    let page = lea.submit(&format!("{PAGE}/contestations/C1/take"), &[]).await;
    assert!(page.says("Votre second regard") && page.says("Confié à Léa Petit."));
}

#[tokio::test]
async fn a_request_on_the_telephone_is_noted_and_a_call_is_returned() {
    let (world, mut samir, code) = decided().await;
    let form = format!("{PAGE}/contestations");
    let refused = samir.post(&form, &[("channel", "web"), ("text", "")]).await;
    assert!(refused.says("href=\"#channel\"") && refused.says("href=\"#text\"") && refused.says("id=\"record\" open"));
    let page = samir.submit(&form, &[("channel", "phone"), ("text", "Elle attend depuis un mois.")]).await;
    assert!(page.says("par téléphone") && page.says("Confié à Inès Carpentier."));
    let id = world.app.store.find_case_by_reference(REFERENCE).await.unwrap().unwrap().id;
    let events = world.app.store.case_events(&id).await.unwrap();
    let contested = events.iter().find(|event| event.kind == "contested").unwrap();
    let event: CaseEvent = serde_json::from_value(contested.body.clone()).unwrap();
    assert!(matches!(event, CaseEvent::Contested { channel: Channel::Phone, .. }) && contested.author == "samir");

    let mut citizen = world.browser();
    citizen.post(&format!("/d/{code}/human"), &[("reach-human", "01 99 00 45 67, le soir")]).await;
    let desk = samir.get("/desk").await;
    assert!(desk.says("Rappeler"));
    let page = samir.get(PAGE).await;
    assert!(page.says("01 99 00 45 67, le soir") && page.says("J’ai rappelé"));
    let page = samir.submit(&format!("{PAGE}/called-back"), &[]).await;
    assert!(!page.says("J’ai rappelé") && page.says("Samir Benali a rappelé."));
    assert!(samir.post(&format!("{PAGE}/called-back"), &[]).await.says("déjà été rappelée"));
}

#[tokio::test]
async fn the_desk_says_what_is_urgent_and_why_the_tool_is_closed() {
    let (world, mut samir, code) = decided().await;
    declared(&world, "CO-2026-0148").await;
    assert!(!samir.get("/desk").await.says("l’outil vous est fermé"));
    let mut ines = world.signed_in("ines").await;
    let desk = ines.get("/desk").await;
    assert!(desk.says("l’outil vous est fermé") && desk.says("attestation de formation"));
    assert!(desk.says("href=\"/training/orientation-du-courrier\""));
    let english = ines.get("/desk?lang=en").await;
    assert!(english.says("The agent has no valid certification") && english.says("My cases"));
    ines.get("/desk?lang=fr").await;

    world.browser().post(&format!("/d/{code}/contest"), &[("words", "Personne ne vient.")]).await;
    world.later(SignedDuration::from_hours(24 * 31));
    let mut ines = world.signed_in("ines").await;
    let desk = ines.get("/desk").await;
    assert!(desk.says("en retard"));
    let place = |text: &str| desk.body.find(text).unwrap();
    assert!(place("CO-2026-0147") < place("CO-2026-0148"), "the contestation comes first");

    for (sought, found) in [("CO-2026-0148", "/desk/cases/CO-2026-0148"), (code.to_lowercase().as_str(), PAGE)] {
        assert_eq!(ines.get(&format!("/desk/find?find={sought}")).await.location, found);
    }
    let unknown = ines.get("/desk/find?find=CO-2026-9999").await;
    assert!(unknown.status == StatusCode::NOT_FOUND && unknown.says("value=\"CO-2026-9999\"") && unknown.says("Aucun dossier"));
}

#[tokio::test]
async fn only_agents_see_cases_and_a_forms_address_leads_back() {
    let (world, mut samir, _) = decided().await;
    for id in ["claire", "helene", "julien"] {
        let mut other = world.signed_in(id).await;
        for path in ["/desk", PAGE, &format!("{PAGE}/letter"), &format!("{PAGE}/letter.pdf")] {
            assert_eq!(other.get(path).await.status, StatusCode::FORBIDDEN, "{id} {path}");
        }
        assert_eq!(
            other.post(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await.status,
            StatusCode::FORBIDDEN
        );
    }
    assert_eq!(world.browser().get(PAGE).await.location, "/login");
    assert_eq!(samir.get(&format!("{PAGE}/decision")).await.location, PAGE);
    assert_eq!(samir.get(&format!("{PAGE}/contestations/C1/answer")).await.location, PAGE);
    assert_eq!(samir.get("/desk/cases/absent").await.status, StatusCode::NOT_FOUND);
    assert_eq!(samir.post("/desk/cases/absent/decision", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(samir.post(&format!("{PAGE}/contestations/C9/take"), &[]).await.status, StatusCode::NOT_FOUND);
}
