//! `<<: *base`: the fields of another table, under those of one's own.
//!
//! As YAML's merge key has it (<https://yaml.org/type/merge.html>): a field that the table itself has wins, and of
//! several tables the first that has it.

use crate::value::{Field, Node, Value};
use ssg_source::{Diagnostic, Diagnostics, codes};
use std::collections::HashSet;

/// The key that merges.
pub(super) const MERGE: &str = "<<";

/// Adds the fields of `merged` tables to those that a table has itself.
///
/// `any_case`: keys differ in more than case. What is no table is an error at its place.
pub(super) fn merge(own: &mut Vec<Field>, merged: Vec<Node>, any_case: bool, found: &mut Diagnostics) {
    let named = |key: &str| if any_case { key.to_ascii_lowercase() } else { key.to_owned() };
    let mut keys: HashSet<String> = own.iter().map(|field| named(&field.key)).collect();
    for node in merged {
        let tables = match node.value {
            Value::List(nodes) => nodes,
            _ => vec![node],
        };
        for table in tables {
            match table.value {
                Value::Table(fields) => {
                    own.extend(fields.into_iter().filter(|field| keys.insert(named(&field.key))));
                }
                _ => found.add(
                    Diagnostic::error(codes::YAML, "`<<` takes a table, or a list of tables")
                        .at(table.span)
                        .hint("`<<: *base` adds the fields of the table that `&base` names"),
                ),
            }
        }
    }
}
