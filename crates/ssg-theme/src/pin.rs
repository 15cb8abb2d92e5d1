//! Writes into `ssg.toml` where a theme is from. Comments and order of the file stay.

use crate::install::replace_file;
use ssg_parse::ThemePin;
use ssg_source::{Class, Diagnostic, codes};
use std::path::Path;
use toml_edit::{DocumentMut, Item, Table, value};

/// Writes a theme's table into the configuration, in the place of one that is there.
///
/// # Errors
/// When the file cannot be read, is no TOML, or cannot be written; then it is as it was.
pub(crate) fn write_pin(file: &Path, pin: &ThemePin) -> Result<(), Diagnostic> {
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let failed = |error: &dyn std::fmt::Display| {
        Diagnostic::error(codes::THEME_PIN, format!("cannot change `{name}`: {error}"))
    };
    let before = std::fs::read_to_string(file).map_err(|error| failed(&error).class(Class::Machine))?;
    let after = pinned(&before, pin).map_err(|error| failed(&error).class(Class::Usage))?;
    replace_file(file, after.as_bytes()).map_err(|error| failed(&error).class(Class::Machine))
}

/// The configuration's text with the theme's table in it.
fn pinned(text: &str, pin: &ThemePin) -> Result<String, String> {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
    let windows = body.contains("\r\n");
    let body = if windows { body.replace("\r\n", "\n") } else { body.to_owned() };
    let mut document: DocumentMut =
        body.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let themes = document.entry("themes").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let themes = themes.as_table_like_mut().ok_or("`themes` is no table")?;
    if themes.get(&pin.name).is_none() {
        themes.insert(&pin.name, Item::Table(Table::new()));
    }
    let theme = themes
        .get_mut(&pin.name)
        .and_then(Item::as_table_like_mut)
        .ok_or_else(|| format!("`themes.{}` is no table", pin.name))?;
    let facts = [
        ("git", Some(&pin.git)),
        ("rev", pin.rev.as_ref()),
        ("commit", Some(&pin.commit)),
        ("hash", Some(&pin.hash.value)),
    ];
    for (key, fact) in facts {
        match (fact, theme.get_mut(key).and_then(Item::as_value_mut)) {
            (Some(fact), Some(known)) => {
                // The blanks and the comment around the old value stay.
                let decor = known.decor().clone();
                *known = fact.as_str().into();
                *known.decor_mut() = decor;
            }
            (Some(fact), None) => {
                theme.insert(key, value(fact.as_str()));
            }
            (None, _) => {
                theme.remove(key);
            }
        }
    }
    let text = document.to_string();
    let text = if windows { text.replace('\n', "\r\n") } else { text };
    Ok(format!("{mark}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_parse::Spanned;
    use ssg_source::Span;

    fn pin(rev: Option<&str>, commit: &str) -> ThemePin {
        ThemePin {
            name: "harbour".to_owned(),
            git: "https://host/harbour.git".to_owned(),
            rev: rev.map(str::to_owned),
            commit: commit.to_owned(),
            hash: Spanned::new("blake3:00".to_owned(), Span::default()),
        }
    }

    #[test]
    fn comments_and_order_stay() {
        let before =
            "# mine\ntitle = \"x\" # here\n\n[theme]\nname = \"harbour\"\n\n# my own\n[extra]\na = 1\n";
        let once = pinned(before, &pin(Some("v1"), "aa")).expect("pinned");
        assert_eq!(
            once,
            format!(
                "{before}\n[themes.harbour]\ngit = \"https://host/harbour.git\"\nrev = \"v1\"\ncommit = \"aa\"\n\
                 hash = \"blake3:00\"\n"
            )
        );
        let commented = once.replace("\"aa\"", "\"aa\" # reviewed");
        let twice = pinned(&commented, &pin(None, "bb")).expect("pinned");
        assert_eq!(twice, commented.replace("rev = \"v1\"\n", "").replace("\"aa\"", "\"bb\""));
    }

    #[test]
    fn line_ends_and_the_mark_at_the_beginning_stay() {
        let once = pinned("\u{feff}title = \"x\"\r\n", &pin(None, "aa")).expect("pinned");
        assert!(once.starts_with("\u{feff}title = \"x\"\r\n\r\n[themes.harbour]\r\n"), "{once:?}");
        assert!(!once.replace("\r\n", "").contains('\n'));
        assert!(pinned("themes = 1\n", &pin(None, "aa")).is_err());
        assert!(pinned("title = \n", &pin(None, "aa")).is_err());
    }
}
