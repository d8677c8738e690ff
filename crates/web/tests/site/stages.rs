//! The life of a system on its pages, from the trial to the end, and what is said of it in public.

use axum::http::StatusCode;
use gouvernail_register::{Event, Risk, Stage, SystemSheet};
use gouvernail_store::{MandateWatch, Refusal, RegisterEvent};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::life::{decided, key, town};
use crate::world::{Browser, SYSTEM, World};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const PAGE: &str = "/referent/systems/orientation-du-courrier";
const PUBLIC: &str = "/register/orientation-du-courrier";

fn at(form: &str) -> String {
    format!("{PAGE}/{form}")
}

/// The digest that the page offers to sign.
async fn digest(browser: &mut Browser, page: &str) -> String {
    let page = browser.get(page).await;
    let rest = page.body.split("name=\"authorisation-digest\" value=\"").nth(1).expect("nothing to sign");
    rest.split('"').next().unwrap().to_owned()
}

fn stage(world: &World) -> Stage {
    let known = world.app.live.snapshot();
    known.register.systems[SYSTEM].stage(true, world.app.now())
}

#[tokio::test]
async fn a_bounded_trial_lasts_six_months_at_most_and_says_that_it_is_one() {
    let world = town().await;
    world.act("helene", Event::AuthorisationEnded { system: SYSTEM.into(), reason: "Essai d’abord".into() }).await;
    let mut helene = world.signed_in("helene").await;
    let read = digest(&mut helene, PAGE).await;
    assert!(helene.get(PAGE).await.says("Étape\u{a0}: prêt, en attente d’une signature"));
    let fields = |until| [("trial-scope", "Accueil, deux agents"), ("trial-until", until), ("authorisation-digest", read.as_str())];
    let long = helene.post(&at("authorisation/trial"), &fields("2027-07-01")).await;
    assert!(long.status == StatusCode::UNPROCESSABLE_ENTITY && long.says("six mois au plus"));
    let page = helene.submit(&at("authorisation/trial"), &fields("2027-02-24")).await;
    assert!(page.says("Étape\u{a0}: à l’essai") && page.says("Essai borné"));
    assert_eq!(stage(&world), Stage::Experiment);
    let public = world.browser().get(PUBLIC).await;
    assert!(public.says("à l’essai"));
    for other in ["claire", "julien"] {
        let refused = world.signed_in(other).await.post(&at("authorisation/trial"), &fields("2027-02-24")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{other}: limited risk stays with an elected person");
    }
}

#[tokio::test]
async fn what_weighs_on_nobody_is_authorised_by_the_referent() {
    let world = town().await;
    let known = world.app.live.snapshot().register.systems[SYSTEM].sheet.clone();
    let sheet = SystemSheet { risk: Risk::Low, touches_cases: false, decisions: Vec::new(), ..known };
    world.act("claire", Event::SystemDeclared { system: SYSTEM.into(), sheet }).await;
    let mut claire = world.signed_in("claire").await;
    let sent = claire.post(&at("authorisation"), &[("authorisation-scope", ""), ("authorisation-until", "")]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "asked what is missing, not turned away");
    let julien = world.signed_in("julien").await.post(&at("authorisation"), &[]).await;
    assert_eq!(julien.status, StatusCode::FORBIDDEN);
    // One who may answer for a system, one usual module, the switchboard: the forms propose what can be.
    claire.submit("/referent/systems", &[("name", "Relecture"), ("purpose", "relire"), ("touches", "no"), ("risk", "low")]).await;
    let page = claire.get("/referent/systems/relecture").await;
    assert!(page.says("value=\"redaction-assistee\" selected") && page.says("value=\"julien\" selected"));
    assert!(page.says("value=\"01 99 00 12 34\""));
    assert!(!page.says("Personne n’est plus en poste"), "proposed is not named");
}

#[tokio::test]
async fn watch_stop_and_end_each_with_a_reason() {
    let world = town().await;
    let mut claire = world.signed_in("claire").await;
    for (form, field) in [("watch", "watch-reason"), ("retire", "retire-records"), ("notice/withdraw", "notice-reason")] {
        let silent = claire.post(&at(form), &[(field, " ")]).await;
        assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(silent.says(&format!("<a href=\"#{field}\">")), "{form}");
    }
    let page = claire.submit(&at("watch"), &[("watch-reason", "Trois erreurs d’urbanisme")]).await;
    assert!(page.says("sous surveillance renforcée") && page.says("Trois erreurs d’urbanisme"));
    assert_eq!(stage(&world), Stage::UnderWatch);
    claire.submit(&at("watch/end"), &[("watch-reason", "Corrigé")]).await;
    assert_eq!(stage(&world), Stage::InService);
    let refused = claire.post(&at("refuse"), &[("refuse-reason", "Trop tard")]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("Ce système tient un mandat"));

    claire.submit(&at("notice/withdraw"), &[("notice-reason", "Une phrase était fausse")]).await;
    assert!(world.browser().get(PUBLIC).await.says("Une phrase était fausse"));

    let end = [("retire-reason", "Un autre le remplace"), ("retire-records", "Gardées cinq ans aux archives")];
    let page = claire.submit(&at("retire"), &end).await;
    assert!(page.says("Étape\u{a0}: retiré") && page.says("Le retrait est inscrit"));
    assert!(world.browser().get(PUBLIC).await.says("Un autre le remplace"));
    let after = claire.post(&at("watch"), &[("watch-reason", "Encore")]).await;
    assert!(after.status == StatusCode::UNPROCESSABLE_ENTITY && after.says("Ce système est clos"));
    for other in ["julien", "samir"] {
        assert_eq!(world.signed_in(other).await.post(&at("retire"), &end).await.status, StatusCode::FORBIDDEN, "{other}");
    }
}

#[tokio::test]
async fn a_system_is_refused_before_its_service() {
    let world = town().await;
    world.act("helene", Event::AuthorisationEnded { system: SYSTEM.into(), reason: "Fin".into() }).await;
    let mut helene = world.signed_in("helene").await;
    let page = helene.submit(&at("refuse"), &[("refuse-reason", "Le conseil n’en veut pas")]).await;
    assert!(page.says("Étape\u{a0}: refusé"));
    assert_eq!(stage(&world), Stage::Refused);
    assert!(world.browser().get(PUBLIC).await.says("Le conseil n’en veut pas"));
}

#[tokio::test]
async fn oversight_is_prefilled_from_the_cases_and_recorded_with_what_was_learnt() {
    let (world, ..) = decided().await;
    let mut claire = world.signed_in("claire").await;
    let shown = |page: &str, field: &str, value: &str| {
        page.contains(&format!("name=\"oversight-{field}\" type=\"number\" value=\"{value}\""))
    };
    let page = claire.get(PAGE).await.body;
    assert!(shown(&page, "judged", "0"), "nothing before it is asked");
    let page = claire.get(&format!("{PAGE}?counted=1")).await.body;
    // Samir judged first, and decided against the tool.
    assert!(
        shown(&page, "judged", "1") && shown(&page, "wrong", "1") && shown(&page, "caught", "1") && shown(&page, "without", "0")
    );
    let fields = |wrong| {
        [
            ("oversight-judged", "1"),
            ("oversight-wrong", wrong),
            ("oversight-caught", "1"),
            ("oversight-without", "0"),
            ("oversight-findings", "Les trottoirs le trompent."),
        ]
    };
    let wrong = claire.post(&at("oversight"), &fields("2")).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.says("<a href=\"#oversight-wrong\">"));
    let page = claire.submit(&at("oversight"), &fields("1")).await;
    assert!(page.says("Les trottoirs le trompent.") && page.says("1 sur 1"));
}

