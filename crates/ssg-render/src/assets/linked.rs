//! Assets that name each other: addresses in style sheets and modules become those of the files as they are written.
//!
//! A file gets its hash when all that it names has one. Files that name each other in a circle have no such order:
//! they share a hash, of all of them as they were before and of what they lead to.

use super::references::{in_css, in_js};
use super::{Asset, Made, output_path};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use ssg_source::{Diagnostic, Diagnostics, Span, codes, did_you_mean};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// An address within an asset.
struct Reference {
    range: Range<usize>,
    /// The asset that it leads to; without one it is a path of the site that needs its prefix.
    to: Option<String>,
}

/// Gives assets their paths and rewrites what they name. `is_static` knows the files of `static`, by their names
/// in it; `base_path` is the path of the site.
pub(super) fn link(
    made: &BTreeMap<String, Made>,
    base_path: &str,
    is_static: &dyn Fn(&str) -> bool,
    fingerprints: bool,
    found: &mut Diagnostics,
) -> BTreeMap<String, Asset> {
    let mut references: BTreeMap<&str, Vec<Reference>> = BTreeMap::new();
    for (name, asset) in made {
        let all = references_of(name, asset, made, base_path, is_static, found);
        if !all.is_empty() {
            references.insert(name, all);
        }
    }
    let mut paths: BTreeMap<&str, String> = BTreeMap::new();
    let mut written: BTreeMap<&str, Arc<[u8]>> = BTreeMap::new();
    for (name, asset) in made {
        if !references.contains_key(name.as_str()) {
            paths.insert(name, output_path(name, blake3::hash(&asset.bytes), fingerprints));
        }
    }
    for circle in in_order(&references) {
        if let Some(hash) = hash_of_circle(&circle, &references, made, &paths) {
            for name in &circle {
                paths.insert(name, output_path(name, hash, fingerprints));
            }
        }
        for name in circle {
            let (Some(asset), Some(all)) = (made.get(name), references.get(name)) else { continue };
            let bytes: Arc<[u8]> = rewritten(&asset.bytes, all, &paths, base_path).into();
            paths.entry(name).or_insert_with(|| output_path(name, blake3::hash(&bytes), fingerprints));
            written.insert(name, bytes);
        }
    }
    let assets = made.iter().map(|(name, asset)| {
        let path = paths.get(name.as_str()).cloned();
        let path = path.unwrap_or_else(|| output_path(name, blake3::hash(&asset.bytes), fingerprints));
        let bytes = written.get(name.as_str()).unwrap_or(&asset.bytes).clone();
        (name.clone(), Asset { path, source: asset.source.clone(), bytes })
    });
    assets.collect()
}

/// The assets that name others, each after all that it names; those that name each other in a circle stand together.
fn in_order<'n>(references: &BTreeMap<&'n str, Vec<Reference>>) -> Vec<Vec<&'n str>> {
    let mut graph: DiGraph<&str, ()> = DiGraph::new();
    let nodes: BTreeMap<&str, _> = references.keys().map(|name| (*name, graph.add_node(*name))).collect();
    for (name, all) in references {
        for to in all.iter().filter_map(|one| one.to.as_deref()) {
            if let (Some(from), Some(to)) = (nodes.get(name), nodes.get(to)) {
                graph.update_edge(*from, *to, ());
            }
        }
    }
    // In this order by what the function says of its result.
    let circles = kosaraju_scc(&graph).into_iter();
    circles
        .map(|circle| {
            let mut names: Vec<&str> =
                circle.into_iter().filter_map(|node| graph.node_weight(node).copied()).collect();
            names.sort_unstable();
            names
        })
        .collect()
}

