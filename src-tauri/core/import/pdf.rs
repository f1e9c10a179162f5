//! A PDF as a note: the words of its pages in the order they are drawn, as `pdf/laid.rs` lays them.
//!
//! A stranger's file may be made to fill the memory or to draw for ever, and the reader of its inside is not ours: what
//! it unpacks to is counted before it is opened, what it draws while it draws, and it works apart, so that whatever
//! befalls it befalls nothing else.

mod laid;

use super::Warning;
use super::note::of_words;
use super::zipped::{damaged, too_large};
use crate::error::{Code, Error, Result, apart};
use crate::note::Note;
use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};
use laid::{LOST, Page, Run};

/// A file may be so large, have so many parts, each and all together unpack to so much, and it may draw so many things:
/// the letters of some thousand pages.
const MAX_FILE_BYTES: usize = 256 << 20;
const MAX_PARTS: usize = 500_000;
const MAX_PART_BYTES: u64 = 64 << 20;
const MAX_BYTES: u64 = 512 << 20;
const MAX_DRAWN: usize = 3_000_000;

/// A note of a PDF's words, with `[page 2]` where the second page begins. Line breaks, hyphens at their ends, ligatures,
/// numbers of lines and what stands over and under each page are undone.
///
/// Errors: `BadInput` when it is damaged, locked, holds pictures of pages only, or is made to fill the memory.
pub fn read(name: &str, bytes: &[u8]) -> Result<(Note, Vec<Warning>)> {
    if bytes.len() > MAX_FILE_BYTES || is_bomb(bytes) {
        return Err(too_large());
    }
    let pages = apart(damaged, || read_pages(bytes))?;
    let laid = laid::lay(pages);
    if laid.text.is_empty() {
        return Err(no_words());
    }
    let (mut note, mut warnings) = of_words(name, laid.text);
    note.kind = "document".into();
    warnings.extend(laid.warnings);
    Ok((note, warnings))
}

fn no_words() -> Error {
    let message = "There are no words in this PDF, only pictures of pages. Have its text recognised first (OCR), or type \
                   what you need of it.";
    Error::new(Code::BadInput, message)
}

/// Whether the packed parts of a file unpack to more than is allowed; what they unpack to is kept nowhere.
fn is_bomb(bytes: &[u8]) -> bool {
    const KEYWORD: &[u8] = b"stream";
    let mut n_left = MAX_BYTES;
    let (mut unpacking, mut out) = (Decompress::new(true), vec![0; 64 << 10]);
    let places = bytes.windows(KEYWORD.len()).enumerate().filter(|(_, window)| *window == KEYWORD);
    for (n_parts, (at, _)) in places.enumerate() {
        if n_parts > MAX_PARTS {
            return true;
        }
        unpacking.reset(true);
        let rest = &bytes[at + KEYWORD.len()..];
        let n_ends = rest.iter().take(2).take_while(|byte| b"\r\n".contains(byte)).count();
        let mut packed = &rest[n_ends..];
        loop {
            let [n_read, n_made] = [unpacking.total_in(), unpacking.total_out()];
            let status = unpacking.decompress(packed, &mut out, FlushDecompress::None);
            packed = packed.get((unpacking.total_in() - n_read) as usize..).unwrap_or_default();
            let n_more = unpacking.total_out() - n_made;
            n_left = n_left.saturating_sub(n_more);
            if n_left == 0 || unpacking.total_out() > MAX_PART_BYTES {
                return true;
            }
            if !matches!(status, Ok(Status::Ok)) || n_more == 0 && unpacking.total_in() == n_read {
                break;
            }
        }
    }
    false
}

fn read_pages(bytes: &[u8]) -> Result<Vec<Page>> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| damaged())?;
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
    let (mut pages, mut n_left) = (Vec::new(), MAX_DRAWN);
    for drawing in pdf.pages().iter() {
        let (width, height) = drawing.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let upright = drawing.initial_transform(true).to_kurbo();
        let mut context = Context::new(upright, bounds, &cache, pdf.xref(), settings.clone());
        let mut drawn = Drawn { page: Page::default(), n_left };
        interpret_page(drawing, &mut context, &mut drawn);
        n_left = drawn.n_left;
        pages.push(drawn.page);
    }
    Ok(pages)
}

/// What a page draws, of which the letters are kept.
struct Drawn {
    page: Page,
    n_left: usize,
}

impl Drawn {
    fn count(&mut self) {
        match self.n_left.checked_sub(1) {
            Some(n_left) => self.n_left = n_left,
            // There is no other way out of a drawing; whoever waits for this thread says that the file is damaged.
            None => std::panic::resume_unwind(Box::new("a page that draws for ever")),
        }
    }
}

/// Of a letter that does not say how wide it is, in thousandths of its size.
const USUAL_WIDTH: f64 = 500.0;

impl<'a> Device<'a> for Drawn {
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, page: Affine, place: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        self.count();
        let transform = page * place;
        let width = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width().map_or(USUAL_WIDTH, f64::from),
            Glyph::Type3(_) => USUAL_WIDTH,
        };
        let [origin, end, top] = [(0.0, 0.0), (width, 0.0), (0.0, 1_000.0)].map(|at| transform * Point::from(at));
        let words = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.into(),
            Some(BfString::String(letters)) => letters,
            None => LOST.into(),
        };
        let size = origin.distance(top);
        let is_level = (end.x - origin.x).abs() >= (end.y - origin.y).abs();
        if !(size.is_finite() && size > 0.0 && origin.is_finite() && end.is_finite()) {
            return;
        }
        if is_level {
            let (left, right) = (origin.x.min(end.x), origin.x.max(end.x));
            self.page.level.add(Run { words, left, right, y: origin.y, size });
        } else {
            // As if the page were turned so that it can be read.
            let turn = if end.y < origin.y { -1.0 } else { 1.0 };
            let (left, right) = (turn * origin.y, turn * end.y);
            self.page.turned.add(Run { words, left, right, y: -turn * origin.x, size });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.count();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
