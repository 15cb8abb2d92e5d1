//! Reads the `[event]` and `[talk]` tables.

use super::event::{
    Details, EventTable, MediaLink, Online, Organizer, Room, Row, Sponsor, SponsorLevel, TalkTable, Venue,
    Window,
};
use crate::address::Address;
use crate::fields::Fields;
use crate::languages::check_tag;
use crate::open_date::OpenDate;
use crate::value::{Node, Spanned, Value, scalar_text};
use crate::when::When;
use ssg_source::{Diagnostic, Severity, Span, codes};

fn plain<T>(text: Option<Spanned<T>>) -> Option<T> {
    text.map(|text| text.value)
}

pub(super) fn read_event(fields: &mut Fields<'_>) -> EventTable {
    let (start, open_start) = read_edge(fields, &["start", "starts", "startdate"]);
    let (end, open_end) = read_edge(fields, &["end", "ends", "enddate"]);
    let mut event = EventTable {
        start,
        end,
        open_start,
        open_end,
        timezone: fields.text(&["timezone"]),
        city: plain(fields.text(&["city"])),
        country: plain(fields.text(&["country"])),
        series: fields.text(&["series"]),
        cancelled: fields.flag(&["cancelled", "canceled", "cancel"]).is_some_and(|flag| flag.value),
        online: read_online(fields),
        hybrid: fields.flag(&["hybrid"]).is_some_and(|flag| flag.value),
        previous_start: fields.when(&["previous_start"]),
        previous_city: plain(fields.text(&["previous_city"])),
        day_ends: read_day_ends(fields),
        venue: fields.table(&["venue"], read_venue),
        venues: fields.tables(&["venues"], |fields, _| Some(read_venue(fields))),
        rooms: fields.tables(&["rooms"], read_room),
        cfp: fields.table(&["cfp"], read_window),
        registration: fields.table(&["registration"], read_window),
        organizers: fields.tables(&["organizers"], |fields, _| {
            let organizer = fields.person(&["name"]).map(|name| Organizer {
                name,
                url: plain(fields.address(&["url"])),
                is_organization: fields.flag(&["organization"]).is_some_and(|flag| flag.value),
            });
            // Handles and the like are the author's to keep.
            let others = fields.rest();
            fields.report_withholding(others);
            organizer
        }),
        sponsors: fields.tables(&["sponsors"], read_sponsor),
        sponsor_levels: fields.tables(&["sponsor_levels"], |fields, _| {
            let level = fields.text(&["id"]).map(|id| SponsorLevel {
                id: id.value,
                label: plain(fields.text(&["label"])),
                max: fields.integer(&["max"]).map(|max| max.value),
            });
            fields.report_unknown(Severity::Warning, "", &[]);
            level
        }),
        schedule: fields.tables(&["schedule"], |fields, span| Some(read_row(fields, span))),
    };
    fields.report_unknown(Severity::Warning, "values of your own go under `extra`", &[]);
    read_virtual_place(&mut event);
    if let Some(first) = event.venues.first() {
        event.venue.get_or_insert_with(|| first.clone());
    }
    event
}

/// A day or a moment, or what is known of it.
fn read_edge(fields: &mut Fields<'_>, names: &[&'static str]) -> (Option<Spanned<When>>, Option<OpenDate>) {
    let open = fields.peek(names).and_then(|field| match &field.node.value {
        Value::Text(text) | Value::Date(text) => OpenDate::read(text),
        _ => None,
    });
    if open.is_some() {
        fields.take(names);
        return (None, open);
    }
    (fields.when(names), None)
}

/// What people write for a place where there is none.
const NOWHERE: &[&str] =
    &["online", "virtual", "remote", "internet", "livestream", "live stream", "virtuell", "en ligne", "web"];

fn is_nowhere(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let name = name.strip_suffix(" event").or(name.strip_suffix(" only")).unwrap_or(&name);
    NOWHERE.contains(&name)
}

