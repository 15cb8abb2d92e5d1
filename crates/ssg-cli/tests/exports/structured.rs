//! Structured data of every page of the demonstration site: only names that schema.org has, and all
//! that search engines demand of what they show.

use super::{demonstration, files, root};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Types with their properties, those first without which search engines show nothing.
const TYPES: &[(&str, &[&str], &[&str])] = &[
    (
        "Event",
        &["name", "startDate", "location"],
        &[
            "url",
            "description",
            "image",
            "endDate",
            "eventStatus",
            "eventAttendanceMode",
            "previousStartDate",
            "organizer",
            "sponsor",
            "performer",
            "offers",
            "superEvent",
            "subEvent",
            "inLanguage",
        ],
    ),
    ("EventSeries", &["name"], &["description", "url"]),
    ("Place", &["name", "address"], &["geo", "url", "containedInPlace"]),
    ("VirtualLocation", &["url"], &[]),
    ("PostalAddress", &[], &["streetAddress", "addressLocality", "addressCountry"]),
    ("GeoCoordinates", &["latitude", "longitude"], &[]),
    ("Offer", &["url"], &["validFrom", "validThrough", "availability", "price", "priceCurrency"]),
    ("Person", &["name"], &["url", "description", "image", "alternateName", "sameAs", "affiliation"]),
    ("Organization", &["name"], &["url"]),
    (
        "VideoObject",
        &["name", "thumbnailUrl", "uploadDate"],
        &["description", "embedUrl", "inLanguage", "url"],
    ),
    (
        "BlogPosting",
        &["headline", "author", "datePublished"],
        &[
            "name",
            "url",
            "description",
            "image",
            "mainEntityOfPage",
            "dateModified",
            "inLanguage",
            "keywords",
            "about",
            "mentions",
            "isPartOf",
        ],
    ),
    ("CreativeWork", &["name"], &["url", "description", "image", "creator"]),
    ("BreadcrumbList", &["itemListElement"], &[]),
    ("ListItem", &["position", "name", "item"], &[]),
    ("WebSite", &["name", "url"], &["description", "inLanguage"]),
    ("WebPage", &["name", "url"], &["description", "image", "inLanguage", "isPartOf"]),
    ("CollectionPage", &["name", "url"], &["description", "image", "inLanguage", "isPartOf"]),
    ("ProfilePage", &["mainEntity"], &["name", "url", "isPartOf"]),
];

/// Checks a node and all below it, and counts the types.
fn check(value: &Value, path: &Path, counts: &mut BTreeMap<String, usize>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| check(value, path, counts)),
        Value::Object(node) => {
            // A reference to a node of another page.
            if node.len() == 1 && node.contains_key("@id") {
                return;
            }
            let kind = node.get("@type").and_then(Value::as_str).expect("a type");
            *counts.entry(kind.to_owned()).or_default() += 1;
            let (_, required, more) = TYPES
                .iter()
                .find(|(name, ..)| *name == kind)
                .unwrap_or_else(|| panic!("{}: type {kind}", path.display()));
            for key in *required {
                assert!(node.contains_key(*key), "{}: {kind} without {key}: {value}", path.display());
            }
            for (key, value) in node.iter().filter(|(key, _)| !key.starts_with('@')) {
                let known = required.contains(&key.as_str()) || more.contains(&key.as_str());
                assert!(known, "{}: {kind} with {key}", path.display());
                check(value, path, counts);
            }
        }
        Value::Null => panic!("{}: something unknown was written", path.display()),
        Value::String(text) => assert!(!text.is_empty(), "{}: an empty text", path.display()),
        _ => {}
    }
}

/// The structured data in a page.
fn graph(html: &str) -> Option<Value> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    let (text, rest) = rest.split_once("</script>").expect("an end");
    assert!(!rest.contains("application/ld+json"), "it stands in a page once");
    assert!(!text.contains(['<', '>', '&']), "{text}");
    Some(serde_json::from_str(text).expect("JSON"))
}

/// The fixture site has what the demonstration site does not.
#[test]
fn every_kind_of_node_is_whole() {
    let mut counts = BTreeMap::new();
    let expected = root().join("tests/sites/structured-data-of-each-kind/expected");
    for path in files(&expected, ".html") {
        let text = std::fs::read_to_string(&path).expect("readable");
        if let Some(line) = text.lines().find(|line| line.starts_with('{')) {
            let value: Value = serde_json::from_str(line).expect("JSON");
            check(&value["@graph"], &path, &mut counts);
        }
    }
    assert_eq!(counts.get("VideoObject"), Some(&1), "{counts:?}");
    for (kind, ..) in TYPES {
        assert!(counts.contains_key(*kind), "no {kind} in {counts:?}");
    }
}

