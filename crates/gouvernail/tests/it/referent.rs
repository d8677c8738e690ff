//! Who records in the register from the command line. [`crate::world::prepare`] leaves them out of the directory.

use gouvernail_store::{Person, Role};

/// The address with which they sign in.
pub const REFERENT: &str = "claire@val-dormes.example";

/// Their entry in the directory.
pub fn referent() -> Person {
    Person {
        id: "referente".into(),
        name: "Claire Vasseur".into(),
        email: REFERENT.into(),
        roles: vec![Role::Referent],
        password_hash: String::new(),
        active: true,
    }
}
