//! Questions to a person.

use std::io::{BufRead, IsTerminal, Write};

/// Whether there is a person to ask.
pub fn is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Whether a person agrees, where there is one.
pub fn ask(question: &str) -> Option<bool> {
    if !is_there() {
        return None;
    }
    anstream::eprint!("{question} [y/N] ");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    Some(read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes"))
}
