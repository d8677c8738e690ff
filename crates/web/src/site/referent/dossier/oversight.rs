//! What showed that people keep the hand: figures that the case desk counts, and that a person records with what was learnt.

use axum::Router;
use gouvernail_cases::indicators::trials;
use gouvernail_cases::{Case, Outcome};
use gouvernail_register::Event;

use super::Dossier;
use crate::layout::fact;
use crate::site::Page;
use crate::site::app::App;
use crate::site::casework::events_of;
use crate::site::error::WebError;
use crate::site::form::Body;
use crate::site::referent::{figures, form};
use crate::views::system::{OversightFields, Part};

/// Most cases that a form accepts.
const MOST: u32 = 10_000_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/oversight", form(show_it))
}

/// Cases of one version, seen twice: by a person, and by the system.
#[derive(Debug, Default)]
struct Counted {
    judged: u32,
    wrong: u32,
    caught: u32,
    without: u32,
}

/// What the form shows; none for a system that touches no case, where nobody judges first.
pub(super) async fn fields(dossier: &Dossier) -> Result<Option<OversightFields>, WebError> {
    if !dossier.system.sheet.touches_cases {
        return Ok(None);
    }
    let known = dossier.system.oversight.as_ref();
    let facts = known.map(|known| {
        let caught = dossier.locale().of_total("out-of", known.caught as usize, known.wrong as usize);
        vec![
            fact("fact-version", &known.version),
            fact("oversight-judged", &known.judged_first.to_string()),
            fact("oversight-caught", &caught),
            fact("oversight-without", &known.without.to_string()),
            fact("oversight-findings", &known.findings),
        ]
    });
    let counted = if dossier.counted {
        counted(dossier).await?
    } else {
        known.map_or_else(Counted::default, |known| Counted {
            judged: known.judged_first,
            wrong: known.wrong,
            caught: known.caught,
            without: known.without,
        })
    };
    Ok(Some(OversightFields {
        facts: facts.unwrap_or_default(),
        judged: counted.judged.to_string(),
        wrong: counted.wrong.to_string(),
        caught: counted.caught.to_string(),
        without: counted.without.to_string(),
        findings: known.map(|known| known.findings.clone()).unwrap_or_default(),
        counted: dossier.counted,
    }))
}

async fn counted(dossier: &Dossier) -> Result<Counted, WebError> {
    let (app, mut counted) = (&dossier.app, Counted::default());
    let version = dossier.system.version.as_ref().map(|version| version.label.clone()).unwrap_or_default();
    for file in app.store.list_cases(None, figures::MOST).await? {
        let Ok(case) = Case::fold(&events_of(app, &file.id).await?) else { continue };
        counted.add(&case, (&dossier.id, &version), file.opened_by == dossier.id);
    }
    Ok(counted)
}

impl Counted {
    /// A proposal was wrong when the decision departed from it, or when a second look later did.
    fn add(&mut self, case: &Case, (system, version): (&str, &str), of_system: bool) {
        if case.decision.is_none() {
            return;
        }
        self.without += u32::from(of_system && case.uses.is_empty());
        let changed = case.contestations.iter().rev().find_map(|contestation| match &contestation.answer {
            Some((Outcome::Changed { value }, ..)) => Some(value.as_str()),
            _ => None,
        });
        // A proposal is opened for its indicators only; where several tools spoke, it is not said which one did.
        let alone = case.uses.iter().all(|used| used.system == system && used.version == version);
        for trial in trials(case).into_iter().filter(|_| alone) {
            let caught = trial.decided != trial.proposal;
            self.judged += 1;
            self.caught += u32::from(caught);
            self.wrong += u32::from(caught || changed.is_some_and(|value| value != trial.proposal));
        }
    }
}

/// POST /referent/systems/{id}/oversight
async fn show_it(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let judged_first = form.number("oversight-judged", 0, MOST);
    let wrong = form.number("oversight-wrong", 0, MOST);
    let caught = form.number("oversight-caught", 0, MOST);
    let without = form.number("oversight-without", 0, MOST);
    let findings = form.text("oversight-findings");
    if form.is_right() && (wrong > judged_first || caught > wrong) {
        let field = if caught > wrong { "oversight-caught" } else { "oversight-wrong" };
        form.wrong(field, dossier.locale().t("mistake-oversight"));
    }
    let version = dossier.version(&mut form, "oversight-judged");
    let event = Event::OversightShown { system: dossier.id.clone(), version, judged_first, wrong, caught, without, findings };
    dossier.act(form, (Part::Evaluation, "oversight-judged"), "saved", vec![event]).await
}
