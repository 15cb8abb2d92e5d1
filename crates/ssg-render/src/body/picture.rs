//! A picture in a body: by the site's template `picture.html` where there is one, else as the program writes it.

use super::{Filler, escape_into};
use crate::addresses::called_by;
use crate::facets::theme::Template;
use crate::links::Where;
use crate::pictures::{self, Markup, Shown};
use crate::scope::within;
use ssg_parse::PictureFormat;
use tera::{Context, Value};

/// The template with which a theme or a site writes pictures.
const TEMPLATE: &str = "picture.html";

impl Filler<'_> {
    /// Writes a picture with the sizes that browsers choose from. Readers of feeds do not choose.
    pub(super) fn picture(&mut self, html: &mut String, shown: &Shown, markup: &Markup<'_>) {
        if self.place == Where::Feed {
            pictures::plain(html, shown, markup);
            return;
        }
        let Some(template) = self.reads.get::<Template>(&TEMPLATE.into()) else {
            pictures::write(html, shown, markup);
            return;
        };
        let mut context = Context::new();
        let (src, ..) = markup.alone(shown);
        let text = |text: String| if text.is_empty() { Value::none() } else { Value::from(text.as_str()) };
        let size = markup.frame.size(shown.size());
        let safe = |text: &str| if text.is_empty() { Value::none() } else { Value::safe_string(text) };
        for (name, value) in [
            ("src", Value::from(src.as_str())),
            ("original", Value::from(markup.href)),
            ("alt", Value::from(markup.alt)),
            ("title", text(markup.title.to_owned())),
            ("width", Value::from(size.width)),
            ("height", Value::from(size.height)),
            ("sizes", Value::from(markup.frame.sizes(shown.size(), &shown.options.sizes).as_str())),
            ("crop", text(markup.frame.style().unwrap_or_default())),
            ("avif", safe(&markup.srcset(shown, PictureFormat::Avif))),
            ("webp", safe(&markup.srcset(shown, PictureFormat::WebP))),
            ("jpeg", safe(&markup.srcset(shown, PictureFormat::Jpeg))),
            (
                "colour",
                pictures::colour(shown).map_or_else(Value::none, |colour| Value::from(colour.as_str())),
            ),
        ] {
            context.insert_value(name, value);
        }
        let render = || template.engine.render_part(&template.name, &context);
        match within(self.scope(&template.engine), || called_by(None, render)) {
            Ok(rendered) => html.push_str(rendered.trim_end()),
            Err(error) => {
                self.note(template.engine.diagnostic(&error, None));
                html.push_str("<img alt=\"");
                escape_into(markup.alt, html);
                html.push_str("\">");
            }
        }
    }
}
