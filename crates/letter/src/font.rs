//! The three faces of the letter, and what a text measures in them.

use krilla::text::Font;
use rustybuzz::{Face as Shaper, UnicodeBuffer};

use crate::LetterError;

/// A face of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
    Mono,
}

struct Loaded {
    pdf: Font,
    shaper: Shaper<'static>,
}

/// The faces, loaded once for a letter.
pub(crate) struct Fonts {
    regular: Loaded,
    bold: Loaded,
    mono: Loaded,
}

impl Fonts {
    pub(crate) fn load() -> Result<Self, LetterError> {
        Ok(Self {
            regular: load("DejaVu Serif Condensed", dejavu::serif_condensed::regular())?,
            bold: load("DejaVu Serif Condensed Bold", dejavu::serif_condensed::bold())?,
            mono: load("DejaVu Sans Mono Bold", dejavu::sans_mono::bold())?,
        })
    }

    pub(crate) fn pdf(&self, face: Face) -> Font {
        self.of(face).pdf.clone()
    }

    /// Width of a text on one line, in points, kerning and ligatures included.
    pub(crate) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let shaper = &self.of(face).shaper;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(shaper, &[], buffer);
        let units: i32 = shaped.glyph_positions().iter().map(|p| p.x_advance).sum();
        units as f32 * size / shaper.units_per_em() as f32
    }

    /// Refuses a text with a sign that the face cannot draw: PDF/UA forbids the empty box.
    pub(crate) fn check(&self, face: Face, text: &str) -> Result<(), LetterError> {
        let missing = text.chars().find(|sign| self.of(face).shaper.glyph_index(*sign).is_none());
        missing.map_or(Ok(()), |sign| Err(LetterError::NoGlyph { sign, text: text.to_owned() }))
    }

    fn of(&self, face: Face) -> &Loaded {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Mono => &self.mono,
        }
    }
}

fn load(name: &'static str, data: &'static [u8]) -> Result<Loaded, LetterError> {
    let pdf = Font::new(data.into(), 0).ok_or(LetterError::Font(name))?;
    let shaper = Shaper::from_slice(data, 0).ok_or(LetterError::Font(name))?;
    Ok(Loaded { pdf, shaper })
}
