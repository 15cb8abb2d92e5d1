//! Tera, set up with the theme's templates.
//!
//! Templates are guarded when they are loaded, so that what they show is counted and addresses are checked. The engine
//! knows none of the functions that templates call: it is given them ([`Builtins`]).

pub(crate) mod addresses;
mod errors;
mod guard;
mod load;

use crate::closure::{Closure, EVERYTHING, closures};
use crate::limits;
use crate::limits::Allowance;
use crate::theme::{Theme, plain_name, tags};
use addresses::{AddressCheck, blocks_in_addresses};
pub(crate) use errors::THIS_VALUE;
use guard::{Guarded, UNDEFINED, guard};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, Suggestions, codes};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use tera::{Context, Error, Tera};

/// Templates, ready to render.
pub(crate) struct Engine {
    tera: Tera,
    builtins: &'static Builtins,
    /// Name in Tera → file.
    files: BTreeMap<String, File>,
    /// Prefixes that Tera tries for a name that it does not find.
    prefixes: Vec<String>,
    shortcodes: BTreeSet<String>,
    /// Name in Tera → what the template draws in.
    closures: BTreeMap<String, Closure>,
    /// The templates could not be loaded, which has been reported.
    failed: bool,
    /// Names of the blocks that stand in an address.
    blocks: BTreeSet<String>,
    /// The same without counting what is shown; made when something is shown that is not there.
    plain: OnceLock<Option<Tera>>,
    /// Made when somebody names a template that is not there.
    near: OnceLock<Suggestions>,
}

/// A template's file.
struct File {
    path: SitePath,
    /// As it is written.
    text: Arc<str>,
    /// The names in it are those that Tera knows.
    named: Arc<str>,
    /// As Tera has it.
    guarded: Guarded,
}

/// What the program gives to templates: how it is made known to Tera, and names for suggestions.
pub(crate) struct Builtins {
    pub register: fn(&mut Tera),
    /// Makes the filter known that looks at what is written into an address at one place.
    pub check_address: fn(&mut Tera, AddressCheck),
    pub filters: fn() -> Vec<&'static str>,
    pub functions: fn() -> Vec<&'static str>,
    pub tests: fn() -> Vec<&'static str>,
    /// Variables and fields.
    pub values: fn() -> Vec<&'static str>,
}

/// Tera with our functions and filters, and no templates.
pub(crate) fn bare(builtins: &Builtins) -> Tera {
    let mut tera = Tera::default();
    (builtins.register)(&mut tera);
    guard::register(&mut tera);
    tera
}

/// Adds the words of a tag that stand outside of strings and are no fields of something.
fn names_in(tag: &str, names: &mut BTreeSet<String>) {
    let mut quote = None;
    let mut start = None;
    let mut before = ' ';
    for (at, c) in tag.char_indices().chain(std::iter::once((tag.len(), ' '))) {
        let is_word = quote.is_none() && (c.is_alphanumeric() || c == '_');
        match (is_word, start) {
            (true, None) if before != '.' => start = Some(at),
            (false, Some(from)) => {
                names.insert(tag[from..at].to_owned());
                start = None;
            }
            _ => {}
        }
        match quote {
            Some(mark) if c == mark => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            _ => {}
        }
        if !is_word {
            before = c;
        } else if start.is_none() {
            before = '.';
        }
    }
}

impl Engine {
    /// Loads every template of the theme; what does not parse is reported.
    pub(crate) fn new(theme: &Theme, builtins: &'static Builtins, found: &mut Diagnostics) -> Self {
        let blocks: BTreeSet<String> = theme
            .templates
            .iter()
            .flat_map(|template| blocks_in_addresses(&template.source, &tags(&template.source)))
            .collect();
        let file = |template: &crate::theme::Template| File {
            path: template.path.clone(),
            text: template.text.clone(),
            named: template.source.clone(),
            guarded: guard(&template.name, &template.source, true, &blocks),
        };
        let files: BTreeMap<String, File> =
            theme.templates.iter().map(|template| (template.name.clone(), file(template))).collect();
        let shortcode = |name: &String| {
            Some(plain_name(name).strip_prefix("shortcodes/")?.strip_suffix(".html")?.to_owned())
        };
        let mut tera = bare(builtins);
        for check in files.values().flat_map(|file| &file.guarded.checks) {
            (builtins.check_address)(&mut tera, check.clone());
        }
        let mut engine = Self {
            tera,
            builtins,
            prefixes: theme.prefixes.clone(),
            shortcodes: files.keys().filter_map(shortcode).collect(),
            files,
            closures: BTreeMap::new(),
            failed: theme.broken,
            blocks,
            plain: OnceLock::new(),
            near: OnceLock::new(),
        };
        engine.load(found);
        for File { path, text, .. } in engine.files.values() {
            // Comments say nothing.
            let named = tags(text).into_iter().find_map(|tag| {
                let at = text.get(tag.inside.clone())?.find(EVERYTHING)?;
                Some(tag.inside.start + at)
            });
            if let Some(at) = named {
                found.add(
                    Diagnostic::warning(codes::TEMPLATE, format!("`{EVERYTHING}` has no fixed order"))
                        .in_file(path)
                        .at(Span::new(at, at + EVERYTHING.len()))
                        .hint("builds of the same files may differ; name the value that you want to see"),
                );
            }
        }
        let texts: BTreeMap<&str, &str> =
            engine.files.iter().map(|(name, file)| (name.as_str(), &*file.named)).collect();
        engine.closures = closures(&texts, |name| engine.resolve(name));
        engine
    }

