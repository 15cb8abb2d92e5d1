//! What a header says of going out: whether its page is withheld, and which lists are to pass it over.
//!
//! Each generator has words of its own for that, and a post keeps them when it moves. All are read here, and
//! nowhere else: a page that its author meant to keep back must not be online because of the word. Of several
//! words the one that keeps back more counts. What it means for other files is decided where all are known.

use crate::fields::Fields;
use crate::value::{Field, Node, Value, scalar_text};
use crate::withholding::{is_meant_to_withhold, nearest};
use serde::{Deserialize, Serialize};
use ssg_source::hash::HashSet;
use ssg_source::{Diagnostic, Diagnostics, Severity, Span, codes, did_you_mean};

/// Why a header keeps its page back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Hold {
    /// It is not ready.
    Draft,
    /// No page is to be made of the file: others use what is in it.
    NoPage,
    /// It is not for everybody, ready or not.
    Private,
}

/// Reasons that a header says are none for its page. A word about drafts says nothing of what is private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    draft: bool,
    no_page: bool,
    private: bool,
}

impl Released {
    /// Whether the header says so of a reason.
    #[must_use]
    pub fn of(self, hold: Hold) -> bool {
        match hold {
            Hold::Draft => self.draft,
            Hold::NoPage => self.no_page,
            Hold::Private => self.private,
        }
    }

    fn add(&mut self, hold: Hold) {
        match hold {
            Hold::Draft => self.draft = true,
            Hold::NoPage => self.no_page = true,
            Hold::Private => self.private = true,
        }
    }

    /// What one of both says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            draft: self.draft || other.draft,
            no_page: self.no_page || other.no_page,
            private: self.private || other.private,
        }
    }
}

/// What a header says of going out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// Why the page does not go out.
    pub hold: Option<Hold>,
    /// Which of them the header says are none: `draft: false`. That decides where something above says otherwise.
    pub released: Released,
    /// In no list, feed or site map.
    pub unlisted: Option<bool>,
    /// Not for search engines.
    pub noindex: Option<bool>,
    /// Whether the site's own search finds it.
    pub search: Option<bool>,
    /// What a section says for all that lies below it.
    pub cascade: Option<Box<Publication>>,
}

/// Words of `status`, with what they mean.
const STATUS: &[(&str, Meaning)] = &[
    ("published", Meaning::Out(Hold::Draft)),
    ("publish", Meaning::Out(Hold::Draft)),
    ("public", Meaning::Out(Hold::Draft)),
    ("live", Meaning::Out(Hold::Draft)),
    ("draft", Meaning::Hold(Hold::Draft)),
    ("drafts", Meaning::Hold(Hold::Draft)),
    ("auto-draft", Meaning::Hold(Hold::Draft)),
    ("pending", Meaning::Hold(Hold::Draft)),
    ("review", Meaning::Hold(Hold::Draft)),
    ("in-review", Meaning::Hold(Hold::Draft)),
    ("wip", Meaning::Hold(Hold::Draft)),
    ("future", Meaning::Hold(Hold::Draft)),
    ("scheduled", Meaning::Hold(Hold::Draft)),
    ("unpublished", Meaning::Hold(Hold::Draft)),
    ("inherit", Meaning::Hold(Hold::NoPage)),
    ("skip", Meaning::Hold(Hold::NoPage)),
    ("trash", Meaning::Hold(Hold::Private)),
    ("private", Meaning::Hold(Hold::Private)),
    ("hidden", Meaning::Unlisted),
    ("unlisted", Meaning::Unlisted),
];

/// Words of `visibility`, with what they mean.
const VISIBILITY: &[(&str, Meaning)] = &[
    ("public", Meaning::Out(Hold::Private)),
    ("private", Meaning::Hold(Hold::Private)),
    ("password", Meaning::Hold(Hold::Private)),
    ("members", Meaning::Hold(Hold::Private)),
    ("paid", Meaning::Hold(Hold::Private)),
    ("draft", Meaning::Hold(Hold::Draft)),
    ("hidden", Meaning::Unlisted),
    ("unlisted", Meaning::Unlisted),
];

