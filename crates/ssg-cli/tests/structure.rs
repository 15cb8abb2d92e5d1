//! No loops of modules: in every crate, the modules at its top use each other one way.
//!
//! What is read is text: paths that begin with `crate::` or with as many `super::` as lead to the root, outside
//! of comments, texts and tests. A name that the root gives out counts as a use of the module that it is of.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Uses that stay though they close a loop: the crate, the module, what it uses, and why.
const KNOWN: &[(&str, &str, &[&str], &str)] = &[
    ("ssg-engine", "facet", &["query"], "a snapshot has a type of facets and one of queries"),
    ("ssg-engine", "query", &["reads"], "a query answers by what it reads, and reads ask queries"),
    ("ssg-engine", "reads", &["engine"], "a query that is asked is run by the engine"),
    ("ssg-render", "facets", &["snapshot"], "a snapshot holds the facets that were made of it"),
    (
        "ssg-render",
        "facets",
        &["outputs"],
        "that a file is written is a facet, and the plan of the outputs tells",
    ),
    (
        "ssg-render",
        "links",
        &["queries"],
        "where a link leads is a query, and summaries with links are answers",
    ),
];

#[test]
fn modules_of_a_crate_use_each_other_one_way() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut failures = String::new();
    for (name, source) in crates_below(&crates) {
        let mut uses = Uses::read(&source);
        for (_, module, used, reason) in KNOWN.iter().filter(|(of, ..)| *of == name) {
            for used in *used {
                if !uses.remove(module, used) {
                    let _ =
                        writeln!(failures, "{name}: {module} no longer uses {used}, take it out ({reason})");
                }
            }
        }
        for found in uses.loops() {
            let names = found.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            let _ = writeln!(failures, "{name}: a loop of {names}:\n{}", uses.within(&found));
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// Crates that may have unsafe code, with how many places of it there are. That of tests is not counted.
const UNSAFE: &[(&str, usize, &str)] =
    &[("ssg-highlight", 1, "Oniguruma is told how often it may try, for which its crate has no function")];

#[test]
fn unsafe_code_is_counted() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut failures = String::new();
    for (name, source) in crates_below(&crates) {
        let mut count = 0;
        let mut folders = vec![source.clone()];
        while let Some(folder) = folders.pop() {
            for path in entries(&folder) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|end| end == "rs") {
                    let text = code(&fs::read_to_string(&path).expect("text"));
                    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
                    count += words.filter(|word| *word == "unsafe").count();
                }
            }
        }
        println!("{name}: {count}");
        let allowed = UNSAFE.iter().find(|(of, ..)| *of == name).map_or(0, |(_, allowed, _)| *allowed);
        if count != allowed {
            let _ = writeln!(failures, "{name}: {count} places of unsafe code, {allowed} are known");
        }
        let root =
            ["lib.rs", "main.rs"].map(|root| source.join(root)).into_iter().find(|root| root.is_file());
        let root = fs::read_to_string(root.expect("a root")).expect("text");
        if allowed == 0 && !root.contains("forbid(unsafe_code)") {
            let _ = writeln!(failures, "{name}: its root lacks `#![forbid(unsafe_code)]`");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn crates_below(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut all: Vec<(String, PathBuf)> = entries(folder)
        .into_iter()
        .map(|path| (name_of(&path), path.join("src")))
        .filter(|(_, source)| source.is_dir())
        .collect();
    all.sort();
    assert!(all.len() > 5, "the crates stand beside this one");
    all
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("readable").path()).collect()
}

fn name_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Which module of a crate uses which, each with the first place.
#[derive(Default)]
struct Uses(BTreeMap<String, BTreeMap<String, String>>);

impl Uses {
    fn read(source: &Path) -> Self {
        let roots = ["lib.rs", "main.rs"].map(|name| source.join(name));
        let modules: BTreeSet<String> = entries(source)
            .iter()
            .filter(|path| !roots.contains(path) && !name_of(path).is_empty())
            .map(|path| name_of(path))
            .collect();
        // Names that the root gives out, each with the module that it is of.
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        for root in roots.iter().filter(|root| root.is_file()) {
            let text = code(&fs::read_to_string(root).expect("text"));
            for tree in text.split(';').filter_map(|item| item.split_once("use ").map(|(_, tree)| tree)) {
                for path in paths(tree) {
                    if let Some(module) = path.first().filter(|first| modules.contains(*first)) {
                        given.insert(path.last().unwrap_or(module).clone(), module.clone());
                    }
                }
            }
        }
        let mut uses = Self::default();
        let mut folders = vec![source.to_owned()];
        while let Some(folder) = folders.pop() {
            for path in entries(&folder) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|end| end == "rs") && !roots.contains(&path) {
                    uses.add_file(source, &path, &modules, &given);
                }
            }
        }
        uses
    }

    fn add_file(
        &mut self,
        source: &Path,
        path: &Path,
        modules: &BTreeSet<String>,
        given: &BTreeMap<String, String>,
    ) {
        let place = path.strip_prefix(source).expect("below the source");
        let parts: Vec<String> = place.iter().map(|part| name_of(Path::new(part))).collect();
        if parts.iter().any(|part| part == "tests") {
            return;
        }
        let depth = parts.len() - usize::from(parts.last().is_some_and(|last| last == "mod"));
        let text = code(&fs::read_to_string(path).expect("text"));
        for start in ["crate::".to_owned(), "super::".repeat(depth)] {
            for (at, _) in text.match_indices(&start) {
                let before = text[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
                    continue;
                }
                for used in paths(&text[at + start.len()..]).iter().filter_map(|path| path.first()) {
                    let module = if modules.contains(used) { Some(used) } else { given.get(used) };
                    if let Some(module) = module.filter(|module| **module != parts[0]) {
                        let uses = self.0.entry(parts[0].clone()).or_default();
                        uses.entry(module.clone()).or_insert_with(|| format!("{}: {used}", place.display()));
                    }
                }
            }
        }
    }

    /// Takes out that a module uses another; whether it did.
    fn remove(&mut self, module: &str, used: &str) -> bool {
        self.0.get_mut(module).is_some_and(|uses| uses.remove(used).is_some())
    }

    /// Every module that can be reached from one.
    fn reached<'s>(&'s self, from: &'s str) -> BTreeSet<&'s str> {
        let mut reached = BTreeSet::new();
        let mut next = vec![from];
        while let Some(module) = next.pop() {
            for used in self.0.get(module).into_iter().flat_map(BTreeMap::keys) {
                if reached.insert(used.as_str()) {
                    next.push(used);
                }
            }
        }
        reached
    }

    /// Modules that reach each other, in groups.
    fn loops(&self) -> BTreeSet<BTreeSet<String>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.0.keys().map(|module| (module.as_str(), self.reached(module))).collect();
        let is_mutual = |a: &str, b: &str| {
            let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
            reaches(a, b) && reaches(b, a)
        };
        let group = |module: &&str| -> BTreeSet<String> {
            reached.keys().filter(|other| is_mutual(module, other)).map(|other| (*other).to_owned()).collect()
        };
        reached.keys().map(group).filter(|group| !group.is_empty()).collect()
    }

    /// The uses among some modules, for messages.
    fn within(&self, modules: &BTreeSet<String>) -> String {
        let mut text = String::new();
        for (module, uses) in self.0.iter().filter(|(module, _)| modules.contains(*module)) {
            for (used, place) in uses.iter().filter(|(used, _)| modules.contains(*used)) {
                let _ = writeln!(text, "  {module} uses {used} ({place})");
            }
        }
        text
    }
}

