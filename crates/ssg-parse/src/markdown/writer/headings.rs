//! Headings: their tags can be written only when their text is known.

use super::super::{Heading, RawHtml, html};
use super::Writer;
use super::out::Out;
use pulldown_cmark::{CowStr, HeadingLevel};
use ssg_source::Span;
use std::fmt::Write as _;
use std::ops::Range;

pub(super) struct OpenHeading {
    pub(super) level: u8,
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    pub(super) attributes: Vec<(String, Option<String>)>,
    pub(super) span: Span,
    pub(super) title: String,
    /// What was written before the heading.
    pub(super) before: Out,
}

impl OpenHeading {
    /// Begins a heading: what is written from now on is its text.
    pub(super) fn new(
        writer: &mut Writer<'_, '_, '_>,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        classes: &[CowStr<'_>],
        attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
        range: Range<usize>,
    ) -> Self {
        writer.out.line();
        let own = |text: &CowStr<'_>| writer.restore(text).into_owned();
        Self {
            level: heading_level(level),
            id: id.map(own),
            classes: classes.iter().map(own).collect(),
            attributes: attributes.iter().map(|(name, value)| (own(name), value.as_ref().map(own))).collect(),
            span: writer.span(range),
            title: String::new(),
            before: std::mem::take(&mut writer.out),
        }
    }
}

impl Writer<'_, '_, '_> {
    pub(super) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let OpenHeading { level, id, classes, attributes, span, title, before } = heading;
        let title = title.trim().to_owned();
        // `{id=x class=y}` says the same as `{#x .y}`.
        let attribute = |name: &str| {
            let found = attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.and_then(|(_, value)| value.as_deref()).map(|value| unquoted(value).to_owned())
        };
        let id = self.page.heading_id(id.or_else(|| attribute("id")).as_deref(), &title);
        let mut classes = classes;
        classes.extend(attribute("class"));
        let inner = std::mem::replace(&mut self.out, before);
        let out = &mut self.out.html;
        let _ = write!(out, "<h{level} id=\"");
        html::push_attribute(out, &id);
        out.push('"');
        if !classes.is_empty() {
            out.push_str(" class=\"");
            html::push_attribute(out, &classes.join(" "));
            out.push('"');
        }
        let trusted = self.page.options.raw_html != RawHtml::Escape;
        let mut written: Vec<&str> = vec!["id", "class"];
        for (name, value) in &attributes {
            let inert = name.starts_with("data-") || matches!(name.as_str(), "lang" | "dir" | "title");
            if (!trusted && !inert)
                || !html::is_attribute_name(name)
                || written.iter().any(|known| known.eq_ignore_ascii_case(name))
            {
                continue;
            }
            written.push(name);
            let _ = write!(out, " {name}=\"");
            html::push_attribute(out, unquoted(value.as_deref().unwrap_or("")));
            out.push('"');
        }
        out.push('>');
        self.out.append(inner);
        let _ = writeln!(self.out.html, "</h{level}>");
        self.page.headings.push(Heading { level, id, title, span });
    }
}

/// Pulldown leaves the quotes of an attribute in its value.
fn unquoted(value: &str) -> &str {
    ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(value)
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
