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
    ("EventSeries", &["name"], &[]),
    ("Place", &["name"], &["address", "geo", "url", "containedInPlace"]),
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
        let is_404 = path.ends_with("404.html");
        let Some(value) = graph(&html) else {
            assert!(is_404, "{} has none", path.display());
            continue;
        };
        assert!(!is_404);
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
