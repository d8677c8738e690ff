//! The record: filled in block by block, from a supplier's sheet, from another register; read by everybody.

use axum::http::StatusCode;
use gouvernail_register::{Proposals, Record, Value};

use crate::story::field_in;
use crate::world::{Answer, SYSTEM, World};

fn url() -> String {
    format!("/referent/systems/{SYSTEM}/record")
}

fn record_of(world: &World, system: &str) -> Record {
    world.app.live.snapshot().register.systems[system].record.clone().unwrap_or_default()
}

async fn world() -> World {
    let world = World::new().await;
    world.people().await;
    world.dossier().await;
    world
}

#[tokio::test]
async fn the_dossier_proposes_and_nothing_is_recorded_before_somebody_saves() {
    let world = world().await;
    let mut claire = world.signed_in("claire").await;
    let dossier = claire.get(&format!("/referent/systems/{SYSTEM}")).await;
    assert!(dossier.says(&format!("href=\"{}\"", url())));
    let page = claire.get(&url()).await;
    for known in
        ["Commune de Val-d’Ormes", "le texte de votre demande", "votre message", "Qwen2.5-Coder 1.5B", "2026-17", "2026-11"]
    {
        assert!(page.says(known), "{known}");
    }
    assert!(page.says("Prérempli, à accepter") && page.says("Source\u{a0}: ce dossier."));
    assert_eq!(record_of(&world, SYSTEM), Record::default());
    let untouched = [("record-data_items", "le texte de votre demande")];
    claire.submit(&format!("{}/data", url()), &untouched).await;
    assert_eq!(record_of(&world, SYSTEM), Record::default(), "saving is not accepting");
    let fields = [
        ("accept-data_items", "yes"),
        ("record-data_items", "le texte de votre demande"),
        ("record-data_source_links", "Registre | https://val-dormes.example/registre\nsans adresse"),
        ("record-retention", ""),
    ];
    let saved = claire.submit(&format!("{}/data", url()), &fields).await;
    assert!(saved.says("Enregistré") || saved.says("enregistré"), "{}", saved.body);
    let record = record_of(&world, SYSTEM);
    assert_eq!(record.text("data_items"), Some("le texte de votre demande"));
    assert_eq!(record.fields.len(), 2, "an empty field is no field");
    // One of several, and what does not fit.
    let chosen = [("record-policy_area-social", "yes"), ("record-policy_area-health", "yes"), ("record-start_date", "mars")];
    let refused = claire.post(&format!("{}/identity", url()), &chosen).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("href=\"#record-start_date\""));
    claire.submit(&format!("{}/identity", url()), &chosen[..2]).await;
    let areas = Value::List(vec!["social".into(), "health".into()]);
    assert_eq!(record_of(&world, SYSTEM).fields.get("policy_area"), Some(&areas));
}

#[tokio::test]
async fn a_flag_goes_when_somebody_looked() {
    let world = world().await;
    let mut record = Record { review: ["purpose".into(), "data_items".into()].into(), ..Record::default() };
    record.fields.insert("purpose".into(), Value::Text("Aider".into()));
    world.act("claire", record.act(SYSTEM, None)).await;
    let mut claire = world.signed_in("claire").await;
    let page = claire.get(&url()).await;
    assert!(page.says("2 champs à relire") && page.says("href=\"#record-purpose\""));
    claire.submit(&format!("{}/purpose", url()), &[("record-purpose", "Aider")]).await;
    assert_eq!(record_of(&world, SYSTEM).review.len(), 2, "saving is not looking");
    claire.submit(&format!("{}/purpose", url()), &[("record-purpose", "Aider"), ("record-purpose-seen", "yes")]).await;
    assert_eq!(Vec::from_iter(record_of(&world, SYSTEM).review), ["data_items"]);
    claire.submit(&format!("{}/data", url()), &[("record-data_items", "les lettres")]).await;
    assert!(record_of(&world, SYSTEM).review.is_empty(), "rewriting is");
}

