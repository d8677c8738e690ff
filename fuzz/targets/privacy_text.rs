//! Any text, with a file whose values are likely to meet it: it comes back exactly, and masking twice is masking once.

#![no_main]

use gouvernail_privacy::{Detector, KnownValue, Label, Vault};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let known = [
        KnownValue::new(Label::Person, "Hélène Le Goff"),
        KnownValue::new(Label::BirthDate, "1985-03-07"),
        KnownValue::new(Label::Phone, "0612345678"),
        KnownValue::new(Label::Address, "38 rue des Lilas, 35000 Rennes"),
        KnownValue::new(Label::Reference, "AB12 Personne 1"),
    ];
    let (detector, mut vault) = (Detector::new(&known), Vault::new());
    let once = detector.mask(&mut vault, text).text;
    assert_eq!(vault.restore(&once), text);
    assert_eq!(detector.mask(&mut vault, text).text, once, "the same text has the same placeholders");
    assert_eq!(detector.remask(&mut vault, &once), once, "masking twice is masking once");
    detector.residual(&once.into()).expect("nothing known is left");
});
