//! Places are told in texts that are being typed. `|` is the cursor.

use super::*;

fn at(kind: FileKind, text: &str) -> Option<Place> {
    let cursor = text.find('|').expect("a cursor");
    place(&text.replacen('|', "", 1), kind, cursor)
}

fn content(text: &str) -> Option<Place> {
    at(FileKind::Content, text)
}

/// A place in one line: what it is, where, the word, and what of it is typed.
fn told(place: Option<Place>) -> String {
    let of = |word: &Word| format!("{:?} {:?}", word.text, word.typed);
    match place {
        None => "none".to_owned(),
        Some(Place::Key(key)) => {
            let value = if key.has_value { " valued" } else { "" };
            format!("key {} {}{value}", key.path.join("."), of(&key.word))
        }
        Some(Place::Value(value)) => {
            let quote = value.quote.map(String::from).unwrap_or_default();
            let list = if value.is_in_list { " listed" } else { "" };
            format!("value {} {}{quote}{list}", value.whole_key(), of(&value.word))
        }
        Some(Place::Link(word)) => format!("link {}", of(&word)),
        Some(Place::ShortcodeName(word)) => format!("shortcode {}", of(&word)),
        Some(Place::ShortcodeArgument(call)) => {
            format!("argument {} {} after {:?}", call.name, of(&call.word), call.used)
        }
    }
}

#[test]
fn toml_of_headers() {
    for (text, expected) in [
        ("+++\nti|tle = \"x\"\n+++\n", "key  \"title\" \"ti\" valued"),
        ("+++\n|\n+++\n", "key  \"\" \"\""),
        ("+++\ntit|\n", "key  \"tit\" \"tit\""),
        ("+++\ntools = [\"Ch|\"]\n+++\n", "value tools \"Ch\" \"Ch\"\" listed"),
        ("+++\ntools = [\"Chef\", \"Pup|pet\"] # x\n+++\n", "value tools \"Puppet\" \"Pup\"\" listed"),
        ("+++\ntools = [\n  \"Chef\", # one\n  'Pu|\n]\n+++\n", "value tools \"Pu\" \"Pu\"' listed"),
        ("+++\ntools = [|]\n+++\n", "value tools \"\" \"\" listed"),
        ("+++\ntools = [\"Ch|\ntitle = \"x\"\n+++\n", "value tools \"Ch\" \"Ch\"\" listed"),
        ("+++\ntools = [\"a\"\ntitle = \"x|\"\n+++\n", "value title \"x\" \"x\"\""),
        ("+++\ndraft = tr|ue\n+++\n", "value draft \"true\" \"tr\""),
        ("+++\n[event]\nst|art = 2016-05-26\n+++\n", "key event \"start\" \"st\" valued"),
        (
            "+++\n[[event.schedule]]\nspeakers = [\"|\"]\n+++\n",
            "value event.schedule.speakers \"\" \"\"\" listed",
        ),
        ("+++\n[event.c|fp]\n+++\n", "key event \"cfp\" \"c\" valued"),
        ("+++\nevent.cfp.ope|ns = 2016-01-01\n+++\n", "key event.cfp \"opens\" \"ope\" valued"),
        ("+++\nslides = { url = \"x\", lang| }\n+++\n", "key slides \"lang\" \"lang\""),
        ("+++\nspeakers = [{ name = \"A|\" }]\n+++\n", "value speakers.name \"A\" \"A\"\""),
        ("+++\n# tools = [\"|\"]\n+++\n", "none"),
        ("+++\ntitle = \"x\" # |\n+++\n", "none"),
        ("+++\ntitle = \"x\"|\n+++\n", "none"),
        ("+++\ntitle = \"\"\"\na = [|\n\"\"\"\n+++\n", "none"),
    ] {
        assert_eq!(told(content(text)), expected, "{text}");
    }
}

