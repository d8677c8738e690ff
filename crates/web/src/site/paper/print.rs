//! The letter as a file.

use gouvernail_cases::Letter;
use gouvernail_cases::notice::{self, Block};
use gouvernail_letter::{LetterError, LetterText, Section};

/// The letter as a PDF: the same letter gives the same bytes.
pub fn pdf(letter: &Letter) -> Result<Vec<u8>, LetterError> {
    let letter = letter.clone();
    gouvernail_letter::render(&LetterText {
        sender: letter.sender,
        recipient: letter.recipient,
        place_date: letter.place_date,
        subject: letter.subject,
        opening: vec![letter.greeting, letter.intro],
        sections: letter.sections.into_iter().map(section).collect(),
        closing: letter.closing,
        code: letter.code,
        url: letter.url,
        phone: letter.phone,
        lang: match letter.lang {
            notice::Lang::Fr => gouvernail_letter::Lang::Fr,
            notice::Lang::En => gouvernail_letter::Lang::En,
        },
    })
}

fn section(block: Block) -> Section {
    Section { heading: block.heading, paragraphs: block.paragraphs, items: block.items }
}

/// Whether a text can be printed; else why not.
pub fn printable(text: &str) -> Result<(), LetterError> {
    let word = || "-".to_owned();
    let probe = LetterText {
        sender: vec![word()],
        recipient: vec![word()],
        place_date: word(),
        subject: word(),
        opening: vec![text.to_owned()],
        sections: Vec::new(),
        closing: Vec::new(),
        code: word(),
        url: word(),
        phone: word(),
        lang: gouvernail_letter::Lang::Fr,
    };
    gouvernail_letter::render(&probe).map(drop)
}
