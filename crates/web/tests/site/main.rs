//! The site from its readers' side: what each may see and do, over a real store.

mod api;
mod citizen;
mod desk;
mod life;
mod open;
mod referent;
mod session;
mod stages;
mod story;
mod training;
mod world;
