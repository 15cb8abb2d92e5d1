//! An event: what its data says of it.

use super::programme::Row;
use super::zone::{Edge, Zone, day_of};
use crate::front::{Front, Written, inline, inline_of};
use crate::keys::Keys;
use crate::people::{clean, is_nobody};
use crate::slug::slug;
use crate::{Guess, Report};
use jiff::civil::Date;
use ssg_parse::Value;
use ssg_parse::toml_text;
use ssg_source::SitePath;

/// What pages of an event ask of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Meta {
    pub id: String,
    pub title: String,
    pub city: String,
    pub venue: String,
    pub twitter: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub zone: Zone,
}

impl Meta {
    /// Where it takes place, as far as that is known.
    pub fn place(&self) -> &str {
        if self.venue.is_empty() { &self.city } else { &self.venue }
    }

    /// The path of one of its pages.
    pub fn path(&self, page: &str) -> String {
        match page.trim_matches('/') {
            "" | "welcome" => format!("/events/{}/", self.id),
            page => format!("/events/{}/{page}/", self.id),
        }
    }
}

/// An event as it was read.
pub(super) struct EventData {
    pub meta: Meta,
    pub sponsors: Vec<String>,
    pub organizers: Vec<String>,
    pub notes: Vec<Guess>,
    /// The rows of its programme, as they are in the data.
    pub programme: Value,
    /// The file that its data is in, for the report.
    pub data_file: SitePath,
    /// Links to its other pages.
    pub links: Vec<String>,
    /// Old addresses that lead here.
    pub aliases: Vec<String>,
    head: Front,
    tables: Front,
    organizer_values: Vec<Written>,
    sponsor_values: Vec<Written>,
    level_values: Vec<Written>,
}

/// Places that the source's own template names: nobody has filled them in.
const TEMPLATE_PLACES: &[(&str, &str)] =
    &[("41.882219, -87.640530", "chicago"), ("47.609895, -122.330259", "seattle")];

impl EventData {
    /// Reads the data of event `id`; `at` is the file, for the report.
    pub fn read(id: &str, keys: &Keys<'_>, at: &SitePath, report: &mut Report) -> Self {
        let mut notes = Vec::new();
        keys.ignore(&["name", "friendly", "status"]);
        let (name_year, name_city) = id.split_once('-').unwrap_or(("", id));
        let year = keys.text("year").unwrap_or_else(|| name_year.to_owned());
        let city = capitalised(&keys.text("city").unwrap_or_else(|| name_city.replace('-', " ")));
        let dates = ["startdate", "enddate", "cfp_date_start", "cfp_date_end", "registration_date_start"];
        let written: Vec<String> = dates.iter().filter_map(|key| keys.text(key)).collect();
        let zone = Zone::of(&city, &written);
        let mut moment = |key: &str, edge: Edge| {
            let text = keys.text(key)?;
            let moment = zone.moment(&text, edge);
            if moment.is_none() {
                notes.push(Guess::new(0, format!("`{key}` is no date: {text}")));
            }
            moment
        };
        let (start, end) = (moment("startdate", Edge::Start), moment("enddate", Edge::LastDay));
        let cfp = [
            ("opens", moment("cfp_date_start", Edge::Start)),
            ("closes", moment("cfp_date_end", Edge::Close)),
            ("announced", moment("cfp_date_announce", Edge::Start)),
        ];
        let registration = [
            ("opens", moment("registration_date_start", Edge::Start)),
            ("closes", moment("registration_date_end", Edge::Close)),
        ];
        let location = keys.text("location").filter(|name| !name.eq_ignore_ascii_case(&city));
        let venue = location.filter(|name| name != "yourlocation").unwrap_or_default();
        let coordinates = keys.text("coordinates").filter(|text| is_place(text, &city, &mut notes));
        let meta = Meta {
            id: id.to_owned(),
            title: format!("DevOpsDays {city} {year}").trim().to_owned(),
            venue,
            twitter: handle(&keys.text("event_twitter").unwrap_or_default()),
            start: keys.text("startdate").and_then(|text| day_of(&text)),
            end: keys.text("enddate").or_else(|| keys.text("startdate")).and_then(|text| day_of(&text)),
            city,
            zone,
        };
        let mut head = Front::default();
        head.text("title", &meta.title);
        head.text("description", &keys.text("description").unwrap_or_default());
        let series = keys.text("event_group").unwrap_or_else(|| meta.city.clone());
        let mut data = Self {
            meta,
            sponsors: Vec::new(),
            organizers: Vec::new(),
            notes,
            programme: Value::Null,
            data_file: at.clone(),
            links: Vec::new(),
            aliases: Vec::new(),
            head,
            tables: Front::default(),
            organizer_values: Vec::new(),
            sponsor_values: Vec::new(),
            level_values: Vec::new(),
        };
        data.read_people(keys, at, report);
        data.read_sponsors(keys, at, report);
        data.write_table(keys, (start, end), &series, coordinates.as_deref(), &cfp, &registration);
        data
    }