#[tokio::test]
async fn a_suppliers_sheet_fills_what_is_empty_and_only_that() {
    let world = world().await;
    let mut claire = world.signed_in("claire").await;
    claire.submit(&format!("{}/studies", url()), &[("record-risks", "Une erreur d’orientation.")]).await;
    let sheet = r#"[{ "name": "Zaaksysteem", "goal": "<p>Anders</p>", "risks": "Geen", "provider": "Leverancier BV",
        "human_intervention": "<ul><li>Een mens kijkt</li></ul>" }]"#;
    let filled = claire.submit(&format!("{}/sheet", url()), &[("sheet", sheet)]).await;
    assert!(filled.says("2 champs préremplis d’après le fournisseur"), "{}", filled.body);
    assert_eq!(record_of(&world, SYSTEM).fields.len(), 1, "nothing counts before somebody accepts it");
    assert!(!world.browser().get(&format!("/register/{SYSTEM}")).await.says("Leverancier"), "nor is it public");
    let page = claire.get(&url()).await;
    let all = [("act", "all"), ("read", field_in(&page.body, "read").as_str())].map(|(name, value)| (name, value.to_owned()));
    let all = all.each_ref().map(|(name, value)| (*name, value.as_str()));
    claire.submit(&format!("{}/proposals", url()), &all).await;
    let record = record_of(&world, SYSTEM);
    assert_eq!(record.text("risks"), Some("Une erreur d’orientation."), "ours stays");
    assert_ne!(record.text("name"), Some("Zaaksysteem"), "the dossier knows better");
    assert_eq!(record.text("supplier"), Some("Leverancier BV"));
    assert_eq!(record.text("human_oversight"), Some("– Een mens kijkt"));
    for (wrong, why) in [
        ("{}", "n’est pas une fiche"),
        (r#"[{ "name": "A" }, { "name": "B" }]"#, "contient 2 fiches"),
        (r#"{ "name": "A" }"#, "n’apprend rien de plus"),
    ] {
        let answer = claire.post(&format!("{}/sheet", url()), &[("sheet", wrong)]).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.says(why), "{wrong}: {}", answer.body);
    }
    let ours = r#"{ "format": "gouvernail-record/1", "fields": { "name": "A", "appeals": "Au guichet." } }"#;
    claire.submit(&format!("{}/sheet", url()), &[("sheet", ours)]).await;
    assert_eq!(proposed(&world)["appeals"].value, Value::Text("Au guichet.".into()));
}

fn proposed(world: &World) -> Proposals {
    world.app.live.snapshot().register.systems[SYSTEM].proposed.clone()
}

/// What Claire sends to settle what is prefilled.
async fn settle(world: &World, act: &str, fields: &[&str]) -> Answer {
    let mut claire = world.signed_in("claire").await;
    let read = field_in(&claire.get(&url()).await.body, "read");
    let boxes: Vec<String> = fields.iter().map(|field| format!("accept-{field}")).collect();
    let mut form = vec![("act", act), ("read", read.as_str())];
    form.extend(boxes.iter().map(|name| (name.as_str(), "yes")));
    claire.post(&format!("{}/proposals", url()), &form).await
}

const SHEET: &str = "PLUME\n\nÉditeur : Plume & Cie SAS\nSIRET : 812 345 678 00021\nLicence : Apache 2.0\n\nLIMITES\nLe modèle peut \
    inventer un fait.\n\nTarif public : 9 € par mois";

