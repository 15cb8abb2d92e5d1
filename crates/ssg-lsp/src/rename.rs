//! A term gets another name: on its page, and in every header that names it.
//!
//! Only the names are replaced, each in the quotation marks that it has, so remarks, order and the way in which lists
//! are written stay. The page keeps its address, by a `slug` where it has none. Spellings that the term's page lists keep leading to it and are left; so is the name of its file.

use crate::completion::is_plain_yaml;
use crate::references::{Spot, mentions};
use crate::site::Known;
use crate::text::Text;
use ssg_parse::{Format, FrontMatter, Spanned};
use ssg_source::{SitePath, Span};
use ssg_taxonomy::{TermId, identity, term_slug};

/// Longest name, in bytes.
const LONGEST: usize = 200;

/// What is put in the place of what.
pub type Edit = (Spot, String);

/// The edits that give a term another name; `text` gives the text of a file as it is now.
///
/// # Errors
/// When the name is none, or another term's, or a header has a form in which it cannot be replaced: what to tell.
pub fn rename(
    known: &Known,
    id: TermId,
    new: &str,
    text: &dyn Fn(&SitePath) -> Option<Text>,
) -> Result<Vec<Edit>, String> {
    let new = new.trim();
    if new.is_empty() || new.len() > LONGEST || new.chars().any(char::is_control) {
        return Err(format!("a name has from 1 to {LONGEST} bytes on one line"));
    }
    let site = &known.site;
    let term = site.term(id);
    let taxonomy = &site.taxonomies[usize::from(id.taxonomy)];
    if new.contains(',') {
        return Err("a name has no comma: one text with commas is several terms".to_owned());
    }
    if let Some(other) = taxonomy.find(new).filter(|other| *other != id.term) {
        let other = &taxonomy.terms[other as usize].name;
        return Err(format!("`{new}` is a name of `{other}`; terms cannot be made one by a new name"));
    }
    let mut edits = Vec::new();
    let page_file = |page| site.page(page).source.clone();
    let pages = term.page.into_iter().chain(term.languages.iter().filter_map(|local| local.page));
    let mut own: Vec<SitePath> = pages.map(page_file).collect();
    own.sort();
    own.dedup();
    for file in &own {
        let Some(document) = known.document(file) else { continue };
        match &document.front.title {
            // A translation may have a name of its own.
            Some(title) if identity(&title.value) == identity(&term.name) => {
                edits.push(edit(file, title, document.front.format, new, text)?);
                edits.extend(kept_slug(file, title, &document.front, (&term.slug, new), text));
            }
            Some(_) => {}
            None => return Err(format!("{file} has no `title`: write one into its header first")),
        }
    }
    let listed = listed(known, &own);
    for (file, document) in &known.documents {
        for written in mentions(known, id, &document.front) {
            let (entry, shown) = match document.front.named_by(written) {
                // The id stays, and the name beside it is another one.
                Some(named) => (Spanned::new(named.name.clone(), named.span), true),
                None => (written.clone(), false),
            };
            let folded = identity(&entry.value);
            let is_file = taxonomy.files.contains_key(entry.value.trim()) && folded != identity(&term.name);
            if !listed.contains(&folded) && (shown || !is_file) && entry.value != new {
                edits.push(edit(file, &entry, document.front.format, new, text)?);
            }
        }
    }
    edits.sort();
    edits.dedup();
    Ok(edits)
}

/// A line below the title that keeps the address of a term's page, which follows from its name otherwise.
fn kept_slug(
    file: &SitePath,
    title: &Spanned<String>,
    front: &FrontMatter,
    (slug, new): (&str, &str),
    text: &dyn Fn(&SitePath) -> Option<Text>,
) -> Option<Edit> {
    if front.slug.is_some() || front.path.is_some() || term_slug(new) == slug {
        return None;
    }
    let text = text(file)?;
    let text = text.as_str();
    let (start, end) = (title.span.range().start, title.span.range().end);
    let line = text.get(..start)?.rfind('\n').map_or(0, |end| end + 1);
    // A header in brackets has no lines of its own.
    if !text.get(line..start)?.to_ascii_lowercase().starts_with("title") {
        return None;
    }
    let end = text.get(end..)?.find('\n').map(|length| end + length)?;
    let line = match front.format? {
        Format::Yaml => format!("\nslug: {slug}"),
        Format::Toml => format!("\nslug = \"{slug}\""),
        Format::Json => return None,
    };
    Some((Spot { file: file.clone(), span: Span::at(end) }, line))
}

/// What the other spellings that pages list are equal to.
fn listed(known: &Known, pages: &[SitePath]) -> Vec<String> {
    let fronts = pages.iter().filter_map(|file| known.document(file)).map(|document| &document.front);
    let all = fronts.flat_map(|front| front.aliases.iter().chain(&front.former_names));
    all.map(|spelling| identity(&spelling.value)).collect()
}

