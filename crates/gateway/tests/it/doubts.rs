//! Names that no case knows are hidden; what may be personal is hidden, or the caller is asked, as the host's settings say.

use gouvernail_gateway::{Access, Strictness};
use gouvernail_privacy::{Language, Lists};
use serde_json::{Value, json};

use crate::dossier::HOST;
use crate::world::{Wish, World, call_of, message};

/// A date about nothing is in doubt: it may be that of a birth.
const DATE: &str = "12/04/1931";
const TEXT: &str = "Au dos, 12/04/1931. Sur la boîte, 13/05/1932.";

fn lists() -> Language {
    let lists = Lists {
        first_names: "Jean\nMarie\nAïcha\n".as_bytes(),
        surnames: "Dupont\nBenali\n".as_bytes(),
        words: "le\t3000000\ndossier\t60000\n".as_bytes(),
        communes: "Rennes\t35000\n".as_bytes(),
    };
    Language::new(lists, None).unwrap()
}

async fn world(hide_from: f32, ask_from: f32) -> World {
    let access = Access { strictness: Some(Strictness { hide_from, ask_from }), ..Access::default() };
    let wish = Wish { hosts: [(HOST.to_owned(), access)].into(), language: lists(), ..Wish::default() };
    let world = World::with(wish).await;
    world.host.echo();
    world
}

/// Says what it may of the passages.
fn said(text: &str, gouvernail: &Value) -> Value {
    let mut body = message(text);
    body["gouvernail"] = gouvernail.clone();
    body
}

async fn refused(world: &World, body: &Value) -> Value {
    let response = world.ask(body).send().await.unwrap();
    assert_eq!(response.status(), 422);
    response.json::<Value>().await.unwrap()["error"].take()
}

#[tokio::test]
async fn a_name_that_no_case_knows_is_hidden_and_comes_back() {
    let world = world(0.5, 0.5).await;
    let text = "Mme BENALI Aïcha est venue avec Jean Dupont, de Rennes.";
    for request in [world.ask(&message(text)), world.ask_on_case(&message(text))] {
        let answer = request.send().await.unwrap().json::<Value>().await.unwrap();
        assert_eq!(answer["choices"][0]["message"]["content"], text);
    }
    for received in world.host.received() {
        let sent = received.text();
        assert!(!sent.contains("BENALI") && !sent.contains("Dupont") && sent.contains("Rennes"), "{sent}");
    }
}

#[tokio::test]
async fn without_lists_all_that_is_in_doubt_is_hidden() {
    let access = Access { strictness: Some(Strictness { hide_from: 0.9, ask_from: 0.9 }), ..Access::default() };
    let world = World::with(Wish::host(access)).await;
    world.host.echo();
    assert_eq!(world.ask(&message(TEXT)).send().await.unwrap().status(), 200);
    assert!(!world.host.only().text().contains(DATE), "{}", world.host.only().text());
}

#[tokio::test]
async fn a_host_that_nobody_said_anything_of_receives_nothing_in_doubt() {
    let world = World::with(Wish { language: lists(), ..Wish::default() }).await;
    world.host.echo();
    let answer = world.ask(&message(TEXT)).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(answer["choices"][0]["message"]["content"], TEXT);
    assert!(!world.host.only().text().contains("1931"), "{}", world.host.only().text());
}

#[tokio::test]
async fn what_is_in_doubt_is_not_sent_and_is_given_back() {
    let world = world(0.9, 0.3).await;
    let error = refused(&world, &message(TEXT)).await;
    assert_eq!(error["code"], "personal_data_doubtful");
    assert_eq!(error["param"], "gouvernail");
    let doubts = error["doubts"].as_array().unwrap();
    assert_eq!(doubts.len(), 2, "{error}");
    assert_eq!(doubts[0]["text"], DATE);
    assert_eq!(doubts[0]["pointer"], "/messages/0/content");
    let (start, end) = (doubts[0]["start"].as_u64().unwrap() as usize, doubts[0]["end"].as_u64().unwrap() as usize);
    assert_eq!(TEXT.chars().skip(start).take(end - start).collect::<String>(), DATE);
    assert!(doubts[0]["score"].as_f64().unwrap() < 0.9);
    assert!(world.host.received().is_empty());
}

#[tokio::test]
async fn each_passage_is_answered_for_and_the_answer_stays_here() {
    let world = world(0.9, 0.3).await;
    let half = refused(&world, &said(TEXT, &json!({ "send": [DATE] }))).await;
    assert_eq!(half["doubts"].as_array().unwrap().len(), 1, "only what is still open: {half}");

    let response = world.ask(&said(TEXT, &json!({ "send": [DATE], "mask": ["13/05/1932"] }))).send().await.unwrap();
    let id = call_of(&response);
    assert_eq!(response.json::<Value>().await.unwrap()["choices"][0]["message"]["content"], TEXT);
    let received = world.host.only();
    assert!(received.text().contains(DATE) && !received.text().contains("1932"), "{}", received.text());
    assert!(received.json().get("gouvernail").is_none());
    let (call, _, _) = world.ended(&id).await;
    assert_eq!(call.intent.body["let_go"].as_object().unwrap().values().collect::<Vec<_>>(), [1], "{}", call.intent.body);
    assert!(!call.intent.body.to_string().contains("1931"));
}

#[tokio::test]
async fn all_doubts_can_be_hidden_at_once_and_what_is_sure_cannot_be_let_go() {
    let world = world(0.9, 0.3).await;
    let text = format!("{TEXT} Écrire à zoe@exemple.fr.");
    let body = said(&text, &json!({ "mask_doubts": true, "send": ["zoe@exemple.fr"] }));
    let answer = world.ask(&body).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(answer["choices"][0]["message"]["content"], text);
    let sent = world.host.only().text().to_owned();
    assert!(!sent.contains("193") && !sent.contains("zoe@"), "{sent}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_a_mistake_and_nothing_leaves() {
    let world = world(0.9, 0.3).await;
    let response = world.ask(&said(TEXT, &json!({ "send": "tout" }))).send().await.unwrap();
    assert_eq!(response.status(), 400);
    assert!(response.text().await.unwrap().contains("`gouvernail`"));
    assert!(world.host.received().is_empty());
}
