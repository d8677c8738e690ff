//! The story, chapter by chapter: each act goes through the door that people and programs really use.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::application::Application;
use super::browser::Browser;
use super::model::Chosen;
use super::tell::{act, chapter, holds, open, shown};
use super::town::{self, CASE, Person, REQUEST, SECOND_CASE, SECRETS, SYSTEM, TITLE};
use crate::progress::patiently;
use crate::verify;

/// Heading under which a page shows what the tool answered.
const PROPOSAL: &str = "Réponse de l’outil";

/// Where the story is played.
pub struct World<'a> {
    pub data: &'a Path,
    pub base: &'a str,
    pub observatory: &'a str,
    pub client: &'a reqwest::Client,
    pub chosen: &'a Chosen,
}

/// Everybody's browser.
struct People {
    claire: Browser,
    julien: Browser,
    samir: Browser,
    ines: Browser,
    helene: Browser,
}

/// Plays the story to its end.
///
/// # Errors
/// At the first step that does not hold.
pub async fn play(world: &World<'_>) -> Result<()> {
    let people = arrive(world).await?;
    let key = refused(world, &people).await?;
    let app = Application {
        base: world.base,
        client: world.client,
        key: &key,
        model: model_id(world),
        evaluation: &world.chosen.evaluation,
    };
    dossier(world, &people, &app).await?;
    allowed(world, &app).await?;
    desk(world, &people).await?;
    let citizen = letter(world, &people).await?;
    second_look(world, &people, &citizen).await?;
    stopped(world, &people, &app).await?;
    observed(world).await
}

/// Name by which applications call the model: that of its weights.
fn model_id<'a>(world: &World<'a>) -> &'a str {
    world.chosen.model.served_name()
}

async fn sign_in(world: &World<'_>, person: &Person) -> Result<Browser> {
    Browser::signed_in(world.base, world.client, person.email, town::PASSWORD).await
}

async fn arrive(world: &World<'_>) -> Result<People> {
    let claire = sign_in(world, &town::CLAIRE).await?;
    for person in [town::JULIEN, town::SAMIR, town::INES, town::HELENE] {
        let fields = [("person-name", person.name), ("person-email", person.email), (person.role, "yes")];
        let page = claire.submit_for_page("/referent/people", &fields).await?;
        let link = secret(&page).context("no link is shown")?;
        let path = link.strip_prefix(world.base).context("the link leads elsewhere")?;
        Browser::new(world.base, world.client).submit(path, &[("new-password", town::PASSWORD)]).await?;
    }
    Ok(People {
        julien: sign_in(world, &town::JULIEN).await?,
        samir: sign_in(world, &town::SAMIR).await?,
        ines: sign_in(world, &town::INES).await?,
        helene: sign_in(world, &town::HELENE).await?,
        claire,
    })
}

/// What a page shows once.
fn secret(page: &str) -> Option<&str> {
    page.split("class=\"secret\">").nth(1)?.split('<').next()
}

/// Address of a form of the system.
fn at(form: &str) -> String {
    format!("/referent/systems/{SYSTEM}/{form}")
}

async fn refused(world: &World<'_>, people: &People) -> Result<String> {
    chapter(1, "Refusé : pas de mandat, pas d’appel · Refused: no mandate, no call");
    act("Claire, référente, registers a tool and gives the town's software a key.");
    people.claire.submit("/referent/systems", town::DECLARED).await?;
    let page = people.claire.submit_for_page(&at("keys"), &[("key-label", "Logiciel de courrier"), ("key-until", "")]).await?;
    let key = secret(&page).context("no key is shown")?.to_owned();
    shown(format!("key, shown once: {}…", &key[..16]));
    act("The software calls, as it would call any OpenAI-compatible service.");
    let app = application(world, &key);
    let (status, answer) = app.ask("Bonjour", town::SAMIR.email, None).await?;
    holds(
        status == 403 && answer["error"]["code"] == "refused_by_mandate",
        "403, an ordinary permission error, with every reason",
    )?;
    let reasons = reasons(&answer);
    for reason in reasons {
        let law = reason["law"].as_str().map(|law| format!(" — {law}")).unwrap_or_default();
        shown(format!("proposition {:>2}{law}\n   {}\n   {}", reason["proposition"], text(&reason["fr"]), text(&reason["en"])));
    }
    holds(reasons.len() >= 10, "each reason names its proposition, its law, and the page where it is mended")?;
    open("what is missing, and the next step first", &format!("{}/referent", world.base));
    Ok(key)
}

