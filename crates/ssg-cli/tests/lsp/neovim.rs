//! A session with Neovim, which is skipped where it is not installed.
