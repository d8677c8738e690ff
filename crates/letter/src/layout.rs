//! Where each line stands. Units are points (1/72 inch), from the top left corner of the page.

use qrcode::{Color, EcLevel, QrCode};

use crate::font::{Face, Fonts};
use crate::text::{clean, lines};
use crate::{Lang, LetterError, LetterText};

/// Width of A4.
pub(crate) const PAGE_WIDTH: f32 = 595.28;
/// Height of A4.
pub(crate) const PAGE_HEIGHT: f32 = 841.89;
/// Left and right margin.
pub(crate) const MARGIN: f32 = 68.0;
const TOP: f32 = 56.0;
const BOTTOM: f32 = 70.0;
const COLUMN: f32 = PAGE_WIDTH - 2.0 * MARGIN;
// The window of a DL envelope begins about 105 mm from the left and 45 mm from the top.
const WINDOW_X: f32 = 305.0;
const WINDOW_Y: f32 = 138.0;
const BODY: f32 = 10.0;
const LEADING: f32 = 14.2;
const QR_SIDE: f32 = 82.0;
const INDENT: f32 = 14.0;

/// What a block is, for those who read the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Paragraph,
    Title,
    Heading,
    Bullet,
    Item,
    Link,
    Figure,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ink {
    Text {
        text: String,
        face: Face,
        size: f32,
        grey: bool,
    },
    /// Dark modules of a QR code: rows and columns, and the side of one in points.
    Qr {
        modules: Vec<(usize, usize)>,
        side: f32,
    },
}

/// One thing drawn at one place; `block` indexes [`Pages::blocks`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    pub block: usize,
    pub x: f32,
    /// Baseline of a text, top of a QR code.
    pub y: f32,
    pub ink: Ink,
}

/// A block of the structure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    pub role: Role,
    /// Title of a heading, alternative text of a figure or link.
    pub label: String,
}

/// A letter ready to be drawn.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub blocks: Vec<Block>,
    pub pages: Vec<Vec<Mark>>,
    /// Thin horizontal lines: page and height.
    pub rules: Vec<(usize, f32)>,
}

struct Setter<'a> {
    fonts: &'a Fonts,
    lang: Lang,
    out: Pages,
    y: f32,
}

#[derive(Clone, Copy)]
struct Style {
    role: Role,
    face: Face,
    size: f32,
    leading: f32,
    x: f32,
    width: f32,
    grey: bool,
}

const TEXT: Style =
    Style { role: Role::Paragraph, face: Face::Regular, size: BODY, leading: LEADING, x: MARGIN, width: COLUMN, grey: false };

/// Places a letter on as many pages as it needs.
pub(crate) fn set(letter: &LetterText, fonts: &Fonts) -> Result<Pages, LetterError> {
    let mut setter = Setter { fonts, lang: letter.lang, out: Pages::default(), y: TOP };
    setter.out.pages.push(Vec::new());
    setter.envelope(letter)?;
    for paragraph in &letter.opening {
        setter.paragraph(paragraph, TEXT)?;
    }
    setter.code(letter)?;
    for section in &letter.sections {
        setter.section(section)?;
    }
    setter.y += 6.0;
    for paragraph in &letter.closing {
        setter.paragraph(paragraph, TEXT)?;
    }
    Ok(setter.out)
}

