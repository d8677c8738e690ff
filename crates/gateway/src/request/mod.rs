//! The body of a request: read within its limit, understood as far as needed, made ready for the host.

mod confirmation;
mod fields;
pub(crate) mod upload;

use std::time::Duration;

use axum::body::{Body, BodyDataStream, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, EXPECT};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use gouvernail_privacy::AnswerForm;
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use crate::endpoint::Endpoint;
use crate::error::GatewayError;
use crate::hosts::Route;
use crate::spelling;
pub(crate) use confirmation::Confirmation;
use upload::Upload;

/// Fields that name the caller's person or say what the application knows: they never reach a model host.
const KEPT_HERE: [&str; 4] = ["user", "metadata", "safety_identifier", "prompt_cache_key"];

/// How much of a body that is too large is heard to its end, and for how long: many clients read no answer before they have
/// sent everything.
const HEARD: usize = 256 << 20;
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads a body of at most `limit` bytes, for no longer than a call may last: a caller who sends it drop by drop holds nothing
/// for ever. Of a longer one nothing is kept.
pub(crate) async fn read(headers: &HeaderMap, body: Body, limit: usize, longest: Duration) -> Result<Bytes, GatewayError> {
    let too_late = |_| GatewayError::DeadlineExceeded { seconds: longest.as_secs_f64() };
    timeout(longest, hear(headers, body, limit)).await.map_err(too_late)?
}

async fn hear(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, GatewayError> {
    if headers.get(CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
        return Err(bad(None, "the header Content-Encoding says that the body is compressed; send it as it is"));
    }
    let length = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let announced = length > limit;
    let mut pieces = body.into_data_stream();
    let mut whole = BytesMut::with_capacity(if announced { 0 } else { length });
    // Who asks first, with `Expect: 100-continue`, is told before sending anything.
    while !(announced && headers.contains_key(EXPECT)) {
        let Some(piece) = pieces.next().await else { return Ok(whole.freeze()) };
        let piece = piece.map_err(|_| bad(None, "the request body broke off; send it again"))?;
        if announced || whole.len() + piece.len() > limit {
            drop(whole);
            // An answer is owed either way.
            let _ = timeout(PATIENCE, pass_over(pieces)).await;
            break;
        }
        whole.extend_from_slice(&piece);
    }
    Err(GatewayError::TooLarge { limit })
}

async fn pass_over(mut pieces: BodyDataStream) {
    let mut heard = 0;
    while let Some(Ok(piece)) = pieces.next().await {
        heard += piece.len();
        if heard > HEARD {
            break;
        }
    }
}

/// A request of any endpoint.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) endpoint: Endpoint,
    /// The bytes that came.
    pub(crate) came: Bytes,
    /// The body, without what stays here; of a form, its fields.
    pub(crate) body: Value,
    /// The file of a form.
    pub(crate) file: Option<Upload>,
    /// Name of the model asked for.
    pub(crate) model: String,
    /// Whether the answer comes in pieces.
    pub(crate) stream: bool,
    /// Who the application says is behind the call.
    pub(crate) user: Option<String>,
    /// How the model was asked to write.
    pub(crate) form: AnswerForm,
    /// How many answers are asked for.
    pub(crate) choices: usize,
    /// What the caller says of passages in doubt.
    pub(crate) confirmation: Confirmation,
    /// Whether the caller wants the usage of a stream.
    usage: bool,
}

impl Request {
    /// Understands a request. What is not acted on is not judged: the host does that.
    pub(crate) async fn parse(endpoint: Endpoint, headers: &HeaderMap, bytes: Bytes) -> Result<Self, GatewayError> {
        if endpoint.takes_file() {
            let (fields, file) = upload::read(headers, bytes.clone()).await?;
            return Ok(Self { came: bytes, file: Some(file), ..Self::of(endpoint, fields)? });
        }
        match serde_json::from_slice(&bytes).map_err(|error| bad(None, &unreadable(&error)))? {
            Value::Object(fields) => Ok(Self { came: bytes, ..Self::of(endpoint, fields)? }),
            _ => Err(bad(None, "the body must be a JSON object")),
        }
    }

    fn of(endpoint: Endpoint, mut fields: Map<String, Value>) -> Result<Self, GatewayError> {
        let model = match fields.get("model") {
            Some(Value::String(model)) if !model.is_empty() => model.clone(),
            _ => return Err(bad(Some("model"), "`model` must be the name of a model: see `GET /v1/models`")),
        };
        let confirmation = Confirmation::take(&mut fields)?;
        fields::check(endpoint, &mut fields)?;
        let stream = flag(fields.get("stream"), endpoint.takes_file())
            .ok_or_else(|| bad(Some("stream"), "`stream` must be true or false"))?;
        let usage = match fields.get("stream_options") {
            None | Some(Value::Null) => false,
            Some(Value::Object(options)) => options.get("include_usage") == Some(&Value::Bool(true)),
            Some(_) => return Err(bad(Some("stream_options"), "`stream_options` must be an object")),
        };
        let user = fields.get("user").and_then(Value::as_str).map(str::to_owned);
        // A form writes its numbers in letters; it has none of these.
        let choices = if endpoint.takes_file() { 1 } else { fields::counted(&fields)? };
        KEPT_HERE.iter().for_each(|field| drop(fields.shift_remove(*field)));
        let body = Value::Object(fields);
        let form = AnswerForm::of_request(&body);
        let stream = stream && endpoint.streams();
        Ok(Self { endpoint, came: Bytes::new(), body, file: None, model, stream, user, form, choices, confirmation, usage })
    }

