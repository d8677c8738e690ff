//! The training before first use: passed, refreshed, imported, withdrawn, shown elsewhere.

use axum::http::StatusCode;
use gouvernail_register::Event;
use gouvernail_store::Role;
use jiff::SignedDuration;
use serde_json::Value;

use crate::life::town;
use crate::story::QUIZ;
use crate::world::{Answer, PASSWORD, SYSTEM, World};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const MODULE: &str = "/training/orientation-du-courrier";
const REFRESHER: &str = "/training/orientation-du-courrier/refresher";
const PAGE: &str = "/referent/training";
const IMPORT: &str = "/referent/training/import";

/// The last act on the register.
async fn last(world: &World) -> Event {
    world.app.live.history().await.unwrap().pop().unwrap().event
}

async fn new_version(world: &World, label: &str, change: &str, substantial: bool) {
    let act = Event::VersionDeclared {
        system: SYSTEM.into(),
        version: label.into(),
        model: "petit".into(),
        digest: String::new(),
        change: change.into(),
        substantial,
    };
    world.act("claire", act).await;
}

#[tokio::test]
async fn who_is_refused_is_led_to_the_training_also_through_the_sign_in() {
    let world = town().await;
    let mut ines = world.browser();
    let asked = ines.get(MODULE).await;
    assert_eq!(asked.location, format!("/login?to={MODULE}"));
    assert!(ines.get(&asked.location).await.says(&format!("name=\"to\" value=\"{MODULE}\"")));
    let fields = |to| [("email", "ines@val-dormes.example"), ("password", PASSWORD), ("to", to)];
    for elsewhere in ["https://ailleurs.example/", "//ailleurs.example", "/training/../logout", "/training/"] {
        assert_eq!(ines.post("/login", &fields(elsewhere)).await.location, "/desk", "{elsewhere}");
    }
    assert_eq!(ines.post("/login", &fields(MODULE)).await.location, MODULE);
    let page = ines.get(MODULE).await;
    assert!(page.says("Bien se servir de l’outil") && page.says("Votre avis d’abord") && !page.says("Télécharger"));
}

#[tokio::test]
async fn a_system_without_a_module_says_whom_to_ask() {
    let world = World::new().await;
    world.people().await;
    let mut claire = world.signed_in("claire").await;
    let fields = [("name", "Relecture"), ("purpose", "relire une note"), ("touches", "no"), ("risk", "low")];
    claire.submit("/referent/systems", &fields).await;
    let page = world.signed_in("samir").await.get("/training/relecture").await;
    assert!(page.status == StatusCode::OK && page.says("Aucune formation n’est encore choisie pour «\u{a0}Relecture\u{a0}»"));
    assert_eq!(world.signed_in("samir").await.get("/training/inconnu").await.status, StatusCode::NOT_FOUND);
    // Any module can be chosen, each system its own.
    let page = claire.get("/referent/systems/relecture").await;
    assert!(page.says("value=\"redaction-assistee\"") && page.says("value=\"orientation-courrier\""));
}

