//! `theme.toml`: what a theme says of itself.

use super::files::ThemeFile;
use super::options::{ThemeOption, read_options};
use ssg_parse::{Fields, Spanned};
use ssg_source::{Class, Diagnostic, Diagnostics, Severity, SitePath, codes};

/// Version of the template API that this program offers, for `api` in `theme.toml`. It grows when
/// something is added; see the template reference for what came when.
pub const TEMPLATE_API: i64 = 1;
/// The oldest version that themes may still be written for.
const OLDEST_API: i64 = 1;

/// What `theme.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The file.
    pub path: SitePath,
    /// Name.
    pub name: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// SPDX expression.
    pub license: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// Where it is at home.
    pub homepage: Option<String>,
    /// The oldest version of the program that it works with.
    pub min_version: Option<Spanned<String>>,
    /// The version of the template API that it is written for.
    pub api: Option<Spanned<i64>>,
    /// Its parent.
    pub extends: Option<Spanned<String>>,
    /// The options that it declares, or changes the defaults of.
    pub options: Vec<ThemeOption>,
}

impl Manifest {
    pub(super) fn read(file: &ThemeFile, found: &mut Diagnostics) -> Option<Self> {
        let node = file.table(found)?;
        let mut here = Diagnostics::new();
        let mut fields = Fields::new(&node, "theme.toml", &mut here);
        let value = |text: Option<Spanned<String>>| text.map(|text| text.value);
        let manifest = Self {
            path: file.path.clone(),
            name: value(fields.text(&["name"])),
            description: value(fields.text(&["description"])),
            license: value(fields.text(&["license", "licence"])),
            author: value(fields.text(&["author"])),
            homepage: value(fields.text(&["homepage"])),
            min_version: fields.text(&["min_version"]),
            api: fields.integer(&["api"]),
            extends: fields.text(&["extends"]),
            options: match fields.node(&["options"]) {
                Some(node) => read_options(node, &file.path, fields.found()),
                None => Vec::new(),
            },
        };
        // Pairs of colours, for those who check themes.
        fields.node(&["contrast"]);
        fields.finish(Severity::Error, "options of the theme go under [options.<name>]");
        found.extend(file.own(here));
        Some(manifest)
    }

    /// Whether this program can render with the theme; reports why not.
    pub(super) fn check(&self, program: &str, found: &mut Diagnostics) {
        let name = self.name.as_deref().unwrap_or("without a name");
        let wrong = |message: String, span| {
            Diagnostic::error(codes::THEME_VERSION, message).class(Class::Usage).in_file(&self.path).at(span)
        };
        if let Some(needed) = &self.min_version {
            match (numbers(&needed.value), numbers(program)) {
                (None, _) => found.add(
                    wrong(format!("`{}` is no version", needed.value), needed.span)
                        .hint("write it as `1.4` or `1.4.2`"),
                ),
                (Some(least), Some(own)) if least > own => found.add(
                    wrong(
                        format!("the theme `{name}` needs ssg {} or later; this is {program}", needed.value),
                        needed.span,
                    )
                    .hint("update ssg, or take an earlier version of the theme"),
                ),
                _ => {}
            }
        }
        let Some(api) = &self.api else { return };
        if api.value > TEMPLATE_API {
            found.add(
                wrong(
                    format!(
                        "the theme `{name}` is written for version {} of the template API; this program has {TEMPLATE_API}",
                        api.value
                    ),
                    api.span,
                )
                .hint("update ssg, or take an earlier version of the theme"),
            );
        } else if api.value < OLDEST_API {
            found.add(
                wrong(format!("there is no version {} of the template API", api.value), api.span)
                    .hint(format!("this program has version {TEMPLATE_API}")),
            );
        }
    }
}

/// Up to three numbers of a version; what follows a `-` or `+` does not count.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let mut numbers = [0; 3];
    let core = version.trim().split(['-', '+']).next()?;
    for (index, part) in core.split('.').enumerate() {
        *numbers.get_mut(index)? = part.parse().ok()?;
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(numbers("0.10") > numbers("0.9.3"));
        assert_eq!(numbers("1.2.3-beta.1"), Some([1, 2, 3]));
        assert_eq!(numbers("1.2.3.4"), None);
        assert_eq!(numbers("new"), None);
    }
}
