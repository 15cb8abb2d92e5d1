//! Where pieces are gathered.

use super::super::Piece;

/// Pieces, and the HTML that will be the next one.
#[derive(Default)]
pub(super) struct Out {
    pub(super) pieces: Vec<Piece>,
    pub(super) html: String,
}

impl Out {
    pub(super) fn flush(&mut self) {
        if !self.html.is_empty() {
            // Of its own size: the buffer goes on with the next piece.
            self.pieces.push(Piece::Html(self.html.as_str().to_owned()));
            self.html.clear();
        }
    }

    pub(super) fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    /// Begins a new line, unless at the beginning of one.
    pub(super) fn line(&mut self) {
        let last = match self.pieces.last() {
            _ if !self.html.is_empty() => self.html.as_bytes().last(),
            Some(Piece::Html(html)) => html.as_bytes().last(),
            Some(_) => None,
            None => Some(&b'\n'),
        };
        if last != Some(&b'\n') {
            self.html.push('\n');
        }
    }

    /// Writes a tag on a line of its own.
    pub(super) fn block(&mut self, tag: &str) {
        self.line();
        self.html.push_str(tag);
    }

    /// Replaces `from` at the end of what is written.
    pub(super) fn mend(&mut self, from: &str, to: &str) -> bool {
        let found = self.html.ends_with(from);
        if found {
            self.html.truncate(self.html.len() - from.len());
            self.html.push_str(to);
        }
        found
    }

    pub(super) fn append(&mut self, other: Self) {
        if other.pieces.is_empty() {
            self.html.push_str(&other.html);
        } else {
            for piece in other.pieces {
                match piece {
                    Piece::Html(html) => self.html.push_str(&html),
                    piece => self.push(piece),
                }
            }
            self.html.push_str(&other.html);
        }
    }
}