#[test]
fn yaml_of_headers() {
    for (text, expected) in [
        ("---\nti|tle: x\n---\n", "key  \"title\" \"ti\" valued"),
        ("---\n|\n---\n", "key  \"\" \"\""),
        ("---\ntools: [Chef, Pup|pet] # x\n---\n", "value tools \"Puppet\" \"Pup\" listed"),
        ("---\ntools:\n  - Chef\n  - Ku|\n---\n", "value tools \"Ku\" \"Ku\" listed"),
        ("---\ntools:\n- Chef\n- |\n---\n", "value tools \"\" \"\" listed"),
        ("---\nspeakers:\n  - \"John W|illis\"\n---\n", "value speakers \"John Willis\" \"John W\"\" listed"),
        ("---\ntitle: A long ti|tle # x\n---\n", "value title \"A long title\" \"A long ti\""),
        ("---\nevent:\n  start: 2016-05-26\n  ci|\n---\n", "key event \"ci\" \"ci\""),
        ("---\nevent:\n  cfp:\n    clo|ses: 2016\n---\n", "key event.cfp \"closes\" \"clo\" valued"),
        (
            "---\nevent:\n  schedule:\n    - starts: 9\n      ki|nd: talk\n---\n",
            "key event.schedule \"kind\" \"ki\" valued",
        ),
        ("---\nevent:\n  schedule:\n    - st|\n---\n", "key event.schedule \"st\" \"st\""),
        ("---\nevent:\n  schedule:\n    - kind: |\n---\n", "value event.schedule.kind \"\" \"\""),
        ("---\nevent: { start: 2016-05-26, ci| }\n---\n", "key event \"ci\" \"ci\""),
        ("---\ntools: [\n  Chef,\n  P|\n]\n---\n", "value tools \"P\" \"P\" listed"),
        ("---\nexcerpt: |-\n---\n", "value excerpt \"-\" \"\""),
        ("---\n# tools: |\n---\n", "none"),
        ("---\ntitle: x\nevents: 20|\n\nText\n", "value events \"20\" \"20\""),
    ] {
        assert_eq!(told(content(text)), expected, "{text}");
    }
    let text = "---\nexcerpt: >\n  a: b\n  c: d\n---\n";
    assert_eq!(place(text, FileKind::Content, text.find(": d").expect("there") + 2), None);
}

#[test]
fn bodies() {
    for (text, expected) in [
        ("See [x](@/posts/a|.md#b) now", "link \"@/posts/a.md#b\" \"@/posts/a\""),
        ("See ![x](pho|", "link \"pho\" \"pho\""),
        ("[x](a) and | text", "none"),
        ("[x]: @/pos|ts/a.md", "link \"@/posts/a.md\" \"@/pos\""),
        ("<a href=\"/x|\">", "link \"/x\" \"/x\""),
        ("{{ you|tube(id=\"x\") }}", "shortcode \"youtube\" \"you\""),
        ("{% |", "shortcode \"\" \"\""),
        ("{{ youtube(id=\"a,b\", ti|) }}", "argument youtube \"ti\" \"ti\" after [\"id\"]"),
        ("{{ youtube(id=\"|\") }}", "none"),
        ("{{ youtube(id=\"x\") }} |", "none"),
        ("a | b", "none"),
    ] {
        assert_eq!(told(content(text)), expected, "{text}");
    }
}

#[test]
fn configuration_and_themes() {
    for (kind, text, expected) in [
        (
            FileKind::Config,
            "[feeds]\nformats = [\"at|om\"]\n",
            "value feeds.formats \"atom\" \"at\"\" listed",
        ),
        (FileKind::Config, "[taxonomies.topics]\nfe|\n", "key taxonomies.topics \"fe\" \"fe\""),
        (FileKind::Config, "[mark|down]\n", "key  \"markdown\" \"mark\" valued"),
        (FileKind::Theme, "[options.ink]\ntype = \"|\"\n", "value options.ink.type \"\" \"\"\""),
        (FileKind::Other, "x = |", "none"),
    ] {
        assert_eq!(told(at(kind, text)), expected, "{text}");
    }
}

/// Any text at any place has an answer.
#[test]
fn no_text_is_too_strange() {
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below
    };
    let parts = [
        "---\n",
        "+++\n",
        "tools",
        ": ",
        " = ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\"",
        "'",
        "\n",
        "  ",
        "- ",
        "#",
        "\u{1f680}",
        "é",
        "](",
        "@/",
        "{{ ",
        "{% ",
        "(",
        "|",
        "event",
        ".",
        "\\",
        "\"\"\"",
        "[[",
        ":",
    ];
    for _ in 0..4000 {
        let mut text = parts[next(2)].to_owned();
        for _ in 0..next(14) {
            text.push_str(parts[next(parts.len())]);
        }
        for kind in [FileKind::Content, FileKind::Config, FileKind::Theme] {
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let _ = place(&text, kind, at);
            }
        }
    }
    let deep = format!("+++\ntools = {}\n+++\n", "[{a=".repeat(100_000));
    assert!(place(&deep, FileKind::Content, deep.len() - 6).is_some() || deep.len() > 6);
}
