//! Contrast of the colours that a theme declares, by the formula of WCAG 2.

use crate::stack::Stack;
use ssg_parse::{Field, Node, Value, read_toml};
use ssg_render::ThemeOption;
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, Span, codes, did_you_mean};
use std::sync::Arc;

/// What text must have on its ground.
const AA: f64 = 4.5;
/// Pairs that themes declare under these names, checked where a theme names no pairs itself.
const USUAL: [(&str, &str); 4] =
    [("ink", "paper"), ("accent", "paper"), ("ink_dark", "paper_dark"), ("accent_dark", "paper_dark")];

/// A pair of colours that stand on each other.
struct Pair {
    text: String,
    ground: String,
    least: f64,
    /// Where the theme names the pair.
    span: Option<Span>,
}

/// Checks the pairs of a theme; `manifest` is its `theme.toml`.
pub(super) fn check(stack: &Stack, manifest: Option<(&SitePath, &Arc<str>)>, found: &mut Diagnostics) {
    let options = stack.options();
    let node = manifest.map(|(_, text)| read_toml(text, 0, &mut Diagnostics::new()));
    let declared = node.as_ref().and_then(|node| node.value.get("contrast"));
    let pairs = match declared {
        Some(node) => read_pairs(node, manifest, found),
        None => USUAL
            .iter()
            .filter(|(text, ground)| {
                colour_of(text, &options).is_some() && colour_of(ground, &options).is_some()
            })
            .map(|(text, ground)| Pair {
                text: (*text).to_owned(),
                ground: (*ground).to_owned(),
                least: AA,
                span: None,
            })
            .collect(),
    };
    for pair in pairs {
        check_pair(&pair, &options, manifest, found);
    }
}

fn check_pair(
    pair: &Pair,
    options: &[ThemeOption],
    manifest: Option<(&SitePath, &Arc<str>)>,
    found: &mut Diagnostics,
) {
    let colour = |name: &str, found: &mut Diagnostics| {
        let colour = colour_of(name, options);
        if colour.is_none() {
            let names = options.iter().map(|option| option.name.as_str());
            let message = format!("`{name}` is neither a colour such as `#1a2b3c` nor an option with one");
            found.add(
                of_manifest(Diagnostic::error(codes::THEME_CONTRAST, message), manifest)
                    .at(pair.span)
                    .hint_if(did_you_mean(name, names)),
            );
        }
        colour
    };
    let (Some(text), Some(ground)) = (colour(&pair.text, found), colour(&pair.ground, found)) else { return };
    let ratio = contrast(text, ground);
    if ratio >= pair.least {
        return;
    }
    let message = format!(
        "`{}` on `{}` has a contrast of {}:1, and {}:1 is the least",
        pair.text,
        pair.ground,
        down(ratio),
        pair.least
    );
    let mut problem =
        Diagnostic::error(codes::THEME_CONTRAST, message).hint("make one of them darker or lighter");
    // The default that the theme itself gives is where to change it.
    let own = [&pair.text, &pair.ground].into_iter().find_map(|name| {
        let option = options.iter().find(|option| option.name == *name)?;
        let (path, _) = manifest.filter(|(path, _)| **path == option.default_path)?;
        Some((path, option.default.as_ref()?.span))
    });
    problem = of_manifest(problem, manifest).at(own.map(|(_, span)| span).or(pair.span));
    found.add(problem);
}

fn of_manifest(problem: Diagnostic, manifest: Option<(&SitePath, &Arc<str>)>) -> Diagnostic {
    match manifest {
        Some((path, text)) => Diagnostic { text: Some(text.clone()), ..problem.in_file(path) },
        None => problem,
    }
}

