//! Quick fixes: what the hint of a problem says may have been meant takes the place of what was written.

use crate::problems::meant;
use crate::text::Text;
use ssg_source::{Diagnostic, Span};

/// Longest text in which a wrong word is looked for, in bytes.
const LONGEST: usize = 8192;

/// The edit that does what a problem's hint suggests, in the text as it is now: where, and what is put there.
#[must_use]
pub fn fix(one: &Diagnostic, text: &Text) -> Option<(Span, String)> {
    let meant = meant(one)?;
    let span = one.span?;
    let written = span.slice(text.as_str());
    if written.is_empty() || written.len() > LONGEST {
        return None;
    }
    // What the message quotes is what is wrong; the first of it that stands at the place is replaced.
    let quoted: Vec<&str> = one.message.split('`').skip(1).step_by(2).collect();
    let wrong =
        quoted.into_iter().find(|word| !word.is_empty() && *word != meant && written.contains(word))?;
    let mut found = written.match_indices(wrong);
    let (at, _) = found.next()?;
    // Of several the last is the destination of a link, whose text comes first.
    let at = found.last().map_or(at, |(last, _)| last);
    let start = span.range().start + at;
    Some((Span::new(start, start + wrong.len()), meant.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_source::codes;

    #[test]
    fn what_was_meant_takes_the_place_of_what_was_written() {
        let text = Text::new("---\ntols: [Chef]\nevents: [2016-tornto]\n---\n[2016-tornto](@/x.md)\n");
        let problem = |message: &str, part: &str, hint: &str| {
            let at = text.as_str().find(part).expect("there");
            Diagnostic::warning(codes::UNKNOWN_KEY, message).at(Span::new(at, at + part.len())).hint(hint)
        };
        let of =
            |one: &Diagnostic| fix(one, &text).map(|(span, new)| (span.slice(text.as_str()).to_owned(), new));
        let one = problem("unknown key `tols`", "tols", "did you mean `tools`?");
        assert_eq!(of(&one), Some(("tols".to_owned(), "tools".to_owned())));
        let one = problem("there is no event `2016-tornto`", "2016-tornto", "did you mean `2016-toronto`?");
        assert_eq!(of(&one), Some(("2016-tornto".to_owned(), "2016-toronto".to_owned())));
        // The text has changed since, there is no hint, the wrong word is elsewhere.
        assert_eq!(of(&problem("unknown key `tooks`", "tols", "did you mean `tools`?")), None);
        assert_eq!(of(&problem("unknown key `tols`", "tols", "values go under `extra`")), None);
        assert_eq!(of(&Diagnostic::warning(codes::YAML, "`x`").hint("did you mean `y`?")), None);
        let past = Diagnostic::warning(codes::YAML, "`x`").at(Span::new(900, 901)).hint("did you mean `y`?");
        assert_eq!(of(&past), None);
    }
}