/// The hash of assets that name each other, of their own bytes and of the paths that they lead to; none for one that
/// does not name itself.
fn hash_of_circle(
    circle: &[&str],
    references: &BTreeMap<&str, Vec<Reference>>,
    made: &BTreeMap<String, Made>,
    paths: &BTreeMap<&str, String>,
) -> Option<blake3::Hash> {
    let named = |name: &str| -> Vec<&str> {
        let all = references.get(name).into_iter().flatten();
        all.filter_map(|one| one.to.as_deref()).collect()
    };
    if let [one] = circle
        && !named(one).contains(one)
    {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    for name in circle {
        let bytes = made.get(*name).map_or(&[][..], |asset| &asset.bytes);
        hasher.update(name.as_bytes()).update(blake3::hash(bytes).as_bytes());
        for path in named(name).into_iter().filter_map(|to| paths.get(to)) {
            hasher.update(path.as_bytes()).update(b"\n");
        }
    }
    Some(hasher.finalize())
}

/// The addresses in an asset that have to be rewritten; those that lead nowhere are told.
fn references_of(
    name: &str,
    asset: &Made,
    made: &BTreeMap<String, Made>,
    base_path: &str,
    is_static: &dyn Fn(&str) -> bool,
    found: &mut Diagnostics,
) -> Vec<Reference> {
    let is_style = name.ends_with(".css");
    if !is_style && !name.ends_with(".js") && !name.ends_with(".mjs") {
        return Vec::new();
    }
    let Ok(text) = std::str::from_utf8(&asset.bytes) else { return Vec::new() };
    let mut all = Vec::new();
    for range in if is_style { in_css(text) } else { in_js(text) } {
        let address = &text[range.clone()];
        let plain = address.split(['?', '#']).next().unwrap_or_default();
        let Some((path, is_rooted)) = path_of(name, plain, base_path) else { continue };
        let to = path.strip_prefix("assets/").filter(|name| made.contains_key(*name));
        let is_prefixed = base_path != "/" && plain.starts_with(base_path);
        match to {
            Some(to) => all.push(Reference { range, to: Some(to.to_owned()) }),
            None if is_static(&path) => {
                if is_rooted && !is_prefixed && base_path != "/" {
                    all.push(Reference { range, to: None });
                }
            }
            // Another part of the host, or a page: not ours to know.
            None if is_rooted && !path.starts_with("assets/") => {}
            None => {
                let problem = Diagnostic::error(codes::ASSET_NAME, format!("`{address}` leads to no file"));
                let problem = problem.in_file(&asset.source);
                let problem =
                    if asset.is_made { problem } else { problem.at(Span::new(range.start, range.end)) };
                let names = made.keys().map(String::as_str);
                let hint = did_you_mean(path.strip_prefix("assets/").unwrap_or(&path), names);
                found.add(match hint {
                    Some(hint) => problem.hint(hint),
                    None => problem
                        .hint("it is looked for in `assets` and `static`, of the site and of its theme"),
                });
            }
        }
    }
    all
}

/// The path in the site that an address within an asset means, and whether it begins at the root.
fn path_of(name: &str, address: &str, base_path: &str) -> Option<(String, bool)> {
    let decoded = ssg_parse::decode_path(address);
    let rooted = decoded.strip_prefix(base_path).or_else(|| decoded.strip_prefix('/'));
    let whole = match rooted {
        Some(path) => path.to_owned(),
        None => format!("assets/{}/{decoded}", name.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            // Above the root there is nothing of ours.
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some((parts.join("/"), rooted.is_some()))
}

fn rewritten(bytes: &[u8], all: &[Reference], paths: &BTreeMap<&str, String>, base_path: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + all.len() * 12);
    let mut done = 0;
    for Reference { range, to } in all {
        out.extend_from_slice(&bytes[done..range.start]);
        done = range.end;
        let address = String::from_utf8_lossy(&bytes[range.clone()]);
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let (plain, tail) = address.split_at(end);
        let folder = plain.rfind('/').map_or("", |at| &plain[..=at]);
        let prefix = if plain.starts_with('/') && !plain.starts_with(base_path) {
            base_path.trim_end_matches('/')
        } else {
            ""
        };
        let name = match to.as_deref().and_then(|to| paths.get(to)) {
            // Only its last part may be another one, by its hash.
            Some(path) if to.as_ref().is_some_and(|to| !path.ends_with(to.as_str())) => {
                ssg_parse::encode_path(path.rsplit('/').next().unwrap_or_default())
            }
            _ => plain[folder.len()..].to_owned(),
        };
        out.extend_from_slice(format!("{prefix}{folder}{name}{tail}").as_bytes());
    }
    out.extend_from_slice(&bytes[done..]);
    out
}
