//! The call itself: to the host, under the eye of the mandate, as long as the caller is there.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use bytes::{Bytes, BytesMut};
use gouvernail_privacy::{AnswerForm, Vault};
use gouvernail_store::OutcomeKind;
use tokio::time::{Instant, sleep, timeout};

use crate::Shared;
use crate::ended::{Ended, Last, Reply, Stop};
use crate::endpoint::Endpoint;
use crate::error::GatewayError;
use crate::hold::Hold;
use crate::hosts::Route;
use crate::mandate::lock;
use crate::said::Said;
use crate::trace::TRACEPARENT;
use crate::traffic::{Failure, Full, Lane, Priority, wait};
use crate::{answer, stream};

/// Most bytes of an error that are read; hosts write lines, not books.
const LONGEST_ERROR: usize = 1 << 20;
/// Headers of the host that the caller may see.
const PASSED: [HeaderName; 3] = [CONTENT_TYPE, RETRY_AFTER, HeaderName::from_static("x-request-id")];
/// The host refuses the key that Gouvernail itself presents: not the caller's affair, and not theirs to read.
const OURS: [StatusCode; 3] = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::PROXY_AUTHENTICATION_REQUIRED];

/// What a call brings with it.
pub(crate) struct Outgoing {
    pub(crate) endpoint: Endpoint,
    /// The body, masked.
    pub(crate) body: Bytes,
    /// What it is written in.
    pub(crate) content_type: String,
    pub(crate) stream: bool,
    /// Undoes the masking.
    pub(crate) vault: Vault,
    pub(crate) form: AnswerForm,
    /// The caller's name of the model.
    pub(crate) model: String,
    pub(crate) choices: usize,
    /// Whether the chunk of usage was asked for by us alone.
    pub(crate) hide_usage: bool,
    pub(crate) priority: Priority,
    /// What the host is told of the trace.
    pub(crate) traceparent: Option<String>,
}

impl Outgoing {
    fn accept(&self) -> &'static str {
        match self.endpoint {
            _ if self.stream => "text/event-stream",
            // In whatever form was asked for.
            Endpoint::Transcriptions => "*/*",
            _ => "application/json",
        }
    }
}

/// Makes the call and relays its answer; the last of it is in what is returned, to be given once the end is recorded.
pub(crate) async fn call(gateway: &Shared, route: &Route, outgoing: Outgoing, hold: &mut Hold, reply: &mut Reply) -> Ended {
    let lane = gateway.traffic.lane(&route.host);
    let policy = &route.traffic;
    let turn = lane.turns.enter(outgoing.priority, policy.concurrent, policy.waiting);
    // Held to the end of the answer: a stream is a call of its host until then.
    let _turn = match unless(hold, reply, turn).await {
        Ok(Ok(turn)) => turn,
        Ok(Err(Full)) => return unsent(Stop::Held(GatewayError::HostBusy { host: route.host.clone() })),
        Err(stop) => return unsent(stop),
    };
    let mut sent = false;
    match attempts(gateway, route, &outgoing, &lane, (hold, reply), &mut sent).await {
        Ok(response) => relay(gateway, response, outgoing, hold, reply).await,
        Err(stop) => {
            let ended = Ended::early(stop, Said::default(), None);
            // What an earlier attempt sent was sent.
            Ended { reached: sent, ..ended }
        }
    }
}

/// Calls the host until it gives an answer to go on with: one that could not be made, or that says "not now", is made again
/// while there is time. The mandate is watched in between.
async fn attempts(
    gateway: &Shared,
    route: &Route,
    outgoing: &Outgoing,
    lane: &Lane,
    (hold, reply): (&mut Hold, &mut Reply),
    sent: &mut bool,
) -> Result<reqwest::Response, Stop> {
    let (policy, patience) = (&route.traffic, gateway.config().upstream_timeout);
    loop {
        lock(&lane.breaker).pass(policy, Instant::now()).map_err(|left| {
            let seconds = left.as_secs() + 1;
            Stop::Held(GatewayError::HostDown { host: route.host.clone(), seconds })
        })?;
        hold.attempts += 1;
        let answer = watched(hold, reply.left(), patience, request(gateway, route, lane, outgoing).send()).await;
        *sent |= !matches!(answer, Err(Stop::Unreached(_)));
        let failure = match &answer {
            Ok(response) => Failure::of(response),
            Err(Stop::Unreached(_) | Stop::Broken(_)) => Some(Failure::BROKEN),
            Err(_) => None,
        };
        match (&answer, failure) {
            (_, Some(failure)) if failure.counts => lock(&lane.breaker).failed(policy, Instant::now()),
            (Err(Stop::Silent(_)), _) => lock(&lane.breaker).failed(policy, Instant::now()),
            (Ok(response), _) if response.status() == StatusCode::INTERNAL_SERVER_ERROR => {
                lock(&lane.breaker).failed(policy, Instant::now());
            }
            (Ok(_), _) => lock(&lane.breaker).answered(),
            // The caller left, or the mandate lapsed: it says nothing of the host.
            (Err(_), _) => {}
        }
        let [drawn] = gateway.ambient.bytes();
        let Some(pause) = failure.and_then(|failure| wait(failure, hold.attempts, policy.attempts, hold.left(), drawn)) else {
            return answer;
        };
        drop(answer);
        unless(hold, reply, sleep(pause)).await?;
    }
}

