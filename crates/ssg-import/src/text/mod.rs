//! Plain text, as one gets it by pasting pages of a blog or a book, as posts.
//!
//! The way of a file: bytes are cleaned to lines (`clean`), lines grouped to units (`unit`), units
//! cut into posts (`split`). Of each post the page's furniture is left out (`furniture`), the
//! head is read (`head`), the rest told apart (`block`) and written as Markdown (`render`).
//! Time and memory grow with the size of the file, whatever is in it.

mod block;
pub(crate) mod clean;
mod dates;
mod escape;
mod furniture;
mod head;
mod interview;
mod links;
mod lists;
mod render;
mod shape;
mod split;
mod unit;

use crate::post::FrontMatter;
use crate::slug::slug;
use crate::{Guess, ImportedPost, Outcome, Report, TextImport, Verdict};
use block::Facts;
use jiff::civil::Date;
use split::Cut;
use ssg_source::{Diagnostics, SitePath, codes};
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use unit::Unit;

/// What the user knows of the text.
#[derive(Clone, Debug, Default)]
pub struct TextOptions {
    /// The date of posts that name none.
    pub fallback_date: Option<Date>,
    /// The author of posts that name none.
    pub author: Option<String>,
}

/// Makes posts of a text.
///
/// `name` is its file name or path; the last part of it is recorded as the source. What is no
/// text (not UTF-8, a NUL, nothing but blank lines) is an error and a failed item. Every line
/// that is not blank is in the `source_lines` of one post or of one skipped item of the report.
pub fn import_text(name: &str, bytes: &[u8], options: &TextOptions, found: &mut Diagnostics) -> TextImport {
    let source = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut import = TextImport { posts: Vec::new(), report: Report::new(source) };
    let mut mended = Vec::new();
    let Some(text) = clean::decode(name, bytes, found) else {
        import.fail(source, found);
        return import;
    };
    let units = unit::units(clean::lines(text, &mut mended));
    if units.is_empty() {
        found.add(clean::problem(name, codes::EMPTY_IMPORT, "the file holds no text".into()));
        import.fail(source, found);
        return import;
    }
    let (cuts, near) = split::cuts(&units);
    let page =
        furniture::is_page(&units) || units.iter().take(6).any(|unit| dates::date_line(&unit.text).is_some());
    let mut paths = HashMap::new();
    for (index, cut) in cuts.iter().enumerate() {
        let end = cuts.get(index + 1).map_or(units.len(), |next| next.unit);
        let units = &units[cut.unit..end];
        let (kept, reason) = furniture::furniture(units);
        if kept > 0 {
            let near: Vec<usize> = within(&near, cut.unit..end, |near| near.unit)
                .iter()
                .map(|near| near.unit - cut.unit)
                .collect();
            let part = Part { units: &units[..kept], cut, near: &near, page };
            let post = part.post(source, options, &mended, &mut paths);
            import.report.outcomes.push(outcome(&post, cut));
            import.posts.push(post);
        }
        if kept < units.len() {
            import.report.outcomes.push(Outcome {
                what: units[kept].text.chars().take(60).collect(),
                lines: Some(span(&units[kept..])),
                verdict: Verdict::Skipped(reason.to_owned()),
                notes: Vec::new(),
            });
        }
    }
    import
}

impl TextImport {
    /// Records that the file as a whole could not be read, for the last problem found.
    fn fail(&mut self, source: &str, found: &Diagnostics) {
        let why = found.iter().last().map_or_else(String::new, |last| last.message.clone());
        let verdict = Verdict::Failed(why);
        self.report.outcomes.push(Outcome {
            what: source.to_owned(),
            lines: None,
            verdict,
            notes: Vec::new(),
        });
    }
}

/// One post's share of the text.
struct Part<'p> {
    units: &'p [Unit],
    cut: &'p Cut,
    /// Units that nearly began a post, counted from the start of this one.
    near: &'p [usize],
    page: bool,
}

