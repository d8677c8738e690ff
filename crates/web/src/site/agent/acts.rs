//! From the blind judgement to the decision and its letter.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use gouvernail_cases::{CaseError, CaseEvent};
use gouvernail_store::Role;

use super::page::{again, outcomes};
use crate::site::Page;
use crate::site::address::case_page;
use crate::site::app::App;
use crate::site::casework::{Dossier, act, agent};
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::SignedIn;
use crate::site::{paper, refusals};

/// POST /desk/cases/{reference}/judgement: seals a judgement on the oldest answer not yet seen, then shows that answer.
pub async fn judge(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (me, now) = (agent(&who.person), app.now());
    let Some(use_id) = dossier.case.next_unseen(&me).map(|unseen| unseen.use_id.clone()) else {
        return Ok(Redirect::to(&case_page(&reference)).into_response());
    };
    let mut form = Filled::new(body, who.visit.locale);
    let (mut outcome, mut reason) = (String::new(), String::new());
    if !dossier.case.judged(&use_id, &me) {
        outcome = form.one_of("outcome", outcomes(&app, &dossier).iter().map(String::as_str));
        reason = form.text("reason");
    }
    if !form.is_right() {
        return again(&app, &who, &reference, form.back(who.chrome(&app))).await;
    }
    let done = act(&app, &dossier.case.id, &me.id, |dossier| {
        let case = &dossier.case;
        if !case.judged(&use_id, &me) {
            return Ok(Some(case.judge(&use_id, me.clone(), (&outcome, &reason), app.ambient.bytes(), now)?));
        }
        let seen = case.revealed(&use_id, &me);
        Ok(if seen { None } else { Some(case.reveal(&use_id, me.clone(), now)?) })
    });
    finish(&app, &who, &reference, form, done.await, "#seen").await
}

/// POST /desk/cases/{reference}/decision: decides and, when a tool was used, prepares the letter.
pub async fn decide(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (me, now) = (agent(&who.person), app.now());
    let mut form = Filled::new(body, who.visit.locale);
    let outcome = form.one_of("outcome", outcomes(&app, &dossier).iter().map(String::as_str));
    let reason = form.text("reason");
    if !form.is_right() {
        return again(&app, &who, &reference, form.back(who.chrome(&app))).await;
    }
    let done = act(&app, &dossier.case.id, &me.id, |dossier| match &dossier.case.decision {
        None => {
            let decided = dossier.case.decide(me.clone(), &outcome, &reason, now)?;
            // A letter that cannot be printed is known before anything is stored.
            let mut after = dossier.case.clone();
            after.apply(&decided)?;
            if dossier.owes_notice() {
                paper::notify(&app, dossier, &after, now)?;
            }
            Ok(Some(decided))
        }
        // A second click is not a second decision.
        Some(known) if (&known.agent, &known.value, &known.reason) == (&me, &outcome, &reason) => owed_notice(&app, dossier, now),
        Some(_) => Err(CaseError::AlreadyDecided.into()),
    });
    let done = done.await;
    let told = done.as_ref().is_ok_and(|dossier| dossier.case.notification.is_some());
    finish(&app, &who, &reference, form, done, if told { "?done=decided#decided" } else { "?done=saved#decided" }).await
}

/// POST /desk/cases/{reference}/notice: prepares the letter that an interruption left undone.
pub async fn notify(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (form, now) = (Filled::new(body, who.visit.locale), app.now());
    let done = act(&app, &dossier.case.id, &who.person.id, |dossier| owed_notice(&app, dossier, now));
    finish(&app, &who, &reference, form, done.await, "?done=decided#decided").await
}

fn owed_notice(app: &App, dossier: &Dossier, now: jiff::Timestamp) -> Result<Option<CaseEvent>, WebError> {
    if dossier.case.notification.is_some() || !dossier.owes_notice() {
        return Ok(None);
    }
    paper::notify(app, dossier, &dossier.case, now).map(Some)
}

/// POST /desk/cases/{reference}/called-back
pub async fn called_back(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (form, me, now) = (Filled::new(body, who.visit.locale), agent(&who.person), app.now());
    let mut called = false;
    let done = act(&app, &dossier.case.id, &me.id, |dossier| {
        if called && dossier.case.open_callbacks().next().is_none() {
            return Ok(None);
        }
        called = true;
        Ok(Some(dossier.case.call_back(me.clone(), now)?))
    });
    finish(&app, &who, &reference, form, done.await, "?done=saved").await
}

/// To the case as it has become; or the page again, with what was typed and why it was refused.
pub async fn finish(
    app: &App,
    who: &SignedIn,
    reference: &str,
    mut form: Filled<'_>,
    done: Result<Dossier, WebError>,
    place: &str,
) -> Page {
    match done {
        Ok(_) => Ok(Redirect::to(&format!("{}{place}", case_page(reference))).into_response()),
        Err(error) => {
            let mistake = refusals::mistake(error, who.visit.locale)?;
            form.wrong(&mistake.field, mistake.message);
            again(app, who, reference, form.back(who.chrome(app))).await
        }
    }
}
