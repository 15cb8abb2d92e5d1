//! `[publish.<name>]` in `ssg.toml`.
//!
//! What all targets share is read here, the rest by each target. Passwords and keys have no place
//! in a file that is committed: they are refused wherever they stand.

use crate::redact::has_secret;
use crate::target::{Site, Target};
use crate::targets::KINDS;
use ssg_parse::{Field, Fields, Node, Value, read_toml};
use ssg_source::{Class, Diagnostic, Diagnostics, Severity, SitePath, Span, codes, decode, did_you_mean};

/// A target with its name.
pub struct Named {
    /// The name of its table.
    pub name: String,
    /// Whether it is the one that is meant without a name.
    pub default: bool,
    /// The target.
    pub target: Box<dyn Target>,
    span: Span,
}

/// Reads the targets of a configuration file. What is wrong goes to `found`, as errors of class usage.
#[must_use]
pub fn read_targets(path: &SitePath, bytes: &[u8], site: &Site, found: &mut Diagnostics) -> Vec<Named> {
    let mut here = Diagnostics::new();
    let mut targets = Vec::new();
    if let Ok(text) = decode(bytes) {
        // What is wrong with the rest of the file was reported when the site was opened.
        let root = read_toml(&text, 0, &mut Diagnostics::new());
        if let Some(node) = root.value.get("publish") {
            targets = read_tables(node, site, &mut here);
        }
    }
    let defaults: Vec<&Named> = targets.iter().filter(|target| target.default).collect();
    if let [_, second, ..] = defaults.as_slice() {
        here.add(
            Diagnostic::error(codes::PUBLISH, format!("`{}` is a second default target", second.name))
                .at(second.span)
                .hint("set `default = true` in one table only"),
        );
    }
    for one in &mut here {
        one.path = Some(path.clone());
        one.class = Class::Usage;
    }
    found.extend(here);
    targets
}

/// The target of a name, else the default, else the only one.
///
/// # Errors
/// When there is none, or it cannot be told which.
pub fn choose(mut targets: Vec<Named>, name: Option<&str>) -> Result<Named, Diagnostic> {
    let usage = |message: String| Diagnostic::error(codes::PUBLISH_TARGET, message).class(Class::Usage);
    let names: Vec<String> = targets.iter().map(|target| target.name.clone()).collect();
    let all = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.is_empty() {
        return Err(usage("the configuration has no target to publish to".to_owned())
            .hint("add a table, such as `[publish.production]` with `type = \"dir\"` and a `path`"));
    }
    let at = match name {
        Some(name) => targets.iter().position(|target| target.name == name).ok_or_else(|| {
            usage(format!("there is no target `{name}`"))
                .hint_if(did_you_mean(name, names.iter().map(String::as_str)))
                .hint(format!("there are: {all}"))
        })?,
        None if targets.len() == 1 => 0,
        None => targets.iter().position(|target| target.default).ok_or_else(|| {
            usage(format!("which target? There are {all}"))
                .hint("name it: `ssg publish NAME`, or set `default = true` in its table")
        })?,
    };
    Ok(targets.swap_remove(at))
}

fn read_tables(node: &Node, site: &Site, found: &mut Diagnostics) -> Vec<Named> {
    let mut targets = Vec::new();
    if refuse_secrets(node, found) {
        return targets;
    }
    let mut tables = Fields::new(node, "`publish`", found);
    if let Value::Table(fields) = &node.value
        && fields.iter().any(|field| !matches!(field.node.value, Value::Table(_)))
    {
        let field = fields.iter().find(|field| !matches!(field.node.value, Value::Table(_)));
        let problem = Diagnostic::error(codes::PUBLISH, "`publish` must hold a table for each target");
        tables.found().add(
            problem.at(field.map(|field| field.key_span)).hint("name the target: `[publish.production]`"),
        );
        return targets;
    }
    for field in tables.rest() {
        targets.extend(read_table(field, site, tables.found()));
    }
    targets
}

fn read_table(field: &Field, site: &Site, found: &mut Diagnostics) -> Option<Named> {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    if field.key.is_empty() || field.key.len() > 60 || !field.key.bytes().all(is_name) {
        found.add(
            Diagnostic::error(codes::PUBLISH, format!("`{}` cannot be the name of a target", field.key))
                .at(field.key_span)
                .hint("use lower-case letters, digits, `-` and `_`"),
        );
        return None;
    }
    let mut table = Fields::new(&field.node, "a target", found);
    let default = table.flag(&["default"]).is_some_and(|flag| flag.value);
    let kinds: Vec<(&str, usize)> = KINDS.iter().enumerate().map(|(at, kind)| (kind.0, at)).collect();
    let Some(at) = table.choice(&["type"], &kinds) else {
        if table.node(&["type"]).is_none() {
            let all: Vec<String> = KINDS.iter().map(|kind| format!("`{}`", kind.0)).collect();
            table.found().add(
                Diagnostic::error(
                    codes::MISSING_KEY,
                    format!("`type` of the target `{}` is missing", field.key),
                )
                .at(field.key_span)
                .hint(format!("there are {}", all.join(", "))),
            );
        }
        return None;
    };
    let before = table.found().len();
    let target = KINDS.get(at).and_then(|(_, read)| read(&mut table, field.key_span, site));
    table.finish(Severity::Error, "");
    (found.len() == before).then_some(target).flatten().map(|target| Named {
        name: field.key.clone(),
        default,
        target,
        span: field.key_span,
    })
}

/// Keys and values that hold a secret; `true` where there are any. They are named without their place,
/// since an excerpt would show them.
fn refuse_secrets(node: &Node, found: &mut Diagnostics) -> bool {
    const NAMES: &[&str] =
        &["password", "passwd", "secret", "token", "access_key", "private_key", "credential"];
    let refuse = |message: String, found: &mut Diagnostics| {
        found.add(Diagnostic::error(codes::PUBLISH_SECRET, message).hint(
            "keep it in the environment, or where the program that is used keeps it (a credential helper of \
             git, the agent of ssh): this file is kept with the sources",
        ));
        true
    };
    match &node.value {
        Value::Table(fields) => fields.iter().fold(false, |any, field| {
            let key = field.key.to_ascii_lowercase().replace('-', "_");
            if NAMES.iter().any(|name| key.contains(name)) {
                return refuse(
                    format!("`{}` looks like a secret, which has no place here", field.key),
                    found,
                );
            }
            match &field.node.value {
                Value::Text(text) if has_secret(text) => {
                    refuse(format!("the address in `{}` holds a password or a token", field.key), found)
                }
                _ => refuse_secrets(&field.node, found) || any,
            }
        }),
        Value::List(nodes) => nodes.iter().any(|node| refuse_secrets(node, found)),
        _ => false,
    }
}
