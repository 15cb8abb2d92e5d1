//! `ssg theme show`: what a theme is, what it can be told, and what a site overrides of it.

use crate::list::{origin, pin_of, plain, short};
use crate::overrides::{Override, override_of};
use crate::site::Site;
use crate::stack::{Stack, bytes_of};
use serde_json::{Value, json};
use ssg_render::{ThemeOption, ThemeSource, folder_hash};
use ssg_source::{Diagnostic, Diagnostics};
use std::fmt::Write;

/// All there is to say of a theme.
#[derive(Debug)]
pub struct Shown {
    facts: Vec<(&'static str, String)>,
    options: Vec<(ThemeOption, Option<Value>)>,
    /// Folder, name in the folder, theme that it is of.
    files: Vec<(&'static str, String, String)>,
    overrides: Vec<(String, Override, bool)>,
}

const FOLDERS: [(&str, &str); 4] =
    [("templates", "templates/"), ("assets", "assets/"), ("static", "static/"), ("texts", "i18n/")];

/// Looks at a theme; what is wrong with its manifest goes to `found`.
///
/// # Errors
/// When there is no such theme.
pub fn show(site: &Site<'_>, name: &str, found: &mut Diagnostics) -> Result<Shown, Diagnostic> {
    let source = site.find(name)?;
    let stack = Stack::new(&*site.inputs, &source, found);
    let is_used = source == *site.theme;
    let set = |option: &ThemeOption| {
        let values = site.config.theme_options.as_ref().filter(|_| is_used)?;
        values.get(&option.name).map(|node| node.value.to_json())
    };
    let options = stack.options().into_iter().map(|option| (set(&option), option));
    let mut files = Vec::new();
    let mut overrides = Vec::new();
    for file in stack.files() {
        for (kind, folder) in FOLDERS {
            if let Some(below) = file.name.strip_prefix(folder) {
                files.push((kind, below.to_owned(), file.theme.clone()));
            }
        }
        if let Some(by) = override_of(site, &file.name).filter(|_| is_used) {
            let bytes = bytes_of(&*site.inputs, &file.path);
            let is_old = by.origin.as_ref().zip(bytes).is_some_and(|(origin, bytes)| !origin.is_of(&bytes));
            overrides.push((file.name, by, is_old));
        }
    }
    Ok(Shown {
        facts: facts(site, &source, &stack),
        options: options.map(|(value, option)| (option, value)).collect(),
        files,
        overrides,
    })
}

fn facts(site: &Site<'_>, source: &ThemeSource, stack: &Stack) -> Vec<(&'static str, String)> {
    let pin = pin_of(site, source);
    let mut facts = vec![("from", origin(source, pin))];
    if let Some(manifest) = stack.manifest() {
        let own = [
            ("name", manifest.name.clone()),
            ("description", manifest.description.clone()),
            ("license", manifest.license.clone()),
            ("author", manifest.author.clone()),
            ("homepage", manifest.homepage.clone()),
            ("min_version", manifest.min_version.as_ref().map(|version| version.value.clone())),
            ("api", manifest.api.as_ref().map(|api| api.value.to_string())),
        ];
        facts.splice(0..0, own.into_iter().filter_map(|(name, fact)| fact.map(|fact| (name, fact))));
    }
    let parents: Vec<&str> = stack.names().into_iter().skip(1).collect();
    if !parents.is_empty() {
        facts.push(("extends", parents.join(" → ")));
    }
    if let (Some(pin), ThemeSource::Folder(dir)) = (pin, source) {
        facts.push(("commit", pin.commit.clone()));
        let is_same = folder_hash(&*site.inputs, dir).as_deref() == Some(pin.hash.value.as_str());
        facts.push((
            "files",
            if is_same { "as they were fetched" } else { "changed since they were fetched" }.to_owned(),
        ));
    }
    facts
}

impl Shown {
    /// For people.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (name, fact) in &self.facts {
            // Writing to a text cannot fail.
            let _ = writeln!(out, "{name:<12} {}", plain(fact));
        }
        if !self.options.is_empty() {
            out.push_str("\noptions, under [theme.options]\n");
        }
        for (option, value) in &self.options {
            let default = option.default.as_ref().map_or(Value::Null, |node| node.value.to_json());
            let set = value.as_ref().map_or_else(String::new, |value| format!(", here {value}"));
            let _ = writeln!(
                out,
                "  {}: {}, by default {default}{set}",
                plain(&option.name),
                plain(&kind(option))
            );
            if let Some(help) = &option.help {
                let _ = writeln!(out, "      {}", plain(help));
            }
        }
        for (kind, _) in FOLDERS {
            let files: Vec<_> = self.files.iter().filter(|(known, ..)| *known == kind).collect();
            if files.is_empty() {
                continue;
            }
            let _ = writeln!(out, "\n{kind}");
            for (_, name, theme) in files {
                let _ = writeln!(out, "  {:<34} {theme}", plain(name));
            }
        }
        if !self.overrides.is_empty() {
            out.push_str("\noverridden by this site\n");
        }
        for (name, by, is_old) in &self.overrides {
            let note = match &by.origin {
                Some(origin) if *is_old => {
                    format!(", ejected at {}; the theme's has changed since", short(&origin.version))
                }
                Some(origin) => format!(", ejected at {}", short(&origin.version)),
                None => String::new(),
            };
            let _ = writeln!(out, "  {name}: {}{}", by.words(), plain(&note));
        }
        out
    }

    /// For programs.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let facts: serde_json::Map<String, Value> =
            self.facts.iter().map(|(name, fact)| ((*name).to_owned(), fact.as_str().into())).collect();
        let options: Vec<Value> = self
            .options
            .iter()
            .map(|(option, value)| {
                json!({
                    "name": option.name,
                    "type": kind(option),
                    "values": option.values,
                    "default": option.default.as_ref().map(|node| node.value.to_json()),
                    "help": option.help,
                    "value": value,
                })
            })
            .collect();
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|(kind, name, theme)| json!({ "kind": kind, "name": name, "theme": theme }))
            .collect();
        let overrides: Vec<Value> = self
            .overrides
            .iter()
            .map(|(name, by, is_old)| {
                json!({
                    "name": name,
                    "path": by.path.as_str(),
                    "blocks": by.blocks,
                    "ejected_at": by.origin.as_ref().map(|origin| &origin.version),
                    "changed_since": is_old,
                })
            })
            .collect();
        json!({ "theme": facts, "options": options, "files": files, "overrides": overrides })
    }
}

fn kind(option: &ThemeOption) -> String {
    let kind = option.kind.map_or("string", |kind| kind.name());
    if option.values.is_empty() { kind.to_owned() } else { format!("{kind} of {}", option.values.join(", ")) }
}
