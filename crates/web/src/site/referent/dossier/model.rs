//! The model, who runs it, and the version that is validated.

use axum::Router;
use gouvernail_register::{DataOpenness, Event, Host, HostTraits, Model, ModelTraits, frozen, unique_slug};

use super::{Cards, Dossier, embedded};
use crate::layout::{Choice, fact};
use crate::site::Page;
use crate::site::app::App;
use crate::site::described::{host_in_words, model_in_words};
use crate::site::form::{Body, Filled};
use crate::site::referent::form;
use crate::views::system::{Card, ModelCard, Part, State};

/// Largest model that a form accepts, billions of parameters: well above any that exists.
const LARGEST: f64 = 100_000.0;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/host", form(declare_host))
        .route("/referent/systems/{id}/model", form(declare_model))
        .route("/referent/systems/{id}/version", form(declare_version))
}

/// Whether it holds, and what is recorded.
pub(super) fn summary(cards: &Cards<'_>) -> Card {
    let (dossier, locale) = (cards.dossier, cards.dossier.locale());
    let register = &dossier.known.register;
    let version = dossier.system.version.as_ref();
    let mut facts = Vec::new();
    if let Some((model, host)) = dossier.model().map(|model| (model, register.hosts.get(&model.host))) {
        facts.push(fact("fact-model", &model_in_words(model, locale)));
        facts.extend(host.map(|host| fact("fact-host", &host_in_words(host))));
    }
    facts.extend(version.map(|version| fact("fact-version", &version.label)));
    // No version, nothing to authorise: whatever the rules say, this part is asked.
    let mut card = match (cards.outlook.state(Part::Model, true), version) {
        (_, None) => {
            let mut card = cards.card_in(Part::Model, State::Absent, facts);
            card.lacks.insert(0, dossier.lack(Part::Model, "lack-version"));
            card
        }
        (State::NotAsked, Some(_)) => cards.card_in(Part::Model, State::Held, facts),
        (_, Some(_)) => cards.card(Part::Model, facts),
    };
    if version.is_some_and(|version| !version.intact) {
        card.lacks.push(dossier.lack(Part::Model, "model-changed"));
    }
    card
}

/// The same, with its forms.
pub(super) fn card(cards: &Cards<'_>) -> ModelCard {
    let (dossier, locale) = (cards.dossier, cards.dossier.locale());
    let register = &dossier.known.register;
    let version = dossier.system.version.as_ref();
    let current = version.map(|version| version.model.clone()).unwrap_or_default();
    let openness = ["closed", "described", "published"];
    let words = ["model-data-closed", "model-data-described", "model-data-published"];
    ModelCard {
        card: summary(cards),
        openness: openness.iter().zip(words).map(|(value, key)| Choice::new(*value, locale.t(key))).collect(),
        hosts: register.hosts.iter().map(|(id, host)| Choice::new(id, host_in_words(host))).collect(),
        models: register.models.iter().map(|(id, model)| Choice::new(id, &model.name)).collect(),
        next_label: next_label(version.map_or("0", |version| version.label.as_str())),
        again: version.is_some(),
        model: current,
        embedded: embedded::offered(dossier).map(|own| own.name.clone()).unwrap_or_default(),
    }
}

/// "2" after "1"; nothing when the last label is not a number.
fn next_label(last: &str) -> String {
    last.parse::<u32>().map(|last| (last + 1).to_string()).unwrap_or_default()
}

/// POST /referent/systems/{id}/host
async fn declare_host(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let (name, embedded) = (form.text("host-name"), form.yes("host-embedded"));
    let event = Event::HostDeclared {
        base_url: base_url(&mut form, embedded, &dossier),
        country: country(&mut form, "host-country", &dossier),
        host: identifier(&mut form, "host-id", &name, &dossier, |id| dossier.known.register.hosts.contains_key(id)),
        traits: host_traits(&mut form, &dossier),
        name,
        embedded,
    };
    dossier.act(form, (Part::Model, "host-name"), "saved", vec![event]).await
}

/// POST /referent/systems/{id}/model
async fn declare_model(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let name = form.text("model-name");
    let host = form.one_of("model-host", dossier.known.register.hosts.keys().map(String::as_str));
    let (open_weights, licence) = (form.yes("model-open"), form.text("model-licence"));
    let (total_billions, active_billions) = (form.decimal("model-total", LARGEST), form.decimal("model-active", LARGEST));
    if active_billions > total_billions {
        form.wrong("model-active", dossier.locale().t("mistake-active"));
    }
    let model = identifier(&mut form, "model-id", &name, &dossier, |id| dossier.known.register.models.contains_key(id));
    let event = Event::ModelDeclared {
        model,
        name,
        host,
        open_weights,
        licence,
        active_billions,
        total_billions,
        traits: model_traits(&mut form, &dossier),
    };
    dossier.act(form, (Part::Model, "model-name"), "saved", vec![event]).await
}

