//! `[themes.<name>]`: where a theme was fetched from, and how it is known again.

use crate::fields::Fields;
use crate::value::Spanned;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Severity, codes};

/// A theme that was fetched by git, as `ssg theme add` wrote it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemePin {
    /// Its folder under `themes/`.
    pub name: String,
    /// The address.
    pub git: String,
    /// Branch, tag or commit that was asked for; the default branch without.
    pub rev: Option<String>,
    /// Hash of the commit.
    pub commit: String,
    /// Hash over names and bytes of its files.
    pub hash: Spanned<String>,
}

/// Reads the table of all such themes.
pub(super) fn read_themes(fields: &mut Fields<'_>) -> Vec<ThemePin> {
    let mut pins = Vec::new();
    for field in fields.rest() {
        let what = format!("`themes.{}`", field.key);
        let mut table = Fields::new(&field.node, &what, fields.found());
        let (git, rev) = (table.text(&["git"]), table.text(&["rev"]));
        let (commit, hash) = (table.text(&["commit"]), table.text(&["hash"]));
        table.finish(Severity::Error, "`ssg theme add` writes this table");
        let (Some(git), Some(commit), Some(hash)) = (git, commit, hash) else {
            let missing = format!("{what} needs `git`, `commit` and `hash`");
            let hint = "`ssg theme add` fetches a theme and writes them";
            fields.found().add(Diagnostic::error(codes::MISSING_KEY, missing).at(field.key_span).hint(hint));
            continue;
        };
        let pin = ThemePin {
            name: field.key.clone(),
            git: git.value,
            rev: rev.map(|rev| rev.value),
            commit: commit.value,
            hash,
        };
        pins.push(pin);
    }
    pins
}
