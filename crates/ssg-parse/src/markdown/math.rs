//! Formulas: `$…$` and `$$…$$` to MathML, when the page is built.

use super::html;
use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Event, Parser, ParserError, RenderConfig, Storage, push_mathml};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Longest formula in bytes.
const LONGEST: usize = 8192;
/// How deep groups may stand in each other.
const DEEPEST: usize = 64;
/// How many commands may follow each other with nothing between: each may take the next for its argument.
const MOST_COMMANDS: usize = 128;

/// A formula as MathML, or what is wrong with it. `display` sets it in a block of its own.
pub(super) fn mathml(tex: &str, display: bool) -> Result<String, String> {
    if tex.len() > LONGEST {
        return Err(format!("it has more than {LONGEST} bytes"));
    }
    let mut depth = 0_usize;
    for byte in tex.bytes() {
        match byte {
            b'{' | b'^' | b'_' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b' ' | b'\n' => {}
            _ => continue,
        }
        if depth > DEEPEST {
            return Err(format!("groups stand more than {DEEPEST} deep in each other"));
        }
    }
    if commands_in_a_row(tex) > MOST_COMMANDS {
        return Err(format!("more than {MOST_COMMANDS} commands follow each other"));
    }
    // A fault of the library must not end the build.
    catch_unwind(AssertUnwindSafe(|| render(tex, display)))
        .unwrap_or_else(|_| Err("it cannot be read".to_owned()))
}

/// The longest run of commands such as `\hat` with nothing but space between them.
fn commands_in_a_row(tex: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        if c == '\\' {
            let name = &rest[1..];
            let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
            let sign = name.chars().next().map_or(0, char::len_utf8);
            taken += if letters > 0 { letters } else { sign };
            run += 1;
            longest = longest.max(run);
        } else if !c.is_whitespace() {
            run = 0;
        }
        rest = &rest[taken..];
    }
    longest
}

fn render(tex: &str, display: bool) -> Result<String, String> {
    let storage = Storage::new();
    let events: Result<Vec<Event<'_>>, ParserError> = Parser::new(tex, &storage).collect();
    let events = events.map_err(|error| reason(&error))?;
    let mut annotation = String::new();
    html::push_text(&mut annotation, tex);
    let config = RenderConfig {
        display_mode: if display { DisplayMode::Block } else { DisplayMode::Inline },
        annotation: Some(&annotation),
        ..RenderConfig::default()
    };
    let mut mathml = String::new();
    push_mathml(&mut mathml, events.into_iter().map(Ok::<_, ParserError>), config)
        .map_err(|error| error.to_string())?;
    Ok(escape_signs(&mathml))
}

/// Escapes `<` and `&` where they are signs of the formula, which the library leaves as they are.
fn escape_signs(mathml: &str) -> String {
    let mut escaped = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some(at) = rest.find(['<', '&']) {
        escaped.push_str(&rest[..at]);
        let sign = &rest[at..=at];
        rest = &rest[at + 1..];
        let is_markup = match sign {
            "<" => rest.trim_start_matches('/').starts_with(|c: char| c.is_ascii_lowercase()),
            _ => ["amp;", "lt;", "gt;", "quot;", "#"].iter().any(|name| rest.starts_with(name)),
        };
        match sign {
            _ if is_markup => escaped.push_str(sign),
            "<" => escaped.push_str("&lt;"),
            _ => escaped.push_str("&amp;"),
        }
    }
    escaped.push_str(rest);
    escaped
}

/// The message of an error, without the excerpt that comes with it.
fn reason(error: &ParserError) -> String {
    let message = error.to_string();
    let first = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    first.trim_start_matches("error:").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml() {
        let inline = mathml("E = mc^2", false).unwrap();
        assert!(inline.starts_with("<math"), "{inline}");
        assert!(inline.contains("<msup>"), "{inline}");
        assert!(mathml("\\frac{a}{b}", true).unwrap().contains("display=\"block\""));
        assert!(!mathml("\\text{</math><script>}", false).unwrap().contains("<script>"));
        assert!(mathml("a<b", false).unwrap().contains("<mo>&lt;</mo>"));
    }

    #[test]
    fn mistakes_are_told() {
        for wrong in ["\\frac{a}", "\\nope", "{", "a}", "\\begin{x}"] {
            let told = mathml(wrong, false).unwrap_err();
            assert!(!told.is_empty() && !told.contains('\n'), "{wrong}: {told}");
        }
        assert!(mathml(&"x".repeat(LONGEST + 1), false).is_err());
        assert!(mathml(&"{".repeat(LONGEST), false).is_err());
        assert!(mathml(&"^".repeat(LONGEST), false).is_err());
        let commands = mathml(&format!("{}x", "\\hat ".repeat(1000)), false).unwrap_err();
        assert!(commands.contains("follow each other"), "{commands}");
        assert!(mathml(&format!("{} x", "\\hat".repeat(100)), false).is_ok());
        assert_eq!(commands_in_a_row("\\alpha\\\\ \\é x\\beta\\"), 3);
        assert!(mathml("\\def\\a{\\a\\a}\\a", false).is_err());
    }

    #[test]
    fn nothing_random_ends_the_program() {
        let parts = [
            "\\frac",
            "{",
            "}",
            "^",
            "_",
            "&",
            "\\\\",
            "\\left(",
            "\\right)",
            "\\begin{align}",
            "\\end{align}",
            "a",
            "1",
            "\\sqrt",
            "[",
            "]",
            "\\def\\x#1{",
            "#1",
            "\\x",
            "%",
            "\\",
            "'",
            "~",
            "\\text{",
            "\\hskip 1",
            "é",
            "$",
            "\n",
            "\\let\\y",
            "\\char\"",
            "\\color{red}",
            "\\middle|",
            "\\limits",
            "\\substack{",
            "\\hline",
            "\\kern-1em",
        ];
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..20_000 {
            let mut tex = String::new();
            for _ in 0..12 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                tex.push_str(parts[usize::try_from(state % parts.len() as u64).unwrap_or(0)]);
            }
            if let Ok(mathml) = mathml(&tex, state.is_multiple_of(2)) {
                let tags = mathml.split('<').skip(1).map(|tag| tag.trim_start_matches('/'));
                let known = |tag: &str| {
                    tag.starts_with('m') || tag.starts_with("semantics") || tag.starts_with("annotation")
                };
                assert!(tags.clone().all(known), "{tex}: {mathml}");
            }
        }
    }
}
