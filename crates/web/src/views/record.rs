//! The record of a system: filled in by those who govern it, read by everybody.

use gouvernail_register::{Proposal, Record, Source, Value};

use crate::i18n::{Lang, Locale};
use crate::layout::{Audience, Choice, Chrome, page};
use crate::site::recorded::{self, Prefill};

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    /// One line, with the type of the `input`.
    Line(&'static str),
    /// Several lines.
    Area,
    /// One of several.
    Choice,
    /// Some of several: each is a field of its own, `NAME-VALUE`.
    Choices,
}

/// A field to fill in.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Name of its input.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What a good answer says.
    pub hint: String,
    /// How it is filled in.
    pub widget: Widget,
    /// What it holds, or what the dossier proposes; the values chosen, one a line.
    pub value: String,
    /// What may be chosen.
    pub choices: Vec<Choice>,
    /// Name of the box that accepts what is prefilled; empty when nothing is.
    pub accept: String,
    /// Where what is prefilled comes from.
    pub source: String,
    /// The passage that says it; empty when there is none.
    pub quote: String,
    /// Who accepted what it says, and when; empty when it was written here.
    pub accepted: String,
    /// Whether somebody must look at it.
    pub review: bool,
    /// Whether everybody will read it.
    pub public: bool,
}

/// A field that is prefilled and waits.
#[derive(Debug, Clone)]
pub struct Prefilled {
    /// Name of the box that accepts it.
    pub name: String,
    /// Label of the field.
    pub label: String,
    /// What would be recorded, ready to read.
    pub value: String,
    /// Where it comes from.
    pub source: String,
    /// The passage that says it; empty when there is none.
    pub quote: String,
}

/// A block of fields. POST `{url}/{id}`: the names of its entries; `NAME-seen` says that somebody looked,
/// `accept-FIELD` that somebody accepts what is prefilled.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its identifier and anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Fields that are recorded.
    pub filled: usize,
    /// Whether it stands open.
    pub open: bool,
    /// One sentence that confirms what has just been done here; empty when there is none.
    pub done: String,
    /// Its fields.
    pub entries: Vec<Entry>,
}

/// The page of those who govern. POST `{url}/sheet`: `sheet`; `{url}/proposals`: `read`, `act` (`all`, `chosen` or `aside`) and the
/// names of what is prefilled.
#[derive(Debug, Clone)]
pub struct RecordPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name of the system.
    pub name: String,
    /// Address of this page, prefix of its forms.
    pub url: String,
    /// The dossier.
    pub system_url: String,
    /// Whether the reader may change it.
    pub may_write: bool,
    /// Fields to look at: anchor and label.
    pub review: Vec<(String, String)>,
    /// Labels of the fields that a supplier's sheet has just filled in.
    pub filled: Vec<String>,
    /// What is prefilled and waits.
    pub proposals: Vec<Prefilled>,
    /// What was on the page, for the act to be on that.
    pub read: String,
    /// The blocks.
    pub sections: Vec<Section>,
}
page!(RecordPage, "record.html");

/// What a field says, ready to read.
#[derive(Debug, Clone)]
pub enum Said {
    /// Sentences.
    Text(String),
    /// Several short texts.
    List(Vec<String>),
    /// Titles with their addresses; one without an address is only a title.
    Links(Vec<(String, Option<String>)>),
}

/// A field that is filled in, for everybody.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its label.
    pub label: String,
    /// What it says.
    pub said: Said,
}

/// The fields of a block that are filled in, for everybody.
#[derive(Debug, Clone)]
pub struct ToldBlock {
    /// Its title.
    pub title: String,
    /// Its fields.
    pub told: Vec<Told>,
}

/// The record of a system for everybody.
#[derive(Debug, Clone, Default)]
pub struct ToldRecord {
    /// Language of what it says, when it is not that of the page; empty otherwise.
    pub lang: String,
    /// Blocks with something in them.
    pub blocks: Vec<ToldBlock>,
}

impl Entry {
    /// Whether a value is chosen, in the form just sent or else in what is known. The form sends the field itself too, so that
    /// nothing chosen differs from nothing sent.
    pub fn holds(&self, chrome: &Chrome, value: &str) -> bool {
        match chrome.typed.contains_key(&self.name) {
            true => chrome.typed.contains_key(&format!("{}-{value}", self.name)),
            false => self.value.lines().any(|line| line == value),
        }
    }
}

impl RecordPage {
    /// A record half filled in, with something to look at.
    pub fn sample_in(lang: Lang) -> RecordPage {
        let text = |words: &str| Value::Text(words.into());
        let fields = [
            ("name", text("Orientation du courrier")),
            ("status", text("in-use")),
            ("purpose", text("Proposer le service qui traitera une demande.")),
            ("risk_category", text("to-assess")),
            ("policy_area", Value::List(vec!["administration".into()])),
        ];
        let record = Record {
            fields: fields.into_iter().map(|(id, value)| (id.to_owned(), value)).collect(),
            review: ["purpose".to_owned(), "risk_category".to_owned()].into(),
            ..Record::default()
        };
        let proposal = |value, source, quote: &str| Proposal { value, source, quote: quote.into() };
        let supplier = "Éditeur : Plume & Cie SAS (SIRET 812 345 678 00021)";
        let risks = "Le modèle peut inventer un fait, une date ou un article de loi.";
        let proposals = [
            ("organisation".to_owned(), proposal(text("Commune de Val-d’Ormes"), Source::Dossier, "")),
            ("decisions_per_year".to_owned(), proposal(Value::Number(1240), Source::Uses, "")),
            ("supplier".to_owned(), proposal(text("Plume & Cie SAS"), Source::Text, supplier)),
            ("risks".to_owned(), proposal(text(risks), Source::Text, risks)),
        ]
        .into();
        let by = Locale::of(lang).pair("record-accepted-by", "Claire Vasseur", "12/11/2026");
        let accepted = [("status".to_owned(), format!("{by} {}", Locale::of(lang).t("source-dossier")))].into();
        let prefill = Prefill { proposals: &proposals, accepted: &accepted };
        let locale = Locale::of(lang);
        RecordPage {
            chrome: Chrome::sample(Audience::Referent),
            name: "Orientation du courrier".into(),
            url: "/referent/systems/orientation-du-courrier/record".into(),
            system_url: "/referent/systems/orientation-du-courrier".into(),
            may_write: true,
            review: recorded::to_review(&record, locale),
            filled: vec!["Risques".into(), "Fournisseur".into()],
            proposals: prefill.in_words(locale),
            read: String::new(),
            sections: recorded::sections(&record, prefill, Some("purpose"), locale),
        }
    }
}

impl ToldRecord {
    /// Some fields.
    pub fn sample() -> ToldRecord {
        let told = |label: &str, words: &str| Told { label: label.into(), said: Said::Text(words.into()) };
        let link = ("CRPA, article L311-3-1".to_owned(), Some("https://www.legifrance.gouv.fr/".to_owned()));
        ToldRecord {
            lang: String::new(),
            blocks: vec![
                ToldBlock {
                    title: "Finalité et effets".into(),
                    told: vec![
                        told("Bénéfice attendu", "Une réponse plus rapide.\nMoins de demandes égarées."),
                        Told { label: "Liens vers ces textes".into(), said: Said::Links(vec![link]) },
                    ],
                },
                ToldBlock {
                    title: "Données".into(),
                    told: vec![Told {
                        label: "Données lues".into(),
                        said: Said::List(vec!["le texte de la demande".into(), "sa date".into()]),
                    }],
                },
            ],
        }
    }
}
