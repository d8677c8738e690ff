//! What is counted of the calls: by names of the register alone, and so that it adds up.

use std::time::Duration;

use axum::http::StatusCode;
use prometheus_client::encoding::text::encode;

use crate::dossier::{HOST, MODEL, ORIENTATION, REDACTION};
use crate::host::{pieces, speech};
use crate::world::{CASE, CITIZEN, REFERENCE, World, drain, message, streamed};

/// The metrics, once no call is in flight.
async fn scraped(world: &World) -> String {
    tokio::time::timeout(Duration::from_secs(20), world.gateway.drained()).await.expect("a call never ends");
    let mut text = String::new();
    encode(&mut text, &world.registry).unwrap();
    text
}

/// The value of the line that begins so.
fn value(text: &str, series: &str) -> f64 {
    let line = text.lines().find(|line| line.rsplit_once(' ').is_some_and(|(found, _)| found == series));
    line.unwrap_or_else(|| panic!("no {series} in:\n{text}")).rsplit_once(' ').unwrap().1.parse().unwrap()
}

#[tokio::test]
async fn each_call_is_counted_once_under_how_it_ended() {
    let world = World::new().await;
    world.host.echo();
    world.ask_on_case(&message(&format!("{CITIZEN} demande"))).send().await.unwrap().text().await.unwrap();
    world.host.streams(pieces(&speech(&["bon", "jour"])), Duration::ZERO);
    drain(world.ask(&streamed("bonjour")).send().await.unwrap()).await;
    world.host.status(StatusCode::INTERNAL_SERVER_ERROR, "{}");
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().status(), 502);
    assert_eq!(world.post("inconnue").json(&message("bonjour")).send().await.unwrap().status(), 401);
    assert_eq!(world.post(&world.redaction).body("{").send().await.unwrap().status(), 400);
    let mut other = message("bonjour");
    other["model"] = "modele-invente".into();
    assert_eq!(world.ask(&other).send().await.unwrap().status(), 403);
    world.stop(ORIENTATION).await;
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 403);

    let text = scraped(&world).await;
    let calls = |endpoint: &str, system: &str, outcome: &str| {
        value(&text, &format!("gouvernail_calls_total{{endpoint=\"{endpoint}\",system=\"{system}\",outcome=\"{outcome}\"}}"))
    };
    assert_eq!(calls("chat", ORIENTATION, "completed"), 1.0);
    assert_eq!(calls("chat", ORIENTATION, "refused_by_mandate"), 1.0);
    assert_eq!(calls("chat", REDACTION, "completed"), 1.0);
    assert_eq!(calls("chat", REDACTION, "upstream_error"), 1.0);
    assert_eq!(calls("chat", REDACTION, "refused_by_mandate"), 1.0);
    assert_eq!(calls("chat", "", "invalid_request"), 1.0);
    assert_eq!(calls("", "", "invalid_api_key"), 1.0);
    let refused = format!("gouvernail_refusals_total{{system=\"{ORIENTATION}\",requirement=\"stop-order\"}}");
    assert_eq!(value(&text, &refused), 1.0);
    for secret in ["modele-invente", "Lefèvre", "bonjour", REFERENCE, CASE, "agnes", "agent", &world.orientation] {
        assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{secret} in:\n{text}");
    }
}

#[tokio::test]
async fn what_the_host_did_is_measured_in_the_words_of_opentelemetry() {
    let world = World::new().await;
    world.host.streams(pieces(&speech(&["bon", "jour"])), Duration::from_millis(5));
    drain(world.ask(&streamed("bonjour")).send().await.unwrap()).await;
    world.host.status(StatusCode::INTERNAL_SERVER_ERROR, "{}");
    world.ask(&message("bonjour")).send().await.unwrap();
    let text = scraped(&world).await;
    let labels = |error: &str| {
        let (operation, host) = ("gen_ai_operation_name=\"chat\"", format!("gen_ai_provider_name=\"{HOST}\""));
        format!("{{{operation},{host},gen_ai_request_model=\"{MODEL}\",error_type=\"{error}\"}}")
    };
    let count = |name: &str, error: &str| value(&text, &format!("{name}_count{}", labels(error)));
    assert_eq!(count("gen_ai_client_operation_duration_seconds", ""), 1.0);
    assert_eq!(count("gen_ai_client_operation_duration_seconds", "upstream_error"), 1.0);
    assert_eq!(count("gen_ai_client_operation_time_to_first_chunk_seconds", ""), 1.0);
    for (kind, tokens) in [("input", 36.0), ("output", 7.0)] {
        let labels = labels("").replace("error_type=\"\"", &format!("gen_ai_token_type=\"{kind}\""));
        assert_eq!(value(&text, &format!("gen_ai_client_token_usage_sum{labels}")), tokens, "{kind}");
    }
    let energy =
        |bound: &str| value(&text, &format!("gouvernail_energy_watt_hours_total{{system=\"{REDACTION}\",bound=\"{bound}\"}}"));
    assert!(energy("low") > 0.0 && energy("high") >= energy("low"));
}

#[tokio::test]
async fn time_spent_at_the_host_is_not_ours() {
    let world = World::new().await;
    let gap = Duration::from_millis(40);
    let events = speech(&["un", "deux", "trois", "quatre"]);
    let least = gap.as_secs_f64() * (events.len() - 1) as f64;
    world.host.streams(pieces(&events), gap);
    drain(world.ask(&streamed("bonjour")).send().await.unwrap()).await;
    let text = scraped(&world).await;
    let ours = value(&text, "gouvernail_overhead_seconds_sum{endpoint=\"chat\",stream=\"true\"}");
    let steps = ["read", "auth", "mandate", "hide", "write", "intent", "upstream", "outcome"];
    let steps = steps.map(|step| value(&text, &format!("gouvernail_step_duration_seconds_sum{{step=\"{step}\"}}")));
    let (total, upstream): (f64, f64) = (steps.iter().sum(), steps[6]);
    assert!(upstream >= least, "the host takes at least {least} s, and {upstream} are counted");
    assert!(total - ours >= least, "{ours} s of {total} are ours: waiting for the host is counted in it");
    assert!(ours >= total - upstream, "{ours} s is less than the steps before and after the host: {steps:?}");
}
