//! What whoever keeps the service running needs: is it alive, is it ready, what does it do, what does it take.

pub mod health;
pub mod logs;
pub mod metrics;
mod process;
pub mod reload;
pub mod shutdown;
#[cfg(test)]
mod tests;
pub mod vitals;
