//! `icon`: the mark of the site, which icons for tabs and screens are made of.

use crate::fields::Fields;
use crate::value::Spanned;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, SitePath, codes};

/// `icon`: files of the site, at most one of each format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IconOptions {
    /// A drawing that is published as it is.
    pub svg: Option<Spanned<SitePath>>,
    /// A square picture that icons in pixels are made of.
    pub png: Option<Spanned<SitePath>>,
}

impl IconOptions {
    /// Whether there is any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.svg.is_none() && self.png.is_none()
    }
}

/// Reads `icon`.
pub(crate) fn read_icon(fields: &mut Fields<'_>) -> IconOptions {
    let mut options = IconOptions::default();
    for text in fields.texts(&["icon"]).unwrap_or_default() {
        let path = SitePath::new(&text.value).map_err(|error| error.to_string());
        let read = path.and_then(|path| {
            let place = match path.extension().map(str::to_ascii_lowercase).as_deref() {
                Some("svg") => &mut options.svg,
                Some("png") => &mut options.png,
                _ => return Err("it must be an SVG or PNG image".to_owned()),
            };
            match place {
                Some(other) => Err(format!("`{}` is of the same format", other.value)),
                None => {
                    *place = Some(Spanned::new(path, text.span));
                    Ok(())
                }
            }
        });
        if let Err(problem) = read {
            let message = format!("`icon` cannot be `{}`: {problem}", text.value);
            let problem = Diagnostic::error(codes::ICON, message).at(text.span);
            let hint = "name files of the site: `icon = \"static/logo.svg\"`, or an SVG and a PNG in a list";
            fields.found().add(problem.hint(hint));
        }
    }
    options
}
