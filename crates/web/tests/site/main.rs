//! The site from its readers' side: what each may see and do, over a real store.

mod api;
mod citizen;
mod consultation;
mod desk;
mod keys;
mod leaving;
mod life;
mod open;
mod quotas;
mod record;
mod referent;
mod report;
mod session;
mod stages;
mod story;
mod study;
mod supply;
mod told;
mod training;
mod world;
