//! What the person concerned is told: the words of the register put together with what happened, the letters and their code.

mod calls;
mod code;
mod facts;
mod print;

use gouvernail_cases::notice::{self, Days};
use gouvernail_cases::{Agent, Case, CaseEvent, Letter, LetterFrame, Message, Told, code as codes};
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::app::App;
use super::casework::Dossier;
use super::error::WebError;
use facts::{facts, is_unknown, site};

pub use calls::{left, protection, sent};
pub use code::{code_of, current_code};
pub use facts::{reach, run_by};
pub use print::{pdf, printable};

/// The notification of a case that is decided in `case`: code, letter and words.
pub fn notify(app: &App, dossier: &Dossier, case: &Case, at: Timestamp) -> Result<CaseEvent, WebError> {
    let day = day_of(app, at);
    let unknown = || dossier.calls.iter().filter(|call| is_unknown(call));
    let words = |lang| notice::notice(case, &facts(app, dossier, &case.uses, unknown(), lang), day, lang);
    let (fr, en) = (words(notice::Lang::Fr)?, words(notice::Lang::En)?);
    let told = Told { lang: dossier.declared.lang, fr, en, frame: frame(app, dossier, day) };
    let code = code_of(app, &case.id, 0);
    Ok(case.notify(&hash(&code)?, &printed(&told.letter(&code))?, told, at)?)
}

/// The letter that tells of what no letter speaks of yet, sent by `signed`.
pub fn notify_further(app: &App, dossier: &Dossier, signed: &Agent, at: Timestamp) -> Result<CaseEvent, WebError> {
    let case = &dossier.case;
    let last = case.further.last().map(|further| further.at).or(case.notification.as_ref().map(|notification| notification.at));
    let (since, days) = (day_of(app, last.unwrap_or(at)), days(app, case, at));
    let untold = case.untold();
    let unknown =
        || dossier.calls.iter().filter(|call| is_unknown(call) && untold.iter().any(|used| used.use_id == call.intent.id));
    let words = |lang| {
        let facts = facts(app, dossier, untold, unknown(), lang);
        notice::further(case, &facts, days, since, &signed.name, lang)
    };
    let (fr, en) = (words(notice::Lang::Fr)?, words(notice::Lang::En)?);
    let told = Told { lang: dossier.declared.lang, fr, en, frame: frame(app, dossier, days.told_on) };
    let printed = printed(&told.letter(&current_code(app, dossier)?))?;
    Ok(case.notify_further(&printed, told, at)?)
}

/// The code of the letter, closed and replaced.
pub fn replace_code(app: &App, dossier: &Dossier, agent: &Agent, at: Timestamp) -> Result<CaseEvent, WebError> {
    let notification = dossier.case.notification.as_ref().ok_or(gouvernail_cases::CaseError::NotNotified)?;
    let code = code_of(app, &dossier.case.id, notification.replaced.len() + 1);
    let printed = printed(&notification.told.letter_again(&code, day_of(app, at)))?;
    Ok(dossier.case.replace_code(&hash(&code)?, &printed, agent.clone(), at)?)
}

/// The letter of the decision as it is to be sent now, word for word; `None` before it is prepared.
pub fn letter(app: &App, dossier: &Dossier) -> Result<Option<Letter>, WebError> {
    let Some(notification) = &dossier.case.notification else { return Ok(None) };
    let code = current_code(app, dossier)?;
    Ok(Some(match notification.replaced.last() {
        Some(at) => notification.told.letter_again(&code, day_of(app, *at)),
        None => notification.told.letter(&code),
    }))
}

/// The letter that answers a contestation, from what is stored.
pub fn answer(app: &App, dossier: &Dossier, contestation: &str) -> Result<Letter, WebError> {
    let lang = dossier.declared.lang;
    let (message, day) = answer_words(app, dossier, contestation, lang)?;
    Ok(Letter::new(&message, &frame(app, dossier, day), &current_code(app, dossier)?))
}

/// The words that answer a contestation, and the day of the answer.
pub fn answer_words(app: &App, dossier: &Dossier, contestation: &str, lang: notice::Lang) -> Result<(Message, Date), WebError> {
    let case = &dossier.case;
    let answered = case.contestation(contestation).ok().and_then(|known| known.answer.as_ref());
    let (_, _, at) = answered.ok_or(WebError::NotFound)?;
    let days = days(app, case, *at);
    let facts = facts(app, dossier, &case.uses, std::iter::empty(), lang);
    Ok((notice::answer(case, contestation, &facts, days, lang)?, days.told_on))
}

fn days(app: &App, case: &Case, at: Timestamp) -> Days {
    let told_on = day_of(app, at);
    Days { told_on, court: case.court_until(at, |at| day_of(app, at)).unwrap_or(told_on) }
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

fn hash(code: &str) -> Result<String, WebError> {
    codes::hash(code).map_err(|error| WebError::Internal(error.to_string()))
}

/// What stands for a letter in the record: the digest of the file as it was printed.
fn printed(letter: &Letter) -> Result<String, WebError> {
    Ok(format!("sha256:{}", hex::encode(Sha256::digest(pdf(letter)?))))
}

/// The civil day of an instant, in the administration's time zone.
pub fn day_of(app: &App, at: Timestamp) -> Date {
    at.to_zoned_datetime(app.identity.time_zone.clone()).date()
}
