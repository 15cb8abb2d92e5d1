//! The beginnings and ends of blocks and spans.

use super::super::Piece;
use super::super::annotations::asks_for_annotations;
use super::super::text::Lead;
use super::Writer;
use super::headings::OpenHeading;
use super::inlines::OpenImage;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, LinkType, Tag, TagEnd};
use ssg_source::{Diagnostic, Span, codes};
use std::fmt::Write as _;
use std::ops::Range;

#[derive(Default)]
pub(super) struct Cells {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) head: bool,
    pub(super) rows: bool,
}

pub(super) struct OpenCode {
    pub(super) info: String,
    pub(super) code: String,
    pub(super) span: Span,
    /// Where the fenced block stands in the text, where its lines may end in marks.
    pub(super) annotated: Option<Range<usize>>,
}

impl<'t> Writer<'t, '_, '_> {
    pub(super) fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        if holds_text(&tag) {
            self.literal_around = self.literal.depth();
        }
        if !is_inline(&tag) {
            self.close_label();
            self.page.words.part();
        }
        if let Some(image) = &mut self.image {
            if matches!(tag, Tag::Image { .. }) {
                image.inner += 1;
            }
            return;
        }
        match tag {
            Tag::Paragraph => self.start_paragraph(&range),
            Tag::Heading { level, .. } => {
                let opened = OpenHeading::new(self, level, range);
                self.heading = Some(opened);
            }
            Tag::BlockQuote(None) => self.out.block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = alert(kind);
                self.out.block("<blockquote class=\"markdown-alert-");
                let _ = writeln!(self.out.html, "{class}\">\n<p class=\"markdown-alert-title\">{title}</p>");
            }
            Tag::CodeBlock(kind) => self.start_code(&kind, range),
            Tag::HtmlBlock => self.raw = Some((String::new(), range)),
            Tag::List(None) => self.out.block("<ul>\n"),
            Tag::List(Some(start)) if self.annotations.are_awaited() => self.start_annotations(start),
            Tag::List(Some(1)) => self.out.block("<ol>\n"),
            Tag::List(Some(start)) => {
                self.out.line();
                let _ = writeln!(self.out.html, "<ol start=\"{start}\">");
            }
            Tag::Item => {
                let open = self.annotation(&range);
                self.out.block(open.as_deref().unwrap_or("<li>"));
            }
            Tag::DefinitionList => self.out.block("<dl>\n"),
            Tag::DefinitionListTitle => self.out.block("<dt>"),
            Tag::DefinitionListDefinition => self.out.block("<dd>"),
            Tag::Table(alignments) => {
                self.cells = Cells { alignments, ..Cells::default() };
                self.out.block(
                    "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n<table>\n",
                );
            }
            Tag::TableHead => {
                self.cells.head = true;
                self.cells.column = 0;
                self.out.html.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.cells.column = 0;
                self.tell_of_cells(&range);
                if !std::mem::replace(&mut self.cells.rows, true) {
                    self.out.html.push_str("<tbody>\n");
                }
                self.out.html.push_str("<tr>");
            }
            Tag::TableCell => {
                let align = match self.cells.alignments.get(self.cells.column) {
                    Some(Alignment::Left) => " style=\"text-align: left\"",
                    Some(Alignment::Center) => " style=\"text-align: center\"",
                    Some(Alignment::Right) => " style=\"text-align: right\"",
                    Some(Alignment::None) | None => "",
                };
                self.out.html.push_str(if self.cells.head { "<th scope=\"col\"" } else { "<td" });
                self.out.html.push_str(align);
                self.out.html.push('>');
            }
            Tag::Emphasis => self.out.html.push_str("<em>"),
            Tag::Strong => self.out.html.push_str("<strong>"),
            Tag::Strikethrough => self.out.html.push_str("<del>"),
            Tag::Superscript => self.out.html.push_str("<sup>"),
            Tag::Subscript => self.out.html.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let mut dest = self.restore_warning(&dest_url, &range, "the destination of a link");
                if link_type == LinkType::Email {
                    dest.insert_str(0, "mailto:");
                }
                let title = self.restore_warning(&title, &range, "the title of a link");
                let span = self.span(range);
                self.out.push(Piece::LinkOpen { dest, title, span });
            }
            Tag::Image { dest_url, title, .. } => {
                let dest = self.restore_warning(&dest_url, &range, "the source of an image");
                let title = self.restore_warning(&title, &range, "the title of an image");
                self.image =
                    Some(OpenImage { dest, title, alt: String::new(), span: self.span(range), inner: 0 });
            }
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        if let Some(image) = &mut self.image {
            if tag == TagEnd::Image {
                if image.inner > 0 {
                    image.inner -= 1;
                } else if let Some(OpenImage { dest, title, alt, span, .. }) = self.image.take() {
                    self.out.push(Piece::Image { dest, alt, title, span });
                }
            }
            return;
        }
        if matches!(
            tag,
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::DefinitionListTitle
        ) {
            self.literal.close_to(self.literal_around);
        }
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => self.out.block("</blockquote>\n"),
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.end_code(code);
                    self.out.html.push('\n');
                }
            }
            TagEnd::HtmlBlock => {
                if let Some((raw, range)) = self.raw.take() {
                    self.raw_html(&raw, true, range);
                }
            }
            TagEnd::List(ordered) => {
                self.end_annotations();
                self.out.block(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.close_label();
                self.out.html.push_str("</li>\n");
            }
            TagEnd::DefinitionList => self.out.block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.html.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.html.push_str("</dd>\n"),
            TagEnd::Table => {
                self.out.html.push_str(if self.cells.rows { "</tbody>\n" } else { "" });
                self.out.html.push_str("</table>\n</div>\n");
            }
            TagEnd::TableHead => {
                self.cells.head = false;
                self.out.html.push_str("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.out.html.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.cells.column += 1;
                // A header without text heads nothing.
                let empty = self.cells.head && self.out.mend("<th scope=\"col\">", "<td>");
                let data = empty || !self.cells.head;
                self.out.html.push_str(if data { "</td>" } else { "</th>" });
            }
            TagEnd::Emphasis => self.out.html.push_str("</em>"),
            TagEnd::Strong => self.out.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.html.push_str("</del>"),
            TagEnd::Superscript => self.out.html.push_str("</sup>"),
            TagEnd::Subscript => self.out.html.push_str("</sub>"),
            TagEnd::Link => self.out.html.push_str("</a>"),
            TagEnd::Image | TagEnd::FootnoteDefinition | TagEnd::MetadataBlock(_) => {}
        }
    }

    pub(super) fn start_paragraph(&mut self, range: &Range<usize>) {
        let top = self.depth == 0 && self.level == 0;
        let wanted = if top {
            self.page.lead.is_none()
        } else {
            self.page.lead.is_none() && self.page.any_lead.is_none()
        };
        self.lead = (wanted && !self.in_notes).then(Lead::default);
        self.out.line();
        if top && self.lead.is_some() {
            self.out.flush();
            self.first = Some(self.out.pieces.len());
        }
        self.only_calls = self.prepared.has_holes()
            && self.prepared.text.get(range.clone()).is_some_and(|text| self.prepared.only_calls(text));
        if !self.only_calls {
            self.out.html.push_str("<p>");
            self.paragraph = Some(self.depth + 1);
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.close_label();
        self.paragraph = None;
        if self.only_calls {
            self.only_calls = false;
            self.out.line();
        } else {
            self.out.html.push_str("</p>\n");
        }
        let first = self.first.take();
        if let Some(lead) = self.lead.take()
            && self.page.offer_lead(lead, first.is_some())
            && let Some(start) = first
        {
            self.out.flush();
            self.page.first = Some(start..self.out.pieces.len());
        }
    }

    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => self.restore(info).into_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let block = &self.prepared.source[range.clone()];
        let fence = block.trim_start().trim_start_matches(['`', '~']).trim_start_matches([' ', '\t']);
        let start = range.end - fence.len();
        let annotated = asks_for_annotations(&info).then(|| range.clone());
        let span = if !info.is_empty() && fence.starts_with(info.as_str()) {
            start..start + info.len()
        } else {
            range
        };
        self.out.line();
        self.code = Some(OpenCode { info, code: String::new(), span: self.span(span), annotated });
    }

    /// Says which cells of a row are left out, for the header has fewer.
    fn tell_of_cells(&mut self, range: &Range<usize>) {
        // Placeholders stand here for calls, in which `|` parts nothing.
        let row = self.prepared.text.get(range.clone()).unwrap_or_default();
        let (most, cells) = (self.cells.alignments.len(), cells(row));
        let Some(first) = cells.get(most).filter(|_| most > 0) else { return };
        let rest = self.restore(row[first.start..].trim_end().trim_end_matches('|').trim()).into_owned();
        if rest.is_empty() {
            return;
        }
        let place =
            range.start + first.start..range.start + first.start + row[first.start..].trim_end().len();
        let message =
            format!("this row has {} cells, and the table {most}: `{rest}` is left out", cells.len());
        let warning = Diagnostic::warning(codes::TABLE_ROW, message).at(self.span(place));
        self.page.found.add(warning.hint("a `|` within a cell is written `\\|`, in code too"));
    }

    pub(super) fn task(&mut self, done: bool) {
        let input =
            format!("<label><input type=\"checkbox\" disabled{}> ", if done { " checked" } else { "" });
        let task = self.out.mend("<li>", "<li class=\"task\">")
            || self.mend_annotation()
            || self.out.mend("<li>\n<p>", "<li class=\"task\">\n<p>");
        if task {
            self.out.html.push_str(&input);
            self.label = true;
        }
    }

    pub(super) fn close_label(&mut self) {
        if self.label {
            self.label = false;
            self.out.html.push_str("</label>");
        }
    }
}

/// Where the cells of a row of a table stand in it.
fn cells(row: &str) -> Vec<Range<usize>> {
    let start = row.len() - row.trim_start().len();
    let start = start + usize::from(row[start..].starts_with('|'));
    let end = row.trim_end().len();
    let end = if row[..end].ends_with('|') && !row[..end].ends_with("\\|") { end - 1 } else { end };
    let mut all = Vec::new();
    let (mut from, mut escaped) = (start, false);
    for (at, byte) in row.bytes().enumerate().take(end.max(start)).skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'|' => {
                all.push(from..at);
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(from..end.max(from));
    all
}

/// Whether a block holds text, and no blocks.
fn holds_text(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::DefinitionListTitle)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}
