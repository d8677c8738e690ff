//! What happened to a system, in words: only what the public log says in clear.

use gouvernail_register::{Catalogue, Event, Field, Recorded, statement};
use jiff::Timestamp;

use crate::i18n::Locale;
use crate::site::app::App;
use crate::site::recorded::label;
use crate::site::words;

/// Most fields of a record that are named one by one.
const NAMED: usize = 4;

/// The public acts on the system `id`, the latest first: when, what.
pub fn in_words(app: &App, history: &[Recorded], id: &str, locale: &Locale) -> Vec<(String, String)> {
    let day = |at: Timestamp| words::day(at.to_zoned_datetime(app.identity.time_zone.clone()).date(), locale.lang());
    let public = history.iter().filter(|recorded| recorded.event.system() == Some(id));
    let public = public.filter(|recorded| statement(&recorded.event, recorded.at).is_some());
    let mut is_declared = false;
    let mut told: Vec<_> = public
        .filter_map(|recorded| {
            let sentence = sentence(app, &recorded.event, std::mem::replace(&mut is_declared, true), locale)?;
            Some((day(recorded.at), sentence))
        })
        .collect();
    told.reverse();
    told
}

/// One act; `again` says that the system was already in the register.
fn sentence(app: &App, event: &Event, again: bool, locale: &Locale) -> Option<String> {
    let last_day = |until: Timestamp| words::last_day(until, &app.identity.time_zone, locale.lang());
    Some(match event {
        Event::SystemDeclared { .. } => locale.t(if again { "history-changed" } else { "history-declared" }),
        Event::VersionDeclared { version, .. } => locale.with("history-version", version),
        Event::OwnerAccepted { .. } => locale.t("history-owner"),
        Event::OwnerLeft { .. } => locale.t("history-owner-left"),
        Event::StudySigned { until, .. } => locale.with("history-study", &last_day(*until)),
        Event::NoticePublished { .. } => locale.t("history-notice"),
        Event::ConsultationAnswered { contributions, .. } => locale.n("history-consultation", *contributions as usize),
        Event::Evaluated { passed, total, .. } => locale.of_total("history-evaluated", *passed as usize, *total as usize),
        Event::Authorised { scope, until, .. } => locale.pair("history-authorised", &last_day(*until), scope),
        Event::AuthorisationEnded { reason, .. } => locale.with("history-ended", reason),
        Event::NoticeWithdrawn { reason, .. } => locale.with("history-notice-withdrawn", reason),
        Event::ConsultationOpened { question, .. } => locale.with("history-consultation-opened", question),
        Event::ConsultationReopened { reason, .. } => locale.with("history-consultation-reopened", reason),
        Event::OversightShown { judged_first, .. } => locale.n("history-oversight", *judged_first as usize),
        Event::Suspended { .. } => locale.t("history-suspended"),
        Event::Reinstated { .. } => locale.t("history-reinstated"),
        Event::Refused { reason, .. } => locale.with("history-refused", reason),
        Event::Retired { reason, .. } => locale.with("history-retired", reason),
        Event::Stopped { reason, .. } => locale.with("history-stopped", reason),
        Event::Resumed { reason, .. } => locale.with("history-resumed", reason),
        Event::RecordWritten { changed, .. } | Event::ProposalsSettled { accepted: changed, .. } => fields(changed, locale)?,
        _ => return None,
    })
}

/// The fields of a record that an act changed; only those that everybody reads are named.
fn fields(changed: &[String], locale: &Locale) -> Option<String> {
    let is_public = |field: &&String| Catalogue::get().field(field).is_some_and(Field::is_public);
    let labels: Vec<&str> = changed.iter().filter(is_public).map(|field| label(field, locale)).collect();
    match labels.len() {
        0 => None,
        many if many > NAMED => Some(locale.n("history-record-many", many)),
        _ => Some(locale.with("history-record", &labels.join(", "))),
    }
}
