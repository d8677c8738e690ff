//! The public log as static files (`c2sp.org/tlog-tiles`): a checkpoint that moves, tiles that never change.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";
/// The checkpoint moves within seconds.
const SHORT: &str = "public, max-age=5";
/// A tile of a given name and width never changes.
const LONG: &str = "public, max-age=31536000, immutable";

/// The log's own addresses, under `/log`, which is the prefix to give to tools that follow logs.
pub fn routes() -> Router<App> {
    Router::new().route("/log/checkpoint", get(checkpoint)).route("/log/tile/{*path}", get(tile)).route("/log/vkey", get(vkey))
}

/// GET /log/checkpoint
async fn checkpoint(State(app): State<App>) -> Page {
    file(&app, "checkpoint".to_owned(), TEXT, SHORT).await
}

/// GET /log/tile/{level or entries}/{number}
async fn tile(State(app): State<App>, Path(path): Path<String>) -> Page {
    if !is_tile(&path) {
        return Err(WebError::NotFound);
    }
    file(&app, format!("tile/{path}"), BYTES, LONG).await
}

/// GET /log/vkey: the key that verifies the checkpoint.
async fn vkey(State(app): State<App>) -> Response {
    published(format!("{}\n", app.identity.log_vkey).into_bytes(), TEXT, SHORT)
}

async fn file(app: &App, path: String, kind: &'static str, cache: &'static str) -> Page {
    let log = app.receipts.log().clone();
    let read = tokio::task::spawn_blocking(move || log.read(&path)).await;
    let read = read.map_err(|error| WebError::Internal(error.to_string()))?;
    let bytes = read.map_err(|error| WebError::Internal(error.to_string()))?.ok_or(WebError::NotFound)?;
    Ok(published(bytes, kind, cache))
}

fn published(bytes: Vec<u8>, kind: &'static str, cache: &'static str) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, cache), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")], bytes).into_response()
}

/// Whether this is the name of a tile after `tile/`: a level below 64 or `entries`, then the number in groups of three digits,
/// all but the last with an `x`, then the width of a partial tile. Nothing else is read from the disk.
fn is_tile(path: &str) -> bool {
    let Some((level, rest)) = path.split_once('/') else { return false };
    let (number, width) = match rest.split_once(".p/") {
        Some((number, width)) => (number, Some(width)),
        None => (rest, None),
    };
    let groups: Vec<&str> = number.split('/').collect();
    let three = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let Some((last, before)) = groups.split_last() else { return false };
    (level == "entries" || is_number_below(level, 64))
        && before.iter().all(|group| group.strip_prefix('x').is_some_and(three))
        && before.first() != Some(&"x000")
        && three(last)
        && width.is_none_or(|width| width != "0" && is_number_below(width, 256))
}

/// A number written in one way only: no sign, no leading zero.
fn is_number_below(text: &str, limit: u16) -> bool {
    text.parse::<u16>().is_ok_and(|number| number < limit && number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::is_tile;

    #[test]
    fn only_names_of_tiles_are_read() {
        for tile in ["0/000", "0/001.p/5", "63/999", "entries/000", "entries/x001/067", "1/x123/x456/789.p/255"] {
            assert!(is_tile(tile), "{tile}");
        }
        let wrong = [
            "",
            "0",
            "0/",
            "64/000",
            "00/000",
            "+1/000",
            "0/00",
            "0/0000",
            "0/x001",
            "0/x000/001",
            "0/001/002",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/05",
            "0/000.p",
            "entries/../../store.db",
            "0/../checkpoint",
            "entries/x../067",
            "/etc/passwd",
        ];
        for wrong in wrong {
            assert!(!is_tile(wrong), "{wrong}");
        }
    }
}
