//! Mistakes of layout: files that lie where they mean something else than their author thought.

use super::super::Source;
use super::{CONTENT, Classified};
use ssg_parse::{Config, LangId};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::collections::BTreeMap;

/// Pages that a folder's `index.md` takes in, by that folder: they would be nowhere.
pub(super) fn report_swallowed(
    pages: &[Classified],
    swallowed: &BTreeMap<String, Vec<SitePath>>,
    found: &mut Diagnostics,
) {
    for (dir, files) in swallowed {
        let index = pages
            .iter()
            .find(|one| one.location().is_some_and(|location| location.bundle.as_deref() == Some(dir)))
            .map_or_else(|| files.first().cloned().unwrap_or_default(), |one| one.source.path.clone());
        let name = index.file_name().to_owned();
        let count = match files.len() {
            1 => "another page lies".to_owned(),
            count => format!("{count} other pages lie"),
        };
        let mut problem = Diagnostic::error(
            codes::NOT_A_PAGE,
            format!("`{name}` makes one page of `{CONTENT}/{dir}/`, and {count} in that folder"),
        )
        .in_file(&index);
        if let Some(first) = files.first() {
            problem = problem.label(first, None, "it would be nowhere");
        }
        found.add(
            problem
                .hint(format!("if the folder is a list of pages, rename the file to `_{name}`"))
                .hint("what is no page gets a name that begins with a dot, or lies elsewhere"),
        );
    }
}

/// Warns of a folder that is named like one of the site's languages: the names of files tell the language.
pub(super) fn check_language_folders(config: &Config, sources: &[Source], found: &mut Diagnostics) {
    if config.languages.is_empty() {
        return;
    }
    let language_of = |part: &str| {
        config.language_ids().find(|id| config.tag(*id).eq_ignore_ascii_case(&part.replace('_', "-")))
    };
    let mut first: BTreeMap<LangId, (&SitePath, String, usize)> = BTreeMap::new();
    for source in sources {
        let Some(below) = source.path.below(CONTENT) else { continue };
        let Some((folders, name)) = below.rsplit_once('/') else { continue };
        let Some((at, language)) =
            folders.split('/').enumerate().find_map(|(at, part)| Some((at, language_of(part)?)))
        else {
            continue;
        };
        let entry = first.entry(language).or_insert_with(|| {
            let others = folders.split('/').enumerate().filter(|(other, _)| *other != at);
            let folder: String = others.map(|(_, part)| format!("{part}/")).collect();
            let (stem, end) = name.rsplit_once('.').unwrap_or((name, "md"));
            let tag = if language.is_main() { String::new() } else { format!("{}.", config.tag(language)) };
            (&source.path, format!("{CONTENT}/{folder}{stem}.{tag}{end}"), 0)
        });
        entry.2 += 1;
    }
    for (language, (path, better, count)) in first {
        let tag = config.tag(language);
        let others = if count > 1 { format!(", and {count} pages lie in it") } else { String::new() };
        found.add(
            Diagnostic::warning(
                codes::LANGUAGE_FOLDER,
                format!("the folder `{tag}` makes no page one in that language{others}"),
            )
            .in_file(path)
            .hint(format!("the name of a file does: move it to `{better}`")),
        );
    }
}
