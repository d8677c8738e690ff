//! The register from outside: no mandate, no call.

mod lapses;
mod mandate;
mod packs;
mod record;
mod walk;
mod world;
