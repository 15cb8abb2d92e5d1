//! Programmes of the first years: pages of HTML, a `div` with the time and one with what is on.
//!
//! ```html
//! <h4>Day 1</h4>
//! <div class="span-2">10:50-11:20</div><div class="span-4 box last">
//!   <a href="/events/2016-toronto/proposals/x/">Title</a><br /><em>Speaker</em>
//! </div>
//! ```

use super::event::Meta;
use super::html::{Piece, attribute, entities, pieces};
use super::programme::{Programme, Row, kind_of};
use jiff::civil::Date;

/// A talk that such a programme names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OldTalk {
    pub title: String,
    /// The last part of its address, decoded.
    pub name: String,
    /// Texts that name speakers.
    pub speakers: Vec<String>,
    /// Addresses of speakers' pages.
    pub links: Vec<String>,
}

/// A cell of the programme.
#[derive(Debug, Default)]
struct Cell {
    day: usize,
    from: String,
    to: Option<String>,
    /// What is said outside of talks.
    words: Vec<String>,
    talks: Vec<OldTalk>,
}

/// A programme in HTML: what stands above it, and its rows with their talks.
#[derive(Debug, Default)]
pub(super) struct OldProgramme<'t> {
    /// The text above the programme.
    pub above: &'t str,
    /// The talks, in the order in which their rows name them.
    pub talks: Vec<OldTalk>,
    cells: Vec<Cell>,
}

/// Reads a page; one without times has no cells.
pub(super) fn read(text: &str) -> OldProgramme<'_> {
    let mut programme = OldProgramme { above: text, ..OldProgramme::default() };
    let mut cell: Option<Cell> = None;
    let mut day = 0;
    let (mut heading, mut speaker, mut link) = (false, false, None::<String>);
    let mut first = None;
    for piece in pieces(text) {
        match piece {
            Piece::Tag { name, closes, attributes, at } => match (name.as_str(), closes) {
                ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", closes) => {
                    heading = !closes;
                    if !closes && cell.is_none() && programme.cells.is_empty() {
                        first.get_or_insert(at);
                    }
                }
                ("em" | "i", closes) => speaker = !closes,
                ("a", false) => link = attribute(attributes, "href"),
                ("a", true) => link = None,
                _ => {}
            },
            Piece::Text(words) => {
                let words = entities(words);
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                if words.is_empty() {
                    continue;
                }
                if heading {
                    if let Some(number) = day_number(&words) {
                        day = number;
                        programme.cells.extend(cell.take());
                    } else if programme.cells.is_empty()
                        && cell.is_none()
                        && !words.to_lowercase().contains("schedule")
                    {
                        // Another heading: the programme has not begun.
                        first = None;
                    }
                } else if let Some((from, to)) = times(&words) {
                    programme.cells.extend(cell.take());
                    cell = Some(Cell { day, from, to, ..Cell::default() });
                } else if let Some(cell) = &mut cell {
                    cell.take(&words, speaker, link.as_deref());
                }
            }
        }
    }
    programme.cells.extend(cell);
    if !programme.cells.is_empty() {
        let above = first.and_then(|at| text.get(..at)).unwrap_or("");
        programme.above = above;
    }
    programme.talks = programme.cells.iter().flat_map(|cell| cell.talks.clone()).collect();
    programme
}

impl Cell {
    fn take(&mut self, words: &str, speaker: bool, link: Option<&str>) {
        match link {
            Some(href) if href.contains("/proposals/") || href.contains("/program/") => {
                let name = href.trim_end_matches('/').rsplit('/').next().unwrap_or("");
                let name = ssg_parse::decode_path(name);
                self.talks.push(OldTalk { title: words.to_owned(), name, ..OldTalk::default() });
            }
            Some(href) if words.starts_with('@') => {
                if let Some(talk) = self.talks.last_mut() {
                    talk.links.push(href.to_owned());
                }
            }
            _ if speaker && !self.talks.is_empty() => {
                if let Some(talk) = self.talks.last_mut() {
                    talk.speakers.push(words.to_owned());
                }
            }
            _ if words.chars().any(char::is_alphanumeric) => self.words.push(words.to_owned()),
            _ => {}
        }
    }

    /// What a cell without talks is called: its words, without those that others repeat.
    fn title(&self) -> String {
        let plain = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric() && c != '#').to_lowercase();
        let words: Vec<&String> = self
            .words
            .iter()
            .enumerate()
            .filter(|(index, words)| {
                let words = plain(words);
                !self.words.iter().enumerate().any(|(other, more)| {
                    let more = plain(more);
                    other != *index && more.contains(&words) && (more.len() > words.len() || other < *index)
                })
            })
            .map(|(_, words)| words)
            .take(20)
            .collect();
        words.iter().map(|words| words.as_str()).collect::<Vec<_>>().join(": ")
    }
}

