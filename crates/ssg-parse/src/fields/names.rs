//! People and terms in a table: texts, or tables with a `name`.

use super::Fields;
use crate::named_by_id::{NamedById, name_in};
use crate::person_name::{self, Named};
use crate::value::{Field, Spanned, Value};
use crate::withholding::is_meant_to_withhold;
use ssg_source::{Diagnostic, codes, did_you_mean};

impl<'a> Fields<'a> {
    /// A person's name; an address beside it is told and kept out.
    pub fn person(&mut self, names: &[&'static str]) -> Option<Spanned<String>> {
        let name = self.text(names)?;
        self.without_addresses(vec![name]).pop()
    }

    /// People: a text, a list of texts, or tables with a `name`. Addresses beside names are told and kept out.
    pub fn people(&mut self, names: &[&'static str]) -> Option<Vec<Spanned<String>>> {
        let field = self.take(names)?;
        let people = self.names_of(field, true);
        Some(self.without_addresses(people))
    }

    /// Names without the addresses beside them.
    pub(crate) fn without_addresses(&mut self, people: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
        let mut kept = Vec::with_capacity(people.len());
        for person in people {
            let name = match person_name::read(&person.value) {
                Named::Name => {
                    kept.push(person);
                    continue;
                }
                Named::WithAddress(name) => Some(name),
                Named::Address => None,
            };
            let warning = match &name {
                Some(name) => Diagnostic::warning(
                    codes::MAIL_ADDRESS,
                    "an address beside a name is kept out of the site",
                )
                .hint(format!("write the name alone: `{name}`")),
                None => Diagnostic::warning(
                    codes::MAIL_ADDRESS,
                    "an address stands where a name is meant; it is left out",
                )
                .hint("write the person's name"),
            };
            self.found.add(warning.at(person.span));
            kept.extend(name.map(|name| Spanned::new(name, person.span)));
        }
        kept
    }

    /// Keys in the table of somebody that look as if they were to keep the name back: they do nothing there.
    pub(crate) fn report_withholding<'f>(&mut self, fields: impl IntoIterator<Item = &'f Field>) {
        for field in fields.into_iter().filter(|field| is_meant_to_withhold(field)) {
            let message = format!("`{}` keeps back no name", field.key);
            let problem = Diagnostic::error(codes::WITHHELD_KEY, message).at(field.key_span);
            self.found
                .add(problem.hint("leave the name out, or take it out everywhere: `unpublish` in ssg.toml"));
        }
    }

    /// Names: texts, or tables with a `name`. Of a table with an `id` as well that is what is handed out, at the place
    /// of the name, and [`FrontMatter::named_by_id`](crate::FrontMatter::named_by_id) has the name.
    /// Somebody without a name is left out with a warning; any other table without one is an error.
    pub(super) fn names_of(&mut self, field: &'a Field, is_of_people: bool) -> Vec<Spanned<String>> {
        let tables = match &field.node.value {
            Value::Table(_) => std::slice::from_ref(&field.node),
            Value::List(nodes) if nodes.iter().any(|node| matches!(node.value, Value::Table(_))) => {
                nodes.as_slice()
            }
            _ => return self.texts_of(field),
        };
        let mut names = Vec::with_capacity(tables.len());
        for node in tables {
            let Value::Table(inner) = &node.value else {
                names.extend(self.text_of(field, node));
                continue;
            };
            self.report_withholding(inner);
            if let Some(name) = NamedById::read(node) {
                names.push(Spanned::new(name.id, name.span));
            } else if let Some(name) = name_in(node) {
                names.push(name);
            } else if !is_of_people {
                let message = format!("`{}` must hold texts, not a table", field.key);
                let hint = "write the name alone, or `{ name, id }`";
                self.found.add(Diagnostic::error(codes::WRONG_TYPE, message).at(node.span).hint(hint));
            } else {
                let near = inner
                    .iter()
                    .find_map(|field| did_you_mean(&field.key, ["name", "nick"]).map(|_| &field.key));
                let hint = near.map_or_else(
                    || "write `{ name: \"First Last\" }`, or the name alone".to_owned(),
                    |key| format!("write `name` in the place of `{key}`"),
                );
                let message = format!("somebody in `{}` has no `name`, and is left out", field.key);
                self.found.add(Diagnostic::warning(codes::WRONG_TYPE, message).at(node.span).hint(hint));
            }
        }
        names
    }
}
