//! Options of a theme: what it declares, and what the site sets.
//!
//! A child theme inherits its parent's options. Where it declares one with a type, that replaces the
//! parent's; without a type it changes what it names, usually the default, and keeps the rest.

use crate::table::Table;
use crate::values::data_value;
use ssg_parse::{Config, Fields, Node, Value as Data};
use ssg_source::{
    Class, Diagnostic, Diagnostics, Severity, SitePath, Span, Suggestions, codes, did_you_mean, listed,
};
use std::cell::LazyCell;
use std::collections::HashMap;
use tera::Value;

/// The type of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// Text.
    String,
    /// True or false.
    Bool,
    /// A number, whole or not.
    Number,
    /// A whole number, none below 0.
    Count,
    /// `#rgb`, `#rrggbb` or with an opacity.
    Colour,
    /// One of the texts in `values`.
    Choice,
    /// A list; `items` may say of what.
    List,
    /// A table; `keys` may say what it must have.
    Table,
}

const KINDS: [(&str, OptionKind); 8] = [
    ("string", OptionKind::String),
    ("bool", OptionKind::Bool),
    ("number", OptionKind::Number),
    ("count", OptionKind::Count),
    ("colour", OptionKind::Colour),
    ("choice", OptionKind::Choice),
    ("list", OptionKind::List),
    ("table", OptionKind::Table),
];

impl OptionKind {
    fn parse(name: &str) -> Option<Self> {
        let name = if name == "color" { "colour" } else { name };
        KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// Its name in `theme.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("string", |(name, _)| name)
    }
}

/// An option as `theme.toml` declares it.
#[derive(Clone, Debug)]
pub struct ThemeOption {
    /// Its name.
    pub name: String,
    /// Its type; `None` where a child leaves that to its parent.
    pub kind: Option<OptionKind>,
    /// What a choice is among.
    pub values: Vec<String>,
    /// What a list is of; `None` for anything.
    pub items: Option<OptionKind>,
    /// Keys that a table, or each table of a list, must have as text.
    pub keys: Vec<String>,
    /// What it is unless the site sets it.
    pub default: Option<Node>,
    /// What it is for.
    pub help: Option<String>,
    /// The file that declares it.
    pub path: SitePath,
    /// Its place there.
    pub span: Span,
    /// The file that gives the default.
    pub default_path: SitePath,
}

pub(super) fn read_options(node: &Node, path: &SitePath, found: &mut Diagnostics) -> Vec<ThemeOption> {
    let Data::Table(fields) = &node.value else {
        let message = format!("`options` must be a table, not {}", node.value.kind());
        found.add(Diagnostic::error(codes::WRONG_TYPE, message).at(node.span));
        return Vec::new();
    };
    let option = |field: &ssg_parse::Field, found: &mut Diagnostics| {
        let mut fields = Fields::new(&field.node, &format!("`options.{}`", field.key), found);
        let kind = |fields: &mut Fields<'_>, key| {
            let named = fields.text(&[key])?;
            let kind = OptionKind::parse(&named.value);
            if kind.is_none() {
                let names = KINDS.map(|(name, _)| name);
                fields.found().add(
                    Diagnostic::error(
                        codes::THEME_OPTION,
                        format!("`{}` is no type of an option", named.value),
                    )
                    .at(named.span)
                    .hint_if(did_you_mean(&named.value, names))
                    .hint(format!("types are {}", names.join(", "))),
                );
            }
            Some(kind)
        };
        let texts = |fields: &mut Fields<'_>, key| -> Vec<String> {
            fields.texts(&[key]).unwrap_or_default().into_iter().map(|text| text.value).collect()
        };
        let (own, items) = (kind(&mut fields, "type"), kind(&mut fields, "items"));
        let option = ThemeOption {
            name: field.key.clone(),
            kind: own.flatten(),
            items: items.flatten(),
            values: texts(&mut fields, "values"),
            keys: texts(&mut fields, "keys"),
            default: fields.node(&["default"]).cloned(),
            help: fields.text(&["help"]).map(|help| help.value),
            path: path.clone(),
            span: field.key_span,
            default_path: path.clone(),
        };
        fields.finish(Severity::Error, "an option has type, default, help, values, items and keys");
        // Of one whose type is wrong nothing else can be told.
        (own != Some(None) && items != Some(None)).then_some(option)
    };
    fields.iter().filter_map(|field| option(field, found)).collect()
}

