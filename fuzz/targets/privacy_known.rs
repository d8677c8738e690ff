//! Any values in a file: whatever an application declares, its own spelling is found, and nothing else is lost.

#![no_main]

use gouvernail_privacy::{Detector, KnownValue, Label, Vault};
use libfuzzer_sys::fuzz_target;

const LABELS: [Label; 6] = [Label::Person, Label::BirthDate, Label::Phone, Label::Address, Label::Nir, Label::Reference];

fuzz_target!(|given: (Vec<(u8, &str)>, &str)| {
    let (values, text) = given;
    let known: Vec<KnownValue> =
        values.iter().take(8).map(|(label, value)| KnownValue::new(LABELS[usize::from(*label) % LABELS.len()], *value)).collect();
    let (detector, mut vault) = (Detector::new(&known), Vault::new());
    let whole = values.iter().fold(text.to_owned(), |text, (_, value)| format!("{text} {value}"));
    let masked = detector.mask(&mut vault, &whole).text;
    assert_eq!(vault.restore(&masked), whole);
    detector.residual(&masked.into()).expect("nothing known is left");
});
