//! The interface for applications: a case is declared once, then named in each call to the gateway.

mod cases;
mod declared;
mod problem;

pub use problem::Problem;

use axum::Router;
use axum::routing::{get, post};

use super::app::App;

/// Where the interface begins: its errors are problem details, not pages.
pub const PREFIX: &str = "/api/";

/// Its addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/api/cases", post(cases::open)).route("/api/cases/{reference}", get(cases::read).delete(cases::erase))
}