#[derive(Clone, Copy)]
enum Meaning {
    /// It is not held back for this reason.
    Out(Hold),
    Hold(Hold),
    Unlisted,
}

/// Keys of dates, which are read with the other dates.
const DATES: &[&str] = &["publish_at", "publishdate", "expires", "expirydate", "unpublishdate"];

/// What a header of any program says of going out, for those who write it anew.
#[derive(Clone, Debug, Default)]
pub struct PublicationWords {
    /// What it says.
    pub publication: Publication,
    /// The keys that say so, in small letters.
    pub keys: Vec<String>,
    /// What is wrong with its words, and keys that look as if they kept the page back and are not known.
    pub problems: Vec<String>,
}

impl PublicationWords {
    /// Reads a header, which is a table; from anything else nothing. What it cascades is for whoever knows the pages below.
    #[must_use]
    pub fn read(header: &Value) -> Self {
        let Value::Table(all) = header else { return Self::default() };
        let node = Node { span: Span::default(), value: header.clone() };
        let mut found = Diagnostics::new();
        let mut fields = Fields::new(&node, "the header", &mut found);
        let publication = read_switches(&mut fields);
        let rest = fields.rest();
        let others: HashSet<&str> = rest.iter().map(|field| field.key.as_str()).collect();
        let is_read = |field: &&Field| !others.contains(field.key.as_str());
        let keys = all.iter().filter(is_read).map(|field| field.key.to_lowercase()).collect();
        let unknown: Vec<String> = rest
            .iter()
            .filter(|field| {
                !DATES.iter().any(|date| field.key.eq_ignore_ascii_case(date)) && is_meant_to_withhold(field)
            })
            .map(|field| format!("unknown key `{}`", field.key))
            .collect();
        let wrong = found.iter().filter(|one| one.severity == Severity::Error);
        let problems = wrong.map(|one| one.message.clone()).chain(unknown).collect();
        Self { publication, keys, problems }
    }
}

/// Reads all keys that have to do with going out, but for the dates.
pub(super) fn read_publication(fields: &mut Fields<'_>) -> Publication {
    let mut read = read_switches(fields);
    if let Some(field) = fields.take(&["cascade"]) {
        read.cascade = read_cascade(fields, field).map(Box::new);
    }
    read
}

fn read_switches(fields: &mut Fields<'_>) -> Publication {
    let mut read = Publication::default();
    for name in ["draft", "isDraft", "is_draft", "_draft", "unpublished"] {
        read.hold_if(fields, name, true, Hold::Draft);
    }
    for name in ["published", "publish"] {
        read.hold_if(fields, name, false, Hold::Draft);
    }
    for name in ["private", "members_only"] {
        read.hold_if(fields, name, true, Hold::Private);
    }
    read.hold_if(fields, "render", false, Hold::NoPage);
    read.hold_if(fields, "headless", true, Hold::NoPage);
    if fields.take(&["password"]).is_some_and(|field| is_set(&field.node.value)) {
        read.hold(Hold::Private);
    }
    read.choose(fields, "status", STATUS);
    read.choose(fields, "visibility", VISIBILITY);
    read.choose_softly(fields, "state");
    for name in ["build", "_build"] {
        fields.table(&[name], |build| read.read_build(build));
    }
    for name in ["unlisted", "hidden", "eleventyExcludeFromCollections"] {
        if let Some(flag) = fields.flag(&[name]) {
            read.unlisted = Some(flag.value || read.unlisted == Some(true));
        }
    }
    if fields.flag(&["listed"]).is_some_and(|flag| !flag.value) {
        read.unlisted = Some(true);
    }
    for name in ["noindex", "no_index", "robotsNoIndex", "sitemap_exclude"] {
        if let Some(flag) = fields.flag(&[name]) {
            read.noindex = Some(flag.value || read.noindex == Some(true));
        }
    }
    for name in ["search", "in_search_index"] {
        if let Some(flag) = fields.flag(&[name]) {
            read.search = Some(flag.value && read.search != Some(false));
        }
    }
    read.read_sitemap(fields);
    read.read_robots(fields);
    read
}

