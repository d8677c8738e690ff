//! The first page of the site, and what it says of its accessibility.

use crate::layout::{Audience, Chrome, page};

/// Three doors.
#[derive(Debug, Clone)]
pub struct Home {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Whether a tool of the register may decide alone.
    pub some_decide: bool,
    /// Where a signed-in person works; empty for everybody else.
    pub workplace: String,
    /// The telephone number of the administration.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
}
page!(Home, "home.html");

/// What was done so that everybody can use the pages, and whom to tell when it is not enough.
#[derive(Debug, Clone)]
pub struct Accessibility {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The telephone number of the administration.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
    /// Where to write.
    pub post: String,
}
page!(Accessibility, "accessibility.html");

impl Home {
    /// For anybody.
    pub fn sample() -> Home {
        Home {
            chrome: Chrome::sample(Audience::Public),
            some_decide: false,
            workplace: String::new(),
            phone: "01 99 00 12 34".into(),
            hours: "du lundi au vendredi, de 9 h à 17 h".into(),
        }
    }
}

impl Accessibility {
    /// The sample town's.
    pub fn sample() -> Accessibility {
        let Home { chrome, phone, hours, .. } = Home::sample();
        Accessibility { chrome, phone, hours, post: "Mairie, 1 place de la République, 00000 Val-d’Ormes".into() }
    }
}