#[tokio::test]
async fn the_text_of_a_sheet_is_shown_then_proposed_then_accepted_by_somebody() {
    let world = world().await;
    let mut claire = world.signed_in("claire").await;
    let text = format!("{}/text", url());
    assert!(claire.get(&text).await.says("il n’y a pas d’IA"));
    let checked = claire.post(&text, &[("text", SHEET), ("act", "check")]).await;
    assert!(checked.says("Tarif public : 9 € par mois") && checked.says("passages non compris"), "{}", checked.body);
    assert!(checked.says("champ déjà rempli") && checked.says("Préremplir ces"), "{}", checked.body);
    assert!(checked.says("LIMITES") && proposed(&world).is_empty(), "reading is not proposing");
    claire.submit(&text, &[("text", SHEET), ("act", "propose")]).await;
    let waiting = proposed(&world);
    assert_eq!(waiting["supplier_identifier"].value, Value::Text("81234567800021".into()));
    assert_eq!(waiting["risks"].quote, "LIMITES\nLe modèle peut inventer un fait.");
    assert_eq!(record_of(&world, SYSTEM), Record::default());
    assert!(claire.get(&format!("/referent/systems/{SYSTEM}")).await.says("préremplis à accepter"));
    // Some of it, by box; something else, by hand; the rest is set aside.
    assert_eq!(settle(&world, "chosen", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    settle(&world, "chosen", &["risks"]).await;
    assert_eq!(record_of(&world, SYSTEM).fields.keys().collect::<Vec<_>>(), ["risks"]);
    let kept = world.app.live.snapshot().register.systems[SYSTEM].accepted["risks"].clone();
    assert_eq!(kept.proposal.quote, waiting["risks"].quote);
    assert!(claire.get(&url()).await.says("Accepté par Claire"));
    claire.submit(&format!("{}/supplier", url()), &[("record-supplier_identifier", "81234567800039")]).await;
    assert_eq!(record_of(&world, SYSTEM).text("supplier_identifier"), Some("81234567800039"), "written by hand");
    assert!(!proposed(&world).contains_key("supplier_identifier"));
    let of_dossier = settle(&world, "aside", &["purpose"]).await;
    assert!(of_dossier.status == StatusCode::UNPROCESSABLE_ENTITY && of_dossier.says("vient du dossier lui-même"));
    let left: Vec<String> = proposed(&world).into_keys().collect();
    settle(&world, "aside", &left.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert!(proposed(&world).is_empty());
    // What is accepted is what was read.
    claire.submit(&text, &[("text", "Accessibilité : RGAA 4.1"), ("act", "propose")]).await;
    let stale = claire.post(&format!("{}/proposals", url()), &[("act", "all"), ("read", "0")]).await;
    assert!(stale.status == StatusCode::UNPROCESSABLE_ENTITY && stale.says("a changé depuis"));
    let helene = world.signed_in("helene").await.post(&text, &[("text", SHEET), ("act", "propose")]).await;
    assert_eq!(helene.status, StatusCode::FORBIDDEN);
    let empty = claire.post(&text, &[("text", " "), ("act", "check")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn only_those_who_govern_write_and_everybody_reads_what_is_public() {
    let world = world().await;
    let mut record = Record::default();
    for (field, words) in [("appeals", "Au guichet."), ("security_measures", "secret"), ("language", "nl"), ("status", "in-use")] {
        record.fields.insert(field.into(), Value::Text(words.into()));
    }
    world.act("claire", record.act(SYSTEM, None)).await;
    let mut helene = world.signed_in("helene").await;
    assert_eq!(helene.get(&url()).await.status, StatusCode::OK);
    assert_eq!(helene.post(&format!("{}/purpose", url()), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.signed_in("samir").await.get(&url()).await.status, StatusCode::FORBIDDEN);
    let mut anybody = world.browser();
    let page = anybody.get(&format!("/register/{SYSTEM}")).await;
    assert!(page.says("Comment contester") && page.says("Au guichet.") && page.says("En service") && page.says("lang=\"nl\""));
    assert!(page.says("Fiche complétée\u{a0}: Comment contester"), "{}", page.body);
    assert!(!page.says("secret") && !page.says("Mesures de sécurité"));
    let data: serde_json::Value = serde_json::from_str(&anybody.get("/register.json").await.body).unwrap();
    assert_eq!(data["systems"][0]["record"]["status"], "in-use");
    assert_eq!(data["systems"][0]["record"].get("security_measures"), None);
    for format in ["nl", "atrs", "etalab", "eu-annex8c", "gouvernail"] {
        let export = anybody.get(&format!("/open-data/register.{format}.json")).await;
        assert_eq!(export.status, StatusCode::OK, "{format}");
        let list: serde_json::Value = serde_json::from_str(&export.body).unwrap();
        assert!(list.as_array().unwrap().len() == 1 && !export.says("secret"), "{format}");
    }
    for absent in ["register.us.json", "register.xx.json", "x"] {
        assert_eq!(anybody.get(&format!("/open-data/{absent}")).await.status, StatusCode::NOT_FOUND, "{absent}");
    }
}

#[tokio::test]
async fn a_register_is_checked_then_recorded_whole_or_only_its_good_records() {
    let world = world().await;
    let mut claire = world.signed_in("claire").await;
    assert!(claire.get("/referent").await.says("href=\"/referent/import\""));
    let text = r#"[{ "name": "Parkeren", "goal": "Plek vinden", "source_id": "7" }, { "name": "" }]"#;
    let send = |act: &'static str| [("format", "nl"), ("text", text), ("act", act)];
    let checked = claire.post("/referent/import", &send("check")).await;
    assert!(checked.says("2 fiches lues") && checked.says("fiche 2") && checked.says("Enregistrer seulement la bonne fiche"));
    assert!(checked.says("La source dit plusieurs choses ici") && checked.says("Plek vinden"), "the text comes back");
    claire.post("/referent/import", &send("record")).await;
    let systems = || world.app.live.snapshot().register.systems.keys().cloned().collect::<Vec<_>>();
    assert_eq!(systems(), [SYSTEM], "not while a record is refused");
    let done = claire.post("/referent/import", &send("record-good")).await;
    assert!(done.says("Systèmes nouveaux\u{a0}: 1"), "{}", done.body);
    assert_eq!(systems(), [SYSTEM, "parkeren"]);
    let again = claire.post("/referent/import", &send("check")).await;
    assert!(again.says("<dt>Fiches déjà à jour</dt><dd>1</dd>"), "{}", again.body);
    assert!(world.browser().get("/register/parkeren").await.says("Refusé"), "it cannot run");
    let wrong = claire.post("/referent/import", &[("format", "nl"), ("text", "{"), ("act", "check")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.says("ne peut pas être lu dans ce format"));
    let helene = world.signed_in("helene").await.get("/referent/import").await;
    assert_eq!(helene.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_whole_register_fits_in_the_form() {
    let world = world().await;
    let mut claire = world.signed_in("claire").await;
    let sheet = |n: usize| format!(r#"{{ "name": "Systeem {n}", "goal": "{}", "source_id": "{n}" }}"#, "doel ".repeat(400));
    let text = format!("[{}]", (0..500).map(sheet).collect::<Vec<_>>().join(","));
    assert!(text.len() > 1_000_000);
    let done = claire.post("/referent/import", &[("format", "nl"), ("text", &text), ("act", "record")]).await;
    assert!(done.says("Systèmes nouveaux\u{a0}: 500"), "{} {}", done.status, done.body.len());
}
