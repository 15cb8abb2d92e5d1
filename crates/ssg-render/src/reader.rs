//! The one door through which a render learns of anything.
//!
//! While an output is rendered, its [`Scope`] is at hand to the template functions of the same
//! thread. Every function makes a [`Question`] of its arguments and asks here; views and bodies say
//! here what they look up. So what an output depends on is written down in one place.
//!
//! The page or list that an output is about is asked for here as well ([`Question::Own`] and the
//! like), by its view; only what is derived from the plan, such as the number of a sheet, is not a
//! question but part of the output's recipe.

use crate::answer::find;
use crate::limits;
use crate::question::Question;
use crate::world::World;
use ssg_source::{Diagnostic, Diagnostics, Digest};
use ssg_taxonomy::{LangId, Page, PageId, SectionId, TermId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use tera::{Error, TeraResult, Value};

/// What is being rendered.
#[derive(Clone)]
pub(crate) struct Scope {
    pub world: Arc<World>,
    /// Language that the output is written in.
    pub lang: Arc<str>,
    /// The language of the site that it belongs to.
    pub language: LangId,
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
    Page(PageId),
    Section(SectionId),
    Term(TermId),
    Taxonomy,
    Archive,
    NotFound,
}

impl Subject {
    /// A text of the view, unless it is missing.
    pub(crate) fn text(&self, key: &'static str) -> Option<&str> {
        self.view.get_from_path(key).and_then(Value::as_str)
    }
}

thread_local! {
    static SUBJECT: RefCell<Option<Rc<Subject>>> = const { RefCell::new(None) };
    static SCOPES: RefCell<Vec<Scope>> = const { RefCell::new(Vec::new()) };
    static FOUND: RefCell<Diagnostics> = RefCell::new(Diagnostics::new());
    static ASKED: RefCell<Asked> = RefCell::new(Asked::new());
    static IN_SUMMARY: Cell<bool> = const { Cell::new(false) };
}

/// What was asked, with the digest of the answer where it was at hand.
pub(crate) type Asked = HashMap<Question, Option<Digest>>;

/// What a render found wrong and what it asked.
pub(crate) struct Heard {
    pub found: Diagnostics,
    pub asked: Asked,
}

/// Renders within a scope; gives the result and what was heard meanwhile.
pub(crate) fn within<T>(scope: Scope, render: impl FnOnce() -> T) -> (T, Heard) {
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
    let (result, asked) = asking(render);
    let found = FOUND.take();
    drop(leave);
    (result, Heard { found, asked })
}

/// Runs something and gives, beside its result, what it asked: for what is made once and then used
/// by many outputs, each of which depends on the same.
pub(crate) fn asking<T>(make: impl FnOnce() -> T) -> (T, Asked) {
    struct Leave(Asked);
    impl Drop for Leave {
        fn drop(&mut self) {
            ASKED.set(std::mem::take(&mut self.0));
        }
    }
    let leave = Leave(ASKED.take());
    let result = make();
    let asked = ASKED.take();
    drop(leave);
    (result, asked)
}

/// The scope of the render that runs on this thread.
pub(crate) fn current() -> TeraResult<Scope> {
    SCOPES
        .with_borrow(|scopes| scopes.last().cloned())
        .ok_or_else(|| Error::message("this function works only while a page is rendered"))
}

/// Renders the template of a page.
pub(crate) fn showing<T>(subject: Subject, render: impl FnOnce() -> T) -> T {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            SUBJECT.set(None);
        }
    }
    SUBJECT.set(Some(Rc::new(subject)));
    let _leave = Leave;
    render()
}

/// The page whose template is being rendered. Texts of pages are rendered once for many outputs, so
/// for what stands in them there is none.
pub(crate) fn subject() -> TeraResult<Rc<Subject>> {
    let subject = SUBJECT.with_borrow(Clone::clone).filter(|_| !in_summary());
    subject.ok_or_else(|| Error::message("this function works in the template of a page, not in a shortcode"))
}

/// Asks a question about the site, in the language of the output.
pub(crate) fn ask(question: Question) -> TeraResult<Value> {
    ask_in(current()?.language, question)
}

/// Asks a question about the site in a language.
pub(crate) fn ask_in(language: LangId, question: Question) -> TeraResult<Value> {
    let scope = current()?;
    let question =
        if question.is_about_lists() { scope.world.in_language(language, question) } else { question };
    let answer = match find(&question, &scope.world) {
        Ok(answer) => answer,
        Err(problem) => {
            // A list passes over a mistake in a summary, and changes when the mistake is mended.
            looked_up(question);
            return Err(Error::message(problem));
        }
    };
    // Data files are told apart by their bytes, not by what is in them.
    let is_data = matches!(question, Question::Data { .. });
    let digest = (!is_data).then(|| answer.digest(&scope.world));
    ASKED.with_borrow_mut(|asked| asked.insert(question, digest));
    let shown = answer.show(&scope.world, language);
    limits::pass(shown.as_array().map_or(1, <[Value]>::len))?;
    Ok(shown)
}

/// Whether a data file has not been asked for yet: one that is shown often is held once.
pub(crate) fn is_first(path: &str) -> bool {
    let asked = |required| Question::Data { path: path.to_owned(), required };
    ASKED.with_borrow(|known| !known.contains_key(&asked(true)) && !known.contains_key(&asked(false)))
}

/// Writes down that the output depends on the answer to a question.
pub(crate) fn looked_up(question: Question) {
    ASKED.with_borrow_mut(|asked| {
        asked.entry(question).or_insert(None);
    });
}

/// Writes down that the output depends on the answer to a question, and which digest it had.
pub(crate) fn told(question: Question, digest: Digest) {
    ASKED.with_borrow_mut(|asked| asked.insert(question, Some(digest)));
}

/// Writes down several.
pub(crate) fn looked_up_all<'q>(questions: impl IntoIterator<Item = &'q Question>) {
    ASKED.with_borrow_mut(|asked| {
        for question in questions {
            if !asked.contains_key(question) {
                asked.insert(question.clone(), None);
            }
        }
    });
}

/// Notes something that a page shown here has wrong with it.
pub(crate) fn note(diagnostic: Diagnostic) {
    FOUND.with_borrow_mut(|found| found.add(diagnostic));
}

/// Whether the summary of a card is being rendered. A shortcode in it that asks for cards gets them
/// without summaries: with them, two summaries could each wait for the other.
pub(crate) fn in_summary() -> bool {
    IN_SUMMARY.get()
}

/// Renders the summary of a card, in the language of its page: the card is made once and shown by
/// outputs of any language, and must not depend on which of them comes first.
pub(crate) fn summary(page: &Page, render: impl FnOnce() -> String) -> String {
    struct Leave(Option<(Arc<str>, LangId)>);
    impl Drop for Leave {
        fn drop(&mut self) {
            IN_SUMMARY.set(false);
            if let Some(before) = self.0.take() {
                set_lang(before);
            }
        }
    }
    IN_SUMMARY.set(true);
    let _leave = Leave(set_lang((page.lang.as_str().into(), page.language)));
    render()
}

/// Changes the language of the innermost scope; gives the one before.
fn set_lang((lang, language): (Arc<str>, LangId)) -> Option<(Arc<str>, LangId)> {
    SCOPES.with_borrow_mut(|scopes| {
        let scope = scopes.last_mut()?;
        Some((std::mem::replace(&mut scope.lang, lang), std::mem::replace(&mut scope.language, language)))
    })
}
