//! Headers in YAML, changed line by line.

use super::NoPlace;

/// The header with values added to a key.
pub(super) fn put(front: &str, key: &str, values: &[String]) -> Result<String, NoPlace> {
    let lines: Vec<&str> = front.split_inclusive('\n').collect();
    let Some(at) = lines.iter().position(|line| is_key(line, key)) else {
        return Ok(format!("{}{}", with_end(front), new_key(&lines, key, values)));
    };
    let line = lines[at];
    let colon = line.find(':').unwrap_or_default();
    let value = &line[colon + 1..];
    let start: usize = lines[..at].iter().map(|line| line.len()).sum();
    let value_at = start + colon + 1 + (value.len() - value.trim_start().len());
    let trimmed = without_remark(value).trim();
    if trimmed.starts_with('[') {
        return flow(front, value_at, values);
    }
    if trimmed.is_empty() {
        return block(&lines, at, values);
    }
    if trimmed.starts_with(['{', '&', '*', '|', '>', '!']) {
        return Err(NoPlace(format!("`{key}` holds no list")));
    }
    // One value becomes a list of it.
    let quote = trimmed.chars().next().filter(|mark| matches!(mark, '"' | '\''));
    let all: Vec<String> =
        std::iter::once(trimmed.to_owned()).chain(values.iter().map(|value| scalar(value, quote))).collect();
    Ok(format!("{}[{}]{}", &front[..value_at], all.join(", "), &front[value_at + trimmed.len()..]))
}

fn is_key(line: &str, key: &str) -> bool {
    let Some(colon) = line.find(':') else { return false };
    let name = line[..colon].trim_end().trim_matches(['"', '\'']);
    name.eq_ignore_ascii_case(key)
        && line[colon + 1..].starts_with([' ', '\n', '\t']) | line[colon + 1..].is_empty()
}

fn with_end(front: &str) -> String {
    if front.is_empty() || front.ends_with('\n') { front.to_owned() } else { format!("{front}\n") }
}

/// A line for a key that is not there: a list as the header's others are.
fn new_key(lines: &[&str], key: &str, values: &[String]) -> String {
    if key == "date" {
        return format!("{key}: {}\n", values.first().map_or("", String::as_str));
    }
    let entry = lines.windows(2).find(|pair| {
        pair[0].trim_end().ends_with(':')
            && !pair[0].starts_with([' ', '#'])
            && pair[1].trim_start().starts_with("- ")
    });
    match entry {
        Some(pair) => {
            let indent = &pair[1][..pair[1].len() - pair[1].trim_start().len()];
            let entries: String =
                values.iter().map(|value| format!("{indent}- {}\n", scalar(value, None))).collect();
            format!("{key}:\n{entries}")
        }
        None => {
            let all: Vec<String> = values.iter().map(|value| scalar(value, None)).collect();
            format!("{key}: [{}]\n", all.join(", "))
        }
    }
}

/// A list in brackets, which may take several lines.
fn flow(front: &str, at: usize, values: &[String]) -> Result<String, NoPlace> {
    let list = &front[at..];
    let end = closing(list).ok_or_else(|| NoPlace("a list of its header never closes".to_owned()))?;
    let inner = &list[1..end];
    let quote = inner.trim_start().chars().next().filter(|mark| matches!(mark, '"' | '\''));
    let new: Vec<String> = values.iter().map(|value| scalar(value, quote)).collect();
    let kept = inner.trim_end();
    let space = &inner[kept.len()..];
    let (kept, comma) = match kept.strip_suffix(',') {
        Some(kept) => (kept, ","),
        None => (kept, ""),
    };
    let joint = if kept.trim().is_empty() { "" } else { ", " };
    Ok(format!("{}[{kept}{joint}{}{comma}{space}{}", &front[..at], new.join(", "), &front[at + end..]))
}

/// Where a list in brackets closes.
fn closing(list: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0;
    let mut characters = list.char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some('"'), '\\') => {
                characters.next();
            }
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') if list[..at].trim_end().ends_with(['[', ',']) => quote = Some(character),
            (None, '[') => depth += 1,
            (None, ']') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// A list of lines, or nothing yet.
fn block(lines: &[&str], at: usize, values: &[String]) -> Result<String, NoPlace> {
    let mut last = None;
    for (index, line) in lines.iter().enumerate().skip(at + 1) {
        let trimmed = line.trim_start();
        if trimmed.starts_with("- ") {
            last = Some(index);
        } else if !(trimmed.is_empty() || trimmed.starts_with('#') || line.starts_with([' ', '\t'])) {
            break;
        }
    }
    let Some(last) = last else {
        let follows = lines
            .get(at + 1)
            .is_some_and(|line| line.starts_with([' ', '\t']) && !line.trim_start().starts_with('#'));
        if follows {
            return Err(NoPlace("a key of its header holds no list".to_owned()));
        }
        let all: Vec<String> = values.iter().map(|value| scalar(value, None)).collect();
        let line = lines[at];
        let colon = line.find(':').unwrap_or_default();
        let changed = format!(
            "{} [{}]{}",
            &line[..=colon],
            all.join(", "),
            line[colon + 1..].trim_start_matches([' ', '\t'])
        );
        let end = if changed.ends_with('\n') { "" } else { "\n" };
        return Ok(format!("{}{changed}{end}{}", lines[..at].concat(), lines[at + 1..].concat()));
    };
    let entry = lines[last];
    let indent = &entry[..entry.len() - entry.trim_start().len()];
    let quote = entry.trim_start()[2..].trim_start().chars().next().filter(|mark| matches!(mark, '"' | '\''));
    let new: String = values.iter().map(|value| format!("{indent}- {}\n", scalar(value, quote))).collect();
    Ok(format!("{}{new}{}", with_end(&lines[..=last].concat()), lines[last + 1..].concat()))
}

/// A value without the remark behind it.
fn without_remark(value: &str) -> &str {
    let trimmed = value.trim_start();
    if trimmed.starts_with(['"', '\'', '[']) {
        let quote = trimmed.chars().next().unwrap_or('"');
        if quote == '[' {
            return value;
        }
        let end = trimmed[1..].find(quote).map_or(trimmed.len(), |end| end + 2);
        return &trimmed[..end];
    }
    value.find(" #").map_or(value, |end| &value[..end])
}

/// A name as YAML writes it, in the quotation marks of its neighbours.
fn scalar(value: &str, quote: Option<char>) -> String {
    let lower = value.to_lowercase();
    let is_other = matches!(
        lower.as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n" | "~" | "nan" | "inf"
    );
    let is_plain = !is_other
        && value.starts_with(char::is_alphabetic)
        && !value.ends_with(' ')
        && value.chars().all(|letter| letter.is_alphanumeric() || " .+/'’-_&()".contains(letter));
    match quote {
        None if is_plain => value.to_owned(),
        Some('\'') if !value.chars().any(char::is_control) => format!("'{}'", value.replace('\'', "''")),
        _ => {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            let escaped: String =
                escaped.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
            format!("\"{escaped}\"")
        }
    }
}
