//! From a record to the keys of a dialect.

use gouvernail_register::{Foreign, Link, Record, Value};
use serde_json::{Value as Json, json};

use crate::decode::{self, Said};
use crate::format::Dialect;
use crate::html;
use crate::report::Problem;
use crate::table::{Row, Shape, Table};

/// The keys of a record, and what they could not say.
pub(crate) fn record(dialect: Dialect, record: &Record) -> (Foreign, Vec<Said>) {
    let table = dialect.table();
    let kept = record.foreign.get(dialect.id());
    let (mut written, mut said) = (Foreign::new(), Vec::new());
    for row in &table.rows {
        match kept.and_then(|kept| standing(table, row, record, kept)) {
            Some(raws) => written.extend(raws),
            None => {
                let (keys, wrong) = self::row(row, record);
                written.extend(keys);
                said.extend(wrong);
            }
        }
    }
    for (key, raw) in kept.into_iter().flatten().filter(|(key, _)| table.row_of(key).is_none()) {
        written.insert(key.clone(), raw.clone());
    }
    for row in &table.rows {
        complete(row, kept.is_some(), &mut written, &mut said);
    }
    (written, said)
}

/// The words of the source, as long as the record still says what they say.
fn standing(table: &Table, row: &Row, record: &Record, kept: &Foreign) -> Option<Foreign> {
    let raws: Foreign = row.keys.iter().filter_map(|key| kept.get(key).map(|raw| (key.clone(), raw.clone()))).collect();
    if raws.is_empty() || row.also.iter().any(|field| record.fields.contains_key(field)) {
        return None;
    }
    let said = decode::field(table, row, &raws).map_or(None, |(value, _)| value);
    (said.as_ref() == record.fields.get(&row.field)).then_some(raws)
}

/// What the format asks for: a default, presence, a length.
fn complete(row: &Row, from_there: bool, written: &mut Foreign, said: &mut Vec<Said>) {
    let key = row.key();
    if let Some(default) = row.default.as_ref().filter(|_| !from_there && !written.contains_key(key)) {
        written.insert(key.to_owned(), json!(default));
    }
    let (text, problem) = match written.get(key) {
        None if row.wanted => ("", Some(Problem::Wanted)),
        Some(Json::String(text)) => (text.as_str(), None),
        _ => ("", None),
    };
    let long = row.limit.filter(|max| text.chars().count() > *max).map(|max| Problem::TooLong { max });
    said.extend(problem.or(long).map(|problem| (row.field.clone(), problem)));
}

/// The keys of one row as the record's fields alone say them.
pub(crate) fn row(row: &Row, record: &Record) -> (Foreign, Vec<Said>) {
    let mut problems = Vec::new();
    let written = match (row.shape(), record.fields.get(&row.field)) {
        (Shape::Pair, Some(Value::Links(links))) => pair(row, links, &mut problems),
        (shape, value) => {
            let json = one(row, shape, value, &texts(row, record), &mut problems);
            json.map(|json| (row.key().to_owned(), json)).into_iter().collect()
        }
    };
    (written, problems.into_iter().map(|problem| (row.field.clone(), problem)).collect())
}

/// The texts of the fields that the format does not tell apart.
fn texts(row: &Row, record: &Record) -> String {
    let fields = std::iter::once(&row.field).chain(&row.also);
    fields.filter_map(|field| record.text(field)).collect::<Vec<_>>().join("\n\n")
}

fn one(row: &Row, shape: Shape, value: Option<&Value>, texts: &str, problems: &mut Vec<Problem>) -> Option<Json> {
    Some(match (shape, value) {
        (Shape::Text, _) if !texts.is_empty() => json!(texts),
        (Shape::Html, _) if !texts.is_empty() => json!(html::from_text(texts)),
        (Shape::HtmlList, Some(Value::List(items))) => json!(html::from_text(&joined(items))),
        (Shape::List, Some(Value::List(items))) => json!(items),
        (Shape::Word, Some(Value::Text(value))) => json!(word(row, value, problems)?),
        (Shape::Single, Some(Value::List(values))) => json!(word(row, first(values, problems)?, problems)?),
        (Shape::Words, Some(Value::List(values))) => {
            json!(values.iter().filter_map(|value| word(row, value, problems)).collect::<Vec<_>>())
        }
        (Shape::Links, Some(Value::Links(links))) => {
            links.iter().map(|link| json!({ "title": link.title, "link": link.link })).collect()
        }
        (Shape::Link, Some(Value::Links(links))) => json!(link(links, problems)?),
        (Shape::UsMonth, Some(Value::Text(month))) => json!(us_month(month)),
        (Shape::Number, Some(Value::Number(number))) => json!(number),
        (Shape::Flag, Some(Value::Flag(flag))) => json!(flag),
        _ => return None,
    })
}

fn word<'a>(row: &'a Row, value: &str, problems: &mut Vec<Problem>) -> Option<&'a str> {
    match row.word_of(value) {
        Some((word, precise)) => {
            if !precise {
                problems.push(Problem::LessPrecise { written: word.to_owned() });
            }
            Some(word)
        }
        None => {
            problems.push(Problem::NoWord);
            None
        }
    }
}

fn first<'a, T>(list: &'a [T], problems: &mut Vec<Problem>) -> Option<&'a T> {
    if list.len() > 1 {
        problems.push(Problem::OnlyFirst);
    }
    list.first()
}

/// The first link, where the format has room for one.
fn first_link<'a>(links: &'a [Link], problems: &mut Vec<Problem>) -> Option<&'a Link> {
    let link = first(links, problems)?;
    if link.link.is_some() && link.address().is_none() {
        problems.push(Problem::NotAnAddress);
    }
    Some(link)
}

/// The first address; a title has no place beside it.
fn link<'a>(links: &'a [Link], problems: &mut Vec<Problem>) -> Option<&'a str> {
    let link = first_link(links, problems)?;
    if !link.title.is_empty() {
        problems.push(Problem::NoWord);
    }
    link.link.as_deref()
}

fn pair(row: &Row, links: &[Link], problems: &mut Vec<Problem>) -> Foreign {
    let Some(link) = first_link(links, problems) else { return Foreign::new() };
    let said = [Some(link.title.as_str()).filter(|title| !title.is_empty()), link.link.as_deref()];
    row.keys.iter().zip(said).filter_map(|(key, text)| text.map(|text| (key.clone(), json!(text)))).collect()
}

/// With the first separator that no item holds, so that the same items are read again.
fn joined(items: &[String]) -> String {
    let hold = |separator: char| items.iter().any(|item| item.contains(separator));
    match items {
        [_] if hold(';') => items.concat() + "\n;",
        [_] if hold(',') => items.concat() + ";",
        _ if hold(';') => items.join("\n"),
        _ if hold(',') => items.join("; "),
        _ => items.join(", "),
    }
}

/// `03/2026`, as the data dictionary of the inventory asks.
fn us_month(month: &str) -> String {
    month.split_once('-').map_or_else(|| month.to_owned(), |(year, month)| format!("{month}/{year}"))
}
