//! What a log, a witness or a citizen hands over: read or refused, and written again as it was read.

#![no_main]

use std::fmt::Display;
use std::str::FromStr;

use gouvernail_tlog::checkpoint::Checkpoint;
use gouvernail_tlog::entry::Entry;
use gouvernail_tlog::note::{Note, Vkey};
use gouvernail_tlog::opening::Opening;
use gouvernail_tlog::proof::Proof;
use gouvernail_tlog::tile::Tile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(entry) = Entry::decode(bytes) {
        assert_eq!(entry.encode().expect("what was read can be written"), bytes);
    }
    if let Ok(opening) = Opening::parse(bytes) {
        let again = Opening::parse(&opening.to_bytes()).expect("what was written can be read");
        assert_eq!(again.to_bytes(), opening.to_bytes());
        let _ = (opening.leaf(), opening.check(bytes));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    same::<Note>(text);
    same::<Vkey>(text);
    same::<Checkpoint>(text);
    same::<Proof>(text);
    same::<Tile>(text);
});

/// A format has one spelling: two texts that read the same would be one receipt under two digests.
fn same<T: FromStr + Display>(text: &str) {
    if let Ok(read) = T::from_str(text) {
        assert_eq!(read.to_string(), text);
    }
}