#[tokio::test]
async fn a_new_version_asks_those_who_knew_the_last_for_a_few_lines_only() {
    let world = town().await;
    let until = world.app.live.snapshot().register.systems[SYSTEM].certifications[&("samir".to_owned(), "1".to_owned())];
    new_version(&world, "2", "Le modèle est plus petit.", false).await;
    let mut samir = world.signed_in("samir").await;
    assert!(samir.get("/training").await.says("Mise à jour à lire"));
    let page = samir.get(MODULE).await;
    assert!(page.says("Le modèle est plus petit.") && page.says(&format!("action=\"{REFRESHER}\"")), "{}", page.body);
    assert!(!page.says("Votre avis d’abord"), "not the whole module");
    assert!(samir.get(&format!("{MODULE}?whole=1")).await.says("Votre avis d’abord"));
    let wrong = samir.post(REFRESHER, &[("q1", "0"), ("q2", "2")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.says("Question 1") && !wrong.says("Question 2\u{a0}: ce"));
    samir.submit(REFRESHER, &[("q1", "1"), ("q2", "2")]).await;
    let Event::Certified { version, means, until: carried, .. } = last(&world).await else { panic!() };
    assert_eq!((version.as_str(), means.as_str(), carried), ("2", "refresher", until), "carried over, and no longer");

    // Whoever knows no version reads the whole.
    let mut ines = world.signed_in("ines").await;
    assert!(ines.get(MODULE).await.says("Votre avis d’abord"));
    assert_eq!(ines.post(REFRESHER, &[("q1", "1"), ("q2", "2")]).await.location, MODULE);
    ines.submit(MODULE, &QUIZ).await;
    assert!(matches!(last(&world).await, Event::Certified { means, .. } if means == "quiz"));
}

#[tokio::test]
async fn a_substantial_change_or_a_lapsed_certificate_asks_for_everything() {
    let world = town().await;
    new_version(&world, "2", "Il lit aussi les pièces jointes.", true).await;
    let mut samir = world.signed_in("samir").await;
    assert!(samir.get(MODULE).await.says("Votre avis d’abord"), "a substantial change is another tool");

    let world = town().await;
    world.later(DAY * 366);
    new_version(&world, "2", "", false).await;
    let mut samir = world.signed_in("samir").await;
    assert!(samir.get(MODULE).await.says("Votre avis d’abord"), "nothing is left to carry over");
    assert_eq!(samir.post(REFRESHER, &[("q1", "1"), ("q2", "2")]).await.location, MODULE);
}

#[tokio::test]
async fn ones_own_certificate_is_a_badge_that_the_published_key_verifies() {
    let world = town().await;
    let mut samir = world.signed_in("samir").await;
    assert!(samir.get(MODULE).await.says(&format!("href=\"{MODULE}/badge\"")));
    let badge = samir.get(&format!("{MODULE}/badge")).await;
    assert_eq!(badge.content_type, "application/jwt");
    let jwk: Value = serde_json::from_str(&world.browser().get("/badges/key").await.body).unwrap();
    let set: Value = serde_json::from_str(&world.browser().get("/badges/keys").await.body).unwrap();
    assert_eq!(set["keys"][0], jwk);

    let (signed, signature) = badge.body.rsplit_once('.').unwrap();
    let public = base64(jwk["x"].as_str().unwrap());
    let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &public);
    key.verify(signed.as_bytes(), &base64(signature)).unwrap();
    let said: Value = serde_json::from_slice(&base64(signed.split('.').nth(1).unwrap())).unwrap();
    assert_eq!(said["type"][1], "OpenBadgeCredential");
    assert_eq!(said["validFrom"], "2026-11-24T09:00:00Z", "when it was passed");
    assert_eq!(said["credentialSubject"]["achievement"]["description"], "Orientation du courrier (1)");
    let issuer: Value = serde_json::from_str(&world.browser().get("/badges/issuer").await.body).unwrap();
    assert_eq!(said["issuer"], issuer);

    let mut ines = world.signed_in("ines").await;
    assert_eq!(ines.get(&format!("{MODULE}/badge")).await.status, StatusCode::NOT_FOUND, "nothing to show");
    world.later(DAY * 366);
    let mut samir = world.signed_in("samir").await;
    assert_eq!(samir.get(&format!("{MODULE}/badge")).await.status, StatusCode::NOT_FOUND, "it lapsed");
}

fn base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for sign in text.bytes() {
        bits = bits << 6 | SIGNS.iter().position(|known| *known == sign).unwrap() as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

/// The row of somebody on the référent's page.
fn row<'a>(page: &'a Answer, name: &str) -> &'a str {
    let found = page.body.split("<tr>").find(|row| row.contains(&format!("<th scope=\"row\">{name}</th>")));
    found.unwrap_or_else(|| panic!("{name} is not on the page"))
}

#[tokio::test]
async fn the_referent_sees_who_is_certified_until_when_and_who_is_about_to_lapse() {
    let world = town().await;
    let mut claire = world.signed_in("claire").await;
    let page = claire.get(PAGE).await;
    assert!(row(&page, "Samir Benali").contains("En cours") && row(&page, "Samir Benali").contains("24 novembre 2027"));
    assert!(row(&page, "Inès Carpentier").contains("Pas encore"));
    let order = |a: &str, b: &str| page.body.find(a).unwrap() < page.body.find(b).unwrap();
    assert!(order("Inès Carpentier", "Samir Benali"), "by name, whatever they hold");

    world.later(DAY * 274);
    let mut claire = world.signed_in("claire").await;
    assert!(row(&claire.get(PAGE).await, "Samir Benali").contains("En cours"), "91 days are left");
    world.later(DAY * 2);
    let mut claire = world.signed_in("claire").await;
    assert!(row(&claire.get(PAGE).await, "Samir Benali").contains("Finit dans moins de 90 jours"));
    new_version(&world, "2", "", false).await;
    assert!(row(&claire.get(PAGE).await, "Samir Benali").contains("Version précédente"));
    world.later(DAY * 90);
    let mut claire = world.signed_in("claire").await;
    assert!(row(&claire.get(PAGE).await, "Samir Benali").contains("Pas encore"), "nothing for this version");
    for other in ["samir", "julien", "helene"] {
        assert_eq!(world.signed_in(other).await.get(PAGE).await.status, StatusCode::FORBIDDEN, "{other}");
    }
}

