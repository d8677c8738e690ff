//! Two people, any interleaving of edits and saves: each text is in the draft, or beside it, or was replaced by who had read it.

use proptest::prelude::*;

use super::*;

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn by(author: &str, at: i64) -> By {
    By { author: author.to_owned(), at: Timestamp::from_second(at).unwrap() }
}

fn said(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(id, answer)| ((*id).to_owned(), text(answer))).collect()
}

fn send<'a>(base: &'a Answers, mine: Answers, author: &str, at: i64) -> Sent<'a> {
    Sent { base, mine, choices: BTreeMap::new(), by: by(author, at) }
}

#[test]
fn two_people_on_two_questions_disturb_nobody() {
    let empty = Saved::default();
    let claire = empty.followed_by(send(&empty.answers, said(&[("a", "Claire")]), "claire", 1)).unwrap();
    let both = claire.followed_by(send(&empty.answers, said(&[("b", "Julien")]), "julien", 2)).unwrap();
    assert_eq!(both.answers, said(&[("a", "Claire"), ("b", "Julien")]));
    assert!(both.disputes.is_empty());
    assert_eq!((&both.by["a"], &both.by["b"]), (&by("claire", 1), &by("julien", 2)));
    // Julien's page still lacks what Claire wrote: his next save does not take it away.
    let next = both.followed_by(send(both.page(true), said(&[("b", "Julien, bis")]), "julien", 3)).unwrap();
    assert_eq!(next.answers, said(&[("a", "Claire"), ("b", "Julien, bis")]));
}

#[test]
fn the_same_question_keeps_both_texts_until_somebody_chooses() {
    let empty = Saved::default();
    let first = empty.followed_by(send(&empty.answers, said(&[("a", "Claire")]), "claire", 1)).unwrap();
    let second = first.followed_by(send(&empty.answers, said(&[("a", "Julien")]), "julien", 2)).unwrap();
    assert_eq!(second.answers, said(&[("a", "Claire")]));
    assert_eq!(second.disputes["a"], [Dispute { answer: Some(text("Julien")), by: by("julien", 2) }]);
    // He goes on typing before he sees it: his latest text waits, once.
    let third = second.followed_by(send(second.page(true), said(&[("a", "Julien, suite")]), "julien", 3)).unwrap();
    assert_eq!(third.disputes["a"], [Dispute { answer: Some(text("Julien, suite")), by: by("julien", 3) }]);
    let choose = |choice: Choice, field: &str| {
        let choices = BTreeMap::from([("a".to_owned(), choice)]);
        third.followed_by(Sent { choices, ..send(&third.answers, said(&[("a", field)]), "claire", 4) }).unwrap()
    };
    for (choice, field, kept) in [
        (Choice::Kept, "Claire", "Claire"),
        (Choice::named(&third.disputes["a"][0].name()).unwrap(), "Claire", "Julien, suite"),
        (Choice::Mine, "Les deux", "Les deux"),
    ] {
        let settled = choose(choice, field);
        assert_eq!(settled.answers, said(&[("a", kept)]));
        assert!(settled.disputes.is_empty());
    }
}

#[test]
fn a_choice_made_on_a_page_that_moved_does_not_settle() {
    let empty = Saved::default();
    let first = empty.followed_by(send(&empty.answers, said(&[("a", "Claire")]), "claire", 1)).unwrap();
    let second = first.followed_by(send(&empty.answers, said(&[("a", "Julien")]), "julien", 2)).unwrap();
    let moved = second.followed_by(send(&second.answers, said(&[("a", "Claire, mieux")]), "claire", 3)).unwrap();
    let choices = BTreeMap::from([("a".to_owned(), Choice::Kept)]);
    let stale = Sent { choices, ..send(&second.answers, second.answers.clone(), "paule", 4) };
    assert_eq!(moved.followed_by(stale), None, "she chose a text that is no longer there: nothing is settled, nothing is lost");
    assert_eq!(moved.disputes["a"].len(), 1);
}

#[test]
fn a_save_that_changes_nothing_is_no_save_and_an_old_one_comes_back_whole() {
    let empty = Saved::default();
    let first = empty.followed_by(send(&empty.answers, said(&[("a", "un")]), "claire", 1)).unwrap();
    assert_eq!(first.followed_by(send(&first.answers, first.answers.clone(), "julien", 2)), None);
    let second = first.followed_by(send(&first.answers, Answers::new(), "julien", 2)).unwrap();
    assert!(second.answers.is_empty());
    let back = second.restoring(1, &first, &by("claire", 3));
    assert_eq!((back.answers, back.restored), (first.answers, Some(1)));
}

/// One step of somebody at work.
#[derive(Debug, Clone)]
enum Step {
    /// Types a text of their own in a question.
    Type(usize, usize),
    /// Saves without seeing the others' answers, as the page does by itself.
    Autosave(usize),
    /// Saves, and reads the page again.
    Save(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..2_usize, 0..3_usize).prop_map(|(who, question)| Step::Type(who, question)),
        1 => (0..2_usize).prop_map(Step::Autosave),
        1 => (0..2_usize).prop_map(Step::Save),
    ];
    proptest::collection::vec(step, 1..40)
}

/// A page open before somebody.
#[derive(Clone, Default)]
struct Open {
    base: Answers,
    fields: Answers,
}

proptest! {
    #[test]
    fn no_interleaving_of_two_editors_loses_a_text(steps in steps()) {
        let (mut latest, mut open) = (Saved::default(), [Open::default(), Open::default()]);
        for (at, step) in (1..).zip(&steps) {
            match step {
                Step::Type(who, question) => {
                    open[*who].fields.insert(format!("q{question}"), text(&format!("{who} at {at}")));
                }
                Step::Autosave(who) | Step::Save(who) => {
                    let page = open[*who].clone();
                    let before = latest.clone();
                    let author = ["claire", "julien"][*who];
                    if let Some(saved) = latest.followed_by(send(&page.base, page.fields.clone(), author, at)) {
                        open[*who].base = saved.page(true).clone();
                        latest = saved;
                    }
                    // Everything typed on this page is in the draft, or waits beside it.
                    for (question, answer) in page.fields.iter().filter(|(question, answer)| page.base.get(*question) != Some(*answer)) {
                        let waits = latest.disputes.get(question).into_iter().flatten().any(|other| other.answer.as_ref() == Some(answer));
                        prop_assert!(latest.answers.get(question) == Some(answer) || waits, "{question}: {answer:?} is lost");
                    }
                    // And nothing that the other wrote is gone, unless this page had read it.
                    for (question, answer) in &before.answers {
                        let read = page.base.get(question) == Some(answer);
                        prop_assert!(latest.answers.get(question) == Some(answer) || read, "{question}: {answer:?} is lost");
                    }
                    if matches!(step, Step::Save(_)) {
                        open[*who] = Open { base: latest.answers.clone(), fields: latest.answers.clone() };
                    }
                }
            }
        }
    }
}
