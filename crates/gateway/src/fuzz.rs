//! Doors for the fuzz targets, which see no private module. Built by `cargo fuzz` alone.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use futures_util::FutureExt;
use gouvernail_privacy::{AnswerForm, Detector, KnownValue, Label, Vault};

use crate::Endpoint;
use crate::relay::{Relay, Terms};
use crate::request::Request;
use crate::restoring::Restoring;

/// What parts the pieces of a form on its way in, and on its way out. The second is drawn at random elsewhere.
const SENT: [u8; 16] = [0x5a; 16];
const WRITTEN: [u8; 16] = [0xa5; 16];

/// A request is refused, or written for a host as what it was read as.
pub fn request(endpoint: Endpoint, body: &[u8]) {
    if String::from_utf8_lossy(body).contains(&hex::encode(WRITTEN)) {
        return;
    }
    let form = format!("multipart/form-data; boundary={}", hex::encode(SENT));
    let Some(read) = parsed(endpoint, &form, Bytes::copy_from_slice(body)) else { return };
    // HTML (section "Multipart form data") writes such names as "%22", and readers leave that as it is.
    let is_quoted = |name: &String| name.contains(['"', '\r', '\n']);
    if endpoint.takes_file() && read.body.as_object().is_some_and(|fields| fields.keys().any(is_quoted)) {
        return;
    }
    let (written, kind) = read.written(WRITTEN);
    let again = parsed(endpoint, &kind, written).expect("what is sent can be read");
    assert_eq!(again.body, read.body);
    assert_eq!(again.user, None, "who is behind a call stays here");
}

fn parsed(endpoint: Endpoint, kind: &str, body: Bytes) -> Option<Request> {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_str(kind).expect("a content type"))]);
    // Nothing in it waits: the bytes are all there.
    Request::parse(endpoint, &headers, body).now_or_never().expect("at once").ok()
}

/// What a caller gets of a stream does not depend on where the network cuts it.
pub fn stream(whole: &[u8], cuts: &[u8]) {
    let mut vault = Vault::new();
    Detector::new(&[KnownValue::new(Label::Person, "Zoé Lefèvre")]).mask(&mut vault, "Zoé Lefèvre, Zoé, 06 12 34 56 78");
    for restored in [false, true] {
        let relay = || Relay::new(terms(restored.then(|| Restoring::new(&vault, AnswerForm::Text))));
        assert_eq!(relayed(relay(), whole, cuts), relayed(relay(), whole, &[]));
    }
}

fn terms(restorer: Option<Restoring>) -> Terms {
    Terms { restorer, model: "\"petit\"".to_owned(), choices: 1, hide_usage: true, max: usize::MAX }
}

fn relayed(mut relay: Relay, whole: &[u8], cuts: &[u8]) -> Result<Vec<u8>, String> {
    let (mut out, mut left) = (Vec::new(), whole);
    for cut in cuts {
        let (piece, more) = left.split_at(usize::from(*cut).min(left.len()));
        out.extend_from_slice(&relay.push(piece)?);
        left = more;
    }
    out.extend_from_slice(&relay.push(left)?);
    out.extend_from_slice(&relay.close().held);
    Ok(out)
}
