//! What the person concerned is told: the words of the register put together with what happened, the letter and its code.

use std::collections::BTreeSet;

use gouvernail_cases::notice::{self, DataSource, Facts, UnknownUse};
use gouvernail_cases::{Case, CaseEvent, Letter, LetterFrame, Message, Told, Tool, code};
use gouvernail_letter::{LetterError, LetterText, Section};
use gouvernail_register::{NoticeWords, Register};
use gouvernail_store::{Call, OutcomeKind};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::app::App;
use super::casework::Dossier;
use super::error::WebError;

/// What codes are derived under.
const CODE_DOMAIN: &[u8] = b"gouvernail/letter-code/v1\n";

/// The code of a case's letter. It is derived, so that a letter can be printed again while the store keeps only a hash.
pub fn code_of(app: &App, case_id: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(CODE_DOMAIN);
    hash.update(app.secret);
    hash.update(case_id.as_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    let mut first = [0; 7];
    first.copy_from_slice(&hash[..7]);
    code::from_bytes(first)
}

/// The notification of a case that is decided in `case`: code, letter and words.
pub fn notify(app: &App, dossier: &Dossier, case: &Case, at: Timestamp) -> Result<CaseEvent, WebError> {
    let told = told(app, dossier, case, at)?;
    let code = code_of(app, &case.id);
    let letter_ref = format!("sha256:{}", hex::encode(Sha256::digest(pdf(&told.letter(&code))?)));
    let code_hash = code::hash(&code).map_err(|error| WebError::Internal(error.to_string()))?;
    Ok(case.notify(&code_hash, &letter_ref, told, at)?)
}

fn told(app: &App, dossier: &Dossier, case: &Case, at: Timestamp) -> Result<Told, WebError> {
    let day = day_of(app, at);
    let words = |lang| notice::notice(case, &facts(app, dossier, lang), day, lang);
    let (fr, en) = (words(notice::Lang::Fr)?, words(notice::Lang::En)?);
    Ok(Told { lang: dossier.declared.lang, fr, en, frame: frame(app, dossier, day) })
}

/// The letter that answers a contestation, from what is stored.
pub fn answer(app: &App, dossier: &Dossier, contestation: &str) -> Result<Letter, WebError> {
    let lang = dossier.declared.lang;
    let (message, day) = answer_words(app, dossier, contestation, lang)?;
    Ok(Letter::new(&message, &frame(app, dossier, day), &code_of(app, &dossier.case.id)))
}

/// The words that answer a contestation, and the day of the answer.
pub fn answer_words(app: &App, dossier: &Dossier, contestation: &str, lang: notice::Lang) -> Result<(Message, Date), WebError> {
    let case = &dossier.case;
    let answered = case.contestation(contestation).ok().and_then(|known| known.answer.as_ref());
    let (_, _, at) = answered.ok_or(WebError::NotFound)?;
    let day = day_of(app, *at);
    Ok((notice::answer(case, contestation, &facts(app, dossier, lang), day, lang)?, day))
}

fn frame(app: &App, dossier: &Dossier, date: Date) -> LetterFrame {
    LetterFrame {
        sender: app.identity.sender.clone(),
        recipient: dossier.declared.recipient.clone(),
        place: app.identity.place.clone(),
        date,
        reference: dossier.case.reference.clone(),
        site: site(app),
        phone: reach(app, dossier.system()).0,
    }
}

fn facts(app: &App, dossier: &Dossier, lang: notice::Lang) -> Facts {
    let known = app.live.snapshot();
    let unknown: Vec<UnknownUse> = dossier.calls.iter().filter(|call| is_unknown(call)).map(unknown_use).collect();
    let recorded = dossier.case.uses.iter().map(|case_use| case_use.system.as_str());
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
fn is_unknown(call: &Call) -> bool {
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

/// Whether a call left, or may have: one that was cut before shows nothing.
pub fn left(call: &Call) -> bool {
    call.outcome.as_ref().is_none_or(|(_, _, body)| body["reached"] != false)
}

/// What left for the model host in a call, as a text; `None` when nothing was kept.
pub fn sent(call: &Call) -> Option<String> {
    let sent = &call.intent.body["sent"];
    let text = match sent {
        Value::String(text) => text.clone(),
        Value::Array(messages) => messages.iter().map(message).collect::<Vec<_>>().join("\n\n"),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    (!text.trim().is_empty()).then_some(text)
}

/// One message of a chat (OpenAI's shape): a text, or parts of which some are texts.
fn message(message: &Value) -> String {
    let text = match &message["content"] {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts = parts.iter().map(|part| part["text"].as_str().map_or_else(|| part.to_string(), str::to_owned));
            texts.collect::<Vec<_>>().join("\n")
        }
        Value::Null => message.to_string(),
        other => other.to_string(),
    };
    format!("{} : {}", message["role"].as_str().unwrap_or("?"), text.trim())
}

/// Telephone number where a person answers for a system, and when; the switchboard's until the register has one.
pub fn reach(app: &App, system: &str) -> (String, String) {
    let known = app.live.snapshot();
    match known.register.systems.get(system).and_then(|system| system.human_channel.as_ref()) {
        Some(channel) => (channel.telephone.clone(), channel.hours.clone()),
        None => (app.identity.phone.clone(), app.identity.hours.clone()),
    }
}

fn site(app: &App) -> String {
    format!("{}/d", app.identity.public_url)
}

fn day_of(app: &App, at: Timestamp) -> Date {
    at.to_zoned_datetime(app.identity.time_zone.clone()).date()
}

/// The letter as a file: the same letter gives the same bytes.
pub fn pdf(letter: &Letter) -> Result<Vec<u8>, LetterError> {
    let letter = letter.clone();
    gouvernail_letter::render(&LetterText {
        sender: letter.sender,
        recipient: letter.recipient,
        place_date: letter.place_date,
        subject: letter.subject,
        opening: vec![letter.greeting, letter.intro],
        sections: letter.sections.into_iter().map(section).collect(),
        closing: letter.closing,
        code: letter.code,
        url: letter.url,
        phone: letter.phone,
        lang: match letter.lang {
            notice::Lang::Fr => gouvernail_letter::Lang::Fr,
            notice::Lang::En => gouvernail_letter::Lang::En,
        },
    })
}

fn section(block: notice::Block) -> Section {
    Section { heading: block.heading, paragraphs: block.paragraphs, items: block.items }
}

/// Whether a text can be printed; else why not.
pub fn printable(text: &str) -> Result<(), LetterError> {
    let word = || "-".to_owned();
    let probe = LetterText {
        sender: vec![word()],
        recipient: vec![word()],
        place_date: word(),
        subject: word(),
        opening: vec![text.to_owned()],
        sections: Vec::new(),
        closing: Vec::new(),
        code: word(),
        url: word(),
        phone: word(),
        lang: gouvernail_letter::Lang::Fr,
    };
    gouvernail_letter::render(&probe).map(drop)
}
