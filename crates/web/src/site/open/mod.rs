//! What anybody may read without an account: the first page, the register and the log.

mod consultation;
mod exports;
mod history;
mod home;
mod log;
mod open_data;
mod propositions;
mod register;
pub mod report;
mod strategy;

use axum::Router;
use axum::routing::get;

use super::app::App;
use super::error::WebError;
use super::visit::{SignedIn, Visit};
use crate::layout::{Audience, Chrome};

/// Every page of this module.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/accessibility", get(home::accessibility))
        .route("/strategy", get(strategy::show))
        .route("/propositions", get(propositions::show))
        .route("/register", get(register::list))
        .route("/register/{id}", get(register::show))
        .route("/register.json", get(open_data::register))
        .route("/open-data/{file}", get(exports::register))
        .merge(consultation::routes())
        .merge(report::routes())
        .merge(log::routes())
}

/// Somebody who may be signed in: the page is the same, they keep their own navigation.
type Anybody = Result<SignedIn, WebError>;

fn chrome(app: &App, visit: &Visit, anybody: &Anybody) -> Chrome {
    match anybody {
        Ok(signed) => signed.chrome(app),
        Err(_) => visit.chrome(app, Audience::Public, None),
    }
}
