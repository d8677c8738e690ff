//! From the blind judgement to the decision and its letter.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use gouvernail_cases::{Agent, Case, CaseError, CaseEvent};
use gouvernail_store::Role;
use jiff::Timestamp;

use super::page::{again, outcomes};
use super::trained;
use crate::site::Page;
use crate::site::address::case_page;
use crate::site::app::App;
use crate::site::casework::{Dossier, act, agent};
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::SignedIn;
use crate::site::{paper, refusals};

/// POST /desk/cases/{reference}/judgement: seals a judgement on the answer that the form speaks of, then shows that answer.
pub async fn judge(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (case, me, now) = (&dossier.case, agent(&who.person), app.now());
    let mut form = Filled::new(body, who.visit.locale);
    let use_id = form.optional("use");
    if let Some(wrong) = moved(case, &me, &form) {
        form.wrong("main", who.visit.locale.t(wrong));
        return again(&app, &who, &reference, form.back(who.chrome(&app))).await;
    }
    let (mut outcome, mut reason) = (String::new(), String::new());
    if !case.judged(&use_id, &me) {
        outcome = form.one_of("outcome", outcomes(&app, &dossier).iter().map(String::as_str));
        reason = form.text("reason");
    }
    untrained(&app, &me, case, &mut form);
    if !form.is_right() {
        return again(&app, &who, &reference, form.back(who.chrome(&app))).await;
    }
    let done = act(&app, &case.id, &me.id, |dossier| {
        let case = &dossier.case;
        if !case.judged(&use_id, &me) {
            return Ok(Some(case.judge(&use_id, me.clone(), (&outcome, &reason), app.ambient.bytes(), now)?));
        }
        let seen = case.revealed(&use_id, &me);
        Ok(if seen { None } else { Some(case.reveal(&use_id, me.clone(), now)?) })
    });
    finish(&app, &who, &reference, form, done.await, "#seen").await
}

/// Why the form is not about the answer that waits for this agent's judgement, when it is not.
fn moved(case: &Case, me: &Agent, form: &Filled<'_>) -> Option<&'static str> {
    let use_id = form.optional("use");
    if case.next_unseen(me).is_some_and(|next| next.use_id == use_id) {
        return None;
    }
    match case.judgement(&use_id, me) {
        // A second click is not a second judgement.
        Some(known) if known.value == form.optional("outcome") && known.reason == form.optional("reason") => None,
        Some(_) if form.optional("outcome").is_empty() => None,
        Some(_) => Some("refusal-already-judged"),
        None => Some("refusal-use-moved"),
    }
}

/// Notes the training that is missing, beside the link to it.
fn untrained(app: &App, me: &Agent, case: &Case, form: &mut Filled<'_>) {
    if let Some(missing) = trained::missing(app, me, case) {
        form.wrong("training", form.locale().with("refusal-untrained", &missing.tool));
    }
}

/// POST /desk/cases/{reference}/decision: decides and, when a tool was used, prepares the letter.
pub async fn decide(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (me, now) = (agent(&who.person), app.now());
    let mut form = Filled::new(body, who.visit.locale);
    let outcome = form.one_of("outcome", outcomes(&app, &dossier).iter().map(String::as_str));
    let reason = form.text("reason");
    if dossier.case.decision.is_none() {
        untrained(&app, &me, &dossier.case, &mut form);
    }
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
        Some(known) if (&known.agent, &known.value, &known.reason) == (&me, &outcome, &reason) => {
            owed_notice(&app, dossier, &me, now)
        }
        Some(_) => Err(CaseError::AlreadyDecided.into()),
    });
    let done = done.await;
    let told = done.as_ref().is_ok_and(|dossier| dossier.case.notification.is_some());
    finish(&app, &who, &reference, form, done, if told { "?done=decided#decided" } else { "?done=saved#decided" }).await
}

/// POST /desk/cases/{reference}/notice: prepares the letter that the person concerned is owed, the first or one that completes it.
pub async fn notify(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (form, me, now) = (Filled::new(body, who.visit.locale), agent(&who.person), app.now());
    let done = act(&app, &dossier.case.id, &me.id, |dossier| owed_notice(&app, dossier, &me, now));
    finish(&app, &who, &reference, form, done.await, "?done=prepared#decided").await
}

fn owed_notice(app: &App, dossier: &Dossier, me: &Agent, now: Timestamp) -> Result<Option<CaseEvent>, WebError> {
    if dossier.case.notification.is_some() {
        let owed = !dossier.case.untold().is_empty();
        return if owed { paper::notify_further(app, dossier, me, now).map(Some) } else { Ok(None) };
    }
    if dossier.owes_notice() { paper::notify(app, dossier, &dossier.case, now).map(Some) } else { Ok(None) }
}

/// POST /desk/cases/{reference}/code: closes the code of the letter, which then goes out with another.
pub async fn replace_code(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let mut form = Filled::new(body, who.visit.locale);
    let (me, now) = (agent(&who.person), app.now());
    // The form says how many codes were closed when it was read: a second click does not close the new one.
    let Ok(closed) = form.optional("closed").parse::<usize>() else {
        form.wrong("main", who.visit.locale.t("mistake-choice"));
        return again(&app, &who, &reference, form.back(who.chrome(&app))).await;
    };
    let done = act(&app, &dossier.case.id, &me.id, |dossier| {
        let now_closed = dossier.case.notification.as_ref().map_or(0, |notification| notification.replaced.len());
        if now_closed > closed { Ok(None) } else { paper::replace_code(&app, dossier, &me, now).map(Some) }
    });
    finish(&app, &who, &reference, form, done.await, "?done=code#decided").await
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
