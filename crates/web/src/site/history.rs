//! What happened in a case, in order, in words that any reader of it may see: nothing of what the tool answered.

use gouvernail_cases::{CaseEvent, Channel, Outcome};

use super::app::App;
use super::words;
use crate::i18n::Locale;

/// When and what, oldest first.
pub fn of(app: &App, events: &[CaseEvent], locale: &Locale) -> Vec<(String, String)> {
    let when = |event: &CaseEvent| words::moment(event.at(), &app.identity.time_zone, locale.lang());
    events.iter().filter_map(|event| Some((when(event), said(app, event, locale)?))).collect()
}

fn said(app: &App, event: &CaseEvent, locale: &Locale) -> Option<String> {
    Some(match event {
        CaseEvent::Opened { .. } => locale.t("happened-opened"),
        CaseEvent::UseRecorded(used) => locale.with("happened-used", &app.name_of_system(&used.system)),
        CaseEvent::Judged { agent, .. } => locale.with("happened-judged", &agent.name),
        // It follows the judgement at once.
        CaseEvent::Revealed { .. } => return None,
        CaseEvent::Decided { agent, value, .. } => locale.pair("happened-decided", &agent.name, value),
        CaseEvent::Notified { .. } => locale.t("happened-notified"),
        CaseEvent::FurtherNotified { .. } => locale.t("happened-further"),
        CaseEvent::CodeReplaced { agent, .. } => locale.with("happened-code", &agent.name),
        CaseEvent::LetterOpened { agent, .. } => locale.with("happened-letter-opened", &agent.name),
        CaseEvent::Contested { channel: how, .. } => locale.with("happened-contested", &channel(*how, locale)),
        CaseEvent::Assigned { agent, .. } => locale.with("happened-assigned", &agent.name),
        CaseEvent::Answered { agent, outcome: Outcome::Maintained, .. } => locale.with("happened-maintained", &agent.name),
        CaseEvent::Answered { agent, outcome: Outcome::Changed { value }, .. } => {
            locale.pair("happened-changed", &agent.name, value)
        }
        CaseEvent::CallbackAsked { .. } => locale.t("happened-callback"),
        CaseEvent::CalledBack { agent, .. } => locale.with("happened-called-back", &agent.name),
    })
}

/// How a request came, in words.
pub fn channel(channel: Channel, locale: &Locale) -> String {
    locale.t(match channel {
        Channel::Web => "channel-web",
        Channel::Phone => "channel-phone",
        Channel::Post => "channel-post",
        Channel::Counter => "channel-counter",
    })
}
