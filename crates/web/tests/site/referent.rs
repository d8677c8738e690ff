//! The pages of those who govern: what each form does, refuses, and gives back.

use axum::http::StatusCode;
use gouvernail_register::{Action, Call, CaseMode, Decision, Event};
use gouvernail_store::Role;
use jiff::SignedDuration;

use crate::story::{AUTHORISATION, CONTRACT, EVALUATION, Fields, HOST, ID, MODEL, NOTICE, QUIZ, SHEET, STRATEGY, Town, at};
use crate::world::{Browser, World};

fn decide(world: &World, person: &str) -> Decision {
    let case = Some(CaseMode::Assisted);
    let call = Call { system: ID.into(), model: "petit".into(), person: Some(person.into()), case };
    world.app.rules.decide(&world.app.live.snapshot().register, Action::Call, &call, world.app.now()).unwrap()
}

fn missing(decision: &Decision) -> Vec<&str> {
    decision.missing.iter().map(|requirement| requirement.id.as_str()).collect()
}

#[tokio::test]
async fn from_an_empty_register_to_the_first_call_through_forms_alone() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    let first = town.claire.get("/referent").await;
    assert!(first.says("D’abord, l’administration") && first.says("Aucun système n’est encore inscrit"));
    assert!(first.says("href=\"/referent/organisation#organisation\"") && first.says("href=\"/referent/organisation#referent\""));
    town.fill().await;
    assert_eq!(missing(&decide(&world, "samir")), ["authorisation"]);
    let page = town.authorise().await;
    assert!(page.says("Le mandat est donné.") && page.says("Toutes les conditions sont réunies"));
    assert!(decide(&world, "samir").allowed());
    assert_eq!(missing(&decide(&world, "ines")), ["training"], "only who is trained");
    let workspace = town.claire.get("/referent").await;
    assert!(workspace.says("Mandat jusqu’au 24 novembre 2027") && !workspace.says("D’abord, l’administration"));
}

#[tokio::test]
async fn the_next_step_is_the_first_that_the_rules_ask_for_and_leads_to_its_form() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    let page = town.claire.get(&format!("/referent/systems/{ID}")).await;
    // The strategy has two objectives, so none is chosen by itself.
    assert!(page.says(&format!("<a class=\"btn\" href=\"/referent/systems/{ID}#sheet\">Compléter la fiche</a>")));
    assert!(page.says("Aucune version n’est déclarée") && page.says("Aucun agent n’est encore formé"));
    assert!(page.says("écrivez ce qui peut y être décidé"), "no rule asks for the decisions, and no agent could do without");
    let anchors = ["sheet", "model", "owner", "study", "notice", "channel", "consultation", "skills"];
    for anchor in anchors.into_iter().chain(["training", "evaluation", "contract", "keys", "authorisation", "stop"]) {
        assert!(page.says(&format!(" id=\"{anchor}\"")), "{anchor}");
    }
}

#[tokio::test]
async fn a_use_of_low_risk_has_the_short_way() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("low", "no").await;
    let sheet: Vec<_> = SHEET
        .into_iter()
        .map(|(field, value)| match field {
            "sheet-risk" => (field, "low"),
            "sheet-touches" => (field, "no"),
            "sheet-decisions" => (field, ""),
            _ => (field, value),
        })
        .collect();
    town.claire.submit(&at("sheet"), &sheet).await;
    town.model().await;
    let page = town.claire.get(&format!("/referent/systems/{ID}")).await;
    // Once in the list of parts, once on its card: notice, consultation, skills, and the contract of an embedded engine.
    assert_eq!(page.body.matches("Pas demandé pour ce système").count(), 2 * 4);
    assert!(page.says("Étude d’impact d’une page") && !page.says("sur les personnes et leurs droits"));
    town.claire.submit(&at("owner"), &[("owner-person", "julien")]).await;
    town.julien.submit(&at("owner/accept"), &[]).await;
    let answers = [("q-apport", "a"), ("q-decision", "no"), ("q-donnees", "aucune"), ("q-risques", "b"), ("q-mesures", "c")];
    town.claire.submit(&at("study/light"), &[&answers[..], &[("q-publication", "no")]].concat()).await;
    crate::story::sign(&mut town.julien, "light").await;
    town.claire.submit(&at("channel"), &crate::story::CHANNEL).await;
    town.claire.submit(&at("training"), &[("training-module", "orientation-courrier")]).await;
    town.claire.submit(&at("evaluation"), &EVALUATION).await;
    assert!(town.authorise().await.says("Le mandat est donné."));
}

