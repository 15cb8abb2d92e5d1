//! How much one page may do when it is rendered: go through loops and calls, put values together, and
//! write. No clock is asked, so that the same site fails or builds on every machine.
//!
//! An output has one allowance, and so has a body with all its shortcodes: what is made once and shown
//! by many outputs must not fail for what its first output did before; so the answer to a query has one. What is counted is what is
//! made, wherever it goes to; `measure.rs` tells how much a value is.

mod measure;

pub(crate) use measure::{depth, in_filter, in_sort, looked_at, nodes, put_together, shown, too_deep};

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::io::{self, Write};
use tera::{Error, TeraResult, Value};

/// How many passes a render may make: one each time through a loop and for each short tag in it, and one
/// for each page or term that a function gives.
const PASSES: usize = 10_000_000;
/// How many passes a component, an include, a block or a function counts as.
pub(crate) const CALL: usize = 16;
/// How many bytes of texts and lists a render may put together, in all.
const MADE: usize = 128 << 20;
/// How many bytes the arguments of a render's calls may have in all: questions are remembered for the whole build.
const ASKED: usize = 32 << 20;
/// So many bytes of an argument are not counted.
const SHORT_ARGUMENT: usize = 256;
/// How many entries a list among them may have.
const LONGEST_LIST: usize = 20_000;
/// How many bytes a render may write, into the output and into variables.
const WRITTEN: usize = 128 << 20;
/// How many values of data files a render may load; a hundred bytes of a file are one more.
const DATA: usize = 2_000_000;
/// How many values of data files a build keeps for all outputs. What is more is read anew by each that asks.
pub(crate) const KEPT: usize = 2_000_000;
/// How many addresses a render may complain of: each is looked for in all that has been read.
const COMPLAINTS: usize = 100;
/// How deep what a template puts together may be nested.
pub(crate) const DEEPEST: usize = 200;

#[derive(Clone, Copy)]
struct Left {
    passes: usize,
    made: usize,
    asked: usize,
    written: usize,
    data: usize,
    complaints: usize,
    allowance: Allowance,
    /// Something was more than what was left.
    is_spent: bool,
}

impl Left {
    const ALL: Self = Self {
        passes: PASSES,
        made: MADE,
        asked: ASKED,
        written: WRITTEN,
        data: DATA,
        complaints: COMPLAINTS,
        allowance: Allowance::Output,
        is_spent: false,
    };
}

thread_local! {
    static LEFT: Cell<Left> = const { Cell::new(Left::ALL) };
    /// Data files that were taken from the allowance.
    static LOADED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// What has an allowance of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allowance {
    /// The template of an output.
    Output,
    /// All shortcodes of a body, which feeds hold many of.
    Body,
    /// All shortcodes of a summary, which is held for every page.
    Summary,
}

impl Allowance {
    /// How many bytes its templates may write.
    pub(crate) fn written(self) -> usize {
        match self {
            Self::Output => WRITTEN,
            Self::Body => WRITTEN / 4,
            Self::Summary => 1 << 20,
        }
    }
}

/// Renders with an allowance of its own.
pub(crate) fn within<T>(allowance: Allowance, render: impl FnOnce() -> T) -> T {
    struct Leave(Left, BTreeSet<String>);
    impl Drop for Leave {
        fn drop(&mut self) {
            LEFT.set(self.0);
            LOADED.set(std::mem::take(&mut self.1));
        }
    }
    let left = Left { written: allowance.written(), allowance, ..Left::ALL };
    let _leave = Leave(LEFT.replace(left), LOADED.take());
    render()
}

/// Whether something wanted more than what was left. Whoever has an error of that has no use for more
/// of them.
pub(crate) fn is_spent() -> bool {
    LEFT.get().is_spent
}

fn spent(message: String) -> Error {
    LEFT.set(Left { is_spent: true, ..LEFT.get() });
    Error::message(message)
}

/// Takes from the allowance of passes.
pub(crate) fn pass(count: usize) -> TeraResult<()> {
    let left = LEFT.get();
    let Some(passes) = left.passes.checked_sub(count) else {
        return Err(spent(format!(
            "too much work: a page may make {PASSES} passes through loops, and a call counts as {CALL}"
        )));
    };
    LEFT.set(Left { passes, ..left });
    Ok(())
}