/// A venue or a city that is called "Online" is none: the event is online, at the address of the venue.
fn read_virtual_place(event: &mut EventTable) {
    let is_virtual = |venue: &Venue| {
        venue.name.as_deref().is_some_and(is_nowhere)
            && venue.address.is_none()
            && venue.coordinates.is_none()
    };
    if event.venue.as_ref().is_some_and(is_virtual) {
        let venue = event.venue.take();
        let own = event.online.take().and_then(|online| online.url);
        event.online = Some(Online { url: own.or(venue.and_then(|venue| venue.url)) });
    }
    if event.city.as_deref().is_some_and(is_nowhere) {
        event.city = None;
        event.online.get_or_insert_default();
    }
}

fn read_venue(fields: &mut Fields<'_>) -> Venue {
    let coordinates = fields.text(&["coordinates"]);
    let venue = Venue {
        id: plain(fields.text(&["id"])),
        name: plain(fields.text(&["name"])),
        address: plain(fields.text(&["address"])),
        city: plain(fields.text(&["city"])),
        coordinates: coordinates.as_ref().and_then(|text| {
            let (latitude, longitude) = text.value.split_once(',')?;
            let (latitude, longitude): (f64, f64) =
                (latitude.trim().parse().ok()?, longitude.trim().parse().ok()?);
            (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
        }),
        url: plain(fields.address(&["url"])),
    };
    if let (Some(text), None) = (coordinates, venue.coordinates) {
        let message = format!("`{}` are no coordinates", text.value);
        fields.found().add(
            ssg_source::Diagnostic::error(codes::COORDINATES, message)
                .at(text.span)
                .hint("write latitude and longitude in degrees: \"43.6446,-79.3884\""),
        );
    }
    fields.report_unknown(Severity::Warning, "", &[]);
    venue
}

/// A room, which is known by its name.
fn read_room(fields: &mut Fields<'_>, span: Span) -> Option<Room> {
    let name = plain(fields.text(&["name", "room"]));
    let (venue, online) = (fields.text(&["venue"]), read_online(fields));
    fields.report_unknown(Severity::Warning, "", &[]);
    if name.is_none() {
        let hint = "give it the `name` by which rows and talks mean it";
        fields.found().add(
            Diagnostic::warning(codes::UNKNOWN_VENUE, "a room without a name is passed over")
                .at(span)
                .hint(hint),
        );
    }
    Some(Room { name: name?, venue, online })
}

fn read_window(fields: &mut Fields<'_>) -> Window {
    let window = Window {
        opens: fields.deadline(&["opens", "open"]),
        closes: fields.deadline(&["closes", "close"]),
        announced: fields.when(&["announced"]),
        url: plain(fields.address(&["url", "link"])),
        price: read_price(fields),
        currency: read_currency(fields),
        sold_out: fields.flag(&["sold_out"]).is_some_and(|flag| flag.value),
    };
    fields.report_unknown(Severity::Warning, "", &[]);
    window
}

fn read_price(fields: &mut Fields<'_>) -> Option<String> {
    let price = fields.text(&["price"])?;
    let written = price.value.trim();
    let is_amount = |text: &str| {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        [whole, part].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if is_amount(written) {
        return Some(written.to_owned());
    }
    let message = format!("`{}` is no price", price.value);
    let hint = "write a number, such as 120 or 99.50, and its `currency` beside it; 0 for what is free";
    fields.found().add(Diagnostic::warning(codes::PRICE, message).at(price.span).hint(hint));
    None
}

fn read_currency(fields: &mut Fields<'_>) -> Option<String> {
    let currency = fields.text(&["currency"])?;
    let code = currency.value.trim().to_ascii_uppercase();
    if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(code);
    }
    let message = format!("`{}` is no code of a currency", currency.value);
    let hint = "write the three letters of ISO 4217, such as EUR or USD";
    fields.found().add(Diagnostic::warning(codes::PRICE, message).at(currency.span).hint(hint));
    None
}

fn read_row(fields: &mut Fields<'_>, span: Span) -> Row {
    let row = Row {
        span,
        id: fields.text(&["id"]),
        starts: fields.when(&["starts", "start"]),
        ends: fields.when(&["ends", "end"]),
        room: plain(fields.text(&["room"])),
        track: plain(fields.text(&["track"])),
        kind: fields.text(&["kind", "type"]),
        title: fields.text(&["title"]),
        talk: fields.text(&["talk"]),
        speakers: fields.people(&["speakers", "speaker"]).unwrap_or_default(),
        description: fields.text(&["abstract", "description"]),
        aliases: fields.texts(&["aliases"]).unwrap_or_default(),
        details: read_details(fields),
    };
    fields.report_unknown(Severity::Warning, "", &[]);
    row
}

pub(super) fn read_talk(fields: &mut Fields<'_>) -> TalkTable {
    let talk = TalkTable {
        kind: fields.text(&["kind", "type"]),
        starts: fields.when(&["starts", "start"]),
        ends: fields.when(&["ends", "end"]),
        room: plain(fields.text(&["room"])),
        track: plain(fields.text(&["track"])),
        level: plain(fields.text(&["level"])),
        event: fields.text(&["event"]),
        details: read_details(fields),
    };
    fields.report_unknown(Severity::Warning, "values of your own go under `extra`", &[]);
    talk
}

fn read_details(fields: &mut Fields<'_>) -> Details {
    Details {
        cancelled: fields.flag(&["cancelled", "canceled", "cancel"]).is_some_and(|flag| flag.value),
        replaced_by: fields.text(&["replaced_by"]),
        announced: fields.flag(&["announced"]).map(|flag| flag.value),
        online: read_online(fields),
        languages: read_languages(fields),
        slides: read_media(fields, "slides"),
        video: read_media(fields, "video"),
    }
}

/// A sponsor, which is known by its file or by what stands here.
fn read_sponsor(fields: &mut Fields<'_>, span: Span) -> Option<Sponsor> {
    let sponsor = Sponsor {
        id: fields.text(&["id"]),
        name: plain(fields.person(&["name"])),
        url: plain(fields.address(&["url", "link"])),
        logo: plain(fields.address(&["logo"])),
        level: fields.text(&["level"]),
    };
    fields.report_unknown(Severity::Warning, "", &[]);
    if sponsor.id.is_none() && sponsor.name.is_none() {
        fields.found().add(
            Diagnostic::warning(codes::UNKNOWN_SPONSOR, "a sponsor without a name is passed over")
                .at(span)
                .hint("name its file in data/sponsors/ with `id`, or give it a `name` here"),
        );
        return None;
    }
    Some(sponsor)
}

/// `online = true`, or where the stream or the meeting is.
fn read_online(fields: &mut Fields<'_>) -> Option<Online> {
    let is_address = |text: &str| text.contains([':', '/', '.']);
    let written = fields.peek(&["online"]).map(|field| &field.node.value);
    if matches!(written, Some(Value::Text(text)) if is_address(text)) {
        return Some(Online { url: plain(fields.address(&["online"])) });
    }
    let is_flag = |value: &Value| matches!(value, Value::Bool(_) | Value::Integer(0..=1) | Value::Text(_));
    if written.is_some_and(|value| !is_flag(value)) {
        let field = fields.take(&["online"])?;
        fields.wrong(field, "true, false or an address");
        return None;
    }
    let flag = fields.flag(&["online"])?;
    flag.value.then(Online::default)
}

/// One language or several, each a tag.
fn read_languages(fields: &mut Fields<'_>) -> Vec<String> {
    let texts = fields.texts(&["language", "languages"]).unwrap_or_default();
    let mut languages: Vec<String> = Vec::with_capacity(texts.len());
    for text in texts {
        match language(fields, &text) {
            Some(tag) if !languages.contains(&tag) => languages.push(tag),
            _ => {}
        }
    }
    languages
}

fn language(fields: &mut Fields<'_>, text: &Spanned<String>) -> Option<String> {
    let tag = check_tag(&text.value);
    if tag.is_none() {
        let message = format!("`{}` is no tag of a language", text.value);
        let hint = "write it as `en` or `pt-BR`, several as `[\"en\", \"de\"]`";
        fields.found().add(Diagnostic::warning(codes::LANG, message).at(text.span).hint(hint));
    }
    tag
}

/// Slides or recordings: an address, a table with a `url`, or a list of such.
pub(super) fn read_media(fields: &mut Fields<'_>, name: &'static str) -> Vec<MediaLink> {
    let Some(field) = fields.take(&[name]) else { return Vec::new() };
    let nodes: &[Node] = match &field.node.value {
        Value::List(nodes) => nodes,
        _ => std::slice::from_ref(&field.node),
    };
    let mut all: Vec<MediaLink> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let one = match &node.value {
            Value::Null => None,
            Value::Table(_) => read_media_table(fields, name, node),
            _ => match scalar_text(node) {
                Some(text) if text.trim().is_empty() => None,
                Some(text) => media_address(fields, name, &text, node.span).map(|url| MediaLink {
                    url,
                    span: node.span,
                    language: None,
                    title: None,
                }),
                None => {
                    let message = format!("`{name}` must be an address, not {}", node.value.kind());
                    let hint = "write one address, or a list of `{ url, language, title }`";
                    fields
                        .found()
                        .add(Diagnostic::error(codes::WRONG_TYPE, message).at(node.span).hint(hint));
                    None
                }
            },
        };
        all.extend(one);
    }
    all
}

