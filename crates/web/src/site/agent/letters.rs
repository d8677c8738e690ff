//! Letters to print: the notice of a decision, and the answer to a second look.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use gouvernail_cases::Letter;
use gouvernail_store::Role;

use crate::site::Page;
use crate::site::address::{case_page, file_name};
use crate::site::app::App;
use crate::site::casework::{Dossier, agent};
use crate::site::error::WebError;
use crate::site::paper;
use crate::site::visit::SignedIn;
use crate::views::letter::LetterPage;

/// GET /desk/cases/{reference}/letter
pub async fn notice_page(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Page {
    let letter = notice(&app, &who, &reference).await?;
    page(&app, &who, &reference, letter, "/letter.pdf")
}

/// GET /desk/cases/{reference}/letter.pdf
pub async fn notice_pdf(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Page {
    pdf(&reference, &notice(&app, &who, &reference).await?)
}

/// GET /desk/cases/{reference}/contestations/{id}/letter
pub async fn answer_page(State(app): State<App>, who: SignedIn, Path((reference, id)): Path<(String, String)>) -> Page {
    let letter = answer(&app, &who, &reference, &id).await?;
    page(&app, &who, &reference, letter, &format!("/contestations/{id}/letter.pdf"))
}

/// GET /desk/cases/{reference}/contestations/{id}/letter.pdf
pub async fn answer_pdf(State(app): State<App>, who: SignedIn, Path((reference, id)): Path<(String, String)>) -> Page {
    pdf(&format!("{reference}-{id}"), &answer(&app, &who, &reference, &id).await?)
}

/// The letter as it was told, for an agent to whom it teaches nothing that they must not know.
async fn notice(app: &App, who: &SignedIn, reference: &str) -> Result<Letter, WebError> {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(app, reference).await?;
    let notification = dossier.case.notification.as_ref().ok_or(WebError::NotFound)?;
    dossier.case.check_told(&agent(&who.person))?;
    Ok(notification.told.letter(&paper::code_of(app, &dossier.case.id)))
}

async fn answer(app: &App, who: &SignedIn, reference: &str, id: &str) -> Result<Letter, WebError> {
    who.allow(&[Role::Agent])?;
    paper::answer(app, &Dossier::by_reference(app, reference).await?, id)
}

fn page(app: &App, who: &SignedIn, reference: &str, letter: Letter, pdf: &str) -> Page {
    let case_url = case_page(reference);
    let pdf_url = format!("{case_url}{pdf}");
    let page = LetterPage { chrome: who.chrome(app), case_url, pdf_url, letter };
    Ok(Html(page.render(who.visit.locale)?).into_response())
}

fn pdf(name: &str, letter: &Letter) -> Page {
    let bytes = paper::pdf(letter)?;
    let disposition = format!("inline; filename=\"{}\"", file_name("courrier", name, "pdf"));
    Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
