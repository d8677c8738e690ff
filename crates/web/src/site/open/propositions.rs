//! The propositions, and what carries them out here: the packs that ship, and the administration's own.

use axum::extract::State;
use axum::response::Html;
use gouvernail_register::{Asked, PROPOSITIONS, PackText, Proposition as Known, Requirement, test_name};

use super::{Anybody, chrome};
use crate::i18n::Locale;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::outlook::curly;
use crate::site::visit::Visit;
use crate::site::words::day;
use crate::views::propositions::{Carried, Proposition, Propositions};

/// GET /propositions
pub async fn show(State(app): State<App>, visit: Visit, anybody: Anybody) -> Result<Html<String>, WebError> {
    let shipped = PackText::shipped().map(|pack| pack.name);
    let told = |known: &Known| Proposition {
        number: known.number,
        title: if visit.locale.is_fr() { known.fr } else { known.en }.into(),
        requirements: app.rules.carrying_out(known).iter().map(|asked| carried(asked, &shipped, visit.locale)).collect(),
        test: known.call_test_name(),
    };
    let page = Propositions { chrome: chrome(&app, &visit, &anybody), propositions: PROPOSITIONS.iter().map(told).collect() };
    Ok(Html(page.render(visit.locale)?))
}

fn carried(requirement: &Requirement, shipped: &[String], locale: &Locale) -> Carried {
    let own = !shipped.contains(&requirement.pack);
    let (words, note) = match locale.is_fr() {
        true => (curly(&requirement.fr), curly(&requirement.note_fr)),
        false => (requirement.en.clone(), requirement.note_en.clone()),
    };
    Carried {
        id: requirement.id.clone(),
        words,
        law: curly(&requirement.law),
        own,
        note,
        since: day(requirement.since, locale.lang()),
        until: requirement.until.map(|until| day(until, locale.lang())).unwrap_or_default(),
        gates: gates(requirement.asked),
        test: if own { String::new() } else { test_name(requirement) },
    }
}

fn gates(asked: Asked) -> Vec<&'static str> {
    let all = [(asked.to_try, "gate-trial"), (asked.to_authorise, "gate-service"), (asked.to_call, "gate-call")];
    all.into_iter().filter(|(asked, _)| *asked).map(|(_, gate)| gate).collect()
}
