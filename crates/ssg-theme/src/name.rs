//! Names that are safe on every system: of themes, and of the files in them.

use ssg_source::{Class, Diagnostic, codes};

/// Longest name of a theme, in characters.
const LONGEST_NAME: usize = 64;
/// Longest path of a file in a theme, in bytes.
const LONGEST_PATH: usize = 400;
/// Deepest folder in a theme.
const DEEPEST: usize = 12;
/// What some systems take for devices, whatever the extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Refuses what cannot be the name of a theme's folder on every system.
///
/// # Errors
/// A diagnostic of class usage that says what a name looks like.
pub fn check_name(name: &str) -> Result<(), Diagnostic> {
    let is_plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
    let starts = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if is_plain && starts && name.len() <= LONGEST_NAME && !is_device(name) {
        return Ok(());
    }
    let shown: String = name.chars().map(|c| if c.is_control() { '·' } else { c }).take(80).collect();
    Err(Diagnostic::error(codes::THEME_NAME, format!("`{shown}` cannot be the name of a theme"))
        .class(Class::Usage)
        .hint("use small letters a to z, digits, `-` and `_`, at most 64 of them"))
}

/// What is wrong with a file's path inside a theme, where it is not safe on every system.
pub(crate) fn path_fault(path: &str) -> Option<&'static str> {
    if path.len() > LONGEST_PATH {
        return Some("is too long");
    }
    if path.split('/').count() > DEEPEST {
        return Some("is too deep");
    }
    path.split('/').find_map(part_fault)
}

fn part_fault(part: &str) -> Option<&'static str> {
    let lower = part.to_ascii_lowercase();
    if matches!(part, "" | "." | "..") {
        return Some("leads out of the theme");
    }
    if lower == ".git" || lower.starts_with("git~") {
        return Some("would be taken for git's own folder");
    }
    if part.chars().any(|c| c.is_control() || "<>:\"|?*\\".contains(c)) {
        return Some("holds a character that not every system allows");
    }
    if part.ends_with(['.', ' ']) || is_device(&lower) || part.len() > 200 {
        return Some("is no file name on every system");
    }
    None
}

fn is_device(lower: &str) -> bool {
    let stem = lower.split('.').next().unwrap_or(lower);
    let numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    DEVICES.contains(&stem) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_are_refused() {
        let long = "a".repeat(65);
        for name in ["", ".", "..", "../x", "a/b", "-x", "A", "x y", "nul", "com1", "ü", "x\n", &*long] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
        for name in ["runbook", "devops_days-2026", "9"] {
            assert!(check_name(name).is_ok(), "{name:?}");
        }
    }

    #[test]
    fn hostile_paths_are_told() {
        for path in
            ["../x", "a//b", "a/./b", ".git/config", "x/.GIT/y", "git~1", "a:b", "a\\b", "aux.html", "a."]
        {
            assert!(path_fault(path).is_some(), "{path:?}");
        }
        for path in ["theme.toml", "templates/shortcodes/x.html", "assets/日本.css"] {
            assert_eq!(path_fault(path), None, "{path:?}");
        }
    }
}
