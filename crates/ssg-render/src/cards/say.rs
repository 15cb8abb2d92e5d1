//! What a card says, and in which colours.

use crate::dates;
use crate::views;
use crate::world::World;
use serde::Serialize;
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
        let date = |date: Option<&jiff::Zoned>| date.map(|date| day(date, &page.lang));
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
                let days = if page.lang.starts_with("en") {
                    Some(dates::range(&event.start, &event.end))
                } else {
                    date(Some(&event.start))
                };
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
            site: one_line(&world.config.title),
            title: one_line(&page.title),
            where_when: one_line(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
            people: one_line(&names.join(", ")),
        }
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.site, &self.title, &self.where_when, &self.people].into_iter().map(String::as_str)
    }
}

/// A day in words where they are known, else in digits that are read everywhere.
fn day(date: &jiff::Zoned, lang: &str) -> String {
    let form = if lang.starts_with("en") { "%-d %B %Y" } else { "%Y-%m-%d" };
    date.strftime(form).to_string()
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
    match *digits.as_slice() {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r, s, g, h, b, c] => Some([r * 16 + s, g * 16 + h, b * 16 + c]),
        _ => None,
    }
}
