//! Merges a file key by key: what a person has edited stays, all else follows the source.
//!
//! The record has a digest of each value that the source had. A value that is still that one is the source's, and
//! follows it; any other is a person's. What both have changed stays a person's, and is told.

use crate::content_page::{BODY, ContentPage, Leaf, Step as At, name_of};
use std::collections::{BTreeMap, BTreeSet};

/// Digests of values by their names.
pub(super) type Parts = BTreeMap<String, String>;

/// What came of a merge.
#[derive(Debug)]
pub(super) struct Merged {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the record is to hold.
    pub parts: Parts,
    /// Names of what both have changed.
    pub conflicts: Vec<String>,
}

/// Merges what the source says now into the file that is there.
///
/// `base` is what the source said before, `None` where it says something of this file for the first time. With
/// `only_adds` nothing is taken out.
///
/// # Errors
/// Why the file that is there cannot be read.
pub(super) fn merge(
    current: &[u8],
    new: &[u8],
    base: Option<&Parts>,
    only_adds: bool,
) -> Result<Merged, String> {
    let mut page = ContentPage::read(current)?;
    let new = ContentPage::read(new)?;
    let (now, wanted) = (page.leaves(), new.leaves());
    let nothing = Parts::new();
    let known = base.unwrap_or(&nothing);
    let names: BTreeSet<&String> =
        now.keys().chain(wanted.keys()).chain(known.keys()).filter(|name| !is_layered(name)).collect();
    let mut parts: Parts = wanted.iter().map(|(name, leaf)| (name.clone(), leaf.digest.clone())).collect();
    parts.extend(known.iter().filter(|(name, _)| is_layered(name)).map(|(n, d)| (n.clone(), d.clone())));
    if only_adds {
        // What is not taken out stays the source's.
        for (name, digest) in known {
            parts.entry(name.clone()).or_insert_with(|| digest.clone());
        }
    }
    let mut conflicts = Vec::new();
    let mut has_changed = false;
    let mut taken: Vec<String> = Vec::new();
    // The row that was settled as a whole.
    let mut settled: Option<&String> = None;
    for name in names {
        if settled.is_some_and(|row| is_inside(name, row)) {
            continue;
        }
        let digest = |leaves: &BTreeMap<String, Leaf>| leaves.get(name).map(|leaf| leaf.digest.clone());
        let (is, wants, was) = (digest(&now), digest(&wanted), known.get(name).cloned());
        if name.ends_with(']') && (is.is_some() != wants.is_some()) {
            settled = Some(name);
            match (wanted.get(name), now.get(name)) {
                (Some(row), _) if was.is_none() => {
                    page.take(&row.path, &new);
                    taken.push(name.clone());
                    has_changed = true;
                }
                (None, Some(row)) if was.is_some() && !only_adds => {
                    if is_untouched(name, &now, known) {
                        page.remove(&row.path);
                        has_changed = true;
                    } else {
                        conflicts.push(name.clone());
                    }
                }
                _ => {}
            }
            continue;
        }
        if is == wants {
            continue;
        }
        if is != was {
            // A person's. Of a file that is told of for the first time nothing has changed in the source.
            if wants != was && base.is_some() {
                conflicts.push(name.clone());
                match was {
                    Some(was) => parts.insert(name.clone(), was),
                    None => parts.remove(name),
                };
            }
            continue;
        }
        match (wanted.get(name), now.get(name)) {
            (Some(leaf), _) => {
                page.take(&leaf.path, &new);
                taken.push(name.clone());
            }
            (None, Some(_)) if only_adds => continue,
            (None, Some(leaf)) => page.remove(&leaf.path),
            (None, None) => continue,
        }
        has_changed = true;
    }
    let bytes = if has_changed { page.to_bytes() } else { current.to_vec() };
    check(&bytes, &taken, &wanted)?;
    Ok(Merged { bytes, parts, conflicts })
}

/// Whether all that was taken over has arrived: some forms of TOML have no place for a row.
///
/// # Errors
/// That it has not.
fn check(bytes: &[u8], taken: &[String], wanted: &BTreeMap<String, Leaf>) -> Result<(), String> {
    let there = ContentPage::read(bytes).map(|page| page.leaves());
    let digest =
        |leaves: &BTreeMap<String, Leaf>, name: &String| leaves.get(name).map(|leaf| leaf.digest.clone());
    let has_all =
        there.is_ok_and(|there| taken.iter().all(|name| digest(&there, name) == digest(wanted, name)));
    if has_all {
        Ok(())
    } else {
        Err("its front matter has a form that nothing can be added to: write tables as `[event]`".to_owned())
    }
}

