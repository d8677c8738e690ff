//! Who supplies what: contracts clause by clause, skills, and the page of dependency.

use axum::http::StatusCode;
use gouvernail_register::DataOpenness;

use crate::story::{ID, MODEL, Town, at};
use crate::world::World;

const HOST: [(&str, &str); 9] = [
    ("host-name", "IA du Centre"),
    ("host-embedded", "no"),
    ("host-country", "fr"),
    ("host-url", "https://ia.example/v1"),
    ("host-id", "centre"),
    ("host-supplier", "Coopérative numérique du Centre"),
    ("host-jurisdiction", "us"),
    ("host-qualifications", "SecNumCloud\nISO 27001"),
    ("host-pue", "1,2"),
];

async fn served_elsewhere(world: &World) -> Town {
    let mut town = Town::new(world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    town.claire.submit(&at("host"), &HOST).await;
    let mut model: Vec<_> = MODEL.map(|(name, typed)| (name, if name == "model-host" { "centre" } else { typed })).into();
    model.extend([("model-publisher", "Atelier du Libre"), ("model-publisher-country", "fr"), ("model-revision", "r7")]);
    model.push(("model-data", "described"));
    town.claire.submit(&at("model"), &model).await;
    town.claire.submit(&at("version"), &[("version-model", "petit"), ("version-label", "1")]).await;
    town
}

#[tokio::test]
async fn a_host_and_a_model_say_what_makes_one_depend_on_them() {
    let world = World::new().await;
    let mut town = served_elsewhere(&world).await;
    let known = world.app.live.snapshot();
    let (host, model) = (&known.register.hosts["centre"].traits, &known.register.models["petit"].traits);
    assert_eq!((host.supplier.as_str(), host.jurisdiction.as_str(), host.pue), (HOST[5].1, "US", Some(1.2)));
    assert_eq!(host.qualifications, ["SecNumCloud", "ISO 27001"]);
    assert_eq!((model.publisher_country.as_str(), model.revision.as_str(), model.data), ("FR", "r7", DataOpenness::Described));
    for (field, bad) in [("host-jurisdiction", "États-Unis"), ("host-pue", "beaucoup")] {
        let fields = HOST.map(|(name, typed)| (name, if name == field { bad } else { typed }));
        let answer = town.claire.post(&at("host"), &fields).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.says(&format!("href=\"#{field}\"")), "{field}");
    }
    let page = town.helene.get("/council/dependency").await;
    assert!(
        page.says("Coopérative numérique du Centre") && page.says("Droit\u{a0}: US.") && page.says("Aucun appel en douze mois")
    );
    assert!(page.says("Rien n’est écrit sur la façon dont le service continuerait"));
    assert!(town.helene.get("/council").await.says("/council/dependency"));
    assert_eq!(town.samir.get("/council/dependency").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_model_of_this_machine_is_declared_with_its_host_and_a_version_in_one_act() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    let page = town.claire.get(&at("supply")).await;
    assert!(page.says("Essai 135M") && page.says("Choisir le modèle de cette machine"));
    let wrong = town.claire.post(&at("embedded"), &[("embedded-country", "France")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.says("href=\"#embedded-country\""));
    assert!(world.app.live.snapshot().register.hosts.is_empty());
    let page = town.claire.submit(&at("embedded"), &[("embedded-country", "FR")]).await;
    assert!(page.says("Essai 135M") && page.says("Commune de Val-d’Ormes (FR)"), "back in the dossier");
    let known = world.app.live.snapshot();
    let version = known.register.systems[ID].version.as_ref().unwrap();
    assert!(known.register.hosts["ici"].embedded && version.model == "essai" && version.label == "1" && version.intact);
    assert!(!town.claire.get(&at("supply")).await.says("Choisir le modèle de cette machine"));
    assert_eq!(town.claire.post(&at("embedded"), &[("embedded-country", "FR")]).await.status, StatusCode::NOT_FOUND);
    // Another system finds host and model there.
    let again = [("name", "Relecture"), ("purpose", "relire"), ("touches", "no"), ("risk", "low")];
    town.claire.submit("/referent/systems", &again).await;
    town.claire.submit("/referent/systems/relecture/embedded", &[("embedded-country", "FR")]).await;
    assert!(world.app.live.snapshot().register.systems["relecture"].version.as_ref().is_some_and(|version| version.intact));
}

#[tokio::test]
async fn what_is_proposed_for_a_low_risk_is_recorded_in_one_go_or_not_at_all() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    assert!(!town.claire.get(&format!("/referent/systems/{ID}")).await.says("Le plus court chemin"), "only for a low risk");
    let declared = [("name", "Relecture"), ("purpose", "relire"), ("touches", "no"), ("risk", "low")];
    let page = town.claire.submit("/referent/systems", &declared).await;
    assert!(page.says("Le plus court chemin") && page.says("Essai 135M"));
    let system = || world.app.live.snapshot().register.systems["relecture"].clone();
    let form = |country| {
        [
            ("start-country", country),
            ("start-person", "julien"),
            ("start-telephone", "01 99 00 12 34"),
            ("start-hours", "le matin"),
            ("start-module", "redaction-assistee"),
        ]
    };
    let wrong = town.claire.post("/referent/systems/relecture/start", &form("France")).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.says("href=\"#start-country\""));
    assert!(system().version.is_none() && system().training.is_none(), "all or nothing");
    let epoch = world.app.live.snapshot().register.epoch;
    let page = town.claire.submit("/referent/systems/relecture/start", &form("FR")).await;
    assert!(!page.says("Le plus court chemin"));
    let known = system();
    assert!(known.version.as_ref().is_some_and(|version| version.intact && version.model == "essai"));
    assert_eq!(
        known.owner.as_ref().map(|owner| (owner.person.as_str(), owner.accepted)),
        Some(("julien", false)),
        "who must accept"
    );
    assert_eq!((known.training.as_deref(), known.human_channel.is_some()), (Some("redaction-assistee"), true));
    assert_eq!(world.app.live.snapshot().register.epoch, epoch + 6, "each act is recorded");
    assert!(known.authorisation.is_none() && known.studies.is_empty(), "and nothing more");
    assert_eq!(town.julien.post("/referent/systems/relecture/start", &form("FR")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_contract_asks_first_what_the_rules_ask_and_ends_with_a_reason() {
    let world = World::new().await;
    let mut town = served_elsewhere(&world).await;
    let page = town.claire.get(&format!("/referent/systems/{ID}/supply")).await;
    let form = page.body.split(&format!("action=\"{}#contract\"", at("contract"))).nth(1).unwrap();
    let asked = form.split("Fournisseur, procédure et autres clauses").next().unwrap();
    for (kind, first) in [("environment", true), ("social", true), ("no-training", true), ("explanation", false)] {
        assert_eq!(asked.contains(&format!("name=\"clause-{kind}\"")), first, "{kind}");
        assert!(form.contains(&format!("name=\"clause-{kind}\"")), "{kind}");
    }
    let good = [
        ("contract-reference", "2026-17"),
        ("contract-until", "2028-06-30"),
        ("contract-supplier", "Coopérative numérique du Centre"),
        ("contract-procedure", "procédure adaptée"),
        ("contract-signed", "2026-09-01"),
        ("clause-environment", "CCAP, art. 7"),
        ("clause-environment-until", "2027-12-31"),
        ("clause-social", "CCAP, art. 8"),
        ("clause-no-training", "CCAP, art. 21"),
        ("clause-reversibility", "CCAP, art. 30"),
        ("clause-reversibility-tested", "2026-10-03"),
    ];
    let with = |field: &str, value: &'static str| good.map(|(name, typed)| (name, if name == field { value } else { typed }));
    for (field, bad, at_field) in [
        ("contract-signed", "2026-12-01", "contract-signed"),
        ("clause-reversibility-tested", "2027-01-01", "clause-reversibility-tested"),
        ("clause-reversibility", "", "clause-reversibility"),
        ("clause-environment-until", "2020-01-01", "clause-environment-until"),
    ] {
        let answer = town.claire.post(&at("contract"), &with(field, bad)).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.says(&format!("href=\"#{at_field}\"")), "{field}");
    }
    let page = town.claire.submit(&at("contract"), &good).await;
    assert!(page.says("essayée le 3 octobre 2026") && page.says("procédure adaptée"));
    let known = world.app.live.snapshot();
    let contract = known.register.hosts["centre"].contract.as_ref().unwrap();
    assert_eq!(contract.clauses.len(), 4);
    assert_eq!(contract.terms.signed, Some("2026-09-01".parse().unwrap()));
    let silent = town.claire.post(&at("contract/end"), &[("contract-end-reason", "")]).await;
    assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.says("href=\"#contract-end-reason\""));
    town.claire.submit(&at("contract/end"), &[("contract-end-reason", "le fournisseur a changé de mains")]).await;
    assert!(world.app.live.snapshot().register.hosts["centre"].contract.is_none());
}

#[tokio::test]
async fn skills_are_declared_once_and_each_system_says_which_it_puts_at_risk() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    let skill = [("skill-name", "Connaître les services"), ("skill-why", "Orienter sans outil"), ("skill-holders", "2")];
    let page = town.claire.submit("/referent/skills", &skill).await;
    assert!(page.says("Connaître les services") && page.says("2 personnes") && page.says("Aucun système ne dit"));
    let wrong = [("skill-name", "x"), ("skill-why", ""), ("skill-holders", "beaucoup")];
    let answer = town.claire.post("/referent/skills", &wrong).await;
    assert!(answer.says("href=\"#skill-why\"") && answer.says("href=\"#skill-holders\""));
    let id = "connaitre-les-services";
    let plan = [
        ("skills-plan", "Un jour sur cinq sans l’outil."),
        ("skills-connaitre-les-services", "yes"),
        ("skills-quota", "20"),
        ("skills-continuity", "L’accueil oriente à la main."),
    ];
    let page = town.claire.submit(&at("skills"), &plan).await;
    assert!(page.says("20\u{a0}%") && page.says("value=\"yes\" checked"));
    let answer = town.claire.post(&at("skills"), &[("skills-plan", "x"), ("skills-quota", "120")]).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.says("href=\"#skills-quota\""));
    assert!(town.claire.get("/referent/skills").await.says("tag stop\">jamais"), "no drill was ever held");
    let early = [("drill-on", "2026-12-24"), ("drill-until", "2027-12-24"), ("drill-result", "Tout a tenu.")];
    assert!(town.claire.post(&at("drill"), &early).await.says("href=\"#drill-on\""));
    let held = early.map(|(name, typed)| (name, if name == "drill-on" { "2026-11-20" } else { typed }));
    let page = town.claire.submit(&at("drill"), &held).await;
    assert!(page.says("Le 20 novembre 2026, valable jusqu’au 24 décembre 2027. Tout a tenu."));
    let page = town.helene.get("/referent/skills").await;
    assert!(page.says("20 novembre 2026") && page.says("20\u{a0}%") && !page.says("<form method=\"post\" action=\"/referent"));
    let change = [("skill-connaitre-les-services-name", "Connaître les services"), ("skill-connaitre-les-services-why", "x")];
    let change = [change[0], change[1], ("skill-connaitre-les-services-holders", "6")];
    assert!(town.claire.submit(&format!("/referent/skills/{id}"), &change).await.says("6 personnes"));
    assert_eq!(town.claire.post("/referent/skills/inconnu", &change).await.status, StatusCode::NOT_FOUND);
    assert_eq!(town.helene.post("/referent/skills", &skill).await.status, StatusCode::FORBIDDEN);
}
