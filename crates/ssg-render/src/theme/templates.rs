//! Templates of all layers, under the names that they have in Tera.
//!
//! The site's have their own names. Those of every other layer have a prefix, which Tera tries in
//! the order of the layers for a name that it does not find. `{% extends "theme/post.html" %}` means
//! the template of the next layer below: the name is replaced by that of the layer which has it, and
//! as all prefixes are as long as `theme/`, every place stays where it was.

use super::layers::Layer;
use super::tags::{strings, tags};
use ssg_source::{Diagnostics, Inputs, SitePath};
use std::sync::Arc;

/// What authors write for the next layer below.
pub(crate) const BELOW: &str = "theme/";

/// A template and where it comes from.
pub(crate) struct Template {
    /// Name in Tera, with the prefix of its layer.
    pub name: String,
    pub path: SitePath,
    /// As it is written.
    pub text: Arc<str>,
    /// As Tera gets it.
    pub source: Arc<str>,
}

/// The prefix in Tera of a layer's templates.
pub(crate) fn prefix(layer: usize) -> String {
    if layer == 0 { String::new() } else { format!(":{layer:04}/") }
}

/// The name of a template without the prefix of its layer.
pub(crate) fn plain_name(name: &str) -> &str {
    split(name).map_or(name, |(_, plain)| plain)
}

/// The prefix of a layer, which begins the text, and the rest.
fn split(text: &str) -> Option<(&str, &str)> {
    let digits = text.strip_prefix(':')?.get(..4)?;
    let is_prefix = digits.bytes().all(|byte| byte.is_ascii_digit()) && text[5..].starts_with('/');
    is_prefix.then(|| text.split_at(BELOW.len()))
}

/// A message of Tera without the prefixes of layers.
pub(crate) fn without_prefixes(message: &str) -> String {
    let mut plain = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(':') {
        plain.push_str(&rest[..at]);
        rest = match split(&rest[at..]) {
            Some((_, after)) => after,
            None => {
                plain.push(':');
                &rest[at + 1..]
            }
        };
    }
    plain + rest
}

/// Loads the templates of all layers.
pub(super) fn load(inputs: &dyn Inputs, layers: &[Layer], found: &mut Diagnostics) -> Vec<Template> {
    let mut templates = Vec::new();
    for (number, layer) in layers.iter().enumerate() {
        let below = |name: &str| {
            let name = format!("templates/{name}");
            let has = |(_, layer): &(usize, &Layer)| layer.files.has(&name);
            layers.iter().enumerate().skip(number + 1).find(has).map(|(lower, _)| lower)
        };
        for (name, path) in layer.files.iter() {
            let Some(short) = name.strip_prefix("templates/") else { continue };
            let Some(text) = layer.files.read(inputs, name, found).and_then(|file| file.text(found)) else {
                continue;
            };
            let source = name_layers(&text, below);
            templates.push(Template {
                name: format!("{}{short}", prefix(number)),
                path: path.clone(),
                text: text.into(),
                source: source.into(),
            });
        }
    }
    templates
}

/// Puts the prefix of a layer in place of every `theme/`. `below` gives the next layer that has a
/// template; where none has, the name stays, and Tera says that there is no such template.
fn name_layers(text: &str, below: impl Fn(&str) -> Option<usize>) -> String {
    let mut source = text.to_owned();
    for tag in tags(text) {
        if !tag.is_block || !["extends", "include"].contains(&tag.keyword(text)) {
            continue;
        }
        for string in strings(text, tag.inside) {
            if let Some(layer) = text[string.clone()].strip_prefix(BELOW).and_then(&below) {
                source.replace_range(string.start..string.start + BELOW.len(), &prefix(layer));
            }
        }
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theme_means_the_next_layer_below() {
        let below = |name: &str| (name == "post.html").then_some(2);
        for (text, source) in [
            ("{% extends \"theme/post.html\" %}", "{% extends \":0002/post.html\" %}"),
            ("{%- include 'theme/post.html' -%}", "{%- include ':0002/post.html' -%}"),
            ("{% extends \"theme/none.html\" %}", "{% extends \"theme/none.html\" %}"),
            ("{{ \"theme/post.html\" }}", "{{ \"theme/post.html\" }}"),
        ] {
            assert_eq!(name_layers(text, below), source);
        }
    }

    #[test]
    fn prefixes_are_as_long_as_what_they_replace_and_are_not_shown() {
        assert_eq!(prefix(3).len(), BELOW.len());
        assert_eq!(plain_name(&format!("{}a/b.html", prefix(12))), "a/b.html");
        assert_eq!(plain_name("theme/b.html"), "theme/b.html");
        assert_eq!(without_prefixes("in `:0001/a.html`: at :0002/b.html:3:4"), "in `a.html`: at b.html:3:4");
    }
}
