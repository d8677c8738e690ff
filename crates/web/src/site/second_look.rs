//! A request for a second look: recorded, then given to somebody who did not decide.

use std::collections::HashMap;

use gouvernail_cases::{Agent, Case, Channel, Contestation, Status};
use gouvernail_store::Role;
use jiff::civil::Date;

use super::app::App;
use super::casework::{Dossier, act, agent, events_of};
use super::error::WebError;

/// What the person says, and how it came.
pub struct Request<'a> {
    /// How it came.
    pub channel: Channel,
    /// In their words.
    pub text: &'a str,
    /// Where to reach them; may be empty.
    pub reach: &'a str,
    /// The day when it arrived: the month to answer runs from there.
    pub received: Date,
}

/// Whether nobody looks again: nobody was given it, or whoever was has left.
pub fn is_free(app: &App, contestation: &Contestation) -> bool {
    let known = app.live.snapshot();
    let stays = |agent: &Agent| known.directory.person(&agent.id).is_some_and(|person| person.roles.contains(&Role::Agent));
    contestation.answer.is_none() && !contestation.assigned.as_ref().is_some_and(stays)
}

/// Records a contestation and gives it to another agent, if there is one; returns its identifier. The same words sent twice
/// are one contestation.
pub async fn contest(app: &App, case_id: &str, author: &str, request: &Request<'_>) -> Result<String, WebError> {
    let now = app.now();
    let text = request.text.trim();
    let others = ranked(app, Dossier::by_id(app, case_id).await?.system()).await?;
    let mut id = String::new();
    act(app, case_id, author, |dossier| {
        let case = &dossier.case;
        let Some(known) = case.contestations.iter().find(|known| known.answer.is_none() && known.text == text) else {
            let fresh = format!("C{}", case.contestations.len() + 1);
            return Ok(Some(case.contest(&fresh, request.channel, (text, request.reach), request.received, now)?));
        };
        id.clone_from(&known.id);
        let free = is_free(app, known);
        // First those who know nothing of what the tool answered. The rules of the case say who may: never who decided.
        let (blind, rest): (Vec<&Agent>, Vec<&Agent>) = others.iter().filter(|_| free).partition(|other| !case.may_know(other));
        Ok(blind.into_iter().chain(rest).find_map(|other| case.assign(&known.id, other.clone(), now).ok()))
    })
    .await?;
    Ok(id)
}

/// Active agents, the best placed first: certified for the system, then with the fewest contestations to answer.
async fn ranked(app: &App, system: &str) -> Result<Vec<Agent>, WebError> {
    let known = app.live.snapshot();
    let now = app.now();
    let certified = |person: &str| {
        let system = known.register.systems.get(system)?;
        let until = system.certifications.get(&(person.to_owned(), system.version.as_ref()?.label.clone()))?;
        Some(*until > now)
    };
    let open = open_by_agent(app).await?;
    let mut agents = known.directory.with_role(Role::Agent);
    agents.sort_by_key(|person| (!certified(&person.id).unwrap_or(false), open.get(&person.id).copied().unwrap_or(0)));
    Ok(agents.into_iter().map(agent).collect())
}

async fn open_by_agent(app: &App) -> Result<HashMap<String, usize>, WebError> {
    let mut counts = HashMap::new();
    for file in app.store.waiting_cases(Status::Contested.as_str(), i64::MAX).await? {
        let Ok(case) = Case::fold(&events_of(app, &file.id).await?) else { continue };
        for contestation in case.contestations.into_iter().filter(|contestation| contestation.answer.is_none()) {
            if let Some(assigned) = contestation.assigned {
                *counts.entry(assigned.id).or_default() += 1;
            }
        }
    }
    Ok(counts)
}
