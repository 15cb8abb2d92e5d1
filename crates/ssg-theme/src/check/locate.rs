//! Finds the place in a template that a tag of an output came from.
//!
//! A template's tag is text with gaps, where `{{ … }}` and `{% … %}` stand. A tag of the output is
//! from the template whose tag fits it with the most text in common, in it and then around it; where
//! two fit as well, it is not told.

use ssg_source::{SitePath, Span};
use std::cmp::Ordering;
use std::sync::Arc;

/// The tags of all templates of a theme.
pub(super) struct Tags {
    files: Vec<(SitePath, Arc<str>)>,
    tags: Vec<TemplateTag>,
}

struct TemplateTag {
    file: usize,
    span: Span,
    /// Texts between the gaps; the first begins the tag, the last ends it.
    texts: Vec<String>,
    /// Bytes of all texts.
    weight: usize,
}

/// Longest tag that is looked at, in bytes.
const LONGEST: usize = 4_096;
/// How far around a tag it is compared with its template, in bytes.
const NEAR: usize = 200;

impl Tags {
    pub(super) fn new(files: Vec<(SitePath, Arc<str>)>) -> Self {
        let mut tags = Vec::new();
        for (number, (_, text)) in files.iter().enumerate() {
            read_tags(number, text, &mut tags);
        }
        Self { files, tags }
    }

    /// Where a tag of an output comes from; `at` is its place in `page`.
    pub(super) fn find(&self, page: &str, at: Span) -> Option<(&SitePath, &Arc<str>, Span)> {
        let (start, end) = (at.start as usize, at.end as usize);
        let (before, tag, after) = (page.get(..start)?, page.get(start..end)?, page.get(end..)?);
        let mut best: Option<(&TemplateTag, (usize, usize))> = None;
        let mut is_alone = false;
        for one in self.tags.iter().filter(|one| fits(&one.texts, tag)) {
            let score = (one.weight, self.shared(one, before, after));
            match best.map_or(Ordering::Greater, |(_, known)| score.cmp(&known)) {
                Ordering::Greater => (best, is_alone) = (Some((one, score)), true),
                Ordering::Equal => is_alone = false,
                Ordering::Less => {}
            }
        }
        let (tag, _) = best.filter(|_| is_alone)?;
        let (path, text) = self.files.get(tag.file)?;
        Some((path, text, tag.span))
    }

