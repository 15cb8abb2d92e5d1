//! The portrait of who speaks.

use super::draw::Picture;
use super::logo;
use crate::bytes::read_bytes;
use crate::facets::picture::{LIKELY, PictureAt};
use crate::pictures;
use crate::reads::{ReadSite, Reads};
use ssg_taxonomy::{LangId, TermKey};

/// The image of the first of these people who has one that can be read, as a square of so many pixels a side. What is wrong
/// with an image is told where a header names it.
pub(super) fn of(reads: &Reads, people: &[TermKey], language: LangId, side: u32) -> Option<Picture> {
    people.iter().find_map(|person| {
        let page = reads.term(person)?.in_language(language).page?;
        let image = reads.card(&page)?.image.clone()?;
        let at = reads.get::<PictureAt>(&image.as_str().into())?;
        let bytes = read_bytes(reads, &at.source).ok()?;
        let square = pictures::square(&bytes, side, at.focus.unwrap_or(LIKELY)).ok()??;
        logo::read(&square).ok()
    })
}
