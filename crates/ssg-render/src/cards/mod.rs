//! Social cards: a picture of each post, event and talk, for those who show links to it.
//!
//! A picture is drawn with the one font that the site names, so it can show what that font has and no
//! more. Where text needs other glyphs, or a script whose letters change with their neighbours or run
//! from right to left, there is no picture, and a warning says why: none is better than a wrong one.
//! Nor is there one where the page has an image of its own.
//!
//! The plan lists the picture of every such page; whether there is anything in it shows when it is
//! rendered. Pages ask whether there is (`queries/social_card_link.rs`), so both change together.

mod draw;
mod font;
mod logo;
mod say;

use crate::data;
use crate::facets::config::SocialCardSettings;
use crate::reads::{ReadSite, Reads};
use font::Font;
use say::{Colours, Said};
use ssg_parse::{Config, Spanned};
use ssg_source::{Class, Diagnostic, SitePath, codes};
use ssg_taxonomy::{Kind, PageKey};
use std::sync::Arc;

/// Whether there may be a picture of a page of a kind.
pub(crate) fn has(config: &Config, kind: Kind) -> bool {
    config.outputs.cards && is_of(kind)
}

fn is_of(kind: Kind) -> bool {
    matches!(kind, Kind::Post | Kind::Event | Kind::Talk)
}

/// Where the picture of the page at a path lies.
pub(crate) fn path(page: &str) -> String {
    if page.ends_with('/') {
        return format!("{page}card.png");
    }
    format!("{}.card.png", page.strip_suffix(".html").unwrap_or(page))
}

/// The path of a page's picture, where there is one.
pub(crate) fn link(reads: &Reads, key: PageKey) -> Option<String> {
    let page = reads.card(&key)?;
    if !reads.outputs().cards || !is_of(page.kind) || page.image.is_some() {
        return None;
    }
    let tools = tools(reads).ok()?;
    let said = Said::of(reads, key)?;
    let is_drawn = said.texts().all(|text| tools.0.problem(text).is_none());
    is_drawn.then(|| path(&page.path))
}

/// The picture of a page as PNG; `None` where there is none.
///
/// # Errors
/// Where the font or the logo cannot be used.
pub(crate) fn picture(reads: &Reads, key: PageKey) -> Result<Option<Arc<[u8]>>, Box<Diagnostic>> {
    let Some(page) = reads.card(&key) else { return Ok(None) };
    let (font, logo) = tools(reads)?;
    if page.image.is_some() {
        return Ok(None);
    }
    let Some(said) = Said::of(reads, key) else { return Ok(None) };
    if let Some(problem) = said.texts().find_map(|text| font.problem(text)) {
        reads.report(
            Diagnostic::warning(codes::CARDS, format!("there is no card of this page: {problem}"))
                .in_file(&page.source)
                .hint("give the page an `image`, or name another font under [cards]"),
        );
        return Ok(None);
    }
    let colours = Colours::of(reads);
    let settings = reads.get::<SocialCardSettings>(&());
    draw::card(&said, &colours, &font, logo.as_ref().as_ref())
        .map(Some)
        .map_err(|problem| unusable(&problem, settings.as_ref().and_then(|settings| settings.font.as_ref())))
}

/// The font, and the logo where there is one.
type Tools = (Arc<Font>, Arc<Option<draw::Picture>>);

/// Reads font and logo, each once for the same bytes.
fn tools(reads: &Reads) -> Result<Tools, Box<Diagnostic>> {
    let Some(settings) = reads.get::<SocialCardSettings>(&()) else {
        return Err(unusable("there is no configuration", None));
    };
    let font = settings.font.as_ref();
    let logo = settings.logo.as_ref();
    Ok((
        font_of(reads, font).map_err(|problem| unusable(&problem, font))?,
        logo_of(reads, logo).map_err(|problem| unusable(&problem, logo))?,
    ))
}

fn font_of(reads: &Reads, file: Option<&Spanned<SitePath>>) -> Result<Arc<Font>, String> {
    let file = &file.ok_or("no font is named")?.value;
    let bytes = read(reads, file)?;
    FONTS.get(&bytes, || {
        Font::read(bytes.to_vec()).ok_or_else(|| format!("`{file}` is no font that can be read"))
    })
}

fn logo_of(reads: &Reads, file: Option<&Spanned<SitePath>>) -> Result<Arc<Option<draw::Picture>>, String> {
    let Some(file) = file else { return Ok(Arc::new(None)) };
    let bytes = read(reads, &file.value)?;
    LOGOS.get(&bytes, || {
        logo::read(&bytes).map(Some).map_err(|problem| format!("`{}`: {problem}", file.value))
    })
}

fn read(reads: &Reads, path: &SitePath) -> Result<Arc<[u8]>, String> {
    data::read_bytes(reads, path).map_err(|error| format!("cannot read `{path}`: {error}"))
}

static FONTS: Last<Font> = Last::new();
static LOGOS: Last<Option<draw::Picture>> = Last::new();

/// What was made of bytes last, since it is made of the same bytes for every page.
struct Last<T>(std::sync::Mutex<Option<(ssg_source::Digest, Arc<T>)>>);

impl<T> Last<T> {
    const fn new() -> Self {
        Self(std::sync::Mutex::new(None))
    }

    fn get(&self, bytes: &[u8], make: impl FnOnce() -> Result<T, String>) -> Result<Arc<T>, String> {
        let digest = ssg_source::Digest::of_bytes(bytes);
        let mut last = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match &*last {
            Some((known, made)) if *known == digest => Ok(made.clone()),
            _ => {
                let made = Arc::new(make()?);
                *last = Some((digest, made.clone()));
                Ok(made)
            }
        }
    }
}

fn unusable(problem: &str, file: Option<&Spanned<SitePath>>) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(codes::CARDS, format!("no cards can be drawn: {problem}"))
            .class(Class::Usage)
            .in_file(&SitePath::new("ssg.toml").unwrap_or_default())
            .at(file.map(|file| file.span))
            .hint("[cards] in ssg.toml names the font, and perhaps a logo"),
    )
}

#[cfg(test)]
mod tests;
