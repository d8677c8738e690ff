//! OpenAI's clients, unchanged but for their address and key, see an ordinary OpenAI: the same scenarios in Python and in Node.
//! `docs/conformance.md` says what they are.

mod clients;
mod model_host;

use std::sync::Arc;

use gouvernail_gateway::{Period, Quota, Unit, Whose};
use gouvernail_register::Event;
use gouvernail_store::OutcomeKind;

use crate::dossier::{AGENT, MODEL, REDACTION};
use crate::world::{Wish, World};
use clients::Client;

/// Set to `required`, as `make test` does, a client that cannot be installed is a failure and not a reason to skip.
const REQUIRED: &str = "GOUVERNAIL_TEST_CLIENTS";

/// Scenarios that leave no trace but their calls, and what each client prints.
const ORDINARY: [(&str, &str); 14] = [
    ("whole", "petit: bonjour (39)"),
    ("several", "un / deux"),
    ("streamed", "bon|jour stop"),
    ("usage", "36 7, 0 choices"),
    ("tools", "tool_calls orienter {\"service\":\"voirie\"} -> fait"),
    ("tools_streamed", "orienter voirie"),
    ("embeddings", "0.5 -1 0.5 -1"),
    ("responses", "completed bonjour"),
    ("responses_streamed", "bon|jour response.completed 9"),
    ("transcription", "bonjour"),
    ("models", "petit model"),
    ("call_identifier", "36"),
    (
        "errors",
        "AuthenticationError 401 invalid_api_key, NotFoundError 404 model_not_found, \
         PermissionDeniedError 403 refused_by_mandate, BadRequestError 400 invalid_request, BadRequestError 400 context_length_exceeded, InternalServerError 502 upstream_error",
    ),
    ("retried", "bonjour"),
];

/// Plays a scenario without keeping the gateway waiting.
async fn play(client: &Arc<Client>, world: &World, scenario: &'static str) -> String {
    let (client, base, key) = (Arc::clone(client), world.address.clone(), world.redaction.clone());
    tokio::task::spawn_blocking(move || client.play(scenario, &base, &key)).await.unwrap()
}

/// How many calls were cancelled, once the end of each is recorded.
async fn cancelled(world: &World) -> usize {
    let mut count = 0;
    for call in world.store.recent_calls(500).await.unwrap() {
        count += usize::from(world.ended(&call.intent.id).await.1 == OutcomeKind::Cancelled);
    }
    count
}

async fn conforms(name: &str, client: fn() -> Result<Client, String>) {
    assert_eq!(MODEL, "petit");
    let client = match tokio::task::spawn_blocking(client).await.unwrap() {
        Ok(client) => Arc::new(client),
        Err(reason) => {
            let why = reason.lines().last().unwrap_or_default();
            assert_ne!(std::env::var(REQUIRED).as_deref(), Ok("required"), "the openai client of {name} cannot be had here: {why}");
            println!("skipped: the openai client of {name} cannot be had here: {why}");
            return;
        }
    };
    let mut wish = Wish::default();
    wish.config.usage_footprint = true;
    let world = World::with(wish).await;
    model_host::play(&world.host);
    for (scenario, expected) in ORDINARY {
        assert_eq!(play(&client, &world, scenario).await, expected, "{name}, {scenario}");
    }

    let before = world.host.received().len();
    let slow = play(&client, &world, "too_slow").await;
    assert!(slow.contains("Timeout"), "{name}: {slow}");
    assert_eq!(cancelled(&world).await, 1, "{name}: nobody waits any more");
    assert_eq!(play(&client, &world, "left").await, "goutte", "{name}");
    world.host.wait_over(before + 2).await;
    assert_eq!(cancelled(&world).await, 2, "{name}: the host's stream is cut and accounted");

    let sent = world.host.received().len();
    over_quota(&client, &world, name).await;
    world.record(Event::AuthorisationEnded { system: REDACTION.into(), reason: "Fin d’essai".into() }).await;
    let refused = play(&client, &world, "refused").await;
    assert!(refused.starts_with("PermissionDeniedError refused_by_mandate authorisation https://"), "{name}: {refused}");
    assert_eq!(world.host.received().len(), sent, "{name}: nothing left");
    world.gateway.close();
    assert_eq!(play(&client, &world, "stopping").await, "InternalServerError 503 stopping", "{name}");
    assert_eq!(world.host.received().len(), sent, "{name}: nothing left");
    let recorded = world.store.recent_calls(500).await.unwrap();
    assert!(recorded.iter().all(|call| call.intent.person.as_deref() == Some(AGENT)), "{name}: every call has its person");
    assert!(recorded.iter().all(|call| call.outcome.is_some()), "{name}: every call has its end");
}

/// A client that would try a 429 again is told that it would be in vain.
async fn over_quota(client: &Arc<Client>, world: &World, name: &str) {
    let quota = Quota { of: Whose::System(REDACTION.into()), unit: Unit::Requests, limit: 0, per: Period::Month };
    let usual = Wish::default().config;
    let config = gouvernail_gateway::Config { quotas: vec![quota], ..usual.clone() };
    let hosts = world.gateway.hosts().as_ref().clone();
    world.gateway.reload(config, hosts.clone());
    assert_eq!(play(client, world, "over_quota").await, "RateLimitError 429 quota_exceeded", "{name}");
    world.gateway.reload(usual, hosts);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_python_client_sees_an_ordinary_openai() {
    conforms("Python", Client::python).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_node_client_sees_an_ordinary_openai() {
    conforms("Node", Client::node).await;
}
