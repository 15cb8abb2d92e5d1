//! The addresses that Jekyll gave to posts and pages.

use super::config::JekyllConfig;
use crate::blog::addresses::{fill_pattern, path_of};
use crate::blog::{Page, text_at, texts_at};
use ssg_source::SitePath;

/// The address of a post.
pub(super) fn of_post(page: &Page, slug: &str, config: &JekyllConfig) -> String {
    let own = text_at(&page.header, "permalink");
    let pattern = own.as_deref().unwrap_or(&config.permalink);
    let date = page.date.map(|date| date.day_in(&config.zone));
    let categories = categories(page);
    let number = |value: i16| format!("{value:02}");
    let path = fill_pattern(pattern, |word| {
        let dated = |part: fn(jiff::civil::Date) -> i16| date.map(|date| number(part(date)));
        match word {
            "year" => dated(jiff::civil::Date::year),
            "short_year" => date.map(|date| number(date.year() % 100)),
            "month" => dated(|date| i16::from(date.month())),
            "i_month" => date.map(|date| date.month().to_string()),
            "day" => dated(|date| i16::from(date.day())),
            "i_day" => date.map(|date| date.day().to_string()),
            "y_day" => date.map(|date| format!("{:03}", date.day_of_year())),
            "title" => Some(cased(slug)),
            "slug" => Some(lower(slug)),
            "categories" => {
                Some(categories.iter().map(|one| one.to_lowercase()).collect::<Vec<_>>().join("/"))
            }
            "slugified_categories" => {
                Some(categories.iter().map(|one| lower(one)).collect::<Vec<_>>().join("/"))
            }
            "output_ext" => Some(".html".to_owned()),
            "hour" | "minute" | "second" => Some(clock(page, word)),
            _ => None,
        }
    });
    finished(&path)
}

/// The address of a page that is no post.
pub(super) fn of_page(path: &SitePath, page: &Page, config: &JekyllConfig) -> String {
    if let Some(own) = text_at(&page.header, "permalink") {
        return finished(&own);
    }
    let inside = config.below_base(path);
    if let Some(address) = config.collection_address(inside) {
        return finished(&address);
    }
    let plain = inside.rsplit_once('.').map_or(inside, |(plain, _)| plain);
    if plain == "index" {
        return "/".to_owned();
    }
    if let Some(folder) = plain.strip_suffix("/index") {
        return format!("/{folder}/");
    }
    if config.permalink.ends_with('/') { format!("/{plain}/") } else { format!("/{plain}.html") }
}

/// A path as an address; where the last part has no ending and no slash, Jekyll writes `.html`.
fn finished(path: &str) -> String {
    let path = path_of(path).unwrap_or_else(|| "/".to_owned());
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || last.contains('.') { path } else { format!("{path}.html") }
}

/// The folders above `_posts`, which are categories.
pub(super) fn folders_above(path: &SitePath, config: &JekyllConfig) -> Vec<String> {
    let inside = config.below_base(path);
    let end = inside.find("_posts/").or_else(|| inside.find("_drafts/")).unwrap_or(0);
    let above = inside.get(..end).unwrap_or_default();
    above.split('/').filter(|part| !part.is_empty() && !part.starts_with('_')).map(str::to_owned).collect()
}

fn categories(page: &Page) -> Vec<String> {
    let mut all: Vec<String> = page.terms.clone();
    for key in ["categories", "category"] {
        let texts = texts_at(&page.header, key);
        let is_list = matches!(crate::blog::value_at(&page.header, key), Some(ssg_parse::Value::List(_)));
        if is_list || key == "category" {
            all.extend(texts);
        } else {
            all.extend(texts.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned));
        }
    }
    let mut seen = Vec::new();
    all.retain(|one| {
        let lower = one.to_lowercase();
        let is_new = !seen.contains(&lower);
        seen.push(lower);
        is_new
    });
    all
}

fn clock(page: &Page, word: &str) -> String {
    let time = page.date.and_then(|date| date.time);
    let part = time.map_or(0, |time| match word {
        "hour" => time.hour(),
        "minute" => time.minute(),
        _ => time.second(),
    });
    format!("{part:02}")
}

/// A name in an address, with its case; letters, digits and what an address may hold stay.
fn cased(name: &str) -> String {
    slugged(name, |c| c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c))
}

fn lower(name: &str) -> String {
    slugged(&name.to_lowercase(), char::is_alphanumeric)
}

fn slugged(name: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if stays(c) {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

/// A title made of a file's name.
pub(super) fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
