//! A row of the reference of templates. Each stands with what it is about; `reference` puts them together.

/// A row of the reference: something that is called, or something that has a value.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// As it is written in a template: a name, or a call with its arguments.
    pub shown: &'static [&'static str],
    /// The type of what it gives.
    pub kind: &'static str,
    /// What that is.
    pub gives: &'static str,
    /// The version of the template API that brought it.
    pub since: i64,
}

/// A row that was there from the beginning.
pub(crate) const fn entry(shown: &'static [&'static str], kind: &'static str, gives: &'static str) -> Entry {
    Entry { shown, kind, gives, since: 1 }
}

impl Entry {
    /// The names in it, without arguments.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.shown.iter().map(|shown| shown.split('(').next().unwrap_or(shown))
    }

    /// The arguments of a call in it, in order.
    #[must_use]
    pub fn arguments(shown: &'static str) -> Vec<&'static str> {
        let inside = shown.split_once('(').map_or("", |(_, inside)| inside);
        let named = inside.split(", ").filter_map(|argument| argument.split_once('='));
        named.map(|(name, _)| name).collect()
    }
}
