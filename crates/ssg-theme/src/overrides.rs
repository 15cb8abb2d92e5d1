//! What a site lays over its theme: whole files, or blocks of them.

use crate::origin::Origin;
use crate::site::Site;
use ssg_source::{SitePath, decode};

/// Folders of a site that are laid over its theme.
const FOLDERS: [&str; 4] = ["templates/", "assets/", "static/", "i18n/"];

/// How the site overrides a file of its theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The site's file.
    pub path: SitePath,
    /// The blocks that it overrides, where it extends the theme's file; else it takes its place.
    pub blocks: Option<Vec<String>>,
    /// What it was ejected from, where its first line says so.
    pub origin: Option<Origin>,
}

impl Override {
    /// In words: the whole file, or which blocks.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.blocks {
            None => "whole file".to_owned(),
            Some(blocks) if blocks.is_empty() => "no block".to_owned(),
            Some(blocks) => {
                let names: Vec<String> = blocks.iter().map(|block| format!("`{block}`")).collect();
                let word = if names.len() == 1 { "block" } else { "blocks" };
                format!("{word} {}", names.join(", "))
            }
        }
    }
}

/// How the site overrides a file of its theme, by its path in the theme; `None` where it does not.
#[must_use]
pub fn override_of(site: &Site<'_>, name: &str) -> Option<Override> {
    if !FOLDERS.iter().any(|folder| name.starts_with(folder)) {
        return None;
    }
    let path = SitePath::new(name).ok()?;
    let bytes = site.inputs.read(&path).ok()?;
    let text = decode(&bytes).ok();
    let template = name.strip_prefix("templates/");
    let blocks = template.zip(text.as_deref()).and_then(|(template, text)| {
        extends(text)
            .is_some_and(|parent| parent.strip_prefix("theme/").unwrap_or(&parent) == template)
            .then(|| blocks(text))
    });
    Some(Override { origin: text.as_deref().and_then(Origin::read), path, blocks })
}

/// The template that a text extends.
fn extends(text: &str) -> Option<String> {
    tags(text).find_map(|tag| {
        let rest = tag.strip_prefix("extends")?.trim_start();
        let quote = rest.chars().next().filter(|c| "\"'`".contains(*c))?;
        rest[1..].split(quote).next().map(str::to_owned)
    })
}

/// Names of the blocks that a text fills, in their order.
pub(crate) fn blocks(text: &str) -> Vec<String> {
    tags(text)
        .filter_map(|tag| tag.strip_prefix("block "))
        .filter_map(|rest| rest.split_whitespace().next())
        .map(|name| name.trim_end_matches(['-', '%', '}']).to_owned())
        .collect()
}

/// The insides of `{% … %}`, trimmed; comments are no tags.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let open = rest.find('{')?;
            rest = &rest[open..];
            if let Some(comment) = rest.strip_prefix("{#") {
                rest = comment.find("#}").map_or("", |end| &comment[end + 2..]);
            } else if let Some(tag) = rest.strip_prefix("{%") {
                let end = tag.find("%}").unwrap_or(tag.len());
                rest = &tag[end..];
                return Some(tag[..end].trim_matches('-').trim());
            } else {
                rest = &rest[1..];
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_and_comments_are_not() {
        let text = "{#- {% block no %} -#}\n{%- extends 'theme/index.html' -%}\n{% block main -%}x{% endblock main %}\
                    {%block  next%}{% endblock %}{{ blocks }}";
        assert_eq!(extends(text).as_deref(), Some("theme/index.html"));
        assert_eq!(blocks(text), ["main", "next"]);
        assert_eq!(blocks("{% block a %}{% block b %}"), ["a", "b"]);
    }
}
