//! The pages of those who govern: référent, owners, elected officials.

mod certificates;
mod council;
mod dependency;
mod dossier;
mod figures;
mod import;
mod leaving;
mod misfit;
mod organisation;
mod passed;
mod people;
mod quotas;
mod refused;
mod reports;
mod skills;
mod undeclared;
mod workspace;

pub use refused::sentence as refusal;

use axum::Router;
use axum::extract::OriginalUri;
use axum::handler::Handler;
use axum::response::Redirect;
use axum::routing::{MethodRouter, get, post};
use gouvernail_register::Event;
use gouvernail_store::{RecordError, Role, StoreError};

use super::app::App;
use super::error::WebError;
use super::form::Filled;
use super::visit::SignedIn;

/// Roles that read these pages.
const READERS: [Role; 3] = [Role::Referent, Role::Owner, Role::Elected];

/// The pages to which whole registers and whole sheets are given.
pub fn large_routes() -> Router<App> {
    Router::new().route("/referent/import", get(import::show).post(import::act)).merge(dossier::large_routes())
}

/// Every other page of this module.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/referent", get(workspace::show))
        .route("/referent/systems", form(workspace::declare))
        .route("/referent/leaving", get(leaving::show).post(leaving::read))
        .route("/referent/quotas", get(quotas::show))
        .route("/council", get(council::show))
        .route("/council/dependency", get(dependency::show))
        .route("/referent/keys/{key}/close", form(undeclared::close))
        .merge(certificates::routes())
        .merge(organisation::routes())
        .merge(people::routes())
        .merge(dossier::routes())
        .merge(reports::routes())
        .merge(skills::routes())
}

/// An address to which a form is sent. Read like a page, as when one changes the language after a mistake, it leads back to
/// the page that holds the form.
fn form<H, T>(handler: H) -> MethodRouter<App>
where
    H: Handler<T, App>,
    T: 'static,
{
    post(handler).get(back)
}

async fn back(OriginalUri(uri): OriginalUri) -> Redirect {
    let segments: Vec<&str> = uri.path().split('/').skip(1).collect();
    let page = match segments.as_slice() {
        ["referent", "systems", id, "study", kind, ..] => format!("/referent/systems/{id}/study/{kind}"),
        ["referent", "systems", id, "consultation", ..] => format!("/referent/systems/{id}/consultation"),
        ["referent", "systems", id, "embedded" | "host" | "model" | "version" | "contract", ..] => {
            format!("/referent/systems/{id}/supply")
        }
        ["referent", "systems", id, "record", ..] => format!("/referent/systems/{id}/record"),
        ["referent", "systems", id, ..] => format!("/referent/systems/{id}"),
        ["referent", page @ ("organisation" | "people" | "reports" | "skills" | "training"), ..] => format!("/referent/{page}"),
        _ => "/referent".to_owned(),
    };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::to(&(page + &query))
}

/// Records acts in order. What the register refuses becomes a mistake at `field`; false then.
async fn record(app: &App, signed: &SignedIn, form: &mut Filled<'_>, field: &str, acts: Vec<Event>) -> Result<bool, WebError> {
    for act in acts {
        match app.live.record(&app.rules, &signed.person.id, act).await {
            Ok(_) => {}
            Err(RecordError::Refused(refused)) => {
                form.wrong(field, refused::sentence(&refused, signed.visit.locale));
                return Ok(false);
            }
            Err(RecordError::Store(StoreError::Unanswered(waiting))) => {
                let waiting = usize::try_from(waiting).unwrap_or_default();
                form.wrong(field, signed.visit.locale.n("consult-close-wait", waiting));
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(true)
}
