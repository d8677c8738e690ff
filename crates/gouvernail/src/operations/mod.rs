//! What whoever keeps the service running needs: is it alive, is it ready, what does it do, what does it take.

pub mod health;
pub mod metrics;
mod process;
#[cfg(test)]
mod tests;
pub mod vitals;
