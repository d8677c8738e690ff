//! One module a page: a plain context, a sample for tests and the gallery, and `render`.

pub mod case;
pub mod certificates;
pub mod citizen;
pub mod consultation;
pub mod council;
pub mod dependency;
pub mod desk;
pub mod error;
pub mod home;
pub mod import;
pub mod letter;
pub mod login;
pub mod observatory;
pub mod organisation;
pub mod people;
pub mod propositions;
pub mod record;
pub mod register;
pub mod report;
mod sample;
pub mod skills;
pub mod strategy;
pub mod study;
pub mod system;
pub mod training;
pub mod workspace;