    /// How many bytes around a tag are the same in its template and in the page.
    fn shared(&self, tag: &TemplateTag, before: &str, after: &str) -> usize {
        let Some((_, text)) = self.files.get(tag.file) else { return 0 };
        let (start, end) = (tag.span.start as usize, tag.span.end as usize);
        let (own_before, own_after) = (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
        let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| {
            pairs.take(NEAR).take_while(|(one, other)| one == other).count()
        };
        same(&mut own_before.bytes().rev().zip(before.bytes().rev()))
            + same(&mut own_after.bytes().zip(after.bytes()))
    }
}

/// Whether a text is these texts with anything between them.
fn fits(texts: &[String], tag: &str) -> bool {
    let (Some((first, rest)), true) = (texts.split_first(), tag.len() <= LONGEST) else { return false };
    let Some((last, middle)) = rest.split_last() else { return first == tag };
    let Some(mut left) = tag.strip_prefix(first.as_str()).and_then(|left| left.strip_suffix(last.as_str()))
    else {
        return false;
    };
    for text in middle {
        match left.find(text.as_str()) {
            Some(at) => left = &left[at + text.len()..],
            None => return false,
        }
    }
    true
}

/// Adds the tags of a template.
fn read_tags(file: usize, text: &str, tags: &mut Vec<TemplateTag>) {
    let mut at = 0;
    while let Some(next) = text[at..].find(['<', '{']).map(|next| at + next) {
        if let Some(end) = skip_braces(text, next) {
            at = end;
            continue;
        }
        let named = text[next + 1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        match (text.as_bytes()[next] == b'<' && named).then(|| read_tag(text, next)).flatten() {
            Some((texts, end)) => {
                let weight = texts.iter().map(String::len).sum();
                tags.push(TemplateTag { file, span: Span::new(next, end), texts, weight });
                at = end;
            }
            None => at = next + 1,
        }
    }
}

/// The texts of the tag that begins here, and where it ends.
fn read_tag(text: &str, start: usize) -> Option<(Vec<String>, usize)> {
    let mut texts = vec![String::new()];
    // Inside `{% if … %}` and the like what is between may be missing: all of it is one gap.
    let mut depth = 0_usize;
    let mut at = start;
    while at < text.len() && at - start < LONGEST {
        if let Some(end) = skip_braces(text, at) {
            let word = text.get(at + 2..end)?.trim_start_matches(['-', ' ', '\t', '\n']);
            if text[at..].starts_with("{%") {
                if ["if", "for", "set ", "block", "filter"].iter().any(|open| word.starts_with(open))
                    && !word.contains('=')
                {
                    depth += 1;
                } else if word.starts_with("end") {
                    depth = depth.saturating_sub(1);
                } else if word.starts_with("if") || word.starts_with("for") {
                    depth += 1;
                }
            }
            if texts.last().is_some_and(|last| !last.is_empty()) || texts.len() == 1 {
                texts.push(String::new());
            }
            at = end;
            continue;
        }
        let c = text[at..].chars().next()?;
        if depth == 0 {
            texts.last_mut()?.push(c);
        }
        at += c.len_utf8();
        if c == '>' && depth == 0 {
            return Some((texts, at));
        }
    }
    None
}

/// The end of `{{ … }}`, `{% … %}` or `{# … #}`, where one begins here.
fn skip_braces(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let close = match rest.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        "{#" => "#}",
        _ => return None,
    };
    Some(rest.find(close).map_or(text.len(), |end| at + end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(template: &str, tag: &str) -> Option<String> {
        found_in(template, tag, Span::new(0, tag.len()))
    }

    fn found_in(template: &str, page: &str, tag: Span) -> Option<String> {
        let path = SitePath::new("templates/x.html").expect("valid");
        let tags = Tags::new(vec![(path, template.into())]);
        let (_, text, span) = tags.find(page, tag)?;
        text.get(span.start as usize..span.end as usize).map(str::to_owned)
    }

    #[test]
    fn gaps_hold_anything() {
        let template = "{# <img src=\"x\"> #}<p>{{ <rb.row c={c} /> }}</p><img src=\"{{ s.logo | url }}\"{% if a > b %} \
                        width=\"1\"{% endif %}><a href=\"{{ x }}\">y</a><a href=\"/fixed/\">";
        let image = "<img src=\"{{ s.logo | url }}\"{% if a > b %} width=\"1\"{% endif %}>";
        assert_eq!(found(template, "<img src=\"/a.png\">").as_deref(), Some(image));
        assert_eq!(found(template, "<img src=\"/a.png\" width=\"1\">").as_deref(), Some(image));
        assert_eq!(found(template, "<a href=\"/b/\">").as_deref(), Some("<a href=\"{{ x }}\">"));
        assert_eq!(found(template, "<a href=\"/fixed/\">").as_deref(), Some("<a href=\"/fixed/\">"));
        assert_eq!(found(template, "<b>"), None);
        assert_eq!(found("<b>1</b><b>2</b>", "<b>"), None, "one of two cannot be told");
        assert!(found_in("<i><b>{{ x }}</b></i><p><b>", "<p><b>", Span::new(3, 6)).is_some());
        assert_eq!(found("<h{{ n }} id=\"a\">", "<h3 id=\"a\">").as_deref(), Some("<h{{ n }} id=\"a\">"));
    }

    #[test]
    fn what_does_not_end_is_passed_over() {
        for template in ["<", "<a", "<a href=\"{{ x", "{% if", "{{", "<ä>", "<a {% if x %}>"] {
            assert_eq!(found(template, "<b>"), None, "{template}");
        }
    }
}
