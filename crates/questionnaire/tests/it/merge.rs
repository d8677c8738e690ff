//! Two people write at the same time.

use gouvernail_questionnaire::{Answer, Answers, Conflict, merge};
use proptest::collection::btree_map;
use proptest::prelude::*;

fn answers() -> impl Strategy<Value = Answers> {
    btree_map("[a-d]", "[xyz ]{0,1}".prop_map(Answer::Text), 0..5)
}

/// Answers that say something.
fn spoken(answers: &Answers) -> Answers {
    answers.iter().filter(|(_, answer)| !answer.is_empty()).map(|(id, answer)| (id.clone(), answer.clone())).collect()
}

proptest! {
    #[test]
    fn who_changed_nothing_gives_way(base in answers(), other in answers()) {
        prop_assert_eq!(merge(&base, &base, &other).answers, spoken(&other));
        prop_assert_eq!(merge(&base, &other, &base).answers, spoken(&other));
        prop_assert!(merge(&base, &other, &other).conflicts.is_empty());
        prop_assert_eq!(merge(&base, &other, &other).answers, spoken(&other));
    }

    #[test]
    fn nothing_that_was_written_is_lost(base in answers(), mine in answers(), theirs in answers()) {
        let merged = merge(&base, &mine, &theirs);
        for side in [&mine, &theirs] {
            for (id, answer) in spoken(side) {
                let kept = merged.answers.get(&id) == Some(&answer);
                let shown = merged.conflicts.iter().any(|conflict| {
                    conflict.question == id && [&conflict.mine, &conflict.theirs].contains(&&Some(answer.clone()))
                });
                // Or the other side took away or replaced what both had read.
                let replaced = spoken(&base).get(&id) == Some(&answer);
                prop_assert!(kept || shown || replaced, "{} = {:?}", id, answer);
            }
        }
    }

    #[test]
    fn both_see_the_same_conflicts(base in answers(), mine in answers(), theirs in answers()) {
        let turned = |conflict: Conflict| Conflict { mine: conflict.theirs, theirs: conflict.mine, ..conflict };
        let other: Vec<_> = merge(&base, &theirs, &mine).conflicts.into_iter().map(turned).collect();
        prop_assert_eq!(merge(&base, &mine, &theirs).conflicts, other);
    }
}