fn read_media_table(fields: &mut Fields<'_>, name: &'static str, node: &Node) -> Option<MediaLink> {
    let mut one = Fields::new(node, name, fields.found());
    let url = one.address(&["url", "link"]);
    let tag = one.text(&["language", "lang"]);
    let language = tag.and_then(|tag| language(&mut one, &tag));
    let title = plain(one.text(&["title", "name"]));
    if one.peek(&["url", "link"]).is_none() {
        one.found().add(
            Diagnostic::warning(codes::ADDRESS, format!("one of `{name}` has no address"))
                .at(node.span)
                .hint("give it a `url`"),
        );
    }
    one.report_unknown(Severity::Warning, "", &[]);
    let Spanned { value: url, span } = url?;
    Some(MediaLink { span, url, language, title })
}

fn media_address(fields: &mut Fields<'_>, name: &str, text: &str, span: Span) -> Option<Address> {
    match Address::new(text) {
        Ok(address) => Some(address),
        Err(problem) => {
            let message = format!("`{name}` is no address for a page: {problem}");
            fields.found().add(Diagnostic::warning(codes::ADDRESS, message).at(span).hint(problem.hint()));
            None
        }
    }
}

/// The latest hour that may belong to the evening before.
const LATEST_EVENING: i16 = 12;

/// The hour until which a day lasts, in minutes.
fn read_day_ends(fields: &mut Fields<'_>) -> Option<i16> {
    let text = fields.text(&["day_ends"])?;
    let mut parts = text.value.trim().split(':');
    let mut number = || {
        let part = parts.next()?;
        ((1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    let minutes = match (number(), number()) {
        (Some(hour), Some(minute)) if hour <= LATEST_EVENING && minute < 60 => Some(hour * 60 + minute),
        _ => None,
    };
    let minutes = minutes.filter(|minutes| *minutes <= LATEST_EVENING * 60);
    if minutes.is_none() {
        let message = format!("`{}` is no hour until which an evening lasts (in `day_ends`)", text.value);
        let hint =
            "write a time of day before noon, such as \"04:00\"; without it a day lasts until \"06:00\"";
        fields.found().add(Diagnostic::error(codes::BAD_DATE, message).at(text.span).hint(hint));
    }
    minutes
}
