//! One case, as one agent may see it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use gouvernail_cases::{Agent, Case, Contestation};
use gouvernail_store::{Call, Role};

use super::trained;
use crate::i18n::Locale;
use crate::layout::{Chrome, fact};
use crate::site::Page;
use crate::site::address::case_page;
use crate::site::app::App;
use crate::site::casework::{Dossier, agent};
use crate::site::second_look::is_free;
use crate::site::visit::SignedIn;
use crate::site::{history, paper, words};
use crate::views::case::{CasePage, Decided, Judgement, Proposal, SecondLook, Seen, Sent, Step};

/// Longest title, characters; a longer request is shown under it.
const TITLE: usize = 90;

/// GET /desk/cases/{reference}
pub async fn show(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Page {
    who.allow(&[Role::Agent])?;
    let dossier = Dossier::by_reference(&app, &reference).await?;
    draw(&app, &who, &dossier, who.chrome(&app), StatusCode::OK)
}

/// The page again, with what was typed and what is wrong with it.
pub async fn again(app: &App, who: &SignedIn, reference: &str, chrome: Chrome) -> Page {
    let dossier = Dossier::by_reference(app, reference).await?;
    draw(app, who, &dossier, chrome, StatusCode::UNPROCESSABLE_ENTITY)
}

fn draw(app: &App, who: &SignedIn, dossier: &Dossier, chrome: Chrome, status: StatusCode) -> Page {
    let drawing = Drawing { app, dossier, case: &dossier.case, me: agent(&who.person), locale: who.visit.locale };
    Ok((status, Html(drawing.page(chrome).render(who.visit.locale)?)).into_response())
}

/// The request in one line, and whole when one line does not hold it.
pub fn title_of(subject: &str) -> (String, String) {
    let subject = subject.trim();
    let first = subject.lines().next().unwrap_or_default().trim();
    if first.chars().count() <= TITLE {
        let whole = if first == subject { String::new() } else { subject.to_owned() };
        return (first.to_owned(), whole);
    }
    let start: String = first.chars().take(TITLE).collect();
    // Cut between two words, when there are two.
    let title = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    (format!("{}…", title.trim_end()), subject.to_owned())
}

/// What the words of decisions are for a case: those of the system that touched it.
pub fn outcomes(app: &App, dossier: &Dossier) -> Vec<String> {
    let known = app.live.snapshot();
    known.register.systems.get(dossier.system()).map(|system| system.sheet.decisions.clone()).unwrap_or_default()
}

struct Drawing<'a> {
    app: &'a App,
    dossier: &'a Dossier,
    case: &'a Case,
    me: Agent,
    locale: &'static Locale,
}

