//! Letters to print: the notice of a decision, what completes it, and the answer to a second look.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use gouvernail_cases::Letter;
use gouvernail_store::Role;

use super::acts::finish;
use crate::site::Page;
use crate::site::address::{case_page, file_name};
use crate::site::app::App;
use crate::site::casework::{Dossier, act, agent};
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
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

/// GET /desk/cases/{reference}/further/{n}: the letter that told of later uses, numbered from 1.
pub async fn further_page(State(app): State<App>, who: SignedIn, Path((reference, n)): Path<(String, usize)>) -> Page {
    let letter = further(&app, &who, &reference, n).await?;
    page(&app, &who, &reference, letter, &format!("/further/{n}/letter.pdf"))
}

/// GET /desk/cases/{reference}/further/{n}/letter.pdf
pub async fn further_pdf(State(app): State<App>, who: SignedIn, Path((reference, n)): Path<(String, usize)>) -> Page {
    pdf(&format!("{reference}-{n}"), &further(&app, &who, &reference, n).await?)
}

/// POST /desk/cases/{reference}/letter/open: opens the letter for good to an agent who took no part in the decision.
pub async fn open(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (form, me, now) = (Filled::new(body, who.visit.locale), agent(&who.person), app.now());
    let done = act(&app, &dossier.case.id, &me.id, |dossier| {
        let open = dossier.case.check_told(&me).is_ok();
        Ok(if open { None } else { Some(dossier.case.open_letter(me.clone(), now)?) })
    });
    finish(&app, &who, &reference, form, done.await, "#decided").await
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

/// A case, for an agent to whom its letters teach nothing that they must not know: each carries the code, which opens it all.
async fn told(app: &App, who: &SignedIn, reference: &str) -> Result<Dossier, WebError> {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(app, reference).await?;
    if dossier.case.notification.is_none() {
        return Err(WebError::NotFound);
    }
    dossier.case.check_told(&agent(&who.person))?;
    Ok(dossier)
}

async fn notice(app: &App, who: &SignedIn, reference: &str) -> Result<Letter, WebError> {
    paper::letter(app, &told(app, who, reference).await?)?.ok_or(WebError::NotFound)
}

async fn further(app: &App, who: &SignedIn, reference: &str, n: usize) -> Result<Letter, WebError> {
    let dossier = told(app, who, reference).await?;
    let further = n.checked_sub(1).and_then(|place| dossier.case.further.get(place)).ok_or(WebError::NotFound)?;
    Ok(further.told.letter(&paper::current_code(app, &dossier)?))
}

async fn answer(app: &App, who: &SignedIn, reference: &str, id: &str) -> Result<Letter, WebError> {
    paper::answer(app, &told(app, who, reference).await?, id)
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
