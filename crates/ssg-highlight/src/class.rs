//! The small set of classes that code is styled with, and the table that
//! maps grammar scopes to them.
//!
//! A scope is looked up once, when its grammar is loaded: the longest entry of
//! [`TABLE`] that is the scope itself or a dotted prefix of it decides. Scopes
//! without an entry, most punctuation among them, look like what encloses
//! them, which is what keeps the output small.

use serde::de::{Deserialize, Deserializer, Error, Visitor};

macro_rules! classes {
    ($($variant:ident $name:literal $about:literal,)*) => {
        /// What a piece of code is, as far as colour goes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Class { Plain, $($variant),* }

        impl Class {
            /// The CSS class; empty for plain text, which gets no span.
            pub(crate) const fn name(self) -> &'static str {
                match self { Self::Plain => "", $(Self::$variant => $name),* }
            }
        }

        /// Every CSS class that highlighted code may carry, with its meaning.
        pub const CLASSES: &[(&str, &str)] = &[$(($name, $about)),*];
    };
}

classes! {
    Comment "hl-c" "comment",
    Keyword "hl-k" "keyword",
    Storage "hl-kt" "storage or type keyword",
    Operator "hl-o" "operator",
    Punctuation "hl-p" "punctuation that carries meaning",
    String "hl-s" "string",
    Escape "hl-se" "escape, interpolation mark or regular expression",
    Number "hl-n" "number",
    Constant "hl-b" "boolean or constant",
    Variable "hl-v" "variable",
    Parameter "hl-vp" "parameter",
    Function "hl-f" "function",
    Builtin "hl-fb" "built-in function or command",
    Type "hl-t" "type or class name",
    Tag "hl-tag" "tag",
    Attribute "hl-a" "attribute",
    Key "hl-key" "mapping key or property",
    Meta "hl-m" "annotation, decorator or directive",
    Heading "hl-h" "heading or section",
    Inserted "hl-i" "inserted",
    Deleted "hl-d" "deleted",
    Changed "hl-ch" "changed",
    Emphasis "hl-e" "emphasis",
    Strong "hl-st" "strong emphasis",
    Link "hl-l" "link",
    Invalid "hl-err" "invalid",
}

/// What a scope does to the text it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Leaves the style of the enclosing scope.
    Inherit,
    /// Plain text again, whatever encloses it: code inside a string.
    Reset,
    /// Strings inside are keys of a mapping.
    KeyMark,
    /// Gives a class.
    Is(Class),
}

impl Style {
    /// The style of a dotted scope name.
    pub(crate) fn of_scope(scope: &str) -> Self {
        // nginx's and Nix's grammars misuse these names, without an atom for
        // the language at the end: for directives and for interpolations.
        if matches!(scope, "markup.italic" | "punctuation.definition.variable") {
            return Self::Reset;
        }
        let mut prefix = scope;
        loop {
            if let Ok(at) = TABLE.binary_search_by(|entry| entry.0.cmp(prefix)) {
                return TABLE[at].1;
            }
            match prefix.rfind('.') {
                Some(dot) => prefix = &prefix[..dot],
                None => return Self::Inherit,
            }
        }
    }
}

