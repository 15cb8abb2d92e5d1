//! What somebody who looks on while a site is compiled wants of the compilation: a server has files in
//! memory, people waiting for some of them, and edits that come in between. It decides what is done first
//! and what is left for later, and never what comes of it.

/// Somebody who looks on; a [`Sink`](crate::Sink) names one.
pub trait Onlooker: Sync {
    /// Whether all files of the last compilation are there and stay but for those that are handed over
    /// now, so that the others need not be named.
    fn stays(&self) -> bool;
    /// An output, by its file, that somebody is waiting for: it is rendered before others. Asked before
    /// each; where it need not be rendered, the next is asked for.
    fn wanted(&self) -> Option<String>;
    /// Whether to render no more than what is wanted, since things have changed meanwhile. The next
    /// compilation does what this one left undone.
    fn is_full(&self) -> bool;
}
