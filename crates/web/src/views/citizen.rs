//! Pages 8 to 10: the code, the case behind it and its detail, the second look asked for, the receipt to come.

use std::borrow::Borrow;

use gouvernail_cases::notice::Block;
use gouvernail_cases::{Lang as NoticeLang, Topic};

use crate::i18n::Lang;
use crate::layout::{Audience, Chrome, FieldError, page};

/// Enter the code of the letter. POST `/d` with `code`.
#[derive(Debug, Clone)]
pub struct EnterCode {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// What was typed before, if it was not known.
    pub code: String,
    /// The telephone number for those who would rather call.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
}
page!(EnterCode, "enter-code.html");

/// A request for a second look, as its author follows it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its number.
    pub number: String,
    /// Its page.
    pub url: String,
    /// When it was received, in words.
    pub received: String,
    /// The last day of the answer, in words.
    pub due: String,
    /// Whether that day is past without an answer.
    pub late: bool,
    /// Who looks again, as far as the records say.
    pub look: Look,
    /// The answer; empty while there is none.
    pub answer: Vec<String>,
}

/// Who gives a second look, as far as the records say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Nobody was given it yet, or whoever was has left.
    Nobody,
    /// Somebody to whom no answer of the tool was shown.
    Blind,
    /// Somebody who may know what the tool answered.
    MayKnow,
}

impl Look {
    /// Key of what the person who asked is told.
    pub fn key(self) -> &'static str {
        match self {
            Look::Nobody => "received-step-nobody",
            Look::Blind => "received-step-blind",
            Look::MayKnow => "received-step-may-know",
        }
    }
}

/// A letter that told of later uses.
#[derive(Debug, Clone)]
pub struct Further {
    /// Its day, in words.
    pub day: String,
    /// What it completes.
    pub intro: String,
    /// What it said of the tool.
    pub blocks: Vec<Block>,
    /// Where its receipt is downloaded.
    pub receipt_url: String,
    /// Where what it proves is downloaded.
    pub record_url: String,
}

/// How anyone checks a receipt.
#[derive(Debug, Clone)]
pub struct Check {
    /// Where the receipt is downloaded.
    pub receipt_url: String,
    /// Where what it proves is downloaded.
    pub record_url: String,
    /// Name of the file.
    pub file: String,
    /// Public key of the log.
    pub vkey: String,
    /// Address of the observatory; empty when there is none.
    pub observatory: String,
}

/// The citizen's case. POST `{url}/contest` with `words`, `reach`; POST `{url}/human` with `reach-human`.
#[derive(Debug, Clone)]
pub struct CitizenCase {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Address of this page, prefix of its forms.
    pub url: String,
    /// The administration's reference.
    pub reference: String,
    /// What was asked, in one line.
    pub title: String,
    /// The whole request, when one line does not hold it.
    pub request: String,
    /// The decision that stands.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Who decided, and when, in words.
    pub decided_by: String,
    /// Whether a second look changed it.
    pub changed: bool,
    /// What was told of the tool: what it did and did not, data, what counted, energy.
    pub told: Vec<Block>,
    /// Letters that told of later uses, oldest first.
    pub further: Vec<Further>,
    /// Whether a use is in no letter yet.
    pub untold: bool,
    /// What happened: when, what.
    pub history: Vec<(String, String)>,
    /// Second looks asked for, the last one first.
    pub asked: Vec<Asked>,
    /// Where the person waits to be called; empty when they do not.
    pub callback: String,
    /// The day up to which one can go to court, in words.
    pub contest_until: String,
    /// Whether that day is past.
    pub too_late: bool,
    /// A person's telephone number.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
    /// The receipt.
    pub check: Check,
    /// Where a problem with the tool is reported; empty when no tool touched the case.
    pub report_url: String,
}
page!(CitizenCase, "citizen-case.html");

impl CitizenCase {
    /// What was told about `topic`, if something was.
    fn block(&self, topic: impl Borrow<Topic>) -> Option<&Block> {
        self.told.iter().find(|block| block.topic == *topic.borrow())
    }
}

/// One use of a tool, in full.
#[derive(Debug, Clone)]
pub struct Operation {
    /// When, in words.
    pub when: String,
    /// Tool, version, model, host, in words.
    pub tool: String,
    /// What was done to personal data before it left, in words; empty for what left nothing.
    pub protection: String,
    /// What left for the model, personal data replaced; empty when nothing is kept of it.
    pub sent: String,
    /// What it answered.
    pub answer: String,
    /// Energy, in words; empty when it is not known.
    pub energy: String,
}

