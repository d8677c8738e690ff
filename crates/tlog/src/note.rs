//! Signed notes (`c2sp.org/signed-note`): a text, an empty line, and one line a signature.

use std::fmt;
use std::str::FromStr;

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::cosignature;

/// More signature lines than this and the note is refused (the specification asks for at least 16).
const MAX_SIGNATURES: usize = 100;
/// Notes longer than this are refused before anything is parsed, in bytes.
const MAX_LENGTH: usize = 1 << 20;

/// How a key signs; the byte that the specification gives it is the discriminant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Algorithm {
    /// Ed25519 over the text: what a log signs with.
    Ed25519 = 0x01,
    /// Ed25519 cosignature/v1, with a time: what a witness signs with.
    Cosignature = 0x04,
}

/// A note or a key that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The bytes are not a signed note.
    #[error("this is not a signed note: {0}; copy the file again, without editing it")]
    Malformed(&'static str),
    /// The text is not a verifier key.
    #[error("`{vkey}` is not a verifier key ({what}); expected name+hash+key on one line")]
    Key {
        /// What was given.
        vkey: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A name that the format cannot carry.
    #[error("`{0}` cannot name a key: a name is not empty and has neither spaces nor `+`")]
    Name(String),
    /// A known key is named, and its signature is wrong.
    #[error("the signature of `{0}` is wrong: the note was altered after it was signed")]
    BadSignature(String),
    /// No signature by any known key.
    #[error("no signature by a known key: compare the verifier key with the one that the log's owner publishes")]
    NoKnownKey,
}

/// The public half of a key, with its name (`name+hash+key`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vkey {
    name: String,
    algorithm: Algorithm,
    key: VerifyingKey,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Name of the key.
    pub name: String,
    /// First four bytes of the hash of the key.
    pub id: [u8; 4],
    /// What follows the identifier, as the algorithm defines it.
    pub bytes: Vec<u8>,
}

/// A signature that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The key that made it.
    pub key: Vkey,
    /// Seconds since 1970 that a cosignature states.
    pub time: Option<u64>,
}

/// A text and its signatures; nothing is verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The signed text, with its final newline.
    pub text: String,
    /// Signatures in the order of the file.
    pub signatures: Vec<Signature>,
}

/// A private key with its name. It never prints its secret.
pub struct Signer {
    vkey: Vkey,
    key: SigningKey,
}

impl Vkey {
    fn new(name: &str, algorithm: Algorithm, key: VerifyingKey) -> Result<Self, NoteError> {
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+') {
            return Err(NoteError::Name(name.to_owned()));
        }
        Ok(Self { name: name.to_owned(), algorithm, key })
    }

    /// Name of the key; for a log, its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Identifier: the first four bytes of `SHA-256(name ‖ 0x0A ‖ algorithm ‖ key)`.
    pub fn id(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', self.algorithm as u8])
            .chain_update(self.key.as_bytes())
            .finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    fn made(&self, signature: &Signature) -> bool {
        signature.name == self.name && signature.id == self.id()
    }

    /// Checks one signature over `text`; gives the time that it states, if its algorithm has one.
    fn check(&self, text: &str, bytes: &[u8]) -> Option<Option<u64>> {
        let (time, message, signature) = match self.algorithm {
            Algorithm::Ed25519 => (None, text.to_owned(), bytes),
            Algorithm::Cosignature => {
                let (time, signature) = bytes.split_first_chunk::<8>()?;
                let time = u64::from_be_bytes(*time);
                (Some(time), cosignature::message(time, text), signature)
            }
        };
        let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
        self.key.verify_strict(message.as_bytes(), &signature).ok().map(|()| time)
    }
}

impl fmt::Display for Vkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[self.algorithm as u8], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id()), BASE64_STANDARD.encode(key))
    }
}

impl FromStr for Vkey {
    type Err = NoteError;

