//! Server-sent events as bytes: cut a stream into its events, and never change a byte of those that need no restoring.
//!
//! Source: HTML standard, section "Server-sent events", 9.2.5 and 9.2.6.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};

/// Largest event that is waited for, in bytes; a model host that sends more is at fault.
pub const MAX_EVENT: usize = 16 * 1024 * 1024;

/// An event grew past [`MAX_EVENT`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the model host sent an event of more than {MAX_EVENT} bytes; the stream was cut")]
pub struct EventTooLong;

/// Cuts a stream into events, wherever the network cut it into pieces.
#[derive(Debug, Default)]
pub struct Splitter {
    pending: BytesMut,
    /// Bytes of `pending` already searched, so that a long event is not searched again for each piece.
    searched: usize,
}

impl Splitter {
    /// Takes one more piece of the stream.
    pub fn push(&mut self, piece: &[u8]) {
        self.pending.extend_from_slice(piece);
    }

    /// The next whole event with the blank line that ends it, byte for byte; `None` until more arrives.
    pub fn next_event(&mut self) -> Result<Option<Bytes>, EventTooLong> {
        // A blank line may straddle the place where the last search ended.
        let from = self.searched.saturating_sub(3);
        match end_of_event(&self.pending[from..]) {
            Some(end) => {
                self.searched = 0;
                Ok(Some(self.pending.split_to(from + end).freeze()))
            }
            None if self.pending.len() > MAX_EVENT => Err(EventTooLong),
            None => {
                self.searched = self.pending.len();
                Ok(None)
            }
        }
    }

    /// What is left when the stream ended in the middle of an event.
    pub fn rest(self) -> Bytes {
        self.pending.freeze()
    }
}

/// Length of the first event: up to and with two line ends in a row (LF, CR or CRLF each).
fn end_of_event(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(line_end) = bytes[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map(|found| at + found) {
        let next = after_line_end(bytes, line_end)?;
        if matches!(bytes.get(next), Some(b'\n' | b'\r')) {
            return after_line_end(bytes, next);
        }
        at = next;
    }
    None
}

/// Where the line after the line end at `at` begins. A CR that is the last byte may be half of a CRLF: wait.
fn after_line_end(bytes: &[u8], at: usize) -> Option<usize> {
    match (bytes[at], bytes.get(at + 1)) {
        (b'\r', Some(b'\n')) => Some(at + 2),
        (b'\r', None) => None,
        _ => Some(at + 1),
    }
}

/// The data of an event: its `data:` lines joined by a line feed; `None` when it has none (a comment that keeps the line alive).
pub fn data(event: &[u8]) -> Option<Cow<'_, [u8]>> {
    let mut found: Option<Cow<'_, [u8]>> = None;
    for value in event.split(|byte| matches!(byte, b'\n' | b'\r')).filter_map(value) {
        match &mut found {
            Some(data) => {
                let data = data.to_mut();
                data.push(b'\n');
                data.extend_from_slice(value);
            }
            None => found = Some(Cow::Borrowed(value)),
        }
    }
    found
}

/// What a `data:` line holds.
fn value(line: &[u8]) -> Option<&[u8]> {
    let value = line.strip_prefix(b"data:")?;
    Some(value.strip_prefix(b" ").unwrap_or(value))
}

/// The same event with other data, one line of JSON. Its other lines (`id:`, `event:`, comments) stay as they are.
pub fn with_data(event: &[u8], data: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(event.len() + data.len());
    let mut written = false;
    let mut rest = event;
    while !rest.is_empty() {
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let next = rest.get(length).map_or(length, |_| after_line_end(rest, length).unwrap_or(rest.len()));
        let (line, end) = rest[..next].split_at(length);
        rest = &rest[next..];
        match value(line) {
            Some(_) if written => {}
            Some(_) => {
                written = true;
                out.extend_from_slice(&[b"data: ", data.as_bytes(), end].concat());
            }
            None => out.extend_from_slice(&[line, end].concat()),
        }
    }
    out
}

/// An event of ours. The data is one line of JSON.
pub fn event(data: &str) -> Bytes {
    Bytes::from(format!("data: {data}\n\n"))
}

/// An event of ours that has a type: the words of the protocol, so without line ends.
pub fn typed_event(kind: &str, data: &str) -> Bytes {
    Bytes::from(format!("event: {kind}\ndata: {data}\n\n"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(pieces: &[&[u8]]) -> (Vec<Bytes>, Bytes) {
        let mut splitter = Splitter::default();
        let mut events = Vec::new();
        for piece in pieces {
            splitter.push(piece);
            while let Some(event) = splitter.next_event().unwrap() {
                events.push(event);
            }
        }
        (events, splitter.rest())
    }

    #[test]
    fn events_of_all_three_line_ends() {
        let (events, rest) = split(&[b"data: a\n\ndata: b\r\n\r\n: alive\r\rdata: [DO"]);
        assert_eq!(events, [&b"data: a\n\n"[..], b"data: b\r\n\r\n", b": alive\r\r"]);
        assert_eq!(rest, &b"data: [DO"[..]);
    }

    #[test]
    fn data_lines_are_joined_and_comments_have_none() {
        assert_eq!(*data(b"event: x\ndata: {\"a\":\ndata:1}\n\n").unwrap(), *b"{\"a\":\n1}");
        assert_eq!(data(b": keep alive\n\n"), None);
        assert_eq!(*data(&event("[DONE]")).unwrap(), *b"[DONE]");
    }

    #[test]
    fn data_is_replaced_and_nothing_else() {
        let event = b"id: 7\r\ndata: {\"a\":\r\ndata:1}\r\n: alive\r\n\r\n";
        assert_eq!(with_data(event, "{}"), b"id: 7\r\ndata: {}\r\n: alive\r\n\r\n");
        assert_eq!(with_data(b"data: x\n\n", "y"), b"data: y\n\n");
        assert_eq!(with_data(b"data:x", "y"), b"data: y", "cut before its end");
    }

    #[test]
    fn an_endless_event_is_an_error_and_not_endless_memory() {
        let mut splitter = Splitter::default();
        splitter.push(&vec![b'x'; MAX_EVENT + 1]);
        assert_eq!(splitter.next_event(), Err(EventTooLong));
    }

    proptest! {
        #[test]
        fn the_cuts_of_the_network_change_nothing(
            lines in proptest::collection::vec("(data: [a-z]{0,6}|: [a-z]{0,3}|)(\n|\r\n)", 0..20),
            cuts in proptest::collection::vec(1usize..7, 1..40),
        ) {
            let whole: Vec<u8> = lines.concat().into_bytes();
            let (expected, rest) = split(&[&whole]);
            let mut pieces = Vec::new();
            let mut left = &whole[..];
            for cut in cuts.iter().cycle() {
                if left.is_empty() {
                    break;
                }
                let (piece, more) = left.split_at((*cut).min(left.len()));
                pieces.push(piece);
                left = more;
            }
            let (events, remaining) = split(&pieces);
            prop_assert_eq!(&events, &expected);
            prop_assert_eq!(&remaining, &rest);
            prop_assert_eq!([events.concat(), remaining.to_vec()].concat(), whole);
        }
    }
}
