//! One module a page: a plain context, a sample for tests and the gallery, and `render`.

pub mod case;
pub mod citizen;
pub mod council;
pub mod desk;
pub mod error;
pub mod home;
pub mod letter;
pub mod login;
pub mod observatory;
pub mod organisation;
pub mod people;
pub mod propositions;
pub mod register;
mod sample;
pub mod system;
pub mod training;
pub mod workspace;
