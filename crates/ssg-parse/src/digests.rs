//! Digests of a content file, each of one thing that outputs may depend on.
//!
//! They leave out places in the file, but for [`Digests::meta`] and [`Digests::content`], so that a
//! line added to the header does not make the summary another one.

use crate::front_matter::FrontMatter;
use crate::markdown::{Arg, Piece};
use crate::outline::Outline;
use crate::value::Spanned;
use serde::{Deserialize, Serialize};
use ssg_source::{Digest, Digester};

/// What tells whether a content file says the same as before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// Every byte of the file.
    pub content: Digest,
    /// All that assembling the site looks at, the header above all: while it stays, the site stays.
    pub meta: Digest,
    /// What lists show of the page.
    pub card: Digest,
    /// The body.
    pub body: Digest,
}

impl Digests {
    pub(crate) fn new(
        content: Digest,
        header: &str,
        front: &FrontMatter,
        outline: &Outline,
        pieces: &[Piece],
        broken: bool,
    ) -> Self {
        let card = card(front, outline);
        let heading = outline.headings.first().map(|heading| heading.title.as_str());
        Self {
            content,
            meta: Digester::new().text(header).maybe(heading).flag(broken).done(),
            card,
            body: body(outline, pieces),
        }
    }

    pub(crate) fn of_front(front: &FrontMatter, origin: Digest) -> Self {
        let outline = Outline::default();
        Self { content: origin, meta: origin, card: card(front, &outline), body: body(&outline, &[]) }
    }
}

/// What lists show, as far as the file alone says it. Dates, terms and references are resolved by
/// the site and belong to its pages; how long the body is they show in minutes, which is not known
/// here.
fn card(front: &FrontMatter, outline: &Outline) -> Digest {
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let mut digester = Digester::new();
    for one in [&front.title, &front.description, &front.excerpt] {
        digester.maybe(text(one).as_deref());
    }
    digester.maybe(front.image.as_ref().map(|image| image.value.as_str()));
    digester.flag(front.extra.is_some());
    if let Some(extra) = &front.extra {
        digester.value(&extra.to_json());
    }
    digester.text(&outline.lead).flag(outline.summary.is_some());
    if let Some(summary) = &outline.summary {
        digester.flag(summary.marked);
        add_pieces(&mut digester, &summary.pieces);
    }
    digester.done()
}

fn body(outline: &Outline, pieces: &[Piece]) -> Digest {
    let mut digester = Digester::new();
    for heading in &outline.headings {
        digester.number(heading.level).text(&heading.id).text(&heading.title);
    }
    add_pieces(&mut digester, pieces);
    digester.done()
}

/// Shortcodes nest a bounded number of times, so this does too.
fn add_pieces(digester: &mut Digester, pieces: &[Piece]) {
    digester.count(pieces.len());
    for piece in pieces {
        let digester = &mut *digester;
        match piece {
            Piece::Html(html) => digester.number(0).text(html),
            Piece::LinkOpen { dest, title, .. } => digester.number(1).text(dest).text(title),
            Piece::Image { dest, alt, title, .. } => digester.number(2).text(dest).text(alt).text(title),
            Piece::Address { written, .. } => digester.number(5).text(written),
            Piece::Code { info, code, .. } => digester.number(3).text(info).text(code),
            Piece::Shortcode(call) => {
                digester.number(4).text(&call.name).text(&call.source).text(&call.end).flag(call.block);
                digester.number(call.around as u8);
                digester.count(call.args.len());
                for (name, arg) in &call.args {
                    digester.text(name);
                    add_arg(digester, arg);
                }
                digester.flag(call.body.is_some());
                if let Some(body) = &call.body {
                    add_pieces(digester, body);
                }
                digester
            }
        };
    }
}

fn add_arg(digester: &mut Digester, arg: &Arg) {
    match arg {
        Arg::Text(text) => digester.number(0).text(text),
        Arg::Integer(number) => digester.number(1).number(*number),
        Arg::Float(number) => digester.number(2).number(number.to_bits()),
        Arg::Bool(truth) => digester.number(3).flag(*truth),
        Arg::List(args) => {
            digester.number(4).count(args.len());
            for arg in args {
                add_arg(digester, arg);
            }
            digester
        }
    };
}
