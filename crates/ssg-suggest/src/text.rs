//! A text as findings are looked for in it: blocks with their words, each with its place in the file.
//!
//! Markdown and HTML are read alike: what a reader sees is text, what marks it up is a [`Mark`]. Code stays apart, and
//! what a shortcode or Liquid says is no text of the author's.

mod collect;
mod markup;
mod words;

pub(crate) use words::{Word, words};

use pulldown_cmark::{Options, Parser};
use ssg_source::Span;
use std::ops::Range;

/// Longest text that is looked at, in bytes. What follows is passed over.
const LONGEST: usize = 2 << 20;
/// Longest block; a longer one is cut.
const LONGEST_BLOCK: usize = 64 << 10;

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The title of the page.
    Title,
    /// A heading, with its level.
    Heading(u8),
    /// Prose.
    Paragraph,
    /// An entry of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// Code, with the name of its language.
    Code(String),
}

/// What a part of a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Code in a sentence.
    Code,
    /// A link, with its address.
    Link(String),
    /// Emphasis of any strength.
    Emphasis,
    /// Words that stand for a picture.
    Picture,
}

/// A heading, a paragraph, an entry of a list.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub kind: Kind,
    /// What a reader sees; `\n` where a line ends in the source.
    pub text: String,
    /// Parts of the text, by where they begin.
    pub marks: Vec<(Range<usize>, Mark)>,
    /// Where parts of the text stand in the file: a place in the text, and one in the file.
    places: Vec<(usize, usize)>,
    /// Whether it is quoted.
    pub quoted: bool,
}

impl Block {
    fn new(kind: Kind) -> Self {
        Self { kind, text: String::new(), marks: Vec::new(), places: Vec::new(), quoted: false }
    }

    /// Adds text that begins at a place of the file.
    fn push(&mut self, text: &str, at: usize) {
        if self.text.len() + text.len() <= LONGEST_BLOCK {
            self.places.push((self.text.len(), at));
            self.text.push_str(text);
        }
    }

    /// Where in the file a place of the text is.
    pub fn source(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(place, _)| *place <= at).saturating_sub(1);
        self.places.get(index).map_or(0, |(place, source)| source + (at - place))
    }

    /// The marks that hold a place.
    pub fn marks_at(&self, at: usize) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(move |(range, _)| range.contains(&at)).map(|(_, mark)| mark)
    }

    /// Whether it is a line that names what follows rather than a sentence.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading(_))
    }

    pub fn is_code(&self) -> bool {
        matches!(self.kind, Kind::Code(_))
    }
}

/// A text with its blocks in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub blocks: Vec<Block>,
    /// Where lines of the file begin.
    lines: Vec<usize>,
}

impl Text {
    /// Reads a body that stands somewhere in a file, with the title and the description from its header.
    pub fn read(
        file: &str,
        body: Span,
        title: Option<(&str, usize)>,
        description: Option<(&str, usize)>,
    ) -> Self {
        let mut lines = vec![0];
        lines.extend(file.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        let mut blocks = Vec::new();
        if let Some((title, at)) = title {
            let mut block = Block::new(Kind::Title);
            block.push(title, at);
            blocks.push(block);
        }
        if let Some((description, at)) = description {
            let mut block = Block::new(Kind::Paragraph);
            block.push(description, at);
            blocks.push(block);
        }
        let mut end = (body.start as usize + LONGEST).min(body.end as usize).min(file.len());
        while !file.is_char_boundary(end) {
            end -= 1;
        }
        let source = file.get(body.start as usize..end).unwrap_or_default();
        let plain = markup::without_calls(source);
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        let mut collect = collect::Collect::new(body.start as usize);
        for (event, range) in Parser::new_ext(&plain, options).into_offset_iter() {
            collect.take(event, range.start);
        }
        blocks.extend(collect.finish());
        Self { blocks, lines }
    }

    /// The line of a place of the file, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Text {
        Text::read(text, Span::new(0, text.len()), None, None)
    }

    #[test]
    fn blocks_have_text_marks_and_places() {
        let source = "# A talk\n\nBy *Ann* [Lee](https://x.example/s) with `vim`.\n\n- one\n- two\n\n```sh\nls\n```\n\n<h2>More<br>here</h2><p>&amp; so</p>\n";
        let text = read(source);
        let seen: Vec<(&Kind, &str)> =
            text.blocks.iter().map(|block| (&block.kind, block.text.as_str())).collect();
        assert_eq!(
            seen,
            [
                (&Kind::Heading(1), "A talk"),
                (&Kind::Paragraph, "By Ann Lee with vim."),
                (&Kind::Item, "one"),
                (&Kind::Item, "two"),
                (&Kind::Code("sh".into()), "ls\n"),
                (&Kind::Heading(2), "More\nhere"),
                (&Kind::Paragraph, "& so"),
            ]
        );
        let block = &text.blocks[1];
        let at = block.text.find("Lee").expect("there");
        assert!(block.marks_at(at).any(|mark| *mark == Mark::Link("https://x.example/s".into())));
        assert_eq!(&source[block.source(at)..][..3], "Lee");
        assert_eq!(text.line(block.source(at)), 3);
    }

    #[test]
    fn calls_are_no_text() {
        let text =
            read("{{ youtube(id=\"Jenkins\") }} A {% highlight ruby %} b {% endhighlight %} {{< x >}}\n");
        assert!(!text.blocks[0].text.contains("Jenkins") && !text.blocks[0].text.contains("ruby"));
        assert!(text.blocks[0].text.contains('A') && text.blocks[0].text.contains('b'));
    }

    #[test]
    fn hostile_texts_end() {
        for text in [
            ">".repeat(20_000),
            "[".repeat(50_000),
            "<a ".repeat(30_000),
            "{{".repeat(50_000),
            "&".repeat(90_000),
        ] {
            read(&text);
        }
    }
}
