//! Gives Tera the templates, and reports everything that keeps it from taking them.

use super::Engine;
use super::guard::DEEPEST as NESTED;
use crate::theme::{Tag, plain_name, strings, tags};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, did_you_mean, listed};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use tera::{Error, ErrorKind};

/// Tera finds circles by recursion, so one must not be too long.
const LONGEST_CIRCLE: usize = 500;
/// How deep templates may extend and include each other. Each step takes room on the stack.
const DEEPEST: usize = 24;

/// How many blocks and components a template may have.
const MOST_PARTS: usize = 1000;

/// A template's name in Tera, and the place in it where that is known.
type Location = (String, Option<Span>);

impl Engine {
    pub(super) fn load(&mut self, found: &mut Diagnostics) {
        // Without templates yet this cannot fail.
        let _ = self.tera.set_fallback_prefixes(self.prefixes.clone());
        let problems: Vec<Diagnostic> = self
            .nested_too_deep()
            .into_iter()
            .chain(self.too_many_parts())
            .chain(self.refused())
            .chain(self.too_deep())
            .collect();
        if !problems.is_empty() {
            for problem in problems {
                found.add(problem);
            }
            self.failed = true;
            return;
        }
        let twice = self.components_twice();
        if !twice.is_empty() {
            found.extend(twice);
            self.failed = true;
            return;
        }
        let texts = self.files.iter().map(|(name, file)| (name, &file.guarded.source));
        if let Err(error) = self.tera.add_raw_templates(texts) {
            self.report(&error, found);
            self.failed = true;
        }
    }

    /// Components that one layer defines more than once: it could not be told which is meant.
    fn components_twice(&self) -> Vec<Diagnostic> {
        let mut known: BTreeMap<(usize, &str), (&str, Span)> = BTreeMap::new();
        let mut found = Vec::new();
        for (name, file) in &self.files {
            let text = &*file.text;
            for tag in tags(text).into_iter().filter(|tag| tag.keyword(text) == "component") {
                let Some((component, span)) = component_of(text, &tag) else { continue };
                let (first, there) =
                    *known.entry((self.layer(name), component)).or_insert((name.as_str(), span));
                if (first, there) == (name.as_str(), span) {
                    continue;
                }
                let message = format!("the component `{component}` is defined twice");
                let mut problem = self.at(&message, Some(name), Some(span));
                if let Some(first) = self.files.get(first) {
                    problem = problem.label(&first.path, Some(there), "the other one");
                }
                found.push(problem.hint("rename one of them, or remove it"));
            }
        }
        found
    }

    /// Tera reports all that templates name in vain as one error.
    fn report(&self, error: &Error, found: &mut Diagnostics) {
        let ErrorKind::Msg(reports) = error.kind() else {
            found.add(self.diagnostic(error, None));
            return;
        };
        let mut missing: BTreeMap<(String, String), Vec<Location>> = BTreeMap::new();
        for report in reports.split("\n\nerror: ") {
            let (message, file, span) = self.read_report(report);
            let block = message.strip_prefix("Block `").and_then(|rest| rest.split_once("` is not defined"));
            match (block, &file) {
                (Some((block, _)), Some(name)) => {
                    let root = self.root(name);
                    missing.entry((root, block.to_owned())).or_default().push((name.clone(), span));
                }
                _ => found.add(self.at(&message, file.as_deref(), span).hint_if(self.suggestion(&message))),
            }
        }
        for ((root, block), by) in missing {
            found.add(self.missing_block(&root, &block, &by));
        }
    }

    /// A block that templates fill, and that the one they extend does not have. A template of a higher
    /// layer has misspelled it; where the one that they extend has replaced another, that one lacks it.
    fn missing_block(&self, root: &str, block: &str, by: &[Location]) -> Diagnostic {
        let is_above = |name: &str| self.layer(name) <= self.layer(root);
        let has: BTreeSet<&str> = self.blocks(root);
        let shown = plain_name(root);
        if let Some((name, span)) = by.iter().find(|(name, _)| is_above(name)) {
            let message =
                format!("`{}` fills the block `{block}`, which `{shown}` does not have", plain_name(name));
            let there = listed(has.iter().map(|block| format!("`{block}`")));
            let problem = self.at(&message, Some(name), *span).hint_if(did_you_mean(block, has));
            return problem.hint(format!("its blocks are {there}"));
        }
        let names: BTreeSet<&str> = by.iter().map(|(name, _)| plain_name(name)).collect();
        let shown_names = names.iter().take(3).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let more = match names.len().saturating_sub(3) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message =
            format!("`{shown}` has no block `{block}`, but the theme fills it in {shown_names}{more}");
        let mut problem = self.at(&message, Some(root), None);
        if let Some((name, span)) = by.first()
            && let Some(file) = self.file(name)
        {
            problem = problem.label(&file.path, *span, "filled here");
        }
        problem.hint(format!("add `{{% block {block} %}}{{% endblock {block} %}}` where it is to go")).hint(
            format!("or extend the theme's: `{{% extends \"theme/{shown}\" %}}`, and fill only what differs"),
        )
    }

    /// Number of the layer of a name in Tera; the site's is 0.
    fn layer(&self, name: &str) -> usize {
        self.prefixes.iter().position(|prefix| name.starts_with(prefix)).map_or(0, |index| index + 1)
    }

