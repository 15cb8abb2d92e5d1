//! What a line looks like, seen alone: a title, a question, a name, a list item, an address.
//!
//! Pure functions of one line. Those that walk the text give up early on long lines, so a line of
//! 50 MB costs no more than its length.

/// Longest line, in bytes, that can be anything but prose.
const SHORT: usize = 400;

/// Words that stay small in a title.
const SMALL: [&str; 28] = [
    "a", "an", "the", "and", "or", "but", "nor", "of", "in", "on", "at", "to", "for", "from", "by", "with",
    "as", "is", "into", "over", "per", "via", "vs", "vs.", "it", "its", "not", "after",
];

/// Number of characters, counted only as far as it matters.
pub(crate) fn length(text: &str) -> usize {
    if text.len() > 4_000 { text.len() / 2 } else { text.chars().count() }
}

/// Whether the text could be a title or a heading: short, no sentence, begins with a capital.
pub(crate) fn title_like(text: &str) -> bool {
    if text.len() > SHORT || length(text) > 100 || text.split_whitespace().count() > 14 {
        return false;
    }
    let first = text.chars().find(|c| c.is_alphanumeric());
    let opens = text.starts_with(|c: char| c.is_alphanumeric() || "“\"‘'([¿¡".contains(c));
    opens
        && first.is_some_and(|c| !c.is_lowercase())
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', ',', ';', ':', '…'])
        && !holds_sentences(text)
        && address(text).is_none()
        && marker(text).is_none()
}

/// Whether a sentence ends inside the text and another begins.
pub(crate) fn holds_sentences(text: &str) -> bool {
    text.match_indices(['.', '?', '!']).any(|(at, _)| {
        let word = text[..at].rsplit(' ').next().unwrap_or("");
        let after = text[at + 1..].strip_prefix(' ').map(str::trim_start);
        let number = word.bytes().all(|b| b.is_ascii_digit());
        !number
            && word.chars().count() > 1
            && word != "vs"
            && after.is_some_and(|rest| rest.starts_with(char::is_uppercase))
    })
}

/// Whether at least four in five of the words that count begin with a capital.
pub(crate) fn title_case(text: &str) -> bool {
    let mut counted = 0;
    let mut capitals = 0;
    for (index, word) in text.split_whitespace().enumerate().take(40) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let small = index > 0 && SMALL.contains(&word.to_lowercase().as_str());
        let Some(first) = word.chars().next().filter(|c| c.is_alphabetic() && !small) else { continue };
        counted += 1;
        capitals += usize::from(!first.is_lowercase());
    }
    counted > 0 && capitals * 5 >= counted * 4
}

/// Whether the text is written in capitals.
pub(crate) fn all_caps(text: &str) -> bool {
    text.len() <= SHORT
        && text.chars().filter(|c| c.is_uppercase()).count() >= 3
        && !text.chars().any(char::is_lowercase)
}

/// Whether the text is a line drawn under a heading.
pub(crate) fn is_rule(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    "=-~".contains(first) && text.len() >= 3 && text.chars().all(|c| c == first)
}

/// The label of `Workshop: Why are we here?`: at most two words before a colon.
pub(crate) fn label(text: &str) -> Option<&str> {
    let (label, rest) = text.get(..text.len().min(SHORT)).unwrap_or("").split_once(": ")?;
    (!rest.is_empty() && label.split_whitespace().count() <= 2).then_some(label)
}

/// Whether the text ends with a colon, perhaps inside quotes.
pub(crate) fn ends_with_colon(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'']).ends_with(':')
}

/// Whether the text ends as a sentence does.
pub(crate) fn ends_as_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'', ')']).ends_with(['.', '!', '?', '…'])
}

/// Whether the text is one short question.
pub(crate) fn question(text: &str) -> bool {
    text.len() <= SHORT && length(text) <= 200 && text.ends_with('?') && !holds_sentences(text)
}

/// Whether the text is what an interviewer says instead of a question.
pub(crate) fn prompt(text: &str) -> bool {
    let starts = ["Tell ", "Describe ", "Talk about ", "Give us ", "Share "];
    text.len() <= 120 && starts.iter().any(|start| text.starts_with(start)) && !holds_sentences(text)
}

/// Whether the text has the form of a person's name: two to four capitalised words.
pub(crate) fn name_like(text: &str) -> bool {
    const PARTICLES: [&str; 12] =
        ["van", "von", "de", "der", "den", "da", "di", "la", "le", "bin", "al", "dos"];
    const NO_NAMES: [&str; 30] = [
        "the",
        "and",
        "of",
        "with",
        "devops",
        "project",
        "projects",
        "questions",
        "question",
        "answers",
        "planning",
        "day",
        "days",
        "panel",
        "open",
        "space",
        "spaces",
        "continuous",
        "final",
        "thoughts",
        "team",
        "teams",
        "build",
        "builds",
        "server",
        "servers",
        "cloud",
        "how",
        "why",
        "what",
    ];
    if text.len() > 60 || all_caps(text) {
        return false;
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    (2..=4).contains(&capitals)
        && words.len() <= 6
        && words.iter().all(|word| {
            let letters = word.chars().all(|c| c.is_alphabetic() || "-.'’".contains(c));
            let capital = word.starts_with(char::is_uppercase);
            let lower = word.to_lowercase();
            letters && (capital || PARTICLES.contains(word)) && !NO_NAMES.contains(&lower.as_str())
        })
        && words.last().is_some_and(|last| last.chars().count() > 1 && last.starts_with(char::is_uppercase))
}

/// The marker of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// A bullet that nobody uses for anything else.
    Bullet,
    /// A dash or an asterisk: a list only in company.
    Dash,
    /// `1.` or `1)`.
    Number(u32),
}

