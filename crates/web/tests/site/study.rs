//! Impact studies from the side of those who write, sign and read them: nothing is ever lost.

use axum::http::StatusCode;
use axum::http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use gouvernail_register::StudyKind;
use jiff::SignedDuration;
use serde_json::Value;
use tower::ServiceExt;

use crate::story::{ID, STUDY, Town, at, sign};
use crate::world::{Answer, Browser, World};

/// A town whose system asks for the study on rights.
async fn town() -> (World, Town) {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    town.model().await;
    town.claire.submit(&at("owner"), &[("owner-person", "julien")]).await;
    town.julien.submit(&at("owner/accept"), &[]).await;
    (world, town)
}

fn draft() -> String {
    at("study/rights/draft")
}

async fn page(browser: &mut Browser) -> String {
    browser.get(&at("study/rights")).await.body
}

/// What a page that saves by itself learns.
async fn autosave(browser: &mut Browser, fields: &[(&str, &str)]) -> (StatusCode, Value) {
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
    let request = browser.request("POST", &draft()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let request = request.header(ACCEPT, "application/json").body(body.join("&").into()).unwrap();
    let answer: Answer = browser.send(request).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

/// The part of the page between a mark and the next end of a field.
fn around<'a>(page: &'a str, mark: &str) -> &'a str {
    let from = page.find(mark).unwrap_or_else(|| panic!("{mark} is not on the page"));
    let from = page[..from].rfind('<').unwrap();
    &page[from..page.len().min(from + 1500)]
}

fn answers(world: &World) -> std::collections::BTreeMap<String, Value> {
    world.app.live.snapshot().register.systems[ID].studies[&StudyKind::Rights].answers.clone().into_iter().collect()
}

