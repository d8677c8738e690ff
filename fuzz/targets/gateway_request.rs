//! A request to the gateway, whatever it is.

#![no_main]

use gouvernail_gateway::{Endpoint, fuzz};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|given: (u8, &[u8])| {
    let endpoint = Endpoint::ALL[usize::from(given.0) % Endpoint::ALL.len()];
    fuzz::request(endpoint, given.1);
});