impl<'de> Deserialize<'de> for Style {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = Style;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a scope name")
            }
            fn visit_str<E: Error>(self, scope: &str) -> Result<Style, E> {
                Ok(Style::of_scope(scope))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

use Class as C;
use Style::{Inherit, Is, KeyMark, Reset};

/// Sorted by scope, byte by byte.
const TABLE: &[(&str, Style)] = &[
    ("comment", Is(C::Comment)),
    ("constant", Is(C::Constant)),
    ("constant.character", Is(C::Escape)),
    ("constant.numeric", Is(C::Number)),
    ("constant.other.color", Is(C::Number)),
    ("constant.other.database-name", Inherit),
    ("constant.other.key.puppet", Is(C::Key)),
    ("constant.other.placeholder", Is(C::Escape)),
    ("constant.other.table-name", Inherit),
    ("entity.name", Is(C::Type)),
    ("entity.name.constant", Is(C::Constant)),
    ("entity.name.decorator", Is(C::Meta)),
    ("entity.name.function", Is(C::Function)),
    ("entity.name.label", Is(C::Meta)),
    ("entity.name.operator", Is(C::Operator)),
    ("entity.name.section", Is(C::Heading)),
    ("entity.name.section.puppet", Is(C::String)),
    ("entity.name.table", Is(C::Heading)),
    ("entity.name.tag", Is(C::Tag)),
    ("entity.name.tag.toml", Is(C::Key)),
    ("entity.name.tag.yaml", Is(C::Key)),
    ("entity.other.attribute-name", Is(C::Attribute)),
    ("entity.other.attribute-name.multipart.nix", Is(C::Key)),
    ("entity.other.document", Is(C::Punctuation)),
    ("entity.other.inherited-class", Is(C::Type)),
    ("invalid", Is(C::Invalid)),
    ("invalid.deprecated", Inherit),
    ("keyword", Is(C::Keyword)),
    ("keyword.control.regexp", Is(C::Escape)),
    ("keyword.name.ini", Is(C::Key)),
    ("keyword.operator", Is(C::Operator)),
    ("keyword.operator.accessor", Inherit),
    ("keyword.operator.assignment.alias.sql", Is(C::Keyword)),
    ("keyword.operator.dockerfile", Is(C::Keyword)),
    ("keyword.operator.logical.python", Is(C::Keyword)),
    ("keyword.operator.logical.sql", Is(C::Keyword)),
    ("keyword.operator.word", Is(C::Keyword)),
    ("keyword.other.interpolation", Is(C::Escape)),
    ("keyword.other.unit", Is(C::Number)),
    ("markup.bold", Is(C::Strong)),
    ("markup.changed", Is(C::Changed)),
    ("markup.deleted", Is(C::Deleted)),
    ("markup.heading", Is(C::Heading)),
    ("markup.inserted", Is(C::Inserted)),
    ("markup.italic", Is(C::Emphasis)),
    ("markup.quote", Is(C::Comment)),
    ("markup.raw", Is(C::String)),
    ("markup.underline.link", Is(C::Link)),
    ("meta.annotation.identifier", Is(C::Meta)),
    ("meta.decorator", Is(C::Meta)),
    ("meta.diff.header", Is(C::Heading)),
    ("meta.diff.range", Is(C::Meta)),
    ("meta.embedded", Reset),
    ("meta.group.expansion.command", Reset),
    ("meta.interpolation", Reset),
    ("meta.mapping.key", KeyMark),
    ("meta.tag.section.ini", Is(C::Heading)),
    ("meta.template.expression", Reset),
    ("punctuation.definition.annotation", Is(C::Meta)),
    ("punctuation.definition.block.sequence.item", Is(C::Punctuation)),
    ("punctuation.definition.decorator", Is(C::Meta)),
    ("punctuation.definition.interpolation", Is(C::Escape)),
    ("punctuation.definition.tag", Is(C::Tag)),
    ("punctuation.definition.template-expression", Is(C::Escape)),
    ("punctuation.definition.variable", Inherit),
    ("punctuation.definition.variable.shell", Is(C::Variable)),
    ("punctuation.section.embedded", Is(C::Escape)),
    ("punctuation.section.expansion", Is(C::Variable)),
    ("punctuation.section.expansion.brace", Inherit),
    ("punctuation.section.interpolation", Is(C::Escape)),
    ("punctuation.separator.continuation", Is(C::Punctuation)),
    ("source", Reset),
    ("source.regexp", Is(C::Escape)),
    ("storage", Is(C::Storage)),
    ("storage.type.annotation", Is(C::Meta)),
    ("storage.type.go", Is(C::Type)),
    ("storage.type.string", Is(C::String)),
    ("string", Is(C::String)),
    ("string.ipaddress", Is(C::Number)),
    ("string.name.value.ini", Reset),
    ("string.regexp", Is(C::Escape)),
    ("string.unquoted.plain", Reset),
    ("support", Is(C::Builtin)),
    ("support.class", Is(C::Type)),
    ("support.constant", Is(C::Constant)),
    ("support.type", Is(C::Type)),
    ("support.type.property-name", Is(C::Key)),
    ("support.variable", Is(C::Variable)),
    ("text", Reset),
    ("variable", Is(C::Variable)),
    ("variable.annotation", Is(C::Meta)),
    ("variable.declaration.terraform", Is(C::Key)),
    ("variable.function", Is(C::Function)),
    ("variable.language.star", Is(C::Operator)),
    ("variable.other.go", Inherit),
    ("variable.other.member", Inherit),
    ("variable.other.readwrite.js", Inherit),
    ("variable.other.readwrite.terraform", Inherit),
    ("variable.other.readwrite.ts", Inherit),
    ("variable.other.readwrite.tsx", Inherit),
    ("variable.parameter", Is(C::Parameter)),
    ("variable.parameter.name.nix", Inherit),
    ("variable.parameter.option", Is(C::Attribute)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_the_longest_prefix_wins() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(Style::of_scope("constant.numeric.integer.yaml"), Is(C::Number));
        assert_eq!(Style::of_scope("constantly.numeric"), Inherit);
        assert_eq!(Style::of_scope("keyword.operator.word.python"), Is(C::Keyword));
        assert_eq!(Style::of_scope(""), Inherit);
    }
}
