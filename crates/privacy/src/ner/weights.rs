//! Reads the files of the wheel: MessagePack, with arrays of numbers as their bytes.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::NerError;
use super::moves::Move;
use super::tokenizer::{Rules, Tokenizer};

/// The layers of a model, in the order of the file.
#[derive(Deserialize)]
pub(super) struct Layers<'a> {
    #[serde(borrow)]
    nodes: Vec<Node<'a>>,
    #[serde(borrow)]
    attrs: Vec<BTreeMap<&'a str, &'a [u8]>>,
    #[serde(borrow)]
    params: Vec<BTreeMap<&'a str, Array<'a>>>,
}

#[derive(Deserialize)]
struct Node<'a> {
    name: &'a str,
}

#[derive(Deserialize)]
struct Array<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    shape: Vec<usize>,
    data: &'a [u8],
}

/// One layer that has numbers.
pub(super) struct Layer<'l, 'a> {
    attrs: &'l BTreeMap<&'a str, &'a [u8]>,
    params: &'l BTreeMap<&'a str, Array<'a>>,
}

impl<'a> Layers<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, NerError> {
        decode("ner/model", bytes)
    }

    /// The layers of one name, in order: there must be exactly `N`.
    pub(super) fn named<const N: usize>(&self, name: &str) -> Result<[Layer<'_, 'a>; N], NerError> {
        let all = self.nodes.iter().zip(self.attrs.iter().zip(&self.params));
        let found: Vec<_> = all.filter(|(node, _)| node.name == name).map(|(_, (attrs, params))| Layer { attrs, params }).collect();
        let count = found.len();
        found.try_into().map_err(|_| shape(format!("{count} layer(s) {name:?} instead of {N}")))
    }
}

impl Layer<'_, '_> {
    /// An array of numbers of this shape.
    pub(super) fn array(&self, name: &str, wanted: &[usize]) -> Result<Vec<f32>, NerError> {
        let array = self.params.get(name).ok_or_else(|| shape(format!("no array {name:?}")))?;
        let count: usize = wanted.iter().product();
        if array.kind != "<f4" || array.shape != wanted || array.data.len() != 4 * count {
            return Err(shape(format!("array {name:?} of type {} and shape {:?} instead of {wanted:?}", array.kind, array.shape)));
        }
        Ok(array.data.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    /// A number that the layer is configured with.
    pub(super) fn number(&self, name: &str) -> Result<u32, NerError> {
        let bytes = self.attrs.get(name).ok_or_else(|| shape(format!("no setting {name:?}")))?;
        decode("ner/model", bytes)
    }
}

fn shape(reason: String) -> NerError {
    NerError { file: "ner/model", reason }
}

fn decode<'a, T: Deserialize<'a>>(file: &'static str, bytes: &'a [u8]) -> Result<T, NerError> {
    rmp_serde::from_slice(bytes).map_err(|error| NerError { file, reason: error.to_string() })
}

/// The moves in the order of their scores.
pub(super) fn moves(bytes: &[u8]) -> Result<Vec<Move>, NerError> {
    #[derive(Deserialize)]
    struct File<'a> {
        moves: &'a str,
    }
    let wrong = |reason: String| NerError { file: "ner/moves", reason };
    let file: File<'_> = decode("ner/moves", bytes)?;
    // Labels by action, with how often each was seen: the most frequent first.
    let actions: BTreeMap<u8, serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(file.moves).map_err(|error| wrong(error.to_string()))?;
    let mut moves = Vec::new();
    for (action, labels) in actions {
        let mut labels: Vec<_> = labels.into_iter().collect();
        labels.sort_by_key(|(_, count)| std::cmp::Reverse(count.as_i64()));
        for (label, _) in labels {
            moves.push(Move::parse(action, &label).ok_or_else(|| wrong(format!("unknown move {action} {label:?}")))?);
        }
    }
    Ok(moves)
}

/// The number of a token's text in the exceptions, and of its norm.
const ORTH: u8 = 65;
const NORM: u8 = 67;

#[derive(Deserialize)]
struct TokenizerFile<'a> {
    prefix_search: &'a str,
    suffix_search: &'a str,
    infix_finditer: &'a str,
    token_match: &'a str,
    url_match: &'a str,
    exceptions: BTreeMap<String, Vec<BTreeMap<u8, String>>>,
}

/// The tokeniser, and the norms that it gives to some tokens.
pub(super) fn tokenizer(bytes: &[u8]) -> Result<(Tokenizer, HashMap<String, String>), NerError> {
    let wrong = |reason: String| NerError { file: "tokenizer", reason };
    let file: TokenizerFile<'_> = decode("tokenizer", bytes)?;
    let mut norms = HashMap::new();
    let mut exceptions = Vec::with_capacity(file.exceptions.len());
    for (text, tokens) in file.exceptions {
        for token in &tokens {
            norms.extend(token.get(&ORTH).zip(token.get(&NORM)).map(|(orth, norm)| (orth.clone(), norm.clone())));
        }
        let tokens: Vec<String> = tokens.into_iter().filter_map(|mut token| token.remove(&ORTH)).collect();
        if tokens.concat() != text {
            return Err(wrong(format!("the tokens of {text:?} are not its parts")));
        }
        exceptions.push((text, tokens));
    }
    let rules = Rules {
        prefixes: file.prefix_search,
        suffixes: file.suffix_search,
        infixes: file.infix_finditer,
        compounds: file.token_match,
        urls: file.url_match,
        exceptions,
    };
    let tokenizer =
        Tokenizer::new(rules).map_err(|rule| wrong(format!("the rules of {rule:?} have another form than expected")))?;
    Ok((tokenizer, norms))
}
