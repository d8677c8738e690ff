//! Draws placed lines with krilla and builds the structure tree.

use std::num::NonZeroU16;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};

use crate::font::{Face, Fonts};
use crate::layout::{Block, Ink, MARGIN, Mark, PAGE_HEIGHT, PAGE_WIDTH, Pages, Role};
use crate::{Lang, LetterError, LetterText};

const BLACK: (u8, u8, u8) = (20, 22, 26);
// 7:1 on white, for those who see contrast badly.
const GREY: (u8, u8, u8) = (84, 88, 94);
const HAIRLINE: (u8, u8, u8) = (150, 154, 160);

/// Writes the PDF.
pub(crate) fn paint(letter: &LetterText, fonts: &Fonts, pages: Pages) -> Result<Vec<u8>, LetterError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|why| LetterError::Pdf(format!("{why:?}")))?;
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut ids: Vec<Vec<Identifier>> = vec![Vec::new(); pages.blocks.len()];
    for number in 0..pages.pages.len() {
        let size = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).ok_or_else(|| LetterError::Pdf("page size".into()))?;
        let mut page = document.start_page_with(size);
        draw_page(&mut page, fonts, &pages, number, &mut ids);
        link(&mut page, fonts, letter, &pages, number, &mut ids);
        page.finish();
    }
    let language = match letter.lang {
        Lang::Fr => "fr-FR",
        Lang::En => "en-GB",
    };
    let author = letter.sender.first().cloned().unwrap_or_default();
    let metadata =
        Metadata::new().title(letter.subject.clone()).language(language.into()).authors(vec![author]).creator("Gouvernail".into());
    document.set_metadata(metadata);
    document.set_outline(outline(&pages));
    document.set_tag_tree(structure(&pages.blocks, ids, language));
    document.finish().map_err(|why| LetterError::Pdf(format!("{why:?}")))
}

