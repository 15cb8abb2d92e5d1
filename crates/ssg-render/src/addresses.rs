//! Values that templates put into addresses, and what is said of one that no page may hold.
//!
//! Two kinds of filters stand here: `address`, which authors call, and those that the engine puts behind
//! every value that begins an address in a template's text (`engine/addresses.rs`). Neither
//! knows where its value was written, so a complaint looks for the place: the call of the shortcode
//! that is being rendered, else the value's key in the header of the page, in `ssg.toml` or in a
//! data file that was read, else the template.

use crate::bytes::read_bytes;
use crate::engine::addresses::{AddressCheck, Form};
use crate::facets::FacetName;
use crate::facets::config::OwnValues;
use crate::formats::read_entities;
use crate::limits;
use crate::links::Where;
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use crate::scope::{About, current, subject};
use ssg_engine::Read;
use ssg_parse::{Address, Document, NoAddress, Node, Value as Data, read_toml, read_yaml};
use ssg_source::markup::escaped;
use ssg_source::{Diagnostic, Diagnostics, Digest, SitePath, Span, codes, decode};
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::{Content, SectionText};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// A call of a shortcode that is being rendered.
pub(crate) struct Caller {
    /// Whose Markdown has the call.
    pub owner: Owner,
    /// Where the HTML will stand. Mistakes of a call in a list are told on its own page alone.
    pub place: Where,
    /// The call in the file.
    pub span: Span,
    /// The texts among its arguments.
    pub texts: Vec<String>,
}

thread_local! {
    /// Calls of shortcodes that are being rendered, the innermost last; `None` for a template of which no call tells.
    static CALLS: RefCell<Vec<Option<Rc<Caller>>>> = const { RefCell::new(Vec::new()) };
}

/// The innermost call of a shortcode that is being rendered on this thread.
pub(crate) fn caller() -> Option<Rc<Caller>> {
    CALLS.with_borrow(|calls| calls.last().cloned().flatten())
}

/// Renders the template of a shortcode for a call.
pub(crate) fn called_by<T>(caller: Option<Caller>, render: impl FnOnce() -> T) -> T {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            CALLS.with_borrow_mut(|calls| drop(calls.pop()));
        }
    }
    CALLS.with_borrow_mut(|calls| calls.push(caller.map(Rc::new)));
    let _leave = Leave;
    render()
}

/// Registers the filters.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_filter("address", |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        let Some(text) = value.as_str() else { return Ok(Value::none()) };
        match Address::new(text) {
            Ok(address) if address.is_empty() => Ok(Value::none()),
            Ok(address) => Ok(Value::from(address.as_str())),
            Err(problem) => {
                report(text, &problem.into(), None)?;
                Ok(Value::none())
            }
        }
    });
}

/// Registers the filter that looks at what is written into an address at one place of a template.
pub(crate) fn register_check(tera: &mut Tera, check: AddressCheck) {
    let AddressCheck { filter, template, at, form, in_page, is_whole } = check;
    tera.register_filter(filter, move |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        let Some(text) = value.as_str() else {
            return Ok(if in_page { Value::from(escaped(&value.to_string())) } else { value.clone() });
        };
        // What is safe is HTML, such as what a component has written.
        let read = if value.is_safe() { Cow::Owned(read_entities(text)) } else { Cow::Borrowed(text) };
        let Some(problem) = form.problem(&read, is_whole) else {
            return Ok(if in_page && !value.is_safe() { Value::from(escaped(text)) } else { value.clone() });
        };
        report(&read, &problem, Some((&template, at)))?;
        Ok(Value::from(""))
    });
}

impl Form {
    /// What is wrong with a text in this form; `is_whole` where it is all of an address.
    fn problem(self, text: &str, is_whole: bool) -> Option<Problem> {
        let address = |text: &str| Address::check_beginning(text).err().map(Problem::from);
        let parts = || text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        match self {
            Self::Address if is_whole => Address::new(text).err().map(Problem::from),
            Self::Address => address(text),
            Self::Scheme => address(&format!("{text}:")),
            Self::Addresses => parts().find_map(address),
            Self::Further => parts().skip(1).find_map(address),
            Self::Style => in_style(text),
            Self::StyleAddress => address(text).or_else(|| in_style(text)),
            Self::Text => None,
        }
    }
}

/// What is wrong with a value, and what to do about it.
struct Problem {
    what: String,
    hint: &'static str,
}

