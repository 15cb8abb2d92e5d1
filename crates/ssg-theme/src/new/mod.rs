//! `ssg theme new`: the beginning of a theme, which works as it is.

use crate::install::{Installer, taken};
use crate::name::check_name;
use crate::site::Site;
use ssg_render::{TEMPLATE_API, ThemeSource, theme_names};
use ssg_source::{Class, Diagnostic, codes, did_you_mean};
use std::collections::BTreeMap;

/// Files of a theme of its own, with their text.
const FILES: [(&str, &str); 7] = [
    ("templates/base.html", include_str!("base.html")),
    ("templates/page.html", include_str!("page.html")),
    ("templates/section.html", include_str!("section.html")),
    ("templates/404.html", include_str!("404.html")),
    ("assets/style.css", include_str!("style.css")),
    ("i18n/en.toml", include_str!("en.toml")),
    ("README.md", include_str!("README.md")),
];
/// Options of a theme of its own.
const OPTIONS: &str = include_str!("options.toml");

/// Makes `themes/NAME`; gives the names of its files.
///
/// # Errors
/// When the name cannot be one, the folder is there, or there is no such parent.
pub fn new_theme(site: &Site<'_>, name: &str, parent: Option<&str>) -> Result<Vec<String>, Diagnostic> {
    check_name(name)?;
    if site.root.join("themes").join(name).exists() {
        return Err(taken(name).hint("choose another name, or remove that folder first"));
    }
    if let Some(parent) = parent {
        check_parent(site, name, parent)?;
    }
    let files: BTreeMap<String, Vec<u8>> = files(name, parent, site.inputs.version())
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    Installer::new(site.root)?.put(name, &files)?;
    Ok(files.into_keys().map(|path| format!("themes/{name}/{path}")).collect())
}

fn check_parent(site: &Site<'_>, name: &str, parent: &str) -> Result<(), Diagnostic> {
    if parent != name && ThemeSource::named(&*site.inputs, parent).is_some() {
        return Ok(());
    }
    let names = theme_names(&*site.inputs);
    let message = if parent == name {
        format!("the theme `{name}` cannot extend itself")
    } else {
        format!("there is no theme `{parent}` to extend")
    };
    Err(Diagnostic::error(codes::UNKNOWN_THEME, message)
        .class(Class::Usage)
        .hint_if(did_you_mean(parent, names.iter().map(String::as_str)).filter(|_| parent != name))
        .hint(format!("there are: {}", names.join(", "))))
}

fn files(name: &str, parent: Option<&str>, version: &str) -> Vec<(String, String)> {
    let head = |description: &str, extends: &str| {
        format!(
            "name = \"{name}\"\ndescription = \"{description}\"\nlicense = \"MIT\"\nmin_version = \"{version}\"\n\
             api = {TEMPLATE_API}\n{extends}"
        )
    };
    match parent {
        None => {
            let manifest = head("Plain pages, to begin with.", &format!("\n{OPTIONS}"));
            let fill = |text: &str| text.replace("NAME", name);
            let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), fill(text)));
            std::iter::once(("theme.toml".to_owned(), manifest)).chain(files).collect()
        }
        Some(parent) => {
            let manifest =
                head(&format!("As {parent}, in our own colours."), &format!("extends = \"{parent}\"\n"));
            let fill = |text: &str| text.replace("NAME", name).replace("PARENT", parent);
            vec![
                ("theme.toml".to_owned(), manifest),
                ("assets/child.css".to_owned(), fill(include_str!("child.css"))),
                ("README.md".to_owned(), fill(include_str!("child.md"))),
            ]
        }
    }
}
