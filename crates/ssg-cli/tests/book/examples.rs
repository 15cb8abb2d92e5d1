//! Examples of the book are read by what reads such files, and nothing may be said against them.
//!
//! An example in TOML may be of `ssg.toml`, of a header or of `theme.toml`: it counts if it holds as one of these, as
//! it is or as a part. Templates are put into a site that is then checked.

use super::blocks::{self, Block};
use ssg_parse::keys::KeysOf;
use ssg_parse::{Node, ParseOptions, Value, parse_document, read_config, read_toml, read_yaml};
use ssg_source::{Diagnostics, SitePath};
use std::fs;
use std::process::{Command, Stdio};

/// Examples that are none of ours, or not meant to hold: page, first line, reason.
const OTHERS: &[(&str, &str, &str)] = &[
    ("check.md", "[\"https://example.com/slides.pdf\"]", "the ledger of links, which the program writes"),
    ("events.md", "# data/sponsors/hashicorp.toml", "a sponsor, read when a site is assembled"),
    ("events.md", "title = \"DevOpsDays Toronto\"", "a series, read when a site is assembled"),
    ("pictures.md", "icon = \"static/logo.svg\"", "two ways to write one key"),
];

/// How many examples there are at least, by what reads them.
const LEAST: &[(&str, usize)] = &[("toml", 40), ("markdown", 12), ("yaml", 6), ("json", 2), ("template", 6)];

fn path(name: &str) -> SitePath {
    SitePath::new(name).expect("valid")
}

/// What was found, one line each.
fn told(found: &Diagnostics) -> Vec<String> {
    found.iter().map(|one| one.message.clone()).collect()
}

fn table(text: &str) -> (Node, Vec<String>) {
    let mut found = Diagnostics::new();
    let node = read_toml(text, 0, &mut found);
    (node, told(&found))
}

fn as_config(text: &str) -> Vec<String> {
    let (node, _) = table(text);
    let mut whole = String::new();
    for (key, line) in
        [("base_url", "base_url = \"https://blog.example.org/\"\n"), ("title", "title = \"T\"\n")]
    {
        if node.value.get(key).is_none() {
            whole.push_str(line);
        }
    }
    whole.push_str(text);
    let mut found = Diagnostics::new();
    let _ = read_config(&path("ssg.toml"), whole.as_bytes(), &mut found);
    told(&found)
}

fn as_page(text: &str) -> Vec<String> {
    let taxonomies = ["categories", "tools", "speakers", "topics"].map(str::to_owned).into();
    let options = ParseOptions { taxonomies, ..ParseOptions::default() };
    told(&parse_document(&path("content/posts/2027-05-31-x.md"), text.as_bytes(), &options).1)
}

fn as_theme(text: &str) -> Vec<String> {
    fn walk(node: &Node, above: &mut Vec<String>, wrong: &mut Vec<String>) {
        match &node.value {
            Value::Table(fields) => {
                for field in fields {
                    let path: Vec<&str> = above.iter().map(String::as_str).collect();
                    let keys_are_known = !KeysOf::Theme.table(&path).is_empty();
                    if keys_are_known && KeysOf::Theme.key(&path, &field.key).is_none() {
                        wrong.push(format!("no key of theme.toml: {} {}", path.join("."), field.key));
                    }
                    above.push(field.key.clone());
                    walk(&field.node, above, wrong);
                    above.pop();
                }
            }
            Value::List(nodes) => nodes.iter().for_each(|node| walk(node, above, wrong)),
            _ => {}
        }
    }
    let (node, mut wrong) = table(text);
    walk(&node, &mut Vec::new(), &mut wrong);
    wrong
}

fn as_yaml(text: &str) -> Vec<String> {
    if text.starts_with("---") {
        return as_page(text);
    }
    let mut found = Diagnostics::new();
    let _ = read_yaml(text, 0, &mut found);
    told(&found)
}

