//! Spellings of tools that stand alone, with what stands about them.

use super::context::{self, About};
use super::{Evidence, is_own, is_said};
use crate::dictionary::{Ambiguity, Dictionary, Spelling};
use crate::text::{Block, Kind, Mark, words};

/// A place where a tool is named.
pub(crate) struct Mention {
    /// Number of the block.
    pub block: usize,
    /// Place in its text.
    pub at: usize,
    /// The tool's number in the dictionary, or the name of one that is not there.
    pub tool: Result<usize, String>,
    /// As it is written there.
    pub written: String,
    pub ambiguity: Ambiguity,
    pub evidence: Evidence,
}

impl Mention {
    pub fn name<'m>(&'m self, dictionary: &'m Dictionary) -> &'m str {
        match &self.tool {
            Ok(tool) => &dictionary.tools[*tool].name,
            Err(name) => name,
        }
    }

    /// Whether it stands for the tool, whatever else the text says.
    pub fn is_sure(&self) -> bool {
        self.tool.is_ok() && (is_own(self.ambiguity) || self.evidence.sum > 3.0) && self.evidence.sum > 1.0
    }

    /// Whether the rest of the text decides.
    pub fn is_doubtful(&self) -> bool {
        !is_own(self.ambiguity)
    }
}

/// The tools that a block names.
pub(crate) fn mentions(number: usize, block: &Block, dictionary: &Dictionary) -> Vec<Mention> {
    let mut found = Vec::new();
    let text = block.text.as_str();
    let about = About::of(block);
    for (form, start, end) in dictionary.find(text) {
        let Some(end) = alone(text, start, end) else { continue };
        let form = &dictionary.forms[form];
        // `https://x.example/aurora/notes`: a word of an address.
        if !is_own(form.ambiguity)
            && (is_in_address(&text[..start]) || context::is_of_other_name(text, start, end))
        {
            continue;
        }
        let written = &text[start..end];
        let evidence = match &block.kind {
            Kind::Code(_) => in_code(form.ambiguity, &form.text, written, text, start, end),
            _ => said(block, &about, form.ambiguity, form.spelling, &form.text, start, end),
        };
        if let Some(evidence) = evidence {
            found.push(Mention {
                block: number,
                at: start,
                tool: Ok(form.tool),
                written: written.to_owned(),
                ambiguity: form.ambiguity,
                evidence,
            });
        }
        if found.len() > 5_000 {
            break;
        }
    }
    if let Kind::Code(language) = &block.kind
        && let Some(form) = dictionary.form(language_name(language))
        && form.ambiguity != Ambiguity::Never
    {
        found.push(Mention {
            block: number,
            at: 0,
            tool: Ok(form.tool),
            written: language.clone(),
            ambiguity: Ambiguity::Word,
            evidence: Evidence::new("code_block", "language of code"),
        });
    }
    for (range, mark) in &block.marks {
        if let Mark::Link(address) = mark
            && let Some(tool) = dictionary.by_address(address)
        {
            let mut evidence = Evidence::new("word_start", "link to its site");
            evidence.add("link", "");
            let written = text.get(range.clone()).unwrap_or_default();
            // The words of the link are another tool of the same house.
            if dictionary.form(written.trim()).is_some_and(|form| form.tool != tool) {
                continue;
            }
            // A link with other words leads there, and need not be about it.
            if !written.to_lowercase().contains(&dictionary.tools[tool].name.to_lowercase()) {
                evidence.sum -= 1.4;
            }
            found.push(Mention {
                block: number,
                at: range.start,
                tool: Ok(tool),
                written: dictionary.tools[tool].name.clone(),
                ambiguity: dictionary.tools[tool].ambiguity,
                evidence,
            });
        }
    }
    found
}

/// Whether an address is being written where a text ends.
fn is_in_address(before: &str) -> bool {
    let from = before.rfind([' ', '\n', '\t', '(', '<', '"']).map_or(0, |at| at + 1);
    before[from..].contains("://")
}