/// Puts the keys of a layer into a file; `recorded` has what all sources said of it before.
///
/// # Errors
/// Why the file that is there cannot be read.
pub(super) fn lay(current: &[u8], new: &[u8], layer: &str, recorded: &Parts) -> Result<Merged, String> {
    let mut page = ContentPage::read(current)?;
    let new = ContentPage::read(new)?;
    let now = page.leaves();
    let mut merged = Merged { bytes: Vec::new(), parts: recorded.clone(), conflicts: Vec::new() };
    let mut has_changed = false;
    let mut taken: Vec<String> = Vec::new();
    let wanted = new.leaves();
    for (name, leaf) in wanted.clone() {
        let layered = format!("{layer}!{name}");
        let is = now.get(&name).map(|leaf| &leaf.digest);
        if is == Some(&leaf.digest) {
            merged.parts.insert(layered, leaf.digest);
        } else if is == recorded.get(&layered) {
            page.take(&leaf.path, &new);
            has_changed = true;
            taken.push(name.clone());
            merged.parts.insert(layered, leaf.digest);
        } else {
            merged.conflicts.push(name);
        }
    }
    merged.bytes = if has_changed { page.to_bytes() } else { current.to_vec() };
    check(&merged.bytes, &taken, &wanted)?;
    Ok(merged)
}

/// Says in the file of a talk that it is cancelled; `None` where that is said, or a person has taken it back.
pub(super) fn cancel(current: &[u8], parts: &Parts) -> Option<Merged> {
    let mut page = ContentPage::read(current).ok()?;
    let at = [At::Key("talk".to_owned()), At::Key("cancelled".to_owned())];
    let name = name_of(&at);
    if page.leaves().contains_key(&name) || parts.contains_key(&name) {
        return None;
    }
    page.set_flag(&at, true);
    let mut parts = parts.clone();
    parts.insert(name.clone(), page.leaves().get(&name)?.digest.clone());
    Some(Merged { bytes: page.to_bytes(), parts, conflicts: Vec::new() })
}

/// What the record is to hold of a file that is written as it is.
pub(super) fn parts_of(bytes: &[u8]) -> Parts {
    let Ok(page) = ContentPage::read(bytes) else { return Parts::new() };
    page.leaves().into_iter().map(|(name, leaf)| (name, leaf.digest)).collect()
}

/// Values of a layer have its name in front.
fn is_layered(name: &str) -> bool {
    name != BODY && name.contains('!')
}

/// Whether all of a row is what the source made it.
fn is_untouched(row: &str, now: &BTreeMap<String, Leaf>, known: &Parts) -> bool {
    now.iter()
        .filter(|(name, _)| is_inside(name, row))
        .all(|(name, leaf)| known.get(name) == Some(&leaf.digest))
}

