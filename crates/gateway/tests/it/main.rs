//! The gateway over a real database, a real register and a real, if simple-minded, model host. Both promises are attacked.

mod answers;
mod bad_input;
mod conformance;
mod cut;
mod dates;
mod dossier;
mod doubts;
mod durable;
mod endpoints;
mod faults;
mod hidden;
mod host;
mod identity;
mod impact;
mod mandate;
mod measured;
mod owned;
mod postgres;
mod propositions;
#[path = "../../../store/tests/it/proxy.rs"]
mod proxy;
mod quotas;
mod recovered;
mod routes;
mod streams;
mod world;
