//! Stopping well: not ready at once, no new call, those in flight end or are cut, all are recorded.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use gouvernail_gateway::Gateway;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::health::Health;
use crate::listen::{Signals, prompt};

/// How long the pages, and the last bytes of answers that are recorded, may take once no call is in flight.
const LAST_BYTES: Duration = Duration::from_secs(5);

/// What to stop, and how.
pub struct Shutdown {
    /// Says that the node is stopping.
    pub health: Health,
    /// Holds the calls.
    pub gateway: Gateway,
    /// How long calls in flight may go on.
    pub patience: Duration,
    /// How long recording the calls that were cut may take.
    pub recording: Duration,
}

impl Shutdown {
    /// Serves until SIGINT or SIGTERM, then stops; a second signal ends the program where it is.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn serve(self, listener: TcpListener, site: Router, mut signals: Signals) -> Result<()> {
        let (close, closed) = oneshot::channel::<()>();
        let service = site.into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(prompt(listener), service).with_graceful_shutdown(async { drop(closed.await) });
        let mut server = tokio::spawn(server.into_future());
        tokio::select! {
            served = &mut server => return served?.context("the server failed"),
            () = signals.next() => {}
        }
        tokio::select! {
            () = self.drain() => {}
            () = signals.next() => at_once(),
        }
        drop(close);
        tokio::select! {
            // Connections that nobody uses any more are not worth more waiting.
            _ = timeout(LAST_BYTES, &mut server) => server.abort(),
            () = signals.next() => at_once(),
        }
        Ok(())
    }

    /// While this runs, everything but calls is still answered: whoever watches must read that the node is stopping.
    async fn drain(&self) {
        self.health.stopping();
        self.gateway.close();
        let calls = self.gateway.in_flight();
        tracing::info!(calls, seconds = self.patience.as_secs(), "stopping: no call begins, those in flight may end");
        tokio::select! {
            // Calls whose client is gone still end in the journal.
            () = self.gateway.drained() => return,
            () = sleep(self.patience) => {}
        }
        tracing::warn!(calls = self.gateway.in_flight(), "the calls still in flight are cut");
        self.gateway.cut();
        if timeout(self.recording, self.gateway.drained()).await.is_err() {
            let calls = self.gateway.in_flight();
            tracing::error!(calls, "the end of calls could not be recorded; it will be as unknown at the next start");
        }
    }
}

/// What is in flight is recorded as unknown at the next start.
fn at_once() -> ! {
    tracing::warn!("asked a second time to stop: ending at once");
    std::process::exit(1)
}
