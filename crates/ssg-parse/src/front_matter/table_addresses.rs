//! Addresses in the table of an event or a talk: of venues, calls, sponsors, rows of a schedule.

use crate::value::{Node, Spanned, Value};

/// Keys whose values are addresses.
const KEYS: [&str; 5] = ["url", "logo", "online", "slides", "video"];

/// All of them, with their places. Headers are no deeper than their readers allow, so this ends.
pub(super) fn table_addresses(header: &Node) -> Vec<Spanned<String>> {
    let mut all = Vec::new();
    for key in ["event", "talk"] {
        if let Some(table) = header.value.get(key) {
            walk(table, false, &mut all);
        }
    }
    all
}

fn walk(node: &Node, is_address: bool, all: &mut Vec<Spanned<String>>) {
    match &node.value {
        Value::Text(text) if is_address && !text.trim().is_empty() => {
            all.push(Spanned::new(text.trim().to_owned(), node.span));
        }
        Value::List(nodes) => nodes.iter().for_each(|node| walk(node, is_address, all)),
        Value::Table(fields) => {
            for field in fields {
                walk(&field.node, KEYS.contains(&field.key.as_str()), all);
            }
        }
        _ => {}
    }
}
