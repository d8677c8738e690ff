//! Answers that say what they cost and took.

use std::time::Duration;

use gouvernail_gateway::{Access, Price};
use serde_json::{Value, json};

use crate::dossier::MODEL;
use crate::host::{completion, pieces, speech};
use crate::world::{Wish, World, call_of, message};

async fn world() -> World {
    let mut access = Access::default();
    access.prices.insert(MODEL.to_owned(), Price { input: 0.5, output: 2.0 });
    let mut wish = Wish::host(access);
    wish.config.usage_footprint = true;
    World::with(wish).await
}

/// Three significant digits of a range of the record.
fn range(range: &Value) -> Value {
    let rounded = |end: &str| format!("{:.2e}", range[end].as_f64().unwrap()).parse::<f64>().unwrap();
    json!({ "min": rounded("min"), "max": rounded("max") })
}

#[tokio::test]
async fn an_answer_says_what_its_record_says() {
    let world = world().await;
    world.host.json(&completion("bonjour", "qwen"));
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    let id = call_of(&response);
    let text = response.text().await.unwrap();
    let usage = serde_json::from_str::<Value>(&text).unwrap()["usage"].take();
    let (_, _, said) = world.ended(&id).await;
    assert_eq!(usage["cost"], json!((36.0 * 0.5 + 3.0 * 2.0) / 1e6));
    assert_eq!(usage["carbon"]["kWh"], range(&said["footprint"]["energy_kwh"]));
    assert_eq!(usage["carbon"]["kgCO2eq"], range(&said["footprint"]["total"]["gwp_kgco2eq"]));
    assert!(usage["carbon"]["kWh"]["min"].as_f64().unwrap() > 0.0);
    let (before, rest) = text.split_once(",\"cost\":").unwrap();
    let after = rest.split_once("}}").and_then(|(_, rest)| rest.split_once('}')).unwrap().1;
    let host = completion("bonjour", "qwen").replace("/models/qwen.gguf", MODEL);
    assert!(host.starts_with(before) && host.ends_with(after), "nothing else changed: {text}");
}

#[tokio::test]
async fn a_stream_says_it_to_who_asked_for_usage_and_to_nobody_else() {
    let world = world().await;
    world.host.streams(pieces(&speech(&["bon", "jour"])), Duration::ZERO);
    let mut body = message("bonjour");
    body["stream"] = true.into();
    let silent = world.ask(&body).send().await.unwrap().text().await.unwrap();
    assert!(!silent.contains("usage") && !silent.contains("carbon"), "{silent}");
    body["stream_options"] = json!({ "include_usage": true });
    let told = world.ask(&body).send().await.unwrap().text().await.unwrap();
    let counted = told.lines().filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok());
    let counted: Vec<Value> = counted.map(|mut chunk| chunk["usage"].take()).filter(|usage| !usage.is_null()).collect();
    assert_eq!(counted.len(), 1, "{told}");
    assert_eq!(counted[0]["cost"], json!((36.0 * 0.5 + 7.0 * 2.0) / 1e6));
    assert!(counted[0]["carbon"]["kgCO2eq"]["max"].as_f64().unwrap() >= counted[0]["carbon"]["kgCO2eq"]["min"].as_f64().unwrap());
    assert!(told.ends_with("data: [DONE]\n\n"));
}

#[tokio::test]
async fn who_counts_nothing_says_nothing() {
    let world = world().await;
    let odd = r#"{ "model":"petit" ,"choices":[{"index":0,"message":{"role":"assistant","content":"a"} }] , "n":1.500 }"#;
    world.host.json(odd);
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().text().await.unwrap(), odd);
}