impl Part<'_> {
    fn post(
        &self,
        source: &str,
        options: &TextOptions,
        mended: &[Guess],
        paths: &mut HashMap<String, u32>,
    ) -> ImportedPost {
        let source_lines = span(self.units);
        let lines = *source_lines.start()..source_lines.end() + 1;
        let mut guesses = within(mended, lines, |one| one.line).to_vec();
        let mut head = head::head(self.units, &mut guesses);
        let guessed_cut = self.cut.score < split::SURE;
        if guessed_cut {
            guesses.push(Guess::new(*source_lines.start(), "the start of a post"));
        }
        let body_units = &self.units[head.body..];
        let near: Vec<usize> = self.near.iter().filter_map(|at| at.checked_sub(head.body)).collect();
        let facts = Facts::new(body_units, &head.title, self.page, &near);
        let blocks = block::blocks(&facts);
        let marked = blocks.iter().filter_map(|placed| Some(Guess::new(placed.line, placed.guess?.1)));
        guesses.extend(marked);
        let mut body = render::markdown(&blocks);
        if guessed_cut {
            body = format!("<!-- import: guessed start of a post -->\n\n{body}");
        }
        let date = head.date.or(options.fallback_date);
        let date_note = match (head.date, date, head.mentioned) {
            (Some(_), ..) | (None, None, None) => None,
            (None, Some(_), _) => Some("the date given, not one in the text".to_owned()),
            (None, None, Some((date, line))) => {
                guesses.push(Guess::new(line, format!("no date: {date} may be an event's")));
                Some(format!("no date was sure; line {line} names {date}"))
            }
        };
        if head.authors.is_empty() {
            head.authors.extend(options.author.clone());
        }
        let speakers = facts.interviews.names();
        let front = FrontMatter {
            title: &head.title,
            date,
            date_note,
            authors: &head.authors,
            speakers: &speakers,
            chapter: head.chapter,
            source,
        };
        let text = front.compose(&body);
        guesses.sort_by_key(|guess| guess.line);
        ImportedPost {
            path: path(&head.title, source, date, paths),
            text,
            title: head.title,
            date,
            source_lines,
            guesses,
        }
    }
}

/// The part of a sorted slice whose keys lie in a range.
fn within<T>(sorted: &[T], range: Range<usize>, key: impl Fn(&T) -> usize) -> &[T] {
    let start = sorted.partition_point(|one| key(one) < range.start);
    let end = sorted.partition_point(|one| key(one) < range.end);
    &sorted[start..end]
}

/// The lines from the first unit to the last.
fn span(units: &[Unit]) -> RangeInclusive<usize> {
    units[0].first..=units[units.len() - 1].last
}

/// A path that no other post of this import has.
fn path(title: &str, source: &str, date: Option<Date>, paths: &mut HashMap<String, u32>) -> SitePath {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    let slug = [slug(title), slug(stem), "post".to_owned()].into_iter().find(|slug| !slug.is_empty());
    let date = date.map_or_else(String::new, |date| format!("{date}-"));
    let base = format!("{date}{}", slug.expect("the last is not empty"));
    let mut count = paths.get(&base).map_or(1, |count| count + 1);
    let mut name = if count == 1 { base.clone() } else { format!("{base}-{count}") };
    // Another title may end in that number.
    while count > 1 && paths.contains_key(&name) {
        count += 1;
        name = format!("{base}-{count}");
    }
    paths.insert(base, count);
    paths.entry(name.clone()).or_insert(1);
    SitePath::new(&format!("content/posts/{name}.md")).expect("plain characters")
}

fn outcome(post: &ImportedPost, cut: &Cut) -> Outcome {
    let start = *post.source_lines.start();
    let mut notes = Vec::new();
    if !cut.why.is_empty() {
        notes.push(Guess::new(
            start,
            format!("a post begins here, {} points: {}", cut.score, cut.why.join("; ")),
        ));
    }
    notes.extend(post.guesses.iter().cloned());
    Outcome {
        what: post.title.clone(),
        lines: Some(post.source_lines.clone()),
        verdict: Verdict::Imported(post.path.clone()),
        notes,
    }
}
