//! The citizen's case.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use gouvernail_cases::{Contestation, Topic};

use super::code::Behind;
use crate::layout::{Audience, Chrome};
use crate::site::Page;
use crate::site::address::file_name;
use crate::site::agent::title_of;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::second_look::is_free;
use crate::site::{history, paper, words};
use crate::views::citizen::{Asked, Check, CitizenCase, Further, Look};

/// GET /d/{code}
pub async fn show(State(app): State<App>, behind: Behind) -> Page {
    let chrome = behind.visit.chrome(&app, Audience::Public, None);
    draw(&app, &behind, chrome, StatusCode::OK)
}

/// The page, perhaps with what was typed and what is wrong with it.
pub fn draw(app: &App, behind: &Behind, chrome: Chrome, status: StatusCode) -> Page {
    let html = case(app, behind, chrome)?.render(behind.visit.locale)?;
    Ok((status, Html(html)).into_response())
}

fn case(app: &App, behind: &Behind, chrome: Chrome) -> Result<CitizenCase, WebError> {
    let (case, locale) = (&behind.dossier.case, behind.visit.locale);
    let notification = case.notification.as_ref().ok_or(WebError::NotFound)?;
    let standing = case.standing().ok_or(WebError::NotFound)?;
    let lang = locale.lang();
    let (title, request) = title_of(&case.subject);
    let (phone, hours) = paper::reach(app, behind.dossier.system());
    let now = app.now();
    let until = case.court_until(now, |at| paper::day_of(app, at)).ok_or(WebError::NotFound)?;
    let decided_at = words::moment(standing.at, &app.identity.time_zone, lang);
    Ok(CitizenCase {
        chrome,
        report_url: case.uses.last().map(|used| format!("/register/{}/report", used.system)).unwrap_or_default(),
        url: behind.url.clone(),
        reference: case.reference.clone(),
        title,
        request,
        decision: standing.value.to_owned(),
        reason: standing.reason.to_owned(),
        decided_by: locale.pair("case-by", &standing.agent.name, &decided_at),
        changed: case.has_changed(),
        told: notification.told.notice(words::of_notice(lang)).message.blocks.clone(),
        further: case.further.iter().enumerate().map(|(place, letter)| further(app, behind, place + 1, letter)).collect(),
        untold: !case.untold().is_empty(),
        history: history::of(app, &behind.dossier.events, locale),
        asked: case.contestations.iter().rev().map(|contestation| asked(app, behind, contestation)).collect(),
        callback: case.open_callbacks().last().map(|callback| callback.reach.clone()).unwrap_or_default(),
        contest_until: words::day(until, lang),
        too_late: paper::day_of(app, now) > until,
        phone,
        hours,
        check: check(app, behind),
    })
}

/// What a later letter told.
fn further(app: &App, behind: &Behind, number: usize, letter: &gouvernail_cases::Further) -> Further {
    let lang = behind.visit.locale.lang();
    let message = &letter.told.notice(words::of_notice(lang)).message;
    let topics = [Topic::Did, Topic::DidNot, Topic::Counted, Topic::Energy];
    Further {
        day: words::day(paper::day_of(app, letter.at), lang),
        intro: message.intro.clone(),
        blocks: topics.iter().filter_map(|topic| message.block(*topic).cloned()).collect(),
        receipt_url: format!("{}/further/{number}/receipt.tlog-proof", behind.url),
        record_url: format!("{}/further/{number}/receipt.json", behind.url),
    }
}

/// A request for a second look, as its author follows it.
pub fn asked(app: &App, behind: &Behind, contestation: &Contestation) -> Asked {
    let lang = behind.visit.locale.lang();
    let answer = paper::answer_words(app, &behind.dossier, &contestation.id, words::of_notice(lang)).ok();
    let answer = answer.and_then(|(message, _)| message.block(Topic::Answer).map(|block| block.paragraphs.clone()));
    Asked {
        number: format!("{}-{}", behind.dossier.case.reference, contestation.id),
        url: format!("{}/contestations/{}", behind.url, contestation.id),
        received: words::day(contestation.received, lang),
        due: words::day(contestation.due, lang),
        late: contestation.is_late(paper::day_of(app, app.now())),
        look: match &contestation.assigned {
            None => Look::Nobody,
            Some(_) if is_free(app, contestation) => Look::Nobody,
            Some(_) if contestation.blind => Look::Blind,
            Some(_) => Look::MayKnow,
        },
        answer: answer.unwrap_or_default(),
    }
}

fn check(app: &App, behind: &Behind) -> Check {
    Check {
        receipt_url: format!("{}/receipt.tlog-proof", behind.url),
        record_url: format!("{}/receipt.json", behind.url),
        file: file_name("recu", &behind.dossier.case.reference, "tlog-proof"),
        vkey: app.identity.log_vkey.clone(),
        observatory: app.identity.observatory.clone(),
    }
}
