//! Finds where a new post begins in a file that holds several.
//!
//! A title looks like a section's heading, so each candidate is scored by the evidence on both
//! sides: how the text before it ends, how the text after it begins, what the line itself says.
//! At [`CUT`] points it starts a post; below [`SURE`] the cut is marked as a guess. One point
//! or two short of a cut it stays a heading, and that is marked as well.

use super::dates::date_line;
use super::shape::{ends_with_colon, label, title_case, title_like};
use super::unit::Unit;
use std::collections::{HashMap, HashSet};

/// Points that make a post.
pub(crate) const CUT: i32 = 4;
/// Points that make it sure.
pub(crate) const SURE: i32 = 6;

/// A place where a post begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Index of the unit that is its title, or its date line when that comes first.
    pub unit: usize,
    /// Points; the first post needs none.
    pub score: i32,
    /// The evidence, for the report.
    pub why: Vec<&'static str>,
}

/// The places where posts begin, the first one included, and the near misses.
pub(crate) fn cuts(units: &[Unit]) -> (Vec<Cut>, Vec<Cut>) {
    let mut cuts = vec![Cut { unit: 0, score: SURE, why: Vec::new() }];
    let mut near = Vec::new();
    let Some(first) = units.first() else { return (Vec::new(), near) };
    let date_first = date_line(&first.text).is_some();
    let labels = repeated_labels(units);
    let theme: HashSet<String> = significant(&first.text).collect();
    let mut last_heading: Option<usize> = None;
    for at in 1..units.len() {
        let start = cuts.last().expect("the first post").unit;
        // A dated post needs a title and a paragraph before the next can begin.
        if at - start < 2 {
            continue;
        }
        if date_first {
            let titled = units.get(at + 1).is_some_and(|unit| title_like(&unit.text));
            if units[at].opens && titled && date_line(&units[at].text).is_some() {
                cuts.push(Cut { unit: at, score: SURE, why: vec!["a date line before a title"] });
            }
            continue;
        }
        if !candidate(units, at) {
            continue;
        }
        let (score, why) = score(units, at, last_heading.filter(|heading| *heading > start), &labels, &theme);
        last_heading = Some(at);
        let cut = Cut { unit: at, score, why };
        if score >= CUT {
            cuts.push(cut);
        } else if score >= CUT - 1 {
            near.push(cut);
        }
    }
    (cuts, near)
}

/// A short line of its own, with prose or a date line after it.
fn candidate(units: &[Unit], at: usize) -> bool {
    let unit = &units[at];
    let Some(next) = units.get(at + 1) else { return false };
    unit.opens
        && title_like(&unit.text)
        && (unit.closes || date_line(&next.text).is_some() || chapter(&unit.text).is_some())
        && !ends_with_colon(&units[at - 1].text)
        && (next.text.len() >= 80 || date_line(&next.text).is_some() || chapter(&unit.text).is_some())
}

fn score(
    units: &[Unit],
    at: usize,
    last_heading: Option<usize>,
    labels: &HashSet<&str>,
    theme: &HashSet<String>,
) -> (i32, Vec<&'static str>) {
    let title = units[at].text.as_str();
    let (before, after) = (&units[at - 1].text, &units[at + 1].text);
    let evidence = [
        (date_line(after).is_some(), 6, "a date line after it"),
        (chapter(title).is_some(), 6, "it is a chapter"),
        (names_year(title), 2, "a year in it"),
        (opening_title(title), 2, "it begins as titles do"),
        (significant(title).any(|word| theme.contains(&word)), 1, "it shares a word with the first title"),
        (closing(before), 2, "the text before it takes leave"),
        (last_heading.is_some_and(|heading| concluding(&units[heading].text)), 3, "a conclusion before it"),
        (opening(after), 2, "the text after it opens a report"),
        (after.contains(title), 2, "the text after it names it in full"),
        (starts_with_subject(title, after), 1, "the text after it starts with its subject"),
        (title_case(title), 0, "title case"),
        (!title_case(title), -2, "not in title case"),
        (section(title), -4, "a usual name of a section"),
        (label(title).is_some_and(|label| labels.contains(label)), -4, "its label is repeated"),
    ];
    let holds: Vec<_> = evidence.into_iter().filter(|(holds, points, _)| *holds && *points != 0).collect();
    let score = holds.iter().map(|(_, points, _)| points).sum();
    (score, holds.into_iter().filter(|(_, points, _)| *points > 0).map(|(_, _, why)| why).collect())
}

/// Labels such as `Workshop` that begin two headings or more.
pub(crate) fn repeated_labels(units: &[Unit]) -> HashSet<&str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for unit in units.iter().filter(|unit| unit.opens && title_like(&unit.text)) {
        if let Some(label) = label(&unit.text) {
            *counts.entry(label).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(label, _)| label).collect()
}

/// The number and the rest of `Chapter 16. The Title`.
pub(crate) fn chapter(title: &str) -> Option<(u32, &str)> {
    let rest = title.strip_prefix("Chapter ").or_else(|| title.strip_prefix("CHAPTER "))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let name = rest[digits..].trim_start_matches(['.', ':', ' ', '–', '—', '-']);
    Some((rest[..digits].parse().ok()?, name)).filter(|(_, name)| !name.is_empty())
}

/// A usual name of a section inside a post.
pub(crate) fn section(title: &str) -> bool {
    const NAMES: [&str; 16] = [
        "introduction",
        "background",
        "overview",
        "agenda",
        "schedule",
        "summary",
        "conclusion",
        "conclusions",
        "wrap-up",
        "wrapping up",
        "references",
        "resources",
        "exercises",
        "acknowledgements",
        "speakers",
        "talks",
    ];
    let lower = title.to_lowercase();
    NAMES.contains(&lower.as_str()) || numbered_part(&lower) || concluding(title)
}