    /// The name in Tera of a name as authors write it.
    fn resolve(&self, name: &str) -> Option<String> {
        let own = std::iter::once(name.to_owned());
        let lower = self.prefixes.iter().map(|prefix| format!("{prefix}{name}"));
        own.chain(lower).find(|name| self.files.contains_key(name))
    }

    /// What a template draws in.
    pub(crate) fn closure(&self, name: &str) -> Option<&Closure> {
        self.closures.get(&self.resolve(name)?)
    }

    /// Whether the file is one of the templates that the first existing of several (separated by commas)
    /// draws in.
    pub(crate) fn draws_in(&self, names: &str, file: &SitePath) -> bool {
        let closure = names.split(',').find_map(|name| self.closure(name));
        closure.is_some_and(|closure| {
            closure.reached.iter().any(|name| self.files.get(name).is_some_and(|known| known.path == *file))
        })
    }

    /// The file of a template.
    pub(crate) fn path(&self, name: &str) -> Option<&SitePath> {
        self.files.get(&self.resolve(name)?).map(|file| &file.path)
    }

    /// A place in a template, by its name in Tera, with the template's text.
    pub(crate) fn place_in(&self, name: &str, at: usize) -> Option<(SitePath, Span, Arc<str>)> {
        let file = self.files.get(name)?;
        Some((file.path.clone(), Span::at(at), file.text.clone()))
    }

    /// Names of the variables of all loops, sorted. For messages.
    pub(crate) fn loop_variables(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for file in self.files.values() {
            for tag in tags(&file.text).iter().filter(|tag| tag.keyword(&file.text) == "for") {
                let inside = file.text.get(tag.inside.clone()).unwrap_or_default().trim_start();
                let Some((variables, _)) = inside.trim_start_matches("for").split_once(" in ") else {
                    continue;
                };
                names.extend(variables.split(',').map(|name| name.trim().to_owned()));
            }
        }
        names
    }

    /// Names that a template and all that it draws in make use of; `None` where it takes whatever there is.
    pub(crate) fn names_used(&self, template: &str) -> Option<BTreeSet<String>> {
        let closure = self.closure(template)?;
        let mut names = BTreeSet::new();
        for file in closure.reached.iter().filter_map(|name| self.files.get(name)) {
            for tag in tags(&file.text) {
                let inside = file.text.get(tag.inside.clone()).unwrap_or_default();
                if inside.contains(EVERYTHING) || inside.contains("...") {
                    return None;
                }
                names_in(inside, &mut names);
            }
        }
        Some(names)
    }

    /// Whether loading the templates failed.
    pub(crate) fn failed(&self) -> bool {
        self.failed
    }

    /// Whether a template of this name exists in the site or the theme.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Names of the shortcodes, sorted.
    pub(crate) fn shortcodes(&self) -> Vec<&str> {
        self.shortcodes.iter().map(String::as_str).collect()
    }

    /// The file of a template, and what is written in it.
    pub(crate) fn template_text(&self, name: &str) -> Option<(&SitePath, &str)> {
        self.files.get(&self.resolve(name)?).map(|file| (&file.path, &*file.text))
    }

    /// Names of the templates as authors write them, sorted.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.files.keys().map(|name| plain_name(name)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// As [`Engine::names`], for what may have been meant.
    pub(crate) fn near(&self) -> &Suggestions {
        self.near.get_or_init(|| Suggestions::new(self.files.keys().map(|name| plain_name(name))))
    }

    /// Renders a template within limits of its own.
    pub(crate) fn render(&self, template: &str, context: &Context) -> Result<String, Error> {
        limits::within(Allowance::Output, || self.render_part(template, context))
    }

    /// Renders a template within the limits of what it is a part of.
    pub(crate) fn render_part(&self, template: &str, context: &Context) -> Result<String, Error> {
        let render = |tera: &Tera| {
            let mut output = limits::Output::new();
            tera.render_to(template, context, &mut output)?;
            output.done()
        };
        let error = match render(&self.tera) {
            Err(error) if error.to_string().contains(UNDEFINED) => error,
            done => return done,
        };
        // Once more, for the words in which Tera says what is not there.
        let plain = self.plain.get_or_init(|| {
            let mut tera = self.tera.clone();
            let texts = self
                .files
                .iter()
                .map(|(name, file)| (name, guard(name, &file.named, false, &self.blocks).source));
            tera.add_raw_templates(texts).ok().map(|()| tera)
        });
        match plain {
            Some(tera) => limits::within(Allowance::Output, || render(tera)),
            None => Err(error),
        }
    }
}
