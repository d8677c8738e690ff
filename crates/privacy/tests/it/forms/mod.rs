//! Documents as administrations and people write them, made by rules: what must be hidden in them, and what must not.
//! `cargo test -p gouvernail-privacy --test it forms -- --nocapture` prints the shares by kind and by noise.

mod fragments;
mod noise;
mod persons;
mod values;

use std::collections::BTreeMap;

use gouvernail_privacy::{Detector, Label};
use noise::Noise;

/// A small generator of numbers, the same on every machine.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    pub(super) fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or(0))).collect()
    }
}

/// A piece of a document.
struct Piece {
    text: String,
    /// What it is when it must be hidden; an empty name for ordinary text, `!` before the name of what must be left.
    kind: String,
}

/// A document of a few fragments, each on its line or one after the other.
fn document(draw: &mut Draw, fragments: &[&str], count: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for _ in 0..count {
        let fragment = draw.of(fragments);
        for (place, part) in fragment.split(['{', '}']).enumerate() {
            let (text, kind) = match place % 2 {
                0 => (part.to_owned(), String::new()),
                _ => (values::of(part, draw), if part == "NAME" { String::new() } else { part.to_owned() }),
            };
            pieces.push(Piece { text, kind });
        }
        let end = draw.of(&["\n", "\n\n", "\n", " "]).to_owned();
        pieces.push(Piece { text: end, kind: String::new() });
    }
    pieces
}

#[derive(Default)]
pub(super) struct Share {
    all: usize,
    hit: usize,
}

impl Share {
    fn add(&mut self, hit: bool) {
        self.all += 1;
        self.hit += usize::from(hit);
    }

    fn of_one(&self) -> f64 {
        self.hit as f64 / self.all.max(1) as f64
    }
}

/// How much of each kind, and of each kind under each noise, is hidden or touched.
struct Report {
    hidden: BTreeMap<String, BTreeMap<&'static str, Share>>,
    touched: BTreeMap<String, Share>,
    missed: Vec<String>,
}

fn measure(fragments: &[&str], documents: u64, pieces: usize) -> Report {
    let detector = Detector::new(&[]);
    let mut report = Report { hidden: BTreeMap::new(), touched: BTreeMap::new(), missed: Vec::new() };
    for seed in 0..documents {
        for noise in Noise::ALL {
            let mut draw = Draw::new(seed + 1);
            let pieces = document(&mut draw, fragments, pieces);
            let (mut text, mut spans) = (String::new(), Vec::new());
            for piece in &pieces {
                let start = text.len();
                text.push_str(&noise.of(&piece.text, piece.kind.is_empty(), &mut draw));
                spans.push((start..text.len(), piece.kind.as_str()));
            }
            let found = detector.hidden(&text);
            for (range, kind) in spans.into_iter().filter(|(_, kind)| !kind.is_empty()) {
                let covered = |at: usize| found.iter().any(|span| span.range.contains(&at));
                let mut letters =
                    text[range.clone()].char_indices().filter(|(_, c)| c.is_alphanumeric()).map(|(at, _)| range.start + at);
                if let Some(left) = kind.strip_prefix('!') {
                    let touched = letters.any(covered);
                    report.touched.entry(left.to_owned()).or_default().add(touched);
                    if touched {
                        report.missed.push(format!("{} touched under {}: {}", left, noise.name(), around(&text, &range)));
                    }
                } else {
                    let hidden = letters.all(covered);
                    report.hidden.entry(kind.to_owned()).or_default().entry(noise.name()).or_default().add(hidden);
                    if !hidden {
                        report.missed.push(format!("{} left under {}: {}", kind, noise.name(), around(&text, &range)));
                    }
                }
            }
        }
    }
    report
}

fn around(text: &str, range: &std::ops::Range<usize>) -> String {
    let before: String = text[..range.start].chars().rev().take(45).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[range.end..].chars().take(20).collect();
    format!("{before}⟦{}⟧{after}", &text[range.clone()]).replace('\n', "⏎")
}

impl Report {
    fn print(&self) {
        let names = Noise::ALL.map(Noise::name);
        println!("{:>14} {}", "", names.map(|name| format!("{name:>8}")).concat());
        for (kind, shares) in &self.hidden {
            let cells = names.map(|name| shares.get(name).map_or(String::new(), |share| format!("{:.3}", share.of_one())));
            println!("{kind:>14} {}", cells.map(|cell| format!("{cell:>8}")).concat());
        }
        for (kind, share) in &self.touched {
            println!("{kind:>14} touched {:.3} of {}", share.of_one(), share.all);
        }
        if let Ok(show) = std::env::var("SHOW") {
            self.missed.iter().filter(|missed| missed.starts_with(&show)).take(60).for_each(|missed| println!("{missed}"));
        }
    }
}

#[test]
fn what_is_personal_is_hidden_under_any_noise() {
    let report = measure(fragments::PERSONAL, 150, 6);
    report.print();
    let mut all: BTreeMap<&str, Share> = BTreeMap::new();
    for (kind, shares) in &report.hidden {
        for (noise, share) in shares {
            let sum = all.entry(noise).or_default();
            (sum.all, sum.hit) = (sum.all + share.all, sum.hit + share.hit);
            let least = if matches!(*noise, "typo" | "ocr") { 0.75 } else { 0.9 };
            assert!(share.of_one() >= least || share.all < 10, "{kind} under {noise}: {:.3}", share.of_one());
        }
    }
    for (noise, share) in all {
        println!("{noise:>14} {:.3} of {}", share.of_one(), share.all);
        assert!(share.of_one() >= if matches!(noise, "typo" | "ocr") { 0.93 } else { 0.97 }, "{noise}: {:.3}", share.of_one());
    }
}

#[test]
fn what_is_public_is_left() {
    let report = measure(fragments::PUBLIC, 150, 6);
    report.print();
    for (kind, share) in &report.touched {
        assert!(share.of_one() <= 0.05, "{kind}: {:.3}", share.of_one());
    }
}

#[test]
fn what_is_found_once_is_found_again_without_its_word() {
    let detector = Detector::new(&[]);
    for (text, label, times) in [
        ("Allocataire Caf 1234567.\n\nLe 1234567 reste sans réponse.", Label::CafNumber, 2),
        ("née le 7 mars 1985, dossier rouvert ; 07/03/1985 est bien sa date", Label::BirthDate, 2),
        ("passeport n° 12AB34567 puis 12 AB 34567", Label::Passport, 2),
        ("demeurant 12 rue des Lilas.\n\nAu 12, RUE DES LILAS, rien.", Label::Address, 2),
        ("titre de séjour n° 9912345678 ; voir 99 12 34 56 78", Label::ForeignerNumber, 2),
    ] {
        let found = detector.hidden(text).into_iter().filter(|span| span.label == label).count();
        assert_eq!(found, times, "{text}");
    }
}
