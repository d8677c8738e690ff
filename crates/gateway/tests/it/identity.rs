//! What a key opens, and whom it may speak for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gouvernail_gateway::SignedIdentity;
use gouvernail_store::{ApiKey, Scope, Scopes};
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::dossier::{ORIENTATION, REDACTION};
use crate::host::completion;
use crate::world::{REFERENCE, Wish, World, call_of, message};

const SECRET: &[u8; 32] = b"shared with the application only";
const TOKEN: &str = "x-openwebui-user-jwt";

/// The key of a system that opens these things only.
async fn key(world: &World, system: &str, scopes: &[Scope]) -> String {
    let (key, text) = ApiKey::mint(system, "bornée", None, &world.ambient);
    let key = ApiKey { scopes: Scopes::Only(scopes.iter().copied().collect()), ..key };
    world.store.create_api_key(&key).await.unwrap();
    world.live.refresh().await.unwrap();
    text
}

async fn answered(request: RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_key_opens_what_it_was_given_for_and_nothing_else() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    let chat = key(&world, REDACTION, &[Scope::Chat, Scope::Agents]).await;
    assert_eq!(answered(world.post(&chat).json(&message("bonjour"))).await.0, 200);
    for path in ["embeddings", "rerank"] {
        let body = json!({ "model": "qwen2.5-1.5b", "input": "a", "query": "a", "documents": ["a"] });
        let (status, error) =
            answered(world.client.post(format!("{}/v1/{path}", world.address)).bearer_auth(&chat).json(&body)).await;
        assert_eq!((status, &error["error"]["code"]), (403, &json!("insufficient_scope")), "{path}: {error}");
        assert!(error["error"]["message"].as_str().unwrap().contains(path));
    }
    let models = world.client.get(format!("{}/v1/models", world.address)).bearer_auth(&chat);
    assert_eq!(answered(models).await.0, 200, "the list of models is open to every key");

    let caseless = key(&world, ORIENTATION, &[Scope::Chat, Scope::Agents]).await;
    let (status, error) = answered(world.post(&caseless).header("x-gouvernail-case", REFERENCE).json(&message("bonjour"))).await;
    assert_eq!((status, &error["error"]["code"]), (403, &json!("insufficient_scope")));
    assert_eq!(world.host.received().len(), 1, "only what was open reached the host");
}

#[tokio::test]
async fn who_may_not_name_the_agent_names_nobody() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    let silent = key(&world, REDACTION, &[Scope::Chat]).await;
    let (status, error) = answered(world.post(&silent).json(&message("bonjour"))).await;
    assert_eq!((status, &error["error"]["code"]), (403, &json!("insufficient_scope")));
    let mut body = message("bonjour");
    body["user"] = json!("agnes@commune.example");
    let address = format!("{}/v1/chat/completions", world.address);
    let (status, error) = answered(world.client.post(address).bearer_auth(&silent).json(&body)).await;
    assert_eq!((status, &error["error"]["code"]), (403, &json!("refused_by_mandate")), "nobody certified is behind it");
    assert!(world.host.received().is_empty());
}

#[tokio::test]
async fn both_secrets_of_a_renewed_key_open_until_the_old_one_ends() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    let (key, old) = ApiKey::mint(REDACTION, "renouvelée", None, &world.ambient);
    world.store.create_api_key(&key).await.unwrap();
    let (renewed, new) = key.clone().renewed(world.ambient.now() + jiff::SignedDuration::from_secs(2), &world.ambient);
    assert!(world.store.renew_api_key(&renewed).await.unwrap());
    world.live.refresh().await.unwrap();
    for text in [&old, &new] {
        let answer = world.post(text).json(&message("bonjour")).send().await.unwrap();
        let call = world.ended(&call_of(&answer)).await.0;
        assert_eq!(call.intent.key, key.id, "records and quotas go on under one identifier");
    }
    world.pass(jiff::SignedDuration::from_secs(2));
    world.live.refresh().await.unwrap();
    assert_eq!(answered(world.post(&old).json(&message("bonjour"))).await.0, 401);
    assert_eq!(answered(world.post(&new).json(&message("bonjour"))).await.0, 200);
}

/// A world where the applications of one system sign who is behind a call.
async fn signing() -> World {
    let mut wish = Wish::default();
    wish.config.identities = vec![SignedIdentity {
        systems: vec![REDACTION.to_owned()],
        header: TOKEN.parse().unwrap(),
        issuer: "open-webui".to_owned(),
        claim: "email".to_owned(),
        secret: SECRET.to_vec(),
    }];
    let world = World::with(wish).await;
    world.host.json(&completion("bonjour", "qwen"));
    world
}

/// A token for `email`, good for five minutes from `from`, as Open WebUI makes it.
fn token(email: &str, from: i64, secret: &[u8]) -> String {
    let claims = json!({ "sub": "7", "email": email, "name": "É. L.", "role": "user", "iss": "open-webui", "iat": from,
        "exp": from + 300 });
    let [header, claims] = [json!({ "alg": "HS256", "typ": "JWT" }), claims].map(|p| URL_SAFE_NO_PAD.encode(p.to_string()));
    let signed = format!("{header}.{claims}");
    let tag = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret), signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag))
}

#[tokio::test]
async fn an_application_that_signs_is_believed_for_its_signature_alone() {
    let world = signing().await;
    let now = world.ambient.now().as_second();
    let address = format!("{}/v1/chat/completions", world.address);
    let asked = || world.client.post(&address).bearer_auth(&world.redaction).json(&message("bonjour"));
    let answer = asked().header(TOKEN, token("agnes@commune.example", now, SECRET)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let call = world.ended(&call_of(&answer)).await.0;
    assert_eq!(call.intent.person.as_deref(), Some("agent"));
    let sent = world.host.only();
    assert!(!format!("{:?}", sent.headers).contains("openwebui"), "no model host learns who is behind a call");

    // The header that anybody may write counts for nothing beside it, or without it.
    let signed = token("absent@commune.example", now, SECRET);
    for request in [asked(), asked().header(TOKEN, signed)] {
        let (status, error) = answered(request.header("x-gouvernail-agent", "agnes@commune.example")).await;
        assert_eq!((status, &error["error"]["code"]), (403, &json!("refused_by_mandate")));
    }
    for wrong in [token("agnes@commune.example", now - 3600, SECRET), token("agnes@commune.example", now, &[1; 32]), "a.b.c".into()]
    {
        let (status, error) = answered(asked().header(TOKEN, wrong)).await;
        assert_eq!((status, &error["error"]["code"]), (401, &json!("invalid_identity")), "{error}");
    }
    assert_eq!(world.host.received().len(), 1);
}
