//! What a card says, and in which colours.

use crate::dates::{self, RangeForms};
use crate::views;
use crate::world::World;
use jiff::Zoned;
use serde::Serialize;
use ssg_parse::LangId;
use ssg_taxonomy::{Kind, PageId};

/// The texts of a card.
#[derive(Debug, Serialize)]
pub(super) struct Said {
    pub site: String,
    pub title: String,
    /// Event and date, or place.
    pub where_when: String,
    /// Who speaks or writes.
    pub people: String,
}

impl Said {
    /// The texts of a page's card.
    pub(super) fn of(world: &World, id: PageId) -> Self {
        let site = &world.site;
        let page = site.page(id);
        let language = world.config.language_of(&page.lang);
        let date = |date: Option<&Zoned>| date.map(|date| day(world, date, &page.lang));
        let names: Vec<&str> = match page.kind {
            Kind::Talk => {
                let speakers = site.taxonomy("speakers").and_then(|index| page.terms.get(index));
                speakers.into_iter().flatten().map(|term| site.term(*term).name.as_str()).collect()
            }
            Kind::Post => page.authors.iter().map(|person| views::person_name(world, person)).collect(),
            _ => Vec::new(),
        };
        let parts: Vec<Option<String>> = match page.kind {
            Kind::Event => site.event_of(id).map_or_else(Vec::new, |event| {
                let table = page.document.front.event.as_ref();
                let text = |value: Option<&str>| value.map(str::to_owned);
                let city = table.and_then(|table| table.city.as_ref());
                let country = table.and_then(|table| table.country.as_ref());
                let days = Some(days(world, &event.start, &event.end, &page.lang));
                vec![days, text(city.map(String::as_str)), text(country.map(String::as_str))]
            }),
            Kind::Talk => {
                let event =
                    page.talk.as_ref().and_then(|talk| talk.event).and_then(|event| site.events.get(event));
                let title = event.map(|event| site.page(event.page).title.clone());
                vec![title, date(page.date.as_ref().or(event.map(|event| &event.start)))]
            }
            _ => vec![date(page.date.as_ref())],
        };
        Self {
            site: one_line(world.config.title_in(language.unwrap_or(LangId::MAIN))),
            title: one_line(&page.title),
            where_when: one_line(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
            people: one_line(&names.join(", ")),
        }
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.site, &self.title, &self.where_when, &self.people].into_iter().map(String::as_str)
    }
}

/// A day in the words of a language.
fn day(world: &World, date: &Zoned, lang: &str) -> String {
    let form = world.look.theme.string(lang, "date-long", "%-d %B %Y");
    dates::format(date, &form, lang).unwrap_or_else(|_| date.date().to_string())
}

/// The days from one to another.
fn days(world: &World, from: &Zoned, to: &Zoned, lang: &str) -> String {
    if from.date() >= to.date() {
        return day(world, from, lang);
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
    format!("{} – {}", day(world, from, lang), day(world, to, lang))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The colours of a card: red, green and blue.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Look {
    pub paper: [u8; 3],
    pub ink: [u8; 3],
    pub accent: [u8; 3],
}

impl Look {
    /// The colours of the theme, where it has options of these names.
    pub(super) fn of(world: &World) -> Self {
        let option = |name: &str, usual: [u8; 3]| {
            let value = world.look.theme.options.get_from_path(name);
            value.and_then(|value| colour(value.as_str()?)).unwrap_or(usual)
        };
        Self {
            paper: option("paper", [0xfb, 0xfa, 0xf7]),
            ink: option("ink", [0x1b, 0x1f, 0x23]),
            accent: option("accent", [0x9c, 0x3a, 0x1c]),
        }
    }
}

/// A colour as `#rgb` or `#rrggbb`.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits: Vec<u8> = text
        .trim()
        .strip_prefix('#')?
        .chars()
        .map(|c| c.to_digit(16)?.try_into().ok())
        .collect::<Option<_>>()?;
    let byte = |high: usize, low: usize| Some(digits.get(high)? * 16 + digits.get(low)?);
    match digits.len() {
        3 => Some([byte(0, 0)?, byte(1, 1)?, byte(2, 2)?]),
        6 => Some([byte(0, 1)?, byte(2, 3)?, byte(4, 5)?]),
        _ => None,
    }
}