    fn from_str(vkey: &str) -> Result<Self, NoteError> {
        let vkey = vkey.trim();
        let bad = |what| NoteError::Key { vkey: vkey.to_owned(), what };
        let (name, rest) = vkey.split_once('+').ok_or_else(|| bad("no `+`"))?;
        let (id, key) = rest.split_once('+').ok_or_else(|| bad("a single `+`"))?;
        let key = BASE64_STANDARD.decode(key).map_err(|_| bad("the key is not base64"))?;
        let (algorithm, key) = key.split_first().ok_or_else(|| bad("empty key"))?;
        let algorithm = match algorithm {
            0x01 => Algorithm::Ed25519,
            0x04 => Algorithm::Cosignature,
            _ => return Err(bad("an algorithm that is neither Ed25519 (01) nor cosignature/v1 (04)")),
        };
        let key = key.try_into().map_err(|_| bad("the key is not 32 bytes long"))?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| bad("not an Ed25519 key"))?;
        let parsed = Self::new(name, algorithm, key)?;
        if hex::encode(parsed.id()) != id {
            return Err(bad("the hash is not that of the name and key"));
        }
        Ok(parsed)
    }
}

impl Signer {
    /// A log's key: Ed25519 over the text, from a 32-byte secret seed.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        Self::new(name, seed, Algorithm::Ed25519)
    }

    pub(crate) fn new(name: &str, seed: &[u8; 32], algorithm: Algorithm) -> Result<Self, NoteError> {
        let key = SigningKey::from_bytes(seed);
        Ok(Self { vkey: Vkey::new(name, algorithm, key.verifying_key())?, key })
    }

    /// The public half, to publish.
    pub fn vkey(&self) -> &Vkey {
        &self.vkey
    }

    /// Signs `text`, which must end with a newline and hold no other control character.
    pub fn sign(&self, text: &str) -> Result<Note, NoteError> {
        check_text(text)?;
        Ok(Note { text: text.to_owned(), signatures: vec![self.line(&[], text)] })
    }

    pub(crate) fn line(&self, prefix: &[u8], message: &str) -> Signature {
        let signature = self.key.sign(message.as_bytes()).to_bytes();
        Signature { name: self.vkey.name.clone(), id: self.vkey.id(), bytes: [prefix, &signature].concat() }
    }
}

impl Note {
    /// Checks every signature by one of `keys`; signatures by other keys are ignored, as the specification asks.
    ///
    /// One signature that names a known key and is wrong refuses the whole note, and so does the absence of any known key.
    pub fn verify(&self, keys: &[Vkey]) -> Result<Vec<Verified>, NoteError> {
        let mut verified: Vec<Verified> = Vec::new();
        for signature in &self.signatures {
            let Some(key) = keys.iter().find(|key| key.made(signature)) else { continue };
            let time = key.check(&self.text, &signature.bytes).ok_or_else(|| NoteError::BadSignature(key.name.clone()))?;
            if !verified.iter().any(|known| known.key == *key) {
                verified.push(Verified { key: key.clone(), time });
            }
        }
        if verified.is_empty() { Err(NoteError::NoKnownKey) } else { Ok(verified) }
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if text.len() > MAX_LENGTH {
        return Err(NoteError::Malformed("longer than a mebibyte"));
    }
    if !text.ends_with('\n') {
        return Err(NoteError::Malformed("no final newline"));
    }
    if text.contains(|c: char| c < ' ' && c != '\n') {
        return Err(NoteError::Malformed("control characters (perhaps Windows line ends)"));
    }
    Ok(())
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.as_slice(), &self.bytes].concat();
        writeln!(f, "— {} {}", self.name, BASE64_STANDARD.encode(bytes))
    }
}

impl FromStr for Signature {
    type Err = NoteError;

    fn from_str(line: &str) -> Result<Self, NoteError> {
        let bad = NoteError::Malformed("a signature line that is not `— name base64`");
        let parsed = || {
            let (name, bytes) = line.trim_end_matches('\n').strip_prefix("— ")?.split_once(' ')?;
            let valid = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+');
            let bytes = BASE64_STANDARD.decode(bytes).ok().filter(|_| valid)?;
            let (id, bytes) = bytes.split_first_chunk::<4>()?;
            let bytes = Some(bytes.to_vec()).filter(|bytes| !bytes.is_empty())?;
            Some(Self { name: name.to_owned(), id: *id, bytes })
        };
        parsed().ok_or(bad)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(f))
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        check_text(note)?;
        // The text may hold empty lines: signatures begin after the last one.
        let cut = note.rfind("\n\n").ok_or(NoteError::Malformed("no empty line before the signatures"))?;
        let (text, lines) = (&note[..=cut], &note[cut + 2..]);
        let lines: Vec<_> = lines.split_terminator('\n').collect();
        if lines.is_empty() || lines.len() > MAX_SIGNATURES {
            return Err(NoteError::Malformed("no signature, or more than a hundred"));
        }
        let signatures = lines.into_iter().map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }
}
