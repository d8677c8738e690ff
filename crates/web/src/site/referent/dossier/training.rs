//! The training that agents follow before their first use.

use axum::Router;
use gouvernail_register::{Event, Risk};
use gouvernail_store::Role;

use super::{Cards, Dossier};
use crate::layout::{Choice, fact};
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::outlook::certified;
use crate::site::referent::form;
use crate::views::system::{Part, TrainingCard};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/training", form(choose))
}

pub(super) fn card(cards: &Cards<'_>) -> TrainingCard {
    let (dossier, locale) = (cards.dossier, cards.dossier.locale());
    let directory = &dossier.known.directory;
    let agents = directory.with_role(Role::Agent);
    let held: Vec<_> = certified(&dossier.known, &dossier.system, dossier.now).collect();
    let holds = |id: &str| held.iter().any(|(person, _)| *person == id);
    let trained = agents.iter().filter(|agent| holds(&agent.id)).count();
    let module = dossier.system.training.clone();
    let facts = module.as_ref().map(|_| vec![fact("fact-certified", &locale.of_total("out-of", trained, agents.len()))]);
    TrainingCard {
        card: cards.card(Part::Training, facts.unwrap_or_default()),
        modules: dossier.modules(),
        url: module.as_ref().map(|_| format!("/training/{}", dossier.id)).unwrap_or_default(),
        module: module.unwrap_or_else(|| dossier.usual_module()),
        certified: held.iter().map(|(person, until)| (dossier.name(person), dossier.last_day(*until))).collect(),
        waiting: agents.iter().filter(|agent| !holds(&agent.id)).map(|agent| agent.name.clone()).collect(),
    }
}

/// POST /referent/systems/{id}/training
async fn choose(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let module = form.one_of("training-module", dossier.app.library.modules.keys().map(String::as_str));
    let event = Event::TrainingPublished { system: dossier.id.clone(), module };
    dossier.act(form, (Part::Training, "training-module"), "saved", vec![event]).await
}

/// What suits an assistant that weighs on nobody and touches no case.
const DRAFTING: &str = "redaction-assistee";

impl Dossier {
    /// The module proposed before one is chosen.
    pub(super) fn usual_module(&self) -> String {
        let sheet = &self.system.sheet;
        let suits = sheet.risk == Risk::Low && !sheet.touches_cases && self.app.library.modules.contains_key(DRAFTING);
        if suits { DRAFTING.to_owned() } else { String::new() }
    }

    pub(super) fn modules(&self) -> Vec<Choice> {
        let lang = self.locale().lang();
        self.app.library.modules.values().map(|module| Choice::new(&module.id, module.title(lang))).collect()
    }
}
