//! The first page, and what is said of accessibility.

use axum::extract::State;
use axum::response::Html;
use gouvernail_register::Automation;

use super::{Anybody, chrome};
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::session::home_of;
use crate::site::visit::Visit;
use crate::views::home::{Accessibility, Home};

/// GET /
pub async fn show(State(app): State<App>, visit: Visit, anybody: Anybody) -> Result<Html<String>, WebError> {
    let page = Home {
        chrome: chrome(&app, &visit, &anybody),
        some_decide: app.live.snapshot().register.systems.values().any(|system| system.sheet.automation == Automation::Full),
        workplace: anybody.map(|signed| home_of(&signed.person).to_owned()).unwrap_or_default(),
        phone: app.identity.phone.clone(),
        hours: app.identity.hours.clone(),
    };
    Ok(Html(page.render(visit.locale)?))
}

/// GET /accessibility
pub async fn accessibility(State(app): State<App>, visit: Visit, anybody: Anybody) -> Result<Html<String>, WebError> {
    let page = Accessibility {
        chrome: chrome(&app, &visit, &anybody),
        phone: app.identity.phone.clone(),
        hours: app.identity.hours.clone(),
        post: app.identity.post.clone(),
    };
    Ok(Html(page.render(visit.locale)?))
}
