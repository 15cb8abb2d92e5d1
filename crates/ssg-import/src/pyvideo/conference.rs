//! A conference and its talks; or a group that meets again and again, as an event for each day.

use super::talk::Talk;
use super::withheld::Withheld;
use super::{CATEGORY, markup};
use crate::front::Front;
use crate::keys::Keys;
use crate::slug::slug;
use crate::{FolderOptions, Guess, Import, ImportedFile, Report, Verdict, source};
use jiff::Span;
use jiff::civil::Date;
use ssg_source::{Diagnostics, Inputs, SitePath};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Days between the first and the last talk of what is still one event.
const LONGEST: i32 = 31;
/// Days around the middle talk of a conference that its dates are taken from.
const NEAR: i64 = 15;

/// A conference as it was read.
pub(super) struct Conference {
    /// Its folder's name.
    name: String,
    title: String,
    /// Markdown.
    text: String,
    talks: Vec<Talk>,
    notes: Vec<Guess>,
    /// Every file of it could be read.
    whole: bool,
}

impl Conference {
    /// Reads the files of a conference; those that cannot be read go into the report.
    pub fn read(
        name: &str,
        files: &[SitePath],
        inputs: &dyn Inputs,
        report: &mut Report,
        found: &mut Diagnostics,
    ) -> Self {
        let mut conference = Self {
            name: name.to_owned(),
            title: name.to_owned(),
            text: String::new(),
            talks: Vec::new(),
            notes: Vec::new(),
            whole: true,
        };
        for file in files {
            let value = match source::json(inputs, file, found) {
                Ok(value) => value,
                Err(why) => {
                    conference.whole = false;
                    report.add(file.as_str(), Verdict::Failed(why), Vec::new());
                    continue;
                }
            };
            let keys = Keys::new(&value);
            if file.file_name() == CATEGORY && file.parts().count() == 2 {
                conference.title = keys.text("title").unwrap_or(conference.title);
                conference.text = markup::to_markdown(&keys.text("description").unwrap_or_default());
                keys.ignore(&["slug"]);
                keys.finish("category: ", file.as_str(), report);
            } else {
                conference.talks.push(Talk::read(file, &keys));
                keys.finish("talk: ", file.as_str(), report);
            }
        }
        conference
    }

    /// Adds the events and the talks to the import.
    pub fn add_to(
        mut self,
        import: &mut Import,
        withheld: &Withheld,
        options: &FolderOptions,
        aliases: &mut HashSet<String>,
    ) {
        let source = format!("pyvideo/{}", self.name);
        let base = self.base();
        let days: BTreeSet<Date> = self.talks.iter().filter_map(|talk| talk.date).collect();
        let groups = is_group(&self.name, &days);
        let id_of = |date: Option<Date>| match date.filter(|_| groups) {
            Some(date) => format!("{base}-{date}"),
            None => base.clone(),
        };
        let mut taken: HashSet<String> = HashSet::new();
        let mut of_event: BTreeMap<String, Vec<Date>> = BTreeMap::new();
        for talk in std::mem::take(&mut self.talks) {
            let id = id_of(talk.date);
            let Ok(path) = talk_path(&id, &talk.name, &mut taken) else {
                let why = "its name makes no path".to_owned();
                import.report.add(&talk.title, Verdict::Failed(why), Vec::new());
                continue;
            };
            let people = talk.people(withheld);
            if withheld.talk(talk.id, &talk.name) || (people.names.is_empty() && people.withheld > 0) {
                let why = "its publication has been objected to (NO_PUBLISH.json)".to_owned();
                import.report.add(&talk.name, Verdict::Skipped(why), Vec::new());
                import.withheld.insert(path);
                continue;
            }
            of_event.entry(id).or_default().extend(talk.date);
            let (bytes, notes) = talk.write(people, options, aliases);
            import.report.add(&talk.title, Verdict::Imported(path.clone()), notes);
            import.files.push(ImportedFile::whole(path, bytes, &source));
        }
        for (id, days) in of_event {
            self.add_event(&id, &base, days, groups, &source, import);
        }
        if self.whole {
            import.covers.insert(source);
        }
    }

