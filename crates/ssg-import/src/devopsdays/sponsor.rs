//! Sponsors: a data file for each.

use super::event::is_address;
use super::programme::name_of_id;
use crate::front::Front;
use crate::keys::Keys;

/// The data file of a sponsor that the source describes.
pub(super) fn write(id: &str, keys: &Keys<'_>, logo: Option<&str>) -> Vec<u8> {
    let name = keys.text("name").unwrap_or_else(|| name_of_id(current(id)));
    let url = keys.text("url").unwrap_or_default();
    let url = if is_address(&url) || url.is_empty() { url } else { format!("https://{url}") };
    let mut front = Front::default();
    front.text("name", &name);
    front.text("url", if is_address(&url) { &url } else { "" });
    front.text("logo", logo.unwrap_or(""));
    front.text("twitter", &keys.text("twitter").unwrap_or_default());
    front.data()
}

/// The data file of a sponsor that events name and the source does not describe.
pub(super) fn write_unknown(id: &str, logo: Option<&str>) -> Vec<u8> {
    let mut front = Front::default();
    front.remark("import: the source does not describe this sponsor; the name is made of the id");
    front.text("name", &name_of_id(current(id))).text("logo", logo.unwrap_or(""));
    front.data()
}

/// The id without what tells that it is the sponsor as it was at a time: a year in front, or
/// `-before-20190930` behind.
fn current(id: &str) -> &str {
    let id = match id.rsplit_once("-before-") {
        Some((id, date)) if !date.is_empty() && date.bytes().all(|byte| byte.is_ascii_digit()) => id,
        _ => id,
    };
    match id.split_once('-') {
        Some((year, rest)) if year.len() == 4 && !rest.is_empty() && year.starts_with("20") => rest,
        _ => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lose_their_dates() {
        assert_eq!(current("pagerduty-before-20190930"), "pagerduty");
        assert_eq!(current("2016-trinimbus"), "trinimbus");
        assert_eq!(current("42crunch"), "42crunch");
    }
}
