//! `ssg theme eject`: copies one file of the theme into the site, where it can be changed.

use crate::list::pin_of;
use crate::origin::Origin;
use crate::overrides::blocks;
use crate::site::Site;
use crate::stack::{Stack, StackFile, bytes_of};
use ssg_build::files::write_new;
use ssg_render::{ThemeSource, builtin_file};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, codes, did_you_mean};

/// A file that was copied.
#[derive(Debug)]
pub struct Ejected {
    /// Where it is now.
    pub path: SitePath,
    /// The theme that it is from.
    pub theme: String,
    /// What else could have been done, and what to mind.
    pub notes: Vec<String>,
}

/// Folders in which a name without one is looked for.
const FOLDERS: [&str; 4] = ["templates", "assets", "static", "i18n"];

/// Copies a file of the site's theme to the place where it overrides it.
///
/// # Errors
/// When the theme has no such file, or the site has one already.
pub fn eject(site: &Site<'_>, file: &str) -> Result<Ejected, Diagnostic> {
    let stack = Stack::new(&*site.inputs, site.theme, &mut Diagnostics::new());
    let file = find(&stack, file)?;
    let unreadable = || {
        Diagnostic::error(codes::UNREADABLE_FILE, format!("cannot read `{}`", file.path))
            .class(Class::Machine)
    };
    let bytes = bytes_of(&*site.inputs, &file.path).ok_or_else(unreadable)?;
    let source = ThemeSource::named(&*site.inputs, &file.theme).unwrap_or_else(|| site.theme.clone());
    let version = match pin_of(site, &source) {
        _ if builtin_file(&file.path).is_some() => Some(site.inputs.version()),
        Some(pin) => Some(pin.commit.as_str()),
        None => None,
    };
    let origin = Origin::new(&file.theme.replace(' ', "-"), version, &file.name, &bytes);
    let path = SitePath::new(&file.name).map_err(|error| {
        Diagnostic::error(codes::EJECT, format!("`{}`: {error}", file.name)).class(Class::Usage)
    })?;
    write_new(site.root, &path, &origin.put_on(&bytes)).map_err(|problem| {
        let is_there = problem.code == codes::EXISTS;
        let hint = "it overrides the theme's file: remove it first to have the theme's again";
        problem.hint_if(is_there.then(|| hint.to_owned()))
    })?;
    let notes = notes(&file.name, &String::from_utf8_lossy(&bytes));
    Ok(Ejected { path, theme: file.theme, notes })
}

/// The file that a person means: its name, with or without the folder.
fn find(stack: &Stack, wanted: &str) -> Result<StackFile, Diagnostic> {
    let usage = |message: String| Diagnostic::error(codes::EJECT, message).class(Class::Usage);
    let wanted = wanted.trim_start_matches("./");
    let mut files: Vec<StackFile> = stack.files().collect();
    let is_it = |file: &StackFile, name: &str| file.name == name;
    if let Some(at) = files.iter().position(|file| is_it(file, wanted)) {
        return Ok(files.swap_remove(at));
    }
    let matches: Vec<usize> = FOLDERS
        .iter()
        .filter_map(|folder| files.iter().position(|file| is_it(file, &format!("{folder}/{wanted}"))))
        .collect();
    match matches.as_slice() {
        [at] => Ok(files.swap_remove(*at)),
        [] if wanted == "theme.toml" => Err(usage("`theme.toml` stays with the theme".to_owned())
            .hint("options are set in `ssg.toml` under [theme.options]")),
        [] => {
            let short = files.iter().filter_map(|file| file.name.split_once('/').map(|(_, name)| name));
            let names = files.iter().map(|file| file.name.as_str()).chain(short);
            Err(usage(format!("the theme has no file `{wanted}`"))
                .hint_if(did_you_mean(wanted, names))
                .hint("`ssg theme show NAME` lists its files"))
        }
        several => {
            let names: Vec<&str> =
                several.iter().filter_map(|at| files.get(*at)).map(|file| &*file.name).collect();
            Err(usage(format!("`{wanted}` may be several files"))
                .hint(format!("there are: {}", names.join(", "))))
        }
    }
}

/// What to mind of a file that now belongs to the site.
fn notes(name: &str, text: &str) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(template) = name.strip_prefix("templates/") {
        let blocks = blocks(text);
        if let Some(first) = blocks.first() {
            notes.push(format!(
                "what the theme changes later will not reach it; to change one block only, make the file \
                 `{{% extends \"theme/{template}\" %}}{{% block {first} %}}…{{% endblock {first} %}}`"
            ));
            notes.push(format!("its blocks: {}", blocks.join(", ")));
        }
    } else if name.starts_with("i18n/") {
        notes.push(
            "texts are inherited one by one: keep the lines that you change, and remove the others"
                .to_owned(),
        );
    }
    notes
}