/// The options of a theme with those that it inherits. `chain` begins with the theme itself; what no
/// declaration gives a type is reported and left out.
#[must_use]
pub fn inherited_options<'m>(
    chain: impl DoubleEndedIterator<Item = &'m [ThemeOption]>,
    found: &mut Diagnostics,
) -> Vec<ThemeOption> {
    let mut all: Vec<ThemeOption> = Vec::new();
    for own in chain.rev().flatten() {
        match all.iter_mut().find(|option| option.name == own.name) {
            Some(known) if own.kind.is_some() => *known = own.clone(),
            Some(known) => known.change(own),
            None => all.push(own.clone()),
        }
    }
    all.retain(|option| option.is_sound(found));
    all
}

impl ThemeOption {
    /// Takes over what a child says of the option.
    fn change(&mut self, own: &Self) {
        if let Some(default) = &own.default {
            self.default = Some(default.clone());
            self.default_path = own.default_path.clone();
        }
        if own.help.is_some() {
            self.help.clone_from(&own.help);
        }
        if !own.values.is_empty() {
            self.values.clone_from(&own.values);
        }
        if !own.keys.is_empty() {
            self.keys.clone_from(&own.keys);
        }
        self.items = own.items.or(self.items);
    }

    fn is_sound(&self, found: &mut Diagnostics) -> bool {
        let wrong = |message: String| {
            Diagnostic::error(codes::THEME_OPTION, message).in_file(&self.path).at(self.span)
        };
        let Some(kind) = self.kind else {
            let names = KINDS.map(|(name, _)| name).join(", ");
            let message = format!("the option `{}` has no type", self.name);
            found.add(wrong(message).hint(format!("`type` is one of {names}")));
            return false;
        };
        if kind == OptionKind::Choice && self.values.is_empty() {
            found.add(wrong(format!("the choice `{}` has no `values`", self.name)));
            return false;
        }
        let Some(default) = &self.default else { return true };
        match self.complaint(default) {
            Some((message, span)) => {
                let message = format!("the default of {message}");
                found.add(
                    Diagnostic::error(codes::THEME_OPTION, message)
                        .in_file(&self.default_path)
                        .at(span)
                        .hint_if(self.nearest(default)),
                );
                false
            }
            None => true,
        }
    }

    /// What is wrong with a value, and where.
    fn complaint(&self, node: &Node) -> Option<(String, Span)> {
        let kind = self.kind.unwrap_or(OptionKind::String);
        let name = &self.name;
        if kind == OptionKind::List
            && let Data::List(nodes) = &node.value
        {
            let items = self.items?;
            if let Some(lacking) = nodes.iter().find_map(|node| self.lacks(node)) {
                return Some(lacking);
            }
            let wrong = nodes.iter().find(|node| !self.fits(items, &node.value))?;
            let found = shown(&wrong.value);
            let expected = self.expected(items);
            return Some((format!("`{name}` must be a list, each {expected}, not {found}"), wrong.span));
        }
        if kind == OptionKind::Table
            && let Some(lacking) = self.lacks(node)
        {
            return Some(lacking);
        }
        let message = || format!("`{name}` must be {}, not {}", self.expected(kind), shown(&node.value));
        (!self.fits(kind, &node.value)).then(|| (message(), node.span))
    }

    /// The key that a table lacks, or has as something else than text.
    fn lacks(&self, node: &Node) -> Option<(String, Span)> {
        let table = matches!(node.value, Data::Table(_)).then_some(&node.value)?;
        self.keys.iter().find_map(|key| {
            let (found, span) = match table.get(key) {
                None => ("is missing".to_owned(), node.span),
                Some(node) if matches!(node.value, Data::Text(_)) => return None,
                Some(node) => (format!("must be text, not {}", node.value.kind()), node.span),
            };
            Some((format!("`{}`: `{key}` {found}", self.name), span))
        })
    }

