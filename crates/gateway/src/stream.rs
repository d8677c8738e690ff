//! A streamed answer: read, relayed and held at its end.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use gouvernail_store::OutcomeKind;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::{Instant, timeout};
use tokio_stream::wrappers::ReceiverStream;

use crate::Shared;
use crate::ended::{Ended, Last, Piece, Reply, Stop, UNREAD};
use crate::hold::Hold;
use crate::relay::{Close, Closed, Relay, Terms};
use crate::restoring::Restoring;
use crate::upstream::{Outgoing, watched};

/// Pieces that may wait for a slow caller before the host waits too.
const WAITING: usize = 16;
/// How long a host may take to close a stream that it has ended, so that its connection can serve again.
const LINGER: Duration = Duration::from_millis(500);

/// Relays the stream of the host until it ends or must stop.
pub(crate) async fn relay(
    gateway: &Shared,
    mut response: reqwest::Response,
    outgoing: Outgoing,
    hold: &mut Hold,
    reply: &mut Reply,
) -> Ended {
    let (to, pieces) = mpsc::channel::<Piece>(WAITING);
    reply.send(head(&response, Body::from_stream(ReceiverStream::new(pieces))));
    let mut relay = Relay::new(Terms {
        restorer: (!outgoing.vault.is_empty()).then(|| Restoring::new(&outgoing.vault, outgoing.form)),
        model: Value::from(outgoing.model).to_string(),
        choices: outgoing.choices,
        hide_usage: outgoing.hide_usage,
        max: gateway.config().max_answer,
    });
    let patience = gateway.config().upstream_timeout;
    if let Err(stop) = pump(&mut response, &mut relay, &to, patience, hold).await {
        return Ended::early(stop, relay.into_said(), Some(to));
    }
    tokio::spawn(async move { timeout(LINGER, response.chunk()).await.map(drop) });
    let Closed { held, said, how } = relay.close();
    let (kind, why) = match how {
        Close::Complete => (OutcomeKind::Completed, None),
        Close::Failed => (OutcomeKind::UpstreamError, Some("the host reported a failure in the middle of its answer".to_owned())),
        Close::Short => {
            let stop = Stop::Broken("it closed the stream before the end of its answer".to_owned());
            return Ended::early(stop, said, Some(to));
        }
    };
    Ended { kind, reached: true, why, said, last: Last::Close(to, held) }
}

/// Moves pieces until the host has said all.
async fn pump(
    response: &mut reqwest::Response,
    relay: &mut Relay,
    to: &mpsc::Sender<Piece>,
    patience: Duration,
    hold: &mut Hold,
) -> Result<(), Stop> {
    while !relay.done() {
        let Some(piece) = watched(hold, to.closed(), patience, response.chunk()).await? else { break };
        hold.heard();
        let now = relay.push(&piece).map_err(Stop::Broken)?;
        if now.is_empty() {
            continue;
        }
        // A caller who keeps up, which is nearly every time, costs no timer.
        let now = match to.try_send(Ok(now)) {
            Ok(()) => continue,
            Err(TrySendError::Closed(_)) => return Err(Stop::Left),
            Err(TrySendError::Full(now)) => now,
        };
        let since = Instant::now();
        tokio::select! {
            biased;
            error = hold.lost() => return Err(Stop::Cut(error)),
            sent = timeout(UNREAD, to.send(now)) => match sent {
                Ok(Ok(())) => {}
                _ => return Err(Stop::Left),
            },
        }
        hold.waited_for_caller(since);
    }
    Ok(())
}

fn head(response: &reqwest::Response, body: Body) -> Response {
    let mut head = Response::new(body);
    let headers = head.headers_mut();
    for name in [CONTENT_TYPE, HeaderName::from_static("x-request-id")] {
        response.headers().get(&name).map(|value| headers.insert(name, value.clone()));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // A reverse proxy before us must not gather the pieces.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    head
}