/// Takes from the allowance of arguments: texts and lists of such. Of tables, such as a page, a call takes no more than a text.
pub(crate) fn argument(name: &str, value: &Value) -> TeraResult<()> {
    let texts = || value.as_array().into_iter().flatten().chain([value]).map(Value::as_str);
    if let Some(count) = value.as_array().map(<[Value]>::len).filter(|count| *count > LONGEST_LIST) {
        return Err(Error::message(format!(
            "`{name}` has {count} entries: a list may have {LONGEST_LIST} as an argument"
        )));
    }
    let left = LEFT.get();
    let bytes: usize = texts().map(|text| size_of::<String>() + text.map_or(0, str::len)).sum();
    // How many short ones there can be the passes tell.
    let bytes = bytes.saturating_sub(SHORT_ARGUMENT);
    let Some(asked) = left.asked.checked_sub(bytes) else {
        let most = ASKED >> 20;
        return Err(spent(format!(
            "too much to remember: the arguments of a page's calls may have {most} MiB in all"
        )));
    };
    LEFT.set(Left { asked, ..left });
    Ok(())
}

/// Takes from the allowance of what is put together.
pub(crate) fn make(bytes: usize) -> TeraResult<()> {
    let left = LEFT.get();
    let Some(made) = left.made.checked_sub(bytes) else {
        let most = MADE >> 20;
        return Err(spent(format!(
            "too much in memory: what a page puts together in its templates may take {most} MiB"
        )));
    };
    LEFT.set(Left { made, ..left });
    Ok(())
}

/// Takes from the allowance of what is written.
pub(crate) fn write(bytes: usize) -> TeraResult<()> {
    let left = LEFT.get();
    let Some(written) = left.written.checked_sub(bytes) else { return Err(too_long()) };
    LEFT.set(Left { written, ..left });
    Ok(())
}

/// Takes from the allowance of data what a file needs, the first time.
pub(crate) fn data(path: &str, count: usize) -> TeraResult<()> {
    // A file that is shown often is held once.
    if !LOADED.with_borrow_mut(|loaded| loaded.insert(path.to_owned())) {
        return Ok(());
    }
    let left = LEFT.get();
    let Some(data) = left.data.checked_sub(count) else {
        return Err(spent(format!("too much data: a page may load {DATA} values of data files")));
    };
    LEFT.set(Left { data, ..left });
    Ok(())
}

/// Whether one more address may be complained of.
pub(crate) fn complain() -> bool {
    let left = LEFT.get();
    let Some(complaints) = left.complaints.checked_sub(1) else { return false };
    LEFT.set(Left { complaints, ..left });
    true
}

/// Takes what a list of so many values needs that is made of another.
pub(crate) fn list(count: usize) -> TeraResult<()> {
    pass(count)?;
    make(count.saturating_mul(size_of::<tera::Value>()))
}

/// How much may be written yet; what is more need not be measured to its end.
fn left_to_write() -> usize {
    LEFT.get().written
}

fn left_to_make() -> usize {
    LEFT.get().made
}

/// That a template has written too much.
pub(crate) fn too_long() -> Error {
    let allowance = LEFT.get().allowance;
    let most = allowance.written() >> 20;
    let what = match allowance {
        Allowance::Output => "the templates of a page",
        Allowance::Body => "all shortcodes of a page",
        Allowance::Summary => "all shortcodes of a summary",
    };
    spent(format!("too much output: {what} may write {most} MiB, into variables as well"))
}

/// What a template writes. It has been counted before; that it ends here as well is for what nobody
/// thought of.
pub(crate) struct Output(Vec<u8>);

impl Output {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(8 << 10))
    }

    pub(crate) fn done(self) -> TeraResult<String> {
        String::from_utf8(self.0).map_err(|error| Error::message(error.to_string()))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.0.len().saturating_add(bytes.len()) > LEFT.get().allowance.written() {
            return Err(io::Error::other(too_long().to_string()));
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
