//! From the keys of a dialect to a record.

use std::collections::BTreeMap;

use gouvernail_register::{Catalogue, Foreign, Link, Misfit, Record, Value};
use serde_json::Value as Json;

use crate::encode;
use crate::format::Dialect;
use crate::html;
use crate::report::Problem;
use crate::table::{Review, Row, Shape, Table};

/// A field with what is to be said of it.
pub(crate) type Said = (String, Problem);

/// The record that the keys say, with what to look at; or why there is none.
pub(crate) fn record(dialect: Dialect, source: Foreign) -> Result<(Record, Vec<Said>), Vec<Said>> {
    let table = dialect.table();
    let fixed = table.fixed.iter().map(|(field, value)| (field.clone(), Value::Text(value.clone())));
    let mut record = Record { fields: BTreeMap::from_iter(fixed), ..Record::default() };
    let (mut refused, mut review) = (Vec::new(), Vec::new());
    for row in &table.rows {
        let (value, problem) = match field(table, row, &source) {
            Ok((value, problem)) => (value, problem),
            Err(problem) => (None, Some(problem)),
        };
        match (&value, problem) {
            (None, Some(problem)) if row.field == "name" => refused.push((row.field.clone(), problem)),
            (None, None) if row.required => refused.push((row.field.clone(), Problem::Missing)),
            (_, Some(problem)) => review.push((row.field.clone(), problem)),
            (Some(_), None) => review.extend(row.review.map(|review| (row.field.clone(), review.into()))),
            (None, None) => {}
        }
        record.fields.extend(value.map(|value| (row.field.clone(), value)));
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    record.review = review.iter().map(|(field, _)| field.clone()).collect();
    let kept = kept(table, &record, source);
    record.foreign.insert(dialect.id().to_owned(), kept);
    Ok((record, review))
}

/// The keys that the record's fields would not give back word for word; a row whose keys differ is kept whole.
fn kept(table: &Table, record: &Record, mut source: Foreign) -> Foreign {
    for row in &table.rows {
        let (written, _) = encode::row(row, record);
        if row.keys.iter().all(|key| written.get(key) == source.get(key)) {
            row.keys.iter().for_each(|key| drop(source.remove(key)));
        }
    }
    source
}

/// What the keys of a row say, and what is wrong with a part of it; `None` when they say nothing.
pub(crate) fn field(table: &Table, row: &Row, source: &Foreign) -> Result<(Option<Value>, Option<Problem>), Problem> {
    let given: Vec<Option<&Json>> = row.keys.iter().map(|key| source.get(key).filter(|raw| !is_blank(table, raw))).collect();
    if given.iter().all(Option::is_none) {
        return Ok((None, None));
    }
    let (value, problem) = match row.shape() {
        Shape::Words => {
            let (value, problem) = words(row, &strings(&given)?);
            (value, problem)
        }
        shape => (one(row, shape, &given)?, None),
    };
    if let (Some(value), Some(field)) = (&value, Catalogue::get().field(&row.field)) {
        field.fits(value).map_err(Problem::Misfit)?;
    }
    Ok((value, problem))
}

fn one(row: &Row, shape: Shape, given: &[Option<&Json>]) -> Result<Option<Value>, Problem> {
    let value = match shape {
        Shape::Text => Value::Text(strings(given)?.join("\n")),
        Shape::Html => Value::Text(strings(given)?.iter().map(|text| html::to_text(text)).collect::<Vec<_>>().join("\n")),
        Shape::HtmlList => Value::List(items(&html::to_text(&strings(given)?.join("\n")))),
        Shape::List | Shape::Words => Value::List(strings(given)?.into_iter().map(str::to_owned).collect()),
        Shape::Word => Value::Text(word(row, &strings(given)?.join("\n"))?),
        Shape::Single => Value::List(vec![word(row, &strings(given)?.join("\n"))?]),
        Shape::Links => Value::Links(links(given)?),
        Shape::Link => Value::Links(strings(given)?.into_iter().map(|link| titled("", link)).collect()),
        Shape::Pair => Value::Links(vec![pair(given)?]),
        Shape::UsMonth => us_month(&strings(given)?.join("\n"))?,
        Shape::Number => Value::Number(number(given)?),
        Shape::Flag => Value::Flag(flag(given)?),
    };
    Ok(Some(value).filter(|value| !is_empty(value)))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Links(links) => links.is_empty(),
        Value::Flag(_) | Value::Number(_) => false,
    }
}

/// Whether a raw value says nothing.
fn is_blank(table: &Table, raw: &Json) -> bool {
    match raw {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty() || table.empty.iter().any(|word| word == text.trim()),
        Json::Array(list) => list.iter().all(|raw| is_blank(table, raw)),
        Json::Bool(_) | Json::Number(_) | Json::Object(_) => false,
    }
}

