//! A template of Zola's, written as ours.

use super::expression::{Known, Left, rewritten};
use super::tokens::{Part, Tag, Token, arguments, closing, parts, tokens, trimmed};

/// Something in a template that is left to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The file that was written, below the theme's folder.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What stands there.
    pub what: String,
    /// What to do.
    pub hint: String,
}

/// The template as ours, and what is left to do in it.
pub(super) fn convert(text: &str, file: &str, known: &mut Known) -> (String, Vec<Leftover>) {
    let mut out = String::with_capacity(text.len());
    let mut leftovers = Vec::new();
    let mut line = 1;
    let mut counted = 0;
    for part in parts(text) {
        let tag = match part {
            Part::Text(text) => {
                out.push_str(text);
                continue;
            }
            Part::Tag(tag) => tag,
        };
        line += out.get(counted..).unwrap_or_default().matches('\n').count();
        counted = out.len();
        let mut left = Left::new();
        out.push_str(&one(&tag, known, &mut left));
        leftovers.extend(left.into_iter().map(|(what, hint)| Leftover {
            file: file.to_owned(),
            line,
            what,
            hint,
        }));
    }
    (out, leftovers)
}

fn one(tag: &Tag<'_>, known: &mut Known, left: &mut Left) -> String {
    let words = tokens(tag.inside);
    let body = trimmed(&words);
    let is_output = tag.open.starts_with("{{");
    let whole = |text: &str| format!("{}{text}{}", tag.open, tag.close);
    if is_output {
        if let Some(call) = component_call(body, known, left) {
            return whole(&format!(" {call} "));
        }
        // Sheets are paths here, not addresses.
        if let [
            Token::Name(
                name @ ("paginator.previous" | "paginator.next" | "paginator.first" | "paginator.last"),
            ),
        ] = body
        {
            return whole(&format!(" {name} | url "));
        }
        let mut text = rewritten(&words, known, left);
        for name in &known.all_terms {
            text = text.replace(&format!("{name}.pages | length"), &format!("{name}.count"));
        }
        return whole(&text);
    }
    let Some((Token::Name(keyword), rest)) = body.split_first() else { return whole(tag.inside) };
    let rest = trimmed(rest);
    match *keyword {
        "import" => {
            if let [Token::Text(file), .., Token::Name(name)] = rest {
                known.imports.insert((*name).to_owned(), namespace(file.trim_matches(['"', '\''])));
            }
            String::new()
        }
        "macro" => {
            let Some((Token::Name(name), given)) = rest.split_first() else { return whole(tag.inside) };
            let given: String = given.iter().map(|token| token.raw()).collect();
            whole(&format!(" component {}.{name}{given} ", known.own))
        }
        "endmacro" => whole(" endcomponent "),
        "include" => {
            let file = rest.iter().find_map(|token| match token {
                Token::Text(raw) => Some(raw.trim_matches(['"', '\''])),
                _ => None,
            });
            if rest.iter().any(|token| matches!(token, Token::Sign("["))) {
                left.insert(("include".to_owned(), "an include names one template".to_owned()));
            }
            let Some(file) = file.map(super::template_name) else { return whole(tag.inside) };
            let may_miss = rest.iter().any(|token| matches!(token, Token::Name("ignore")));
            // What a site may add is added here by a template of its own in place of an empty one.
            if may_miss && !known.templates.contains(&file) {
                let hint = format!("there is no `{file}` in the theme: the include was left out");
                left.insert(("include".to_owned(), hint));
                return String::new();
            }
            whole(&format!(" include \"{file}\" "))
        }
        "for" => {
            // The variable itself is written as it is.
            let written = whole(&rewritten(&words, known, left));
            if let [Token::Name(name), .., Token::Name(list)] = rest {
                let variables = match *list {
                    "config.feed_filenames" => Some(&mut known.feeds),
                    "page.taxonomies.tags" | "page.taxonomies.categories" => Some(&mut known.terms),
                    "terms" if known.is_list_of_terms => Some(&mut known.all_terms),
                    _ => None,
                };
                variables.map(|variables| variables.insert((*name).to_owned()));
            }
            written
        }
        "extends" => match rest {
            [Token::Text(file)] => {
                whole(&format!(" extends \"{}\" ", super::template_name(file.trim_matches(['"', '\'']))))
            }
            _ => whole(tag.inside),
        },
        "set" | "set_global" => {
            if let Some((name, value)) = assigned(rest)
                && let Some(call) = component_call(value, known, left)
            {
                return whole(&format!(" {keyword} {name} ")) + &format!("{{{{ {call} }}}}{{% endset %}}");
            }
            whole(&rewritten(&words, known, left))
        }
        _ => whole(&rewritten(&words, known, left)),
    }
}

fn assigned<'a, 't>(tokens: &'t [Token<'a>]) -> Option<(&'a str, &'t [Token<'a>])> {
    let (Token::Name(name), rest) = tokens.split_first()? else { return None };
    let (Token::Sign("="), value) = trimmed(rest).split_first()? else { return None };
    Some((name, trimmed(value)))
}

/// `macros::card(page=page, small="yes")`, alone or made safe, as a call of a component.
fn component_call(tokens: &[Token<'_>], known: &Known, left: &mut Left) -> Option<String> {
    let (Token::Name(name), rest) = tokens.split_first()? else { return None };
    let (space, name) = name.split_once("::")?;
    let end = matches!(rest.first(), Some(Token::Sign("("))).then(|| closing(rest, 0)).flatten()?;
    let after = trimmed(rest.get(end + 1..)?);
    let is_whole = matches!(after, [] | [Token::Sign("|"), .., Token::Name("safe")]);
    if !is_whole {
        return None;
    }
    let space = match space {
        "self" => known.own.clone(),
        other => known.imports.get(other).cloned().unwrap_or_else(|| namespace(other)),
    };
    let mut call = format!("<{space}.{name}");
    for (key, value) in arguments(rest.get(1..end)?) {
        let value = match value {
            [Token::Text(raw)] if raw.starts_with('"') => (*raw).to_owned(),
            value => format!("{{{}}}", rewritten(value, known, left).trim()),
        };
        call.push_str(&format!(" {key}={value}"));
    }
    Some(call + " />")
}

/// What the macros of a file are called in front.
pub(super) fn namespace(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    let name: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("m_{name}") }
}