#[tokio::test]
async fn the_classification_is_written_with_its_reasons() {
    let world = town().await;
    let mut claire = world.signed_in("claire").await;
    let mut fields: Vec<(&str, &str)> = crate::story::SHEET.into_iter().collect();
    fields.iter_mut().filter(|(name, _)| *name == "sheet-objective").for_each(|field| field.1 = "delais");
    let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> { fields.iter().chain(more).copied().collect() };
    for (more, field) in [
        (&[("class-annex", "5(a)"), ("class-reasons", "")][..], "class-reasons"),
        (&[("class-exception", "tâche étroite"), ("class-reasons", "x")], "class-annex"),
        (
            &[("class-annex", "5(a)"), ("class-exception", "tâche étroite"), ("class-profiling", "yes"), ("class-reasons", "x")],
            "class-exception",
        ),
    ] {
        let page = claire.post(&at("sheet"), &with(more)).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.says(&format!("<a href=\"#{field}\">")), "{field}");
        assert!(page.says("<details open><summary>Classement"), "{field}: unfolded");
    }
    claire.submit(&at("sheet"), &with(&[("class-annex", "5(a)"), ("class-reasons", "Il trie des demandes d’aide.")])).await;
    let known = world.app.live.snapshot();
    let class = &known.register.systems[SYSTEM].sheet.classification;
    assert_eq!((class.annex_iii.as_str(), class.profiling), ("5(a)", false));
    let unassessed: Vec<_> =
        fields.iter().map(|(name, value)| (*name, if *name == "sheet-risk" { "unassessed" } else { *value })).collect();
    claire.submit(&at("sheet"), &unassessed).await;
    assert_eq!(world.app.live.snapshot().register.systems[SYSTEM].sheet.risk, Risk::Unassessed);
}

