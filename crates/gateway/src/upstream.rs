//! The call itself: to the host, under the eye of the mandate, as long as the caller is there.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use gouvernail_privacy::{AnswerForm, Vault};
use gouvernail_store::OutcomeKind;
use tokio::time::{Instant, timeout};

use crate::Shared;
use crate::ended::{Ended, Last, Reply, Stop};
use crate::endpoint::Endpoint;
use crate::hold::Hold;
use crate::hosts::Route;
use crate::said::Said;
use crate::trace::TRACEPARENT;
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
    let patience = gateway.config().upstream_timeout;
    let mut request = gateway.client.post(&route.url).header(CONTENT_TYPE, &outgoing.content_type).body(outgoing.body.clone());
    request = request.header(ACCEPT, outgoing.accept());
    if let Some(traceparent) = &outgoing.traceparent {
        request = request.header(TRACEPARENT, traceparent);
    }
    if let Some(key) = &route.api_key {
        request = request.bearer_auth(key);
    }
    let response = match watched(hold, reply.left(), patience, request.send()).await {
        Ok(response) => response,
        Err(stop) => return Ended::early(stop, Said::default(), None),
    };
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
            if let Last::Answer(response) = &mut ended.last {
                PASSED.iter().for_each(|name| {
                    headers.get(name).map(|value| response.headers_mut().insert(name, value.clone()));
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
            Err(_) => Err(Stop::Broken(format!("it was silent for {} s", patience.as_secs_f64()))),
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

/// An answer in one piece, as JSON.
pub(crate) fn json(bytes: Bytes) -> Response {
    ([(CONTENT_TYPE, "application/json")], bytes).into_response()
}
