//! What people are told, word for word.

use gouvernail_cases::notice::{UnknownUse, answer};
use gouvernail_cases::{Outcome, Topic, UseFootprint};

use super::*;

#[test]
fn the_notice_says_it_all_in_plain_words() {
    let (case, _) = decided();
    for lang in [Lang::Fr, Lang::En] {
        let notice = notice(&case, &facts(), date(2026, 11, 24), lang).unwrap();
        let text = text(&notice.message);
        for wanted in ["Awa Diallo", "02 00 00 00 00", "https://ia.example.fr/d", "CADA", "540 euros", WHY, "favorable", "2027"] {
            assert!(text.contains(wanted), "{lang:?}: {wanted} missing in\n{text}");
        }
        for jargon in ["CRPA", "R311", "L311", "R*311", "algorithmique", ".."] {
            assert!(!text.contains(jargon), "{lang:?}: {jargon} in\n{text}");
        }
        assert!(notice.mention.cada.contains("CADA") && !notice.detail.parameters.is_empty());
        assert!(notice.detail.operations.iter().any(|said| said.contains("Petit 1.5B")));
    }
    let (undecided, _) = opened();
    assert_eq!(notice(&undecided, &facts(), date(2026, 11, 24), Lang::Fr), Err(CaseError::NotDecided));
}

fn did(case: &Case, facts: &Facts) -> String {
    let notice = notice(case, facts, date(2026, 11, 24), Lang::Fr).unwrap();
    plain(&notice.message.block(Topic::Did).unwrap().paragraphs.join(" "))
}

#[test]
fn what_is_said_of_the_tool_is_what_happened() {
    let other = |n| CaseUse { proposal: Some(SealedText::new("défavorable")), ..case_use(n) };
    let writes = |n| CaseUse { proposal: None, ..case_use(n) };
    let known = |uses| did(&decided_after(uses), &facts());
    let followed = known(vec![case_use(0)]);
    assert!(followed.contains("une fois") && followed.contains("proposé : favorable. ") && followed.contains("même sens"));
    let departed = known(vec![other(0), other(1)]);
    assert!(departed.contains("2 fois") && departed.contains("proposé : défavorable. ") && departed.contains("différente"));
    assert!(known(vec![other(0), case_use(1)]).contains("défavorable, puis favorable. L’agent a d’abord noté son avis"));
    assert!(known(vec![other(0), case_use(1)]).contains("rejoint une partie"));
    let text = known(vec![writes(0)]);
    assert!(text.contains("un texte, sans proposer") && !text.contains("décision est"), "{text}");

    let lost = |id: &str| UnknownUse { use_id: id.into(), system: "tri".into() };
    // One recorded with an unknown end, one that has not ended: two times, of which nothing is claimed.
    let unknown = Facts { unknown: vec![lost("u0"), lost("elsewhere")], ..facts() };
    let said = did(&decided_after(vec![writes(0)]), &unknown);
    assert!(said.contains("2 fois") && said.contains("Nous ne savons pas") && !said.contains("un texte"), "{said}");
    let partly = Facts { unknown: vec![lost("u1")], ..facts() };
    let said = did(&decided_after(vec![case_use(0), writes(1)]), &partly);
    assert!(said.contains("proposé : favorable") && said.contains("Une fois, nous ne savons pas ce qu’il a répondu"), "{said}");
}

#[test]
fn what_came_after_the_decision_is_not_said_to_have_come_before() {
    let mut case = decided_after(vec![case_use(0)]);
    let other = CaseUse { proposal: Some(SealedText::new("défavorable")), ..case_use(1) };
    case.apply(&used(&case, other).unwrap()).unwrap();
    let said = did(&case, &facts());
    for wanted in [
        "2 fois",
        "il a proposé : favorable. L’agent a d’abord noté son avis, puis a ouvert cette réponse. Sa décision va dans le même sens.",
        "Une fois, sa réponse est arrivée après la décision, qui n’en a pas tenu compte. Il proposait : défavorable.",
    ] {
        assert!(said.contains(wanted), "{wanted} missing in {said}");
    }
    // None before: nobody noted a view, nothing is compared.
    let mut alone = decided_after(vec![]);
    alone.apply(&used(&alone, case_use(0)).unwrap()).unwrap();
    let said = did(&alone, &facts());
    assert!(
        said.contains("Sa réponse est arrivée après la décision") && !said.contains("avis") && !said.contains("sens"),
        "{said}"
    );
    let degree = notice(&alone, &facts(), date(2026, 11, 24), Lang::Fr).unwrap().detail.degree;
    assert!(degree.contains("avait décidé sans ouvrir"), "{degree}");
}

