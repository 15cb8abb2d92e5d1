use super::node::{Node, list, web};
use serde_json::{Value, json};

#[test]
fn a_node_has_only_what_is_known() {
    let node = Node::new("Place").text("name", Some(" Hall ")).text("url", Some(" ")).text("x", None);
    let node = node.set("geo", None).set("list", list(Vec::new()));
    assert_eq!(node.done(), json!({ "@type": "Place", "name": "Hall" }));
    assert!(Node::new("Place").text("name", Some("")).is_empty());
    assert_eq!(list(vec![Value::from(1)]), Some(json!([1])));
}

#[test]
fn only_addresses_of_the_web_are_links() {
    assert_eq!(web(" https://a.example/ "), Some("https://a.example/"));
    assert_eq!(web("javascript:alert(1)"), None);
    assert_eq!(web("/a/"), None);
}
