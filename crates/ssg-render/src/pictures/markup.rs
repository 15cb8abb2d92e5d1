//! Pictures as HTML: sources that browsers choose from, and an image for all others.

use super::sizes::Derived;
use super::{Frame, Shown};
use ssg_parse::{PictureFormat, encode_url};
use ssg_source::markup::{Quotes, escape};

/// What is written of a picture besides its sizes.
pub(crate) struct Markup<'a> {
    /// Address of the original, not escaped.
    pub href: &'a str,
    /// What it shows, in words.
    pub alt: &'a str,
    /// A remark; may be empty.
    pub title: &'a str,
    /// How it is shown.
    pub frame: Frame,
}

/// The address or path of a file beside that of the original.
pub(crate) fn beside(original: &str, name: &str) -> String {
    let folder = original.rfind('/').map_or("", |slash| &original[..=slash]);
    format!("{folder}{name}")
}

/// Where the picture lies, by the path of the original, for who takes one alone.
pub(crate) fn alone_path(shown: &Shown, original: &str) -> String {
    shown.sizes.alone.as_ref().map_or_else(|| original.to_owned(), |alone| beside(original, &alone.name))
}

impl Markup<'_> {
    fn beside(&self, name: &str) -> String {
        beside(self.href, &name.replace('%', "%25").replace('?', "%3F").replace('#', "%23"))
    }

    /// Where the image lies that is shown where none is chosen, and its size.
    pub(crate) fn alone(&self, shown: &Shown) -> (String, u32, u32) {
        match &shown.sizes.alone {
            Some(alone) => (self.beside(&alone.name), alone.width, alone.height),
            None => (self.href.to_owned(), shown.look.width, shown.look.height),
        }
    }

    /// The value of `srcset` in a format, escaped for HTML; empty where there is no choice.
    pub(crate) fn srcset(&self, shown: &Shown, format: PictureFormat) -> String {
        let mut set = String::new();
        for Derived { name, width, .. } in shown.sizes.choices(format, &shown.options) {
            if !set.is_empty() {
                set.push_str(", ");
            }
            // A comma at its end would end the address.
            push_address(&mut set, &self.beside(name));
            set.push_str(&format!(" {width}w"));
        }
        set
    }
}

fn push_address(html: &mut String, address: &str) {
    for part in encode_url(address) {
        escape(part, Quotes::Both, html);
    }
}

fn push(html: &mut String, name: &str, value: &str) {
    html.push_str(&format!(" {name}=\""));
    escape(value, Quotes::Both, html);
    html.push('"');
}

/// The dominant colour of a picture as CSS has it.
pub(crate) fn colour(shown: &Shown) -> Option<String> {
    shown.look.colour.map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// Writes a picture with all its sources. It takes its room before it is there, in its dominant colour.
pub(crate) fn write(html: &mut String, shown: &Shown, markup: &Markup<'_>) {
    let of = shown.size();
    let sizes = markup.frame.sizes(of, &shown.options.sizes);
    html.push_str("<picture>");
    // A browser takes the first that it can show: the smaller comes first.
    for (format, name) in [(PictureFormat::Avif, "avif"), (PictureFormat::WebP, "webp")] {
        let set = markup.srcset(shown, format);
        if !set.is_empty() {
            html.push_str(&format!("<source type=\"image/{name}\" srcset=\"{set}\""));
            push(html, "sizes", &sizes);
            html.push('>');
        }
    }
    html.push_str("<img src=\"");
    push_address(html, &markup.alone(shown).0);
    html.push('"');
    let jpeg = markup.srcset(shown, PictureFormat::Jpeg);
    if !jpeg.is_empty() {
        html.push_str(&format!(" srcset=\"{jpeg}\""));
        push(html, "sizes", &sizes);
    }
    push(html, "alt", markup.alt);
    if !markup.title.is_empty() {
        push(html, "title", markup.title);
    }
    let size = markup.frame.size(of);
    html.push_str(&format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
    html.push_str(" loading=\"lazy\" decoding=\"async\"");
    let colour = colour(shown).map(|colour| format!("background-color:{colour}"));
    let style: Vec<String> = colour.into_iter().chain(markup.frame.style()).collect();
    if !style.is_empty() {
        push(html, "style", &style.join(";"));
    }
    html.push_str("></picture>");
}

/// Writes the image alone, for who does not choose: feeds.
pub(crate) fn plain(html: &mut String, shown: &Shown, markup: &Markup<'_>) {
    let (address, width, height) = markup.alone(shown);
    html.push_str("<img src=\"");
    push_address(html, &address);
    html.push('"');
    push(html, "alt", markup.alt);
    if !markup.title.is_empty() {
        push(html, "title", markup.title);
    }
    html.push_str(&format!(" width=\"{width}\" height=\"{height}\">"));
}
