//! Names of persons in sentences, names and places of their own, under every noise.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use gouvernail_privacy::{Detector, Label, Language};

use super::{Draw, Noise, Share};

/// `{P}` a person, `{F}` a first name alone, `{L}` a family name alone; `{!x}` what must be left.
const LETTERS: &[&str] = &[
    "Dossier de {P}\nAffaire suivie par {P}\n",
    "Madame, Monsieur,\nMon épouse {P} et moi avons déposé une demande au guichet.\n",
    "Mme {L} m'a dit que {P} s'occuperait de la réparation.\n",
    "La nourrice de notre fils {F} s'appelle {P}.\n",
    "Nom : {L}\nPrénom : {F}\n",
    "Le conducteur du car, M. {L}, a refusé de repartir.\n",
    "Pouvez-vous prévenir {P}, mon oncle ?\n",
    "Bonjour {F},\nJe te transfère la demande de {P}.\n",
    "Témoins : {P} et {P}\n",
    "Je loue une chambre chez {P} depuis deux ans.\n",
    "L'orthophoniste {P} confirme le bilan.\n",
    "Propriétaire : {P}\nLocataire : {P}\n",
    "Signé : {P}\n",
    "Cordialement,\n{P}\n",
    "Bien à toi,\n{F}\n",
    "Le tribunal a confié les enfants à {P}, leur tante.\n",
    "Maître {P} défendra mes intérêts.\n",
    "Absents : {P}, {P}\n",
    "Ma voisine {P} a tout vu.\n",
    "Certificat établi par le docteur {L}.\n",
    "Veuve de {P}, je touche une petite pension.\n",
    "Messages laissés à {P} et à Mme {L}.\n",
    "Titulaire du compte : {P}\n",
    "{P} a quitté le logement en mars.\n",
];

const PUBLIC: &[&str] = &[
    "L'école {!George Sand} ferme à midi.\n",
    "Travaux rue {!Aristide Briand} et place {!Jean Macé}.\n",
    "Le lycée {!Émile Zola} recrute.\n",
    "Achat chez {!Leroy Merlin} réglé par chèque.\n",
    "La société {!Garnier} SARL a livré le matériel.\n",
    "Réunion à la salle {!Jacques Brel} jeudi.\n",
    "La loi {!Carrez} impose la mesure.\n",
    "La ville de {!Montélimar} soutient le projet.\n",
    "Stationnement interdit avenue du Général {!Leclerc}.\n",
    "Le plan {!Vigipirate} est levé.\n",
    "Veuillez joindre un justificatif de domicile et une photo.\n",
    "La commission se réunit chaque trimestre à la préfecture.\n",
    "Le stade {!Marcel Cerdan} est complet.\n",
    "Votre demande de {!Logement} social est enregistrée.\n",
];

const FIRST: &[&str] = &[
    "Bérénice",
    "Thibault",
    "Maëlle",
    "Yannick",
    "Sandrine",
    "Rachid",
    "Fatoumata",
    "Kévin",
    "Josette",
    "Léandre",
    "Aminata",
    "Ghislaine",
    "Jean-Baptiste",
    "Anne-Sophie",
    "Marie-Thérèse",
    "Ousmane",
    "Xiaomei",
    "Pierrick",
    "Solange",
    "Nolwenn",
    "Mehdi",
    "Ludivine",
];
const FAMILY: &[&str] = &[
    "Vasseur",
    "Le Floch",
    "Benmansour",
    "Castagnède",
    "Ndiaye",
    "Lemoine",
    "Grandjean",
    "Quilichini",
    "O'Connor",
    "Zabaleta",
    "Kerc'hoas",
    "Prudhomme",
    "Teixeira",
    "Hamidou",
    "Wisniewski",
    "Boissonnade",
    "Carpentier",
    "Traoré",
    "Delaunay-Roux",
    "Marchetti",
    "Oukaci",
    "Rigaudeau",
    "Vanderschelden",
    "Plantevigne",
];

/// Shares hidden at least, by noise; one of all that is public touched at most.
struct Bounds {
    clean: f64,
    noisy: f64,
    touched: f64,
}

fn person(draw: &mut Draw) -> String {
    let (first, family) = (draw.of(FIRST), draw.of(FAMILY));
    match draw.below(6) {
        0 | 1 => format!("{first} {family}"),
        2 => format!("{first} {}", family.to_uppercase()),
        3 => format!("{} {first}", family.to_uppercase()),
        4 => format!("{family} {first}"),
        _ => format!("{}. {family}", first.chars().next().unwrap_or('A')),
    }
}

