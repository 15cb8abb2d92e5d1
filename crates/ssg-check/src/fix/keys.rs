//! Keys that differ in one letter from the only one that can be meant.

use super::{Fix, is_configuration};
use ssg_parse::keys::{Key, Kind, config, header};
use ssg_source::{Diagnostics, codes};
use std::collections::BTreeSet;

/// Shortest key that a slip of the pen is mended in: short ones are near to others by chance.
const SHORTEST: usize = 4;

/// Places of unknown keys, of headers and of the configuration, for which exactly one key of the program is a letter
/// away. Whether that key can stand there is seen when the file is read again.
#[must_use]
pub fn keys(found: &Diagnostics) -> Vec<Fix> {
    let of_headers = names(&[header::PAGE, header::TABLES]);
    let of_config = names(&[config::SITE, config::TABLES]);
    let mut fixes = Vec::new();
    for one in found.iter().filter(|one| one.code == codes::UNKNOWN_KEY) {
        let (Some(path), Some(within)) = (&one.path, one.span) else { continue };
        let written = one.message.strip_prefix("unknown key `").and_then(|rest| rest.strip_suffix('`'));
        let Some(written) = written.filter(|written| written.len() >= SHORTEST) else { continue };
        let known = if path.below("content").is_some() {
            &of_headers
        } else if is_configuration(path) {
            &of_config
        } else {
            continue;
        };
        let mut near = known.iter().filter(|name| strsim::osa_distance(name, written) == 1);
        if let (Some(meant), None) = (near.next(), near.next()) {
            fixes.push(Fix {
                path: path.clone(),
                within,
                old: written.to_owned(),
                new: (*meant).to_owned(),
                is_address: false,
            });
        }
    }
    fixes
}

/// The names of all keys of tables, and of the tables in them.
fn names(tables: &[&'static [Key]]) -> BTreeSet<&'static str> {
    let mut all = BTreeSet::new();
    // Tables hold each other without end nowhere, and this is how deep they do.
    let mut left: Vec<(&'static [Key], usize)> = tables.iter().map(|keys| (*keys, 0)).collect();
    while let Some((keys, depth)) = left.pop() {
        for key in keys {
            all.extend(key.names.iter().chain(key.also));
            if let Kind::Table(inner) | Kind::Tables(inner) | Kind::Map(inner) | Kind::TextOrTable(inner) =
                key.kind
                && depth < 8
            {
                left.extend(inner.iter().map(|keys| (*keys, depth + 1)));
            }
        }
    }
    all
}
