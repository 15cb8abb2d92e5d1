//! Social cards: a picture of each post, event and talk, for those who show links to it.
//!
//! A picture is drawn with the one font that the site names, so it can show what that font has and no
//! more. Where text needs other glyphs, or a script whose letters change with their neighbours or run
//! from right to left, there is no picture, and a warning says why: none is better than a wrong one.
//! Nor is there one where the page has an image of its own.
//!
//! The plan lists the picture of every such page; whether there is anything in it shows when it is
//! rendered. Pages ask whether there is ([`Question::CardLink`]), so both change together.

mod draw;
mod font;
mod logo;
mod say;

use crate::data;
use crate::question::Question;
use crate::reader::{looked_up, note};
use crate::world::World;
use font::Font;
use say::{Look, Said};
use ssg_parse::Spanned;
use ssg_source::{Class, Diagnostic, Digest, Digester, SitePath, codes};
use ssg_taxonomy::{Kind, Page, PageId};
use std::sync::{Arc, OnceLock};

/// Font and logo, read once a build.
#[derive(Default)]
pub(crate) struct Tools {
    font: OnceLock<Result<Font, String>>,
    logo: OnceLock<Result<Option<draw::Picture>, String>>,
}

/// Whether there may be a picture of a page.
pub(crate) fn has(world: &World, page: &Page) -> bool {
    world.config.outputs.cards && matches!(page.kind, Kind::Post | Kind::Event | Kind::Talk)
}

/// Where the picture of the page at a path lies.
pub(crate) fn path(page: &str) -> String {
    if page.ends_with('/') {
        return format!("{page}card.png");
    }
    format!("{}.card.png", page.strip_suffix(".html").unwrap_or(page))
}

/// The path of a page's picture, where there is one.
pub(crate) fn link(world: &World, id: PageId) -> Option<String> {
    let page = world.site.page(id);
    if !has(world, page) {
        return None;
    }
    looked_up(Question::CardLink(world.path(id)));
    ask_for_files(world);
    is_drawn(world, id).then(|| path(&page.path))
}

/// The picture of a page as PNG; `None` where there is none.
///
/// # Errors
/// Where the font or the logo cannot be used.
pub(crate) fn picture(world: &World, id: PageId) -> Result<Option<Arc<[u8]>>, Box<Diagnostic>> {
    let page = world.site.page(id);
    looked_up(Question::SocialCard(world.path(id)));
    ask_for_files(world);
    let (font_place, logo_place) = (&world.config.cards.font, &world.config.cards.logo);
    let font = font(world).as_ref().map_err(|problem| unusable(problem, font_place.as_ref()))?;
    let logo = logo(world).as_ref().map_err(|problem| unusable(problem, logo_place.as_ref()))?;
    if page.document.front.image.is_some() {
        return Ok(None);
    }
    let said = Said::of(world, id);
    if let Some(problem) = said.texts().find_map(|text| font.problem(text)) {
        note(
            Diagnostic::warning(codes::CARDS, format!("there is no card of this page: {problem}"))
                .in_file(&page.source)
                .hint("give the page an `image`, or name another font under [cards]"),
        );
        return Ok(None);
    }
    let look = Look::of(world);
    draw::card(&said, &look, font, logo.as_ref())
        .map(Some)
        .map_err(|problem| unusable(&problem, font_place.as_ref()))
}

/// A digest of all that a picture shows, but for the bytes of files.
pub(crate) fn digest(world: &World, id: PageId) -> Digest {
    let page = world.site.page(id);
    let mut digester = Digester::new();
    digester.value(&Said::of(world, id)).value(&Look::of(world)).value(&world.config.cards);
    digester.flag(page.document.front.image.is_some()).text(page.source.as_str());
    digester.done()
}

/// A digest of whether there is a picture of a page.
pub(crate) fn link_digest(world: &World, id: PageId) -> Digest {
    Digester::new().flag(is_drawn(world, id)).done()
}

fn is_drawn(world: &World, id: PageId) -> bool {
    if world.site.page(id).document.front.image.is_some() {
        return false;
    }
    let Ok(font) = font(world) else { return false };
    logo(world).is_ok() && Said::of(world, id).texts().all(|text| font.problem(text).is_none())
}

fn ask_for_files(world: &World) {
    let options = &world.config.cards;
    for file in [&options.font, &options.logo].into_iter().flatten() {
        looked_up(Question::Data { path: file.value.as_str().to_owned(), required: true });
    }
}

fn font(world: &World) -> &Result<Font, String> {
    world.tools.font.get_or_init(|| {
        let file = world.config.cards.font.as_ref().ok_or("no font is named")?;
        Font::read(read(world, &file.value)?)
            .ok_or_else(|| format!("`{}` is no font that can be read", file.value))
    })
}

fn logo(world: &World) -> &Result<Option<draw::Picture>, String> {
    world.tools.logo.get_or_init(|| match &world.config.cards.logo {
        None => Ok(None),
        Some(file) => {
            let bytes = read(world, &file.value)?;
            logo::read(&bytes).map(Some).map_err(|problem| format!("`{}`: {problem}", file.value))
        }
    })
}

/// Reads a file, and has it known which bytes were seen.
fn read(world: &World, path: &SitePath) -> Result<Vec<u8>, String> {
    let read = data::read_bytes(world, path);
    read.map(|bytes| bytes.to_vec()).map_err(|error| format!("cannot read `{path}`: {error}"))
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