/// The edit that replaces one entry.
fn edit(
    file: &SitePath,
    entry: &Spanned<String>,
    format: Option<Format>,
    new: &str,
    text: &dyn Fn(&SitePath) -> Option<Text>,
) -> Result<Edit, String> {
    let text = text(file).ok_or_else(|| format!("{file} cannot be read"))?;
    let written = entry.span.slice(text.as_str());
    let spot = |span| Spot { file: file.clone(), span };
    let form = || {
        let line = text.position(entry.span.range().start).line + 1;
        format!(
            "{file}:{line}: `{}` is written in a form that cannot be replaced, or the file has just changed",
            entry.value
        )
    };
    let escaped = || new.replace('\\', "\\\\").replace('"', "\\\"");
    let is_in = |mark: char| written.len() >= 2 && written.starts_with(mark) && written.ends_with(mark);
    if is_in('"') && !written.starts_with("\"\"\"") {
        return Ok((spot(entry.span), format!("\"{}\"", escaped())));
    }
    if is_in('\'') && !written.starts_with("'''") {
        let replaced = match format {
            _ if !new.contains('\'') => format!("'{new}'"),
            Some(Format::Yaml) => format!("'{}'", new.replace('\'', "''")),
            _ => format!("\"{}\"", escaped()),
        };
        return Ok((spot(entry.span), replaced));
    }
    let start = entry.span.range().start;
    // Within quotation marks that the span leaves out, or as a part of a text with commas.
    let inner = if written == entry.value {
        entry.span
    } else {
        let mut found = written.match_indices(entry.value.as_str());
        let (Some((at, _)), None) = (found.next(), found.next()) else { return Err(form()) };
        Span::new(start + at, start + at + entry.value.len())
    };
    let before = text.as_str()[..inner.range().start].chars().next_back();
    match before {
        Some('"') => Ok((spot(inner), escaped())),
        Some('\'') if !new.contains('\'') => Ok((spot(inner), new.to_owned())),
        _ if format == Some(Format::Yaml) && inner == entry.span && is_plain_yaml(new) => {
            Ok((spot(inner), new.to_owned()))
        }
        _ if format == Some(Format::Yaml) && inner == entry.span => {
            Ok((spot(inner), format!("\"{}\"", escaped())))
        }
        _ if inner != entry.span && !new.contains([',', '"', '\'', ':', '#']) => {
            Ok((spot(inner), new.to_owned()))
        }
        _ => Err(form()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_parse::{ParseOptions, parse_document};

    /// Headers that name `Chef`, and nothing else of that name.
    const FORMS: &[&str] = &[
        "---\ntools: [Chef, Git] # a\ntitle: x\n---\n",
        "---\ntools: [ \"Chef\", 'Git' ]\n---\n",
        "---\ntools:\n  - 'Chef' # a\n  - Git\n---\n",
        "---\ntools:\n- Chef\n- Git\n---\n",
        "---\ntools: Chef\n---\n",
        "---\ntools: \"Chef\"\n---\n",
        "+++\ntools = [\"Chef\", 'Git'] # a\n+++\n",
        "+++\ntools = [\n  'Chef',\n]\n+++\n",
        "+++\ntools = \"Chef\"\n[extra]\na = \"Chef\"\n+++\n",
        "+++\n[taxonomies]\ntools = [\"Git\", \"Chef\"]\n+++\n",
        "{\n  \"tools\": [\"Chef\", \"Git\"]\n}\n",
    ];
    const NAMES: &[&str] = &[
        "Chef Infra",
        "yes",
        "a: b",
        "- x",
        "Let's Encrypt",
        "# no",
        "say \"hi\"",
        "[x]",
        "1.0",
        "null",
        "é \u{1f680}",
        "a\\b",
        ".NET",
        "C#",
        "it's \"both\"",
    ];

    fn tools(path: &SitePath, text: &str) -> (Vec<Spanned<String>>, Option<Format>) {
        let options = ParseOptions { taxonomies: vec!["tools".to_owned()], ..ParseOptions::default() };
        let (document, _) = parse_document(path, text.as_bytes(), &options);
        (document.front.terms("tools").to_vec(), document.front.format)
    }

    #[test]
    fn a_name_is_read_as_it_was_meant_in_every_form_of_a_header() {
        let path = SitePath::new("content/x.md").expect("valid");
        for form in FORMS {
            for name in NAMES {
                let (before, format) = tools(&path, form);
                let entry = before.iter().find(|one| one.value == "Chef").expect("it is there");
                let text = Text::new(form);
                let (spot, new) =
                    edit(&path, entry, format, name, &|_| Some(text.clone())).expect("it can be");
                let mut after = (*form).to_owned();
                after.replace_range(spot.span.range(), &new);
                let expected: Vec<&str> = before
                    .iter()
                    .map(|one| if one.value == "Chef" { name } else { one.value.as_str() })
                    .collect();
                let (read, _) = tools(&path, &after);
                let read: Vec<&str> = read.iter().map(|one| one.value.as_str()).collect();
                assert_eq!(read, expected, "{after}");
                assert_eq!(after.matches("# a").count(), form.matches("# a").count(), "remarks stay");
            }
        }
    }

    #[test]
    fn a_form_that_cannot_be_replaced_is_told_with_its_place() {
        let path = SitePath::new("content/x.md").expect("valid");
        let text = Text::new("---\ntools: >\n  Chef\n  Infra\n---\n");
        let (before, format) = tools(&path, text.as_str());
        let refused =
            edit(&path, &before[0], format, "x", &|_| Some(text.clone())).expect_err("it is refused");
        assert!(refused.starts_with("content/x.md:3: "), "{refused}");
        let gone = edit(&path, &before[0], format, "x", &|_| Some(Text::new("---\n---\n")));
        assert!(gone.is_err());
    }
}
