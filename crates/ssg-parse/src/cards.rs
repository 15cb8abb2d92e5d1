//! `[cards]`: what pictures of pages are drawn with.

use crate::fields::Fields;
use crate::value::Spanned;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Severity, SitePath, codes};

/// `[cards]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardOptions {
    /// The font, a file of the site; without one the program has its own.
    pub font: Option<Spanned<SitePath>>,
    /// A picture for the corner, a PNG file of the site.
    pub logo: Option<Spanned<SitePath>>,
}

/// Reads `[cards]`.
pub(crate) fn read_cards(fields: &mut Fields<'_>) -> CardOptions {
    let options = CardOptions {
        font: file(fields, "font", &["ttf", "otf"], "a TrueType or OpenType font"),
        logo: file(fields, "logo", &["png"], "a PNG image"),
    };
    fields.report_unknown(Severity::Error, "", &[]);
    options
}

fn file(fields: &mut Fields<'_>, name: &'static str, ends: &[&str], what: &str) -> Option<Spanned<SitePath>> {
    let text = fields.text(&[name])?;
    let path = SitePath::new(&text.value).map_err(|error| error.to_string()).and_then(|path| {
        let end = path.extension().map(str::to_ascii_lowercase);
        let known = end.is_some_and(|end| ends.contains(&end.as_str()));
        if known { Ok(path) } else { Err(format!("it must be {what}")) }
    });
    match path {
        Ok(path) => Some(Spanned::new(path, text.span)),
        Err(problem) => {
            let message = format!("`{name}` cannot be `{}`: {problem}", text.value);
            fields.found().add(
                Diagnostic::error(codes::CARDS, message)
                    .at(text.span)
                    .hint("name a file of the site, such as \"fonts/title.ttf\""),
            );
            None
        }
    }
}
