//! Requests for a second look: noted for somebody on the telephone, taken, answered.

use axum::extract::{Path, State};
use gouvernail_cases::{CaseError, Channel, Outcome};
use gouvernail_store::Role;
use jiff::civil::Date;

use super::acts::finish;
use super::page::{again, outcomes};
use crate::site::Page;
use crate::site::app::App;
use crate::site::casework::{Dossier, act, agent};
use crate::site::form::{Body, Filled};
use crate::site::second_look::{Request, contest};
use crate::site::visit::SignedIn;
use crate::site::{paper, words};

/// What stands for "the decision stays" in the answer's form.
const MAINTAINED: &str = "maintained";

/// POST /desk/cases/{reference}/contestations
pub async fn record(State(app): State<App>, who: SignedIn, Path(reference): Path<String>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let mut form = Filled::new(body, who.visit.locale);
    let channels = [("phone", Channel::Phone), ("counter", Channel::Counter), ("post", Channel::Post)];
    let (channel, text, reach) = (form.choice("channel", &channels), form.text("text"), form.optional("reach"));
    let received = arrival(&app, &dossier, &mut form);
    if !form.is_right() {
        return again(&app, &who, &reference, form.back(who.chrome(&app))).await;
    }
    let request = Request { channel, text: &text, reach: &reach, received };
    let done = contest(&app, &dossier.case.id, &who.person.id, &request).await.map(|_| dossier);
    finish(&app, &who, &reference, form, done, "?done=saved").await
}

/// The day when a request arrived: what a letter says by its stamp, today for somebody who calls or comes.
fn arrival(app: &App, dossier: &Dossier, form: &mut Filled<'_>) -> Date {
    let (today, locale) = (paper::day_of(app, app.now()), form.locale());
    if form.optional("received").is_empty() {
        if form.optional("channel") == "post" {
            form.wrong("received", locale.t("mistake-received"));
        }
        return today;
    }
    let received = form.day("received");
    let told = dossier.case.notification.as_ref().map_or(today, |notification| paper::day_of(app, notification.at));
    if received > today {
        form.wrong("received", locale.t("mistake-future"));
    } else if received < told && received != Date::ZERO {
        form.wrong("received", locale.with("mistake-before-letter", &words::day(told, locale.lang())));
    }
    received
}

/// POST /desk/cases/{reference}/contestations/{id}/take
pub async fn take(State(app): State<App>, who: SignedIn, Path((reference, id)): Path<(String, String)>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (form, me, now) = (Filled::new(body, who.visit.locale), agent(&who.person), app.now());
    let done = act(&app, &dossier.case.id, &me.id, |dossier| {
        let mine = dossier.case.contestation(&id)?.is_assigned_to(&me.id);
        Ok(if mine { None } else { Some(dossier.case.assign(&id, me.clone(), now)?) })
    });
    finish(&app, &who, &reference, form, done.await, "?done=saved").await
}

/// POST /desk/cases/{reference}/contestations/{id}/answer
pub async fn answer(State(app): State<App>, who: SignedIn, Path((reference, id)): Path<(String, String)>, body: Body) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let (me, now) = (agent(&who.person), app.now());
    let mut form = Filled::new(body, who.visit.locale);
    let offered = outcomes(&app, &dossier);
    let chosen = form.one_of("outcome", offered.iter().map(String::as_str).chain([MAINTAINED]));
    let reason = form.text("reason");
    if !form.is_right() {
        return again(&app, &who, &reference, form.back(who.chrome(&app))).await;
    }
    let outcome = if chosen == MAINTAINED { Outcome::Maintained } else { Outcome::Changed { value: chosen } };
    let done = act(&app, &dossier.case.id, &me.id, |dossier| {
        let known = dossier.case.contestation(&id)?;
        match &known.answer {
            None => Ok(Some(dossier.case.answer(&id, me.clone(), outcome.clone(), &reason, now)?)),
            // A second click is not a second answer.
            Some((given, why, _)) if (given, why) == (&outcome, &reason) && known.is_assigned_to(&me.id) => Ok(None),
            Some(_) => Err(CaseError::AlreadyAnswered(id.clone()).into()),
        }
    });
    finish(&app, &who, &reference, form, done.await, &format!("?done=answered#{id}")).await
}
