//! `[pictures]`: what becomes of photographs.

use crate::fields::Fields;
use crate::value::{Node, Value};
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Severity, Span, codes};

/// Widths that may be asked for, in pixels.
const WIDTHS: std::ops::RangeInclusive<i64> = 16..=8192;
/// Most widths.
const MOST_WIDTHS: usize = 12;

/// `[pictures]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureOptions {
    /// Where the table stands, if it does.
    pub table: Option<Span>,
    /// Whether photographs are written in other sizes.
    pub enabled: bool,
    /// Widths in pixels, from the smallest, each once.
    pub widths: Vec<u32>,
    /// Formats in which browsers are offered them, in this order.
    pub formats: Vec<PictureFormat>,
    /// Where AVIF is asked for, if it is: not every program can write it.
    pub avif: Option<Span>,
    /// Quality from 1 to 100.
    pub quality: u8,
    /// How wide pictures in texts are shown, as the attribute `sizes` of HTML says it.
    pub sizes: String,
    /// What becomes of the files themselves.
    pub originals: Originals,
}

/// A format in which browsers are offered pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureFormat {
    /// WebP
    WebP,
    /// JPEG, progressive
    Jpeg,
    /// AVIF
    Avif,
}

/// What becomes of a picture's own file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Originals {
    /// It is published without its metadata.
    Strip,
    /// It is copied as it is.
    Keep,
}

impl Default for PictureOptions {
    fn default() -> Self {
        Self {
            table: None,
            enabled: true,
            widths: vec![480, 800, 1200, 1600],
            formats: vec![PictureFormat::WebP],
            avif: None,
            quality: 78,
            sizes: "(min-width: 48rem) 42rem, 100vw".to_owned(),
            originals: Originals::Strip,
        }
    }
}

/// Reads `[pictures]`, which stands at a place.
pub(crate) fn read_pictures(fields: &mut Fields<'_>) -> PictureOptions {
    let mut options = PictureOptions::default();
    if let Some(enabled) = fields.flag(&["enabled"]) {
        options.enabled = enabled.value;
    }
    if let Some(node) = fields.node(&["widths"]) {
        options.widths = read_widths(node, fields).unwrap_or(options.widths);
    }
    if let Some(names) = fields.texts(&["formats"]) {
        let mut formats = Vec::new();
        for name in names {
            match name.value.to_ascii_lowercase().as_str() {
                "webp" => formats.push(PictureFormat::WebP),
                "jpeg" | "jpg" => formats.push(PictureFormat::Jpeg),
                "avif" => {
                    options.avif = Some(name.span);
                    formats.push(PictureFormat::Avif);
                }
                _ => {
                    let message = format!("`{}` is not one of `webp`, `jpeg`, `avif`", name.value);
                    fields.found().add(Diagnostic::error(codes::UNKNOWN_CHOICE, message).at(name.span));
                }
            }
        }
        formats.dedup();
        options.formats = formats;
    }
    if let Some(quality) = fields.integer(&["quality"]) {
        match u8::try_from(quality.value).ok().filter(|quality| (1..=100).contains(quality)) {
            Some(quality) => options.quality = quality,
            None => wrong(fields, quality.span, "`quality` must be a number from 1 to 100"),
        }
    }
    if let Some(sizes) = fields.text(&["sizes"]) {
        options.sizes = sizes.value;
    }
    if let Some(originals) =
        fields.choice(&["originals"], &[("strip", Originals::Strip), ("keep", Originals::Keep)])
    {
        options.originals = originals;
    }
    fields.report_unknown(Severity::Error, "", &[]);
    options
}

/// `image_focus`: what of the image stays in sight where a part is shown, as per cent from the left and from the top.
pub(crate) fn read_focus(fields: &mut Fields<'_>) -> Option<(u8, u8)> {
    let text = fields.text(&["image_focus"])?;
    let focus = picture_focus(&text.value);
    if focus.is_none() {
        let message = format!("`{}` is no place in an image", text.value);
        let problem = Diagnostic::error(codes::WRONG_TYPE, message).at(text.span);
        fields.found().add(problem.hint("write per cent from the left and from the top: `\"50% 30%\"`"));
    }
    focus
}