    /// The id of the event, or what the ids of the events of a group begin with.
    fn base(&self) -> String {
        let of_name = slug(&self.name.replace('_', "-"));
        if of_name.is_empty() { "conference".to_owned() } else { of_name }
    }

    fn add_event(
        &self,
        id: &str,
        base: &str,
        mut days: Vec<Date>,
        groups: bool,
        source: &str,
        import: &mut Import,
    ) {
        days.sort_unstable();
        let mut notes = self.notes.clone();
        let Some((start, end, strays)) = range(&days) else {
            let why = "no talk of it has a date".to_owned();
            import.report.add(&self.title, Verdict::Skipped(why), notes);
            return;
        };
        if strays > 0 {
            let what =
                format!("{strays} talks were recorded long before or after; they do not count for its dates");
            notes.push(Guess::new(0, what));
        }
        let title = if groups { format!("{}, {}", self.title, written(start)) } else { self.title.clone() };
        let mut front = Front::default();
        front.text("title", &title);
        front.table("event").raw("start", &start.to_string());
        if end != start {
            front.raw("end", &end.to_string());
        }
        if groups {
            front.text("series", base);
        }
        front.table("extra.import").text("source", "pyvideo");
        let path = SitePath::new(&format!("content/events/{id}/index.md"));
        let Ok(path) = path else { return };
        import.report.add(&title, Verdict::Imported(path.clone()), notes);
        import.files.push(ImportedFile::whole(path, front.page(&self.text), source));
    }
}

/// Whether the days are those of meetings rather than of one conference: they lie far apart, and
/// the name tells no year.
fn is_group(name: &str, days: &BTreeSet<Date>) -> bool {
    let year = name
        .split(|c: char| !c.is_ascii_digit())
        .any(|part| part.len() == 4 && part.parse::<i16>().is_ok_and(|year| (1980..2100).contains(&year)));
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if !year => days_between(*first, *last) > LONGEST,
        _ => false,
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// First and last of the days near the middle one, and how many lie elsewhere; `days` are sorted.
fn range(days: &[Date]) -> Option<(Date, Date, usize)> {
    let middle = *days.get(days.len() / 2)?;
    let from = middle.checked_sub(Span::new().days(NEAR)).unwrap_or(Date::MIN);
    let to = middle.checked_add(Span::new().days(NEAR)).unwrap_or(Date::MAX);
    let near: Vec<&Date> = days.iter().filter(|day| (from..=to).contains(*day)).collect();
    Some((**near.first()?, **near.last()?, days.len() - near.len()))
}

/// Where a talk goes; names that make one slug are numbered.
fn talk_path(
    event: &str,
    name: &str,
    taken: &mut HashSet<String>,
) -> Result<SitePath, ssg_source::PathError> {
    let base = ssg_parse::slugify(name);
    let base = if base.is_empty() { "talk".to_owned() } else { base };
    let mut slug = base.clone();
    let mut number = 2;
    while !taken.insert(format!("{event}/{slug}")) {
        slug = format!("{base}-{number}");
        number += 1;
    }
    SitePath::new(&format!("content/events/{event}/talks/{slug}.md"))
}

/// A day as titles write it.
fn written(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(day.month() - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    format!("{} {month} {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_conference_is_one_event_and_a_group_many() {
        let days = BTreeSet::from([date(2013, 6, 26), date(2019, 12, 26)]);
        assert!(is_group("minsk-python-meetup", &days));
        assert!(!is_group("europython-2012", &days));
        assert!(!is_group("sprint", &BTreeSet::from([date(2013, 6, 26), date(2013, 6, 28)])));
    }

    #[test]
    fn talks_recorded_at_another_time_do_not_stretch_an_event() {
        let days = [date(2012, 7, 2), date(2012, 7, 3), date(2012, 7, 4), date(2014, 1, 1)];
        assert_eq!(range(&days), Some((date(2012, 7, 2), date(2012, 7, 4), 1)));
        assert_eq!(range(&[]), None);
        assert_eq!(written(date(2012, 7, 2)), "2 July 2012");
    }
}
