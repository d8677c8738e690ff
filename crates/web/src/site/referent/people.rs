//! Who can sign in, and to do what.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use gouvernail_register::Event;
use gouvernail_store::{Person, Role, Snapshot, StoreError};

use super::form;
use crate::i18n::Locale;
use crate::invitation::{self, Invitation};
use crate::layout::Chrome;
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::invitation::link;
use crate::site::visit::SignedIn;
use crate::site::words;
use crate::views::people::{Given, PeoplePage, PersonRow, ROLES};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/people", get(show).post(add))
        .route("/referent/people/{id}/close", form(close))
        .route("/referent/people/{id}/open", form(open))
        .route("/referent/people/{id}/invitation", form(invite))
}

/// GET /referent/people
async fn show(State(app): State<App>, signed: SignedIn) -> Page {
    signed.allow(&[Role::Referent])?;
    page(&app, &signed, signed.chrome(&app), None).await
}

/// POST /referent/people
///
/// The link by which the person chooses their password is shown on the answer itself, this once.
async fn add(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let (name, email, roles) = (form.text("person-name"), address(&mut form, &signed), roles(&mut form, &signed));
    if !form.is_right() {
        return refuse(&app, &signed, form).await;
    }
    let (invitation, token) = Invitation::mint(app.now() + invitation::LASTS, &app.ambient);
    let password_hash = invitation.stored();
    let person = Person { id: app.ambient.id(), name, email, roles, password_hash, active: true };
    match app.store.create_person(&person).await {
        Err(StoreError::Duplicate(_)) => {
            form.wrong("person-email", signed.visit.locale.t("mistake-email-taken"));
            return refuse(&app, &signed, form).await;
        }
        other => other?,
    }
    given(&app, &signed, &person, (invitation, token)).await
}

/// POST /referent/people/{id}/close
///
/// Whoever leaves also leaves the posts that they hold: what rested on them no longer runs.
async fn close(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> Page {
    let person = colleague(&app, &signed, &id).await?;
    for act in posts_left(&app, &id) {
        app.live.record(&app.rules, &signed.person.id, act).await?;
    }
    app.store.update_person(&Person { active: false, ..person }).await?;
    app.store.revoke_sessions(&id).await?;
    done(&app, "closed").await
}

/// POST /referent/people/{id}/open
async fn open(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> Page {
    let person = colleague(&app, &signed, &id).await?;
    app.store.update_person(&Person { active: true, ..person }).await?;
    done(&app, "opened").await
}

/// POST /referent/people/{id}/invitation
///
/// From then on the password that they had opens nothing.
async fn invite(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> Page {
    let person = colleague(&app, &signed, &id).await?;
    let (invitation, token) = Invitation::mint(app.now() + invitation::LASTS, &app.ambient);
    let person = Person { password_hash: invitation.stored(), ..person };
    app.store.update_person(&person).await?;
    app.store.revoke_sessions(&id).await?;
    given(&app, &signed, &person, (invitation, token)).await
}

/// Records that an access was given, and shows its link, this once.
async fn given(app: &App, signed: &SignedIn, person: &Person, (invitation, token): (Invitation, String)) -> Page {
    let act = Event::AccessGiven { person: person.id.clone(), until: invitation.until };
    app.live.record(&app.rules, &signed.person.id, act).await?;
    app.live.refresh().await?;
    let until = words::moment(invitation.until, &app.identity.time_zone, signed.visit.locale.lang());
    let given = Given { name: person.name.clone(), link: link(app, &person.id, &token), until };
    page(app, signed, signed.chrome(app), Some(given)).await
}

/// Somebody else than the reader: nobody locks themselves out.
async fn colleague(app: &App, signed: &SignedIn, id: &str) -> Result<Person, WebError> {
    signed.allow(&[Role::Referent])?;
    if id == signed.person.id {
        return Err(WebError::Forbidden);
    }
    app.store.find_person(id).await?.ok_or(WebError::NotFound)
}

fn posts_left(app: &App, id: &str) -> Vec<Event> {
    let known = app.live.snapshot();
    let owned = known.register.systems.iter().filter(|(_, system)| system.owner.as_ref().is_some_and(|owner| owner.person == id));
    let mut acts: Vec<Event> = owned.map(|(system, _)| Event::OwnerLeft { system: system.clone() }).collect();
    if known.register.referent.as_deref() == Some(id) {
        acts.push(Event::ReferentLeft);
    }
    acts
}

async fn done(app: &App, key: &str) -> Page {
    app.live.refresh().await?;
    Ok(Redirect::to(&format!("/referent/people?done={key}")).into_response())
}

async fn refuse(app: &App, signed: &SignedIn, form: Filled<'_>) -> Page {
    let again = page(app, signed, form.back(signed.chrome(app)), None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

async fn page(app: &App, signed: &SignedIn, chrome: Chrome, given: Option<Given>) -> Result<Response, WebError> {
    let known = app.live.snapshot();
    let row = |person: Person| PersonRow {
        access: access(app, signed.visit.locale, &known, &person),
        me: person.id == signed.person.id,
        roles: person.roles.iter().map(|role| field_of(*role)).collect(),
        id: person.id,
        name: person.name,
        email: person.email,
        active: person.active,
    };
    let people = app.store.list_persons().await?.into_iter().map(row).collect();
    let page = PeoplePage { chrome, people, roles: ROLES.into(), given };
    Ok(Html(page.render(signed.visit.locale)?).into_response())
}

/// Who gave the link that the person has not used yet, and until when it is good; empty when they have a password.
fn access(app: &App, locale: &Locale, known: &Snapshot, person: &Person) -> String {
    let Some(invitation) = Invitation::of(person) else { return String::new() };
    let by = known.register.accesses.get(&person.id).map(|access| known.directory.name(&access.by)).unwrap_or_default();
    let until = words::moment(invitation.until, &app.identity.time_zone, locale.lang());
    locale.pair(if invitation.until <= app.now() { "access-over" } else { "access-waits" }, by, &until)
}

/// Name of the field of a role, which is the key of its words.
fn field_of(role: Role) -> &'static str {
    match role {
        Role::Referent => "role-referent",
        Role::Owner => "role-owner",
        Role::Agent => "role-agent",
        Role::Elected => "role-elected",
        Role::Inspector => "role-inspector",
    }
}

fn roles(form: &mut Filled<'_>, signed: &SignedIn) -> Vec<Role> {
    let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| !form.optional(field_of(*role)).is_empty()).collect();
    if roles.is_empty() {
        form.wrong("person-roles", signed.visit.locale.t("mistake-role"));
    }
    roles
}

fn address(form: &mut Filled<'_>, signed: &SignedIn) -> String {
    let email = form.text("person-email");
    let looks_right = email.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    if !email.is_empty() && (!looks_right || email.contains(char::is_whitespace)) {
        form.wrong("person-email", signed.visit.locale.t("mistake-email"));
    }
    email
}
