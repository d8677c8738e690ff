//! The agent's desk: the list of cases, one case from the blind judgement to the decision, second looks, letters.

mod acts;
mod desk;
mod letters;
mod page;
mod second_looks;
mod trained;

pub use page::title_of;

use axum::Router;
use axum::extract::OriginalUri;
use axum::response::Redirect;
use axum::routing::{get, post};

use super::app::App;

/// Its addresses.
pub fn routes() -> Router<App> {
    let case = "/desk/cases/{reference}";
    let under = |rest: &str| format!("{case}/{rest}");
    Router::new()
        .route("/desk", get(desk::show))
        .route("/desk/find", get(desk::find))
        .route(case, get(page::show))
        .route(&under("judgement"), post(acts::judge).get(back))
        .route(&under("decision"), post(acts::decide).get(back))
        .route(&under("notice"), post(acts::notify).get(back))
        .route(&under("code"), post(acts::replace_code).get(back))
        .route(&under("called-back"), post(acts::called_back).get(back))
        .route(&under("contestations"), post(second_looks::record).get(back))
        .route(&under("contestations/{id}/take"), post(second_looks::take).get(back))
        .route(&under("contestations/{id}/answer"), post(second_looks::answer).get(back))
        .route(&under("letter"), get(letters::notice_page))
        .route(&under("letter.pdf"), get(letters::notice_pdf))
        .route(&under("letter/open"), post(letters::open).get(back))
        .route(&under("further/{n}"), get(letters::further_page))
        .route(&under("further/{n}/letter.pdf"), get(letters::further_pdf))
        .route(&under("contestations/{id}/letter"), get(letters::answer_page))
        .route(&under("contestations/{id}/letter.pdf"), get(letters::answer_pdf))
}

/// A form's own address, opened by hand: back to the case.
async fn back(OriginalUri(uri): OriginalUri) -> Redirect {
    let case: Vec<&str> = uri.path().split('/').take(4).collect();
    Redirect::to(&case.join("/"))
}