fn application<'a>(world: &World<'a>, key: &'a str) -> Application<'a> {
    let (base, client, evaluation) = (world.base, world.client, &world.chosen.evaluation);
    Application { base, client, key, model: model_id(world), evaluation }
}

fn reasons(answer: &Value) -> &[Value] {
    answer["error"]["reasons"].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

async fn dossier(world: &World<'_>, people: &People, app: &Application<'_>) -> Result<()> {
    chapter(2, "Chaque chose manquante, faite par qui en répond · Each missing thing, done by who answers for it");
    let People { claire, julien, samir, ines, helene } = people;
    say(
        "Claire: the administration, its voted strategy, herself as référente",
        claire,
        "/referent/organisation/sheet",
        town::ORGANISATION,
    )
    .await?;
    claire.submit("/referent/organisation/strategy", town::STRATEGY).await?;
    let page = claire.page("/referent/organisation").await?;
    let me = option_of(&page, "referent-person", town::CLAIRE.name).context("Claire is not offered as référente")?;
    claire.submit("/referent/organisation/referent", &[("referent-person", &me)]).await?;
    missing(app).await?;
    say("Claire: the sheet, the model on the town's own machine, its version", claire, &at("sheet"), town::SHEET).await?;
    claire.submit(&at("host"), town::HOST).await?;
    let billions = format!("{:.2}", world.chosen.model.parameters as f64 / 1e9);
    let id = model_id(world);
    let fields = [
        ("model-name", world.chosen.model.title.as_str()),
        ("model-host", "local"),
        ("model-open", "yes"),
        ("model-licence", world.chosen.model.licence.as_str()),
        ("model-total", &billions),
        ("model-active", &billions),
        ("model-id", id),
    ];
    claire.submit(&at("model"), &fields).await?;
    claire.submit(&at("version"), &[("version-model", id), ("version-label", "1")]).await?;
    let page = claire.page(&format!("/referent/systems/{SYSTEM}")).await?;
    let owner = option_of(&page, "owner-person", town::JULIEN.name).context("Julien is not offered as owner")?;
    claire.submit(&at("owner"), &[("owner-person", &owner)]).await?;
    say("Julien accepts to answer for it", julien, &at("owner/accept"), &[]).await?;
    missing(app).await?;
    say("Claire: what concerns data is written once, for two studies", claire, &at("study/data-protection/draft"), town::DATA)
        .await?;
    say("Julien writes his part of the impact study", julien, &at("study/rights/draft"), town::STUDY_OF_JULIEN).await?;
    say("Claire writes hers at the same time: nothing is lost; she hands it over", claire, &at("study/rights"), town::STUDY)
        .await?;
    let digest = read_to_sign(claire).await?;
    let sign = [("sign-until", "2027-11-24"), ("sign-digest", digest.as_str())];
    for author in [claire, julien] {
        author.refused(&at("study/rights/sign"), &sign).await?;
    }
    let digest = read_to_sign(helene).await?;
    let sign = [("sign-until", "2027-11-24"), ("sign-digest", digest.as_str())];
    act("Hélène, mayor, reads and signs it: neither of its authors may");
    helene.submit(&at("study/rights/sign"), &sign).await?;
    say("Claire: the notice to citizens, in plain words", claire, &at("notice"), town::NOTICE).await?;
    say("Claire: a telephone where a person answers", claire, &at("channel"), town::CHANNEL).await?;
    consultation(world, claire).await?;
    say("Claire: the plan that keeps the human craft alive", claire, &at("skills"), town::SKILLS).await?;
    missing(app).await?;
    let evaluation = &world.chosen.evaluation.description;
    let (passed, total, required) =
        (world.chosen.passed.to_string(), world.chosen.total.to_string(), world.chosen.required.to_string());
    let set = format!("{} {}", evaluation.id, evaluation.version);
    let fields = [
        ("evaluation-set", set.as_str()),
        ("evaluation-passed", &passed),
        ("evaluation-total", &total),
        ("evaluation-required", &required),
        ("evaluation-smaller", "0"),
    ];
    act(format!(
        "Claire: the smallest model that passes, {}: {passed} right out of {total}, {required} needed",
        world.chosen.model.title
    ));
    claire.submit(&at("evaluation"), &fields).await?;
    shown("what this does not prove:");
    shown(evaluation.limits_en.trim());
    claire.submit(&at("training"), town::TRAINING).await?;
    let training = format!("/training/{SYSTEM}");
    samir.refused(&training, &[("q1", "0"), ("q2", "0")]).await?;
    say("Samir and Inès, agents, read the training and pass its quiz (Samir at the second try)", samir, &training, town::QUIZ)
        .await?;
    ines.submit(&training, town::QUIZ).await?;
    missing(app).await?;
    let mandate = [("authorisation-scope", "Accueil de la mairie"), ("authorisation-until", "2027-11-24")];
    claire.refused(&at("authorisation"), &mandate).await?;
    act("Hélène, elected, gives the mandate; nobody else may");
    let page = helene.page(&format!("/referent/systems/{SYSTEM}")).await?;
    let digest = page.split("name=\"authorisation-digest\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let digest = digest.context("the version to authorise shows no digest")?;
    helene.submit(&at("authorisation"), &[&mandate[..], &[("authorisation-digest", digest)]].concat()).await?;
    open("the dossier", &format!("{}/referent/systems/{SYSTEM}", world.base));
    open("the public register", &format!("{}/register/{SYSTEM}", world.base));
    Ok(())
}

/// Asked in public, answered one by one, then closed.
async fn consultation(world: &World<'_>, claire: &Browser) -> Result<()> {
    say("Claire opens the consultation", claire, &at("consultation/open"), town::CONSULTATION).await?;
    let public = format!("/consultations/{SYSTEM}");
    let citizen = Browser::new(world.base, world.client);
    say("A resident contributes, without an account", &citizen, &public, town::CONTRIBUTION).await?;
    claire.refused(&at("consultation/close"), town::CONSULTATION_CLOSED).await?;
    holds(true, "the consultation cannot be closed while a contribution has no answer")?;
    claire.submit(&at("consultation/contributions/1/publish"), &[]).await?;
    let answer = [("answer-1", town::CONTRIBUTION_ANSWER)];
    say("Claire shows it and answers it", claire, &at("consultation/contributions/1/answer"), &answer).await?;
    say("She closes the consultation", claire, &at("consultation/close"), town::CONSULTATION_CLOSED).await?;
    open("the consultation", &format!("{}{public}", world.base));
    Ok(())
}

/// Somebody fills in a form.
async fn say(what: &str, who: &Browser, form: &str, fields: &[(&str, &str)]) -> Result<()> {
    act(what);
    who.submit(form, fields).await.map(drop)
}

/// Asks again, to see how far it is.
async fn missing(app: &Application<'_>) -> Result<()> {
    let (_, answer) = app.ask("Bonjour", town::SAMIR.email, None).await?;
    shown(format!("still refused: {} conditions missing", reasons(&answer).len()));
    Ok(())
}

/// The value of the option that shows `words` in a select.
fn option_of(page: &str, select: &str, words: &str) -> Option<String> {
    let list = page.split_once(&format!("name=\"{select}\""))?.1;
    let list = list.split("</select>").next()?;
    let before = &list[..list.find(words)?];
    let value = before.rsplit("value=\"").next()?;
    Some(value.split('"').next()?.to_owned())
}

async fn allowed(world: &World<'_>, app: &Application<'_>) -> Result<()> {
    chapter(3, "Autorisé · Allowed");
    act("A resident wrote to the town hall. The software declares the case, then asks the model.");
    shown(REQUEST);
    app.declare(CASE, &format!("{TITLE}\n\n{REQUEST}")).await?;
    let asked = app.ask(REQUEST, town::SAMIR.email, Some(CASE));
    let (status, answer) = patiently("the model on this machine answers", asked).await?;
    if status != 200 {
        bail!("the call is not answered ({status}): {answer}");
    }
    holds(status == 200, &format!("answered by {}, on this processor", world.chosen.model.title))?;
    let tokens = &answer["usage"];
    shown(format!("{} tokens read, {} written", tokens["prompt_tokens"], tokens["completion_tokens"]));
    shown(world.chosen.model.quality_en.trim());
    Ok(())
}

async fn desk(world: &World<'_>, people: &People) -> Result<()> {
    chapter(4, "Une personne décide · A human being decides");
    let samir = &people.samir;
    let case = format!("/desk/cases/{CASE}");
    let page = samir.page(&case).await?;
    holds(!page.contains(PROPOSAL), "Samir opens the case: the tool's proposal is nowhere on his page")?;
    act("He gives his own view first. It is sealed, then the proposal is shown.");
    let used = hidden(&page, "use").context("the form does not say which answer it is about")?;
    let judged =
        [("use", used.as_str()), ("outcome", "Voirie"), ("reason", "Un lampadaire en panne sur la voie publique, avec une chute.")];
    samir.submit(&format!("{case}/judgement"), &judged).await?;
    let page = samir.page(&case).await?;
    let proposal = proposal_in(&page, &world.chosen.evaluation);
    shown(format!("the tool proposed: {}", proposal.as_deref().unwrap_or("nothing that the sheet knows")));
    holds(page.contains(PROPOSAL), "now he sees what the tool answered")?;
    act("What the model host received, and what it never knew:");
    let sent = page.split("<details").skip(1).find(|part| part.contains("PERSONNE_")).context("what was sent is not shown")?;
    let sent = super::browser::unescape(
        sent.split("<blockquote class=\"pre\">").nth(1).and_then(|rest| rest.split("</blockquote>").next()).unwrap_or_default(),
    );
    shown(last_message(&sent));
    let leaked: Vec<&str> = SECRETS.into_iter().filter(|secret| sent.contains(secret)).collect();
    holds(leaked.is_empty(), "no name, address, telephone, e-mail nor social security number left the town")?;
    act("He decides, with a reason that she will read.");
    let decided =
        [("outcome", "Voirie"), ("reason", "L’éclairage public relève du service voirie, qui intervient sous deux jours.")];
    samir.submit(&format!("{case}/decision"), &decided).await?;
    open("the case (Samir)", &format!("{}{case}", world.base));
    Ok(())
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> Option<String> {
    let value = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    Some(value.split('"').next()?.to_owned())
}

/// The digest of the study on the page where it is read: the signature is bound to it.
async fn read_to_sign(reader: &Browser) -> Result<String> {
    let page = reader.page(&at("study/rights/print")).await?;
    let digest = page.split("<dd class=\"mono\">").nth(1).and_then(|rest| rest.split('<').next());
    digest.map(str::to_owned).context("the study to sign shows no digest")
}

/// The end of what was sent: her request, after the instruction and its examples.
fn last_message(sent: &str) -> String {
    let from = sent.rfind("Bonjour, je m").unwrap_or_default();
    sent[from..].to_owned()
}

/// The department that the page shows as proposed.
fn proposal_in(page: &str, evaluation: &gouvernail_local_model::evaluation::Evaluation) -> Option<String> {
    let seen = page.split("id=\"seen\"").nth(1)?.split("</div>").next()?;
    let proposed = seen.split("<section").nth(2)?;
    let choices = evaluation.description.answer.choices.iter();
    choices.map(|choice| choice.label.clone()).find(|label| proposed.contains(label.as_str()))
}

/// What the resident holds: the address behind her code.
struct Citizen {
    browser: Browser,
    page: String,
}

async fn letter(world: &World<'_>, people: &People) -> Result<Citizen> {
    chapter(5, "L’habitante sait, et peut vérifier · The citizen knows, and can check");
    let letter = format!("/desk/cases/{CASE}/letter");
    let page = people.samir.page(&letter).await?;
    let code = code_in(&page).context("the letter shows no code")?;
    save(world, "letter.pdf", &people.samir.file(&format!("{letter}.pdf")).await?)?;
    save(world, "code", code.as_bytes())?;
    act(format!("A letter in plain words, with a telephone number and a code: {code}"));
    open("the letter", &format!("{}{letter}", world.base));
    shown(format!("as a PDF: {}", world.data.join("letter.pdf").display()));
    act("Nadia types the code as people do, without hyphens, in small letters.");
    let browser = Browser::new(world.base, world.client);
    let page = browser.submit("/d", &[("code", &code.replace('-', " ").to_lowercase())]).await?;
    let seen = browser.page(&page).await?;
    holds(seen.contains("Samir Benali"), "she reads what the tool did, what it did not, who decided and why")?;
    open("her page", &format!("{}{page}", world.base));
    let receipt = patiently("her receipt waits for the log and its witness", receipt(world, &browser, &page)).await?;
    save(world, "receipt.tlog-proof", &receipt)?;
    save(world, "receipt.tlog-proof.leaf", &browser.file(&format!("{page}/receipt.leaf")).await?)?;
    save(world, "receipt.json", &browser.file(&format!("{page}/receipt.json")).await?)?;
    act("Her receipt, verified offline with two public keys:");
    let keys = [world.data.join("log.vkey"), world.data.join("observatory/witness.vkey")];
    let keys = verify::keys(&keys.map(|key| key.display().to_string()))?;
    let checked = verify::receipt(&world.data.join("receipt.tlog-proof"), None, None, &keys)?;
    shown(checked.proof());
    holds(
        checked.kind() == Some("notice"),
        "it proves the very letter that she received: nobody can alter later what she was told",
    )?;
    shown("the same, on any machine:  gouvernail receipt verify receipt.tlog-proof --vkey log.vkey");
    Ok(Citizen { browser, page })
}

/// The receipt, once a witness has countersigned the checkpoint in it.
async fn receipt(world: &World<'_>, browser: &Browser, page: &str) -> Result<Vec<u8>> {
    let witness = fs::read_to_string(world.data.join("observatory/witness.vkey"))?;
    let signed = format!("— {} ", witness.split('+').next().unwrap_or_default());
    let address = format!("{page}/receipt.tlog-proof");
    for _ in 0..100 {
        if browser.status(&address).await?.is_success() {
            let receipt = browser.file(&address).await?;
            if String::from_utf8_lossy(&receipt).contains(&signed) {
                return Ok(receipt);
            }
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    bail!("no countersigned receipt within 20 s: see observatory.log and gouvernail.log")
}

/// A code as printed: three groups of four signs.
fn code_in(page: &str) -> Option<String> {
    let shown = page.split("class=\"code\">").nth(1)?.split('<').next()?;
    gouvernail_cases::code::normalise(shown).ok()
}

fn save(world: &World<'_>, name: &str, bytes: &[u8]) -> Result<()> {
    let path = world.data.join(name);
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

async fn second_look(world: &World<'_>, people: &People, citizen: &Citizen) -> Result<()> {
    chapter(6, "Un second regard · A second look");
    act("Nadia disagrees with the delay and asks another human being to look again.");
    let words = [("words", "Deux jours, c’est long : ma voisine est déjà tombée."), ("reach", "06 12 34 56 78")];
    let place = citizen.browser.submit(&format!("{}/contest", citizen.page), &words).await?;
    let received = citizen.browser.page(&place).await?;
    holds(received.contains("receipt.tlog-proof"), "she has a number, a due date and a receipt")?;
    open("her request", &format!("{}{place}", world.base));
    let id = place.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default();
    let answer = format!("/desk/cases/{CASE}/contestations/{id}/answer");
    let fields =
        [("outcome", "maintained"), ("reason", "Le service voirie reste compétent ; l’intervention est avancée à demain matin.")];
    people.samir.refused(&answer, &fields).await?;
    act("It reaches Inès: whoever decided may not answer (Samir tried).");
    people.ines.submit(&answer, &fields).await?;
    let page = citizen.browser.page(&citizen.page).await?;
    holds(page.contains("avancée à demain matin"), "Nadia reads the answer, with its reasons")
}

async fn stopped(world: &World<'_>, people: &People, app: &Application<'_>) -> Result<()> {
    chapter(7, "L’arrêt · The stop");
    act("The model is writing a long answer when Hélène presses the stop button.");
    app.declare(SECOND_CASE, "Une question très générale sur la commune.").await?;
    let mut stream = app.stream("Écris une longue présentation de la commune.", town::SAMIR.email, SECOND_CASE).await?;
    let first = patiently("the first words", async { Ok(stream.chunk().await?) }).await?;
    let mut said = first.map(|bytes| bytes.to_vec()).unwrap_or_default();
    let pressed = Instant::now();
    people.helene.submit(&at("stop"), &[("stop-reason", "Trop d’écarts relevés cette semaine.")]).await?;
    while let Some(bytes) = stream.chunk().await? {
        said.extend_from_slice(&bytes);
    }
    let said = String::from_utf8_lossy(&said);
    holds(
        said.contains("refused_by_mandate") && !said.contains("[DONE]"),
        &format!("the answer under way is cut {:.0} ms later, and says why", pressed.elapsed().as_secs_f64() * 1e3),
    )?;
    let (status, answer) = app.ask(REQUEST, town::SAMIR.email, Some(CASE)).await?;
    let stop = reasons(&answer).iter().find(|reason| reason["requirement"] == "stop-order");
    holds(status == 403 && stop.is_some(), "and every call is refused again")?;
    shown(stop.map(|reason| text(&reason["fr"])).unwrap_or_default());
    open("the council's page", &format!("{}/council", world.base));
    Ok(())
}

async fn observed(world: &World<'_>) -> Result<()> {
    chapter(8, "L’observatoire · The observatory");
    act("Another organisation follows the town's log, with its own key, and needs nobody's permission.");
    let followed = patiently("it reads every entry and redoes the counts", follow(world)).await?;
    let counts = &followed["counts"];
    shown(format!(
        "{} entries read, {} commitments, tallies recomputed: {}",
        followed["verified"]["size"], counts["commitments"], counts["tallies"]
    ));
    for check in followed["checks"].as_array().into_iter().flatten() {
        shown(format!("{}: {}", text(&check["what"]), text(&check["outcome"])));
    }
    holds(followed["outcome"] == "held", "verified and countersigned")?;
    open("what it found", world.observatory);
    act("The whole log, verified here too:");
    let key = verify::keys(&[world.data.join("log.vkey").display().to_string()])?;
    verify::log(world.data.join("log").display().to_string(), key, None).await
}

/// What the observatory says of the log, once it has read all that is published and recomputed a tally.
async fn follow(world: &World<'_>) -> Result<Value> {
    for _ in 0..150 {
        let overview: Value = world.client.get(format!("{}/observatory.json", world.observatory)).send().await?.json().await?;
        let log = &overview["logs"][0];
        let published = fs::read_to_string(world.data.join("log/checkpoint")).unwrap_or_default();
        let size = published.lines().nth(1).and_then(|line| line.parse::<u64>().ok());
        if size.is_some() && log["verified"]["size"].as_u64() == size && log["counts"]["tallies"].as_u64() > Some(0) {
            return Ok(log.clone());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    bail!("the observatory has not read the log within 30 s: see observatory.log")
}
