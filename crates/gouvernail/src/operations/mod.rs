//! What whoever keeps the service running needs: is it alive, is it ready, what does it do, what does it take.

pub mod health;
pub mod logs;
pub mod metrics;
mod process;
pub mod reload;
pub mod shutdown;
mod spans;
#[cfg(test)]
mod tests;
pub mod traces;
pub mod vitals;
