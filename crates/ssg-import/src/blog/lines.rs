//! On which line places of a text stand, asked for from its beginning to its end.

/// A text, and how far its lines are counted.
pub(crate) struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    /// A text whose first line has this number.
    pub(crate) fn new(text: &'t str, first: usize) -> Self {
        Self { text, at: 0, line: first }
    }

    /// The line of a place, which is no earlier than the one before.
    pub(crate) fn at(&mut self, place: usize) -> usize {
        let passed = self.text.get(self.at..place).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at = self.at.max(place);
        self.line
    }
}
