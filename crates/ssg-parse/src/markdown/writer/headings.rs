//! Headings: their tags can be written only when their text is known.

use super::super::heading_attributes::Attributes;
use super::super::page::HeadingText;
use super::super::{Heading, RawHtml, html};
use super::Writer;
use super::out::Out;
use pulldown_cmark::HeadingLevel;
use ssg_source::Span;
use std::fmt::Write as _;
use std::ops::Range;

pub(super) struct OpenHeading {
    pub(super) level: u8,
    pub(super) attributes: Attributes,
    pub(super) span: Span,
    pub(super) text: HeadingText,
    /// What was written before the heading.
    pub(super) before: Out,
}

impl OpenHeading {
    /// Begins a heading: what is written from now on is its text.
    pub(super) fn new(writer: &mut Writer<'_, '_, '_>, level: HeadingLevel, range: Range<usize>) -> Self {
        writer.out.line();
        Self {
            level: heading_level(level),
            attributes: writer.attributes.remove(&range.start).unwrap_or_default(),
            span: writer.span(range),
            text: HeadingText::default(),
            before: std::mem::take(&mut writer.out),
        }
    }
}

impl Writer<'_, '_, '_> {
    pub(super) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let OpenHeading { level, attributes, span, text, before } = heading;
        let id = self.page.heading_id(attributes.id, &text);
        let inner = std::mem::replace(&mut self.out, before);
        let out = &mut self.out.html;
        let _ = write!(out, "<h{level} id=\"");
        html::push_attribute(out, &id);
        out.push('"');
        if !attributes.classes.is_empty() {
            out.push_str(" class=\"");
            html::push_attribute(out, &attributes.classes.join(" "));
            out.push('"');
        }
        let trusted = self.page.options.raw_html != RawHtml::Escape;
        for (name, value) in &attributes.others {
            let inert = name.starts_with("data-") || matches!(name.as_str(), "lang" | "dir" | "title");
            if !trusted && !inert {
                continue;
            }
            let _ = write!(out, " {name}=\"");
            html::push_attribute(out, value);
            out.push('"');
        }
        out.push('>');
        self.out.append(inner);
        let _ = writeln!(self.out.html, "</h{level}>");
        self.page.headings.push(Heading { level, id, title: text.shown.trim().to_owned(), span });
    }
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