/// `Day 1`, `Part II`, `Step three`.
fn numbered_part(lower: &str) -> bool {
    const NUMBERS: [&str; 14] = [
        "one", "two", "three", "four", "five", "six", "i", "ii", "iii", "iv", "v", "first", "second", "third",
    ];
    let Some((part, number)) = lower.split_once(' ') else { return false };
    let number = number.split([':', ' ', '–', '-']).next().unwrap_or("");
    let count = number.bytes().all(|b| b.is_ascii_digit()) && !number.is_empty() && number.len() <= 2;
    matches!(part, "day" | "part" | "step" | "session" | "phase") && (count || NUMBERS.contains(&number))
}

fn concluding(title: &str) -> bool {
    const NAMES: [&str; 10] = [
        "final thoughts",
        "closing thoughts",
        "final words",
        "conclusion",
        "conclusions",
        "in conclusion",
        "summary",
        "wrap-up",
        "wrapping up",
        "takeaways",
    ];
    NAMES.contains(&title.to_lowercase().as_str())
}

fn names_year(title: &str) -> bool {
    title
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.len() == 4 && word.parse().is_ok_and(|year: u16| (1990..=2100).contains(&year)))
}

/// Titles of posts that no section has.
fn opening_title(title: &str) -> bool {
    const STARTS: [&str; 12] = [
        "getting started with ",
        "how to ",
        "why i ",
        "why we ",
        "announcing ",
        "introducing ",
        "recap: ",
        "review: ",
        "recent ",
        "notes from ",
        "my first ",
        "thoughts on ",
    ];
    const ENDS: [&str; 4] = [" recap", " roundup", " wrap-up", " trip report"];
    let lower = title.to_lowercase();
    STARTS.iter().any(|start| lower.starts_with(start)) || ENDS.iter().any(|end| lower.ends_with(end))
}

/// How a post ends: leave taken, a next date named, comments asked for.
fn closing(text: &str) -> bool {
    const PHRASES: [&str; 14] = [
        "see you ",
        "stay tuned",
        "comment below",
        "leave a comment",
        "let me know",
        "thanks for reading",
        "thank you for reading",
        "looking forward to seeing",
        "the next of which is",
        "next meetup is",
        "next meeting is",
        "another post",
        "hope this helps",
        "until next time",
    ];
    if text.len() > 1_500 {
        return false;
    }
    let lower = text.to_lowercase();
    PHRASES.iter().any(|phrase| lower.contains(phrase))
}

/// How a report of an event begins.
fn opening(text: &str) -> bool {
    const STARTS: [&str; 16] = [
        "this past ",
        "last week",
        "last month",
        "last night",
        "last weekend",
        "last year",
        "yesterday",
        "today",
        "earlier this ",
        "this week",
        "this month",
        "this weekend",
        "a few weeks ago",
        "a few days ago",
        "recently",
        "i attended",
    ];
    let start: String = text.chars().take(120).collect::<String>().to_lowercase();
    STARTS.iter().any(|one| start.starts_with(one)) || start.contains(" i attended ")
}

fn starts_with_subject(title: &str, after: &str) -> bool {
    let first: String = after.chars().take(80).collect();
    let first: Vec<String> = significant(&first).take(1).collect();
    significant(title).last().is_some_and(|word| first.contains(&word))
}

/// The words of a title that say what it is about, in lower case.
fn significant(text: &str) -> impl Iterator<Item = String> {
    const EMPTY: [&str; 10] =
        ["this", "that", "with", "from", "your", "what", "when", "about", "into", "started"];
    text.split(|c: char| !c.is_alphanumeric())
        .take(40)
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= 4 && !EMPTY.contains(&word.as_str()))
        .filter(|word| !word.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::clean::lines;
    use super::super::unit::units;
    use super::*;

    const LONG: &str =
        "Somebody wrote a paragraph here that is long enough to be the start of a post or of a section.";

    fn titles(text: &str) -> Vec<String> {
        let units = units(lines(text, &mut Vec::new()));
        cuts(&units).0.iter().map(|cut| units[cut.unit].text.clone()).collect()
    }

    #[test]
    fn sections_stay_and_posts_are_cut() {
        let text = format!(
            "Harbour Meetup\n\n{LONG}\n\nSee you on Tuesday.\n\nHarbour Ops 2012\n\nLast week I attended it. {LONG}\n\n\
             Venue and Food\n\n{LONG}\n\nDay 2\n\n{LONG}\n\nFinal Thoughts\n\n{LONG}\n\nRecent Finds\n\n{LONG}\n"
        );
        assert_eq!(titles(&text), ["Harbour Meetup", "Harbour Ops 2012", "Recent Finds"]);
    }

    #[test]
    fn dates_cut_on_either_side_of_the_title() {
        let after = format!("One\n\nMarch 4, 2017\n\n{LONG}\n\nTwo\nMarch 5, 2017\n\n{LONG}\n");
        assert_eq!(titles(&after), ["One", "Two"]);
        let before = format!("March 4, 2017\n\nOne\n\n{LONG}\n\nMarch 5, 2017\n\nTwo\n\n{LONG}\n");
        assert_eq!(titles(&before), ["March 4, 2017", "March 5, 2017"]);
    }

    #[test]
    fn chapters() {
        assert_eq!(chapter("Chapter 16. The Title"), Some((16, "The Title")));
        assert_eq!(chapter("Chapter One"), None);
        assert_eq!(chapter("Chapter 99999999999. X"), None);
    }
}
