//! Names that come with an `id`: `speakers = [{ name = "Ada Brook", id = "ada-brook-lyon" }]`.
//!
//! Two people of one name are told apart by it. In the lists of a header the `id` stands for the name, as
//! the name of a term's file does; what is shown is kept here, by its place.

use crate::person_name::{self, Named};
use crate::value::{Node, Spanned, Value, scalar_text};
use serde::{Deserialize, Serialize};
use ssg_source::Span;

/// A name with the id that it is told from others by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedById {
    /// Place of the name, which is that of the entry in the list.
    pub span: Span,
    /// Place of the id.
    pub id_span: Span,
    /// The name of the term's file, or what would be.
    pub id: String,
    /// The name to show.
    pub name: String,
}

impl NamedById {
    /// Reads a table with a `name` and an `id`. Numbers and addresses, which other programs write there, are no ids.
    pub(crate) fn read(node: &Node) -> Option<Self> {
        let name = name_in(node)?;
        let written = node.value.get("id")?;
        let Value::Text(id) = &written.value else { return None };
        let id = id.trim();
        let is_id = !id.is_empty() && !id.contains(['/', ':', '@']) && person_name::read(id) == Named::Name;
        (is_id && person_name::read(&name.value) == Named::Name).then(|| Self {
            span: name.span,
            id_span: written.span,
            id: id.to_owned(),
            name: name.value,
        })
    }
}

/// The name that a table of somebody has.
pub(crate) fn name_in(node: &Node) -> Option<Spanned<String>> {
    let name = node.value.get("name").or_else(|| node.value.get("nick"))?;
    let text = scalar_text(name).filter(|text| !text.trim().is_empty())?;
    Some(Spanned::new(text.trim().to_owned(), name.span))
}

/// All names with an id in a header. Headers are no deeper than their readers allow, so this ends.
pub(crate) fn named_by_id(header: &Node) -> Vec<NamedById> {
    let mut all = Vec::new();
    walk(header, &mut all);
    all.sort_unstable_by_key(|named| named.span);
    all.dedup_by_key(|named| named.span);
    all
}

fn walk(node: &Node, all: &mut Vec<NamedById>) {
    match &node.value {
        Value::Table(fields) => {
            all.extend(NamedById::read(node));
            for field in fields.iter().filter(|field| !["extra", "params"].contains(&field.key.as_str())) {
                walk(&field.node, all);
            }
        }
        Value::List(nodes) => nodes.iter().for_each(|node| walk(node, all)),
        _ => {}
    }
}
