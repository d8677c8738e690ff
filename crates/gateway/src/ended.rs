//! How a call ended, and what is left to give to the caller once that is recorded.

use std::future::pending;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use gouvernail_store::OutcomeKind;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::error::GatewayError;
use crate::impact::Impact;
use crate::said::Said;
use crate::sse;

/// How long a caller may leave what is given to them unread before they count as gone: a call must not wait for ever on them.
pub(crate) const UNREAD: Duration = Duration::from_secs(60);

/// Where the answer goes: once, when there is one.
pub(crate) struct Reply {
    to: Option<oneshot::Sender<Response>>,
    status: Option<StatusCode>,
}

impl Reply {
    pub(crate) fn new(to: oneshot::Sender<Response>) -> Self {
        Self { to: Some(to), status: None }
    }

    /// The status of the answer, once one is given to a caller who is still there.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Gives the answer. A caller who left needs none.
    pub(crate) fn send(&mut self, response: Response) {
        if let Some(to) = self.to.take() {
            let status = response.status();
            self.status = to.send(response).ok().map(|()| status);
        }
    }

    /// Resolves when the caller leaves before the answer.
    pub(crate) async fn left(&mut self) {
        match &mut self.to {
            Some(to) => to.closed().await,
            None => pending().await,
        }
    }
}

/// Why a call stopped before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The mandate no longer holds.
    Cut(GatewayError),
    /// The caller left.
    Left,
    /// Nothing was sent, for another reason than the host's refusal.
    Held(GatewayError),
    /// The host said nothing for too long.
    Silent(String),
    /// The host could not be reached: nothing was sent.
    Unreached(String),
    /// The host failed, in words without its address.
    Broken(String),
}

/// A call that is over.
pub(crate) struct Ended {
    pub(crate) kind: OutcomeKind,
    pub(crate) reached: bool,
    pub(crate) why: Option<String>,
    pub(crate) said: Said,
    pub(crate) last: Last,
}

/// What the caller gets once the end is recorded.
pub(crate) enum Last {
    /// The answer.
    Answer(Response),
    /// A whole answer that says what it took.
    Whole(HeaderMap, Bytes),
    /// The end of a stream.
    Close(mpsc::Sender<Piece>, Bytes),
    /// Nothing: there is nobody any more.
    Nothing,
}

/// Bytes of a streamed answer.
pub(crate) type Piece = Result<Bytes, std::convert::Infallible>;

impl Ended {
    /// A call that stopped before its end; `stream` when its answer had begun.
    pub(crate) fn early(stop: Stop, said: Said, stream: Option<mpsc::Sender<Piece>>) -> Self {
        let (kind, reached, why, error) = match stop {
            Stop::Left => (OutcomeKind::Cancelled, true, "the caller left".to_owned(), None),
            Stop::Cut(error) => (OutcomeKind::Cancelled, true, cause(&error), Some(error)),
            Stop::Held(error) => (OutcomeKind::UpstreamError, false, cause(&error), Some(error)),
            Stop::Silent(why) => (OutcomeKind::UpstreamError, true, why.clone(), Some(GatewayError::Silent(why))),
            Stop::Unreached(why) => (OutcomeKind::UpstreamError, false, why.clone(), Some(GatewayError::Upstream(why))),
            Stop::Broken(why) => (OutcomeKind::UpstreamError, true, why.clone(), Some(GatewayError::Upstream(why))),
        };
        let last = error.map_or(Last::Nothing, |error| Last::of(error, stream));
        Self { kind, reached, why: Some(why), said, last }
    }
}

/// The requirements that cut a call, or the word of the error.
fn cause(error: &GatewayError) -> String {
    match error {
        GatewayError::Refused(missing) => missing.iter().map(|requirement| requirement.id.as_str()).collect::<Vec<_>>().join(", "),
        other => other.code().to_owned(),
    }
}

impl Last {
    /// An error, in the form that the answer has taken.
    fn of(error: GatewayError, stream: Option<mpsc::Sender<Piece>>) -> Self {
        match stream {
            Some(to) => Self::Close(to, sse::event(&error.body().to_string())),
            None => Self::Answer(error.into_response()),
        }
    }

    /// The end could not be recorded, so it is not given.
    pub(crate) fn withheld(self, error: GatewayError) -> Self {
        match self {
            Self::Answer(_) | Self::Whole(..) => Self::of(error, None),
            Self::Close(to, _) => Self::of(error, Some(to)),
            Self::Nothing => Self::Nothing,
        }
    }

    /// The same, with what the use took where it says what was counted.
    pub(crate) fn telling(self, impact: &Impact) -> Self {
        match self {
            Self::Whole(headers, body) => Self::Whole(headers, impact.in_answer(body)),
            Self::Close(to, held) => Self::Close(to, impact.in_events(held)),
            other => other,
        }
    }

    /// Gives it.
    pub(crate) async fn give(self, reply: &mut Reply) {
        match self {
            Self::Answer(response) => reply.send(response),
            Self::Whole(headers, body) => reply.send((headers, body).into_response()),
            // A caller who left meanwhile needs no end.
            Self::Close(to, bytes) => drop(timeout(UNREAD, to.send(Ok(bytes))).await),
            Self::Nothing => {}
        }
    }
}