/// Whether a value is one of a row.
fn is_inside(name: &str, row: &str) -> bool {
    name.strip_prefix(row).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> &str {
        std::str::from_utf8(bytes).expect("text")
    }

    const OLD: &str =
        "+++\ntitle = \"A\"\n\n[talk]\nroom = \"Deck\"\nstarts = 2027-03-18T09:30:00\n+++\n\nOld.\n";

    #[test]
    fn edits_stay_and_the_rest_follows() {
        let base = parts_of(OLD.as_bytes());
        let mine = OLD
            .replace("Old.", "Mine.")
            .replace("room = \"Deck\"", "room = \"Deck\" # upstairs\nlevel = \"all\"");
        let new = OLD.replace("\"A\"", "\"B\"").replace("Deck", "Loft").replace("Old.", "New.");
        let merged = merge(mine.as_bytes(), new.as_bytes(), Some(&base), false).expect("merged");
        let wanted = mine.replace("\"A\"", "\"B\"").replace("Deck", "Loft");
        assert_eq!(text(&merged.bytes), wanted);
        assert_eq!(merged.conflicts, ["body"]);
        // Told again until it is settled.
        let again = merge(&merged.bytes, new.as_bytes(), Some(&merged.parts), false).expect("merged");
        assert_eq!((text(&again.bytes), again.conflicts.len()), (wanted.as_str(), 1));
    }

    #[test]
    fn a_file_of_a_person_is_given_what_it_lacks() {
        let mine = "+++\ntitle = \"Mine\"\n+++\n";
        let merged = merge(mine.as_bytes(), OLD.as_bytes(), None, false).expect("merged");
        assert_eq!(text(&merged.bytes), OLD.replace("\"A\"", "\"Mine\""));
        assert!(merged.conflicts.is_empty());
        let again = merge(&merged.bytes, OLD.as_bytes(), Some(&merged.parts), false).expect("merged");
        assert_eq!((again.bytes, again.conflicts.len()), (merged.bytes, 0));
    }

    #[test]
    fn rows_come_and_go_unless_a_person_touched_them() {
        let row =
            |id: &str, title: &str| format!("\n[[event.schedule]]\nid = \"{id}\"\ntitle = \"{title}\"\n");
        let page = |rows: &[String]| format!("+++\ntitle = \"E\"\n{}+++\n", rows.concat());
        let old = page(&[row("a", "A"), row("b", "B"), row("c", "C")]);
        let mine = page(&[row("a", "A"), row("b", "Mine"), row("p", "Party")]);
        let new = page(&[row("c", "C"), row("d", "D")]);
        let merged =
            merge(mine.as_bytes(), new.as_bytes(), Some(&parts_of(old.as_bytes())), false).expect("merged");
        assert_eq!(text(&merged.bytes), page(&[row("b", "Mine"), row("p", "Party"), row("d", "D")]));
        assert_eq!(merged.conflicts, ["event.schedule[b]"]);
    }

    #[test]
    fn forms_that_have_no_place_for_a_row_are_told() {
        let new = "+++\ntitle = \"A\"\n\n[event]\nstart = 2027-03-18\n\n[[event.schedule]]\nid = \"a\"\n\n[extra.import]\nsource = \"x\"\n+++\n";
        for head in [
            "event = { start = 2027-03-18 }",
            "event.start = 2027-03-18",
            "[event]\nstart = 2027-03-18\nschedule = [{ id = \"b\" }]",
            "[event]\nstart = 2027-03-18\nschedule = []",
            "event = 7",
            "[[event]]\nstart = 2027-03-18",
            "extra = { import = 1 }",
        ] {
            let mine = format!("+++\ntitle = \"A\"\n{head}\n+++\n");
            match merge(mine.as_bytes(), new.as_bytes(), None, false) {
                Ok(merged) => {
                    let again =
                        merge(&merged.bytes, new.as_bytes(), Some(&merged.parts), false).expect("merged");
                    assert_eq!(text(&again.bytes), text(&merged.bytes), "{head}");
                    assert!(
                        parts_of(&merged.bytes).contains_key("event.schedule[a]"),
                        "{head}\n{}",
                        text(&merged.bytes)
                    );
                }
                Err(why) => assert!(why.contains("write tables as"), "{why}"),
            }
        }
    }

    #[test]
    fn a_layer_replaces_its_own_and_no_other() {
        let video = |url: &str| format!("+++\nvideo = \"{url}\"\n+++\n");
        let one = lay(OLD.as_bytes(), video("https://a.example").as_bytes(), "videos", &Parts::new())
            .expect("laid");
        assert!(text(&one.bytes).contains("video = \"https://a.example\""));
        let two = lay(&one.bytes, video("https://b.example").as_bytes(), "videos", &one.parts).expect("laid");
        assert!(text(&two.bytes).contains("https://b.example") && two.conflicts.is_empty());
        let kept =
            lay(&one.bytes, video("https://b.example").as_bytes(), "videos", &Parts::new()).expect("laid");
        assert_eq!((kept.bytes, kept.conflicts.len()), (one.bytes.clone(), 1));
        // The source of the file does not take it out.
        let mut parts = parts_of(OLD.as_bytes());
        parts.extend(one.parts);
        let merged = merge(&one.bytes, OLD.as_bytes(), Some(&parts), false).expect("merged");
        assert_eq!(merged.bytes, one.bytes);
        assert!(merged.parts.contains_key("videos!video"));
    }

    #[test]
    fn a_talk_is_cancelled_once() {
        let parts = parts_of(OLD.as_bytes());
        let gone = cancel(OLD.as_bytes(), &parts).expect("cancelled");
        assert!(text(&gone.bytes).contains("cancelled = true"));
        assert!(cancel(&gone.bytes, &gone.parts).is_none() && cancel(OLD.as_bytes(), &gone.parts).is_none());
        let back = merge(&gone.bytes, OLD.as_bytes(), Some(&gone.parts), false).expect("merged");
        assert_eq!(text(&back.bytes), OLD);
    }
}
