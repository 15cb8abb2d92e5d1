//! Tera, set up with the theme's templates, and its errors as diagnostics.

use crate::closure::{Closure, EVERYTHING, closures};
use crate::question::Question;
use crate::reader::{looked_up, looked_up_all};
use crate::theme::{Theme, plain_name, without_prefixes};
use crate::{filters, functions};
use ssg_source::{Class, Diagnostic, Diagnostics, Digest, SitePath, Span, did_you_mean};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tera::{Context, Error, ErrorKind, Tera};

/// Templates, ready to render.
pub(crate) struct Engine {
    tera: Tera,
    /// Name in Tera → file and text.
    files: BTreeMap<String, (SitePath, Arc<str>)>,
    /// Prefixes that Tera tries for a name that it does not find.
    prefixes: Vec<String>,
    shortcodes: BTreeSet<String>,
    /// Name in Tera → what the template draws in.
    closures: BTreeMap<String, Closure>,
    /// The templates could not be loaded, which has been reported.
    failed: bool,
}

impl Engine {
    /// Loads every template of the theme; what does not parse is reported.
    pub(crate) fn new(theme: &Theme, found: &mut Diagnostics) -> Self {
        let mut tera = Tera::default();
        filters::register(&mut tera);
        functions::register(&mut tera);
        let mut files = BTreeMap::new();
        for template in &theme.templates {
            files.insert(template.name.clone(), (template.path.clone(), template.text.clone()));
        }
        let mut engine = Self {
            tera,
            files,
            prefixes: theme.prefixes.clone(),
            shortcodes: BTreeSet::new(),
            closures: BTreeMap::new(),
            failed: theme.broken,
        };
        // Without templates yet this cannot fail.
        let _ = engine.tera.set_fallback_prefixes(theme.prefixes.clone());
        let all: BTreeMap<&str, &str> =
            theme.templates.iter().map(|template| (template.name.as_str(), &*template.source)).collect();
        if let Err(error) = engine.tera.add_raw_templates(all.clone()) {
            found.add(engine.diagnostic(&error, None));
            engine.failed = true;
        }
        for (path, text) in engine.files.values() {
            if let Some(at) = text.find(EVERYTHING) {
                found.add(
                    Diagnostic::warning("template", format!("`{EVERYTHING}` has no fixed order"))
                        .in_file(path)
                        .at(Span::new(at, at + EVERYTHING.len()))
                        .hint("builds of the same files may differ; name the value that you want to see"),
                );
            }
        }
        engine.shortcodes = engine
            .files
            .keys()
            .filter_map(|name| plain_name(name).strip_prefix("shortcodes/")?.strip_suffix(".html"))
            .map(str::to_owned)
            .collect();
        engine.closures = closures(&all, |name| engine.resolve(name));
        engine
    }

    /// The name in Tera of a name as authors write it.
    fn resolve(&self, name: &str) -> Option<String> {
        let own = std::iter::once(name.to_owned());
        let lower = self.prefixes.iter().map(|prefix| format!("{prefix}{name}"));
        own.chain(lower).find(|name| self.files.contains_key(name))
    }

    /// What the first existing template of several (separated by commas) draws in.
    fn closure(&self, names: &str) -> Option<&Closure> {
        names.split(',').find_map(|name| self.closures.get(&self.resolve(name)?))
    }

    /// Whether the file is one of the templates that the first existing of several draws in.
    pub(crate) fn draws_in(&self, names: &str, file: &SitePath) -> bool {
        self.closure(names).is_some_and(|closure| {
            closure.reached.iter().any(|name| self.files.get(name).is_some_and(|(path, _)| path == file))
        })
    }

    /// The digest of that; another one where there is no such template.
    pub(crate) fn closure_of(&self, names: &str) -> Digest {
        self.closure(names).map_or_else(Digest::default, |closure| closure.digest)
    }

