//! An invitation: the person chooses their own password.

use crate::layout::{Audience, Chrome, page};

/// The page. POST to its own address: `new-password`.
#[derive(Debug, Clone)]
pub struct InvitationPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Who is invited; empty when the link is no longer good.
    pub name: String,
    /// The address by which they will sign in.
    pub email: String,
    /// Until when the link is good.
    pub until: String,
}
page!(InvitationPage, "invitation.html");

impl InvitationPage {
    /// A link that is good.
    pub fn sample() -> InvitationPage {
        InvitationPage {
            chrome: Chrome::sample(Audience::Public),
            name: "Hélène Marchand".into(),
            email: "helene.marchand@val-dormes.example".into(),
            until: "27 novembre 2026 à 10 h 42".into(),
        }
    }

    /// A link that was used, or is too old.
    pub fn sample_over() -> InvitationPage {
        InvitationPage { name: String::new(), ..InvitationPage::sample() }
    }
}