/// The strings that were given, trimmed, without the blank ones.
fn strings<'a>(given: &[Option<&'a Json>]) -> Result<Vec<&'a str>, Problem> {
    let mut strings = Vec::new();
    for raw in given.iter().flatten() {
        match raw {
            Json::String(text) => strings.push(text.trim()),
            Json::Array(list) => {
                for raw in list.iter().filter(|raw| !raw.is_null()) {
                    strings.push(raw.as_str().ok_or_else(|| kind("a list of texts"))?.trim());
                }
            }
            _ => return Err(kind("a text")),
        }
    }
    strings.retain(|text| !text.is_empty());
    Ok(strings)
}

fn kind(wanted: &'static str) -> Problem {
    Problem::Misfit(Misfit::Kind { wanted })
}

fn word(row: &Row, word: &str) -> Result<String, Problem> {
    row.value_of(word).map(str::to_owned).ok_or_else(|| Problem::UnknownWord(word.to_owned()))
}

/// The words that are known, and the first that is not.
fn words(row: &Row, words: &[&str]) -> (Option<Value>, Option<Problem>) {
    let (mut known, mut unknown) = (Vec::new(), None);
    for word in words {
        match row.value_of(word) {
            Some(value) if known.iter().any(|known| known == value) => {}
            Some(value) => known.push(value.to_owned()),
            None => unknown = unknown.or_else(|| Some(Problem::UnknownWord((*word).to_owned()))),
        }
    }
    (Some(Value::List(known)).filter(|value| !is_empty(value)), unknown)
}

/// Items stand between line breaks, else between semicolons, else between commas; a separator at the edge of one is no part
/// of it.
fn items(text: &str) -> Vec<String> {
    let separator = ['\n', ';'].into_iter().find(|separator| text.contains(*separator)).unwrap_or(',');
    let edge = |character: char| character.is_whitespace() || [',', ';'].contains(&character);
    text.split(separator).map(|item| item.trim_matches(edge)).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

fn links(given: &[Option<&Json>]) -> Result<Vec<Link>, Problem> {
    let wanted = "a list of { title, link }";
    let mut links = Vec::new();
    for raw in given.iter().flatten() {
        for raw in raw.as_array().ok_or_else(|| kind(wanted))? {
            let text = |key| match raw.get(key) {
                None | Some(Json::Null) => Ok(""),
                Some(raw) => raw.as_str().map(str::trim).ok_or_else(|| kind(wanted)),
            };
            raw.as_object().ok_or_else(|| kind(wanted))?;
            links.push(titled(text("title")?, text("link")?));
        }
    }
    links.retain(|link| !link.title.is_empty() || link.link.is_some());
    Ok(links)
}

fn titled(title: &str, link: &str) -> Link {
    Link { title: title.to_owned(), link: Some(link.to_owned()).filter(|link| !link.is_empty()) }
}

fn pair(given: &[Option<&Json>]) -> Result<Link, Problem> {
    let text = |at: usize| match given.get(at).copied().flatten() {
        Some(raw) => raw.as_str().map(str::trim).ok_or_else(|| kind("a text")),
        None => Ok(""),
    };
    Ok(titled(text(0)?, text(1)?))
}

/// `MM/YYYY` or `M/D/YYYY`.
fn us_month(date: &str) -> Result<Value, Problem> {
    let wrong = || kind("a month such as 03/2026 or a date such as 3/14/2026");
    let parts: Vec<&str> = date.split('/').collect();
    let (month, year) = match parts.as_slice() {
        [month, year] | [month, _, year] => (*month, *year),
        _ => return Err(wrong()),
    };
    let month: u8 = month.parse().map_err(|_| wrong())?;
    let year: u16 = year.parse().map_err(|_| wrong())?;
    Ok(Value::Text(format!("{year:04}-{month:02}")))
}

fn number(given: &[Option<&Json>]) -> Result<u64, Problem> {
    let wrong = || kind("a whole number");
    match given.first().copied().flatten() {
        Some(Json::Number(number)) => number.as_u64().ok_or_else(wrong),
        Some(Json::String(text)) => text.split_whitespace().collect::<String>().parse().map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

fn flag(given: &[Option<&Json>]) -> Result<bool, Problem> {
    given.first().copied().flatten().and_then(Json::as_bool).ok_or_else(|| kind("true or false"))
}

impl From<Review> for Problem {
    fn from(review: Review) -> Self {
        match review {
            Review::Merged => Self::Merged,
            Review::JudgedElsewhere => Self::JudgedElsewhere,
        }
    }
}