/// `[[contrast]]` tables: `text`, `ground` and, where it is not 4.5, `min`.
fn read_pairs(node: &Node, manifest: Option<(&SitePath, &Arc<str>)>, found: &mut Diagnostics) -> Vec<Pair> {
    let mut wrong = |span: Span, message: &str| {
        let problem = Diagnostic::error(codes::THEME_CONTRAST, message).class(Class::Content).at(span);
        found.add(
            of_manifest(problem, manifest)
                .hint("write `[[contrast]]`, `text = \"ink\"`, `ground = \"paper\"`"),
        );
    };
    let Value::List(nodes) = &node.value else {
        wrong(node.span, "`contrast` must be a list of tables");
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for node in nodes {
        let Value::Table(fields) = &node.value else {
            wrong(node.span, "`contrast` must be a list of tables");
            continue;
        };
        if let Some(field) =
            fields.iter().find(|field| !["text", "ground", "min"].contains(&field.key.as_str()))
        {
            wrong(field.key_span, &format!("unknown key `{}`", field.key));
        }
        let text = |key: &str| node.value.get(key).and_then(|node| node.value.as_str());
        let least = match fields.iter().find(|field| field.key == "min").map(number) {
            None => AA,
            Some(Some(number)) => number,
            Some(None) => {
                wrong(node.span, "`min` must be a number from 1 to 21");
                AA
            }
        };
        match (text("text"), text("ground")) {
            (Some(text), Some(ground)) => pairs.push(Pair {
                text: text.to_owned(),
                ground: ground.to_owned(),
                least,
                span: Some(node.span),
            }),
            _ => wrong(node.span, "a pair needs `text` and `ground`"),
        }
    }
    pairs
}

fn number(field: &Field) -> Option<f64> {
    let number = match &field.node.value {
        Value::Integer(number) => f64::from(i32::try_from(*number).ok()?),
        Value::Float(number, _) => *number,
        _ => return None,
    };
    (1.0..=21.0).contains(&number).then_some(number)
}

/// Red, green, blue and opacity, each from 0 to 1.
type Colour = [f64; 4];

/// A colour, written out or by the name of an option whose default is one.
fn colour_of(name: &str, options: &[ThemeOption]) -> Option<Colour> {
    let default = || options.iter().find(|option| option.name == name)?.default.as_ref()?.value.as_str();
    parse(if name.starts_with('#') { name } else { default()? })
}

fn parse(text: &str) -> Option<Colour> {
    let hex = text.strip_prefix('#').filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let digits: Vec<u8> =
        hex.bytes().filter_map(|byte| u8::try_from(char::from(byte).to_digit(16)?).ok()).collect();
    let parts: Vec<u8> = match digits.len() {
        3 | 4 => digits.iter().map(|digit| digit * 17).collect(),
        6 | 8 => digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, digit| sum * 16 + digit)).collect(),
        _ => return None,
    };
    let mut colour = [1.0; 4];
    for (to, part) in colour.iter_mut().zip(parts) {
        *to = f64::from(part) / 255.0;
    }
    Some(colour)
}

/// The ratio of a text to its ground, from 1 to 21. What shows through a ground is taken for white.
fn contrast(text: Colour, ground: Colour) -> f64 {
    let ground = over(ground, [1.0; 4]);
    let (text, ground) = (luminance(over(text, ground)), luminance(ground));
    (text.max(ground) + 0.05) / (text.min(ground) + 0.05)
}

/// One colour laid over another that is opaque.
fn over(upper: Colour, lower: Colour) -> Colour {
    let [red, green, blue, opacity] = upper;
    let mix = |upper: f64, lower: f64| upper * opacity + lower * (1.0 - opacity);
    [mix(red, lower[0]), mix(green, lower[1]), mix(blue, lower[2]), 1.0]
}

fn luminance([red, green, blue, _]: Colour) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// A ratio with two digits, cut rather than rounded, so that 4.496 is not shown as 4.5.
fn down(ratio: f64) -> String {
    format!("{:.2}", (ratio * 100.0).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str, ground: &str) -> String {
        down(contrast(parse(text).expect("colour"), parse(ground).expect("colour")))
    }

    #[test]
    fn ratios_are_those_of_the_standard() {
        assert_eq!(ratio("#000", "#ffffff"), "21.00");
        assert_eq!(ratio("#777777", "#fff"), "4.47");
        assert_eq!(ratio("#767676", "#fff"), "4.54");
        assert_eq!(ratio("#ffffff", "#0000ff"), "8.59");
        assert_eq!(ratio("#00000080", "#fff"), ratio("#7f7f7f", "#fff"));
        assert_eq!(parse("#12"), None);
        assert_eq!(parse("red"), None);
    }
}
