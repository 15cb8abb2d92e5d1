//! What a card says.

use crate::dates::{self, RangeForms};
use crate::facets::config::Titles;
use crate::reads::{ReadSite, Reads};
use crate::views;
use jiff::Zoned;
use ssg_parse::LangId;
use ssg_taxonomy::{Kind, PageKey, TermKey};

/// The texts of a card.
#[derive(Debug)]
pub(super) struct Said {
    pub site: String,
    pub title: String,
    /// Event and date, or place.
    pub where_when: String,
    /// Who speaks or writes.
    pub people: String,
    /// The page of the event that it belongs to, or that it is about.
    pub event: Option<PageKey>,
    /// What is drawn of the event.
    pub drawn: Drawn,
    /// Who speaks, where it is a talk.
    pub speakers: Vec<TermKey>,
    /// The language of the page.
    pub language: LangId,
}

/// What is drawn of the programme of a card's event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    Nothing,
    All,
    /// All, and this talk stands out.
    Talk(PageKey),
}

impl Said {
    /// The texts of a page's card.
    pub(super) fn of(reads: &Reads, key: PageKey) -> Option<Self> {
        let page = reads.card(&key)?;
        let language = reads.addressing().language_of(&page.lang);
        let date = |date: Option<&Zoned>| date.map(|date| day(reads, date, &page.lang));
        let names: Vec<String> = match page.kind {
            Kind::Talk => {
                let speakers = page.terms_of("speakers").iter().filter_map(|key| reads.term(key));
                speakers.map(|term| term.name.clone()).collect()
            }
            Kind::Post => page.authors.iter().map(|person| views::person_name(reads, person)).collect(),
            _ => Vec::new(),
        };
        let parts: Vec<Option<String>> = match page.kind {
            Kind::Event => page.event.and_then(|event| reads.event(&event)).map_or_else(Vec::new, |event| {
                let days = Some(match event.open {
                    Some(open) => views::open_label(reads, open, page.language),
                    None => days(reads, &event.start, &event.end, &page.lang),
                });
                vec![days, event.city.clone(), event.country.clone()]
            }),
            Kind::Talk => {
                let event = page.talk.as_ref().and_then(|talk| reads.event(&talk.event?));
                let title = event.as_ref().and_then(|event| reads.card(&event.page));
                let title = title.map(|page| page.title.clone());
                vec![
                    title,
                    date(
                        page.date.as_ref().or(event
                            .as_ref()
                            .filter(|event| event.open.is_none())
                            .map(|event| &event.start)),
                    ),
                ]
            }
            _ => vec![date(page.date.as_ref())],
        };
        let titles = reads.get::<Titles>(&())?;
        let (event, drawn) = match page.kind {
            Kind::Event => (page.event, Drawn::All),
            Kind::Talk => (page.talk.as_ref().and_then(|talk| talk.event), Drawn::Talk(page.original)),
            _ => (page.events.first().copied(), Drawn::Nothing),
        };
        Some(Self {
            site: one_line(titles.title(language.unwrap_or(LangId::MAIN))),
            title: one_line(&page.title),
            where_when: one_line(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
            people: one_line(&names.join(", ")),
            event,
            drawn,
            speakers: if page.kind == Kind::Talk { page.terms_of("speakers").to_vec() } else { Vec::new() },
            language: page.language,
        })
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.site, &self.title, &self.where_when, &self.people].into_iter().map(String::as_str)
    }
}

/// A day in the words of a language.
fn day(reads: &Reads, date: &Zoned, lang: &str) -> String {
    let form = reads.word(lang, "date-long", "%-d %B %Y");
    dates::format(date, &form, lang).unwrap_or_else(|_| date.date().to_string())
}

/// The days from one to another.
fn days(reads: &Reads, from: &Zoned, to: &Zoned, lang: &str) -> String {
    if from.date() >= to.date() {
        return day(reads, from, lang);
    }
    if lang.starts_with("en") {
        let forms = RangeForms {
            month: ("%-d", "–%-d %B %Y"),
            year: ("%-d %B", " – %-d %B %Y"),
            years: ("%-d %B %Y", " – %-d %B %Y"),
            day: "%-d %B %Y",
        };
        if let Ok(range) = dates::range(from, to, &forms, lang) {
            return range;
        }
    }
    format!("{} – {}", day(reads, from, lang), day(reads, to, lang))
}

/// Most letters of a text that are looked at; a card has no room for as many, however narrow they are.
const LONGEST: usize = 600;

/// A text as a line, cut where no card shows it.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let room = LONGEST.saturating_sub(line.chars().count());
        if room == 0 {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(room));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_bounded() {
        assert_eq!(one_line("  One\n two\t"), "One two");
        for text in ["a".repeat(9000), "a ".repeat(9000), format!("a{}", "\u{301}".repeat(9000))] {
            assert!(one_line(&text).chars().count() <= LONGEST + 1);
        }
    }
}