#[test]
fn an_answer_gives_new_time_for_the_court_only_when_the_law_does() {
    let (mut case, mut history) = contested();
    let event = case.assign("k1", agent(1), at());
    go(&mut case, &mut history, event);
    let event = case.answer("k1", agent(1), Outcome::Maintained, WHY, at());
    go(&mut case, &mut history, event);
    let told_on = date(2027, 2, 1);
    for (court, fr, en) in [
        (date(2027, 4, 1), "dans les deux mois qui suivent", "within two months of receiving"),
        (date(2027, 3, 1), "ne change pas cette date", "does not change that date"),
        (date(2027, 1, 24), "a pu finir le 24 janvier 2027", "may have ended on 24 January 2027"),
    ] {
        for (lang, wanted) in [(Lang::Fr, fr), (Lang::En, en)] {
            let text = text(&answer(&case, "k1", &facts(), Days { told_on, court }, lang).unwrap());
            assert!(text.contains(wanted), "{wanted} missing in {text}");
        }
    }
}

#[test]
fn a_closed_code_is_replaced_and_the_letter_says_so() {
    let (mut case, mut history) = contested();
    assert_eq!(case.replace_code("hash", "letter-2", agent(1), at()), Err(CaseError::SameCode));
    let event = case.replace_code("other", "letter-2", agent(1), at());
    go(&mut case, &mut history, event);
    let notification = case.notification.as_ref().unwrap();
    assert_eq!((notification.code_hash.as_str(), notification.replaced.len()), ("other", 1));
    let letter = notification.told.letter_again("7K3M-QX9P-2HTW", date(2026, 12, 3));
    assert!(
        letter.intro.starts_with("Cette lettre remplace celle du 24 novembre 2026.")
            && letter.place_date.ends_with("3 décembre 2026")
    );
    let (undecided, _) = opened();
    assert_eq!(undecided.replace_code("other", "letter-2", agent(1), at()), Err(CaseError::NotNotified));
}

#[test]
fn energy_is_summed_as_a_range_and_what_is_not_measured_is_said() {
    let metered = |n, energy_wh_low, energy_wh_high| CaseUse {
        footprint: Some(UseFootprint { energy_wh: 0.0, energy_wh_low, energy_wh_high, carbon_g: 0.0 }),
        ..case_use(n)
    };
    let energy = |uses| {
        let notice = notice(&decided_after(uses), &facts(), date(2026, 11, 24), Lang::Fr).unwrap();
        plain(&notice.message.block(Topic::Energy).unwrap().paragraphs.join(" "))
    };
    assert_eq!(
        energy(vec![metered(0, 0.01, 0.06), metered(1, 0.01, 0.04)]),
        "Entre 0,02 et 0,1 Wh : une ampoule LED allumée pendant 9 à 45 secondes."
    );
    assert!(energy(vec![metered(0, 0.01, 0.06), case_use(1)]).ends_with("Une partie n’a pas pu être mesurée."));
    assert!(energy(vec![case_use(0)]).contains("n’a pas pu être mesurée"));
}

#[test]
fn what_was_told_survives_and_gives_the_letter() {
    let (case, _) = contested();
    let told = &case.notification.as_ref().unwrap().told;
    let letter = told.letter("7K3M-QX9P-2HTW");
    assert_eq!(letter.url, "https://ia.example.fr/d/7K3M-QX9P-2HTW");
    assert_eq!(letter.sections, told.fr.message.blocks);
    assert!(plain(&letter.subject).starts_with("votre dossier 2026-118 : notre décision"), "{}", letter.subject);
    assert!(!serde_json::to_string(told).unwrap().contains("7K3M"), "the code is stored nowhere");
}