fn draw_page(page: &mut Page<'_>, fonts: &Fonts, pages: &Pages, number: usize, ids: &mut [Vec<Identifier>]) {
    let mut surface = page.surface();
    for (_, y) in pages.rules.iter().filter(|(on, _)| *on == number) {
        artifact(&mut surface, ArtifactType::Layout, |s| rectangle(s, MARGIN, *y, PAGE_WIDTH - 2.0 * MARGIN, 0.6, HAIRLINE));
    }
    for mark in &pages.pages[number] {
        let id = match &mark.ink {
            Ink::Text { .. } => surface.start_tagged(ContentTag::Span(SpanTag::empty())),
            Ink::Qr { .. } => surface.start_tagged(ContentTag::Other),
        };
        draw(&mut surface, fonts, mark);
        surface.end_tagged();
        ids[mark.block].push(id);
    }
    if pages.pages.len() > 1 {
        let text = format!("{} / {}", number + 1, pages.pages.len());
        let x = PAGE_WIDTH - MARGIN - fonts.width(Face::Regular, 8.5, &text);
        artifact(&mut surface, ArtifactType::PageNumber, |s| {
            fill(s, GREY);
            write(s, fonts, Face::Regular, 8.5, x, PAGE_HEIGHT - 40.0, &text);
        });
    }
    surface.finish();
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, mark: &Mark) {
    match &mark.ink {
        Ink::Text { text, face, size, grey } => {
            fill(surface, if *grey { GREY } else { BLACK });
            write(surface, fonts, *face, *size, mark.x, mark.y, text);
        }
        Ink::Qr { modules, side } => {
            let mut path = PathBuilder::new();
            for (row, column) in modules {
                let (x, y) = (mark.x + *column as f32 * side, mark.y + *row as f32 * side);
                if let Some(rect) = Rect::from_xywh(x, y, *side, *side) {
                    path.push_rect(rect);
                }
            }
            fill(surface, (0, 0, 0));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn write(surface: &mut Surface<'_>, fonts: &Fonts, face: Face, size: f32, x: f32, y: f32, text: &str) {
    surface.draw_text(Point::from_xy(x, y), fonts.pdf(face), size, text, false, TextDirection::Auto);
}

fn artifact(surface: &mut Surface<'_>, kind: ArtifactType, act: impl FnOnce(&mut Surface<'_>)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
    act(surface);
    surface.end_tagged();
}

fn rectangle(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, height: f32, colour: (u8, u8, u8)) {
    fill(surface, colour);
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn fill(surface: &mut Surface<'_>, (red, green, blue): (u8, u8, u8)) {
    surface.set_fill(Some(Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }));
}

// The printed address is also a link.
fn link(page: &mut Page<'_>, fonts: &Fonts, letter: &LetterText, pages: &Pages, number: usize, ids: &mut [Vec<Identifier>]) {
    for mark in pages.pages[number].iter().filter(|m| pages.blocks[m.block].role == Role::Link) {
        let Ink::Text { text, face, size, .. } = &mark.ink else { continue };
        let width = fonts.width(*face, *size, text);
        if let Some(rect) = Rect::from_xywh(mark.x, mark.y - size, width, size * 1.3) {
            let target = Target::Action(Action::Link(LinkAction::new(letter.url.clone())));
            let annotation = Annotation::new_link(LinkAnnotation::new(rect, target), Some(letter.url.clone()));
            ids[mark.block].push(page.add_tagged_annotation(annotation));
        }
    }
}

fn outline(pages: &Pages) -> Outline {
    let mut outline = Outline::new();
    for (place, block) in pages.blocks.iter().enumerate() {
        if matches!(block.role, Role::Title | Role::Heading)
            && let Some((page, mark)) = first_mark(pages, place)
        {
            let target = XyzDestination::new(page, Point::from_xy(mark.x, mark.y - 20.0));
            outline.push_child(OutlineNode::new(block.label.clone(), target));
        }
    }
    outline
}

fn first_mark(pages: &Pages, block: usize) -> Option<(usize, &Mark)> {
    pages.pages.iter().enumerate().find_map(|(number, marks)| Some((number, marks.iter().find(|m| m.block == block)?)))
}

fn structure(blocks: &[Block], ids: Vec<Vec<Identifier>>, language: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    let mut list: Option<TagGroup> = None;
    let mut item: Option<TagGroup> = None;
    for (block, ids) in blocks.iter().zip(ids) {
        match block.role {
            Role::Bullet => {
                let mut entry = TagGroup::new(Tag::LI);
                entry.push(group(Tag::Lbl, ids));
                item = Some(entry);
            }
            Role::Item => {
                let mut entry = item.take().unwrap_or_else(|| TagGroup::new(Tag::LI));
                entry.push(group(Tag::LBody, ids));
                list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::Disc))).push(entry);
            }
            _ => {
                if let Some(done) = list.take() {
                    tree.push(done);
                }
                tree.push(leaf(block, ids));
            }
        }
    }
    if let Some(done) = list {
        tree.push(done);
    }
    tree
}

fn leaf(block: &Block, ids: Vec<Identifier>) -> TagGroup {
    let label = || Some(block.label.clone());
    match block.role {
        Role::Title => group(Tag::Hn(NonZeroU16::MIN, label()), ids),
        Role::Heading => group(Tag::Hn(NonZeroU16::MIN.saturating_add(1), label()), ids),
        Role::Figure => group(Tag::Figure(label()), ids),
        Role::Link => TagGroup::with_children(Tag::P, vec![group(Tag::Link, ids).into()]),
        Role::Paragraph | Role::Bullet | Role::Item => group(Tag::P, ids),
    }
}

fn group(tag: impl Into<krilla::tagging::TagKind>, ids: Vec<Identifier>) -> TagGroup {
    TagGroup::with_children(tag, ids.into_iter().map(Into::into).collect())
}
