//! What the public is owed beside the notice: a person to reach, a consultation, know-how that stays.

use axum::Router;
use gouvernail_register::Event;

use super::{Cards, Dossier};
use crate::layout::fact;
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{ChannelCard, ConsultationCard, Part, SkillsCard};

/// Most contributions that a form accepts.
const MOST: u32 = 10_000_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/channel", form(give_channel))
        .route("/referent/systems/{id}/consultation", form(close_consultation))
        .route("/referent/systems/{id}/skills", form(write_skills))
}

pub(super) fn channel(cards: &Cards<'_>) -> ChannelCard {
    let (known, identity) = (cards.dossier.system.human_channel.as_ref(), &cards.dossier.app.identity);
    let facts = known.map(|channel| vec![fact("field-telephone", &channel.telephone), fact("field-hours", &channel.hours)]);
    ChannelCard {
        card: cards.card(Part::Channel, facts.unwrap_or_default()),
        // The switchboard, until the system has its own.
        telephone: known.map_or_else(|| identity.phone.clone(), |channel| channel.telephone.clone()),
        hours: known.map_or_else(|| identity.hours.clone(), |channel| channel.hours.clone()),
    }
}

pub(super) fn consultation(cards: &Cards<'_>) -> ConsultationCard {
    let known = cards.dossier.system.consultation.as_ref();
    let contributions = known.map(|consultation| consultation.contributions.to_string()).unwrap_or_default();
    let facts = known.map(|consultation| {
        vec![
            fact("field-question", &consultation.question),
            fact("field-contributions", &contributions),
            fact("field-answer", &consultation.answer),
        ]
    });
    ConsultationCard {
        card: cards.card(Part::Consultation, facts.unwrap_or_default()),
        question: known.map(|consultation| consultation.question.clone()).unwrap_or_default(),
        contributions,
        answer: known.map(|consultation| consultation.answer.clone()).unwrap_or_default(),
    }
}

pub(super) fn skills(cards: &Cards<'_>) -> SkillsCard {
    let plan = cards.dossier.system.skills_plan.as_ref().map(|plan| plan.plan.clone());
    let facts = plan.as_ref().map(|plan| vec![fact("field-plan", plan)]);
    SkillsCard { card: cards.card(Part::Skills, facts.unwrap_or_default()), plan: plan.unwrap_or_default() }
}

/// POST /referent/systems/{id}/channel
async fn give_channel(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let (telephone, hours) = (form.text("channel-telephone"), form.text("channel-hours"));
    let event = Event::HumanChannelGiven { system: dossier.id.clone(), telephone, hours };
    dossier.act(form, (Part::Channel, "channel-telephone"), "saved", vec![event]).await
}

/// POST /referent/systems/{id}/consultation
async fn close_consultation(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let event = Event::ConsultationAnswered {
        system: dossier.id.clone(),
        question: form.text("consultation-question"),
        contributions: form.number("consultation-contributions", 0, MOST),
        answer: form.text("consultation-answer"),
        consultation: String::new(),
        url: String::new(),
    };
    dossier.act(form, (Part::Consultation, "consultation-question"), "saved", vec![event]).await
}

/// POST /referent/systems/{id}/skills
async fn write_skills(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let event = Event::SkillsPlanWritten {
        system: dossier.id.clone(),
        plan: form.text("skills-plan"),
        skills: Vec::new(),
        quota: 0,
        continuity: String::new(),
    };
    dossier.act(form, (Part::Skills, "skills-plan"), "saved", vec![event]).await
}
