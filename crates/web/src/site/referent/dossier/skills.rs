//! How the know-how stays beside the system: the plan, the skills at risk, and the days worked without it.

use axum::Router;
use gouvernail_register::{Event, System};

use super::{Cards, Dossier};
use crate::i18n::Locale;
use crate::layout::{Fact, fact};
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::site::{Page, words};
use crate::views::system::{Part, SkillChoice, SkillsCard};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/skills", form(write)).route("/referent/systems/{id}/drill", form(hold_drill))
}

pub(super) fn card(cards: &Cards<'_>) -> SkillsCard {
    let dossier = cards.dossier;
    let plan = dossier.system.skills_plan.as_ref();
    let at_risk = |id: &String| plan.is_some_and(|plan| plan.skills.contains(id));
    let skills = dossier.known.register.skills.iter().map(|(id, skill)| SkillChoice {
        value: id.clone(),
        words: skill.name.clone(),
        checked: if at_risk(id) { "yes" } else { "" },
    });
    SkillsCard {
        skills: skills.collect(),
        card: cards.card(Part::Skills, facts(dossier, &dossier.system, dossier.locale())),
        plan: plan.map(|plan| plan.plan.clone()).unwrap_or_default(),
        quota: plan.filter(|plan| plan.quota > 0).map(|plan| plan.quota.to_string()).unwrap_or_default(),
        continuity: plan.map(|plan| plan.continuity.clone()).unwrap_or_default(),
    }
}

fn facts(dossier: &Dossier, system: &System, locale: &Locale) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(plan) = &system.skills_plan {
        facts.push(fact("field-plan", &plan.plan));
        let known = &dossier.known.register.skills;
        let names: Vec<&str> = plan.skills.iter().filter_map(|id| known.get(id)).map(|skill| skill.name.as_str()).collect();
        let rest = [
            ("fact-skills", names.join(", ")),
            ("fact-quota", if plan.quota > 0 { locale.with("percent", &plan.quota.to_string()) } else { String::new() }),
            ("skills-continuity", plan.continuity.clone()),
        ];
        facts.extend(rest.iter().filter(|(_, told)| !told.is_empty()).map(|(key, told)| fact(key, told)));
    }
    facts.extend(system.drill.as_ref().map(|drill| {
        let dates = locale.pair("drill-told", &words::day(drill.on, locale.lang()), &dossier.last_day(drill.until));
        fact("fact-drill", &format!("{dates}. {}", drill.result))
    }));
    facts
}

/// POST /referent/systems/{id}/skills
async fn write(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let at_risk = dossier.known.register.skills.keys().filter(|id| form.optional(&format!("skills-{id}")) == "yes");
    let event = Event::SkillsPlanWritten {
        system: dossier.id.clone(),
        skills: at_risk.cloned().collect(),
        plan: form.text("skills-plan"),
        quota: match form.optional("skills-quota").as_str() {
            "" => 0,
            _ => u8::try_from(form.number("skills-quota", 0, 100)).unwrap_or_default(),
        },
        continuity: form.optional("skills-continuity"),
    };
    dossier.act(form, (Part::Skills, "skills-plan"), "saved", vec![event]).await
}

/// POST /referent/systems/{id}/drill
async fn hold_drill(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let on = form.day("drill-on");
    if on > dossier.date(dossier.now) {
        form.wrong("drill-on", dossier.locale().t("mistake-future"));
    }
    let event = Event::DrillHeld {
        system: dossier.id.clone(),
        on,
        until: form.until("drill-until", dossier.now, &dossier.app.identity.time_zone),
        result: form.text("drill-result"),
    };
    dossier.act(form, (Part::Skills, "drill-on"), "saved", vec![event]).await
}