    fn expected(&self, kind: OptionKind) -> String {
        match kind {
            OptionKind::String => "text".to_owned(),
            OptionKind::Bool => "true or false".to_owned(),
            OptionKind::Number => "a number".to_owned(),
            OptionKind::Count => "a whole number, 0 or more".to_owned(),
            OptionKind::Colour => "a colour such as `#1b6e53`".to_owned(),
            OptionKind::List => "a list".to_owned(),
            OptionKind::Table => "a table".to_owned(),
            OptionKind::Choice => {
                format!("one of {}", listed(self.values.iter().map(|value| format!("`{value}`"))))
            }
        }
    }

    fn fits(&self, kind: OptionKind, value: &Data) -> bool {
        match kind {
            OptionKind::String => matches!(value, Data::Text(_)),
            OptionKind::Bool => matches!(value, Data::Bool(_)),
            OptionKind::Number => matches!(value, Data::Integer(_) | Data::Float(..)),
            OptionKind::Count => matches!(value, Data::Integer(0..)),
            OptionKind::Colour => value.as_str().is_some_and(is_colour),
            OptionKind::List => matches!(value, Data::List(_)),
            OptionKind::Table => matches!(value, Data::Table(_)),
            OptionKind::Choice => {
                value.as_str().is_some_and(|value| self.values.iter().any(|known| known == value))
            }
        }
    }

    fn nearest(&self, node: &Node) -> Option<String> {
        did_you_mean(node.value.as_str()?, self.values.iter().map(String::as_str))
    }
}

/// A short text or a number as it is, anything else by its kind.
fn shown(value: &Data) -> String {
    match value {
        Data::Integer(number) => format!("`{number}`"),
        Data::Text(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
        other => other.kind().to_owned(),
    }
}

/// The options' values: defaults, with the site's `[theme.options]` checked and laid over them.
pub(super) fn option_values(declared: &[ThemeOption], config: &Config, found: &mut Diagnostics) -> Value {
    let mut values = Table::new();
    for option in declared {
        let default = option.default.as_ref().map_or_else(Value::none, |node| data_value(&node.value));
        values.insert(option.name.clone(), default);
    }
    let config_path = SitePath::new("ssg.toml").unwrap_or_default();
    let usage = |message: String, span: Span| {
        Diagnostic::error(codes::THEME_OPTION, message).class(Class::Usage).in_file(&config_path).at(span)
    };
    let set = match &config.theme_options {
        Some(Data::Table(fields)) => fields.as_slice(),
        _ => &[],
    };
    let by_name: HashMap<&str, &ThemeOption> =
        declared.iter().rev().map(|option| (option.name.as_str(), option)).collect();
    let suggestions = LazyCell::new(|| Suggestions::new(by_name.keys().copied()));
    for field in set {
        let Some(option) = by_name.get(field.key.as_str()) else {
            let there = match declared {
                [] => "it has no options".to_owned(),
                all => format!("its options are {}", listed(all.iter().map(|option| &option.name))),
            };
            let problem = usage(format!("the theme has no option `{}`", field.key), field.key_span);
            let near = suggestions.did_you_mean(&field.key);
            found.add(if near.is_some() { problem.hint_if(near) } else { problem.hint(there) });
            continue;
        };
        match option.complaint(&field.node) {
            Some((message, span)) => {
                let help = option.help.as_ref().map(|help| format!("{}: {help}", option.name));
                found.add(usage(message, span).hint_if(option.nearest(&field.node)).hint_if(help));
            }
            None => values.insert(field.key.clone(), data_value(&field.node.value)),
        }
    }
    values.done()
}

/// `#rgb`, `#rrggbb` or with an opacity: what can stand in a style without breaking out of it.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| {
        matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