    fn write_table(
        &mut self,
        keys: &Keys<'_>,
        (start, end): (Option<String>, Option<String>),
        series: &str,
        coordinates: Option<&str>,
        cfp: &[(&str, Option<String>)],
        registration: &[(&str, Option<String>)],
    ) {
        let meta = &self.meta;
        let front = &mut self.tables;
        front.table("event");
        front.raw("start", start.as_deref().unwrap_or(""));
        if end != start {
            front.raw("end", end.as_deref().unwrap_or(""));
        }
        front.text("timezone", meta.zone.name.as_deref().unwrap_or(""));
        front.text("city", &meta.city);
        front.text("series", &format!("devopsdays-{}", slug(series)));
        if keys.yes("cancel") || keys.yes("cancelled") {
            front.raw("cancelled", "true");
        }
        front.list("organizers", &self.organizer_values);
        front.list("sponsors", &self.sponsor_values);
        front.list("sponsor_levels", &self.level_values);
        front.table_of("event.venue", |venue| {
            venue.text("name", &meta.venue);
            venue.text("address", &keys.text("location_address").unwrap_or_default());
            venue.text("coordinates", coordinates.unwrap_or(""));
        });
        let window = |front: &mut Front, dates: &[(&str, Option<String>)], url: Option<String>| {
            for (key, date) in dates {
                front.raw(key, date.as_deref().unwrap_or(""));
            }
            front.text("url", &url.filter(|url| is_address(url)).unwrap_or_default());
        };
        front.table_of("event.cfp", |front| window(front, cfp, keys.text("cfp_link")));
        let link = keys.text("registration_link");
        front.table_of("event.registration", |front| window(front, registration, link));
    }

    fn read_people(&mut self, keys: &Keys<'_>, at: &SitePath, report: &mut Report) {
        for node in keys.list("team_members").iter().chain(keys.list("team")) {
            let person = Keys::new(&node.value);
            let own = crate::keys::text_of(&node.value);
            let Some(name) = person.text("name").or(own).map(|name| clean(&name)) else { continue };
            if is_nobody(&name) {
                self.notes
                    .push(Guess::new(0, format!("the organizer `{name}` names nobody and was left out")));
                continue;
            }
            let links = person_links(&person);
            let url = links.first().map(|(_, url)| url.clone()).unwrap_or_default();
            let mut fields = vec![("name", name.clone()), ("url", url)];
            for key in ["employer", "bio", "pronouns"] {
                fields.push((key, person.text(key).unwrap_or_default()));
            }
            let also = links.iter().skip(1).map(|(kind, url)| (*kind, url.clone()));
            fields.extend(also);
            let written = fields.iter().filter(|(_, value)| !value.is_empty());
            self.organizer_values.push(inline_of(written.map(|(key, value)| (*key, toml_text(value)))));
            self.organizers.push(name);
            person.finish("event: team_members.", at.as_str(), report);
        }
    }

