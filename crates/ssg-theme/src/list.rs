//! `ssg theme list`: the themes that a site can use.

use crate::site::Site;
use crate::stack::Stack;
use serde_json::{Value, json};
use ssg_parse::ThemePin;
use ssg_render::{ThemeSource, theme_names};
use ssg_source::Diagnostics;

/// A theme in the list.
#[derive(Debug)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Whether the site uses it.
    pub is_used: bool,
    /// The theme that it extends.
    pub parent: Option<String>,
    /// Where it is from.
    pub from: String,
    /// The commit that was fetched.
    pub commit: Option<String>,
    /// One sentence.
    pub description: String,
}

/// The themes that a site can use, sorted by name.
#[must_use]
pub fn list(site: &Site<'_>) -> Vec<Listed> {
    let mut themes: Vec<(String, ThemeSource)> = theme_names(&*site.inputs)
        .into_iter()
        .filter_map(|name| ThemeSource::named(&*site.inputs, &name).map(|source| (name, source)))
        .collect();
    if !themes.iter().any(|(_, source)| source == site.theme) {
        // A path outside the site.
        let name = site.config.theme.as_ref().map_or(site.theme.name(), |theme| &theme.value);
        themes.push((name.to_owned(), site.theme.clone()));
    }
    themes
        .into_iter()
        .map(|(name, source)| {
            // What is wrong with a theme is for `check` to say.
            let stack = Stack::new(&*site.inputs, &source, &mut Diagnostics::new());
            let pin = pin_of(site, &source);
            let manifest = stack.manifest();
            Listed {
                is_used: source == *site.theme,
                parent: stack.parent().map(|parent| parent.value.clone()),
                from: origin(&source, pin),
                commit: pin.map(|pin| pin.commit.clone()),
                description: manifest.and_then(|manifest| manifest.description.clone()).unwrap_or_default(),
                name,
            }
        })
        .collect()
}

/// The pin of a theme that lies under `themes/`.
pub(crate) fn pin_of<'s>(site: &'s Site<'_>, source: &ThemeSource) -> Option<&'s ThemePin> {
    match source {
        ThemeSource::Folder(dir) => site.pin(dir.below("themes")?),
        ThemeSource::BuiltIn(_) => None,
    }
}

/// Where a theme is from, in words.
pub(crate) fn origin(source: &ThemeSource, pin: Option<&ThemePin>) -> String {
    match (source, pin) {
        (ThemeSource::BuiltIn(_), _) => "inside ssg".to_owned(),
        (ThemeSource::Folder(_), Some(pin)) => {
            let rev = pin.rev.as_ref().map_or_else(String::new, |rev| format!("@{rev}"));
            format!("{}{rev} at {}", pin.git, short(&pin.commit))
        }
        (ThemeSource::Folder(dir), None) => dir.to_string(),
    }
}

/// The beginning of a commit's hash.
#[must_use]
pub fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}

/// A text from a theme, as it may be printed: none of it can write to the terminal.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl Listed {
    /// The fields of a line.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let parent =
            self.parent.as_ref().map_or_else(|| "-".to_owned(), |parent| format!("extends {parent}"));
        let used = if self.is_used { "*" } else { "-" };
        let fields = [used, &self.name, &parent, &self.from, &self.description];
        fields.map(plain).into()
    }

    /// The same for programs.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "used": self.is_used,
            "extends": self.parent,
            "from": self.from,
            "commit": self.commit,
            "description": self.description,
        })
    }
}
