//! Slugs for file names: lower-case ASCII letters, digits and single hyphens.

use deunicode::deunicode;

/// Longest slug, in bytes; longer ones are cut at a hyphen.
const LONGEST: usize = 80;

/// The slug of `text`; empty when nothing in it can be transliterated.
pub(crate) fn slug(text: &str) -> String {
    let start: String = text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘')).take(400).collect();
    let mut slug = String::new();
    for c in deunicode(&start).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.len() > LONGEST {
        let cut = slug[..=LONGEST].rfind('-').filter(|at| *at > LONGEST / 2).unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_bounded() {
        assert_eq!(slug("Ops @ the Harbour: what’s next?"), "ops-the-harbour-whats-next");
        assert_eq!(slug("Žižkov — Größe"), "zizkov-grosse");
        assert_eq!(slug("運維日"), "yun-wei-ri");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("\0 !?"), "");
        assert!(slug(&"word ".repeat(100)).len() <= LONGEST);
        assert!(slug(&"x".repeat(1000)).len() <= LONGEST);
    }
}
