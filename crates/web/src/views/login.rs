//! Page 1: sign in.

use crate::layout::{Audience, Chrome, FieldError, page};

/// The sign-in form. POST `/login` with `email`, `password`, `to`.
#[derive(Debug, Clone)]
pub struct Login {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The address typed before, if the attempt failed.
    pub email: String,
    /// Where signing in leads on to; empty for the first page of the person's work.
    pub to: String,
}
page!(Login, "login.html");

impl Login {
    /// An empty form.
    pub fn sample() -> Login {
        Login { chrome: Chrome::sample(Audience::Public), email: String::new(), to: String::new() }
    }

    /// After a failed attempt.
    pub fn sample_refused() -> Login {
        let mut page = Login::sample();
        page.email = "claire.vasseur@val-dormes.example".into();
        page.chrome.errors.push(FieldError {
            field: "password".into(),
            message: "Adresse ou mot de passe inconnu. Vérifiez l’adresse, puis saisissez de nouveau le mot de passe.".into(),
        });
        page
    }
}
