//! Makes blocks of the events of a Markdown parser.

use super::markup::{Html, attribute, decoded, html};
use super::{Block, Kind, Mark};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

/// Blocks of one text.
const MOST: usize = 50_000;

/// Blocks under construction.
pub(super) struct Collect {
    blocks: Vec<Block>,
    current: Option<Block>,
    /// Marks that are open: where they began.
    open: Vec<(usize, Mark)>,
    /// Where the body begins in the file.
    offset: usize,
    items: usize,
    quotes: usize,
    /// Whether code has a fence.
    is_fenced: bool,
    /// Whether indented lines are read as HTML.
    is_soup: bool,
}

impl Collect {
    pub fn new(offset: usize) -> Self {
        Self {
            blocks: Vec::new(),
            current: None,
            open: Vec::new(),
            offset,
            items: 0,
            quotes: 0,
            is_fenced: false,
            is_soup: false,
        }
    }

    /// Takes the next event, which begins at a place of the body.
    pub fn take(&mut self, event: Event<'_>, at: usize) {
        let at = at + self.offset;
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_tag_soup(&text) => {
                self.current = None;
                self.is_soup = true;
                self.html(&text, at);
            }
            Event::Text(text) if self.is_soup => self.html(&text, at),
            Event::Text(text) => self.text(&text, at),
            Event::Code(text) => {
                let start = self.length();
                self.text(&text, at + 1);
                self.mark(start, Mark::Code);
            }
            Event::SoftBreak | Event::HardBreak => self.text("\n", at),
            Event::InlineHtml(source) | Event::Html(source) => self.html(&source, at),
            _ => {}
        }
    }

    pub fn finish(mut self) -> Vec<Block> {
        self.close();
        self.blocks
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.begin(Kind::Heading(level as u8)),
            Tag::Paragraph => self.begin(if self.items > 0 { Kind::Item } else { Kind::Paragraph }),
            Tag::Item => {
                self.items += 1;
                self.begin(Kind::Item);
            }
            Tag::TableCell => self.begin(Kind::Cell),
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.is_fenced = matches!(kind, CodeBlockKind::Fenced(_));
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        let end =
                            info.find(|letter: char| !(letter.is_alphanumeric() || "+#-._".contains(letter)));
                        info[..end.unwrap_or(info.len())].to_lowercase()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                self.begin(Kind::Code(language));
            }
            Tag::Link { dest_url, .. } => self.open.push((self.length(), Mark::Link(dest_url.to_string()))),
            Tag::Image { .. } => self.open.push((self.length(), Mark::Picture)),
            Tag::Emphasis | Tag::Strong => self.open.push((self.length(), Mark::Emphasis)),
            Tag::FootnoteDefinition(_) => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => {
                self.close();
                self.is_soup = false;
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell | TagEnd::HtmlBlock => {
                self.close();
            }
            TagEnd::Item => {
                self.close();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong => {
                if let Some((start, mark)) = self.open.pop() {
                    if mark == Mark::Picture {
                        self.text(" ", 0);
                    }
                    self.mark(start, mark);
                }
            }
            _ => {}
        }
    }

    /// Whether indented lines, which are code to Markdown, are the tags of a page that was written by hand.
    fn is_tag_soup(&self, text: &str) -> bool {
        let is_indented = |block: &Block| block.kind == Kind::Code(String::new()) && block.text.is_empty();
        text.trim_start().starts_with('<')
            && !self.is_fenced
            && self.current.as_ref().is_some_and(is_indented)
    }

    fn html(&mut self, source: &str, at: usize) {
        for part in html(source) {
            match part {
                Html::Text(text, offset) => self.text(&decoded(text), at + offset),
                Html::Open(name, tag) => match name.as_str() {
                    "br" => self.text("\n", at),
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                        self.begin(Kind::Heading(name.as_bytes()[1] - b'0'));
                    }
                    "p" | "div" | "section" | "article" | "table" | "figure" | "figcaption"
                    | "blockquote" => {
                        self.begin(Kind::Paragraph);
                    }
                    "li" | "dt" | "dd" => self.begin(Kind::Item),
                    "td" | "th" => self.begin(Kind::Cell),
                    "pre" => self.begin(Kind::Code(String::new())),
                    "a" => {
                        let address = attribute(tag, "href").unwrap_or_default().to_owned();
                        self.open.push((self.length(), Mark::Link(address)));
                    }
                    _ => {}
                },
                Html::Close(name) => match name.as_str() {
                    "a" => {
                        let link = self.open.iter().rposition(|(_, mark)| matches!(mark, Mark::Link(_)));
                        if let Some(link) = link {
                            let (start, mark) = self.open.remove(link);
                            self.mark(start, mark);
                        }
                    }
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "li" | "td" | "th" | "pre" | "div"
                    | "figcaption" | "dt" | "dd" => self.close(),
                    _ => {}
                },
            }
        }
    }

    fn begin(&mut self, kind: Kind) {
        self.close();
        let mut block = Block::new(kind);
        block.quoted = self.quotes > 0;
        self.current = Some(block);
    }

    fn close(&mut self) {
        self.open.clear();
        if let Some(block) = self.current.take()
            && !block.text.trim().is_empty()
            && self.blocks.len() < MOST
        {
            self.blocks.push(block);
        }
    }

    fn length(&self) -> usize {
        self.current.as_ref().map_or(0, |block| block.text.len())
    }

    fn text(&mut self, text: &str, at: usize) {
        if self.current.is_none() {
            if text.trim().is_empty() {
                return;
            }
            // What is marked began before the block.
            let open = std::mem::take(&mut self.open);
            self.begin(if self.items > 0 { Kind::Item } else { Kind::Paragraph });
            self.open = open;
        }
        if let Some(block) = &mut self.current {
            block.push(text, at);
        }
    }

    fn mark(&mut self, start: usize, mark: Mark) {
        if let Some(block) = &mut self.current
            && start < block.text.len()
            && block.marks.len() < 2_000
        {
            block.marks.push((start..block.text.len(), mark));
        }
    }
}
