//! A record in words: as entries to fill in, and as everybody reads it.

use std::collections::BTreeMap;

use gouvernail_register::{Allowed, Block, Catalogue, Field, Kind, Link, Proposals, Record, Source, Value};

use super::described::yes_no;
use crate::i18n::Locale;
use crate::layout::Choice;
use crate::views::record::{Entry, Prefilled, Said, Section, Told, ToldBlock, ToldRecord, Widget};

/// Texts of at most so many characters are one line.
const LINE: usize = 300;

/// What waits in the fields that nobody filled in, and how the others came to be accepted.
#[derive(Clone, Copy)]
pub struct Prefill<'a> {
    /// By field.
    pub proposals: &'a Proposals,
    /// By field, a sentence.
    pub accepted: &'a BTreeMap<String, String>,
}

impl Prefill<'_> {
    /// What waits, in the order of the catalogue.
    pub fn in_words(&self, locale: &Locale) -> Vec<Prefilled> {
        let waiting = Catalogue::get().fields.iter().filter_map(|field| Some((field, self.proposals.get(&field.id)?)));
        let prefilled = waiting.map(|(field, proposal)| Prefilled {
            name: accept(&field.id),
            label: label(&field.id, locale).to_owned(),
            value: typed_in_words(&field.id, &proposal.value, locale),
            source: locale.t(source_key(proposal.source)),
            quote: proposal.quote.clone(),
        });
        prefilled.collect()
    }
}

/// Name of the box that accepts what is prefilled in a field.
pub fn accept(id: &str) -> String {
    format!("accept-{id}")
}

/// Key of the words of a source.
pub fn source_key(source: Source) -> &'static str {
    match source {
        Source::Dossier => "source-dossier",
        Source::Uses => "source-uses",
        Source::Sheet => "source-sheet",
        Source::Text => "source-text",
    }
}

/// The label of a field; the identifier itself when the catalogue does not know it.
pub fn label<'a>(id: &'a str, locale: &Locale) -> &'a str {
    match Catalogue::get().field(id) {
        Some(field) if locale.is_fr() => &field.fr,
        Some(field) => &field.en,
        None => id,
    }
}

/// Name of a field's input.
pub fn input(id: &str) -> String {
    format!("record-{id}")
}

/// The fields to look at: anchor and label, in the order of the catalogue.
pub fn to_review(record: &Record, locale: &Locale) -> Vec<(String, String)> {
    let fields = Catalogue::get().fields.iter().filter(|field| record.review.contains(&field.id));
    fields.map(|field| (input(&field.id), label(&field.id, locale).to_owned())).collect()
}

/// The blocks with their entries: what is recorded, or else what is prefilled. `open` is the block that stands open.
pub fn sections(record: &Record, prefill: Prefill<'_>, open: Option<&str>, locale: &Locale) -> Vec<Section> {
    let section = |block: &Block| {
        let fields = || Catalogue::get().in_block(&block.id);
        let mut entries: Vec<Entry> = fields().map(|field| entry(field, record, prefill, locale)).collect();
        // What must be looked at comes first.
        entries.sort_by_key(|entry| !entry.review);
        Section {
            id: block.id.clone(),
            title: in_words(&block.fr, &block.en, locale),
            filled: fields().filter(|field| record.fields.contains_key(&field.id)).count(),
            open: open == Some(&block.id),
            done: String::new(),
            entries,
        }
    };
    Catalogue::get().blocks.iter().map(section).collect()
}

fn entry(field: &Field, record: &Record, prefill: Prefill<'_>, locale: &Locale) -> Entry {
    let recorded = record.fields.get(&field.id);
    let waits = prefill.proposals.get(&field.id).filter(|_| recorded.is_none());
    Entry {
        name: input(&field.id),
        label: label(&field.id, locale).to_owned(),
        hint: in_words(&field.hint_fr, &field.hint_en, locale),
        widget: widget(field),
        value: recorded.or_else(|| waits.map(|proposal| &proposal.value)).map(typed).unwrap_or_default(),
        choices: choices(field, locale),
        accept: waits.map(|_| accept(&field.id)).unwrap_or_default(),
        source: waits.map(|proposal| locale.t(source_key(proposal.source))).unwrap_or_default(),
        quote: waits.map(|proposal| proposal.quote.clone()).unwrap_or_default(),
        accepted: prefill.accepted.get(&field.id).cloned().unwrap_or_default(),
        review: record.review.contains(&field.id),
        public: field.is_public(),
    }
}

fn widget(field: &Field) -> Widget {
    match field.kind {
        Kind::Text if field.max.is_some_and(|max| max <= LINE) => Widget::Line("text"),
        Kind::Text | Kind::List | Kind::Links => Widget::Area,
        Kind::Month => Widget::Line("month"),
        Kind::Number => Widget::Line("number"),
        Kind::Url => Widget::Line("url"),
        Kind::Flag | Kind::Choice => Widget::Choice,
        Kind::Choices => Widget::Choices,
    }
}

