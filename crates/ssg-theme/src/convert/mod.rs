//! `ssg theme convert`: a theme of Zola's as a theme of ours, as far as it goes.
//!
//! Templates are taken apart into tags and words ([`tokens`]); what has another name or another form here is
//! written so ([`expression`], [`names`]), and what has no counterpart stays, with its line and what to do.
//! Macros become components, which need no import. Files of `static/` and `sass/` become assets.

mod expression;
mod manifest;
mod names;
mod template;
#[cfg(test)]
mod tests;
mod tokens;

pub use template::Leftover;

use crate::fetched::Files;
use crate::install::{Installer, taken};
use crate::name::check_name;
use crate::site::Site;
use expression::Known;
use names::{TEMPLATES, WITHOUT};
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, SitePath, codes, decode};
use std::collections::BTreeMap;

/// Largest file of a theme, in bytes, and most of them.
const LARGEST: usize = 8 << 20;
const MOST: usize = 2_000;
/// Files that say on what terms a theme may be used: they go with it.
const LICENSES: &[&str] = &["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING"];
/// Templates that a theme must have.
const NEEDED: &[&str] = &["base.html", "page.html", "section.html", "404.html"];

/// What became of a theme.
#[derive(Clone, Debug, Default)]
pub struct Converted {
    /// Files that were written, below the site's folder.
    pub files: Vec<String>,
    /// What is left to a person, by file and line.
    pub left: Vec<Leftover>,
    /// Files of the source that were not taken, and why.
    pub skipped: Vec<(String, String)>,
}

/// Makes `themes/NAME` of a folder with a theme, or a site, of Zola's.
///
/// # Errors
/// When the name cannot be one, the folder is there, or the source holds no templates.
pub fn convert(
    site: &Site<'_>,
    source: &dyn Inputs,
    name: &str,
    found: &mut Diagnostics,
) -> Result<Converted, Diagnostic> {
    check_name(name)?;
    if site.root.join("themes").join(name).exists() {
        return Err(taken(name).hint("choose another name with `--name`, or remove that folder first"));
    }
    let (files, mut converted) = converted(source, name, site.inputs.version(), found)?;
    Installer::new(site.root)?.put(name, &files)?;
    converted.files = files.into_keys().map(|path| format!("themes/{name}/{path}")).collect();
    Ok(converted)
}