#[tokio::test]
async fn two_people_write_at_once_and_nothing_is_lost() {
    let (world, mut town) = town().await;
    town.claire.submit(&draft(), &[("base", "0"), ("asked", "usage personnes"), ("q-usage", "Texte de Claire")]).await;
    // Julien had opened the page before her save.
    let theirs = [("base", "0"), ("asked", "usage personnes"), ("q-personnes", "Texte de Julien")];
    town.julien.submit(&draft(), &theirs).await;
    let both = page(&mut town.claire).await;
    assert!(both.contains("Texte de Claire") && both.contains("Texte de Julien"));
    assert!(both.contains("Claire Vasseur, le 24 novembre 2026"), "each answer says whose it is");
    // The same question, at once: both texts are shown, and nothing is handed over before somebody chooses.
    town.claire.submit(&draft(), &[("base", "2"), ("asked", "risques"), ("q-risques", "Le risque selon Claire")]).await;
    let shown = town.julien.submit(&draft(), &[("base", "2"), ("asked", "risques"), ("q-risques", "Le risque selon Julien")]).await;
    let shown = shown.body;
    assert!(shown.contains("Le risque selon Claire") && shown.contains("Le risque selon Julien"));
    let refused = town.claire.post(&at("study/rights"), &STUDY[..4]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("#q-risques-settle"));
    let other = shown.split("name=\"settle-q-risques\" value=\"julien@").nth(1).unwrap().split('"').next().unwrap();
    let base = shown.split("name=\"base\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let choice = format!("julien@{other}");
    let chosen = [("base", base), ("asked", "risques"), ("q-risques", "Le risque selon Claire"), ("settle-q-risques", &choice)];
    let settled = town.claire.submit(&draft(), &chosen).await;
    assert!(settled.says("Le risque selon Julien") && !settled.says("settle-q-risques"));
    // What was not kept is in the history, with who and when.
    let history = town.claire.get(&at("study/rights/history")).await;
    assert!(history.says("Le risque selon Claire") && history.says("Julien Morel, le 24 novembre 2026"));
    drop(world);
}

#[tokio::test]
async fn everybody_who_wrote_is_an_author_and_none_of_them_signs() {
    let (world, mut town) = town().await;
    town.julien.submit(&draft(), &[("base", "0"), ("asked", "fin"), ("q-fin", "2027-11-30")]).await;
    let handed = town.claire.submit(&at("study/rights"), &STUDY).await;
    assert!(handed.says("L’étude est remise à la signature") && handed.says("Claire Vasseur, Julien Morel"));
    for author in [&mut town.claire, &mut town.julien] {
        let refused = author.post(&at("study/rights/sign"), &[("sign-until", "2027-11-24"), ("sign-digest", "x")]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("une autre personne doit la signer"));
    }
    let signed = sign(&mut town.helene, "rights").await;
    assert!(signed.says("Hélène Marchand") && signed.says("24 novembre 2027"));
    assert_eq!(answers(&world)["frequence"], Value::from(40.0), "answers keep their kind");
}

#[tokio::test]
async fn a_page_that_saves_by_itself_never_undoes_what_another_wrote() {
    let (world, mut town) = town().await;
    let (status, said) = autosave(&mut town.claire, &[("base", "0"), ("asked", "usage+controle"), ("q-usage", "un")]).await;
    assert_eq!((status, said["base"].as_str()), (StatusCode::OK, Some("1s")));
    town.julien.submit(&draft(), &[("base", "0"), ("asked", "controle"), ("q-controle", "Julien décide")]).await;
    // Claire's page does not show what Julien wrote; she goes on.
    let (_, said) = autosave(&mut town.claire, &[("base", "1s"), ("asked", "usage+controle"), ("q-usage", "un deux")]).await;
    let base = said["base"].as_str().unwrap().to_owned();
    autosave(&mut town.claire, &[("base", &base), ("asked", "usage+controle"), ("q-usage", "un deux trois")]).await;
    let now = page(&mut town.claire).await;
    assert!(now.contains("un deux trois") && now.contains("Julien décide"));
    let visible: Vec<&str> = said["visible"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(visible.contains(&"q-usage") && !visible.contains(&"q-sans-outil"));
    let unchanged = autosave(&mut town.claire, &[("base", &base), ("asked", "usage"), ("q-usage", "un deux trois")]).await;
    assert_eq!(unchanged.0, StatusCode::OK);
    drop(world);
}

#[tokio::test]
async fn a_session_that_ended_loses_no_text() {
    let (world, mut town) = town().await;
    town.claire.post("/logout", &[]).await;
    let fields = [("base", "0"), ("asked", "usage"), ("q-usage", "Un long texte <écrit> trop tard")];
    let kept = town.claire.post(&draft(), &fields).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    assert!(kept.says("value=\"Un long texte &#60;écrit&#62; trop tard\"") && kept.says("name=\"base\" value=\"0\""));
    assert!(kept.says(&format!("action=\"{}\"", draft())), "the same form, once signed in");
    let handed_over = town.claire.post(&at("study/rights"), &fields).await;
    assert!(handed_over.status == StatusCode::UNAUTHORIZED && handed_over.says("trop tard"));
    let (status, said) = autosave(&mut town.claire, &[("base", "0"), ("asked", "usage"), ("q-usage", "x")]).await;
    assert!(status == StatusCode::UNAUTHORIZED && said["words"].as_str().unwrap().contains("session"));
    let mut claire = world.signed_in("claire").await;
    claire.submit(&draft(), &fields).await;
    assert!(page(&mut claire).await.contains("Un long texte &#60;écrit&#62; trop tard"));
}

#[tokio::test]
async fn questions_appear_without_a_script_when_their_answer_is_saved() {
    let (_world, mut town) = town().await;
    let before = page(&mut town.claire).await;
    assert!(around(&before, "data-question=\"q-sans-outil\"").contains("data-question=\"q-sans-outil\" hidden"));
    town.claire.submit(&draft(), &[("base", "0"), ("asked", "arret"), ("q-arret", "yes")]).await;
    let after = page(&mut town.claire).await;
    assert!(
        !around(&after, "data-question=\"q-sans-outil\"").starts_with("<div class=\"field\" data-question=\"q-sans-outil\" hidden")
    );
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_said_and_the_others_are_kept() {
    let (_world, mut town) = town().await;
    let fields = [("base", "0"), ("asked", "usage frequence debut"), ("q-usage", "Bien noté"), ("q-frequence", "beaucoup")];
    let answer = town.claire.post(&draft(), &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says("href=\"#q-frequence\"") && answer.says("value=\"beaucoup\""));
    let (status, said) = autosave(&mut town.claire, &[("base", "1"), ("asked", "frequence"), ("q-frequence", "beaucoup")]).await;
    assert!(status == StatusCode::OK && said["words"].as_str().unwrap().contains("sauf une réponse"));
    assert!(page(&mut town.claire).await.contains("Bien noté"));
}

#[tokio::test]
async fn what_is_signed_is_what_was_read() {
    let (world, mut town) = town().await;
    town.claire.submit(&at("study/rights"), &STUDY).await;
    let read = town.helene.get(&at("study/rights/print")).await;
    let digest = crate::story::field_in(&read.body, "sign-digest");
    let mut changed = STUDY;
    changed[0].1 = "Autre chose que ce qu’elle a lu.";
    town.claire.submit(&at("study/rights"), &[&[("base", "1")], &changed[..]].concat()).await;
    let moved = town.helene.post(&at("study/rights/sign"), &[("sign-until", "2027-11-24"), ("sign-digest", &digest)]).await;
    assert!(moved.status == StatusCode::UNPROCESSABLE_ENTITY && moved.says("Autre chose que ce qu’elle a lu."));
    let long = [("sign-until", "2028-01-01"), ("sign-digest", digest.as_str())];
    let long = town.helene.post(&at("study/rights/sign"), &long).await;
    assert!(long.status == StatusCode::UNPROCESSABLE_ENTITY && long.says("12 mois au plus"));
    sign(&mut town.helene, "rights").await;
    // A year later it no longer holds, and the page says so.
    world.later(SignedDuration::from_hours(24 * 370));
    let mut claire = world.signed_in("claire").await;
    let late = page(&mut claire).await;
    assert!(late.contains("La signature n’est plus valable") && late.contains("Signature échue"));
}

#[tokio::test]
async fn who_should_sign_may_send_it_back_with_a_reason() {
    let (_world, mut town) = town().await;
    town.claire.submit(&at("study/rights"), &STUDY).await;
    let empty = town.helene.post(&at("study/rights/return"), &[("return-reason", " ")]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.says("href=\"#return-reason\""));
    town.helene.submit(&at("study/rights/return"), &[("return-reason", "Le délai de réponse manque.")]).await;
    let back = page(&mut town.claire).await;
    assert!(back.contains("Le délai de réponse manque.") && back.contains("Renvoyée"));
    assert_eq!(town.samir.post(&at("study/rights/return"), &[("return-reason", "non")]).await.status, StatusCode::FORBIDDEN);
    let again = town.claire.submit(&at("study/rights"), &STUDY).await;
    assert!(!again.says("Le délai de réponse manque."), "written again, it is to be signed");
}

#[tokio::test]
async fn an_old_save_comes_back_as_a_new_one() {
    let (_world, mut town) = town().await;
    for (base, text) in [("0", "Premier texte"), ("1", "Second texte")] {
        town.claire.submit(&draft(), &[("base", base), ("asked", "usage"), ("q-usage", text)]).await;
    }
    let history = town.julien.get(&at("study/rights/history")).await;
    assert!(history.says("Premier texte") && history.says("Second texte"));
    let back = town.julien.submit(&at("study/rights/restore"), &[("n", "1")]).await;
    assert!(back.says("Premier texte") && !back.says(">Second texte<"));
    assert!(town.julien.get(&at("study/rights/history")).await.says("Reprend l’enregistrement n°\u{a0}1."));
    assert_eq!(town.julien.post(&at("study/rights/restore"), &[("n", "99")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(town.helene.post(&at("study/rights/restore"), &[("n", "1")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_concerns_data_is_written_once_and_read_in_both_studies() {
    let (world, mut town) = town().await;
    let mut study = STUDY;
    study.iter_mut().filter(|(name, _)| *name == "q-donnees-personnelles").for_each(|(_, value)| *value = "yes");
    let refused = town.claire.post(&at("study/rights"), &study).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("href=\"#q-data_protection/donnees\""));
    let data = [
        ("q-donnees", "Le texte de la demande, sans le nom."),
        ("q-sensibles", "no"),
        ("q-masquage", "rien"),
        ("q-prestataire", "no"),
    ];
    town.claire.submit(&at("study/data-protection/draft"), &data).await;
    assert!(page(&mut town.claire).await.contains("Le texte de la demande, sans le nom."));
    town.claire.submit(&at("study/rights"), &study).await;
    assert_eq!(answers(&world)["data_protection/donnees"], "Le texte de la demande, sans le nom.");
    assert!(town.helene.get(&at("study/rights/print")).await.says("Le texte de la demande, sans le nom."));
}

#[tokio::test]
async fn only_the_page_where_a_study_is_written_has_a_script_and_it_is_ours() {
    let (world, town) = town().await;
    for (path, scripted) in [(at("study/rights"), true), (at("study/rights/history"), false), ("/referent".to_owned(), false)] {
        let request = town.claire.request("GET", &path).body(axum::body::Body::empty()).unwrap();
        let response = world.site.clone().oneshot(request).await.unwrap();
        let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert_eq!(policy.contains("script-src 'self';"), scripted, "{path}");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}");
    }
    let script = world.browser().get("/assets/draft.js").await;
    assert!(script.content_type.starts_with("text/javascript") && script.says("study-form"));
}

#[tokio::test]
async fn a_substantial_modification_opens_the_study_again() {
    let (_world, mut town) = town().await;
    town.claire.submit(&at("study/rights"), &STUDY).await;
    sign(&mut town.helene, "rights").await;
    let version = [("version-model", "petit"), ("version-label", "2"), ("version-change", "x"), ("version-substantial", "yes")];
    town.claire.submit(&at("version"), &version).await;
    let again = page(&mut town.claire).await;
    assert!(again.contains("cette étude ne le couvre plus") && again.contains("À l’accueil, avant la distribution"));
    let read = town.helene.get(&at("study/rights/print")).await;
    assert!(!read.says("name=\"sign-digest\""), "what was written for another system is not signed");
    town.claire.submit(&at("study/rights"), &STUDY).await;
    assert!(sign(&mut town.helene, "rights").await.says("La signature est inscrite"));
}
