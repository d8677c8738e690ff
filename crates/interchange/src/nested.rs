//! Keys inside objects: `group/key` in the tables.

use gouvernail_register::Foreign;
use serde_json::Value as Json;

use crate::table::Table;

/// Brings the keys of a table's groups up, as `group/key`.
pub(crate) fn flat(table: &Table, mut source: Foreign) -> Foreign {
    for group in &table.groups {
        // An empty group stays, so that it is written again.
        if source.get(group).and_then(Json::as_object).is_none_or(Foreign::is_empty) {
            continue;
        }
        if let Some(Json::Object(inside)) = source.remove(group) {
            source.extend(inside.into_iter().map(|(key, raw)| (format!("{group}/{key}"), raw)));
        }
    }
    source
}

/// Puts them back into their groups.
pub(crate) fn deep(table: &Table, mut written: Foreign) -> Foreign {
    for group in &table.groups {
        let prefix = format!("{group}/");
        let keys: Vec<String> = written.keys().filter(|key| key.starts_with(&prefix)).cloned().collect();
        let mut inside = match written.get(group) {
            Some(Json::Object(inside)) => inside.clone(),
            None => Foreign::new(),
            // Something else stands there under that name: the keys stay beside it.
            Some(_) => continue,
        };
        for key in keys {
            let raw = written.remove(&key).unwrap_or_default();
            inside.insert(key.strip_prefix(&prefix).unwrap_or(&key).to_owned(), raw);
        }
        if !inside.is_empty() {
            written.insert(group.to_owned(), Json::Object(inside));
        }
    }
    written
}
