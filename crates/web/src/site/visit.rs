//! Who is looking, in which language, at which address: read once for each request.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use gouvernail_store::{Person, Role, Session, StoreError};
use serde::Deserialize;

use super::app::App;
use super::error::WebError;
use crate::i18n::{Lang, Locale};
use crate::layout::{Audience, Chrome};

/// Name of the session's cookie.
pub(crate) const SESSION: &str = "gouvernail";
/// Name of the language's cookie.
pub(crate) const LANGUAGE: &str = "lang";

/// Language and address of a request. It never fails: a wrong choice is French.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Words of the reader's language.
    pub locale: &'static Locale,
    path: String,
    /// Key of the sentence that confirms what was just done (`?done=…`), if it is one of ours.
    pub done: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Choices {
    lang: Option<String>,
    done: Option<String>,
}

impl Visit {
    fn of(parts: &Parts) -> Self {
        let Query(choices) = Query::<Choices>::try_from_uri(&parts.uri).unwrap_or_default();
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let asked = choices.lang.as_deref().and_then(Lang::from_tag);
        let kept = cookie(header(COOKIE), LANGUAGE).and_then(Lang::from_tag);
        let lang = asked.or(kept).unwrap_or_else(|| Lang::from_accept(header(ACCEPT_LANGUAGE)));
        Self { locale: Locale::of(lang), path: parts.uri.path().to_owned(), done: choices.done }
    }

    /// Path asked for, without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What surrounds a page for `audience`, with the confirmation of what was just done.
    pub fn chrome(&self, app: &App, audience: Audience, person: Option<&Person>) -> Chrome {
        let mut chrome = Chrome::new(&app.organisation(), audience, person.map_or("", |person| person.name.as_str()));
        chrome.done = self.done.as_deref().map(|key| self.confirmation(key)).unwrap_or_default();
        chrome
    }

    /// Only our own words are shown, whatever the address says.
    fn confirmation(&self, key: &str) -> String {
        match key {
            "saved" => self.locale.t("done-saved"),
            "accepted" => self.locale.t("done-accepted"),
            "authorised" => self.locale.t("done-authorised"),
            "ended" => self.locale.t("done-ended"),
            "accepted-proposals" => self.locale.t("done-accepted-proposals"),
            "aside-proposals" => self.locale.t("done-aside-proposals"),
            "revoked" => self.locale.t("done-revoked"),
            "closed" => self.locale.t("done-closed"),
            "opened" => self.locale.t("done-opened"),
            "signed" => self.locale.t("done-signed"),
            "handed-over" => self.locale.t("done-handed-over"),
            "returned" => self.locale.t("done-returned"),
            "stopped" => self.locale.t("done-stopped"),
            "resumed" => self.locale.t("done-resumed"),
            "watched" => self.locale.t("done-watched"),
            "refused" => self.locale.t("done-refused"),
            "retired" => self.locale.t("done-retired"),
            "withdrawn" => self.locale.t("done-withdrawn"),
            "imported" => self.locale.t("done-imported"),
            "certified" => self.locale.t("done-certified"),
            "decided" => self.locale.t("done-decided"),
            "prepared" => self.locale.t("done-prepared"),
            "code" => self.locale.t("done-code"),
            "certified-closed" => self.locale.t("done-certified-closed"),
            "answered" => self.locale.t("done-answered"),
            "received" => self.locale.t("done-received"),
            "published" => self.locale.t("done-published"),
            "aside" => self.locale.t("done-aside"),
            "asked" => self.locale.t("done-asked"),
            _ => String::new(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

/// A visit by somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Language and address.
    pub visit: Visit,
    /// Who.
    pub person: Person,
}

impl SignedIn {
    /// Refuses who has none of these roles.
    pub fn allow(&self, roles: &[Role]) -> Result<(), WebError> {
        if roles.iter().any(|role| self.person.roles.contains(role)) { Ok(()) } else { Err(WebError::Forbidden) }
    }

    /// Whether the person has this role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.person.roles.contains(&role)
    }

    /// What surrounds a page of the person's main role.
    pub fn chrome(&self, app: &App) -> Chrome {
        self.visit.chrome(app, self.audience(), Some(&self.person))
    }

    fn audience(&self) -> Audience {
        let roles = [
            (Role::Referent, Audience::Referent),
            (Role::Owner, Audience::Referent),
            (Role::Agent, Audience::Agent),
            (Role::Elected, Audience::Elected),
        ];
        roles.into_iter().find(|(role, _)| self.is(*role)).map_or(Audience::Public, |(_, audience)| audience)
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let person = signed_in(parts, app).await?.ok_or(WebError::SignIn)?;
        Ok(Self { visit: Visit::of(parts), person })
    }
}

async fn signed_in(parts: &Parts, app: &App) -> Result<Option<Person>, StoreError> {
    let cookies = parts.headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(token) = cookie(cookies, SESSION) else { return Ok(None) };
    let Some(session) = app.store.find_session(&Session::hash(token), app.now()).await? else { return Ok(None) };
    app.store.find_person(&session.person_id).await
}

/// The value of a cookie in a `Cookie` header (RFC 6265 §4.2.1).
pub(crate) fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::cookie;

    #[test]
    fn a_cookie_is_found_among_others() {
        let header = "lang=en; gouvernail=abc; other=gouvernail=x";
        assert_eq!(cookie(header, "gouvernail"), Some("abc"));
        assert_eq!(cookie(header, "lang"), Some("en"));
        assert_eq!(cookie(header, "absent"), None);
        assert_eq!(cookie("", "lang"), None);
    }
}