/// The detail that is owed on request (CRPA R311-3-1-2).
#[derive(Debug, Clone)]
pub struct Detail {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Back to the case.
    pub case_url: String,
    /// The administration's reference.
    pub reference: String,
    /// 1° Degree and manner of the contribution.
    pub degree: String,
    /// 2° Data and sources.
    pub data: Vec<String>,
    /// 3° Parameters, applied to the person's situation.
    pub parameters: Vec<String>,
    /// 4° Operations, as the register describes them.
    pub operations: Vec<String>,
    /// What later letters added: day, degree, parameters.
    pub further: Vec<(String, String, Vec<String>)>,
    /// 4° Each use.
    pub uses: Vec<Operation>,
    /// How to turn to the independent commission.
    pub cada: String,
    /// A person's telephone number.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
}
page!(Detail, "citizen-detail.html");

/// A second look has been asked for: what comes next, then the answer.
#[derive(Debug, Clone)]
pub struct Received {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Its number, dates and answer.
    pub asked: Asked,
    /// The person's words.
    pub words: String,
    /// Back to the case.
    pub case_url: String,
    /// Where the receipt is downloaded.
    pub receipt_url: String,
    /// Where what it proves is downloaded.
    pub record_url: String,
    /// A person's telephone number.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
}
page!(Received, "received.html");

/// The receipt is not in the published log yet.
#[derive(Debug, Clone)]
pub struct Soon {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The receipt's own address, to try again.
    pub receipt_url: String,
    /// Back to the case.
    pub case_url: String,
}
page!(Soon, "soon.html");

const PHONE: &str = "01 99 00 12 34";
const HOURS: &str = "du lundi au vendredi, de 9 h à 17 h";
const URL: &str = "/d/K7QM-2XRD-9T4W";

impl EnterCode {
    /// An empty form.
    pub fn sample() -> EnterCode {
        EnterCode { chrome: Chrome::sample(Audience::Public), code: String::new(), phone: PHONE.into(), hours: HOURS.into() }
    }

    /// A code with a typing error.
    pub fn sample_unknown() -> EnterCode {
        let mut page = EnterCode { code: "K7QM 2XRD 9T4V".into(), ..EnterCode::sample() };
        page.chrome.errors.push(FieldError {
            field: "code".into(),
            message: "Un des caractères n’est pas le bon. Comparez-les un à un avec ceux du courrier, ou appelez-nous.".into(),
        });
        page
    }
}

fn sample_asked(answer: &[&str]) -> Asked {
    Asked {
        number: "CO-2026-0147-C1".into(),
        url: format!("{URL}/contestations/C1"),
        received: "25 novembre 2026".into(),
        due: "25 décembre 2026".into(),
        late: false,
        look: Look::Blind,
        answer: answer.iter().map(|line| (*line).to_owned()).collect(),
    }
}

impl CitizenCase {
    /// The sample case, decided.
    pub fn sample_in(lang: Lang) -> CitizenCase {
        let told = super::sample::told();
        let told = told.notice(if lang == Lang::Fr { NoticeLang::Fr } else { NoticeLang::En }).message.blocks.clone();
        let event = |when: &str, what: &str| (when.to_string(), what.to_string());
        CitizenCase {
            report_url: "/register/orientation-du-courrier/report".into(),
            chrome: Chrome::sample(Audience::Public),
            url: URL.into(),
            reference: "CO-2026-0147".into(),
            title: "Le trottoir devant l’école Jean-Macé est effondré".into(),
            request: String::new(),
            decision: "Voirie".into(),
            reason: "Le trottoir est à la commune : c’est la voirie qui répare, et pose une barrière dès aujourd’hui.".into(),
            decided_by: "Samir Benali, 24 novembre 2026 à 10 h 42".into(),
            changed: false,
            told,
            further: Vec::new(),
            untold: false,
            history: vec![
                event("23 novembre 2026 à 18 h 02", "Votre dossier a été ouvert."),
                event("24 novembre 2026 à 10 h 29", "L’outil « Orientation du courrier » a servi."),
                event("24 novembre 2026 à 10 h 31", "Samir Benali a noté son avis, avant d’ouvrir la réponse de l’outil."),
                event("24 novembre 2026 à 10 h 42", "Samir Benali a décidé : Voirie."),
            ],
            asked: Vec::new(),
            callback: String::new(),
            contest_until: "24 janvier 2027".into(),
            too_late: false,
            phone: PHONE.into(),
            hours: HOURS.into(),
            check: Check {
                receipt_url: format!("{URL}/receipt.tlog-proof"),
                record_url: format!("{URL}/receipt.json"),
                file: "recu-CO-2026-0147.tlog-proof".into(),
                vkey: "val-dormes.example/journal+b5c1c5b0+AZ3S3iLFWHVDqFNBAFqJ4kMVyL2BpPiaxfzJNSHXT0qJ".into(),
                observatory: "https://observatoire.example".into(),
            },
        }
    }

