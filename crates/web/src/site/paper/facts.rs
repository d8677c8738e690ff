//! What the register and the calls say beside the case.

use std::collections::BTreeSet;

use gouvernail_cases::notice::{self, DataSource, Facts, UnknownUse};
use gouvernail_cases::{CaseUse, Tool};
use gouvernail_register::{NoticeWords, Register};
use gouvernail_store::{Call, OutcomeKind};

use super::calls::left;
use crate::site::app::App;
use crate::site::casework::Dossier;

/// What is known of these uses, and of these calls.
pub(super) fn facts<'a>(
    app: &App,
    dossier: &'a Dossier,
    uses: &'a [CaseUse],
    unknown: impl Iterator<Item = &'a Call>,
    lang: notice::Lang,
) -> Facts {
    let known = app.live.snapshot();
    let unknown: Vec<UnknownUse> = unknown.map(unknown_use).collect();
    let recorded = uses.iter().map(|case_use| case_use.system.as_str());
    let systems: BTreeSet<&str> = recorded.chain(unknown.iter().map(|unknown| unknown.system.as_str())).collect();
    let (phone, hours) = reach(app, dossier.system());
    Facts {
        tools: systems.into_iter().map(|system| tool(&known.register, &dossier.calls, system, lang)).collect(),
        unknown,
        phone,
        hours,
        post: app.identity.post.clone(),
        site: site(app),
        register: format!("{}/register", app.identity.public_url),
    }
}

/// A call that reached the model host, or may have, and whose answer is not wholly known.
pub(super) fn is_unknown(call: &Call) -> bool {
    match &call.outcome {
        None | Some((_, OutcomeKind::Unknown, _)) => true,
        Some((_, OutcomeKind::Completed, _)) => false,
        Some((_, OutcomeKind::Cancelled | OutcomeKind::UpstreamError, _)) => left(call),
    }
}

fn unknown_use(call: &Call) -> UnknownUse {
    UnknownUse { use_id: call.intent.id.clone(), system: call.intent.system.clone() }
}

fn tool(register: &Register, calls: &[Call], id: &str, lang: notice::Lang) -> Tool {
    let system = register.systems.get(id);
    let sheet = system.map(|system| &system.sheet);
    let words = system.and_then(|system| system.notice.as_ref()).map(|notice| match lang {
        notice::Lang::Fr => &notice.fr,
        notice::Lang::En => &notice.en,
    });
    let NoticeWords { does, does_not, data, counts } = words.cloned().unwrap_or_default();
    let purpose = sheet.map(|sheet| match lang {
        notice::Lang::Fr => sheet.purpose_fr.clone(),
        notice::Lang::En => sheet.purpose_en.clone(),
    });
    let last = calls.iter().rev().find(|call| call.intent.system == id);
    let (model, host) = last.map_or_else(Default::default, |call| run_by(register, &call.intent.model, &call.intent.host));
    Tool {
        id: id.to_owned(),
        name: sheet.map_or_else(|| id.to_owned(), |sheet| sheet.name.clone()),
        purpose: purpose.unwrap_or_default(),
        does,
        does_not,
        data: data.into_iter().map(|data| DataSource { label: data.label, source: data.source }).collect(),
        counts,
        model,
        host,
    }
}

/// Names of a model and of its host as people read them.
pub fn run_by(register: &Register, model: &str, host: &str) -> (String, String) {
    let model = register.models.get(model).map_or(model, |model| model.name.as_str());
    let host = register.hosts.get(host).map_or(host, |host| host.name.as_str());
    (model.to_owned(), host.to_owned())
}

/// Telephone number where a person answers for a system, and when; the switchboard's until the register has one.
pub fn reach(app: &App, system: &str) -> (String, String) {
    let known = app.live.snapshot();
    match known.register.systems.get(system).and_then(|system| system.human_channel.as_ref()) {
        Some(channel) => (channel.telephone.clone(), channel.hours.clone()),
        None => (app.identity.phone.clone(), app.identity.hours.clone()),
    }
}

pub(super) fn site(app: &App) -> String {
    format!("{}/d", app.identity.public_url)
}