/// Splits a list item into its marker and its text.
pub(crate) fn marker(text: &str) -> Option<(Marker, &str)> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim_start();
    if rest.is_empty() || first.len() > 5 {
        return None;
    }
    let kind = match first {
        "•" | "·" | "◦" | "▪" | "‣" | "●" | "○" | "■" | "➢" | "✓" => Marker::Bullet,
        "-" | "–" | "—" | "*" | "+" => Marker::Dash,
        _ => {
            let digits = first.strip_suffix(['.', ')'])?;
            let plain = digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
            Marker::Number(digits.parse().ok().filter(|_| plain)?)
        }
    };
    Some((kind, rest))
}

/// What an address leads to, when the text is nothing but an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Address<'t> {
    /// `https://…`
    Url(&'t str),
    /// `www.example.org`, e-mail, `@handle`: shown as text, since no more is sure.
    Other(&'t str),
}

/// The address that the text consists of.
pub(crate) fn address(text: &str) -> Option<Address<'_>> {
    if text.len() > SHORT {
        return None;
    }
    if (text.starts_with("https://") || text.starts_with("http://")) && plain_url(text) {
        return Some(Address::Url(text));
    }
    let first = text.split(' ').next().unwrap_or("");
    let handle = text.starts_with('@') && first.len() > 2 && length(text) <= 50;
    let mail =
        first.len() == text.len() && text.find('@').is_some_and(|at| at > 0 && text[at..].contains('.'));
    let www = text.starts_with("www.") && plain_url(text);
    (handle || mail || www).then_some(Address::Other(text))
}

/// Whether every character may stand in an autolink.
pub(crate) fn plain_url(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"\\`{}|^".contains(&b))
}

/// Whether the line is a shell prompt with a command, or the output of a program in columns.
pub(crate) fn prompt_line(text: &str) -> bool {
    if text.len() > SHORT {
        return false;
    }
    let shell =
        text.strip_prefix("$ ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let (head, rest) = text.split_once(['#', '$']).unwrap_or(("", ""));
    shell || (head.contains('@') && !head.contains(' ') && head.contains(':') && rest.starts_with(' '))
}

/// Whether the line may be output that belongs to the prompt above it.
pub(crate) fn output_line(text: &str, indent: usize) -> bool {
    let rule = text.chars().all(|c| "-=+|_ ".contains(c));
    let columns = text.match_indices("   ").take(2).count() == 2;
    text.len() <= SHORT && (rule || columns || indent >= 4 || prompt_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for text in
            ["Harbour Ops 2012", "A Clear Goal", "“Quoted” Words", "You Can’t Ship That!", "Day 1", "運維日"]
        {
            assert!(title_like(text) && title_case(text), "{text}");
        }
        for text in
            ["it begins small", "It ends.", "2014", "One. Two", "https://example.org", "• One", "List:"]
        {
            assert!(!title_like(text), "{text}");
        }
        assert!(!title_case("This is what a sentence looks like"));
        assert!(all_caps("A CLEAR GOAL") && !all_caps("A Clear GOAL") && !all_caps("42"));
        assert!(!title_like(&"A".repeat(50_000_000)));
    }

    #[test]
    fn names_questions_addresses() {
        for name in ["Ada Example", "J. R. van der Berg", "Zoë O’Neil-Test"] {
            assert!(name_like(name), "{name}");
        }
        for no in ["Recommendations", "Open Spaces", "The Team", "ADA EXAMPLE", "Ada", "Ada 2"] {
            assert!(!name_like(no), "{no}");
        }
        assert!(question("Why?") && !question("Really? I mean. Is it?"));
        assert_eq!(address("https://example.org/a_b"), Some(Address::Url("https://example.org/a_b")));
        assert_eq!(address("kim@example.org"), Some(Address::Other("kim@example.org")));
        assert_eq!(address("write to kim@example.org"), None);
    }

    #[test]
    fn markers() {
        assert_eq!(marker("•  One"), Some((Marker::Bullet, "One")));
        assert_eq!(marker("12. One"), Some((Marker::Number(12), "One")));
        assert_eq!(marker("– One"), Some((Marker::Dash, "One")));
        assert_eq!(marker("2014. One"), None);
        assert_eq!(marker("-x"), None);
    }
}
