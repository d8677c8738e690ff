//! Numbers: those that their key gives away, and those that the words beside them announce. Each place is read once for both.

use crate::context::number as announced;
use crate::identifiers::numbers as keyed;
use crate::reading::Reading;
use crate::span::Span;
use crate::tokens::Tokens;

/// Finds numbers of both kinds. Linear: what may begin one is read once, and is short.
pub(crate) fn find(tokens: &Tokens, out: &mut Vec<Span>) {
    if !tokens.has_numbers() {
        return;
    }
    let (mut keyed, mut announced) = (keyed::Search::default(), announced::Search::default());
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let (may_have_key, may_be_announced) = (keyed.may_begin(tokens, at), announced.may_begin(tokens, at));
        if may_have_key || may_be_announced {
            let reading = Reading::at(tokens, at);
            if may_have_key {
                keyed.find_at(tokens, at, &reading, out);
            }
            if may_be_announced {
                announced.find_at(tokens, at, &reading, &mut found);
            }
        }
    }
    out.extend(found);
}
