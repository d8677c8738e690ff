//! The whole program, as an operator starts it and applications call it.

mod crash;
mod evaluate;
mod flood;
mod footprint;
mod full_disk;
mod interchange;
mod operations;
mod privacy;
mod program;
mod referent;
mod starts;
mod study;
mod world;