impl From<NoAddress> for Problem {
    fn from(problem: NoAddress) -> Self {
        Self { what: problem.to_string(), hint: problem.hint() }
    }
}

impl Problem {
    fn of_style(what: String) -> Self {
        Self { what, hint: NoAddress::Hidden.hint() }
    }
}

/// What is wrong with a part of a style sheet.
fn in_style(text: &str) -> Option<Problem> {
    if text.contains('\\') {
        return Some(Problem::of_style("a style that is written with `\\` hides what it says".to_owned()));
    }
    let lower = text.to_ascii_lowercase();
    let runs = ["expression(", "javascript:", "vbscript:"].into_iter().find(|runs| lower.contains(runs));
    if let Some(runs) = runs {
        return Some(Problem::of_style(format!("a style may not hold `{runs}`")));
    }
    lower.match_indices("url(").find_map(|(at, start)| {
        let address = lower[at + start.len()..].split(')').next().unwrap_or_default();
        let address = address.trim().trim_matches(['"', '\'']);
        Address::check_beginning(address).err().map(Problem::from)
    })
}

/// Says that a value is no address, where it was written.
fn report(text: &str, problem: &Problem, template: Option<(&str, usize)>) -> TeraResult<()> {
    if !limits::complain() {
        return Ok(());
    }
    let scope = current()?;
    let reads = &scope.reads;
    let call = CALLS.with_borrow(|calls| calls.last().cloned());
    let at = |place: Option<(SitePath, Span)>, name: &str| {
        let message = format!("{name} is no address for a page: {}", problem.what);
        let diagnostic = Diagnostic::warning(codes::ADDRESS, message).hint(problem.hint);
        match place {
            Some((path, span)) => diagnostic.in_file(&path).at(span),
            None => diagnostic,
        }
    };
    let shown = format!("`{}`", shorten(text));
    if let Some(caller) = call {
        if let Some(caller) = caller.filter(|caller| caller.place == Where::Own) {
            reads.report(at(Some((caller.owner.source.clone(), caller.span)), &shown));
        }
        return Ok(());
    }
    if let Some((path, found)) = in_header(reads, text).or_else(|| in_config(reads, text)) {
        reads.report(at(Some((path, found.span)), &format!("`{}`", found.key)));
    } else if let Some((path, span)) = in_data(reads, text) {
        reads.report(at(Some((path, span)), &shown));
    } else {
        let place = template.and_then(|(name, at)| scope.templates.place_in(name, at));
        reads.report(match place {
            Some((path, span, text)) => {
                let mut diagnostic = at(Some((path, span)), &shown);
                diagnostic.text = Some(text);
                diagnostic
            }
            None => at(subject().ok().and_then(|subject| own_file(reads, subject.about)), &shown),
        });
    }
    Ok(())
}

/// Where a value stands: its key with those above it, and its place.
struct Found {
    key: String,
    span: Span,
}

/// The content files that are shown, and what stands in their headers as the authors' own.
fn documents(reads: &Reads, about: About) -> Vec<(SitePath, Arc<Document>)> {
    let of_page = |key| Some((reads.card(&key)?.source.clone(), reads.get::<Content>(&key)?.0.clone()));
    match about {
        About::Page(key) => {
            let original = reads.card(&key).map(|card| card.original).filter(|original| *original != key);
            std::iter::once(key).chain(original).filter_map(of_page).collect()
        }
        About::Section(key) => {
            let source = reads.section(&key).and_then(|section| section.source.clone());
            let text = reads.get::<SectionText>(&key).map(|text| text.0.0.clone());
            source.zip(text).into_iter().collect()
        }
        About::Term(key) => {
            let Some(term) = reads.term(&key) else { return Vec::new() };
            let languages = reads.languages();
            let all = std::iter::once(LangId::MAIN).chain(languages.all.iter().copied());
            let mut pages: Vec<_> = all.filter_map(|language| term.in_language(language).page).collect();
            pages.dedup();
            pages.into_iter().filter_map(of_page).collect()
        }
        About::Taxonomy | About::Archive | About::Search | About::NotFound => Vec::new(),
    }
}

fn own_file(reads: &Reads, about: About) -> Option<(SitePath, Span)> {
    documents(reads, about).into_iter().next().map(|(source, _)| (source, Span::default()))
}

fn in_header(reads: &Reads, text: &str) -> Option<(SitePath, Found)> {
    let about = subject().ok()?.about;
    documents(reads, about).into_iter().find_map(|(source, document)| {
        let extra = document.front.extra.as_ref()?;
        Some((source, find_in(extra, text, "extra")?))
    })
}