/// What a section says for all below it: a table, or a list of tables.
fn read_cascade(fields: &mut Fields<'_>, field: &Field) -> Option<Publication> {
    let nodes = match &field.node.value {
        Value::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(&field.node),
    };
    let mut all = Publication::default();
    for node in nodes {
        let mut below = Fields::new(node, "`cascade`", fields.found());
        let read = read_switches(&mut below);
        let target = below.take(&["target", "_target"]);
        for name in ["publish_at", "publishDate", "expires", "expiryDate"] {
            if let Some(dated) = below.take(&[name]) {
                let problem =
                    Diagnostic::error(codes::WITHHELD_KEY, format!("`{name}` is not read in a cascade"));
                below.found().add(problem.at(dated.key_span).hint("write it in the header of each page"));
            }
        }
        for other in below.rest() {
            if is_meant_to_withhold(other) {
                let problem = Diagnostic::error(codes::WITHHELD_KEY, format!("unknown key `{}`", other.key));
                below.found().add(problem.at(other.key_span).hint_if(nearest(&other.key)));
            } else {
                let message = format!("`{}` does not cascade, and is passed over", other.key);
                below.found().add(Diagnostic::warning(codes::FOREIGN_KEY, message).at(other.key_span));
            }
        }
        match target {
            Some(target) if read != Publication::default() => below.found().add(
                Diagnostic::error(codes::WITHHELD_KEY, "a cascade that chooses its pages is not read")
                    .at(target.key_span)
                    .hint("leave the target out, or write the keys in the header of each page"),
            ),
            _ => all.add(&read),
        }
    }
    (all != Publication::default()).then_some(all)
}

/// Whether a value is more than nothing.
fn is_set(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Text(text) => !text.trim().is_empty(),
        _ => true,
    }
}

impl Publication {
    /// Keeps back; of two reasons the one that no flag lifts.
    pub(super) fn hold(&mut self, hold: Hold) {
        self.hold = self.hold.max(Some(hold));
    }

    /// Whether it goes into no list.
    #[must_use]
    pub fn is_unlisted(&self) -> bool {
        self.unlisted == Some(true)
    }

    /// Both, where they say something.
    fn add(&mut self, other: &Self) {
        self.hold = self.hold.max(other.hold);
        self.released = self.released.or(other.released);
        let either = |one: Option<bool>, other: Option<bool>| match (one, other) {
            (Some(one), Some(other)) => Some(one || other),
            (one, other) => one.or(other),
        };
        self.unlisted = either(self.unlisted, other.unlisted);
        self.noindex = either(self.noindex, other.noindex);
        self.search = either(self.search.map(|is_found| !is_found), other.search.map(|is_found| !is_found))
            .map(|is_left_out| !is_left_out);
    }

    /// A switch that keeps back at one of its values.
    fn hold_if(&mut self, fields: &mut Fields<'_>, name: &'static str, at: bool, hold: Hold) {
        match fields.flag(&[name]) {
            Some(flag) if flag.value == at => self.hold(hold),
            Some(_) => self.released.add(hold),
            None => {}
        }
    }

