//! The sites that a theme is tried on: one with every kind of page and what is easily forgotten of
//! each, and one with next to nothing.

use crate::overlay::OverlaidInputs;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "fixture"]
struct Fixture;

/// The sites, by the names of their folders.
pub(super) const SITES: [&str; 2] = ["full", "least"];
/// The instant that they are built at, in seconds since 1970: 15 June 2026, noon UTC.
pub(super) const INSTANT: i64 = 1_781_524_800;
/// How many sponsors the large event has.
const SPONSORS: usize = 200;
/// The event that has them.
const LARGE: &str = "content/events/2026-nine-rooms/index.md";

/// Writes the files of a site.
pub(super) fn write(site: &str, overlay: &mut OverlaidInputs) {
    for name in Fixture::iter() {
        let path = name.strip_prefix(site).and_then(|rest| rest.strip_prefix('/'));
        let (Some(path), Some(file)) = (path, Fixture::get(&name)) else { continue };
        if path == LARGE {
            let text = String::from_utf8_lossy(&file.data).replace("sponsors = []", &sponsors(overlay));
            overlay.write(path, text.as_bytes());
        } else {
            overlay.write(path, &file.data);
        }
    }
}

/// Writes a file for each sponsor; gives the list for the event.
fn sponsors(overlay: &mut OverlaidInputs) -> String {
    let mut list = String::from("sponsors = [");
    for number in 1..=SPONSORS {
        let level = if number <= 10 { "gold" } else { "silver" };
        list.push_str(&format!("{{ id = \"sponsor-{number}\", level = \"{level}\" }}, "));
        let mut file = format!("name = \"Sponsor {number}\"\n");
        if number % 3 > 0 {
            file.push_str("url = \"https://sponsor.example/\"\n");
        }
        if number % 2 > 0 {
            file.push_str("logo = \"/picture.svg\"\n");
        }
        overlay.write(&format!("data/sponsors/sponsor-{number}.toml"), file.as_bytes());
    }
    list.push(']');
    list
}
