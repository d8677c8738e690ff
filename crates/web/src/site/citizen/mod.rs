//! The page behind the code of a letter: what happened, in full, and what can be done about it. No account, no password.

mod acts;
mod code;
mod detail;
mod page;
mod receipt;
mod second_look;

pub use code::Client;

use axum::Router;
use axum::extract::OriginalUri;
use axum::response::Redirect;
use axum::routing::{get, post};

use super::app::App;

/// Its addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/d", get(code::form).post(code::enter))
        .route("/d/{code}", get(page::show))
        .route("/d/{code}/detail", get(detail::show))
        .route("/d/{code}/human", post(acts::ask_callback).get(back))
        .route("/d/{code}/contest", post(acts::ask_second_look).get(back))
        .route("/d/{code}/contestations/{id}", get(second_look::show))
        .route("/d/{code}/contestations/{id}/{file}", get(receipt::of_second_look))
        .route("/d/{code}/further/{n}/{file}", get(receipt::of_further))
        .route("/d/{code}/{file}", get(receipt::of_notice))
}

/// A form's own address, opened by hand: back to the case.
async fn back(OriginalUri(uri): OriginalUri) -> Redirect {
    let case: Vec<&str> = uri.path().split('/').take(3).collect();
    Redirect::to(&case.join("/"))
}