    fn read_sponsors(&mut self, keys: &Keys<'_>, at: &SitePath, report: &mut Report) {
        for node in keys.list("sponsors") {
            let sponsor = Keys::new(&node.value);
            let Some(id) = sponsor.text("id").map(|id| sponsor_id(&id)).filter(|id| !id.is_empty()) else {
                continue;
            };
            let level = sponsor.text("level").unwrap_or_default();
            self.sponsor_values.push(inline(&[("id", &id), ("level", &level)]));
            self.sponsors.push(id);
            sponsor.finish("event: sponsors.", at.as_str(), report);
        }
        for node in keys.list("sponsor_levels") {
            let level = Keys::new(&node.value);
            let Some(id) = level.text("id") else { continue };
            let label = level.text("label").unwrap_or_default();
            // Nought stands for no limit.
            let max = level.text("max").and_then(|max| max.parse::<u32>().ok()).filter(|max| *max > 0);
            let mut fields = vec![("id", toml_text(&id))];
            if !label.is_empty() {
                fields.push(("label", toml_text(&label)));
            }
            fields.extend(max.map(|max| ("max", max.to_string())));
            self.level_values.push(inline_of(fields.into_iter()));
            level.finish("event: sponsor_levels.", at.as_str(), report);
        }
    }

    /// The event's file, with its schedule and its text.
    pub fn write(&self, rows: &[Row], body: &str) -> Vec<u8> {
        let mut front = self.head.clone();
        front.texts("aliases", &self.aliases).append(&self.tables);
        for row in rows {
            front.row("event.schedule");
            front.raw("starts", row.starts.as_deref().unwrap_or(""));
            front.raw("ends", row.ends.as_deref().unwrap_or(""));
            front.text("room", &row.room).text("kind", &row.kind).text("title", &row.title);
            front.text("talk", row.talk.as_deref().unwrap_or("")).texts("speakers", &row.speakers);
        }
        front.table_of("extra", |extra| {
            let twitter = &self.meta.twitter;
            if !twitter.is_empty() {
                extra.list("links", &[crate::front::text(&format!("https://twitter.com/{twitter}"))]);
            }
        });
        front.table("extra.import").text("source", "devopsdays");
        front.page(body)
    }
}

/// Addresses of a person's pages, by what they are; the one of their own comes first.
pub(super) fn person_links(keys: &Keys<'_>) -> Vec<(&'static str, String)> {
    const SITES: &[(&str, &str)] = &[
        ("website", ""),
        ("linkedin", "https://www.linkedin.com/in/"),
        ("github", "https://github.com/"),
        ("gitlab", "https://gitlab.com/"),
        ("mastodon", ""),
        ("bluesky", "https://bsky.app/profile/"),
        ("twitter", "https://twitter.com/"),
        ("facebook", "https://www.facebook.com/"),
        ("instagram", "https://www.instagram.com/"),
    ];
    let mut links = Vec::new();
    for (kind, base) in SITES {
        let Some(text) = keys.text(kind) else { continue };
        let url = if is_address(&text) {
            text
        } else if text.contains('/') && text.contains('.') {
            format!("https://{}", text.trim_start_matches('/'))
        } else if base.is_empty() || handle(&text).is_empty() {
            continue;
        } else {
            format!("{base}{}", handle(&text))
        };
        if is_address(&url) {
            links.push((*kind, url));
        }
    }
    links
}

/// A name in a network, without `@`; empty for what is none.
pub(super) fn handle(text: &str) -> String {
    let text = text.trim().trim_start_matches('@');
    let valid = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    if valid { text.to_owned() } else { String::new() }
}

/// Whether a text is an address on the web.
pub(super) fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}

/// The id of a sponsor as a file name.
pub(super) fn sponsor_id(id: &str) -> String {
    let plain =
        !id.starts_with('.') && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if plain && id.len() <= 100 { id.to_owned() } else { slug(id) }
}

/// Whether coordinates are some, and the event's own.
fn is_place(text: &str, city: &str, notes: &mut Vec<Guess>) -> bool {
    let template = TEMPLATE_PLACES.iter().find(|(place, _)| *place == text);
    if template.is_some_and(|(_, of)| !city.eq_ignore_ascii_case(of)) {
        notes.push(Guess::new(0, format!("the coordinates {text} are those of the source's template")));
        return false;
    }
    let in_bounds = |part: &str, most: f64| part.trim().parse::<f64>().is_ok_and(|value| value.abs() <= most);
    let valid = text.split_once(',').is_some_and(|(one, two)| in_bounds(one, 90.0) && in_bounds(two, 180.0));
    if !valid {
        notes.push(Guess::new(0, format!("`coordinates` are none: {text}")));
    }
    valid
}

/// A name that begins with a capital, where it is all small.
fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) if !name.chars().any(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        _ => name.to_owned(),
    }
}
