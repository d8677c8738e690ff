//! "Qu'est-ce qui sortirait ?": on a text that one pastes, what would be hidden from a model host. Nothing of it is kept.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use gouvernail_privacy::{Detector, KnownValue, Label, Piece as Found, Source, Span, Strictness, Vault};
use tokio::task::spawn_blocking;

use crate::i18n::Locale;
use crate::layout::{Choice, Chrome};
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::SignedIn;
use crate::views::leaving::{Fate, Leaving, LeavingPage, Piece};

use super::READERS;

/// Longest text, characters: some ten pages.
const LONGEST: usize = 30_000;
/// Longest value known of the person, characters.
const LONGEST_VALUE: usize = 500;

/// GET /referent/leaving
pub async fn show(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&READERS)?;
    page(&app, &signed, signed.chrome(&app), None)
}

/// POST /referent/leaving
pub async fn read(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&READERS)?;
    let mut form = Filled::new(body, signed.visit.locale);
    let text = form.text("leaving-text");
    form.at_most("leaving-text", LONGEST);
    let hosts = hosts(&app, signed.visit.locale);
    let host = form.one_of("leaving-host", hosts.iter().map(|host| host.value.as_str()));
    let known = known(&mut form);
    if !form.is_right() {
        let again = page(&app, &signed, form.back(signed.chrome(&app)), None)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    }
    let words = hosts.into_iter().find(|known| known.value == host).map(|host| host.words).unwrap_or_default();
    let strictness = strictness(&app, &host).with(&app.privacy.language);
    let language = Arc::clone(&app.privacy.language);
    // The recogniser takes milliseconds a page: not on a thread that serves.
    let search = move || {
        let detector = Detector::new(&known).with_language(language).hiding_from(strictness.hide_from);
        leaving(&detector, strictness, words, &text)
    };
    let read = spawn_blocking(search).await.map_err(|died| WebError::Internal(died.to_string()))?;
    Ok(page(&app, &signed, form.back(signed.chrome(&app)), Some(read))?.into_response())
}

fn page(app: &App, signed: &SignedIn, chrome: Chrome, read: Option<Leaving>) -> Result<Html<String>, WebError> {
    let page = LeavingPage { chrome, hosts: hosts(app, signed.visit.locale), lists: app.privacy.language.has_lists(), read };
    Ok(Html(page.render(signed.visit.locale)?))
}

/// Hosts of the register; on a first day, this machine and anywhere else.
fn hosts(app: &App, locale: &Locale) -> Vec<Choice> {
    let known = app.live.snapshot();
    let hosts: Vec<Choice> = known.register.hosts.iter().map(|(id, host)| Choice::new(id, &host.name)).collect();
    if !hosts.is_empty() {
        return hosts;
    }
    let here = app.embedded.iter().map(|here| Choice::new(&here.host, locale.t("leaving-here")));
    here.chain([Choice::new("elsewhere", locale.t("leaving-elsewhere"))]).collect()
}

fn strictness(app: &App, host: &str) -> Strictness {
    let known = app.live.snapshot();
    let declared = known.register.hosts.get(host).map(|host| host.embedded);
    let embedded = declared.unwrap_or_else(|| app.embedded.as_ref().is_some_and(|here| here.host == host));
    app.privacy.hosts.get(host).copied().unwrap_or_else(|| Strictness::of(embedded))
}

/// What the form says of the person of the case.
fn known(form: &mut Filled<'_>) -> Vec<KnownValue> {
    for field in ["leaving-name", "leaving-birth", "leaving-other"] {
        form.at_most(field, LONGEST_VALUE);
    }
    let one = |label, value: String| Some(value).filter(|value| !value.is_empty()).map(|value| KnownValue::new(label, value));
    let named = one(Label::Person, form.optional("leaving-name"));
    let born = one(Label::BirthDate, form.optional("leaving-birth"));
    let others = form.optional_lines("leaving-other").into_iter().map(|line| KnownValue::new(Label::Other, line));
    named.into_iter().chain(born).chain(others).collect()
}

fn leaving(detector: &Detector, strictness: Strictness, host: String, text: &str) -> Leaving {
    let masked = detector.mask(&mut Vault::new(), text);
    let asked = |span: &Span| span.score >= strictness.ask_from;
    let pieces: Vec<Piece> = masked
        .pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Found::Hidden { span, text, placeholder } => marked(span, text, Fate::Hidden, placeholder),
            Found::Doubtful { span, text } if asked(span) => marked(span, text, Fate::Asked, ""),
            Found::Kept(text) | Found::Doubtful { text, .. } => {
                Piece { text: text.to_owned(), fate: Fate::Kept, kind: "", how: "", instead: String::new() }
            }
        })
        .collect();
    let count = |fate| pieces.iter().filter(|piece| piece.fate == fate).count();
    Leaving { host, hidden: count(Fate::Hidden), asked: count(Fate::Asked), sent: masked.text, pieces }
}

fn marked(span: &Span, text: &str, fate: Fate, instead: &str) -> Piece {
    Piece { text: text.to_owned(), fate, kind: kind(span.label), how: how(span.source), instead: instead.to_owned() }
}

/// Key of what a value is.
fn kind(label: Label) -> &'static str {
    match label {
        Label::Person => "label-person",
        Label::BirthDate => "label-birth-date",
        Label::BirthPlace => "label-birth-place",
        Label::Address | Label::PostalCity => "label-address",
        Label::Phone => "label-phone",
        Label::Email => "label-email",
        Label::Nir => "label-nir",
        Label::TaxNumber => "label-tax",
        Label::Iban | Label::PaymentCard => "label-bank",
        Label::Reference => "label-reference",
        Label::Literal => "label-literal",
        Label::IpAddress | Label::SecretUrl | Label::Coordinates => "label-place-online",
        Label::Other => "label-other",
        _ => "label-number",
    }
}

/// Key of how it was recognised.
fn how(source: Source) -> &'static str {
    match source {
        Source::Known => "how-known",
        Source::Identifier => "how-identifier",
        Source::Context => "how-context",
        Source::Names | Source::Model => "how-names",
        Source::Repeated => "how-repeated",
        Source::Lookalike => "how-lookalike",
    }
}
