//! Sites that name no theme and were made for the one that such sites had before.
//!
//! What they override and set is looked for in the former theme alone. It is one error that says how to keep it,
//! in place of a look that nobody meant.

use super::files::{DEFAULT, Files, QUIET};
use super::tags::{Tag, tags};
use super::{Template, plain_name, prefix};
use ssg_parse::{Config, Value};
use ssg_source::{Class, Diagnostic, SitePath, Span, codes};
use std::collections::BTreeSet;

/// Says that a site was made for the former theme, where it names none and has options, blocks or components that only
/// that one has.
pub(super) fn check(config: &Config, templates: &[Template]) -> Option<Diagnostic> {
    if config.theme.is_some() {
        return None;
    }
    let (place, span, what) = of_options(config).or_else(|| of_templates(templates))?;
    Some(
        Diagnostic::error(
            codes::THEME_FORMER,
            format!("{what} is of the theme `{QUIET}`, and this site names no theme"),
        )
        .class(Class::Usage)
        .in_file(&place)
        .at(span)
        .hint(format!("write `theme = \"{QUIET}\"` in ssg.toml to keep the look that it had"))
        .hint(format!("without a name a site has the theme `{DEFAULT}`")),
    )
}

type Found = (SitePath, Span, String);

/// An option of the site that only the former theme has.
fn of_options(config: &Config) -> Option<Found> {
    let Some(Value::Table(fields)) = &config.theme_options else { return None };
    let only = difference(|text| {
        let names = text.lines().filter_map(|line| line.strip_prefix("[options.")?.strip_suffix(']'));
        names.map(str::to_owned).collect()
    });
    let field = fields.iter().find(|field| only.contains(&field.key))?;
    Some((SitePath::new("ssg.toml").ok()?, field.key_span, format!("the option `{}`", field.key)))
}

/// A block or a component in a template of the site that only the former theme has.
fn of_templates(templates: &[Template]) -> Option<Found> {
    let lowest = prefix(0);
    let own: Vec<&Template> = templates
        .iter()
        .filter(|template| format!("{lowest}{}", plain_name(&template.name)) == template.name)
        .collect();
    if own.is_empty() {
        return None;
    }
    let base = own.iter().find(|template| plain_name(&template.name) == "base.html");
    if let Some(base) = base.filter(|base| fits(&base.text, QUIET) && !fits(&base.text, DEFAULT)) {
        return Some((base.path.clone(), Span::at(0), "this `base.html`".to_owned()));
    }
    let only = difference(|text| named(text).into_iter().map(|(name, _)| name).collect());
    own.into_iter().find_map(|template| {
        let (name, span) = named(&template.text).into_iter().find(|(name, _)| only.contains(name))?;
        Some((template.path.clone(), span, format!("`{name}`")))
    })
}

/// The names of blocks, and of components that are called, with their places.
fn named(text: &str) -> Vec<(String, Span)> {
    let place = |name: &str| {
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        (name.to_owned(), Span::from(start..start + name.len()))
    };
    let name_of = |tag: &Tag| {
        let inside = text.get(tag.inside.clone())?.trim_start();
        let rest = if tag.is_block { inside.strip_prefix("block ")? } else { inside.strip_prefix('<')? };
        let rest = rest.trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "_.-".contains(c))).unwrap_or(rest.len());
        Some(&rest[..end]).filter(|name| !name.is_empty())
    };
    tags(text).iter().filter_map(name_of).map(place).collect()
}

/// Whether a `base.html` has all blocks that the one of a theme has.
fn fits(base: &str, theme: &str) -> bool {
    let blocks = |text: &str| -> BTreeSet<String> { named(text).into_iter().map(|(name, _)| name).collect() };
    let own = blocks(base);
    let of_theme = Files::built_in(theme).only(|name| name == "templates/base.html");
    let theirs: BTreeSet<String> = of_theme.texts().flat_map(|text| blocks(&text)).collect();
    // Components are called in a base, and need not be.
    theirs.iter().filter(|name| !name.contains('.')).all(|name| own.contains(name))
}

/// What the former theme names and the one of today does not.
fn difference(names: impl Fn(&str) -> BTreeSet<String>) -> BTreeSet<String> {
    let all = |theme: &str| -> BTreeSet<String> {
        Files::built_in(theme).texts().flat_map(|text| names(&text)).collect()
    };
    all(QUIET).difference(&all(DEFAULT)).cloned().collect()
}