#[tokio::test]
async fn strategy_roadmap_and_doctrine_are_said_to_citizens_with_what_serves_them() {
    let world = town().await;
    let mut claire = world.signed_in("claire").await;
    let text = |slug: &str, words: &'static str| -> Vec<(String, &'static str)> {
        let fields =
            [("title", "Ce que nous nous interdisons"), ("url", "https://val-dormes.example/doctrine"), ("adopted", "2026-03-12")];
        let more = [("voted", "conseil municipal, 22 pour, 3 contre"), ("words", words)];
        fields.into_iter().chain(more).map(|(name, value)| (format!("{slug}-{name}"), value)).collect()
    };
    for slug in ["roadmap", "doctrine"] {
        let path = format!("/referent/organisation/{slug}");
        let silent = text(slug, " ");
        let silent: Vec<_> = silent.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let page = claire.post(&path, &silent).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.says(&format!("<a href=\"#{slug}-words\">")), "{slug}");
        let good = text(slug, "Aucun outil ne note les habitants.");
        let good: Vec<_> = good.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        claire.submit(&path, &good).await;
        claire.submit(&path, &good).await;
    }
    assert_eq!(world.app.live.snapshot().register.doctrine.as_ref().unwrap().version, "2", "each publication is a version");
    let public = world.browser().get("/strategy").await;
    for words in ["Feuille de route numérique", "Aucun outil ne note les habitants.", "22 pour, 3 contre", "Répondre plus vite"] {
        assert!(public.says(words), "{words}");
    }
    assert!(public.says(&format!("href=\"{PUBLIC}\"")) && public.says("en service"));
    claire.submit("/referent/organisation/strategy/withdraw", &[("strategy-reason", "Le conseil l’a annulée")]).await;
    assert!(!world.browser().get("/strategy").await.says("Feuille de route numérique"));
    assert!(!world.signed_in("helene").await.get(PAGE).await.says("Toutes les conditions sont réunies"));
}

/// Acts after the one at `seq`.
async fn acts_after(world: &World, seq: u64) -> Vec<RegisterEvent> {
    world.app.store.register_events_after(i64::try_from(seq).unwrap(), 100).await.unwrap()
}

#[tokio::test]
async fn a_mandate_that_no_longer_holds_is_said_in_public_once_and_so_is_its_return() {
    let world = town().await;
    let watch = MandateWatch::new(world.app.live.clone(), world.app.rules.clone(), world.app.ambient.clone());
    let start = world.app.live.snapshot().register.epoch;
    let next = watch.round(world.app.now()).await.unwrap().unwrap();
    assert!(acts_after(&world, start).await.is_empty(), "all holds");
    let year: Timestamp = "2027-11-24T09:00:00Z".parse().unwrap();
    assert!(next <= year && next > world.app.now(), "it wakes when a date passes: {next}");

    world.act("claire", Event::OwnerLeft { system: SYSTEM.into() }).await;
    let before = world.app.live.snapshot().register.epoch;
    // Two nodes see it at once, and each looks twice.
    let other = watch.clone();
    let (one, two) = tokio::join!(watch.round(world.app.now()), other.round(world.app.now()));
    one.unwrap();
    two.unwrap();
    watch.round(world.app.now()).await.unwrap();
    let noted = acts_after(&world, before).await;
    assert_eq!(noted.len(), 1, "{noted:?}");
    assert_eq!((noted[0].author.as_str(), &noted[0].body["type"]), ("gouvernail", &json!("suspended")));
    assert_eq!(noted[0].body["missing"], json!(["owner"]));
    assert!(world.browser().get(PUBLIC).await.says("Mandat suspendu"));
    let person = Event::Suspended { system: SYSTEM.into(), missing: Vec::new() };
    assert!(world.app.live.record(&world.app.rules, "claire", person).await.is_err(), "the program alone notes it");

    world.act("claire", Event::OwnerNamed { system: SYSTEM.into(), person: "julien".into() }).await;
    world.act("julien", Event::OwnerAccepted { system: SYSTEM.into() }).await;
    let before = world.app.live.snapshot().register.epoch;
    watch.round(world.app.now()).await.unwrap();
    watch.round(world.app.now()).await.unwrap();
    let noted = acts_after(&world, before).await;
    assert!(noted.len() == 1 && noted[0].body["type"] == "reinstated", "{noted:?}");
    assert!(world.browser().get(PUBLIC).await.says("Mandat rétabli"));
}

