//! Reads a log over HTTP, as `c2sp.org/tlog-tiles` publishes it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;
use gouvernail_tlog::ReadError;
use gouvernail_tlog::tile::{FULL, MAX_ENTRY};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use reqwest::{Response, StatusCode};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::away::away;

/// For one file, from the first byte asked to the last received.
const TIMEOUT: Duration = Duration::from_secs(60);
/// No file of a log is longer than a bundle of 256 longest entries.
const LONGEST: usize = FULL as usize * (MAX_ENTRY + 2);
/// Requests under way at once.
const AT_ONCE: usize = 16;

type Answer = Result<Option<Vec<u8>>, ReadError>;

/// One log, by its public address.
#[derive(Debug, Clone)]
pub(crate) struct LogClient {
    http: reqwest::Client,
    /// Without a final slash.
    base: String,
}

impl LogClient {
    pub(crate) fn new(http: reqwest::Client, base: String) -> Self {
        Self { http, base }
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Runs `work`, which reads and hashes, off the asynchronous threads. If the caller goes away its reads fail.
    pub(crate) async fn read_with<T: Send + 'static>(&self, work: impl FnOnce(&Source) -> T + Send + 'static) -> T {
        let (_alive, stop) = watch::channel(());
        let source = Source { client: self.clone(), runtime: Handle::current(), stop, ahead: RefCell::default() };
        away(move || work(&source)).await
    }

    async fn get(&self, path: &str) -> Answer {
        let failed = |reason: String| ReadError { path: path.to_owned(), reason };
        let request = self.http.get(format!("{}/{path}", self.base)).header(ACCEPT_ENCODING, "identity").timeout(TIMEOUT);
        let response = request.send().await.map_err(|error| failed(words(&error)))?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(None),
            other => return Err(failed(format!("the server answers {other}"))),
        }
        // Never mistake an encoding that we do not speak for an altered log.
        if let Some(encoding) = response.headers().get(CONTENT_ENCODING).filter(|encoding| *encoding != "identity") {
            return Err(failed(format!("sent as {encoding:?} though only identity was asked for")));
        }
        body(response).await.map(Some).map_err(failed)
    }
}

async fn body(mut response: Response) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| words(&error))? {
        if bytes.len() + chunk.len() > LONGEST {
            return Err(format!("longer than {LONGEST} bytes"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The first cause: reqwest's own words do not say why, and repeat an address that is known.
fn words(error: &reqwest::Error) -> String {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    causes.last().map_or_else(|| "the request failed".to_owned(), ToString::to_string)
}

/// Reads for code that waits: fits [`gouvernail_tlog::Reader`].
pub(crate) struct Source {
    client: LogClient,
    runtime: Handle,
    stop: watch::Receiver<()>,
    ahead: RefCell<HashMap<String, Answer>>,
}

impl Source {
    /// Bytes of a resource, or `None` if the log does not have it.
    pub(crate) fn read(&self, path: &str) -> Answer {
        if let Some(answer) = self.ahead.borrow_mut().remove(path) {
            return answer;
        }
        self.runtime.block_on(self.get(path))
    }

    /// Asks for several resources at once; they wait here until they are read. What was not read before is forgotten.
    pub(crate) fn fetch_ahead(&self, paths: Vec<String>) {
        let answers = stream::iter(paths).map(async |path| {
            let answer = self.get(&path).await;
            (path, answer)
        });
        *self.ahead.borrow_mut() = self.runtime.block_on(answers.buffer_unordered(AT_ONCE).collect());
    }

    /// Nobody waits for what is being read any more.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.has_changed().is_err()
    }

    async fn get(&self, path: &str) -> Answer {
        let mut stop = self.stop.clone();
        tokio::select! {
            _ = stop.changed() => Err(ReadError { path: path.to_owned(), reason: "the observatory is stopping".to_owned() }),
            answer = self.client.get(path) => answer,
        }
    }
}