/// Checks the structured data of every page of a site under the theme that comes with the program, and
/// counts the types.
pub fn counts_of(out: &Path) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for path in files(out, ".html") {
        let html = std::fs::read_to_string(&path).expect("readable");
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        // What is not for search engines tells them nothing.
        let is_bare = path.ends_with("404.html") || path.ends_with("search/index.html");
        let Some(value) = graph(&html) else {
            assert!(is_bare, "{} has none", path.display());
            continue;
        };
        assert!(!is_bare);
        assert_eq!(value["@context"], "https://schema.org");
        let nodes = value["@graph"].as_array().expect("a list");
        check(&value["@graph"], &path, &mut counts);
        let is_home = path == out.join("index.html");
        let has = |kind: &str| nodes.iter().any(|node| node["@type"] == kind);
        assert_eq!(has("WebSite"), is_home, "{}", path.display());
        assert_eq!(has("BreadcrumbList"), !is_home, "{}", path.display());
        for name in ["og:title", "og:type", "og:url", "og:site_name"] {
            assert!(html.contains(&format!("<meta property=\"{name}\" content=")), "{}", path.display());
        }
        assert!(html.contains("<meta name=\"twitter:card\" content="), "{}", path.display());
    }
    counts
}

#[test]
fn every_page_says_what_it_is_about() {
    let counts = counts_of(demonstration());
    for kind in
        ["Event", "Person", "Organization", "BlogPosting", "BreadcrumbList", "Place", "Offer", "VideoObject"]
    {
        assert!(counts.contains_key(kind), "no {kind} in {counts:?}");
    }
    println!("{counts:?}");
}

/// What the page on events of a search engine asks for, of every event of a graph.
fn check_event(event: &Value, path: &Path) {
    let what = path.display();
    let text = |key: &str| event[key].as_str();
    let start = text("startDate").unwrap_or_else(|| panic!("{what}: no start"));
    assert!(text("endDate").is_none_or(|end| end[..10] >= start[..10]), "{what}: it ends before it starts");
    let places = event["location"].as_array().cloned().unwrap_or_else(|| vec![event["location"].clone()]);
    let is_reference = |place: &Value| place.get("@type").is_none() && place.get("@id").is_some();
    let is_of = |kind: &str| {
        places.iter().any(|place| place["@type"] == kind || kind == "Place" && is_reference(place))
    };
    for place in &places {
        let key = if place["@type"] == "VirtualLocation" { "url" } else { "address" };
        // A talk is in the venue of its event, which stands on the same page.
        assert!(place.get(key).is_some() || is_reference(place), "{what}: a place without {key}");
    }
    let (online, there) = match text("eventAttendanceMode").and_then(|mode| mode.rsplit('/').next()) {
        Some("OnlineEventAttendanceMode") => (true, false),
        Some("OfflineEventAttendanceMode") => (false, true),
        Some("MixedEventAttendanceMode") => (true, true),
        other => panic!("{what}: attendance {other:?}"),
    };
    assert_eq!((is_of("VirtualLocation"), is_of("Place")), (online, there), "{what}: {places:?}");
    let states = event["eventStatus"].to_string();
    assert!(states.contains("https://schema.org/Event"), "{what}: no state");
    let moved = states.contains("EventRescheduled") || states.contains("EventPostponed");
    assert_eq!(moved, event.get("previousStartDate").is_some(), "{what}: {states}");
    let offer = event.get("offers");
    assert!(
        !(states.contains("EventCancelled") && offer.is_some()),
        "{what}: cancelled, and offers something"
    );
    if let Some(offer) = offer {
        assert!(offer["url"].is_string(), "{what}: an offer without an address");
        let costs =
            offer["price"].as_str().is_some_and(|price| price.parse::<f64>().is_ok_and(|price| price > 0.0));
        assert_eq!(costs, offer["priceCurrency"].is_string(), "{what}: a price without a currency");
    }
    for talk in event["subEvent"].as_array().into_iter().flatten() {
        check_event(talk, path);
    }
}

#[test]
fn events_of_every_kind_have_what_search_engines_ask_for() {
    let sites = ["structured-data-of-every-event", "structured-data-of-each-kind"];
    let mut states = std::collections::BTreeSet::new();
    let mut offers = 0;
    for path in
        sites.iter().flat_map(|site| files(&root().join("tests/sites").join(site).join("expected"), ".html"))
    {
        let text = std::fs::read_to_string(&path).expect("readable");
        let Some(line) = text.lines().find(|line| line.starts_with('{')) else { continue };
        let value: Value = serde_json::from_str(line).expect("JSON");
        for node in value["@graph"].as_array().into_iter().flatten().filter(|node| node["@type"] == "Event") {
            check_event(node, &path);
            states.insert(node["eventStatus"].to_string());
            offers += usize::from(node.get("offers").is_some());
        }
    }
    assert!(states.len() >= 4 && offers >= 3, "{states:?}, {offers} offers");
}