impl Setter<'_> {
    fn envelope(&mut self, letter: &LetterText) -> Result<(), LetterError> {
        let narrow = Style { width: WINDOW_X - MARGIN - 20.0, ..TEXT };
        for (place, line) in letter.sender.iter().enumerate() {
            let style = if place == 0 {
                Style { face: Face::Bold, size: 11.5, leading: 16.0, ..narrow }
            } else {
                Style { size: 9.0, leading: 12.6, grey: true, ..narrow }
            };
            self.block(line, style)?;
        }
        let below_sender = self.y;
        self.y = WINDOW_Y;
        let window = Style { x: WINDOW_X, width: PAGE_WIDTH - MARGIN - WINDOW_X, ..TEXT };
        for line in &letter.recipient {
            self.block(line, window)?;
        }
        self.y = self.y.max(below_sender).max(WINDOW_Y + 62.0) + 18.0;
        self.block(&letter.place_date, window)?;
        self.y += 20.0;
        let subject = match self.lang {
            Lang::Fr => format!("Objet : {}", letter.subject),
            Lang::En => format!("Subject: {}", letter.subject),
        };
        self.block(&subject, Style { role: Role::Title, face: Face::Bold, size: 11.0, leading: 15.4, ..TEXT })?;
        self.y += 14.0;
        Ok(())
    }

    fn section(&mut self, section: &crate::Section) -> Result<(), LetterError> {
        self.y += 7.0;
        self.keep(3.4 * LEADING);
        self.block(&section.heading, Style { role: Role::Heading, face: Face::Bold, size: 10.5, ..TEXT })?;
        self.y += 2.0;
        for paragraph in &section.paragraphs {
            self.paragraph(paragraph, TEXT)?;
        }
        for item in &section.items {
            self.keep(LEADING);
            let (page, baseline) = (self.out.pages.len() - 1, self.y + BODY);
            let bullet = self.open(Role::Bullet, "•");
            let ink = Ink::Text { text: "•".into(), face: Face::Regular, size: BODY, grey: true };
            self.out.pages[page].push(Mark { block: bullet, x: MARGIN + 2.0, y: baseline, ink });
            self.block(item, Style { role: Role::Item, x: MARGIN + INDENT, width: COLUMN - INDENT, ..TEXT })?;
            self.y += 1.5;
        }
        if !section.items.is_empty() {
            self.y += 3.0;
        }
        Ok(())
    }

    // The code between two thin lines, with the QR code at its right. Never cut by a page.
    fn code(&mut self, letter: &LetterText) -> Result<(), LetterError> {
        self.y += 4.0;
        self.keep(QR_SIDE + 26.0);
        let (page, top) = (self.out.pages.len() - 1, self.y);
        self.out.rules.push((page, top));
        let left = Style { width: COLUMN - QR_SIDE - 20.0, ..TEXT };
        let (label, go, call, alt) = self.words(letter);
        self.y = top + 13.0;
        self.block(label, Style { size: 9.0, leading: 12.0, grey: true, ..left })?;
        self.y += 3.0;
        self.block(&letter.code, Style { face: Face::Mono, size: 25.0, leading: 34.0, ..left })?;
        self.block(go, Style { size: 9.0, leading: 12.6, grey: true, ..left })?;
        self.block(&letter.url, Style { role: Role::Link, size: 9.0, leading: 12.6, ..left })?;
        self.block(&call, Style { size: 9.0, leading: 12.6, grey: true, ..left })?;
        let low = self.y.max(top + 12.0 + QR_SIDE) + 12.0;
        let ink = qr(&letter.url)?;
        let figure = self.open(Role::Figure, &alt);
        self.out.pages[page].push(Mark { block: figure, x: PAGE_WIDTH - MARGIN - QR_SIDE, y: top + 12.0, ink });
        self.out.rules.push((page, low));
        self.y = low + 12.0;
        Ok(())
    }

    fn words(&self, letter: &LetterText) -> (&'static str, &'static str, String, String) {
        match self.lang {
            Lang::Fr => (
                "Votre code",
                "Pour voir votre dossier ou demander un second regard :",
                format!("ou par téléphone, avec une personne : {}", letter.phone),
                format!("Code QR qui ouvre la page {}", letter.url),
            ),
            Lang::En => (
                "Your code",
                "To see your file or ask for a second look:",
                format!("or by telephone, with a person: {}", letter.phone),
                format!("QR code that opens the page {}", letter.url),
            ),
        }
    }

    fn paragraph(&mut self, text: &str, style: Style) -> Result<(), LetterError> {
        self.block(text, style)?;
        self.y += 5.0;
        Ok(())
    }

    // One block of text; a page never begins with its last line alone nor ends with its first.
    fn block(&mut self, text: &str, style: Style) -> Result<(), LetterError> {
        let text = clean(text, self.lang);
        if text.is_empty() {
            return Ok(());
        }
        self.fonts.check(style.face, &text)?;
        let block = self.open(style.role, &text);
        let set = lines(self.fonts, style.face, style.size, style.width, &text);
        let count = set.len();
        for (place, line) in set.into_iter().enumerate() {
            let together = if count <= 3 && place == 0 {
                count
            } else if place == 0 || place + 2 == count {
                2
            } else {
                1
            };
            self.keep(together as f32 * style.leading);
            let ink = Ink::Text { text: line, face: style.face, size: style.size, grey: style.grey };
            let mark = Mark { block, x: style.x, y: self.y + style.size, ink };
            if let Some(page) = self.out.pages.last_mut() {
                page.push(mark);
            }
            self.y += style.leading;
        }
        Ok(())
    }

    fn open(&mut self, role: Role, label: &str) -> usize {
        self.out.blocks.push(Block { role, label: label.to_owned() });
        self.out.blocks.len() - 1
    }

    // Turns the page when less than this height is left.
    fn keep(&mut self, height: f32) {
        if self.y + height > PAGE_HEIGHT - BOTTOM {
            self.out.pages.push(Vec::new());
            self.y = TOP;
        }
    }
}

fn qr(url: &str) -> Result<Ink, LetterError> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M)
        .map_err(|why| LetterError::Qr { url: url.to_owned(), why: why.to_string() })?;
    let width = code.width();
    let dark = |(place, colour): (usize, Color)| (colour == Color::Dark).then_some((place / width, place % width));
    let modules = code.to_colors().into_iter().enumerate().filter_map(dark).collect();
    Ok(Ink::Qr { modules, side: QR_SIDE / width as f32 })
}
