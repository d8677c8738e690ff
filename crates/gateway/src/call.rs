//! The road of one request, from the application to the model host and back.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use gouvernail_register::Call;
use gouvernail_store::{Correction, Intent, Outcome, OutcomeKind, Snapshot, StoreError};
use serde_json::json;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::Shared;
use crate::auth::{Caller, Claim, Presented, caller, case_reference};
use crate::ended::{Ended, Last, Reply, Stop};
use crate::endpoint::Endpoint;
use crate::error::GatewayError;
use crate::hide::{self, Masking};
use crate::hold::{Deadline, Hold};
use crate::hosts::Route;
use crate::impact::Impact;
use crate::meter::Meter;
use crate::owed::{insist, is_settled};
use crate::quotas::{Expected, Reservation};
use crate::record::{self, End, Words};
use crate::report::Report;
use crate::request::Request;
use crate::said::Said;
use crate::stopwatch::Step;
use crate::tokens::Tokens;
use crate::touched::{self, Touched};
use crate::trace::Trace;
use crate::traffic::Priority;
use crate::upstream::{self, Outgoing};

/// Identifier of the call, in every answer.
const CALL: HeaderName = HeaderName::from_static("x-gouvernail-call");
/// Seconds that a caller gives to a call.
const TIMEOUT: HeaderName = HeaderName::from_static("x-gouvernail-timeout");

