//! The edges: keys, addresses, methods, bodies.

use reqwest::Method;
use serde_json::{Value, json};

use crate::dossier::MODEL;
use crate::world::{Wish, World, message};

const PATHS: [&str; 8] =
    ["/v1/chat/completions", "/v1/models", "/v1", "/v1/", "/v1/files", "/v1/chat/completions/x", "/v1/chat", "/v1/audio/speech"];

#[tokio::test]
async fn every_route_asks_for_a_key() {
    let world = World::new().await;
    let secret = world.redaction.clone();
    for path in PATHS {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::HEAD, Method::OPTIONS] {
            for header in [
                None,
                Some("Bearer gvn-x-y".to_owned()),
                Some(format!("Bearer {secret}0")),
                Some(secret.clone()),
                Some(format!("Basic {secret}")),
            ] {
                let mut request =
                    world.client.request(method.clone(), format!("{}{path}", world.address)).json(&message("bonjour"));
                if let Some(header) = &header {
                    request = request.header("authorization", header);
                }
                let response = request.send().await.unwrap();
                assert_eq!(response.status(), 401, "{method} {path} {header:?}");
                if method != Method::HEAD {
                    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "invalid_api_key");
                }
            }
        }
    }
    assert!(world.host.received().is_empty());
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_shape_that_clients_know() {
    let world = World::new().await;
    let send = |method: Method, path: &str| {
        world.client.request(method, format!("{}{path}", world.address)).bearer_auth(&world.redaction).send()
    };
    for path in &PATHS[2..] {
        let response = send(Method::POST, path).await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "unknown_url");
    }
    for (method, path, allowed) in [(Method::GET, PATHS[0], "POST"), (Method::DELETE, PATHS[1], "GET")] {
        let response = send(method, path).await.unwrap();
        assert_eq!((response.status().as_u16(), response.headers()["allow"].to_str().unwrap()), (405, allowed));
        assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "method_not_allowed");
    }
}

#[tokio::test]
async fn a_key_sees_the_model_of_its_system() {
    let world = World::new().await;
    let list = world.client.get(format!("{}/v1/models", world.address)).bearer_auth(&world.redaction).send().await.unwrap();
    let list = list.json::<Value>().await.unwrap();
    assert_eq!(list["object"], "list");
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&list["data"][0]["id"], &list["data"][0]["object"], &list["data"][0]["owned_by"]),
        (&json!(MODEL), &json!("model"), &json!("hote"))
    );
}

#[tokio::test]
async fn a_bad_body_is_named_and_nothing_of_it_leaves() {
    let mut wish = Wish::default();
    wish.config.max_body = 200;
    let world = World::with(wish).await;
    world.host.echo();
    let send = |body: String| world.post(&world.redaction).body(body).send();
    let response = send("{\n \"model\": }".into()).await.unwrap();
    assert_eq!(response.status(), 400);
    let message = response.json::<Value>().await.unwrap()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("line 2 column 11"), "{message}");
    let response = send(json!({ "messages": [] }).to_string()).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), response.json::<Value>().await.unwrap()["error"]["param"].take()),
        (400, json!("model"))
    );
    let response = send(" ".repeat(201)).await.unwrap();
    assert_eq!(response.status(), 413);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "body_too_large");
    assert!(world.host.received().is_empty());
    assert_eq!(world.commitments().await, 0);
}