    /// Puts in what this host needs. True when the host will send a chunk of usage that the caller did not ask for.
    pub(crate) fn address(&mut self, route: &Route) -> bool {
        let Some(fields) = self.body.as_object_mut() else { return false };
        fields.insert("model".to_owned(), route.served.clone().into());
        if !self.stream || self.endpoint != Endpoint::Chat {
            return false;
        }
        if !route.stream_usage {
            fields.shift_remove("stream_options");
            return false;
        }
        let options = fields.entry("stream_options").or_insert_with(|| Map::new().into());
        match options {
            Value::Object(options) => drop(options.insert("include_usage".to_owned(), true.into())),
            other => *other = json!({ "include_usage": true }),
        }
        !self.usage
    }

    /// What goes to the host, and its content type. `drawn` parts the pieces of a form.
    pub(crate) fn written(&self, drawn: [u8; 16]) -> (Bytes, String) {
        match (&self.file, &self.body) {
            (Some(file), Value::Object(fields)) => upload::written(fields, file, &hex::encode(drawn)),
            (_, body) => (spelling::written(&self.came, body), "application/json".to_owned()),
        }
    }

    /// What was asked, masked, for the record of a case, once the body was written out.
    pub(crate) fn into_asked(mut self) -> Value {
        match self.endpoint {
            Endpoint::Chat => self.body["messages"].take(),
            Endpoint::Responses | Endpoint::Embeddings => self.body["input"].take(),
            Endpoint::Rerank | Endpoint::Transcriptions => self.body,
        }
    }
}

/// Absent and null are false; anything but a boolean, which a form writes in letters, is a mistake.
fn flag(value: Option<&Value>, form: bool) -> Option<bool> {
    match value {
        None | Some(Value::Null) => Some(false),
        Some(Value::String(text)) if form => text.to_ascii_lowercase().parse().ok(),
        Some(value) => value.as_bool(),
    }
}

/// What is wrong with a body that is not JSON, where, and how to mend it.
fn unreadable(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let mend = match () {
        () if error.is_eof() => "it stops before its end: send it whole",
        () if said.starts_with("recursion limit") => "it is nested deeper than 127 levels: flatten it",
        () if said.starts_with("invalid unicode") => "it is not in UTF-8 there: write it in UTF-8",
        () if said.starts_with("number out of range") => "that number is beyond what a double holds: write a smaller one",
        () => "send one JSON object, in UTF-8",
    };
    format!("the body cannot be read as JSON: {said}; {mend}")
}

fn bad(param: Option<&'static str>, message: &str) -> GatewayError {
    GatewayError::BadRequest { message: message.to_owned(), param }
}

#[cfg(test)]
impl Request {
    /// One with this body, for the tests of what is done with it.
    pub(crate) fn sample(endpoint: Endpoint, mut body: Value) -> Self {
        body["model"] = "petit".into();
        let Value::Object(fields) = body else { panic!("{body}") };
        Self::of(endpoint, fields).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(endpoint: Endpoint, body: &str) -> Result<Request, GatewayError> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(Request::parse(endpoint, &HeaderMap::new(), Bytes::from(body.to_owned())))
    }

    fn message(body: &str) -> String {
        parsed(Endpoint::Chat, body).unwrap_err().to_string()
    }

    #[test]
    fn a_mistake_is_named_and_placed() {
        assert!(message("{\n \"model\": }").contains("line 2 column 11"));
        assert!(message("[]").contains("JSON object"));
        assert!(message(r#"{"messages":[]}"#).contains("`model`"));
        assert!(message(r#"{"model":"m","messages":"bonjour"}"#).contains("`messages`"));
        assert!(message(r#"{"model":"m","messages":[],"stream":"true"}"#).contains("`stream`"));
        assert!(message(r#"{"model":"m","messages":[],"stream_options":[]}"#).contains("`stream_options`"));
    }

    #[test]
    fn what_names_people_stays_here_and_the_rest_keeps_its_order() {
        let body =
            r#"{"z":1.50,"model":"m","user":"agent","metadata":{"a":"b"},"safety_identifier":"h","messages":[],"a":null,"n":2}"#;
        let chat = parsed(Endpoint::Chat, body).unwrap();
        assert_eq!(chat.user.as_deref(), Some("agent"));
        let (sent, _) = chat.written([0; 16]);
        assert_eq!(sent, r#"{"z":1.50,"model":"m","messages":[],"a":null,"n":2}"#);
        assert_eq!((chat.stream, chat.choices), (false, 2));
    }
}
