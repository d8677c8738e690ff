//! Two answers for whoever keeps the service running: it is alive, it is ready. Plain text, outside the pages' layers.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use jiff::SignedDuration;

use crate::site::app::App;

/// After this long without news of the database, calls are refused: the gateway's patience.
const PATIENCE: SignedDuration = SignedDuration::from_secs(3);

/// GET /health, GET /ready
pub fn routes() -> Router<App> {
    Router::new().route("/health", get(async || "alive\n")).route("/ready", get(ready))
}

async fn ready(State(app): State<App>) -> (StatusCode, String) {
    if let Some(why) = app.log.halted() {
        return (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: the public log is stopped: {why}\n"));
    }
    let silence = app.live.silence(app.now());
    if silence <= PATIENCE {
        return (StatusCode::OK, "ready\n".to_owned());
    }
    let words = format!("not ready: the register has not been confirmed by the database for {} s\n", silence.as_secs());
    (StatusCode::SERVICE_UNAVAILABLE, words)
}
