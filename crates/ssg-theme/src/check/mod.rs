//! `ssg theme check`: renders every kind of page with a theme, and says what is wrong with it.
//!
//! The pages are those of small sites inside the program ([`fixture`]); the theme sees nothing of the
//! site that it lies in. What templates get wrong is told by the same compilation that builds use;
//! what they make is read by [`html`]; what the theme declares is held against what it uses.

mod collected_outputs;
mod contrast;
mod fixture;
mod html;
mod locate;
mod named;

use crate::overlay::OverlaidInputs;
use crate::site::Site;
use crate::stack::{Stack, text_of};
use collected_outputs::CollectedOutputs;
use html::{Fault, faults};
use locate::Tags;
use ssg_build::{Memo, Overrides, Settings, compile};
use ssg_parse::read_config;
use ssg_render::ThemeSource;
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath, Span, codes, decode};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// Everything that is wrong, sorted.
    pub found: Diagnostics,
    /// How many pages were rendered and read.
    pub pages: usize,
}

/// Checks a theme. With `strict`, warnings are errors.
///
/// # Errors
/// When there is no such theme.
pub fn check(site: &Site<'_>, name: &str, strict: bool) -> Result<Checked, Diagnostic> {
    let source = site.find(name)?;
    let inputs = &*site.inputs;
    // What is wrong with the chain of themes is told when they are loaded.
    let stack = Stack::new(inputs, &source, &mut Diagnostics::new());
    let texts = named::texts(inputs, &stack);
    let tags = Tags::new(named::templates(inputs, &stack));
    let mut found = Diagnostics::new();
    let mut seen = Seen::default();
    for fixture in fixture::SITES {
        let pages = render(site, &source, fixture, &mut found);
        for (file, html) in pages.iter().filter(|(file, _)| file.ends_with(".html")) {
            seen.read(fixture, file, html, &tags);
        }
    }
    let pages = seen.pages;
    seen.tell(&mut found);
    own_faults(inputs, &stack, &texts, &mut found);
    fold(&mut found);
    drop_repeats(&mut found);
    for one in &mut found {
        if one.text.is_none() {
            one.text = one.path.as_ref().and_then(|path| text_of(inputs, path));
        }
    }
    if strict {
        found.make_strict();
    }
    found.sort();
    Ok(Checked { found, pages })
}

/// What is wrong with what the theme declares.
fn own_faults(inputs: &dyn Inputs, stack: &Stack, texts: &named::Texts, found: &mut Diagnostics) {
    let manifest = stack.own_files().find(|(name, _)| *name == "theme.toml").map(|(_, path)| path);
    let text = manifest.and_then(|path| Some((path, text_of(inputs, path)?)));
    contrast::check(stack, text.as_ref().map(|(path, text)| (*path, text)), found);
    named::options(stack, texts, found);
    named::translations(inputs, stack, texts, found);
    if let (Some(manifest), Some((path, text))) = (stack.manifest(), text) {
        let lacks = |key: &str, why: &str| {
            let problem =
                Diagnostic::warning(codes::THEME_MANIFEST, format!("`theme.toml` does not say its `{key}`"));
            Diagnostic { text: Some(text.clone()), ..problem.in_file(path).at(Span::at(0)).hint(why) }
        };
        if manifest.min_version.is_none() {
            let version = inputs.version();
            found.add(lacks(
                "min_version",
                &format!("the oldest ssg that it works with: `min_version = \"{version}\"`"),
            ));
        }
        if manifest.name.is_none() {
            found.add(lacks("name", "the name of its folder"));
        }
        if manifest.license.is_none() {
            found.add(lacks("license", "without one nobody may use it: `license = \"MIT\"`"));
        }
    }
}

/// Builds a fixture site with the theme; gives its outputs.
fn render(
    site: &Site<'_>,
    source: &ThemeSource,
    fixture: &str,
    found: &mut Diagnostics,
) -> BTreeMap<String, Arc<[u8]>> {
    let instant = jiff::Timestamp::from_second(fixture::INSTANT).unwrap_or_default();
    let mut overlay = OverlaidInputs::new(site.inputs.clone()).at(instant);
    fixture::write(fixture, &mut overlay);
    let mut problems = Diagnostics::new();
    let file = SitePath::new("ssg.toml").unwrap_or_default();
    let bytes = overlay.read(&file).unwrap_or_default();
    let config = read_config(&file, &bytes, &mut problems);
    let settings = Settings { config, theme: source.clone(), overrides: Overrides::default() };
    let kept = CollectedOutputs::default();
    let overlay = Arc::new(overlay);
    let shared: ssg_render::SharedInputs = overlay.clone();
    let compiled = compile(&shared, &settings, &mut Memo::new(), &kept);
    problems.extend(compiled.diagnostics);
    // The fixture has a post without a date, which a theme must be able to show.
    problems.retain(|one| one.code != ssg_source::codes::UNDATED_POST);
    for mut one in problems {
        // Files of the fixture are nowhere on disk.
        let own = one.path.as_ref().and_then(|path| overlay.own(path));
        if let Some(text) = own.and_then(|bytes| Some(decode(&bytes).ok()?.into_owned())) {
            one.text = Some(text.into());
        }
        one.labels.clear();
        found.add(one);
    }
    kept.files()
}

