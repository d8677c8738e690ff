//! Gouvernail: the rudder between an administration and its AI.
fn main() {}
