//! How much one render of a template may do: go through loops and calls, keep texts in variables,
//! and write. No clock is asked, so that the same site fails or builds on every machine.
//!
//! Every render has its own allowance, also one inside another (a shortcode in a summary): what is
//! made once and shown by many outputs must not fail for what its first output did before.

use std::cell::Cell;
use std::io::{self, Write};
use tera::{Error, TeraResult, Value};

/// How many passes a render may make: one each time through a loop, and for each page or term that a
/// function gives.
const PASSES: usize = 10_000_000;
/// How many passes a component, an include or a block counts as.
pub(crate) const CALL: usize = 8;
/// How many bytes of text a render may put into variables, in all.
const TEXT: usize = 256 << 20;
/// How many bytes a render may write.
const OUTPUT: usize = 128 << 20;

#[derive(Clone, Copy)]
struct Left {
    passes: usize,
    text: usize,
    /// What was written is too much, which the next pass says.
    is_full: bool,
}

impl Left {
    const ALL: Self = Self { passes: PASSES, text: TEXT, is_full: false };
}

thread_local! {
    static LEFT: Cell<Left> = const { Cell::new(Left::ALL) };
}

/// Renders with an allowance of its own.
pub(crate) fn within<T>(render: impl FnOnce() -> T) -> T {
    struct Leave(Left);
    impl Drop for Leave {
        fn drop(&mut self) {
            LEFT.set(self.0);
        }
    }
    let _leave = Leave(LEFT.replace(Left::ALL));
    render()
}

/// Takes from the allowance of passes.
pub(crate) fn pass(count: usize) -> TeraResult<()> {
    let left = LEFT.get();
    if left.is_full {
        return Err(too_long());
    }
    match left.passes.checked_sub(count) {
        Some(passes) => {
            LEFT.set(Left { passes, ..left });
            Ok(())
        }
        None => Err(Error::message(format!(
            "too much work: a template may make {PASSES} passes through loops, and a call counts as {CALL}"
        ))),
    }
}

/// Takes from the allowance of texts.
pub(crate) fn keep(bytes: usize) -> TeraResult<()> {
    let left = LEFT.get();
    match left.text.checked_sub(bytes) {
        Some(text) => {
            LEFT.set(Left { text, ..left });
            Ok(())
        }
        None => {
            let most = TEXT >> 20;
            Err(Error::message(format!("too much text: a template may put {most} MiB into variables")))
        }
    }
}

/// Takes what a value needs that goes into a variable. A value is shared, not copied, but one that was
/// put together takes its own room.
pub(crate) fn keep_value(value: &Value) -> TeraResult<()> {
    match value.as_str() {
        Some(text) => keep(text.len()),
        None => keep(value.len().unwrap_or(0).saturating_mul(size_of::<Value>())),
    }
}

/// That a template has written too much.
pub(crate) fn too_long() -> Error {
    let most = OUTPUT >> 20;
    Error::message(format!("too much output: a template may write {most} MiB"))
}

/// What a template writes, up to the limit; what comes after is dropped.
pub(crate) struct Output(Vec<u8>);

impl Output {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(8 << 10))
    }

    /// All that was written; `None` when it was too much.
    pub(crate) fn done(self) -> Option<TeraResult<String>> {
        let text = || String::from_utf8(self.0).map_err(|error| Error::message(error.to_string()));
        (!LEFT.get().is_full).then(text)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.0.len().saturating_add(bytes.len()) <= OUTPUT {
            self.0.extend_from_slice(bytes);
        } else {
            LEFT.set(Left { is_full: true, ..LEFT.get() });
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