#[tokio::test]
async fn high_risk_asks_for_every_study_and_each_has_its_questions() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("high", "yes").await;
    let page = town.claire.get(&format!("/referent/systems/{ID}")).await;
    for (study, question) in [("rights", "usage"), ("data-protection", "necessite"), ("environment", "besoin")] {
        assert!(page.says(&format!("href=\"{}\"", at(&format!("study/{study}")))), "{study}");
        let asked = town.claire.get(&at(&format!("study/{study}"))).await;
        assert!(asked.says(&format!("name=\"q-{question}\"")), "{study}");
    }
    assert!(!page.says(&at("study/light")));
}

/// Sends a form with one field changed; the page comes back with the mistake at `field` and what was typed.
async fn refused(browser: &mut Browser, path: &str, good: &[(&'static str, &'static str)], field: &str, bad: &'static str) {
    let fields: Vec<_> = good.iter().map(|(name, value)| (*name, if *name == field { bad } else { *value })).collect();
    let answer = browser.post(path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {field}={bad}");
    assert!(answer.says(&format!("<a href=\"#{field}\">")), "{path}: the summary leads to {field}");
    assert!(answer.says(&format!(" id=\"{field}\"")), "{path}: {field} is on the page");
    let kept = good.iter().filter(|(name, value)| *name != field && value.len() > 6 && !value.contains(['\n', '’', '\'']));
    for (name, value) in kept {
        assert!(answer.says(value), "{path}: {name} was kept");
    }
}

#[tokio::test]
async fn a_mistake_in_any_form_is_said_at_its_field_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.fill().await;
    let epoch = world.app.live.snapshot().register.epoch;
    let claire = &mut town.claire;
    let organisation = crate::story::SHEET_OF_TOWN;
    refused(claire, "/referent/organisation/sheet", &organisation, "organisation-siret", "21310000100015").await;
    refused(claire, "/referent/organisation/sheet", &organisation, "log", "").await;
    refused(claire, "/referent/organisation/strategy", &STRATEGY, "strategy-url", "feuille-de-route").await;
    refused(claire, "/referent/organisation/strategy", &STRATEGY, "strategy-adopted", "hier").await;
    refused(claire, "/referent/organisation/strategy", &STRATEGY, "strategy-objectives", " \n ").await;
    refused(claire, "/referent/organisation/referent", &[("referent-person", "")], "referent-person", "samir").await;
    let system: Fields<4> = [("name", "Relecture"), ("purpose", "relire"), ("touches", "no"), ("risk", "low")];
    refused(claire, "/referent/systems", &system, "name", " ").await;
    refused(claire, "/referent/systems", &system, "risk", "moyen").await;
    for (field, bad) in [("sheet-objective", "autre"), ("sheet-touches", ""), ("sheet-decisions", ""), ("sheet-purpose-en", "")] {
        refused(claire, &at("sheet"), &SHEET, field, bad).await;
    }
    let far: Fields<5> = [
        ("host-name", "Coopérative"),
        ("host-embedded", "no"),
        ("host-country", "FR"),
        ("host-url", "https://ia.example/v1"),
        ("host-id", ""),
    ];
    refused(claire, &at("host"), &far, "host-url", "https://ia.example/").await;
    refused(claire, &at("host"), &far, "host-country", "France").await;
    refused(claire, &at("host"), &HOST, "host-id", "local").await;
    refused(claire, &at("model"), &MODEL, "model-total", "beaucoup").await;
    refused(claire, &at("model"), &MODEL, "model-active", "70").await;
    refused(claire, &at("model"), &MODEL, "model-host", "ailleurs").await;
    refused(claire, &at("model"), &MODEL, "model-id", "petit modèle").await;
    refused(claire, &at("version"), &[("version-model", "petit"), ("version-label", "2")], "version-label", "1").await;
    refused(claire, &at("owner"), &[("owner-person", "julien")], "owner-person", "samir").await;
    let study = [&[("base", "1")], &crate::story::STUDY[..]].concat();
    refused(claire, &at("study/rights"), &study, "q-risques", "").await;
    refused(claire, &at("notice"), &NOTICE, "notice-data-fr", "le texte de votre demande").await;
    refused(claire, &at("notice"), &NOTICE, "notice-does-not-en", "").await;
    refused(claire, &at("channel"), &crate::story::CHANNEL, "channel-telephone", "").await;
    let consultation = crate::story::CONSULTATION;
    refused(claire, &at("consultation/open"), &consultation, "consultation-question", "").await;
    refused(claire, &at("consultation/open"), &consultation, "consultation-due", "2026-12-15").await;
    refused(claire, &at("consultation/open"), &consultation, "consultation-url", "participer.example").await;
    refused(claire, &at("skills"), &[("skills-plan", "x")], "skills-plan", "").await;
    refused(claire, &at("training"), &[("training-module", "x")], "training-module", "autre").await;
    refused(claire, &at("evaluation"), &EVALUATION, "evaluation-passed", "25").await;
    refused(claire, &at("contract"), &CONTRACT, "contract-until", "2020-01-01").await;
    refused(claire, &at("keys"), &[("key-label", "Accueil"), ("key-until", "")], "key-until", "2020-01-01").await;
    refused(claire, &at("keys"), &[("key-label", "Accueil"), ("key-person", "")], "key-person", "x@nulle-part.example").await;
    refused(claire, &at("stop"), &[("stop-reason", "x")], "stop-reason", "").await;
    refused(&mut town.helene, &at("authorisation"), &AUTHORISATION, "authorisation-until", "2026-11-23").await;
    refused(&mut town.helene, &at("authorisation"), &AUTHORISATION, "authorisation-scope", "").await;
    assert_eq!(world.app.live.snapshot().register.epoch, epoch, "nothing was recorded");
}

