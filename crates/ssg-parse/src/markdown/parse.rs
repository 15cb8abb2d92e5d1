//! From text to [`Body`]: prepares the text, drives the parser, puts the parts together.

use super::heading_attributes;
use super::inserts;
use super::page::Page;
use super::shortcodes;
use super::source_map::SourceMap;
use super::writer::Writer;
use super::{Body, MarkdownOptions, Piece};
use pulldown_cmark::{Options, Parser};
use ssg_source::Diagnostics;
use std::borrow::Cow;

/// Parses the body of a file. `offset` is where `text` begins in it: all spans count from the
/// beginning of the file.
///
/// Never fails and never recurses with the depth of the text; what is wrong with shortcodes
/// becomes a warning, and the call stays text.
pub fn parse_markdown(text: &str, offset: usize, options: &MarkdownOptions, found: &mut Diagnostics) -> Body {
    // The mark of the placeholders is not a character; in a text it is shown as any other.
    let text: Cow<'_, str> = if text.contains('\u{fdd0}') {
        Cow::Owned(text.replace('\u{fdd0}', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    };
    let mut page = Page::new(options, found);
    let mut pieces = part(&text, &SourceMap::at(offset), 0, &mut page);
    std::mem::take(&mut page.notes).write(&mut pieces);
    page.give_ids(&mut pieces);
    let signs = page.words.signs;
    let (headings, ids, lead, words, summary) = page.finish();
    Body { pieces, summary, headings, ids, lead, words, signs }
}

/// Parses the text itself (`level` 0) or the body of a shortcode. `map` says where it stands in the file.
pub(super) fn part(text: &str, map: &SourceMap, level: usize, page: &mut Page<'_>) -> Vec<Piece> {
    let options = extensions(&page.options);
    let mut prepared = shortcodes::prepare(text, map, options, level, page.found);
    let attributes = heading_attributes::take(&mut prepared, options);
    let inserts = inserts::take(&mut prepared, options, &page.options);
    let mut writer = Writer::new(&prepared, attributes, map, level, page).with_inserts(inserts);
    for (event, range) in Parser::new_ext(&prepared.text, options).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish()
}

fn extensions(options: &MarkdownOptions) -> Options {
    let mut extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    extensions.set(Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    extensions.set(Options::ENABLE_MATH, options.math);
    extensions
}