    /// The sample case, touched again after the letter.
    pub fn sample_further_in(lang: Lang) -> CitizenCase {
        let told = super::sample::told_further();
        let notice = told.notice(if lang == Lang::Fr { NoticeLang::Fr } else { NoticeLang::En });
        let topics = [Topic::Did, Topic::DidNot, Topic::Counted, Topic::Energy];
        let further = Further {
            day: "26 novembre 2026".into(),
            intro: notice.message.intro.clone(),
            blocks: topics.iter().filter_map(|topic| notice.message.block(*topic).cloned()).collect(),
            receipt_url: format!("{URL}/further/1/receipt.tlog-proof"),
            record_url: format!("{URL}/further/1/receipt.json"),
        };
        CitizenCase { further: vec![further], ..CitizenCase::sample_in(lang) }
    }

    /// The sample case, changed by a second look, and a call asked for.
    pub fn sample_answered_in(lang: Lang) -> CitizenCase {
        CitizenCase {
            decision: "École".into(),
            reason: "Le mur qui soutient le trottoir est celui de l’école : c’est elle qui fait réparer.".into(),
            decided_by: "Inès Carpentier, 2 décembre 2026 à 9 h 10".into(),
            changed: true,
            asked: vec![sample_asked(&["La décision change. Elle est maintenant : École."])],
            callback: "01 99 00 45 67".into(),
            ..CitizenCase::sample_in(lang)
        }
    }
}

impl Detail {
    /// The sample case in full.
    pub fn sample_in(lang: Lang) -> Detail {
        let told = super::sample::told();
        let notice = told.notice(if lang == Lang::Fr { NoticeLang::Fr } else { NoticeLang::En });
        Detail {
            chrome: Chrome::sample(Audience::Public),
            case_url: URL.into(),
            reference: "CO-2026-0147".into(),
            degree: notice.detail.degree.clone(),
            data: notice.detail.data.clone(),
            parameters: notice.detail.parameters.clone(),
            operations: notice.detail.operations.clone(),
            further: Vec::new(),
            uses: vec![Operation {
                when: "24 novembre 2026 à 10 h 29".into(),
                tool: "Orientation du courrier, version 1. Qwen2.5-Coder 1.5B, La commune elle-même".into(),
                protection: "1 information personnelle reconnue a été remplacée par un repère avant l’envoi.".into(),
                sent: "Consigne\u{a0}: Indique le service qui doit traiter la demande.\n\nDemande\u{a0}: Le trottoir devant l’école Jean-Macé est effondré. [PERSON_1]".into(),
                answer: "{\"categorie\":\"École\"}".into(),
                energy: "entre 0,02 et 0,1\u{a0}Wh".into(),
            }],
            cada: notice.mention.cada.clone(),
            phone: PHONE.into(),
            hours: HOURS.into(),
        }
    }
}

impl Received {
    /// The sample case, contested.
    pub fn sample() -> Received {
        Received {
            chrome: Chrome::sample(Audience::Public),
            asked: sample_asked(&[]),
            words: "La voirie me renvoie vers l’école, et l’école vers la voirie. Qui répare ?".into(),
            case_url: URL.into(),
            receipt_url: format!("{URL}/contestations/C1/receipt.tlog-proof"),
            record_url: format!("{URL}/contestations/C1/receipt.json"),
            phone: PHONE.into(),
            hours: HOURS.into(),
        }
    }

    /// The same, answered.
    pub fn sample_answered() -> Received {
        let answer = [
            "La décision change. Elle est maintenant : École.",
            "Raison : Le mur qui soutient le trottoir est celui de l’école : c’est elle qui fait réparer.",
            "Inès Carpentier a repris votre dossier, et n’avait pas pris la décision que vous contestez. La réponse de l’outil ne lui a pas été montrée avant.",
        ];
        Received { asked: sample_asked(&answer), ..Received::sample() }
    }
}

impl Soon {
    /// A receipt asked for at once.
    pub fn sample() -> Soon {
        Soon { chrome: Chrome::sample(Audience::Public), receipt_url: format!("{URL}/receipt.tlog-proof"), case_url: URL.into() }
    }
}
