//! What is reported of the keys of a target's table, in the same words for all targets.
//!
//! Each target reads its own keys; which targets there are, [`config`](crate::config) reads.

use ssg_parse::Fields;
use ssg_source::{Diagnostic, Span, codes, shown};

/// Reports a folder of this machine that begins with `~`, which shells expand and nobody else.
pub(crate) fn names_home(fields: &mut Fields<'_>, folder: &str, at: Span) -> bool {
    let is_home = folder.starts_with('~') && !folder.contains(':');
    if is_home {
        let home = std::env::home_dir().unwrap_or_else(|| "/home/name".into());
        let home = home.join(folder.trim_start_matches(['~', '/']));
        let message = format!("`{folder}` begins with `~`, which nothing here expands");
        let hint = format!("write the folder in full, such as `{}`", shown(&home));
        let relative = format!("for one of that name in the site's folder write `./{folder}`");
        fields.found().add(Diagnostic::error(codes::PUBLISH, message).at(at).hint(hint).hint(relative));
    }
    is_home
}

/// Reports that a key is missing.
pub(crate) fn missing(fields: &mut Fields<'_>, at: Span, key: &str, hint: &str) {
    fields.found().add(
        Diagnostic::error(codes::MISSING_KEY, format!("`{key}` of the target is missing"))
            .at(at)
            .hint(hint.to_owned()),
    );
}