/// What an application asks.
pub(crate) struct Asked {
    pub(crate) endpoint: Endpoint,
    pub(crate) presented: Presented,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Takes a call and waits for its answer. The call lives in a task of its own: a caller who leaves cancels it, and does not
/// stop it from being recorded.
pub(crate) async fn begin(gateway: Shared, asked: Asked) -> Response {
    let Some(flight) = gateway.flights.begin() else {
        let error = GatewayError::Stopping;
        gateway.measures.turned_away(Some(asked.endpoint), error.code());
        return error.into_response();
    };
    let (to, answer) = oneshot::channel();
    let id = gateway.ambient.id();
    let header = HeaderValue::from_str(&id);
    tokio::spawn(async move {
        let mut reply = Reply::new(to);
        let mut report = Report::begin(id, asked.endpoint, gateway.ambient.now());
        report.trace = gateway.traces.as_ref().map(|traces| traces.place(&asked.headers, &gateway.ambient));
        if let Err(error) = walk(&gateway, asked, &mut reply, &mut report).await {
            report.failed(&error);
            reply.send(error.into_response());
        }
        report.status = reply.status();
        gateway.measures.take(&report);
        report.tell_operator();
        if let Some(traces) = &gateway.traces {
            traces.give(report);
        }
        drop(flight);
    });
    let lost = |_| GatewayError::Unavailable("the call was lost inside the gateway".to_owned()).into_response();
    let mut response = answer.await.unwrap_or_else(lost);
    header.map(|id| response.headers_mut().insert(CALL, id)).ok();
    response
}

/// The seven steps.
async fn walk(gateway: &Shared, asked: Asked, reply: &mut Reply, report: &mut Report) -> Result<(), GatewayError> {
    let Asked { endpoint, presented, headers, body } = asked;
    // Subscribed to before the first look at the register: no change is missed.
    let changes = gateway.mandate.changes();
    gateway.owed.bearable()?;
    let deadline = deadline(&headers, gateway.config().deadline)?;
    let priority = Priority::of(endpoint, &headers);
    let mut request = Request::parse(endpoint, &headers, body).await?;
    let case = match case_reference(&headers) {
        Some(reference) => Some((touched::read(&gateway.store, &reference).await?, reference)),
        None => None,
    };
    if let Some((read, _)) = &case {
        gateway.masks.learn(read.erasures);
    }
    report.lap(Step::Read);

    // 1. Who calls?
    let now = gateway.ambient.now();
    let known = gateway.mandate.known(now)?;
    let user = request.user.take();
    let claim = Claim { endpoint, case: case.is_some(), headers: &headers, user: user.as_deref() };
    let caller = caller(&known.directory, &presented, &claim, &gateway.config().identities, now)?;
    report.system = Some(caller.system.clone());

    let touched = case.map(|(read, reference)| Touched::of(read, &reference, &caller.system)).transpose()?;
    report.lap(Step::Auth);

    // 2. May this happen, now?
    let call = Call {
        system: caller.system.clone(),
        model: asked_model(gateway, &known, &caller.system, &request.model).to_owned(),
        person: caller.person.clone(),
        case: touched.as_ref().map(|touched| touched.mode),
    };
    let permitted = gateway.permit(&known, &call, now);
    report.lap(Step::Mandate);
    if let Err(error) = permitted {
        let error = refused(gateway, &report.id, &caller, &call, &known, error).await;
        report.lap(Step::Outcome);
        return Err(error);
    }

    // 3. The model: the one that passed this system's evaluation, where the register says that it is.
    let route = Route::of(&known.register, &gateway.hosts(), &call.system, &call.model, request.endpoint)?;

    // 4. Hide personal data, as strictly as that host asks for.
    let Masking { mut request, touched, hidden, vault } = hide::hide(gateway, request, touched, now, route.strictness).await?;
    report.lap(Step::Hide);
    if touched.is_some() && hidden.unread > 0 && !route.takes_files {
        return Err(GatewayError::Unread { host: route.host });
    }
    let hide_usage = request.address(&route);
    let config = gateway.config();
    let expected = || Expected::of(&request, &route, &gateway.zones);
    let clock = (now, &config.time_zone);
    let reservation = Reservation::make(&config.quotas, (&call, &caller.key), &route, expected, clock)?;
    let (body, content_type) = request.written(gateway.ambient.bytes());
    report.goes_to(&route, &call.model, request.stream);
    report.lap(Step::Write);

    // 5. The intent, durable before a byte leaves.
    let mut intent = Intent {
        id: report.id.clone(),
        at: now,
        system: call.system.clone(),
        version: route.version.clone(),
        key: caller.key,
        person: call.person.clone(),
        model: call.model.clone(),
        host: route.host.clone(),
        case_id: touched.as_ref().map(|touched| touched.id.clone()),
        body: json!({
            "epoch": known.register.epoch,
            "endpoint": request.endpoint.as_str(),
            "stream": request.stream,
            "hidden": record::hidden(&hidden),
            "unread": hidden.unread,
            "let_go": record::counted(hidden.doubts.iter().map(|doubt| doubt.label)),
            "sent_sha256": record::sha256(&body),
        }),
    };
    let words = touched.as_ref().map_or_else(Words::default, |_| Words::of(&known.register, &call.system));
    drop(known);
    let model = std::mem::take(&mut request.model);
    let Request { stream, form, choices, .. } = request;
    let traced = report.trace.as_ref().filter(|_| gateway.traces.as_ref().is_some_and(|traces| traces.to_hosts));
    let traceparent = traced.map(Trace::for_host);
    let outgoing =
        Outgoing { endpoint, body, content_type, stream, vault, form, model, choices, hide_usage, traceparent, priority };
    // Erased with the case. Without one it is let go of here: an answer may last.
    if let Some(sent) = intent.case_id.is_some().then(move || request.into_asked()) {
        intent.body["sent"] = sent;
    }
    let intent = Arc::new(intent);
    let written = gateway.journal.reserve(Arc::clone(&intent), reservation.claims()).await;
    report.lap(Step::Intent);
    match written {
        Ok(()) => {}
        Err(StoreError::OverQuota(over)) => return Err(reservation.refused(&over, now, &config.time_zone)),
        Err(error @ StoreError::Unconfirmed(_)) => {
            let error = unrecorded(error);
            report.failed(&error);
            reply.send(error.into_response());
            withdraw(gateway, intent, &words).await;
            return Ok(());
        }
        Err(error) => return Err(unrecorded(error)),
    }

    // 6. Call, stream, restore, meter.
    let meter = Meter::start(&route, gateway.ambient.now());
    let mut hold = Hold::new(Arc::clone(gateway), presented.0, call, changes, deadline);
    let ended = match hold.ask() {
        Ok(()) => upstream::call(gateway, &route, outgoing, &mut hold, reply).await,
        // It lapsed while the intent was being written: nothing was sent.
        Err(error) => Ended { reached: false, ..Ended::early(Stop::Cut(error), Said::default(), None) },
    };
    report.waits = hold.waits();
    let attempts = hold.attempts;
    report.lap(Step::Upstream);
    drop(hold);
    let (at, tokens) = (gateway.ambient.now(), ended.said.tokens());
    let footprint = meter.stop(&route, tokens, &gateway.zones, at);

    // 7. The outcome, durable before the last byte.
    let Ended { kind, reached, why, said, last } = ended;
    // Half an answer concludes nothing.
    let settled = reservation.settled(reached, tokens, footprint.as_ref());
    let whole = (kind == OutcomeKind::Completed).then_some(&said);
    let proposal = whole.and_then(|said| said.proposal(&words.decisions)).map(str::to_owned);
    let end =
        End { at, kind, reached, attempts, why, output: said.text(), wordless: endpoint.wordless(), proposal, tokens, footprint };
    report.ended(kind, end.why.as_deref(), tokens, end.footprint.as_ref());
    let told = kind == OutcomeKind::Completed && config.usage_footprint;
    let impact = told.then(|| Impact::of(tokens, route.price, end.footprint.as_ref())).flatten();
    let last = match impact {
        Some(impact) => last.telling(&impact),
        None => last,
    };
    let outcome = record::outcome(&intent, end, &words, gateway.ambient.bytes());
    conclude(gateway, outcome, settled, last, reply, report).await;
    Ok(())
}

/// The model that a call asks for, by its name in the register: the system's own one for whatever name, where the operator
/// says so. What the rules are asked about is always the model that would answer.
fn asked_model<'a>(gateway: &Shared, known: &'a Snapshot, system: &str, name: &'a str) -> &'a str {
    if !gateway.config().any_model_name {
        return name;
    }
    let version = known.register.systems.get(system).and_then(|system| system.version.as_ref());
    version.map_or(name, |version| &version.model)
}

/// When the call must be over: as the operator says, or sooner when the caller asks for less.
fn deadline(headers: &HeaderMap, longest: Duration) -> Result<Deadline, GatewayError> {
    let given = match headers.get(TIMEOUT) {
        None => longest,
        Some(said) => {
            let seconds = said.to_str().ok().and_then(|said| said.trim().parse::<f64>().ok());
            let seconds = seconds.filter(|seconds| *seconds > 0.0 && seconds.is_finite());
            let message = "`X-Gouvernail-Timeout` must be a number of seconds above 0".to_owned();
            let seconds = seconds.ok_or(GatewayError::BadRequest { message, param: None })?;
            longest.min(Duration::try_from_secs_f64(seconds).unwrap_or(longest))
        }
    };
    Ok(Deadline { at: Instant::now() + given, given })
}

/// Records the end, then gives it; what is not recorded is not given.
async fn conclude(
    gateway: &Shared,
    outcome: Result<Outcome, StoreError>,
    settled: Arc<[Correction]>,
    last: Last,
    reply: &mut Reply,
    report: &mut Report,
) {
    let mut outcome = match outcome {
        Ok(outcome) => Arc::new(outcome),
        Err(error) => return withhold(last, error, reply, report).await,
    };
    let written = gateway.journal.settle(Arc::clone(&outcome), Arc::clone(&settled)).await;
    report.lap(Step::Outcome);
    let error = match written {
        Ok(()) => return last.give(reply).await,
        Err(error) => error,
    };
    let is_final = is_settled(&error);
    // When it may be recorded already, saying more would make it another outcome.
    if !matches!(error, StoreError::Unconfirmed(_)) {
        Arc::make_mut(&mut outcome).body["withheld"] = true.into();
    }
    withhold(last, error, reply, report).await;
    if !is_final {
        insist(gateway, &outcome.intent_id, || gateway.journal.settle(Arc::clone(&outcome), Arc::clone(&settled))).await;
    }
}

/// What is not recorded is not given: the caller reads that instead.
async fn withhold(last: Last, error: StoreError, reply: &mut Reply, report: &mut Report) {
    let error = unrecorded(error);
    report.failed(&error);
    last.withheld(error).give(reply).await;
}

/// A call whose intent may be recorded or not, and that was not made: the intent is recorded for sure, then that nothing was
/// sent. Otherwise the next start would take it for a call whose end nobody saw, and say so to the person concerned.
async fn withdraw(gateway: &Shared, intent: Arc<Intent>, words: &Words) {
    if !insist(gateway, &intent.id, || gateway.journal.intent(Arc::clone(&intent))).await {
        return;
    }
    let end = End {
        at: gateway.ambient.now(),
        kind: OutcomeKind::Cancelled,
        reached: false,
        attempts: 0,
        why: Some("the journal did not confirm the intent, so nothing was sent".to_owned()),
        output: String::new(),
        wordless: None,
        proposal: None,
        tokens: Tokens::default(),
        footprint: None,
    };
    match record::outcome(&intent, end, words, gateway.ambient.bytes()) {
        Ok(outcome) => {
            let outcome = Arc::new(outcome);
            insist(gateway, &intent.id, || gateway.journal.outcome(Arc::clone(&outcome))).await;
        }
        Err(error) => drop(unrecorded(error)),
    }
}

/// Records a refusal. One that cannot be recorded is still a refusal, in other words.
async fn refused(gateway: &Shared, id: &str, caller: &Caller, call: &Call, known: &Snapshot, error: GatewayError) -> GatewayError {
    let GatewayError::Refused(missing) = &error else { return error };
    let drawn = (id, gateway.ambient.now(), gateway.ambient.bytes());
    let written = match record::refusal(drawn, caller, call, &known.register, missing) {
        Ok(refusal) => gateway.journal.refuse(refusal).await,
        Err(error) => Err(error),
    };
    written.err().map_or(error, unrecorded)
}

/// The operator reads why; the caller reads what it means.
fn unrecorded(error: StoreError) -> GatewayError {
    // It was erased meanwhile.
    if matches!(error, StoreError::NotFound { what: "case", .. }) {
        return GatewayError::UnknownCase;
    }
    tracing::error!(%error, "a call was not recorded, so it is not answered");
    GatewayError::Unavailable("the journal cannot be written, and nothing is answered that is not recorded".to_owned())
}
