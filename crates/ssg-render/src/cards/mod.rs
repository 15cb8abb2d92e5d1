//! Social cards: a picture of each post, event and talk, for those who show links to it.
//!
//! A picture is drawn with one font, the site's or that of the crate `dejavu`, so it can show what that font has and no
//! more. Where text needs other glyphs, there is no picture, and a warning says why: none is better than a wrong one.
//! Texts of scripts whose letters change with their neighbours or run from right to left are shaped (`shape.rs`).
//! Nor is there one where the page has an image of its own.
//!
//! A card of an event or a talk has the drawing of the event's programme, in the event's ink; the card of a post has the
//! ink of the event that the post is about. A talk's shows the face of who speaks, where a program that reads pictures
//! finds one.
//!
//! The plan lists the picture of every such page; whether there is anything in it shows when it is
//! rendered. Pages ask whether there is (`queries/social_card_link.rs`), so both change together.

mod colours;
mod draw;
mod font;
mod logo;
mod portrait;
mod say;
mod shape;

use crate::bytes::read_bytes;
use crate::facets::config::SocialCardSettings;
use crate::reads::{ReadSite, Reads};
use colours::Colours;
use font::Font;
use say::{Drawn, Said};
use serde::Serialize;
use ssg_parse::{Config, Spanned};
use ssg_source::{Class, Diagnostic, Digest, SitePath, Span, codes};
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

/// The path of a page's picture, where there is one. `tools` are asked for only where there may be one.
pub(crate) fn link(reads: &Reads, key: PageKey, tools: impl FnOnce() -> Arc<Tools>) -> Option<String> {
    let page = reads.card(&key)?;
    if !reads.outputs().cards || !is_of(page.kind) || page.image.is_some() {
        return None;
    }
    let tools = tools();
    let (font, _) = tools.usable().ok()?;
    let said = Said::of(reads, key)?;
    let is_drawn = said.texts().all(|text| font.problem(text).is_none());
    is_drawn.then(|| path(&page.path))
}

/// The picture of a page as PNG; `None` where there is none. `ink` tells the ink of an event, and `bars` the bars of its
/// cover, as [`crate::drawings::score::cover`] has them, where one talk or none stands out.
///
/// # Errors
/// Where the font or the logo cannot be used.
pub(crate) fn picture(
    reads: &Reads,
    key: PageKey,
    tools: impl FnOnce() -> Arc<Tools>,
    ink: impl Fn(PageKey) -> Option<&'static str>,
    bars: impl Fn(PageKey, Option<PageKey>) -> Option<Vec<(String, Vec<[i64; 4]>)>>,
) -> Result<Option<Arc<[u8]>>, Box<Diagnostic>> {
    let Some(page) = reads.card(&key) else { return Ok(None) };
    let tools = tools();
    let (font, logo) = tools.usable()?;
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
    let colours = Colours::of(reads, said.event.and_then(ink));
    let score = match (said.drawn, said.event) {
        (Drawn::All, Some(event)) => bars(event, None),
        (Drawn::Talk(talk), Some(event)) => bars(event, Some(talk)),
        _ => None,
    };
    let portrait = portrait::of(reads, &said.speakers, said.language, draw::PORTRAIT);
    let pictures = draw::Pictures { logo, portrait: portrait.as_ref() };
    draw::card(&said, &colours, font, &pictures, score.as_deref())
        .map(Some)
        .map_err(|problem| unusable(&problem, tools.font_place))
}

/// The font, and the logo where there is one.
#[derive(Default, Serialize)]
pub(crate) struct Tools {
    /// Digests of the files of both: what is made of them follows from these. The program's own font is none of the
    /// files; another program remembers nothing of this one.
    made_of: Vec<Digest>,
    #[serde(skip)]
    font: Option<Font>,
    #[serde(skip)]
    logo: Option<draw::Picture>,
    /// Where the configuration names the font.
    font_place: Option<Span>,
    /// Why they cannot be used, and the place of what is wrong.
    problem: Option<(String, Option<Span>)>,
}

impl Tools {
    /// Reads both.
    pub(crate) fn read(reads: &Reads) -> Self {
        let mut tools = Self::default();
        let Some(settings) = reads.get::<SocialCardSettings>(&()) else {
            return Self { problem: Some(("there is no configuration".to_owned(), None)), ..tools };
        };
        tools.font_place = settings.font.as_ref().map(|font| font.span);
        match tools.font(reads, settings.font.as_ref()) {
            Ok(font) => tools.font = Some(font),
            Err(problem) => tools.problem = Some((problem, tools.font_place)),
        }
        if let Some(file) = &settings.logo {
            let named = |problem: String| format!("`{}`: {problem}", file.value);
            match tools.bytes(reads, file).and_then(|bytes| logo::read(&bytes).map_err(named)) {
                Ok(logo) => tools.logo = Some(logo),
                Err(problem) => tools.problem = tools.problem.or(Some((problem, Some(file.span)))),
            }
        }
        tools
    }

    /// The font that the site names, else the one of the program.
    fn font(&mut self, reads: &Reads, named: Option<&Spanned<SitePath>>) -> Result<Font, String> {
        let Some(file) = named else {
            return Font::usual().ok_or_else(|| "the program's own font cannot be read".to_owned());
        };
        let bytes = self.bytes(reads, file)?;
        Font::read(bytes.to_vec()).ok_or_else(|| format!("`{}` is no font that can be read", file.value))
    }

    fn bytes(&mut self, reads: &Reads, file: &Spanned<SitePath>) -> Result<Arc<[u8]>, String> {
        let read = read_bytes(reads, &file.value);
        let bytes = read.map_err(|error| format!("cannot read `{}`: {error}", file.value))?;
        self.made_of.push(Digest::of_bytes(&bytes));
        Ok(bytes)
    }

    /// Both, or what is wrong.
    fn usable(&self) -> Result<(&Font, Option<&draw::Picture>), Box<Diagnostic>> {
        match (&self.font, &self.problem) {
            (Some(font), None) => Ok((font, self.logo.as_ref())),
            (_, Some((problem, place))) => Err(unusable(problem, *place)),
            (None, None) => Err(unusable("there is no font", None)),
        }
    }
}

/// A colour between two: `much` of the second, from 0 to 1.
fn mixed(from: [u8; 3], to: [u8; 3], much: f32) -> [u8; 3] {
    let much = much.clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
    let mix = |from: u8, to: u8| (f32::from(from) + (f32::from(to) - f32::from(from)) * much).round() as u8;
    [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])]
}

fn unusable(problem: &str, place: Option<Span>) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(codes::CARDS, format!("no cards can be drawn: {problem}"))
            .class(Class::Usage)
            .in_file(&SitePath::new("ssg.toml").unwrap_or_default())
            .at(place)
            .hint("name another file under [cards] in ssg.toml; without `font` the program takes its own"),
    )
}

#[cfg(test)]
mod tests;
