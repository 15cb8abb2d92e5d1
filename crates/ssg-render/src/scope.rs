//! What the functions and filters of templates know while a template is rendered.
//!
//! A template engine calls functions with nothing but their arguments. So whoever renders a template says
//! on behalf of whom ([`within`]), for this thread: what functions read is noted there, and texts are in
//! that language.

use crate::engine::Engine;
use crate::reads::Reads;
use ssg_taxonomy::{LangId, PageKey, SectionKey, TermKey};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use tera::{Error, TeraResult, Value};

/// What is being rendered.
#[derive(Clone)]
pub(crate) struct Scope {
    pub reads: Reads,
    /// The templates that the one which is being rendered belongs to.
    pub templates: Arc<Engine>,
    /// Language that the output is written in.
    pub lang: Arc<str>,
    /// The language of the site that it belongs to.
    pub language: LangId,
    /// The page whose template is being rendered. What stands in texts of pages is rendered once for many
    /// outputs, so for that there is none.
    pub subject: Option<Rc<Subject>>,
    /// The summary of a card is being rendered. What asks for cards in it gets them without summaries:
    /// with them, two summaries could each wait for the other.
    pub in_summary: bool,
}

/// The page whose template is being rendered.
pub(crate) struct Subject {
    pub about: About,
    /// Its view.
    pub view: Value,
    /// Permalink of the output.
    pub permalink: String,
    pub lang: String,
    /// The language of the site that it belongs to.
    pub language: LangId,
}

/// What a template shows.
#[derive(Clone, Copy)]
pub(crate) enum About {
    Page(PageKey),
    Section(SectionKey),
    Term(TermKey),
    Taxonomy,
    Archive,
    Search,
    NotFound,
}

impl Subject {
    /// A text of the view, unless it is missing.
    pub(crate) fn text(&self, key: &'static str) -> Option<&str> {
        self.view.get_from_path(key).and_then(Value::as_str)
    }
}

thread_local! {
    static SCOPES: RefCell<Vec<Scope>> = const { RefCell::new(Vec::new()) };
}

/// Renders within a scope.
pub(crate) fn within<T>(scope: Scope, render: impl FnOnce() -> T) -> T {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            SCOPES.with_borrow_mut(Vec::pop);
        }
    }
    SCOPES.with_borrow_mut(|scopes| scopes.push(scope));
    let _leave = Leave;
    render()
}

/// The scope of the template that is being rendered on this thread.
pub(crate) fn current() -> TeraResult<Scope> {
    SCOPES
        .with_borrow(|scopes| scopes.last().cloned())
        .ok_or_else(|| Error::message("this function works only while a page is rendered"))
}

/// The page whose template is being rendered.
pub(crate) fn subject() -> TeraResult<Rc<Subject>> {
    let refused = "this function works in the template of a page, not in a shortcode";
    current()?.subject.ok_or_else(|| Error::message(refused))
}