fn choices(field: &Field, locale: &Locale) -> Vec<Choice> {
    match field.kind {
        Kind::Flag => ["yes", "no"].map(|answer| Choice::new(answer, locale.t(answer))).into(),
        _ => field.values.iter().map(|value| Choice::new(&value.id, chosen(value, locale))).collect(),
    }
}

/// A value as it stands in its input.
pub fn typed(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Flag(flag) => yes_no(*flag).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::List(lines) => lines.join("\n"),
        Value::Links(links) => links.iter().map(line_of).collect::<Vec<_>>().join("\n"),
    }
}

/// A value as people read it, on one line or several.
pub fn typed_in_words(id: &str, value: &Value, locale: &Locale) -> String {
    let Some(field) = Catalogue::get().field(id) else { return typed(value) };
    let word = |id: &String| field.values.iter().find(|value| value.id == *id).map_or(id.clone(), |value| chosen(value, locale));
    match value {
        Value::Flag(flag) => locale.t(yes_no(*flag)),
        Value::Text(text) => word(text),
        Value::List(lines) => lines.iter().map(word).collect::<Vec<_>>().join("\n"),
        other => typed(other),
    }
}

fn line_of(link: &Link) -> String {
    match &link.link {
        Some(address) if link.title.is_empty() => address.clone(),
        Some(address) => format!("{} | {address}", link.title),
        None => link.title.clone(),
    }
}

/// The value of a field from what was typed; `None` when nothing was. Whether it fits is for the catalogue to say.
pub fn read(field: &Field, typed: &str) -> Option<Value> {
    let lines = || typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let text = || Value::Text(typed.replace("\r\n", "\n"));
    if typed.is_empty() {
        return None;
    }
    Some(match field.kind {
        Kind::Text | Kind::Month | Kind::Url | Kind::Choice => text(),
        Kind::List | Kind::Choices => Value::List(lines().map(str::to_owned).collect()),
        Kind::Links => Value::Links(lines().map(link_of).collect()),
        Kind::Number => typed.split_whitespace().collect::<String>().parse().map_or_else(|_| text(), Value::Number),
        Kind::Flag => Value::Flag(typed == "yes"),
    })
}

fn link_of(line: &str) -> Link {
    match line.rsplit_once('|').map(|(title, address)| (title.trim(), address.trim())) {
        Some((title, address)) => Link { title: title.to_owned(), link: Some(address.to_owned()).filter(|a| !a.is_empty()) },
        None if line.starts_with("https://") || line.starts_with("http://") => {
            Link { title: String::new(), link: Some(line.to_owned()) }
        }
        None => Link { title: line.to_owned(), link: None },
    }
}

/// What everybody reads of a record; the name is already the title of the page.
pub fn told(record: &Record, locale: &Locale) -> ToldRecord {
    let public = record.public();
    let block = |block: &Block| {
        let fields = Catalogue::get().in_block(&block.id).filter(|field| field.id != "name");
        let told: Vec<Told> = fields
            .filter_map(|field| {
                let said = said(field, public.get(field.id.as_str())?, locale);
                Some(Told { label: label(&field.id, locale).to_owned(), said })
            })
            .collect();
        (!told.is_empty()).then(|| ToldBlock { title: in_words(&block.fr, &block.en, locale), told })
    };
    let lang = record.text("language").filter(|lang| *lang != locale.tag()).unwrap_or_default().to_owned();
    ToldRecord { lang, blocks: Catalogue::get().blocks.iter().filter_map(block).collect() }
}

fn said(field: &Field, value: &Value, locale: &Locale) -> Said {
    let word = |id: &str| field.values.iter().find(|value| value.id == id).map_or(id.to_owned(), |value| chosen(value, locale));
    match value {
        Value::Flag(flag) => Said::Text(locale.t(yes_no(*flag))),
        Value::Number(number) => Said::Text(number.to_string()),
        Value::Text(text) if field.kind == Kind::Url => Said::Links(vec![(text.clone(), Some(text.clone()))]),
        Value::Text(text) => Said::Text(word(text)),
        Value::List(lines) => Said::List(lines.iter().map(|line| word(line)).collect()),
        Value::Links(links) => Said::Links(links.iter().map(shown).collect()),
    }
}

/// What is read of a link; only a web address can be followed.
fn shown(link: &Link) -> (String, Option<String>) {
    let address = link.address().map(str::to_owned);
    match (&link.link, &address) {
        (Some(words), None) if !link.title.is_empty() => (format!("{} : {words}", link.title), None),
        (Some(words), _) if link.title.is_empty() => (words.clone(), address),
        _ => (link.title.clone(), address),
    }
}

fn chosen(value: &Allowed, locale: &Locale) -> String {
    in_words(&value.fr, &value.en, locale)
}

fn in_words(fr: &str, en: &str, locale: &Locale) -> String {
    if locale.is_fr() { fr.to_owned() } else { en.to_owned() }
}
