//! A file that does not hold together is refused with its name, the question, and how to mend it.

use crate::world::wrong;

const GOOD: &str = r#"
id = "test"
title_fr = "Essai"
title_en = "Test"
months = 12
text = [{ id = "us", fr = "Nous", en = "Us" }]
axis = [{ id = "risk", fr = "Risque", en = "Risk" }]

[[section]]
id = "one"
fr = "Un"
en = "One"
[[section.question]]
id = "a"
kind = "choice"
fr = "A ?"
en = "A?"
source = ["us 1"]
choices = [{ id = "x", fr = "x", en = "x" }]
[[section.question]]
id = "b"
kind = "text"
fr = "B ?"
en = "B?"
source = ["us 2"]
when = { question = "a", is = "x" }
"#;

/// What is said when this part of a good file is replaced.
fn said(part: &str, instead: &str) -> String {
    assert!(GOOD.contains(part), "{part}");
    wrong(&GOOD.replacen(part, instead, 1))
}

#[test]
fn each_fault_names_its_place_and_its_remedy() {
    crate::world::one(GOOD);
    for (part, instead, place, told) in [
        ("is = \"x\"", "is = \"z\"", "test.toml: question \"b\"", "use one of its choices"),
        ("is = \"x\"", "contains = \"x\"", "question \"b\"", "use one of its choices"),
        ("is = \"x\"", "is = true", "question \"b\"", "use one of its choices"),
        ("question = \"a\", is", "question = \"nobody\", is", "question \"b\"", "correct the name"),
        ("question = \"a\", is", "question = \"b\", answered = true, is", "question \"b\"", "not one expression"),
        (
            "when = { question = \"a\", is = \"x\" }",
            "when = { question = \"b\", answered = true }",
            "question \"b\"",
            "cut the circle",
        ),
        ("id = \"b\"", "id = \"a\"", "question \"a\"", "used twice"),
        ("id = \"b\"", "id = \"B b\"", "test.toml", "rename it"),
        ("en = \"B?\"", "", "question \"b\"", "`en` has no words"),
        ("en = \"B?\"", "en = \"B?\"\nhint_fr = \"oui\"", "question \"b\"", "`hint_en` has no words"),
        ("title_en = \"Test\"", "", "test.toml", "`title_en` has no words"),
        ("en = \"x\" }", "en = \"x\", points = 2 }", "question \"a\"", "add `axis`"),
        ("kind = \"text\"", "kind = \"text\"\naxis = \"luck\"", "question \"b\"", "`[[axis]]`"),
        ("kind = \"text\"", "kind = \"essay\"", "question \"b\"", "does not exist"),
        ("kind = \"text\"", "kind = \"text\"\nunit = \"Wh\"", "question \"b\"", "has no `unit`"),
        ("kind = \"text\"", "kind = \"fact\"", "question \"b\"", "`unit` is needed"),
        ("choices = [{ id = \"x\", fr = \"x\", en = \"x\" }]", "", "question \"a\"", "`choices` is needed"),
        ("source = [\"us 2\"]", "", "question \"b\"", "cites no source"),
        ("source = [\"us 2\"]", "source = [\"them 2\"]", "question \"b\"", "`[[text]]`"),
        ("months = 12", "months = 12\nscoring = { axis = \"risk\" }", "test.toml", "write both or none"),
        (
            "months = 12",
            "months = 12\nscoring = { axis = \"risk\" }\nlevel = [{ id = \"l\", fr = \"l\", en = \"l\", up_to = 50 }]",
            "test.toml",
            "levels must rise",
        ),
        ("months = 12", "months = 12\ncolour = \"red\"", "test.toml", "colour"),
        ("fr = \"Un\"\nen = \"One\"", "from = \"nowhere\"", "section \"one\"", "leave only"),
    ] {
        let error = said(part, instead);
        assert!(error.contains(place) && error.contains(told), "{instead:?}: {error}");
    }
}

#[test]
fn a_lender_must_exist_and_lend_what_the_section_looks_at() {
    let borrower = |section: &str| format!("{}[[section]]\nid = \"{section}\"\nfrom = \"lender\"\n", GOOD);
    let lender = GOOD.replacen("id = \"test\"", "id = \"lender\"", 1).replacen("id = \"one\"", "id = \"lent\"", 1);
    let load = |borrower: &str, lender: &str| gouvernail_questionnaire::load([("b.toml", borrower), ("l.toml", lender)]);
    let both = load(&borrower("lent"), &lender).unwrap();
    let names: Vec<_> = both["test"].questions().map(|(_, question)| question.id.as_str()).collect();
    assert_eq!(names, ["a", "b", "lender/a", "lender/b"]);
    assert_eq!(both["test"].lenders(), ["lender"]);
    let error = load(&borrower("other"), &lender).unwrap_err().to_string();
    assert!(error.contains("b.toml: section \"other\"") && error.contains("load its file too"), "{error}");
    let apart = lender.replacen(
        "[[section.question]]\nid = \"b\"",
        "[[section]]\nid = \"two\"\nfr = \"Deux\"\nen = \"Two\"\n[[section.question]]\nid = \"b\"",
        1,
    );
    let error = load(&borrower("two"), &apart).unwrap_err().to_string();
    assert!(error.contains("lender/a") && error.contains("take that section too"), "{error}");
}