/// The paths of a use tree at the beginning of a text, of those in braces all.
fn paths(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix('{') {
        return parts_in_braces(inner).into_iter().flat_map(paths).collect();
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return Vec::new();
    }
    let below = rest.strip_prefix("::").map_or_else(Vec::new, paths);
    if below.is_empty() {
        return vec![vec![name.to_owned()]];
    }
    below.into_iter().map(|path| [vec![name.to_owned()], path].concat()).collect()
}

/// What stands between commas, up to the brace that closes.
fn parts_in_braces(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0usize, 0);
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' => {
                parts.push(&text[start..at]);
                break;
            }
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

/// A file without comments, texts and what is compiled for tests alone.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if character == '"' {
            text_length(rest)
        } else if rest.starts_with("'\"'") || rest.starts_with("'{'") || rest.starts_with("'}'") {
            3
        } else {
            code.push(character);
            rest = &rest[character.len_utf8()..];
            continue;
        };
        rest = &rest[skipped..];
    }
    without_tests(&code)
}

/// How long a quoted text is, with its quotes.
fn text_length(quoted: &str) -> usize {
    let mut is_escaped = false;
    for (at, character) in quoted.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    quoted.len()
}

fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        // The item ends with its braces, or before any with a semicolon.
        let mut depth = 0usize;
        let end = rest.char_indices().find(|(_, character)| {
            match character {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(character, '}' | ';')
        });
        rest = end.map_or("", |(at, _)| &rest[at + 1..]);
    }
    kept + rest
}

#[test]
fn what_uses_what_is_read_off_the_text() {
    assert_eq!(paths("a::{b, c::{d}}, e"), [vec!["a", "b"], vec!["a", "c", "d"]]);
    assert_eq!(paths("{self, x::Y as Z}"), [vec!["self"], vec!["x", "Y"]]);
    let text = "use crate::a; // crate::b\n#[cfg(test)]\nmod tests { use crate::c; fn f() {} }\nlet x = \"crate::d\";";
    assert_eq!(code(text).matches("crate::").count(), 1, "{}", code(text));
    let folder = tempfile::tempdir().expect("temporary folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("below")).expect("made");
        fs::write(path, text).expect("written");
    };
    write("lib.rs", "mod a;\nmod b;\nmod c;\npub use c::{Thing, Other as More};\n");
    write("a.rs", "use super::b::X;\n");
    write("a/deep.rs", "use super::super::b;\nuse super::c;\n");
    write("b.rs", "fn f() { crate::Thing::new() }\n");
    write("c.rs", "mod tests;\n");
    write("c/tests.rs", "use crate::a;\n");
    let uses = Uses::read(folder.path());
    assert_eq!(uses.0["a"].keys().collect::<Vec<_>>(), ["b"]);
    assert_eq!(uses.0["b"].keys().collect::<Vec<_>>(), ["c"]);
    assert!(uses.loops().is_empty());
    write("c.rs", "use crate::{a::Y, b};\n");
    let found = Uses::read(folder.path()).loops();
    assert_eq!(
        found.into_iter().map(|group| group.into_iter().collect::<Vec<_>>().concat()).collect::<Vec<_>>(),
        ["abc"]
    );
}