    /// The template at the end of the chain that one extends.
    fn root(&self, name: &str) -> String {
        let mut name = name.to_owned();
        for _ in 0..DEEPEST {
            match self.names_in(&name, "extends").pop() {
                Some(parent) => name = parent,
                None => break,
            }
        }
        name
    }

    /// Names in Tera of the templates that one extends or includes.
    fn names_in(&self, name: &str, keyword: &str) -> Vec<String> {
        let Some(file) = self.files.get(name) else { return Vec::new() };
        let text = &*file.named;
        let wanted = tags(text).into_iter().filter(|tag| tag.is_block && tag.keyword(text) == keyword);
        wanted
            .flat_map(|tag| strings(text, tag.inside))
            .filter_map(|string| self.resolve(text.get(string)?))
            .collect()
    }

    fn blocks(&self, name: &str) -> BTreeSet<&str> {
        let Some(file) = self.files.get(name) else { return BTreeSet::new() };
        let text = &*file.text;
        let blocks = tags(text).into_iter().filter(|tag| tag.is_block && tag.keyword(text) == "block");
        blocks.filter_map(|tag| text.get(tag.inside)?.split_whitespace().nth(1)).collect()
    }

    /// Tags that stand in each other deeper than Tera can read them.
    fn nested_too_deep(&self) -> Vec<Diagnostic> {
        let deep = self.files.iter().filter_map(|(name, file)| Some((name, file.guarded.too_deep.clone()?)));
        let problem = |(name, place): (&String, Range<usize>)| {
            let message = format!("tags stand in each other more than {NESTED} deep");
            self.at(&message, Some(name), Some(Span::from(place)))
                .hint("every `elif` stands in its `if`; look the value up in a table, or part the chain")
        };
        deep.map(problem).collect()
    }

    /// Templates with more blocks and components than Tera can hold within reason: it keeps each as a program
    /// of its own, with all that it inherits.
    fn too_many_parts(&self) -> Vec<Diagnostic> {
        let parts = |text: &str| -> Vec<Range<usize>> {
            let is_part = |tag: &Tag| tag.is_block && ["block", "component"].contains(&tag.keyword(text));
            tags(text).into_iter().filter(is_part).map(|tag| tag.inside).collect()
        };
        let first_too_many = self.files.iter().filter_map(|(name, file)| {
            parts(&file.text).into_iter().nth(MOST_PARTS).map(|place| (name, place))
        });
        let problem = |(name, place): (&String, Range<usize>)| {
            let message = format!("the template has more than {MOST_PARTS} blocks and components");
            self.at(&message, Some(name), Some(Span::from(place)))
                .hint("write what repeats as a loop, or part the template into several")
        };
        first_too_many.map(problem).collect()
    }

    /// Names of templates that lead out of the folders of templates.
    fn refused(&self) -> Vec<Diagnostic> {
        let mut refused = Vec::new();
        for (name, file) in &self.files {
            let named = tags(&file.text)
                .into_iter()
                .filter(|tag| tag.is_block && ["extends", "include"].contains(&tag.keyword(&file.text)));
            for place in named.flat_map(|tag| strings(&file.text, tag.inside)) {
                let written = file.text.get(place.clone()).unwrap_or("");
                if let Err(error) = SitePath::new(written) {
                    let message = format!("refused: `{written}`: {error}");
                    let problem = self.at(&message, Some(name), Some(Span::from(place)));
                    refused.push(problem.hint("templates are named from the folder `templates/`"));
                }
            }
        }
        refused
    }

    /// Templates that extend and include each other deeper than the stack may go. Circles are left to
    /// Tera, which names them, unless they are as long.
    fn too_deep(&self) -> Option<Diagnostic> {
        let below: BTreeMap<&str, Vec<String>> = self
            .files
            .keys()
            .map(|name| {
                let mut names = self.names_in(name, "extends");
                names.extend(self.names_in(name, "include"));
                (name.as_str(), names)
            })
            .collect();
        // Round by round, what stands on nothing that is left.
        let mut left: BTreeSet<&str> = below.keys().copied().collect();
        for round in 0.. {
            let stands = |name: &str| {
                below.get(name).is_none_or(|names| names.iter().all(|name| !left.contains(name.as_str())))
            };
            let next: BTreeSet<&str> = left.iter().copied().filter(|name| !stands(name)).collect();
            let is_circle = next.len() == left.len();
            if next.is_empty() || (is_circle && left.len() <= LONGEST_CIRCLE) {
                return None;
            }
            if is_circle || round >= DEEPEST {
                break;
            }
            left = next;
        }
        let message = format!("templates extend and include each other more than {DEEPEST} deep");
        Some(self.at(&message, left.first().copied(), None))
    }
}

/// The name of the component that a tag begins, with its place.
fn component_of<'t>(text: &'t str, tag: &Tag) -> Option<(&'t str, Span)> {
    let inside = text.get(tag.inside.clone())?;
    let from = inside.find("component")? + "component".len();
    let rest = inside.get(from..)?;
    let start = from + (rest.len() - rest.trim_start().len());
    let name = inside.get(start..)?.split(|c: char| c == '(' || c.is_whitespace()).next()?;
    let at = tag.inside.start + start;
    (!name.is_empty()).then(|| (name, Span::new(at, at + name.len())))
}