    /// Chooses the first of several templates that exists, and writes down what follows from it.
    pub(crate) fn choose<'n>(&self, names: &'n [String]) -> Option<&'n str> {
        let question = Question::Template(names.join(","));
        if let Question::Template(names) = &question
            && let Some(closure) = self.closure(names)
        {
            looked_up_all(&closure.named);
        }
        looked_up(question);
        names.iter().find(|name| self.has(name)).map(String::as_str)
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

    /// Names of the templates as authors write them, sorted.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.files.keys().map(|name| plain_name(name)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    pub(crate) fn render(&self, template: &str, context: &Context) -> Result<String, Error> {
        self.tera.render(template, context)
    }

    /// A template error at its place, with the chain of calls that led there.
    ///
    /// `from` is what was being rendered: file, place in it, and words for it.
    pub(crate) fn diagnostic(&self, error: &Error, from: Option<(&SitePath, Span, String)>) -> Diagnostic {
        let (message, file, span) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let range = report.span().range.clone();
                (report.message().to_owned(), Some(report.filename().to_owned()), Some(Span::from(range)))
            }
            ErrorKind::MissingParent { current, parent } => {
                let message = format!("`{}` extends `{parent}`, which does not exist", plain_name(current));
                (message, Some(current.clone()), None)
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                (format!("`{}` extends itself", plain_name(tpl)), Some(tpl.clone()), None)
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                (format!("`{}` includes itself", plain_name(tpl)), Some(tpl.clone()), None)
            }
            other => self.read_report(&other.to_string()),
        };
        let message = without_prefixes(message.trim_end_matches('.'));
        let refused = message.contains("refused: ");
        let mut diagnostic = Diagnostic::error("template", format!("template error: {message}"));
        if refused {
            diagnostic = diagnostic.class(Class::Policy);
        }
        if let Some((path, text)) = file.as_ref().and_then(|file| self.file(file)) {
            diagnostic = diagnostic.in_file(path).at(span.or(Some(Span::at(0))));
            diagnostic.text = Some(text.clone());
        }
        for line in error.to_string().lines().filter_map(|line| line.strip_prefix("note: ")) {
            diagnostic = diagnostic.hint(without_prefixes(line));
        }
        diagnostic = diagnostic.hint_if(self.suggestion(&message));
        if let Some((source, span, words)) = from {
            let span = (span != Span::default()).then_some(span);
            diagnostic = diagnostic.label(source, span, words);
        }
        diagnostic
    }

    /// Message, template and place of an error that comes as a printed report:
    /// `error: message`, then `--> name:line:column`.
    fn read_report(&self, report: &str) -> (String, Option<String>, Option<Span>) {
        let message = report.lines().next().unwrap_or(report).trim_start_matches("error: ").to_owned();
        let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let Some((name, line, column)) = place.and_then(|place| {
            let (rest, column) = place.rsplit_once(':')?;
            let (name, line) = rest.rsplit_once(':')?;
            Some((name, line.parse::<usize>().ok()?, column.parse::<usize>().ok()?))
        }) else {
            return (message, None, None);
        };
        let span = self.file(name).map(|(_, text)| {
            let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let rest = text.get(start..).unwrap_or("");
            let skipped: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
            Span::at(start + skipped)
        });
        (message, Some(name.to_owned()), span)
    }

    fn file(&self, name: &str) -> Option<&(SitePath, Arc<str>)> {
        self.files.get(&self.resolve(name)?)
    }

    /// The name nearest to the one that the message quotes.
    fn suggestion(&self, message: &str) -> Option<String> {
        let quoted = message.split(['`', '\'', '"']).nth(1)?;
        let lower = message.to_lowercase();
        if lower.contains("template") && (lower.contains("not found") || lower.contains("exist")) {
            return did_you_mean(quoted, self.names());
        }
        const VARIABLES: &[&str] = &[
            "kind",
            "path",
            "permalink",
            "lang",
            "config",
            "options",
            "feeds",
            "calendars",
            "meta",
            "page",
            "section",
            "term",
            "taxonomy",
            "paginator",
            "loop",
        ];
        const FIELDS: &[&str] = &[
            "title",
            "date",
            "updated",
            "year",
            "summary",
            "description",
            "draft",
            "reading_time",
            "image",
            "authors",
            "categories",
            "tools",
            "speakers",
            "taxonomies",
            "events",
            "event",
            "talk",
            "extra",
            "content",
            "toc",
            "show_toc",
            "word_count",
            "breadcrumbs",
            "aliases",
            "assets",
            "talks",
            "pages",
            "sections",
            "count",
            "name",
            "slug",
            "terms",
            "years",
            "first_year",
            "last_year",
            "base_url",
            "timezone",
            "author",
        ];
        const FUNCTIONS: &[&str] = &[
            "recent",
            "get_page",
            "get_section",
            "section_pages",
            "get_event",
            "recaps",
            "schedule",
            "editions",
            "get_term",
            "term_pages",
            "co_speakers",
            "neighbours",
            "related",
            "archive",
            "menu",
            "load_data",
            "asset",
            "structured_data",
        ];
        let last = quoted.rsplit('.').next().unwrap_or(quoted);
        let known = VARIABLES.iter().chain(FIELDS).chain(FUNCTIONS).copied();
        did_you_mean(last, known).filter(|hint| !hint.contains(&format!("`{last}`")))
    }
}
