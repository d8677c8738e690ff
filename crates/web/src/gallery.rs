//! Every page drawn from its sample, in every language: for tests, browsers and pictures.

use crate::i18n::{Lang, Locale};
use crate::layout::RenderError;
use crate::views::{
    case::CasePage,
    citizen::{CitizenCase, EnterCode, Received},
    council::Council,
    desk::Desk,
    error::{ErrorPage, Kind},
    letter::Letter,
    login::Login,
    observatory::Observatory,
    register::{PublicSystem, Register},
    system::SystemPage,
    training::Training,
    workspace::Workspace,
};

/// One drawn page.
#[derive(Debug)]
pub struct Drawn {
    /// Its name, a file name without ending.
    pub name: String,
    /// Its language.
    pub lang: Lang,
    /// The HTML.
    pub html: String,
}

/// Draws every page in every language.
pub fn all() -> Result<Vec<Drawn>, RenderError> {
    let mut drawn = Vec::new();
    for lang in Lang::ALL {
        let l = Locale::of(lang);
        let mut add = |name: &str, html: Result<String, RenderError>| -> Result<(), RenderError> {
            drawn.push(Drawn { name: name.into(), lang, html: html? });
            Ok(())
        };
        add("login", Login::sample().render(l))?;
        add("login-refused", Login::sample_refused().render(l))?;
        add("workspace", Workspace::sample().render(l))?;
        add("system", SystemPage::sample().render(l))?;
        add("training", Training::sample().render(l))?;
        add("desk", Desk::sample().render(l))?;
        add("case-blind", CasePage::sample().render(l))?;
        add("case-revealed", CasePage::sample_revealed().render(l))?;
        add("case-decided", CasePage::sample_decided().render(l))?;
        add("letter", Letter::sample().render(l))?;
        add("enter-code", EnterCode::sample().render(l))?;
        add("enter-code-unknown", EnterCode::sample_unknown().render(l))?;
        add("citizen-case", CitizenCase::sample().render(l))?;
        add("received", Received::sample().render(l))?;
        add("register", Register::sample().render(l))?;
        add("public-system", PublicSystem::sample().render(l))?;
        add("council", Council::sample().render(l))?;
        add("observatory", Observatory::sample().render(l))?;
        for kind in Kind::ALL {
            add(&format!("error-{}", kind.status()), ErrorPage::sample_of(kind).render(l))?;
        }
    }
    Ok(drawn)
}