impl Drawing<'_> {
    fn page(&self, chrome: Chrome) -> CasePage {
        let (title, request) = title_of(&self.case.subject);
        let received = fact("case-received", &self.moment(self.case.opened_at));
        let known = self.case.known.iter().map(|known| fact(known_label(&known.label), &known.value));
        let moments = |callback: &gouvernail_cases::Callback| (callback.reach.clone(), self.moment(callback.at));
        CasePage {
            chrome,
            reference: self.case.reference.clone(),
            title,
            request,
            url: case_page(&self.case.reference),
            facts: std::iter::once(received).chain(known).collect(),
            sent: self
                .dossier
                .calls
                .iter()
                .enumerate()
                .filter(|(_, call)| paper::left(call))
                .map(|(n, call)| self.sent(n, call))
                .collect(),
            without_ai: self.dossier.declared.without_ai,
            outcomes: outcomes(self.app, self.dossier),
            seen: self.seen(),
            step: self.step(),
            callbacks: self.case.open_callbacks().map(moments).collect(),
            second_looks: self.case.contestations.iter().map(|contestation| self.second_look(contestation)).collect(),
            may_record: self.case.notification.is_some(),
            today: paper::day_of(self.app, self.app.now()).to_string(),
            trail: history::of(self.app, &self.dossier.events, self.locale),
        }
    }

    fn moment(&self, at: jiff::Timestamp) -> String {
        words::moment(at, &self.app.identity.time_zone, self.locale.lang())
    }

    /// What left for the model. A later call may repeat the answer of an earlier one, which this agent may not know yet.
    fn sent(&self, place: usize, call: &Call) -> Sent {
        let earlier = self.dossier.calls.iter().take(place);
        let mut answered = earlier.filter(|call| call.outcome.is_none() || self.case.use_of(&call.intent.id).is_ok());
        let open = answered.all(|call| self.case.revealed(&call.intent.id, &self.me));
        let text = match paper::sent(call, self.locale) {
            _ if !open => self.locale.t("case-sent-closed"),
            Some(text) => text,
            None => self.locale.t("case-sent-nothing"),
        };
        Sent {
            when: self.locale.pair("case-run-by", &self.moment(call.intent.at), &self.run_by(call)),
            protection: paper::protection(call, self.locale),
            text,
        }
    }

    fn run_by(&self, call: &Call) -> String {
        let known = self.app.live.snapshot();
        let (model, host) = paper::run_by(&known.register, &call.intent.model, &call.intent.host);
        self.locale.pair("case-run-by", &model, &host)
    }

    /// Uses that this agent has judged and seen, and no other.
    fn seen(&self) -> Vec<Seen> {
        let shown = self.case.uses.iter().filter_map(|case_use| {
            let judgement = self.case.judgement(&case_use.use_id, &self.me)?;
            let text = self.case.output(&case_use.use_id, &self.me).ok()?;
            let proposal = self.case.proposal(&case_use.use_id, &self.me).ok()?.unwrap_or_default();
            let tool = self.locale.pair("case-tool", &self.app.name_of_system(&case_use.system), &case_use.version);
            let call = self.dossier.calls.iter().find(|call| call.intent.id == case_use.use_id);
            Some(Seen {
                judgement: Judgement {
                    outcome: judgement.value.clone(),
                    reason: judgement.reason.clone(),
                    sealed: self.moment(judgement.at),
                },
                proposal: Proposal {
                    outcome: proposal.to_owned(),
                    text: text.to_owned(),
                    tool: call.map_or_else(|| tool.clone(), |call| format!("{tool}. {}", self.run_by(call))),
                },
            })
        });
        shown.collect()
    }

    fn step(&self) -> Step {
        if let Some(standing) = self.case.standing() {
            return Step::Decided(self.decided(&standing));
        }
        if let Some(missing) = trained::missing(self.app, &self.me, self.case) {
            return Step::Train { tool: missing.tool, url: missing.url };
        }
        let total = self.case.uses.len();
        let Some(next) = self.case.next_unseen(&self.me) else {
            let last = self.case.uses.last().and_then(|case_use| self.case.judgement(&case_use.use_id, &self.me));
            let (outcome, reason) = last.map(|judgement| (judgement.value.clone(), judgement.reason.clone())).unwrap_or_default();
            return Step::Decide { outcome, reason };
        };
        if self.case.judged(&next.use_id, &self.me) {
            return Step::Sealed { used: next.use_id.clone() };
        }
        let number = self.case.uses.iter().position(|case_use| case_use.use_id == next.use_id).unwrap_or_default() + 1;
        Step::Blind { used: next.use_id.clone(), number, total }
    }

    fn decided(&self, standing: &gouvernail_cases::Standing<'_>) -> Decided {
        let notification = self.case.notification.as_ref();
        let (notified, open) = (notification.is_some(), self.case.check_told(&self.me).is_ok());
        let url = case_page(&self.case.reference);
        let further = self.case.further.iter().enumerate().filter(|_| open).map(|(place, further)| {
            let day = words::day(paper::day_of(self.app, further.at), self.locale.lang());
            (self.locale.with("case-further", &day), format!("{url}/further/{}", place + 1))
        });
        Decided {
            outcome: standing.value.to_owned(),
            reason: standing.reason.to_owned(),
            by: self.locale.pair("case-by", &standing.agent.name, &self.moment(standing.at)),
            follows: self.follows(standing.value),
            letter_url: if notified && open { format!("{url}/letter") } else { String::new() },
            further: further.collect(),
            owes_letter: !notified && self.dossier.owes_notice(),
            untold: if notified { self.case.untold().len() } else { 0 },
            may_open: notified && !open && !self.case.looks_again(&self.me),
            closed: notification.map(|notification| notification.replaced.len()),
        }
    }

    /// Whether a decision is what the tool last proposed, for an agent who has seen everything.
    fn follows(&self, value: &str) -> Option<bool> {
        if self.case.next_unseen(&self.me).is_some() {
            return None;
        }
        let mut latest = self.case.uses.iter().rev();
        latest.find_map(|used| self.case.proposal(&used.use_id, &self.me).ok().flatten()).map(|proposal| proposal == value)
    }

    fn second_look(&self, contestation: &Contestation) -> SecondLook {
        let lang = self.locale.lang();
        let (open, mine) = (contestation.answer.is_none(), contestation.is_assigned_to(&self.me.id));
        let first_of_mine =
            self.case.contestations.iter().find(|known| known.answer.is_none() && known.is_assigned_to(&self.me.id));
        let day = words::day(contestation.received, lang);
        let answer = paper::answer_words(self.app, self.dossier, &contestation.id, words::of_notice(lang)).ok();
        let answer = answer.and_then(|(message, _)| message.block(gouvernail_cases::Topic::Answer).cloned());
        SecondLook {
            id: contestation.id.clone(),
            number: format!("{}-{}", self.case.reference, contestation.id),
            words: contestation.text.clone(),
            reach: contestation.reach.clone(),
            received: self.locale.pair("case-contest-came", &day, &history::channel(contestation.channel, self.locale)),
            due: words::day(contestation.due, lang),
            late: contestation.is_late(self.app.now().to_zoned_datetime(self.app.identity.time_zone.clone()).date()),
            assigned: contestation.assigned.as_ref().map(|agent| agent.name.clone()).unwrap_or_default(),
            mine: first_of_mine.is_some_and(|first| first.id == contestation.id),
            blind: contestation.blind,
            letter: contestation.answer.is_some() && self.case.check_told(&self.me).is_ok(),
            left: contestation.assigned.is_some() && is_free(self.app, contestation),
            may_take: open && !mine && self.case.assign(&contestation.id, self.me.clone(), self.app.now()).is_ok(),
            answer: answer.map(|block| block.paragraphs).unwrap_or_default(),
        }
    }
}

fn known_label(label: &str) -> &'static str {
    match label {
        "person" => "known-person",
        "birth_date" => "known-birth-date",
        "address" => "known-address",
        "nir" => "known-nir",
        "iban" => "known-iban",
        "phone" => "known-phone",
        "email" => "known-email",
        "reference" => "known-reference",
        _ => "known-other",
    }
}

#[cfg(test)]
mod tests {
    use super::title_of;

    #[test]
    fn a_long_request_has_a_short_title() {
        assert_eq!(title_of(" Lampadaire éteint "), ("Lampadaire éteint".to_owned(), String::new()));
        let (title, whole) = title_of("Objet : lampadaire\n\nIl est éteint.");
        assert_eq!((title.as_str(), whole.as_str()), ("Objet : lampadaire", "Objet : lampadaire\n\nIl est éteint."));
        let long = "mot ".repeat(60);
        let (title, whole) = title_of(&long);
        assert!(title.ends_with("mot…") && title.chars().count() <= 91 && whole == long.trim(), "{title}");
        assert_eq!(title_of(&"x".repeat(200)).0.chars().count(), 91);
    }
}
