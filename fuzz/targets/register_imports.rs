//! Files of other registers: refused with a reason, or read, and written again in every dialect.

#![no_main]

use gouvernail_interchange::{Format, read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|given: (u8, &[u8])| {
    let format = Format::ALL[usize::from(given.0) % Format::ALL.len()];
    let Ok(read) = read(format, given.1) else { return };
    for dialect in Format::ALL.into_iter().flat_map(Format::dialects) {
        write(*dialect, read.records.iter().map(|(_, record)| record)).expect("a record can be written");
    }
});