fn converted(
    source: &dyn Inputs,
    name: &str,
    version: &str,
    found: &mut Diagnostics,
) -> Result<(Files, Converted), Diagnostic> {
    let mut converted = Converted::default();
    let mut paths: Vec<SitePath> =
        source.list(&SitePath::root(), found).into_iter().map(|entry| entry.path).collect();
    paths.retain(|path| !path.parts().any(ssg_source::is_leftover));
    paths.sort();
    if !paths.iter().any(|path| path.below("templates").is_some()) {
        let message = "there are no templates in this folder";
        return Err(Diagnostic::error(codes::THEME_IO, message)
            .class(Class::Usage)
            .hint("name the folder of a theme, or of a site, that holds `templates/`"));
    }
    if paths.len() > MOST {
        let message = format!("the folder holds more than {MOST} files");
        return Err(Diagnostic::error(codes::THEME_IO, message).class(Class::Usage));
    }
    let assets = paths.iter().filter_map(|path| asset(path.as_str()));
    let templates = paths.iter().filter_map(|path| Some(template_name(path.below("templates")?)));
    let mut known = Known { assets: assets.collect(), templates: templates.collect(), ..Known::default() };
    let mut files = Files::new();
    for path in &paths {
        let text = path.as_str();
        let target = if let Some(template) = path.below("templates") {
            if WITHOUT.contains(&template) {
                skip(&mut converted, text, "the program writes this by itself");
                continue;
            }
            format!("templates/{}", template_name(template))
        } else if let Some((_, asset)) = asset(text) {
            format!("assets/{asset}")
        } else if text == "theme.toml" {
            continue;
        } else if LICENSES.contains(&text) {
            text.to_owned()
        } else {
            skip(&mut converted, text, "it is no part of a theme");
            continue;
        };
        let (bytes, length) = match source.read_start(path, LARGEST) {
            Ok(read) => read,
            Err(error) => {
                found.add(error.diagnostic(path));
                continue;
            }
        };
        if length > bytes.len() as u64 {
            skip(&mut converted, text, "it is over 8 MiB");
            continue;
        }
        let is_template =
            target.starts_with("templates/") && has_end(&target, &["html", "xml", "txt", "json"]);
        let bytes = match decode(&bytes) {
            Ok(text) if is_template => {
                known.own = template::namespace(&target);
                known.imports.clear();
                for variables in [&mut known.feeds, &mut known.terms, &mut known.all_terms] {
                    variables.clear();
                }
                known.is_list_of_terms =
                    target.ends_with("-index.html") || target == "templates/taxonomy.html";
                let (text, left) = template::convert(&text, &target, &mut known);
                converted.left.extend(left);
                text.into_bytes()
            }
            _ => bytes.to_vec(),
        };
        if files.insert(target.clone(), bytes).is_some() {
            skip(&mut converted, text, &format!("another template is `{target}` too; see which you want"));
        }
    }
    let used = used_options(&files);
    let (manifest, left) = manifest::convert(source, name, version, &used, found);
    converted.left.extend(left);
    files.insert("theme.toml".to_owned(), manifest.into_bytes());
    if files.contains_key("templates/index.html") {
        // Themes of Zola's often build everything on the home page's template, and know two taxonomies.
        let lists = [("term.html", "categories-term.html"), ("taxonomy.html", "categories-index.html")];
        for (needed, like) in NEEDED.iter().map(|needed| (*needed, "index.html")).chain(lists) {
            let like = if files.contains_key(&format!("templates/{like}")) { like } else { "index.html" };
            files
                .entry(format!("templates/{needed}"))
                .or_insert_with(|| format!("{{% extends \"{like}\" %}}\n").into_bytes());
        }
    }
    for needed in NEEDED.iter().filter(|needed| !files.contains_key(&format!("templates/{needed}"))) {
        converted.left.push(Leftover {
            file: format!("templates/{needed}"),
            line: 0,
            what: "missing".to_owned(),
            hint: "every theme has one: write it, or add `extends = \"runbook\"` to `theme.toml`".to_owned(),
        });
    }
    Ok((files, converted))
}

/// The options that templates name, and whether one is looped over.
fn used_options(files: &Files) -> BTreeMap<String, bool> {
    let mut used = BTreeMap::new();
    for text in files.iter().filter(|(path, _)| path.starts_with("templates/")).map(|(_, bytes)| bytes) {
        let text = String::from_utf8_lossy(text);
        for (at, _) in text.match_indices("options.") {
            let rest = text.get(at + "options.".len()..).unwrap_or_default();
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let before = text.get(..at).unwrap_or_default();
            let is_own = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
            if let Some(name) = rest.get(..end).filter(|name| !name.is_empty() && is_own) {
                *used.entry(name.to_owned()).or_default() |= before.trim_end().ends_with(" in");
            }
        }
    }
    used
}

fn skip(converted: &mut Converted, file: &str, why: &str) {
    converted.skipped.push((file.to_owned(), why.to_owned()));
}

/// The name here of a template.
fn template_name(theirs: &str) -> String {
    let own = theirs.split_once("/templates/").map_or(theirs, |(_, name)| name);
    TEMPLATES.iter().find(|(name, _)| *name == own).map_or(own, |(_, ours)| ours).to_owned()
}

/// The name under which Zola serves a file of `static/` or `sass/`, and that among the assets here.
fn asset(path: &str) -> Option<(String, String)> {
    if let Some(file) = path.strip_prefix("static/") {
        return Some((file.to_owned(), file.to_owned()));
    }
    let file = path.strip_prefix("sass/")?;
    let served = match file.rsplit_once('.') {
        Some((stem, "scss" | "sass")) => format!("{stem}.css"),
        _ => file.to_owned(),
    };
    Some((served, file.to_owned()))
}

fn has_end(file: &str, ends: &[&str]) -> bool {
    file.rsplit_once('.').is_some_and(|(_, end)| ends.contains(&end))
}