#[tokio::test]
async fn a_date_that_passes_suspends_without_any_act() {
    let world = town().await;
    let until = world.app.now() + DAY * 30;
    let kind = gouvernail_register::StudyKind::Rights;
    world.act("helene", Event::StudySigned { system: SYSTEM.into(), kind, until, digest: String::new() }).await;
    let watch = MandateWatch::new(world.app.live.clone(), world.app.rules.clone(), world.app.ambient.clone());
    assert_eq!(watch.round(world.app.now()).await.unwrap(), Some(until));
    let before = world.app.live.snapshot().register.epoch;
    world.later(DAY * 30);
    let watch_again = watch.round(world.app.now()).await.unwrap();
    let noted = acts_after(&world, before).await;
    assert_eq!(noted.len(), 1, "{noted:?}");
    assert_eq!(noted[0].body["missing"], json!(["study-rights"]));
    assert!(watch_again.is_some_and(|next| next > until));
    // Once the mandate itself is over, there is nothing left to suspend.
    world.later(DAY * 366);
    let before = world.app.live.snapshot().register.epoch;
    watch.round(world.app.now()).await.unwrap();
    assert!(acts_after(&world, before).await.is_empty());
}

#[tokio::test]
async fn uses_that_nobody_declared_are_seen_declared_or_closed() {
    let world = town().await;
    let key = key(&world).await;
    let id = key.split('-').nth(1).unwrap().to_owned();
    let journal = gouvernail_store::Journal::start(world.app.store.clone());
    let refusal = async |nth: u8, system: &str, model: &str| {
        let record = gouvernail_cases::record::record(gouvernail_cases::record::Kind::Refusal, "r", json!({ "n": nth }));
        let owed = gouvernail_store::OwedCommitment::new("refusal", &record, world.app.ambient.bytes()).unwrap();
        let body = json!({ "model": model, "reasons": ["system"] });
        let (id, at, system, key) = (format!("r{nth}"), world.app.now(), Some(system.to_owned()), Some(id.clone()));
        journal.refuse(Refusal { id, at, system, key, body, owed }).await.unwrap();
    };
    refusal(1, SYSTEM, "geant").await;
    refusal(2, SYSTEM, "geant").await;
    refusal(3, "tri-des-cv", "petit").await;
    refusal(4, SYSTEM, "petit").await;
    let mut claire = world.signed_in("claire").await;
    let page = claire.get("/referent").await;
    assert!(page.says("<b>geant</b>") && page.says("2 refus en trente jours") && page.says("<b>tri-des-cv</b>"), "{}", page.body);
    assert_eq!(page.body.matches("refus en trente jours").count(), 2, "what is in the register is not among them");
    assert!(page.says("href=\"/referent?name=tri-des-cv#add\""));
    assert!(claire.get("/referent?name=tri-des-cv").await.says("name=\"name\" type=\"text\" value=\"tri-des-cv\""));
    assert!(!world.signed_in("helene").await.get("/referent").await.says("geant"), "for the référent alone");
    let close = format!("/referent/keys/{id}/close");
    assert_eq!(world.signed_in("helene").await.post(&close, &[]).await.status, StatusCode::FORBIDDEN);
    let page = claire.submit(&close, &[]).await;
    assert!(page.says("La clé est retirée") && !page.says("<b>geant</b>"), "a closed key is over");
    assert_eq!(claire.post(&close, &[]).await.status, StatusCode::NOT_FOUND);
    assert!(world.app.live.snapshot().directory.key(&key, world.app.now()).is_none());
}