/// One mistake in a template is one finding, however many pages and sites show it.
fn fold(found: &mut Diagnostics) {
    let mut known = HashSet::new();
    found.retain(|one| known.insert((one.path.clone(), one.span, one.message.clone())));
}

/// A name that is declared nowhere also breaks the pages that show it, in every language anew.
fn drop_repeats(found: &mut Diagnostics) {
    let named: Vec<(Option<SitePath>, Option<Span>)> = found
        .iter()
        .filter(|one| matches!(one.code.as_ref(), "theme-text" | "theme-option"))
        .map(|one| (one.path.clone(), one.span))
        .collect();
    let holds = |outer: Option<Span>, inner: Option<Span>| {
        outer.zip(inner).is_some_and(|(outer, inner)| outer.start <= inner.start && inner.end <= outer.end)
    };
    found.retain(|one| {
        one.code != codes::TEMPLATE
            || !named.iter().any(|(path, span)| *path == one.path && holds(one.span, *span))
    });
}

/// Faults of all pages, each once.
#[derive(Default)]
struct Seen {
    pages: usize,
    /// Place in a template, where it is known, and message → the fault.
    faults: BTreeMap<(Option<SitePath>, Span, String), SeenFault>,
}

/// A fault of pages.
struct SeenFault {
    problem: Diagnostic,
    /// How many pages have it.
    pages: usize,
    /// The file of the first of them.
    first: String,
}

impl Seen {
    fn read(&mut self, fixture: &str, file: &str, html: &[u8], tags: &Tags) {
        self.pages += 1;
        let Ok(text) = std::str::from_utf8(html) else { return };
        let mut once = HashSet::new();
        for fault in faults(text) {
            let tag = tag_at(text, fault.span);
            let place = tags.find(text, tag);
            let path = match place {
                Some((path, ..)) => path.clone(),
                None => SitePath::new(&format!("fixture/{fixture}/{file}")).unwrap_or_default(),
            };
            let (shown, span): (Arc<str>, Span) = match place {
                Some((_, text, span)) => (text.clone(), span),
                None => (text.into(), tag),
            };
            // A tag that cannot be traced is the same one on every page that has the same fault.
            let key = match place {
                Some(_) => (Some(path.clone()), span, fault.message.clone()),
                None => (None, Span::default(), fault.message.clone()),
            };
            if !once.insert(key.clone()) {
                continue;
            }
            let problem = || diagnostic(&fault, &path, shown, span);
            let first = || SeenFault { problem: problem(), pages: 0, first: file.to_owned() };
            self.faults.entry(key).or_insert_with(first).pages += 1;
        }
    }

    fn tell(self, found: &mut Diagnostics) {
        for SeenFault { problem, pages, first } in self.faults.into_values() {
            let first = first.strip_suffix("index.html").unwrap_or(&first).to_owned();
            let on = match pages {
                1 => format!("on one page of the fixture: /{first}"),
                _ => format!("on {pages} pages of the fixture, such as /{first}"),
            };
            found.add(problem.hint(on));
        }
    }
}

fn diagnostic(fault: &Fault, path: &SitePath, text: Arc<str>, span: Span) -> Diagnostic {
    let mut problem = Diagnostic::error(fault.code, fault.message.clone()).in_file(path).at(span);
    problem.severity = fault.severity;
    problem.text = Some(text);
    problem.hint_if(fault.hint.map(str::to_owned))
}

/// The whole tag that a place is in, or the place.
fn tag_at(text: &str, span: Span) -> Span {
    /// Longest tag that is looked for, in bytes.
    const LONGEST: usize = 2_000;
    let (start, end) = (span.start as usize, span.end as usize);
    if text.get(start..end).is_some_and(|tag| tag.starts_with('<') && tag.ends_with('>')) {
        return span;
    }
    let from = (start.saturating_sub(LONGEST)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let open = text.get(from..start).and_then(|before| before.rfind('<')).map(|at| from + at);
    let close = open.and_then(|open| text.get(open..)?.find('>').map(|at| open + at + 1));
    match (open, close) {
        (Some(open), Some(close)) if close >= start && close - open <= LONGEST => Span::new(open, close),
        _ => span,
    }
}
