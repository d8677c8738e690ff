//! The stream of a model host, whatever it sends and however the network cuts it.

#![no_main]

use gouvernail_gateway::fuzz;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|given: (&[u8], Vec<u8>)| fuzz::stream(given.0, &given.1));
