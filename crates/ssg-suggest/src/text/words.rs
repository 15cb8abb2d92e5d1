//! Words of a text, with their places.

/// A word: letters and digits, with apostrophes and hyphens inside, and the point of an initial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word<'t> {
    pub text: &'t str,
    pub start: usize,
    /// Where it ends, without a possessive.
    pub end: usize,
    /// Whether `'s` follows.
    pub possessive: bool,
}

impl Word<'_> {
    /// Whether it begins with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it is an initial, such as `J.`.
    pub fn is_initial(&self) -> bool {
        self.text.ends_with('.') && self.text.chars().count() <= 4 && self.is_capital()
    }

    /// Where it ends, with its possessive.
    pub fn full_end(&self, text: &str) -> usize {
        let rest = text.get(self.end..).unwrap_or_default();
        match (self.possessive, rest.chars().next()) {
            (true, Some(mark)) if !mark.is_alphanumeric() => {
                self.end + mark.len_utf8() + usize::from(rest[mark.len_utf8()..].starts_with(['s', 'S']))
            }
            _ => self.end,
        }
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '`' | '´')
}

/// The words of a text in order.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((at, character)) = characters.peek().copied() {
            let joins = (is_apostrophe(character) || matches!(character, '-' | '‑' | '_'))
                && text[at + character.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
            if !(character.is_alphanumeric() || joins || is_mark(character)) {
                break;
            }
            end = at + character.len_utf8();
            characters.next();
        }
        // The point of an initial belongs to it: `J.`, `J.R.`.
        if let Some(length) = initials(&text[start..]) {
            end = start + length;
            while characters.peek().is_some_and(|(at, _)| *at < end) {
                characters.next();
            }
        }
        found.push(word(text, start, end));
    }
    found
}

/// Accents that are characters of their own.
fn is_mark(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

/// The length of initials at the start of a text; none where a single letter ends a sentence.
fn initials(text: &str) -> Option<usize> {
    let mut length = 0;
    let mut rest = text;
    loop {
        let first = rest.chars().next()?;
        let after = &rest[first.len_utf8()..];
        if !(first.is_uppercase() && after.starts_with('.')) {
            break;
        }
        length += first.len_utf8() + 1;
        rest = &after[1..];
        if rest.is_empty() {
            break;
        }
    }
    let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
    (length > 0 && length <= 8 && ends).then_some(length)
}

fn word(text: &str, start: usize, end: usize) -> Word<'_> {
    let whole = &text[start..end];
    for mark in ['\'', '’', '`', '´'] {
        if let Some(stem) = whole.strip_suffix('s').and_then(|stem| stem.strip_suffix(mark))
            && !stem.is_empty()
        {
            return Word { text: stem, start, end: start + stem.len(), possessive: true };
        }
    }
    // `Davis' book`
    let possessive = whole.ends_with('s') && text[end..].starts_with(is_apostrophe);
    Word { text: whole, start, end, possessive }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_is_inside_them() {
        let text = "J. R. O'Brien's Jean-Luc, Davis' a_b (x). I am D. José I.";
        let found: Vec<(&str, bool)> = words(text).iter().map(|word| (word.text, word.possessive)).collect();
        assert_eq!(
            found,
            [
                ("J.", false),
                ("R.", false),
                ("O'Brien", true),
                ("Jean-Luc", false),
                ("Davis", true),
                ("a_b", false),
                ("x", false),
                ("I", false),
                ("am", false),
                ("D.", false),
                ("José", false),
                ("I.", false),
            ]
        );
    }
}