/// A place in a picture, written as per cent from the left and from the top: `50% 30%`.
#[must_use]
pub fn picture_focus(text: &str) -> Option<(u8, u8)> {
    let number = |part: &str| part.strip_suffix('%')?.parse::<u8>().ok().filter(|number| *number <= 100);
    let parts: Vec<&str> = text.split_whitespace().collect();
    match *parts {
        [across, down] => number(across).zip(number(down)),
        _ => None,
    }
}

fn wrong(fields: &mut Fields<'_>, span: Span, message: &str) {
    fields.found().add(Diagnostic::error(codes::WRONG_TYPE, message).at(span));
}

fn read_widths(node: &Node, fields: &mut Fields<'_>) -> Option<Vec<u32>> {
    let nodes = match &node.value {
        Value::List(nodes) if (1..=MOST_WIDTHS).contains(&nodes.len()) => nodes,
        _ => {
            wrong(fields, node.span, &format!("`widths` must be a list of 1 to {MOST_WIDTHS} numbers"));
            return None;
        }
    };
    let mut widths = Vec::new();
    for node in nodes {
        let width = match node.value {
            Value::Integer(width) if WIDTHS.contains(&width) => u32::try_from(width).ok(),
            _ => None,
        };
        match width {
            Some(width) => widths.push(width),
            None => {
                let (least, most) = (WIDTHS.start(), WIDTHS.end());
                let message = format!("a width must be a number of pixels from {least} to {most}");
                wrong(fields, node.span, &message);
            }
        }
    }
    widths.sort_unstable();
    widths.dedup();
    (!widths.is_empty()).then_some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_config;
    use ssg_source::{Diagnostics, SitePath};

    fn read(text: &str) -> (PictureOptions, Vec<String>) {
        let mut found = Diagnostics::new();
        let text = format!("title = \"T\"\nbase_url = \"https://example.org/\"\n[pictures]\n{text}");
        let config = read_config(&SitePath::new("ssg.toml").expect("a path"), text.as_bytes(), &mut found);
        (config.pictures, found.iter().map(|one| one.message.clone()).collect())
    }

    #[test]
    fn every_key_is_read() {
        let (options, found) = read(
            "enabled = false\nwidths = [800, 320, 800]\nformats = [\"jpeg\", \"WebP\"]\nquality = 60\n\
             sizes = \"50vw\"\noriginals = \"keep\"\n",
        );
        assert_eq!(found, Vec::<String>::new());
        let wanted = PictureOptions {
            table: options.table,
            enabled: false,
            widths: vec![320, 800],
            formats: vec![PictureFormat::Jpeg, PictureFormat::WebP],
            avif: None,
            quality: 60,
            sizes: "50vw".to_owned(),
            originals: Originals::Keep,
        };
        assert_eq!(options, wanted);
        assert!(options.table.is_some());
    }

    #[test]
    fn a_focus_is_two_numbers_of_per_cent() {
        let focus = |text: &str| {
            let path = SitePath::new("content/a.md").expect("a path");
            let text = format!("---\ntitle: A\nimage_focus: \"{text}\"\n---\n");
            let (document, found) =
                crate::parse_document(&path, text.as_bytes(), &crate::ParseOptions::default());
            (document.front.image_focus, found.len())
        };
        assert_eq!(focus("50% 30%"), (Some((50, 30)), 0));
        for wrong in ["50 30", "50%", "101% 0%", "-1% 0%", "a% b%", "1% 2% 3%"] {
            assert_eq!(focus(wrong), (None, 1), "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_and_the_default_holds() {
        let (options, found) =
            read("widths = [0, \"a\"]\nquality = 101\nformats = [\"heic\"]\noriginal = 1\n");
        assert_eq!(found.len(), 5, "{found:?}");
        assert_eq!((options.widths, options.quality), (PictureOptions::default().widths, 78));
        assert!(read("widths = 800\n").1[0].contains("must be a list"));
    }
}