#[tokio::test]
async fn each_role_does_its_own_and_nothing_else() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.fill().await;
    world.person("paule", "Paule Roy", &[Role::Owner]).await;
    let mut paule = world.signed_in("paule").await;
    let parts =
        ["sheet", "host", "model", "version", "study/rights", "notice", "channel", "consultation/open", "skills", "training"];
    let forms = parts.into_iter().chain(["evaluation", "contract"]).map(at);
    let forms = forms.chain([at("owner"), at("owner/left"), at("keys"), at("authorisation"), at("authorisation/end")]);
    let forms = forms.chain(["/referent/systems".into(), "/referent/organisation/sheet".into(), "/referent/people".into()]);
    for form in forms.chain([at("stop"), at("resume")]) {
        assert_eq!(town.samir.post(&form, &[]).await.status, StatusCode::FORBIDDEN, "an agent, {form}");
        assert_eq!(paule.post(&form, &[]).await.status, StatusCode::FORBIDDEN, "the owner of nothing, {form}");
    }
    for form in ["authorisation", "authorisation/end"].map(at) {
        assert_eq!(town.claire.post(&form, &[]).await.status, StatusCode::FORBIDDEN, "the referent does not authorise, {form}");
    }
    for form in ["sheet", "keys", "owner"].map(at) {
        assert_eq!(town.helene.post(&form, &[]).await.status, StatusCode::FORBIDDEN, "the elected official does not write, {form}");
    }
    assert_eq!(town.julien.post(&at("keys"), &[]).await.status, StatusCode::FORBIDDEN);
    town.julien.submit(&at("skills"), &[("skills-plan", "Deux jours sur cinq.")]).await;
    for page in ["/referent", "/council", "/referent/organisation", "/referent/people", &format!("/referent/systems/{ID}")] {
        assert_eq!(town.samir.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
        assert_eq!(world.browser().get(page).await.location, "/login", "{page}");
    }
    assert_eq!(town.julien.get("/referent/people").await.status, StatusCode::FORBIDDEN);
    let page = town.helene.get(&format!("/referent/systems/{ID}")).await;
    assert!(!page.says("name=\"sheet-name\"") && page.says("name=\"authorisation-scope\""), "she sees what she may do");
    assert_eq!(town.claire.get("/referent/systems/inconnu").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_study_is_written_before_it_is_signed_and_a_new_writing_takes_the_signature_away() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    assert_eq!(town.helene.get(&at("study/rights/print")).await.status, StatusCode::NOT_FOUND);
    let unwritten = [("sign-until", "2027-11-24"), ("sign-digest", "")];
    let unwritten = town.helene.post(&at("study/rights/sign"), &unwritten).await;
    assert!(unwritten.status == StatusCode::UNPROCESSABLE_ENTITY && unwritten.says("pas encore écrite"));
    town.claire.submit(&at("study/rights"), &crate::story::STUDY).await;
    assert_eq!(town.samir.post(&at("study/rights/sign"), &[]).await.status, StatusCode::FORBIDDEN);
    let signed = crate::story::sign(&mut town.helene, "rights").await;
    assert!(signed.says("La signature est inscrite au journal public.") && signed.says("Hélène Marchand"));
    town.claire.submit(&at("study/rights"), &crate::story::STUDY).await;
    let page = town.claire.get(&format!("/referent/systems/{ID}")).await;
    assert!(page.says("À signer") && !page.says("Signée par"));
    assert_eq!(town.helene.get(&at("study/inconnue")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_authorisation_says_what_is_missing_and_only_the_named_owner_accepts() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    town.model().await;
    let page = town.helene.get(&format!("/referent/systems/{ID}")).await;
    assert!(page.says("Le mandat pourra être donné quand") && !page.says("name=\"authorisation-scope\""));
    let digest = world.app.live.snapshot().register.systems[ID].version.as_ref().unwrap().digest.clone();
    let mandate = [&AUTHORISATION[..], &[("authorisation-digest", &digest)]].concat();
    let early = town.helene.post(&at("authorisation"), &mandate).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.says("Le mandat ne peut pas être donné") && early.says("La consultation des citoyens"));
    let nobody = town.julien.post(&at("owner/accept"), &[]).await;
    assert!(nobody.status == StatusCode::UNPROCESSABLE_ENTITY && nobody.says("Seule la personne désignée"));
    town.julien.language = "en".into();
    assert!(town.julien.post(&at("owner/accept"), &[]).await.says("Only the person named as owner can accept"));
}

#[tokio::test]
async fn a_key_is_shown_once_works_and_is_withdrawn() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.fill().await;
    let fields = [("key-label", "Logiciel d’accueil"), ("key-until", "2027-01-31")];
    let answer = town.claire.post(&at("keys"), &fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    let key = answer.body.split("<code class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    assert!(answer.says("base_url = \"http://val-dormes.example/v1\"") && answer.says("X-Gouvernail-Case"));
    let opens = |key: &str| world.app.live.snapshot().directory.key(key, world.app.now()).map(|key| key.system_id.clone());
    assert_eq!(opens(&key).as_deref(), Some(ID));
    let page = town.claire.get(&format!("/referent/systems/{ID}")).await;
    assert!(page.says("Logiciel d’accueil") && page.says("jusqu’au 31 janvier 2027") && !page.says(&key), "shown once");
    let id = key.split('-').nth(1).unwrap();
    let withdrawn = town.claire.submit(&at(&format!("keys/{id}/revoke")), &[]).await;
    assert!(withdrawn.says("La clé est retirée.") && withdrawn.says("Finie"));
    assert_eq!(opens(&key), None);
    assert_eq!(town.claire.post(&at("keys/inconnue/revoke"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_stop_closes_at_once_and_its_lifting_opens() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.fill().await;
    town.authorise().await;
    let page = town.julien.submit(&at("stop"), &[("stop-reason", "Trop d’erreurs cette semaine")]).await;
    assert!(page.says("Le système est arrêté.") && page.says("Trop d’erreurs cette semaine"));
    assert_eq!(missing(&decide(&world, "samir")), ["stop-order"]);
    let public = world.browser().get(&format!("/register/{ID}")).await;
    assert!(public.says("Arrêté") && public.says("Trop d’erreurs cette semaine"));
    let page = town.helene.submit(&at("resume"), &[("stop-reason", "Le modèle est corrigé")]).await;
    assert!(page.says("L’arrêt est levé."));
    assert!(decide(&world, "samir").allowed());
    let ended = town.helene.submit(&at("authorisation/end"), &[("end-reason", "Fin de l’essai")]).await;
    assert!(ended.says("Le mandat est retiré."));
    assert_eq!(missing(&decide(&world, "samir")), ["authorisation"]);
}

#[tokio::test]
async fn a_version_freezes_the_sheet_and_a_change_is_seen() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.fill().await;
    let digest = || world.app.live.snapshot().register.systems[ID].version.as_ref().unwrap().digest.clone();
    let first = digest();
    assert!(first.len() == 64 && first.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let page = || format!("/referent/systems/{ID}");
    assert!(!town.claire.get(&page()).await.says("ont changé depuis que cette version"));
    let changed: Vec<_> =
        SHEET.into_iter().map(|(name, value)| (name, if name == "sheet-name" { "Tri du courrier" } else { value })).collect();
    town.claire.submit(&at("sheet"), &changed).await;
    assert!(town.claire.get(&page()).await.says("ont changé depuis que cette version"));
    town.claire.submit(&at("version"), &[("version-model", "petit"), ("version-label", "2"), ("version-substantial", "no")]).await;
    assert_ne!(digest(), first);
    assert!(missing(&decide(&world, "samir")).contains(&"training"), "a new version asks for training again");
}

#[tokio::test]
async fn a_contract_counts_only_the_clauses_that_are_proved() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    let early = town.claire.post(&at("contract"), &CONTRACT).await;
    assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.says("Choisissez d’abord le modèle"));
    town.model().await;
    town.claire.submit(&at("contract"), &CONTRACT).await;
    let known = world.app.live.snapshot();
    let contract = known.register.hosts["local"].contract.clone().unwrap();
    let kinds: Vec<_> = contract.clauses.iter().map(|clause| clause.kind.as_str()).collect();
    assert_eq!(kinds, ["environment", "no-training"]);
    assert_eq!(contract.until, "2028-06-30T22:00:00Z".parse().unwrap(), "the whole last day, in Paris");
}

/// What the page shows once.
fn secret(page: &str) -> String {
    page.split("<code class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned()
}

#[tokio::test]
async fn people_are_added_given_a_link_once_and_leave_with_their_posts() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.fill().await;
    town.authorise().await;
    let people = "/referent/people";
    let wrong = town.claire.post(people, &[("person-name", "Nora Diallo"), ("person-email", "nora")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.says("Nora Diallo"));
    assert!(wrong.says("<a href=\"#person-email\">") && wrong.says("<a href=\"#person-roles\">"));
    let nora = [("person-name", "Nora Diallo"), ("person-email", "nora@val-dormes.example"), ("role-agent", "on")];
    let added = town.claire.post(people, &nora).await;
    let link = secret(&added.body);
    assert!(!town.claire.get(people).await.says(&link), "shown once");
    let path = link.strip_prefix("http://val-dormes.example").unwrap_or(&link).to_owned();
    let mut browser = world.browser();
    assert!(browser.get(&path).await.says("nora@val-dormes.example"));
    let mut curious = world.browser();
    let other = format!("{}0", &path[..path.len() - 1]);
    assert_eq!(curious.get(&other).await.status, StatusCode::GONE);
    let short = browser.post(&path, &[("new-password", "court")]).await;
    assert!(short.status == StatusCode::UNPROCESSABLE_ENTITY && short.says("au moins 12 caractères"));
    let chosen = [("new-password", "quatre mots que Nora choisit")];
    assert_eq!(browser.post(&path, &chosen).await.location, "/desk");
    assert_eq!(browser.get("/desk").await.status, StatusCode::OK, "and she is in");
    assert_eq!(
        curious.post(&path, &[("new-password", "quatre mots de quelqu’un d’autre")]).await.status,
        StatusCode::GONE,
        "used once"
    );
    let sign_in = [("email", "nora@val-dormes.example"), ("password", "quatre mots que Nora choisit")];
    assert_eq!(world.browser().post("/login", &sign_in).await.location, "/desk");
    let twice = town.claire.post(people, &nora).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.says("déjà celle de quelqu’un"));

    let closed = town.claire.submit("/referent/people/julien/close", &[]).await;
    assert!(closed.says("Le compte est fermé.") && closed.says("Compte fermé"));
    assert_eq!(town.julien.get("/referent").await.location, "/login", "the session is over");
    assert_eq!(missing(&decide(&world, "samir")), ["owner"], "whoever answered for it has left");
    assert_eq!(town.claire.post("/referent/people/claire/close", &[]).await.status, StatusCode::FORBIDDEN);
    town.claire.submit("/referent/people/julien/open", &[]).await;
    let given = town.claire.post("/referent/people/julien/invitation", &[]).await;
    assert!(given.says("Lien de Julien Morel") && given.says("pas encore utilisé"));
    let path = secret(&given.body).replace("http://val-dormes.example", "");
    let history = world.app.live.history().await.unwrap();
    let last = history.last().unwrap();
    assert_eq!((last.author.as_str(), matches!(last.event, Event::AccessGiven { .. })), ("claire", true), "the act is recorded");
    assert_eq!(town.claire.post("/referent/people/inconnu/close", &[]).await.status, StatusCode::NOT_FOUND);
    world.later(SignedDuration::from_hours(73));
    assert_eq!(world.browser().get(&path).await.status, StatusCode::GONE, "after three days");
}

#[tokio::test]
async fn an_address_of_a_form_read_like_a_page_leads_back_to_it() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("low", "no").await;
    assert_eq!(town.claire.get(&at("study/light/sign?lang=en")).await.location, format!("{}?lang=en", at("study/light")));
    assert_eq!(town.claire.get("/referent/organisation/sheet").await.location, "/referent/organisation");
    assert_eq!(town.claire.get("/referent/people/x/close").await.location, "/referent/people");
    assert_eq!(town.claire.get("/referent/systems").await.location, "/referent");
}

#[tokio::test]
async fn the_quiz_says_which_answers_are_wrong_and_certifies_who_passes() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    let quiz = format!("/training/{ID}");
    assert_eq!(town.samir.get(&quiz).await.status, StatusCode::NOT_FOUND);
    town.organisation().await;
    town.declare("limited", "yes").await;
    town.claire.submit(&at("training"), &[("training-module", "orientation-courrier")]).await;
    assert!(town.samir.get(&quiz).await.says("n’a pas encore de version"));
    assert_eq!(town.samir.post(&quiz, &QUIZ).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    town.model().await;
    let failed = town.samir.post(&quiz, &[("q1", "0"), ("q2", "2"), ("q3", "0"), ("q4", "0")]).await;
    assert_eq!(failed.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (question, is_wrong) in [("q1", true), ("q2", false), ("q3", false), ("q4", true), ("q5", true)] {
        assert_eq!(failed.says(&format!("<a href=\"#{question}\">")), is_wrong, "{question}");
    }
    assert!(failed.says("Votre avis d’abord"), "the lesson stays");
    assert!(failed.says("id=\"q1-0\" name=\"q1\" value=\"0\" checked"), "the answers stay");
    assert!(world.app.live.snapshot().register.systems[ID].certifications.is_empty());
    // Four of five are enough.
    let page = town.samir.submit(&quiz, &[("q1", "1"), ("q2", "2"), ("q3", "0"), ("q4", "1"), ("q5", "1")]).await;
    assert!(page.says("Votre attestation est valable jusqu’au 24 novembre 2027."));
    let known = world.app.live.snapshot();
    assert_eq!(known.register.systems[ID].certifications.len(), 1);
    let list = town.samir.get("/training").await;
    assert!(list.says("jusqu’au 24 novembre 2027"));
    assert_eq!(world.browser().get("/training").await.location, "/login");
}

#[tokio::test]
async fn the_council_reads_what_ends_soon_and_what_is_stopped() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.fill().await;
    town.authorise().await;
    town.claire.submit(&at("stop"), &[("stop-reason", "Contrôle")]).await;
    let page = town.helene.get("/council").await;
    assert!(page.says("Du 26 août 2026 au 24 novembre 2026"), "{}", page.body);
    assert!(page.says("est arrêté. Motif") && page.says("1 sur 2") && page.says("Aucun fournisseur extérieur"));
    assert!(page.says("http://observatoire.example"));
    world.later(SignedDuration::from_hours(24 * 320));
    let mut helene = world.signed_in("helene").await;
    assert!(helene.get("/council").await.says("le mandat prend fin le 24 novembre 2027"));
}

#[tokio::test]
async fn the_council_counts_decisions_departures_contestations_and_late_answers() {
    let (world, _, code) = crate::life::decided().await;
    let contest = format!("/d/{}/contest", code.replace(' ', ""));
    world.browser().submit(&contest, &[("words", "Personne ne vient."), ("reach", "")]).await;
    let figures = |page: &crate::world::Answer| -> Vec<String> {
        page.body.split("<dd>").skip(1).take(4).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
    };
    let page = world.signed_in("helene").await.get("/council").await;
    assert_eq!(figures(&page), ["1", "1 sur 1", "1", "0"]);
    assert!(page.says("Wh</td>") && page.says(">1</td>"), "one call, one decision, its energy");
    assert!(world.browser().get("/register").await.says(">1</td>"));
    world.later(SignedDuration::from_hours(24 * 40));
    let page = world.signed_in("helene").await.get("/council").await;
    assert_eq!(figures(&page), ["1", "1 sur 1", "1", "1"]);
    assert!(page.says("Une contestation a reçu sa réponse hors délai, ou l’attend encore."));
    world.later(SignedDuration::from_hours(24 * 60));
    let page = world.signed_in("helene").await.get("/council").await;
    assert_eq!(figures(&page), ["0", "0", "0", "0"], "another quarter");
}
