//! The one door through which templates learn of anything but their own page.
//!
//! While an output is rendered, its [`Scope`] is at hand to the template functions of the same
//! thread. Every function makes a [`Question`] of its arguments and asks here, so that what an
//! output depends on can be written down in one place.

use crate::question::Question;
use crate::world::World;
use ssg_source::{Diagnostic, Diagnostics};
use std::cell::RefCell;
use std::sync::Arc;
use tera::{Error, TeraResult, Value};

/// What is being rendered.
#[derive(Clone)]
pub(crate) struct Scope {
    pub world: Arc<World>,
    /// Language of the output.
    pub lang: String,
}

thread_local! {
    static SCOPES: RefCell<Vec<Scope>> = const { RefCell::new(Vec::new()) };
    static FOUND: RefCell<Diagnostics> = RefCell::new(Diagnostics::new());
    static SUMMARIES: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Renders within a scope; gives the result and what was found meanwhile.
pub(crate) fn within<T>(scope: Scope, render: impl FnOnce() -> T) -> (T, Diagnostics) {
    struct Leave(Option<Diagnostics>);
    impl Drop for Leave {
        fn drop(&mut self) {
            SCOPES.with_borrow_mut(Vec::pop);
            if let Some(before) = self.0.take() {
                FOUND.set(before);
            }
        }
    }
    SCOPES.with_borrow_mut(|scopes| scopes.push(scope));
    let leave = Leave(Some(FOUND.take()));
    let result = render();
    let found = FOUND.take();
    drop(leave);
    (result, found)
}

/// The scope of the render that runs on this thread.
pub(crate) fn current() -> TeraResult<Scope> {
    SCOPES
        .with_borrow(|scopes| scopes.last().cloned())
        .ok_or_else(|| Error::message("this function works only while a page is rendered"))
}

/// Asks a question about the site.
pub(crate) fn ask(question: &Question) -> TeraResult<Value> {
    let scope = current()?;
    question.answer(&scope.world, &scope.lang).map_err(Error::message)
}

/// Notes something that a page shown here has wrong with it.
pub(crate) fn note(diagnostic: Diagnostic) {
    FOUND.with_borrow_mut(|found| found.add(diagnostic));
}

/// Renders the summary of a page, unless that is what is being done already: a shortcode in a
/// summary may ask for cards, and so for its own page's.
pub(crate) fn summary_once(page: u32, render: impl FnOnce() -> String) -> Option<String> {
    if SUMMARIES.with_borrow(|pages| pages.contains(&page)) {
        return None;
    }
    SUMMARIES.with_borrow_mut(|pages| pages.push(page));
    let summary = render();
    SUMMARIES.with_borrow_mut(Vec::pop);
    Some(summary)
}