/// POST /referent/systems/{id}/version
async fn declare_version(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let model = form.one_of("version-model", dossier.known.register.models.keys().map(String::as_str));
    let (version, digest) = (form.text("version-label"), dossier.digest(&model).unwrap_or_default());
    if dossier.system.labels.contains(&version) {
        form.wrong("version-label", dossier.locale().t("mistake-taken"));
    }
    let again = dossier.system.version.is_some();
    let (change, substantial) = (form.optional("version-change"), again && form.yes("version-substantial"));
    let event = Event::VersionDeclared { system: dossier.id.clone(), version, model, digest, change, substantial };
    let to = dossier.leads_to_card(Part::Model, "saved");
    dossier.act_and_go(form, (Part::Model, "version-label"), vec![event], to).await
}

/// Where the host answers; the embedded engine needs no address here.
fn base_url(form: &mut Filled<'_>, embedded: bool, dossier: &Dossier) -> String {
    let typed = form.optional("host-url").trim_end_matches('/').to_owned();
    if embedded {
        if !typed.is_empty() {
            form.wrong("host-url", dossier.locale().t("refused-embedded-address"));
        }
        return typed;
    }
    let is_address = typed.starts_with("https://") || typed.starts_with("http://");
    if !is_address || !typed.ends_with("/v1") || typed.contains(char::is_whitespace) {
        form.wrong("host-url", dossier.locale().t("mistake-base-url"));
    }
    typed
}

/// Highest power usage effectiveness that a form accepts.
const WORST_PUE: f64 = 10.0;

/// What makes one depend on a host; what is not known stays empty.
fn host_traits(form: &mut Filled<'_>, dossier: &Dossier) -> HostTraits {
    HostTraits {
        supplier: form.optional("host-supplier"),
        jurisdiction: optional_country(form, "host-jurisdiction", dossier),
        qualifications: form.optional_lines("host-qualifications"),
        pue: (!form.optional("host-pue").is_empty()).then(|| form.decimal("host-pue", WORST_PUE)),
    }
}

fn model_traits(form: &mut Filled<'_>, dossier: &Dossier) -> ModelTraits {
    let openness =
        [("closed", DataOpenness::Closed), ("described", DataOpenness::Described), ("published", DataOpenness::Published)];
    ModelTraits {
        publisher: form.optional("model-publisher"),
        publisher_country: optional_country(form, "model-publisher-country", dossier),
        revision: form.optional("model-revision"),
        data: match form.optional("model-data").as_str() {
            "" => DataOpenness::Closed,
            _ => form.choice("model-data", &openness),
        },
    }
}

/// ISO 3166-1 alpha-2.
pub(super) fn country(form: &mut Filled<'_>, field: &str, dossier: &Dossier) -> String {
    let code = form.text(field).to_uppercase();
    if !code.is_empty() && (code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase())) {
        form.wrong(field, dossier.locale().t("mistake-country"));
    }
    code
}

fn optional_country(form: &mut Filled<'_>, field: &str, dossier: &Dossier) -> String {
    if form.optional(field).is_empty() { String::new() } else { country(form, field, dossier) }
}

/// The technical name that was typed, or one drawn from `name`.
fn identifier(form: &mut Filled<'_>, field: &str, name: &str, dossier: &Dossier, taken: impl Fn(&str) -> bool) -> String {
    let typed = form.optional(field);
    if typed.is_empty() {
        return unique_slug(name, "sans-nom", taken);
    }
    if !typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:/-".contains(&byte)) {
        form.wrong(field, dossier.locale().t("mistake-id"));
    } else if taken(&typed) {
        form.wrong(field, dossier.locale().t("mistake-taken"));
    }
    typed
}

impl Dossier {
    /// The model of the version in force.
    pub(super) fn model(&self) -> Option<&Model> {
        self.known.register.models.get(&self.system.version.as_ref()?.model)
    }

    /// The host of the version in force, with its identifier.
    pub(super) fn host(&self) -> Option<(&str, &Host)> {
        let id = self.model()?.host.as_str();
        self.known.register.hosts.get(id).map(|host| (id, host))
    }

    /// What a version with this model would freeze today.
    fn digest(&self, model: &str) -> Option<String> {
        self.known.register.models.get(model).map(|known| frozen(&self.system.sheet, model, known))
    }
}
