//! A form with a file (multipart/form-data, RFC 7578): taken apart on the way in, put together on the way out.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use futures_util::stream;
use serde_json::{Map, Value};

use super::bad;
use crate::error::GatewayError;

/// Sounds that hosts take, by the ending of their name (OpenAI API reference, "Create transcription").
const SOUNDS: [(&str, &str); 12] = [
    ("flac", "audio/flac"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpeg", "audio/mpeg"),
    ("mpga", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("aac", "audio/aac"),
    ("wav", "audio/wav"),
    ("webm", "audio/webm"),
];
/// What a sound of another kind is sent as.
const OTHER: (&str, &str) = ("bin", "application/octet-stream");

/// The file of a form. Its name stays here: names of files are names of people. Only its kind goes on.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) bytes: Bytes,
    ending: &'static str,
    kind: &'static str,
}

/// Takes a form apart: its fields, as JSON in which a name that comes twice is a list, and its file.
pub(crate) async fn read(headers: &HeaderMap, body: Bytes) -> Result<(Map<String, Value>, Upload), GatewayError> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| {
        bad(
            None,
            "this address takes a form: send `Content-Type: multipart/form-data; boundary=…` with the fields `file` and `model`",
        )
    })?;
    let once = stream::once(async { Ok::<_, std::convert::Infallible>(body) });
    let mut form = multer::Multipart::new(once, boundary);
    let (mut fields, mut file) = (Map::new(), None);
    while let Some(part) = form.next_field().await.map_err(broken)? {
        let name = part.name().ok_or_else(|| bad(None, "a part of the form has no name"))?.to_owned();
        if name == "file" {
            if file.is_some() {
                return Err(bad(Some("file"), "the form has two files: send one a call"));
            }
            let (ending, kind) = sound(part.file_name().unwrap_or_default());
            file = Some(Upload { bytes: part.bytes().await.map_err(broken)?, ending, kind });
        } else {
            let text = String::from_utf8(part.bytes().await.map_err(broken)?.to_vec());
            let text = text.map_err(|_| bad(None, "a field of the form, other than `file`, is not text in UTF-8"))?;
            add(&mut fields, name, text.into());
        }
    }
    let file = file.ok_or_else(|| bad(Some("file"), "`file` must be the sound to transcribe"))?;
    Ok((fields, file))
}

fn broken(error: multer::Error) -> GatewayError {
    bad(None, &format!("the form cannot be read: {error}"))
}

fn sound(file_name: &str) -> (&'static str, &'static str) {
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    SOUNDS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).unwrap_or(OTHER)
}

fn add(fields: &mut Map<String, Value>, name: String, text: Value) {
    match fields.get_mut(&name) {
        Some(Value::Array(several)) => several.push(text),
        Some(one) => *one = Value::Array(vec![one.take(), text]),
        None => drop(fields.insert(name, text)),
    }
}

/// The form again, and its content type. `boundary` is drawn at random, so that no part holds it.
pub(crate) fn written(fields: &Map<String, Value>, file: &Upload, boundary: &str) -> (Bytes, String) {
    let mut out = Vec::with_capacity(file.bytes.len() + 1024);
    let each = fields.iter().flat_map(|(name, value)| match value {
        Value::Array(several) => several.iter().map(|value| (name, value)).collect(),
        one => vec![(name, one)],
    });
    for (name, value) in each {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        out.extend_from_slice(head(boundary, &format!("name=\"{}\"", quoted(name))).as_bytes());
        out.extend_from_slice(format!("\r\n\r\n{text}\r\n").as_bytes());
    }
    let named = format!("name=\"file\"; filename=\"audio.{}\"", file.ending);
    out.extend_from_slice(head(boundary, &named).as_bytes());
    out.extend_from_slice(format!("\r\nContent-Type: {}\r\n\r\n", file.kind).as_bytes());
    out.extend_from_slice(&file.bytes);
    out.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (out.into(), format!("multipart/form-data; boundary={boundary}"))
}

fn head(boundary: &str, what: &str) -> String {
    format!("--{boundary}\r\nContent-Disposition: form-data; {what}")
}

/// A name of a field, as HTML has it (section "Multipart form data"): it cannot end its line or its quotes.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn taken(kind: &str, body: impl Into<Bytes>) -> Result<(Map<String, Value>, Upload), GatewayError> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_str(kind).unwrap())]);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(read(&headers, body.into()))
    }

    #[test]
    fn what_is_wrong_with_a_form_is_said() {
        let message = |kind: &str, body: &'static str| taken(kind, body).unwrap_err().to_string();
        assert!(message("application/json", "{}").contains("multipart/form-data"));
        let form = "multipart/form-data; boundary=x";
        assert!(message(form, "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--x--\r\n").contains("`file`"));
        assert!(message(form, "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm").contains("cannot be read"));
        assert!(message(form, "--x\r\nContent-Disposition: form-data\r\n\r\nm\r\n--x--\r\n").contains("no name"));
    }

    proptest! {
        #[test]
        fn a_form_comes_through_and_the_name_of_its_file_stays(
            prompt in ".{0,20}", words in proptest::collection::vec("[a-z]{1,5}", 2..4),
            bytes in proptest::collection::vec(any::<u8>(), 0..60), ending in prop_oneof![Just("mp3"), Just("WAV"), Just("docx"), Just("")],
        ) {
            let fields = json!({ "model": "m", "prompt": prompt, "timestamp_granularities[]": words });
            let (_, kind) = sound(&format!("Zoé.{ending}"));
            let file = Upload { bytes: bytes.clone().into(), ending: sound(&format!("Zoé.{ending}")).0, kind };
            let (sent, kind) = written(fields.as_object().unwrap(), &file, "0123456789abcdef0123456789abcdef");
            prop_assert!(!String::from_utf8_lossy(&sent).contains("Zoé"));
            let (read, back) = taken(&kind, sent).unwrap();
            prop_assert_eq!(Value::from(read), fields);
            prop_assert_eq!((back.bytes.to_vec(), back.ending), (bytes, file.ending));
        }
    }
}
