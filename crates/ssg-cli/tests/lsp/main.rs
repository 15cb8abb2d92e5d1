//! The language server as editors meet it: frames over the standard streams of the program.

#![cfg(feature = "lsp")]

mod client;
mod hostile;
mod neovim;
mod session;