/// One request to the host.
fn request(gateway: &Shared, route: &Route, lane: &Lane, outgoing: &Outgoing) -> reqwest::RequestBuilder {
    let request = match lane.address(&route.url) {
        Some(address) => gateway.client.post(address),
        // It fails when it is sent, and says why.
        None => gateway.client.post(&route.url),
    };
    let mut request = request.header(CONTENT_TYPE, &outgoing.content_type).body(outgoing.body.clone());
    request = request.header(ACCEPT, outgoing.accept());
    if let Some(traceparent) = &outgoing.traceparent {
        request = request.header(TRACEPARENT, traceparent);
    }
    match &route.api_key {
        Some(key) => request.bearer_auth(key),
        None => request,
    }
}

/// A call of which nothing left.
fn unsent(stop: Stop) -> Ended {
    Ended { reached: false, ..Ended::early(stop, Said::default(), None) }
}

/// Waits, as long as the mandate holds and the caller is there.
async fn unless<T>(hold: &mut Hold, reply: &mut Reply, work: impl Future<Output = T>) -> Result<T, Stop> {
    tokio::select! {
        biased;
        error = hold.lost() => Err(Stop::Cut(error)),
        () = reply.left() => Err(Stop::Left),
        done = work => Ok(done),
    }
}

/// Relays what the host answered.
async fn relay(gateway: &Shared, response: reqwest::Response, outgoing: Outgoing, hold: &mut Hold, reply: &mut Reply) -> Ended {
    let patience = gateway.config().upstream_timeout;
    let status = response.status();
    if status.is_success() && outgoing.stream && is_stream(&response) {
        return stream::relay(gateway, response, outgoing, hold, reply).await;
    }
    let limit = if status.is_success() { gateway.config().max_answer } else { LONGEST_ERROR };
    let headers = response.headers().clone();
    let ended = match whole(response, limit, patience, hold, reply).await {
        Err(stop) => Err(stop),
        Ok(bytes) if status.is_success() => answer::completed(bytes, is_json(&headers), &outgoing),
        Ok(_) if OURS.contains(&status) => Err(Stop::Broken(format!("it refuses Gouvernail's own key (HTTP {})", status.as_u16()))),
        Ok(bytes) if status.is_client_error() => Ok(declined(status, &bytes, &outgoing)),
        Ok(_) => Err(Stop::Broken(format!("it answered HTTP {}", status.as_u16()))),
    };
    match ended {
        Ok(mut ended) => {
            let given = match &mut ended.last {
                Last::Answer(response) => Some(response.headers_mut()),
                Last::Whole(headers, _) => Some(headers),
                Last::Close(..) | Last::Nothing => None,
            };
            if let Some(given) = given {
                PASSED.iter().for_each(|name| {
                    headers.get(name).map(|value| given.insert(name, value.clone()));
                });
            }
            ended
        }
        Err(stop) => Ended::early(stop, Said::default(), None),
    }
}

/// The host declines the request: the caller reads why, in clear.
fn declined(status: StatusCode, bytes: &[u8], outgoing: &Outgoing) -> Ended {
    let text = String::from_utf8_lossy(bytes);
    let restored = answer::restored_json_text(&text, &outgoing.vault);
    let response = (status, Body::from(restored)).into_response();
    let why = Some(format!("the host declined (HTTP {})", status.as_u16()));
    Ended { kind: OutcomeKind::UpstreamError, reached: true, why, said: Said::default(), last: Last::Answer(response) }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"application/json"))
}

fn is_stream(response: &reqwest::Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

/// The whole body, if it has at most `limit` bytes.
async fn whole(
    mut response: reqwest::Response,
    limit: usize,
    patience: Duration,
    hold: &mut Hold,
    reply: &mut Reply,
) -> Result<Bytes, Stop> {
    let mut whole = BytesMut::new();
    while let Some(piece) = watched(hold, reply.left(), patience, response.chunk()).await? {
        if whole.len() + piece.len() > limit {
            return Err(Stop::Broken(format!("its answer is over {limit} bytes")));
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

/// Waits for the host, as long as the mandate holds, the caller is there and the host is not silent for too long. What is
/// dropped on the way out cancels the call at the host.
pub(crate) async fn watched<T>(
    hold: &mut Hold,
    left: impl Future<Output = ()>,
    patience: Duration,
    work: impl Future<Output = reqwest::Result<T>>,
) -> Result<T, Stop> {
    let since = Instant::now();
    let done = tokio::select! {
        biased;
        error = hold.lost() => Err(Stop::Cut(error)),
        () = left => Err(Stop::Left),
        done = timeout(patience, work) => match done {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(failed(error)),
            Err(_) => Err(Stop::Silent(format!("it was silent for {} s", patience.as_secs_f64()))),
        },
    };
    hold.waited_for_host(since);
    done
}

/// The caller learns what failed, the operator also how; neither reads an address or a body here.
fn failed(error: reqwest::Error) -> Stop {
    let error = error.without_url();
    tracing::warn!(error = &error as &dyn std::error::Error, "the model host failed");
    if error.is_connect() || error.is_builder() {
        Stop::Unreached("it cannot be reached".to_owned())
    } else {
        Stop::Broken("the connection broke".to_owned())
    }
}

/// What is said of an answer whose host does not say what it is.
pub(crate) fn json() -> HeaderMap {
    HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))])
}
