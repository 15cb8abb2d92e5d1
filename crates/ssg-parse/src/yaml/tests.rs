//! Small documents, their values and what is said of them.

use super::*;

fn read(text: &str) -> (Option<Node>, Diagnostics) {
    let mut found = Diagnostics::new();
    (read_yaml(text, 0, &mut found), found)
}

#[test]
fn values_have_their_places() {
    let text = "title: Größe\ntags: [a, b]\nn: 12\ndate: 2013-05-06 15:00\nempty:\n";
    let (node, found) = read(text);
    assert!(found.is_empty(), "{found:?}");
    let value = node.expect("read").value;
    let tags = value.get("tags").expect("there");
    assert_eq!(tags.span.slice(text), "[a, b]");
    assert_eq!(value.get("n").expect("there").value, Value::Integer(12));
    assert_eq!(value.get("date").expect("there").value, Value::Text("2013-05-06 15:00".into()));
    assert_eq!(value.get("empty").expect("there").value, Value::Null);
}

#[test]
fn of_a_repeated_key_of_others_the_last_one_counts() {
    let mut found = Diagnostics::new();
    let node = read_yaml_of_others("a:\n  b: 1\n  c: 2\n  b: 3\na:\n  d: 4\n  d: 5\n", 0, &mut found)
        .expect("reads");
    let inner = node.value.get("a").expect("there");
    assert_eq!(inner.value.get("d").expect("there").value, Value::Integer(5));
    assert!(inner.value.get("b").is_none());
    assert_eq!(found.iter().filter(|one| one.code.as_ref() == "duplicate-key").count(), 3);
}

#[test]
fn duplicate_keys_and_tabs_are_errors_at_their_place() {
    let (_, found) = read("a: 1\na: 2\n");
    let one = found.iter().next().expect("reported");
    assert_eq!((one.code.as_ref(), one.span), ("duplicate-key", Some(Span::new(5, 6))));
    let (_, found) = read("a:\n\t- b\n");
    assert!(found.has_errors());
}

#[test]
fn tables_are_merged_under_what_a_table_has_itself() {
    let text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  x: 0\nd: {<<: *a}\n\"<<\": e\n";
    let (node, found) = read(text);
    assert!(found.is_empty(), "{found:?}");
    let value = node.expect("read").value;
    let number = |table: &str, key: &str| {
        value.get(table).and_then(|node| node.value.get(key)).map(|node| node.value.clone())
    };
    for (table, key, is) in [("c", "x", 0), ("c", "y", 2), ("c", "z", 4), ("d", "x", 1), ("d", "y", 2)] {
        assert_eq!(number(table, key), Some(Value::Integer(is)), "{table}.{key}");
    }
    assert_eq!(value.get("<<").map(|node| &node.value), Some(&Value::Text("e".to_owned())));
    let (_, found) = read("a: &a x\nb: {<<: *a}\n");
    assert_eq!(found.iter().next().and_then(|one| one.span), Some(Span::new(16, 18)));
    let mut found = Diagnostics::new();
    let header = read_yaml_header("base: &b {Title: A, draft: true}\n<<: *b\ntitle: B\n", 0, &mut found);
    let keys: Vec<String> = match header.map(|node| node.value) {
        Some(Value::Table(fields)) => fields.into_iter().map(|field| field.key).collect(),
        other => panic!("{other:?}"),
    };
    assert_eq!(keys, ["base", "title", "draft"]);
}

#[test]
fn marks_that_were_meant_as_text_are_told() {
    for (text, place) in [
        ("a: &Co and friends\n", Some("&Co")),
        ("a: &amp\n", Some("&amp")),
        ("a: [&x b, c]\n", Some("&x")),
        ("a: !important note\n", Some("!important")),
        ("a: &x b\nc: *x\n", None),
        ("a: &x [b]\n", None),
        ("a: !!str 2024\n", None),
        ("a: Q&A !\n", None),
        ("a: [b, *x]\n", Some("*x")),
        ("a:\n  - b\n  - *x y\n", Some("*x y")),
    ] {
        let (_, found) = read(text);
        let told = found.iter().next().and_then(|one| one.span).map(|span| span.slice(text));
        assert_eq!(told, place, "{text}: {found:?}");
    }
}

#[test]
fn bombs_and_depth_are_bounded() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (name, before) in ["bc", "cd", "de", "ef", "fg", "gh"].iter().map(|pair| (&pair[1..], &pair[..1])) {
        let before = if before == "b" { "a" } else { before };
        bomb.push_str(&format!("{name}: &{name} [{}]\n", [format!("*{before}"); 1].join("").clone()));
        let list = vec![format!("*{before}"); 10].join(", ");
        bomb.push_str(&format!("{name}{name}: &{name} [{list}]\n"));
    }
    let (node, found) = read(&bomb);
    assert!(node.is_none() && found.has_errors());
    let (node, found) = read("a: &a [b, *a]\n");
    assert!(node.is_none());
    assert_eq!(found.iter().next().and_then(|one| one.span), Some(Span::new(10, 12)));
    // Long texts, and anchors within anchors.
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(1000));
    let nested = format!("a: {}[{}]{}", "&x [".repeat(60), "0, ".repeat(9000), "]".repeat(60));
    for text in [long, nested] {
        let (node, found) = read(&text);
        assert!(node.is_none() && found.has_errors());
    }
    let (node, found) = read(&"[".repeat(10_000));
    assert!(node.is_none() && found.has_errors());
}
