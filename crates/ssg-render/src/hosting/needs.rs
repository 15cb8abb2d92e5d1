//! What a file asks of a content security policy.

use super::{css, html};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use url::Url;

/// Directives that follow from what pages hold, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Directive {
    Base,
    Font,
    Form,
    Frame,
    Img,
    Manifest,
    Media,
    Object,
    Script,
    Style,
    /// Style attributes.
    StyleAttr,
}

/// What files ask of a content security policy: pairs of a directive and a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Needs(pub(super) BTreeSet<(Directive, String)>);

/// Files that are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Html,
    /// A style sheet.
    Css,
}

impl Kind {
    /// By the name of a file; `None` for all that needs nothing.
    #[must_use]
    pub fn of(file: &str) -> Option<Self> {
        let end = file.rsplit('.').next()?.to_ascii_lowercase();
        match end.as_str() {
            "html" | "htm" => Some(Self::Html),
            "css" => Some(Self::Css),
            _ => None,
        }
    }
}

/// What was found in a file.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub needs: Needs,
    /// The first attribute or link that no policy but the laxest lets run.
    pub handler: Option<String>,
}

impl Needs {
    /// Looks through a file of the site at `base_url`.
    #[must_use]
    pub fn of(kind: Kind, bytes: &[u8], base_url: &str) -> Self {
        Self::look(kind, bytes, base_url).needs
    }

    pub(crate) fn look(kind: Kind, bytes: &[u8], base_url: &str) -> Looked {
        let text = String::from_utf8_lossy(bytes);
        let mut finder = Finder { base_url, base: Url::parse(base_url).ok(), looked: Looked::default() };
        match kind {
            Kind::Html => html::look(&text, &mut finder),
            Kind::Css => css::look(&text, &mut finder),
        }
        finder.looked
    }

    /// Whether nothing is needed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the needs of another file.
    pub fn add(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    pub(super) fn of_directive(&self, directive: Directive) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(of, _)| *of == directive).map(|(_, source)| source.as_str())
    }
}

/// Collects needs while a file is looked through.
pub(super) struct Finder<'a> {
    base_url: &'a str,
    base: Option<Url>,
    pub looked: Looked,
}

impl Finder<'_> {
    /// Notes an address that is loaded from.
    pub fn address(&mut self, directive: Directive, address: &str) {
        if let Some(origin) = self.origin(address.trim()) {
            self.source(directive, origin);
        }
    }

    /// Notes a source as the policy writes it.
    pub fn source(&mut self, directive: Directive, source: String) {
        self.looked.needs.0.insert((directive, source));
    }

    /// Notes something that cannot run.
    pub fn handler(&mut self, what: &str) {
        self.looked.handler.get_or_insert_with(|| what.to_owned());
    }

    /// The origin of an address as a source; `None` for the site's own.
    fn origin(&self, address: &str) -> Option<String> {
        let is_own = |rest: &str| !rest.starts_with(['/', '\\']);
        if address.is_empty()
            || address.starts_with(['#', '?'])
            || address.strip_prefix('/').is_some_and(is_own)
            || address.starts_with(self.base_url)
        {
            return None;
        }
        let base = self.base.as_ref()?;
        let url = base.join(address).ok()?;
        match url.scheme() {
            "data" | "blob" => Some(format!("{}:", url.scheme())),
            "http" | "https" if url.origin() != base.origin() => Some(url.origin().ascii_serialization()),
            _ => None,
        }
    }
}
