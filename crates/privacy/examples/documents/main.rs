//! Writes letters and forms that nobody wrote, with what is personal in them, to look at how much of it is found:
//!
//! ```sh
//! cargo run --release -p gouvernail-privacy --example documents -- 1000 7 >documents.jsonl     # how many, seed
//! gouvernail privacy scan --jsonl --no-known <documents.jsonl >found.jsonl
//! ```
//!
//! A line is `{"id","noise","text","spans","decoys","tolerated","known"}`: what must be hidden, and what looks like it and must
//! not be. Names, places and sentences are of this folder; they are in no rule and no test, so that they can be measured with.
//! One document in two is clean; the others are what scanners, hurried people and old programs make of a text.

mod noise;
mod people;
mod templates;

use noise::Noise;
use people::{Drawn, Person};
use serde_json::{Value, json};

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().expect("a number"));
    let (documents, seed) = (arguments.next().unwrap_or(1000), arguments.next().unwrap_or(1));
    for number in 0..documents {
        println!("{}", document(number, Drawn::from(seed.wrapping_mul(1_000_003) + number)));
    }
}

fn document(number: u64, mut drawn: Drawn) -> Value {
    let noise = if drawn.below(2) == 0 { Noise::Clean } else { *drawn.one(&Noise::SPOILT) };
    let subject = Person::draw(&mut drawn);
    let mut written = Written { noise, chars: Vec::new(), spans: Vec::new(), decoys: Vec::new() };
    let sentences = templates::draw(&mut drawn);
    for sentence in sentences {
        written.sentence(sentence, &subject, &mut drawn);
    }
    let text: String = written.chars.iter().collect();
    json!({
        "id": format!("g{number:05}"), "noise": noise.name(), "text": text, "spans": written.spans, "decoys": written.decoys,
        "tolerated": [], "known": subject.known(),
    })
}

/// A document as it grows.
struct Written {
    noise: Noise,
    chars: Vec<char>,
    spans: Vec<Value>,
    decoys: Vec<Value>,
}

impl Written {
    /// A sentence in which `{LABEL}` is what is personal, `{~kind}` what only looks like it.
    fn sentence(&mut self, sentence: &str, subject: &Person, drawn: &mut Drawn) {
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').expect("a slot ends");
            self.say(before, drawn);
            match slot.strip_prefix('~') {
                Some(kind) => {
                    let (start, end) = self.say(&people::decoy(kind, drawn), drawn);
                    self.decoys.push(json!({ "start": start, "end": end, "label": "DECOY", "kind": kind }));
                }
                None => {
                    let (label, value) = subject.slot(slot, drawn);
                    let (start, end) = self.say(&value, drawn);
                    let role = if slot.starts_with('T') { "other" } else { "subject" };
                    self.spans.push(json!({ "start": start, "end": end, "label": label, "role": role }));
                }
            }
            rest = after;
        }
        self.say(rest, drawn);
    }

    fn say(&mut self, text: &str, drawn: &mut Drawn) -> (usize, usize) {
        let start = self.chars.len();
        self.chars.extend(self.noise.spoil(text, drawn).chars());
        (start, self.chars.len())
    }
}
