//! The people of the administration and what each may do here.

use crate::layout::{Audience, Chrome, page};

/// Somebody who can sign in.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Keys of what they may do.
    pub roles: Vec<&'static str>,
    /// Whether they may sign in.
    pub active: bool,
    /// That they have not chosen a password yet, and until when they can; empty when they have one.
    pub access: String,
    /// Whether this is the reader, who cannot close their own account.
    pub me: bool,
}

/// An access just given: its link is shown once, kept nowhere.
#[derive(Debug, Clone)]
pub struct Given {
    /// Whose.
    pub name: String,
    /// Where they choose their password.
    pub link: String,
    /// Until when it is good.
    pub until: String,
}

/// The page. POST `/referent/people`: `person-name`, `person-email`, `role-referent`, `role-owner`, `role-agent`,
/// `role-elected`, `role-inspector` (`on` or absent).
/// POST `/referent/people/{id}/close`, `/open`, `/invitation`.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Everybody, by name.
    pub people: Vec<PersonRow>,
    /// The roles: name of the field, key of the words.
    pub roles: Vec<(&'static str, &'static str)>,
    /// The access just given.
    pub given: Option<Given>,
}
page!(PeoplePage, "people.html");

/// Name of the field of each role, the key of its words, and of what it may do.
pub const ROLES: [(&str, &str); 5] = [
    ("role-referent", "may-referent"),
    ("role-owner", "may-owner"),
    ("role-agent", "may-agent"),
    ("role-elected", "may-elected"),
    ("role-inspector", "may-inspector"),
];

impl PeoplePage {
    /// Four people.
    pub fn sample() -> PeoplePage {
        let row = |name: &str, id: &str, role, active| PersonRow {
            id: id.into(),
            name: name.into(),
            email: format!("{id}@val-dormes.example"),
            roles: vec![role],
            active,
            access: String::new(),
            me: id == "claire.vasseur",
        };
        PeoplePage {
            chrome: Chrome::sample(Audience::Referent),
            people: vec![
                row("Claire Vasseur", "claire.vasseur", "role-referent", true),
                row("Hélène Marchand", "helene.marchand", "role-elected", true),
                row("Samir Benali", "samir.benali", "role-agent", true),
                row("Paul Girard", "paul.girard", "role-agent", false),
            ],
            roles: ROLES.into(),
            given: None,
        }
    }

    /// Just after somebody was added.
    pub fn sample_given() -> PeoplePage {
        let mut page = PeoplePage::sample();
        let until = "27 novembre 2026 à 10 h 42";
        page.people[2].access = format!("Lien donné par Claire Vasseur, pas encore utilisé, valable jusqu’au {until}.");
        let link = "https://ia.val-dormes.example/invitation/samir.benali/6c0f…e21b".to_owned();
        page.given = Some(Given { name: "Samir Benali".into(), link, until: until.into() });
        page
    }
}
