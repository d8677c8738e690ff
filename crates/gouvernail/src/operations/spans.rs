//! A call as spans, in the JSON of the OpenTelemetry protocol (OTLP 1.x, `ExportTraceServiceRequest`), with the semantic
//! conventions for HTTP and for generative AI. Never a text, a person, a key or a case.

use std::time::Duration;

use gouvernail_gateway::{Lap, Report, Step, Trace};
use gouvernail_store::Ambient;
use serde_json::{Value, json};

/// Kinds of a span.
const INTERNAL: u8 = 1;
const SERVER: u8 = 2;
const CLIENT: u8 = 3;
/// Status of a span that failed.
const FAILED: u8 = 2;

/// What a collector is sent for these calls.
pub fn request(reports: &[Report], ambient: &Ambient) -> Value {
    let spans: Vec<Value> = reports.iter().flat_map(|report| spans(report, ambient)).collect();
    let resource = attributes([text("service.name", "gouvernail"), text("service.version", env!("CARGO_PKG_VERSION"))]);
    let scope = json!({ "name": "gouvernail", "version": env!("CARGO_PKG_VERSION") });
    json!({ "resourceSpans": [{
        "resource": { "attributes": resource },
        "scopeSpans": [{ "scope": scope, "spans": spans }],
    }] })
}

/// The span of the call, and one for each step below it.
fn spans(report: &Report, ambient: &Ambient) -> Vec<Value> {
    let Some(trace) = &report.trace else { return Vec::new() };
    let step = |lap: &Lap| match lap.step {
        Step::Upstream => upstream(report, trace, lap),
        other => span(trace, (ambient.bytes(), Some(trace.call)), (other.as_str(), INTERNAL), times(report, lap)),
    };
    std::iter::once(call(report, trace)).chain(report.laps().iter().map(step)).collect()
}

fn call(report: &Report, trace: &Trace) -> Value {
    let route = format!("/v1{}", report.endpoint.path());
    let whole = (Duration::ZERO, report.total());
    let mut span = span(trace, (trace.call, trace.parent), (&format!("POST {route}"), SERVER), at(report, whole));
    let status = report.status.map(|status| status.as_u16());
    span["attributes"] = attributes([
        text("http.request.method", "POST"),
        text("http.route", &route),
        number("http.response.status_code", status.map(u64::from)),
        text("gouvernail.call.id", &report.id),
        report.system.as_deref().and_then(|system| text("gouvernail.system.id", system)),
        text("gouvernail.call.outcome", report.end()),
        report.error().and_then(|error| text("error.type", error)),
    ]);
    if status.is_none_or(|status| status >= 500) {
        span["status"] = json!({ "code": FAILED });
    }
    span
}

/// What the host did: the operation of the conventions for generative AI.
fn upstream(report: &Report, trace: &Trace, lap: &Lap) -> Value {
    let (operation, target) = (report.endpoint.operation(), report.target.as_ref());
    let model = target.map_or("", |target| target.model.as_str());
    let name = format!("{operation} {model}");
    let mut span = span(trace, (trace.upstream, Some(trace.call)), (&name, CLIENT), times(report, lap));
    span["attributes"] = attributes([
        text("gen_ai.operation.name", operation),
        target.and_then(|target| text("gen_ai.provider.name", &target.host)),
        text("gen_ai.request.model", model),
        number("gen_ai.usage.input_tokens", report.input_tokens),
        number("gen_ai.usage.output_tokens", report.output_tokens),
        report.error().and_then(|error| text("error.type", error)),
    ]);
    if report.error().is_some() {
        span["status"] = json!({ "code": FAILED });
    }
    span
}

fn span(
    trace: &Trace,
    (id, parent): ([u8; 8], Option<[u8; 8]>),
    (name, kind): (&str, u8),
    (start, end): (String, String),
) -> Value {
    json!({
        "traceId": hex::encode(trace.id),
        "spanId": hex::encode(id),
        "parentSpanId": parent.map(hex::encode).unwrap_or_default(),
        "name": name,
        "kind": kind,
        "startTimeUnixNano": start,
        "endTimeUnixNano": end,
    })
}

fn times(report: &Report, lap: &Lap) -> (String, String) {
    at(report, (lap.from, lap.from + lap.took))
}

/// Nanoseconds since 1970, as strings: JSON has no 64-bit integers.
fn at(report: &Report, (from, to): (Duration, Duration)) -> (String, String) {
    let began = report.began.as_nanosecond();
    let nanoseconds = |after: Duration| (began + i128::try_from(after.as_nanos()).unwrap_or_default()).to_string();
    (nanoseconds(from), nanoseconds(to))
}

fn attributes<const N: usize>(all: [Option<Value>; N]) -> Value {
    all.into_iter().flatten().collect()
}

fn text(key: &str, value: &str) -> Option<Value> {
    Some(json!({ "key": key, "value": { "stringValue": value } }))
}

fn number(key: &str, value: Option<u64>) -> Option<Value> {
    value.map(|value| json!({ "key": key, "value": { "intValue": value.to_string() } }))
}
