//! What holds of every tool of the list.

use ssg_suggest::{Ambiguity, tools};
use std::collections::BTreeMap;

#[test]
fn the_list_of_tools_is_sound() {
    let tools = tools();
    assert!(tools.len() >= 600, "{} tools", tools.len());
    let mut spellings: BTreeMap<String, &str> = BTreeMap::new();
    let mut slugs: BTreeMap<&str, &str> = BTreeMap::new();
    for tool in tools {
        assert!((1956..=2030).contains(&tool.since), "{} of {}", tool.name, tool.since);
        assert!(tool.homepage.starts_with("https://"), "{}", tool.name);
        assert!(!tool.kind.is_empty() && !tool.name.trim().is_empty(), "{}", tool.slug);
        assert!(
            tool.slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{}",
            tool.slug
        );
        if let Some(other) = slugs.insert(&tool.slug, &tool.name) {
            panic!("{other} and {} have one slug", tool.name);
        }
        let own = [&tool.name];
        for spelling in own.into_iter().chain(&tool.aliases).chain(&tool.former).chain(&tool.misspelled) {
            if let Some(other) = spellings.insert(spelling.to_lowercase(), &tool.name) {
                assert!(
                    other == tool.name || tool.ambiguity != Ambiguity::None,
                    "{other} and {} are both `{spelling}`",
                    tool.name
                );
            }
        }
    }
}

#[test]
fn words_of_everyday_language_are_marked() {
    for word in [
        "Go",
        "Chef",
        "Salt",
        "Consul",
        "Vault",
        "Helm",
        "Nomad",
        "Puppet",
        "Spinnaker",
        "Flux",
        "Argo CD",
        "Packer",
        "R",
        "Swift",
    ] {
        let tool = tools().iter().find(|tool| tool.name == word).unwrap_or_else(|| panic!("no {word}"));
        assert_ne!(tool.ambiguity, Ambiguity::None, "{word}");
    }
}