fn value(slot: &str, draw: &mut Draw) -> (String, Option<bool>) {
    match slot {
        "P" => (person(draw), Some(true)),
        "F" => (draw.of(FIRST).to_owned(), Some(true)),
        "L" => (draw.of(FAMILY).to_owned(), Some(true)),
        public => (public.trim_start_matches('!').to_owned(), Some(false)),
    }
}

/// Hidden names by noise, and touched public ones.
fn measure(detector: &Detector, documents: u64) -> (BTreeMap<&'static str, Share>, Share) {
    let (mut hidden, mut touched) = (BTreeMap::<_, Share>::new(), Share::default());
    for seed in 0..documents {
        for noise in Noise::ALL {
            let mut draw = Draw::new(seed + 77);
            let (mut text, mut spans) = (String::new(), Vec::new());
            for sentence in (0..7).map(|at| if at % 3 == 2 { draw.of(PUBLIC) } else { draw.of(LETTERS) }).collect::<Vec<_>>() {
                for (place, part) in sentence.split(['{', '}']).enumerate() {
                    let (part, kind) = if place % 2 == 0 { (part.to_owned(), None) } else { value(part, &mut draw) };
                    let start = text.len();
                    text.push_str(&noise.of(&part, true, &mut draw));
                    spans.extend(kind.map(|kind| (start..text.len(), kind)));
                }
            }
            let found = detector.hidden(&text);
            let covered = |at: usize| found.iter().any(|span| span.range.contains(&at));
            for (range, is_person) in spans {
                let mut letters =
                    text[range.clone()].char_indices().filter(|(_, c)| c.is_alphanumeric()).map(|(at, _)| range.start + at);
                if is_person {
                    hidden.entry(noise.name()).or_default().add(letters.all(covered));
                } else {
                    touched.add(letters.any(covered));
                }
            }
        }
    }
    (hidden, touched)
}

fn check(name: &str, language: Language, bounds: &Bounds) {
    let detector = Detector::new(&[]).with_language(Arc::new(language));
    let (hidden, touched) = measure(&detector, 120);
    for (noise, share) in &hidden {
        println!("{name:>8} {noise:>8} {:.3} of {}", share.of_one(), share.all);
    }
    println!("{name:>8}  touched {:.3} of {}", touched.of_one(), touched.all);
    for (noise, share) in &hidden {
        let least = if *noise == "clean" { bounds.clean } else { bounds.noisy };
        assert!(share.of_one() >= least, "{name}, {noise}: {:.3} hidden", share.of_one());
    }
    assert!(touched.of_one() <= bounds.touched, "{name}: {:.3} of what is public touched", touched.of_one());
}

/// The folder that `scripts/fetch-names` and `scripts/fetch-ner` write, or `None`, said in one line.
fn language() -> Option<Language> {
    let cache = std::env::var_os("GOUVERNAIL_CACHE").map(PathBuf::from);
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/gouvernail");
    let folder = cache.unwrap_or_else(home).join("french");
    if !folder.join("words.txt").exists() {
        println!("skipped: no lists in {} (scripts/fetch-names)", folder.display());
        return None;
    }
    Some(Language::load(&folder).unwrap())
}

#[test]
fn names_are_found_with_lists_and_recogniser() {
    if let Some(language) = language() {
        check("all", language, &Bounds { clean: 0.96, noisy: 0.9, touched: 0.1 });
    }
}

#[test]
fn names_are_found_with_lists_alone() {
    if let Some(language) = language() {
        check("lists", language.without_ner(), &Bounds { clean: 0.95, noisy: 0.85, touched: 0.1 });
    }
}

#[test]
fn names_are_found_by_the_words_around_alone() {
    check("words", Language::default(), &Bounds { clean: 0.7, noisy: 0.4, touched: 0.25 });
}

#[test]
fn a_person_found_once_is_found_everywhere_under_one_index() {
    let Some(language) = language() else { return };
    let detector = Detector::new(&[]).with_language(Arc::new(language.without_ner()));
    let text = "Je soussignée Bérénice Quilichini. Le bail de QUILICHINI a été signé par B. Quilichini.";
    let found = detector.hidden(text);
    assert_eq!(
        found.iter().map(|span| &text[span.range.clone()]).collect::<Vec<_>>(),
        ["Bérénice Quilichini", "QUILICHINI", "B. Quilichini"]
    );
    assert!(found.iter().all(|span| span.label == Label::Person && span.entity == found[0].entity), "{found:?}");
}
