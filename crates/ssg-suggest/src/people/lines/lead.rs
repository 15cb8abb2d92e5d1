//! What stands before a name in its line, and behind it.

/// A line without the time that it begins with: `9:30 -`, `10:00–10:45`, `2pm:`.
pub(in crate::people) fn without_time(line: &str) -> &str {
    if !line.starts_with(|first: char| first.is_ascii_digit()) {
        return line;
    }
    let is_time = |letter: char| letter.is_ascii_digit() || " :.-–—|amphAMPH".contains(letter);
    let rest = line.trim_start_matches(is_time);
    // A word that begins with such a letter stays whole.
    let taken = &line[..line.len() - rest.len()];
    let end = taken.rfind(|letter: char| !letter.is_alphabetic()).map_or(0, |at| at + 1);
    let end = if rest.is_empty() { line.len() } else { end };
    line.get(end..).unwrap_or(rest).trim_start_matches(['–', '—']).trim_start()
}

/// `Speaker:` is for it (`true`), `Author:` against it (`false`).
pub(super) fn label_before(before: &str) -> Option<bool> {
    let (label, is_dash) = match before.strip_suffix([':', '：']) {
        Some(label) => (label, false),
        // `Speaker - Ann Lee`
        None => (before.strip_suffix(['-', '–', '—'])?, true),
    };
    let label = label.rsplit(['.', '(', '|', '-']).next().unwrap_or(label).trim().to_lowercase();
    let last = label.rsplit(' ').next().unwrap_or_default();
    match last.trim_matches(['*', '_']) {
        "speaker" | "speakers" | "presenter" | "presenters" | "panelists" | "panellists" | "panel"
        | "keynote" | "keynotes" | "guest" | "guests" | "講者" | "讲者" | "登壇者" | "発表者" | "演讲者"
        | "speaker(s)" | "ignite" | "ignites" | "talk" | "referent" | "referentin" | "facilitator"
        | "interviewee"
            if !is_dash || last.starts_with("speaker") || last.starts_with("presenter") =>
        {
            Some(true)
        }
        _ if is_dash => None,
        "comments" | "comment" | "tags" | "tag" | "labels" | "filed" | "categories" | "keywords"
        | "author" | "authors" | "by" | "photo" | "photos" | "credit" | "host" | "hosts" | "organizer"
        | "organizers" | "editor" | "posted" | "contact" | "moderator" | "mc" | "thanks" | "sponsor"
        | "sponsors" | "translator" => Some(false),
        _ => None,
    }
}

pub(super) fn is_affiliation(after: &str) -> bool {
    let rest = after.strip_prefix([',', '@', '-', '–']).map_or(after, str::trim_start);
    after.len() <= 60
        && (after.starts_with([',', '@'])
            || after.starts_with("from ")
            || after.starts_with("at ")
            || after.starts_with("of "))
        && rest.starts_with(|first: char| {
            first.is_uppercase()
                || first == '@'
                || first.is_lowercase() && after.starts_with(['f', 'a', 'o', '@'])
        })
}