#[tokio::test]
async fn certificates_passed_elsewhere_come_in_line_by_line_after_a_dry_run() {
    let world = town().await;
    world.person("lucie", "Lucie Roussel", &[Role::Agent]).await;
    let mut claire = world.signed_in("claire").await;
    let table = "Courriel;Réussi;Fin;Preuve\n\
        ines@val-dormes.example;04/11/2026;2027-11-03;\"CNFPT; session 118\"\n\
        personne@val-dormes.example;04/11/2026;2027-11-03;CNFPT\n\
        lucie@val-dormes.example;04/12/2026;2027-11-03;CNFPT\n\
        \n\
        lucie@val-dormes.example;04/11/2025;2026-11-03;CNFPT\n\
        lucie@val-dormes.example;hier;2027-11-03;CNFPT\n\
        lucie@val-dormes.example;04/11/2026;03/11/2027;\n\
        INES@val-dormes.example;04/11/2026;2027-11-03;encore";
    let epoch = world.app.live.snapshot().register.epoch;
    let fields = [("passed-system", SYSTEM), ("passed-rows", table)];
    let dry = claire.post(IMPORT, &fields).await;
    assert_eq!((dry.status, world.app.live.snapshot().register.epoch), (StatusCode::OK, epoch), "nothing is recorded");
    assert!(dry.says("1 lignes justes sur 7") && dry.says("Inès Carpentier") && dry.says("CNFPT; session 118"));
    for (line, reason) in [
        ("3", "personne n’a cette adresse"),
        ("4", "ce jour n’est pas encore passé"),
        ("6", "cette attestation est déjà finie"),
        ("7", "ce n’est pas un jour"),
        ("8", "rien ne le prouve"),
        ("9", "déjà plus haut"),
    ] {
        assert!(row(&dry, line).contains(reason), "{line}: {}", row(&dry, line));
    }
    assert!(dry.says("personne@val-dormes.example;04/11/2026"), "the table is still there to be corrected");

    claire.submit(IMPORT, &[fields[0], fields[1], ("passed-keep", "yes")]).await;
    assert_eq!(world.app.live.snapshot().register.epoch, epoch + 1, "the good line alone");
    let Event::Certified { person, means, passed, evidence, .. } = last(&world).await else { panic!() };
    assert_eq!((person.as_str(), means.as_str(), evidence.as_str()), ("ines", "import", "CNFPT; session 118"));
    assert_eq!(passed, Some("2026-11-04".parse().unwrap()));
    assert!(row(&claire.get(PAGE).await, "Inès Carpentier").contains("3 novembre 2027"));

    let unknown = claire.post(IMPORT, &[("passed-system", "autre"), ("passed-rows", table)]).await;
    assert!(unknown.status == StatusCode::UNPROCESSABLE_ENTITY && unknown.says("<a href=\"#passed-system\">"));
    assert_eq!(world.signed_in("samir").await.post(IMPORT, &fields).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_certificate_is_withdrawn_with_a_reason_and_the_tool_closes() {
    let world = town().await;
    let mut claire = world.signed_in("claire").await;
    let which = format!("{SYSTEM} samir 1");
    assert!(claire.get(PAGE).await.says(&format!("value=\"{which}\"")));
    let path = "/referent/training/withdraw";
    let silent = claire.post(path, &[("withdraw-which", &which), ("withdraw-reason", " ")]).await;
    assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.says("<a href=\"#withdraw-reason\">"));
    let page = claire.submit(path, &[("withdraw-which", &which), ("withdraw-reason", "Réponses copiées")]).await;
    assert!(page.says("L’attestation est retirée") && row(&page, "Samir Benali").contains("Pas encore"));
    let again = claire.post(path, &[("withdraw-which", &which), ("withdraw-reason", "Encore")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "it is no longer held");
}
