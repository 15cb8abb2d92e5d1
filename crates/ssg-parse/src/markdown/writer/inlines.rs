//! Text, raw HTML and the calls that stand in them.

use super::super::inserts::Insert;
use super::super::shortcodes::HoleKind;
use super::super::{
    Around, Call, Piece, RawHtml, addresses, containers, footnotes, html, kramdown, math, parse,
};
use super::Writer;
use ssg_source::{Diagnostic, Span, codes};
use std::borrow::Cow;
use std::ops::Range;

pub(super) struct OpenImage {
    pub(super) dest: String,
    pub(super) title: String,
    pub(super) alt: String,
    pub(super) span: Span,
    /// Images within its text.
    pub(super) inner: usize,
}

impl<'t> Writer<'t, '_, '_> {
    /// The author's text for what goes where no call can: code, names, attributes.
    pub(super) fn restore<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.prepared.restore(text).0
    }

    /// Like `restore`, with a warning for calls.
    pub(super) fn restore_warning(&mut self, text: &str, range: &Range<usize>, place: &str) -> String {
        let (restored, calls) = self.prepared.restore(text);
        if calls > 0 {
            let warning = Diagnostic::warning(
                codes::SHORTCODE_PLACE,
                format!("a shortcode cannot stand in {place}; it stays as text"),
            );
            self.page.found.add(warning.at(self.span(range.clone())));
        }
        restored.into_owned()
    }

    /// Says of what other programs read and what stays as text here.
    pub(super) fn tell_of_foreign(&mut self, range: Range<usize>) {
        let source = self.prepared.source;
        let Some(text) = source.get(range.clone()) else { return };
        let told = if let Some(code) = &self.code {
            kramdown::in_code(&code.info, text)
        } else if self.literal.is_open()
            || (memchr::memchr3(b'[', b'{', b'#', text.as_bytes()).is_none()
                && !kramdown::may_begin_block(text))
        {
            return;
        } else {
            self.lone_references.extend(footnotes::references(source, range.clone()));
            if self.image.is_some() {
                return;
            }
            kramdown::in_text(source, range.clone(), self.heading.is_some())
        };
        for (place, warning) in told {
            let place = range.start + place.start..range.start + place.end;
            self.page.found.add(warning.at(self.span(place)));
        }
    }

    /// Text for everything that is not markup: titles, alternative texts, the lead, words.
    /// `written` is the same as its author wrote it, with straight quotation marks.
    pub(super) fn plain(&mut self, text: &str, written: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.add(text, written);
        }
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        if let Some(lead) = &mut self.lead {
            lead.add(text);
        }
        self.page.words.add(text);
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.code.push_str(&self.prepared.restore(text).0);
            return;
        }
        let mut rest = text;
        while let Some((before, hole, after)) = self.prepared.split(rest) {
            self.flat_text(before);
            match hole.map(|hole| (&hole.kind, &hole.range)) {
                Some((HoleKind::Text(shown), _)) => {
                    // The author's text, but nothing that a lead should quote.
                    let lead = self.lead.take();
                    self.flat_text(shown);
                    self.lead = lead;
                }
                Some((HoleKind::Call { .. }, range)) if self.image.is_some() => {
                    let shown = self.prepared.source[range.clone()].to_owned();
                    self.restore_warning(
                        &rest[before.len()..rest.len() - after.len()],
                        range,
                        "an alternative text",
                    );
                    self.flat_text(&shown);
                }
                Some((kind, range)) => self.call(kind, self.only_calls, range),
                None => {}
            }
            rest = after;
        }
        self.flat_text(rest);
    }

    pub(super) fn flat_text(&mut self, text: &str) {
        self.typographic(text, text);
    }

    /// Text in which typographic signs may stand for those that were written.
    pub(super) fn typographic(&mut self, text: &str, written: &str) {
        if let Some(code) = &mut self.code {
            code.code.push_str(written);
            return;
        }
        self.plain(text, written);
        if self.image.is_none() {
            html::push_text(&mut self.out.html, text);
        }
    }

    /// Text of which parts are replaced.
    pub(super) fn text_with_inserts(&mut self, text: &str, range: Range<usize>) {
        let mut at = range.start;
        let first = self.inserts.partition_point(|(place, _)| place.end <= range.start);
        for number in first..self.inserts.len() {
            let (place, insert) = self.inserts[number].clone();
            if place.start >= range.end {
                break;
            }
            if place.start > at {
                self.text_at(&text[at - range.start..place.start - range.start], at..place.start);
            }
            // What the parser split is replaced where it begins.
            if place.start >= range.start {
                self.insert(insert, place.clone());
            }
            at = place.end.min(range.end);
        }
        if at < range.end {
            self.text_at(&text[at - range.start..], at..range.end);
        }
    }

    fn insert(&mut self, insert: Insert, place: Range<usize>) {
        match insert {
            Insert::Sign(sign) => {
                let written = self.prepared.source.get(place).unwrap_or(sign);
                self.typographic(sign, written);
            }
            Insert::Link(address) if self.image.is_some() || self.literal.is_open() => {
                self.flat_text(&address);
            }
            Insert::Link(address) => {
                let span = self.span(place);
                self.out.push(Piece::LinkOpen { dest: address.clone(), title: String::new(), span });
                self.flat_text(&address);
                self.out.html.push_str("</a>");
            }
        }
    }

    /// A formula; one that cannot be read is shown as code.
    pub(super) fn formula(&mut self, tex: &str, display: bool, range: Range<usize>) {
        let tex = self.restore(tex).into_owned();
        self.plain(&tex, &tex);
        if self.image.is_some() {
            return;
        }
        match math::mathml(tex.trim(), display) {
            Ok(html) => self.out.html.push_str(&html),
            Err(reason) => {
                let warning =
                    Diagnostic::warning(codes::FORMULA, format!("the formula stays as text: {reason}"));
                self.page
                    .found
                    .add(warning.at(self.span(range)).hint("a `$` that begins no formula is written `\\$`"));
                self.out.html.push_str("<code>");
                html::push_text(&mut self.out.html, &tex);
                self.out.html.push_str("</code>");
            }
        }
    }

    /// What stands around a call at `range`.
    fn around(&self, range: &Range<usize>) -> Around {
        let source = self.prepared.source;
        match self.paragraph {
            None => Around::NoParagraph,
            Some(depth) => {
                let is_mark = |c: char| c.is_ascii_digit() || " \t\r->*+.):".contains(c);
                let before = source[..range.start].trim_end_matches(is_mark);
                let after = source[range.end..].trim_start_matches([' ', '\t', '\r']);
                let is_alone = (before.is_empty() || before.ends_with('\n'))
                    && (after.is_empty() || after.starts_with('\n'));
                if is_alone && self.depth == depth { Around::Lines } else { Around::Sentence }
            }
        }
    }

    pub(super) fn call(&mut self, kind: &'t HoleKind, block: bool, range: &Range<usize>) {
        let HoleKind::Call { name, args, open, body } = kind else { return };
        let around = self.around(range);
        let source = self.prepared.source;
        let mut end = String::new();
        let pieces = body.as_ref().map(|body| {
            // White space after the opening tag would make code of the first line.
            let text = &source[body.clone()];
            let start = body.end - text.trim_start_matches([' ', '\t']).len();
            let closing = &source[body.end..];
            closing[..closing.find("%}").map_or(closing.len(), |at| at + 2)].clone_into(&mut end);
            self.page.words.part();
            let text = &source[start..body.end];
            let map = self.map.from(start);
            let line = source[..open.start].rfind('\n').map_or(0, |at| at + 1);
            let indentation = containers::indentation(&source[line..open.start], text);
            if indentation.is_empty() {
                parse::part(text, &map, self.level + 1, self.page)
            } else {
                let (text, map) = map.without(text, &indentation);
                parse::part(&text, &map, self.level + 1, self.page)
            }
        });
        self.out.push(Piece::Shortcode(Call {
            name: name.clone(),
            args: args.clone(),
            body: pieces,
            source: source[open.clone()].to_owned(),
            end,
            span: self.span(open.clone()),
            block,
            around,
        }));
    }

    /// Raw HTML; `block` when it stands for itself. `range` is its place in the text.
    pub(super) fn raw_html(&mut self, raw: &str, block: bool, range: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        let raw: Cow<'_, str> =
            if raw.contains('\r') { Cow::Owned(raw.replace("\r\n", "\n")) } else { Cow::Borrowed(raw) };
        let mut kept = String::new();
        let mut done = 0;
        for comment in html::comments(&raw) {
            if html::is_more(&raw[comment.clone()]) {
                self.page.more |= !self.in_notes;
                kept.push_str(&raw[done..comment.start]);
                done = comment.end;
            }
        }
        kept.push_str(&raw[done..]);
        if kept.trim().is_empty() {
            return;
        }
        if self.page.options.raw_html == RawHtml::Escape {
            if block {
                self.out.block("<p>");
                self.text(kept.trim_end());
                self.out.html.push_str("</p>\n");
            } else {
                self.text(&kept);
            }
            return;
        }
        self.literal.see(&kept);
        html::anchors(&kept, |id| self.page.raw_id(&self.prepared.restore(id).0));
        if block {
            self.out.line();
        }
        let mut done = 0;
        for address in addresses::in_html(&kept, self.prepared.source, range) {
            self.raw_part(&kept[done..address.value.start]);
            self.out.push(Piece::Address {
                written: kept[address.value.clone()].to_owned(),
                span: self.span(address.place),
            });
            done = address.value.end;
        }
        self.raw_part(&kept[done..]);
    }

    /// A part of raw HTML, with the calls in it.
    fn raw_part(&mut self, html: &str) {
        let mut rest = html;
        while let Some((before, hole, after)) = self.prepared.split(rest) {
            self.out.html.push_str(before);
            match hole.map(|hole| (&hole.kind, &hole.range)) {
                Some((HoleKind::Text(shown), _)) => self.out.html.push_str(shown),
                Some((call, range)) => self.call(call, false, range),
                None => {}
            }
            rest = after;
        }
        self.out.html.push_str(rest);
    }
}