/// A value of `ssg.toml`.
fn in_config(reads: &Reads, text: &str) -> Option<(SitePath, Found)> {
    let values = reads.get::<OwnValues>(&())?;
    let found = values.extra.as_ref().and_then(|extra| find_in(extra, text, "extra"));
    let found = found.or_else(|| find_in(values.theme_options.as_ref()?, text, "theme.options"))?;
    Some((SitePath::new("ssg.toml").ok()?, found))
}

/// Paths of the data files that were asked for so far, sorted.
fn data_so_far(reads: &Reads) -> Vec<SitePath> {
    let mut paths: Vec<SitePath> = reads
        .so_far()
        .into_iter()
        .filter_map(|read| match read {
            Read::Facet(FacetName::DataFile(path)) => Some(path),
            Read::Query(query) => query.data_file(),
            Read::Facet(_) => None,
        })
        .collect();
    paths.sort();
    paths
}

/// Texts that are no addresses, each with the place where it stands first.
type Places = HashMap<String, Span>;

thread_local! {
    /// The data file that was looked through last, with the digest of its bytes. Addresses of one file are
    /// often refused one after another.
    static LOOKED_THROUGH: RefCell<Option<(SitePath, Digest, Rc<Places>)>> = const { RefCell::new(None) };
}

/// A value of a data file that the output has read so far.
fn in_data(reads: &Reads, text: &str) -> Option<(SitePath, Span)> {
    data_so_far(reads).into_iter().find_map(|path| {
        let bytes = read_bytes(reads, &path).ok()?;
        let digest = Digest::of_bytes(&bytes);
        let known = LOOKED_THROUGH.with_borrow(|last| {
            let known = last.as_ref().filter(|(known, same, _)| *known == path && *same == digest);
            known.map(|(_, _, places)| places.clone())
        });
        let places = match known {
            Some(places) => places,
            None => {
                let places = Rc::new(refused_in(&path, &decode(&bytes).ok()?));
                LOOKED_THROUGH.set(Some((path.clone(), digest, places.clone())));
                places
            }
        };
        places.get(text).map(|span| (path, *span))
    })
}

/// Where texts stand in a data file that are no addresses.
fn refused_in(path: &SitePath, file: &str) -> Places {
    let mut places = Places::new();
    let mut found = Diagnostics::new();
    let node = match path.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => Some(read_toml(file, 0, &mut found)),
        Some("yaml" | "yml" | "json") => read_yaml(file, 0, &mut found),
        Some("csv" | "tsv") => {
            let mut reader = crate::data::csv_reader(file);
            for record in reader.records().filter_map(Result::ok) {
                let row = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
                for text in record.iter().filter(|text| Address::new(text).is_err()) {
                    if let Some(at) = file.get(row..).and_then(|rest| rest.find(text)).map(|at| row + at) {
                        places.entry(text.to_owned()).or_insert(Span::new(at, at + text.len()));
                    }
                }
            }
            None
        }
        _ => None,
    };
    if let Some(node) = node {
        note_refused(&node, &mut places);
    }
    places
}

/// Notes texts of a value that are no addresses. Values are no deeper than their readers allow.
fn note_refused(node: &Node, places: &mut Places) {
    match &node.value {
        Data::Text(text) if Address::new(text).is_err() => {
            places.entry(text.clone()).or_insert(node.span);
        }
        Data::List(nodes) => nodes.iter().for_each(|node| note_refused(node, places)),
        Data::Table(fields) => fields.iter().for_each(|field| note_refused(&field.node, places)),
        _ => {}
    }
}

/// The first text of a value that says the same. Values are no deeper than their readers allow.
fn find_in(value: &Data, text: &str, key: &str) -> Option<Found> {
    let in_node = |node: &Node, key: String| match &node.value {
        Data::Text(known) => (known == text).then_some(Found { key, span: node.span }),
        value => find_in(value, text, &key),
    };
    match value {
        Data::List(nodes) => {
            nodes.iter().enumerate().find_map(|(number, node)| in_node(node, format!("{key}[{number}]")))
        }
        Data::Table(fields) => {
            fields.iter().find_map(|field| in_node(&field.node, format!("{key}.{}", field.key)))
        }
        _ => None,
    }
}

/// The beginning of a value, without what would break a message.
fn shorten(text: &str) -> String {
    let start: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    if start.len() < text.trim().len() { format!("{start}…") } else { start }
}