fn as_json(text: &str) -> Vec<String> {
    let whole = serde_json::from_str::<serde_json::Value>(text).err();
    let by_line = text.lines().find_map(|line| serde_json::from_str::<serde_json::Value>(line).err());
    whole.zip(by_line).map(|(error, _)| error.to_string()).into_iter().collect()
}

/// What is said of an example in TOML, as whatever it is.
fn as_toml(block: &Block) -> Vec<String> {
    let text = &block.text;
    let name = ["file", "append", "in"].iter().find_map(|key| block.attribute(key)).unwrap_or("");
    let file = name.rsplit('/').next().unwrap_or("");
    let is_foreign = name.contains('/') && !name.starts_with("themes/") && file != "ssg.toml";
    match file {
        "ssg.toml" => return as_config(text),
        "theme.toml" => return as_theme(text),
        _ if is_foreign && name.ends_with(".toml") => return table(text).1,
        _ => {}
    }
    let all = [as_config(text), as_page(&format!("+++\n{text}+++\n\nText.\n")), as_theme(text)];
    if all.iter().any(Vec::is_empty) { Vec::new() } else { all.concat() }
}

fn is_other(block: &Block) -> bool {
    OTHERS.iter().any(|(page, first, _)| block.page == *page && block.first_line().starts_with(first))
}

fn count(name: &str, counted: usize) {
    let least = LEAST.iter().find(|(known, _)| *known == name).map_or(0, |(_, least)| *least);
    println!("the book: {counted} examples read as {name}");
    assert!(counted >= least, "only {counted} examples in {name}");
}

#[test]
fn examples_of_files_hold() {
    let pages = blocks::pages();
    let mut wrong = Vec::new();
    for name in ["toml", "markdown", "yaml", "json"] {
        let mut counted = 0;
        // The examples of codes are made by the program, with what is wrong in them.
        for block in pages.iter().filter(|page| page.name != "diagnostics.md").flat_map(blocks::blocks) {
            // What is to be imported is read by the command that the page runs.
            let is_foreign = block.attribute("file").is_some_and(|file| !file.starts_with("content/"));
            if block.language != name || is_other(&block) || (name == "markdown" && is_foreign) {
                continue;
            }
            counted += 1;
            let said = match name {
                "toml" => as_toml(&block),
                "markdown" => as_page(&block.text),
                "yaml" => as_yaml(&block.text),
                _ => as_json(&block.text),
            };
            wrong.extend(said.iter().map(|said| format!("{}: {said}", block.place())));
        }
        count(name, counted);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_does_not_hold_is_in_the_book() {
    let pages = blocks::pages();
    let all: Vec<Block> = pages.iter().flat_map(blocks::blocks).collect();
    for (page, first, reason) in OTHERS {
        let is_there = all.iter().any(|block| block.page == *page && block.first_line().starts_with(first));
        assert!(is_there && !reason.is_empty(), "no block of {page} begins so: {first}");
    }
}

#[test]
fn templates_hold() {
    let site = tempfile::tempdir().expect("temporary folder");
    let write = |name: &str, text: &str| {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().expect("below the site")).expect("made");
        fs::write(path, text).expect("written");
    };
    write("ssg.toml", "base_url = \"https://b.example/\"\ntitle = \"T\"\n");
    write("content/p.md", "---\ntitle: P\n---\nText.\n");
    let mut places = Vec::new();
    for block in blocks::pages().iter().flat_map(blocks::blocks) {
        let is_template = matches!(block.language.as_str(), "html" | "jinja" | "tera");
        // What is shown of a template that is there, with parts left out, is held against that.
        let is_part = block.attribute("in").is_some();
        if is_template && !is_part && (block.text.contains("{{") || block.text.contains("{%")) {
            write(&format!("templates/book-{}.html", places.len()), &block.text);
            places.push(format!("templates/book-{}.html is {}", places.len(), block.place()));
        }
    }
    count("template", places.len());
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["check", "--strict", "--no-cache"])
        .current_dir(site.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}\n{}", places.join("\n"));
}
