//! Page 7: the letter to the citizen, to print. It carries the mention of CRPA R. 311-3-1-1, in the words of the PDF.

use gouvernail_cases::Letter;

use crate::i18n::{Lang, Locale};
use crate::layout::{Chrome, page};

/// The letter.
#[derive(Debug)]
pub struct LetterPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Back to the case.
    pub case_url: String,
    /// The same letter as a PDF.
    pub pdf_url: String,
    /// Its words.
    pub letter: Letter,
}
page!(LetterPage, "letter.html");

impl LetterPage {
    /// The few words around the code, in the language of the letter.
    fn labels(&self) -> &'static Locale {
        Locale::of(match self.letter.lang {
            gouvernail_cases::Lang::Fr => Lang::Fr,
            gouvernail_cases::Lang::En => Lang::En,
        })
    }

    /// The letter that tells of what came after it.
    pub fn sample_further() -> LetterPage {
        LetterPage {
            pdf_url: "/desk/cases/CO-2026-0147/further/1/letter.pdf".into(),
            letter: super::sample::told_further().letter("K7QM-2XRD-9T4W"),
            ..LetterPage::sample()
        }
    }

    /// The letter of the sample case.
    pub fn sample() -> LetterPage {
        LetterPage {
            chrome: Chrome::sample(crate::layout::Audience::Agent),
            case_url: "/desk/cases/CO-2026-0147".into(),
            pdf_url: "/desk/cases/CO-2026-0147/letter.pdf".into(),
            letter: super::sample::told().letter("K7QM-2XRD-9T4W"),
        }
    }
}
