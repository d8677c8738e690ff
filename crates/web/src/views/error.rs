//! Page 15: something went wrong: what, where, how to mend it.

use crate::layout::{Audience, Chrome, page};

/// The kinds of error that a person can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 400: what was sent cannot be read.
    BadRequest,
    /// 401: nobody is signed in.
    SignIn,
    /// 403: signed in, not entitled.
    Forbidden,
    /// 404: nothing at this address.
    NotFound,
    /// 413: what was sent is too large.
    TooLarge,
    /// 429: too many attempts.
    TooMany,
    /// 500: our fault.
    Internal,
    /// 503: it cannot answer safely now, so it does not.
    Unavailable,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 8] = [
        Kind::BadRequest,
        Kind::SignIn,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::TooLarge,
        Kind::TooMany,
        Kind::Internal,
        Kind::Unavailable,
    ];

    /// The HTTP status (RFC 9110, RFC 6585).
    pub fn status(self) -> u16 {
        match self {
            Kind::BadRequest => 400,
            Kind::SignIn => 401,
            Kind::Forbidden => 403,
            Kind::NotFound => 404,
            Kind::TooLarge => 413,
            Kind::TooMany => 429,
            Kind::Internal => 500,
            Kind::Unavailable => 503,
        }
    }

    fn status_number(self) -> usize {
        self.status().into()
    }

    /// Keys of its title and of what to do.
    pub fn keys(self) -> (&'static str, &'static str) {
        match self {
            Kind::BadRequest => ("error-bad-request", "mend-bad-request"),
            Kind::SignIn => ("error-sign-in", "mend-sign-in"),
            Kind::Forbidden => ("error-forbidden", "mend-forbidden"),
            Kind::NotFound => ("error-not-found", "mend-not-found"),
            Kind::TooLarge => ("error-too-large", "mend-too-large"),
            Kind::TooMany => ("error-too-many", "mend-too-many"),
            Kind::Internal => ("error-internal", "mend-internal"),
            Kind::Unavailable => ("error-unavailable", "mend-unavailable"),
        }
    }
}

/// The page.
#[derive(Debug, Clone)]
pub struct ErrorPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Which kind.
    pub kind: Kind,
    /// What exactly happened, in the reader's language; empty when the kind says enough.
    pub what: String,
    /// The address or the field concerned.
    pub place: String,
}
page!(ErrorPage, "error.html");

impl ErrorPage {
    /// A page that does not exist.
    pub fn sample() -> ErrorPage {
        ErrorPage::sample_of(Kind::NotFound)
    }

    /// Each kind.
    pub fn sample_of(kind: Kind) -> ErrorPage {
        ErrorPage { chrome: Chrome::sample(Audience::Public), kind, what: String::new(), place: "/register/aide-au-logment".into() }
    }
}
