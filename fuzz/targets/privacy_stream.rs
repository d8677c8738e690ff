//! A stream gives the same however it is cut, in text and in JSON.

#![no_main]

use gouvernail_privacy::{Detector, KnownValue, Label, StreamRestorer, Vault};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|given: (&str, Vec<u8>)| {
    let (text, cuts) = given;
    let mut vault = Vault::new();
    let known = [KnownValue::new(Label::Person, "Hélène Le Goff"), KnownValue::new(Label::Reference, "DOS \"42\"\\n")];
    Detector::new(&known).mask(&mut vault, "Hélène, Le Goff, DOS \"42\"\\n, a@b.fr, 06 12 34 56 78");
    let masked = Detector::new(&known).mask(&mut vault, text).text;
    assert_eq!(streamed(StreamRestorer::new(&vault), &masked, &cuts), text);
    for sent in [text, &masked] {
        assert_eq!(streamed(StreamRestorer::new(&vault), sent, &cuts), vault.restore(sent));
        let whole = streamed(StreamRestorer::in_json(&vault), sent, &[]);
        assert_eq!(streamed(StreamRestorer::in_json(&vault), sent, &cuts), whole);
    }
});

fn streamed(mut stream: StreamRestorer, sent: &str, cuts: &[u8]) -> String {
    let (mut out, mut left) = (String::new(), sent);
    for cut in cuts {
        let at = (usize::from(*cut)..).find(|at| *at >= left.len() || left.is_char_boundary(*at)).unwrap_or(left.len());
        let (piece, more) = left.split_at(at.min(left.len()));
        out.push_str(&stream.push(piece));
        left = more;
    }
    out.push_str(&stream.push(left));
    out + &stream.finish()
}