    /// A word that says how far the page may be seen.
    fn choose(&mut self, fields: &mut Fields<'_>, name: &'static str, words: &[(&str, Meaning)]) {
        let Some(field) = fields.take(&[name]) else { return };
        let text = scalar_text(&field.node).unwrap_or_default();
        let word = text.trim().to_ascii_lowercase().replace([' ', '_'], "-");
        match words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning) {
            Some(Meaning::Out(hold)) => self.released.add(hold),
            Some(Meaning::Hold(hold)) => self.hold(hold),
            Some(Meaning::Unlisted) => self.unlisted = Some(true),
            None if matches!(field.node.value, Value::List(_) | Value::Table(_)) => {
                fields.wrong(field, "a word");
            }
            None if word.is_empty() => {}
            None => {
                let known: Vec<String> = words.iter().map(|(known, _)| format!("`{known}`")).collect();
                fields.found().add(
                    Diagnostic::error(
                        codes::WITHHELD_KEY,
                        format!("`{}` is no `{name}` of a page", text.trim()),
                    )
                    .at(field.node.span)
                    .hint_if(did_you_mean(&word, words.iter().map(|(known, _)| *known)))
                    .hint(format!(
                        "it is one of {}; a word of your own goes under `extra`",
                        known.join(", ")
                    )),
                );
            }
        }
    }

    /// A key that is a `status` to some, and a state of a country to others.
    fn choose_softly(&mut self, fields: &mut Fields<'_>, name: &'static str) {
        let Some(field) = fields.take(&[name]) else { return };
        let word = scalar_text(&field.node).unwrap_or_default().trim().to_ascii_lowercase();
        match STATUS.iter().find(|(known, _)| *known == word) {
            Some((_, Meaning::Hold(hold))) => self.hold(*hold),
            Some((_, Meaning::Unlisted)) => self.unlisted = Some(true),
            Some((_, Meaning::Out(hold))) => self.released.add(*hold),
            None => fields.give_back(&[field]),
        }
    }

    /// Hugo's table of what is built of a page.
    fn read_build(&mut self, build: &mut Fields<'_>) {
        let word = |build: &mut Fields<'_>, name: &'static str| {
            let field = build.take(&[name])?;
            let word = scalar_text(&field.node).unwrap_or_default().trim().to_ascii_lowercase();
            if !["always", "never", "local", "link", "true", "false"].contains(&word.as_str()) {
                let problem =
                    Diagnostic::error(codes::WITHHELD_KEY, format!("`{word}` is no value of `{name}`"));
                build.found().add(problem.at(field.node.span).hint("write `always` or `never`"));
            }
            Some(word)
        };
        let (render, list) = (word(build, "render"), word(build, "list"));
        match render.as_deref() {
            Some("never" | "false" | "link") => self.hold(Hold::NoPage),
            Some("always" | "true") => self.released.add(Hold::NoPage),
            _ => {}
        }
        if let Some("never" | "false" | "local") = list.as_deref() {
            self.unlisted = Some(true);
        }
        if let Some(field) =
            build.take(&["publishResources"]).filter(|field| field.node.value == Value::Bool(false))
        {
            let message = "`publishResources` is not read: files beside the page go out with it";
            let problem = Diagnostic::error(codes::WITHHELD_KEY, message).at(field.key_span);
            build.found().add(problem.hint("move the files that are not to go out elsewhere"));
        }
        build.report_unknown(ssg_source::Severity::Warning, "", &[]);
    }

    /// `sitemap: false`, or a table that says so.
    fn read_sitemap(&mut self, fields: &mut Fields<'_>) {
        let Some(field) = fields.take(&["sitemap"]) else { return };
        let off = |value: &Value, wanted: bool| match value {
            Value::Bool(value) => *value == wanted,
            Value::Text(text) => {
                text.trim().eq_ignore_ascii_case(if wanted { "true" } else { "false" })
                    || text.trim().eq_ignore_ascii_case(if wanted { "yes" } else { "no" })
            }
            _ => false,
        };
        let is_left_out = match &field.node.value {
            Value::Table(_) => ["exclude", "disable", "ignore", "hide"]
                .iter()
                .any(|key| field.node.value.get(key).is_some_and(|node| off(&node.value, true))),
            value => off(value, false),
        };
        if is_left_out {
            self.noindex = Some(true);
        } else if field.node.value != Value::Bool(true) {
            super::read::without_meaning(fields, field);
        }
    }

    /// `robots: noindex`, among other words or as a table.
    fn read_robots(&mut self, fields: &mut Fields<'_>) {
        let Some(field) = fields.take(&["robots"]) else { return };
        let texts = match &field.node.value {
            Value::List(nodes) => nodes.iter().filter_map(scalar_text).collect(),
            _ => scalar_text(&field.node).into_iter().collect::<Vec<_>>(),
        };
        let is_off = |node: &crate::value::Node| node.value == Value::Bool(false);
        let words = texts.iter().flat_map(|text| text.split([',', ' ']));
        if words
            .map(str::trim)
            .any(|word| ["noindex", "none"].iter().any(|off| word.eq_ignore_ascii_case(off)))
            || field.node.value.get("index").is_some_and(is_off)
            || field.node.value == Value::Bool(false)
        {
            self.noindex = Some(true);
        } else {
            super::read::without_meaning(fields, field);
        }
    }
}