impl OldProgramme<'_> {
    /// The rows; `slugs` are those of the talks, in order. Cells that say nothing are left out and
    /// counted.
    pub fn rows(&self, meta: &Meta, slugs: &[String], programme: &mut Programme) -> usize {
        let mut slugs = slugs.iter();
        let mut silent = 0;
        for cell in &self.cells {
            let day = meta.start.and_then(|start| day_of(start, cell.day));
            let to = cell.to.as_deref().filter(|to| !to.eq_ignore_ascii_case("late"));
            let (starts, ends) = programme.times(meta, day, Some(&cell.from), to);
            let said = cell.words.join(" ");
            let kind = |usual: &str| kind_of(usual, &said).to_owned();
            let row = |kind: String, ends: Option<String>| Row {
                starts: starts.clone(),
                ends,
                kind,
                ..Row::default()
            };
            if cell.talks.is_empty() {
                let title = cell.title();
                if title.is_empty() {
                    silent += 1;
                } else {
                    programme.rows.push(Row { title, ..row(kind(""), ends) });
                }
                continue;
            }
            let many = cell.talks.len() > 1;
            if many && !said.is_empty() {
                programme.rows.push(Row { title: cell.title(), ..row(kind(""), ends.clone()) });
            }
            for _ in &cell.talks {
                let Some(slug) = slugs.next() else { continue };
                let lower = said.to_lowercase();
                let kind = match () {
                    () if lower.contains("ignite") => "ignite",
                    () if lower.contains("keynote") => "keynote",
                    () if lower.contains("workshop") => "workshop",
                    () if lower.contains("panel") => "panel",
                    () => "talk",
                };
                programme.named.insert(slug.clone());
                let ends = ends.clone().filter(|_| !many);
                programme.rows.push(Row { talk: Some(slug.clone()), ..row(kind.to_owned(), ends) });
            }
        }
        silent
    }
}

/// The day `number` of an event, from 1; without a number it is the first.
fn day_of(start: Date, number: usize) -> Option<Date> {
    let days = i64::try_from(number.saturating_sub(1)).ok()?;
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The number in `Day 2 - Friday`.
fn day_number(heading: &str) -> Option<usize> {
    let rest = heading.to_lowercase();
    let rest = rest.trim_start().strip_prefix("day ")?.to_owned();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| (1..=14).contains(number))
}

/// The times in `09:00-9:15`, `19:00-late` or `17:00`.
fn times(text: &str) -> Option<(String, Option<String>)> {
    let is_time = |text: &str| {
        text.len() <= 6
            && text.split_once(':').is_some_and(|(hour, minute)| {
                [hour, minute]
                    .iter()
                    .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
            })
    };
    let text = text.replace('–', "-");
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (from.trim(), Some(to.trim())),
        None => (text.trim(), None),
    };
    let plausible = is_time(from) && to.is_none_or(|to| is_time(to) || to.eq_ignore_ascii_case("late"));
    plausible.then(|| (from.to_owned(), to.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::devopsdays::zone::Zone;
    use jiff::civil::date;

    #[test]
    fn cells_become_rows_and_talks() {
        let text = "<p>Come!</p>\n<h2>The Schedule</h2><h4>Day 1</h4>\
            <div>09:00-9:15</div><div>Opening &amp; Welcome</div>\
            <div>10:00-10:30</div><div><a href=\"/events/x/proposals/How%20To/\">How To</a><br/><em>Jo Dock</em>, <a href=\"https://twitter.com/jo\">@jo</a> Keynote</div>\
            <div>11:00-11:30</div><div>Ignites<br/><a href=\"/events/x/proposals/a/\">A</a><em>B C</em><a href=\"/events/x/proposals/d/\">D</a></div>\
            <div>12:00-12:30</div><div><br/></div><h4>Day 2 - Friday</h4>\
            <div>14:00-14:45</div><div><strong>Open Space</strong> (Open Space) <br /> Open Space #1</div><div>19:00-late</div><div>Party</div>";
        let old = read(text);
        assert_eq!(old.above, "<p>Come!</p>\n");
        let names: Vec<&str> = old.talks.iter().map(|talk| talk.name.as_str()).collect();
        assert_eq!(names, ["How To", "a", "d"]);
        assert_eq!(old.talks[0].speakers, ["Jo Dock"]);
        let meta = Meta { start: Some(date(2016, 5, 26)), zone: Zone::of("Toronto", &[]), ..Meta::default() };
        let mut programme = Programme::default();
        let slugs = ["how-to", "a", "d"].map(str::to_owned);
        assert_eq!(old.rows(&meta, &slugs, &mut programme), 1);
        let shown: Vec<String> = programme
            .rows
            .iter()
            .map(|row| {
                format!(
                    "{} {} {}{}",
                    row.starts.as_deref().unwrap_or("?"),
                    row.kind,
                    row.title,
                    row.talk.as_deref().unwrap_or("")
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "2016-05-26T09:00:00 ceremony Opening & Welcome",
                "2016-05-26T10:00:00 keynote how-to",
                "2016-05-26T11:00:00 ignite Ignites",
                "2016-05-26T11:00:00 ignite a",
                "2016-05-26T11:00:00 ignite d",
                "2016-05-27T14:00:00 open-space Open Space #1",
                "2016-05-27T19:00:00 social Party",
            ]
        );
    }

    #[test]
    fn a_page_without_times_is_no_programme() {
        let old = read("<h2>Soon</h2> text");
        assert!(old.talks.is_empty());
        assert_eq!(old.above, "<h2>Soon</h2> text");
    }
}
