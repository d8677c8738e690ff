//! Every key exists in both languages and serves; every page draws in both.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use gouvernail_web::gallery;
use gouvernail_web::i18n::{Lang, Locale};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn keys(lang: &str) -> BTreeSet<String> {
    let mut all = Vec::new();
    files(&here("../../locales").join(lang), &mut all);
    let text: String = all.iter().map(|p| fs::read_to_string(p).unwrap() + "\n").collect();
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

/// Every string between quotes on one line of the templates and the sources.
fn literals() -> BTreeSet<String> {
    let mut all = Vec::new();
    files(&here("templates"), &mut all);
    files(&here("src"), &mut all);
    // The words of the observatory's findings are chosen there.
    files(&here("../gouvernail/src"), &mut all);
    let mut found = BTreeSet::new();
    for path in all {
        for piece in fs::read_to_string(&path).unwrap().split('"') {
            found.insert(piece.to_owned());
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_keys() {
    assert_eq!(keys("fr"), keys("en"));
    assert!(keys("fr").len() > 200);
}

#[test]
fn no_key_is_unused() {
    let literals = literals();
    let unused: Vec<_> = keys("fr").into_iter().filter(|key| !literals.contains(key)).collect();
    assert!(unused.is_empty(), "remove from locales, or use: {unused:?}");
}

#[test]
fn every_key_in_a_template_exists() {
    let known = keys("fr");
    let mut all = Vec::new();
    files(&here("templates"), &mut all);
    let mut missing = Vec::new();
    for path in all {
        let text = fs::read_to_string(&path).unwrap();
        for call in ["l.t(\"", "l.n(\"", "l.with(\"", "l.of_total(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                if !known.contains(key) {
                    missing.push(format!("{}: {key}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "write in locales: {missing:#?}");
}

#[test]
fn every_page_draws_in_every_language() {
    let pages = gallery::all().unwrap();
    let names = |lang: Lang| pages.iter().filter(|page| page.lang == lang).map(|page| &page.name).collect::<BTreeSet<_>>();
    assert!(names(Lang::Fr).len() > 40 && names(Lang::Fr) == names(Lang::En));
    for page in &pages {
        let tag = page.lang.tag();
        assert!(!page.html.contains('⟦'), "{}: an unknown key", page.name);
        assert!(page.html.contains(&format!("<html lang=\"{tag}\">")), "{}", page.name);
        // One page helps its reader with a script of ours, and does without.
        let html = page.html.replace("<script src=\"/assets/draft.js\" defer></script>", "");
        assert!(!html.contains("<script"), "{}: no script is needed", page.name);
        assert!(!page.html.contains(" style="), "{}: styles live in the style sheet", page.name);
        assert!(page.html.len() < 44_000, "{}: {} bytes", page.name, page.html.len());
    }
}

#[test]
fn identifiers_are_unique_and_labels_point_to_them() {
    for page in gallery::all().unwrap() {
        let ids: Vec<&str> = attributes(&page.html, " id=\"");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{}: an id is used twice", page.name);
        for target in attributes(&page.html, " for=\"") {
            assert!(unique.contains(target), "{}: label for {target} has no field", page.name);
        }
        for target in attributes(&page.html, "href=\"#") {
            assert!(unique.contains(target), "{}: link to #{target} goes nowhere", page.name);
        }
    }
}

fn attributes<'a>(html: &'a str, start: &str) -> Vec<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn what_people_write_is_escaped() {
    use gouvernail_web::{i18n::Locale, views::citizen::CitizenCase};
    let mut page = CitizenCase::sample_in(Lang::Fr);
    page.title = "<script>alert(1)</script>".into();
    let html = page.render(Locale::of(Lang::Fr)).unwrap();
    assert!(!html.contains("<script"));
}

#[test]
fn the_style_sheet_is_light() {
    assert!(gouvernail_web::STYLE.len() < 15_000);
}

#[test]
fn french_blanks_do_not_break() {
    let mut all = Vec::new();
    files(&here("../../locales/fr"), &mut all);
    for path in all {
        for (nth, line) in fs::read_to_string(&path).unwrap().lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let breaks = [" :", " ;", " !", " ?", " »", "« ", "'"].iter().find(|wrong| line.contains(**wrong));
            assert_eq!(breaks, None, "{}, line {}: {line}", path.display(), nth + 1);
        }
    }
}

#[test]
fn words_agree_with_their_number() {
    let fr = Locale::of(Lang::Fr);
    for (said, wanted) in [
        (fr.n("held-news", 1_usize), "contresigné 1 inscription."),
        (fr.n("held-news", 2_usize), "contresigné 2 inscriptions."),
        (fr.n("held-history", 1_usize), "1 inscription relue"),
        (fr.n("held-forms", 1_usize), "1 inscription lue."),
        (fr.n("sent-hidden", 1_usize), "1 information personnelle reconnue a été remplacée"),
        (fr.of_total("history-evaluated", 1_usize, 24_usize), "1 réponse juste sur 24."),
        (fr.of_total("history-evaluated", 23_usize, 24_usize), "23 réponses justes sur 24."),
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}