/// Where a spelling ends that stands alone, with the digits of a version; none for part of a word.
fn alone(text: &str, start: usize, end: usize) -> Option<usize> {
    let before = text[..start].chars().next_back();
    let rest = &text[end..];
    let mut after = rest.chars();
    let next = after.next();
    let second = after.next();
    let begins_with_letter = text[start..].starts_with(char::is_alphanumeric);
    let ends_with_letter = text[..end].ends_with(char::is_alphanumeric);
    let is_word = |character: Option<char>| character.is_some_and(|one| one.is_alphanumeric() || one == '_');
    if begins_with_letter && is_word(before) {
        return None;
    }
    // `jenkins.example.org`, `x@docker`, `$go`.
    if before == Some('.') && text[..start - 1].ends_with(char::is_alphanumeric) {
        return None;
    }
    if matches!(before, Some('$')) {
        return None;
    }
    if next == Some('.') && second.is_some_and(char::is_alphabetic) && second.is_some_and(char::is_lowercase)
    {
        return None;
    }
    if ends_with_letter && is_word(next) {
        // `Dockerfiles`, `Python3`, `AWS2`.
        let plural = rest.starts_with('s')
            && !rest[1..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        let version = next.is_some_and(|digit| digit.is_ascii_digit())
            && rest
                .trim_start_matches(|digit: char| digit.is_ascii_digit())
                .chars()
                .next()
                .is_none_or(|after| !after.is_alphanumeric());
        return (plural && end - start >= 4 || version && end - start >= 3).then_some(end);
    }
    Some(end)
}

/// Evidence in a sentence, a heading, a cell.
fn said(
    block: &Block,
    about: &About,
    ambiguity: Ambiguity,
    spelling: Spelling,
    form: &str,
    start: usize,
    end: usize,
) -> Option<Evidence> {
    let text = block.text.as_str();
    let written = &text[start..end];
    let is_exact = written == form;
    let is_capital = written.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
    let is_lower = !written.chars().any(char::is_uppercase);
    let is_start = context::is_start(text, start) || about.is_title_case;
    let mut evidence = match ambiguity {
        Ambiguity::None if is_lower && form != written && form.len() < 5 => {
            Evidence::new("word_start", "named")
        }
        Ambiguity::None if is_lower => Evidence::new("sure_lower", "named"),
        Ambiguity::None => Evidence::new("sure", "named"),
        Ambiguity::Case if is_exact => Evidence::new("case", "written so"),
        Ambiguity::Case if block.marks_at(start).any(|mark| *mark == Mark::Code) => {
            Evidence::new("word_start", "")
        }
        Ambiguity::General => Evidence::new("general", "named"),
        Ambiguity::Case | Ambiguity::Never => return None,
        Ambiguity::Word if is_capital && !is_start => Evidence::new("word_capital", "with a capital"),
        Ambiguity::Word if is_capital => Evidence::new("word_start", "named"),
        Ambiguity::Word => Evidence::new("word_lower", "named"),
        Ambiguity::Strong if is_capital && !is_exact => return None,
        Ambiguity::Strong if is_capital && !is_start => Evidence::new("strong_capital", "with a capital"),
        Ambiguity::Strong if is_capital => Evidence::new("strong_start", "named"),
        Ambiguity::Strong => Evidence::new("strong_lower", "named"),
    };
    if spelling == Spelling::Misspelled {
        evidence.why.push("misspelled");
    }
    if block.marks_at(start).any(|mark| *mark == Mark::Code) {
        evidence.add("code", "as code");
    }
    if is_said(&block.kind) && !is_own(ambiguity) {
        let neighbours = context::neighbours(text, start, end, written);
        evidence.sum += neighbours.weight;
        evidence.why.extend(neighbours.why);
    }
    if is_own(ambiguity) && context::is_employer(text, start, end) {
        evidence.add("employer", "perhaps the company");
    } else if context::is_employer(text, start, end) {
        evidence.add("not_a_tool", "perhaps the company");
    }
    if matches!(block.kind, Kind::Heading(_) | Kind::Title) {
        evidence.add("heading", "in a heading");
    }
    Some(evidence)
}

/// Evidence in a block of code: commands and languages.
fn in_code(
    ambiguity: Ambiguity,
    form: &str,
    written: &str,
    text: &str,
    start: usize,
    end: usize,
) -> Option<Evidence> {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line_start..start].trim_start().trim_start_matches(['$', '#', '>', '%', ' ']);
    let is_command = (before.is_empty() || before == "sudo ")
        && written.chars().all(|letter| !letter.is_uppercase())
        && text[end..].starts_with([' ', '\n'])
        && text[end..]
            .trim_start_matches(' ')
            .starts_with(|next: char| next.is_alphanumeric() || next == '-' || next == '/');
    match ambiguity {
        Ambiguity::None if is_command => Some(Evidence::new("sure", "a command")),
        Ambiguity::None if form.len() >= 5 => Some(Evidence::new("word_start", "in code")),
        Ambiguity::Word if is_command => Some(Evidence::new("code_block", "a command")),
        _ => None,
    }
}

/// The name of a language as people say it.
fn language_name(language: &str) -> &str {
    match language {
        "py" | "python3" | "pycon" => "Python",
        "rb" | "erb" => "Ruby",
        "js" => "JavaScript",
        "ts" => "TypeScript",
        "pp" | "puppet" => "Puppet",
        "go" | "golang" => "Go",
        "rs" => "Rust",
        "ps1" | "pwsh" => "PowerShell",
        "tf" | "hcl" | "terraform" => "Terraform",
        "dockerfile" => "Docker",
        "swift" => "Swift",
        "sh" | "shell" | "console" | "text" | "" | "c" | "bash" | "diff" | "ini" | "toml" | "make" => "",
        other => other,
    }
}

/// Words of a text that a mention stands among.
pub(super) fn near(text: &str, start: usize, end: usize) -> (Vec<&str>, Vec<&str>) {
    let mut from = start.saturating_sub(80);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (end + 80).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let before = words(&text[from..start]).iter().rev().take(5).map(|word| word.text).collect();
    let after = words(&text[end..to]).iter().take(5).map(|word| word.text).collect();
    (before, after)
}
