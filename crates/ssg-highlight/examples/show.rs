//! Prints a file highlighted: `show LANGUAGE FILE`.

#![expect(clippy::disallowed_methods, reason = "an example is a program")]

use ssg_highlight::{CodeOptions, Highlighter};

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(language), Some(path)) = (args.next(), args.next()) else {
        eprintln!("show LANGUAGE FILE");
        return;
    };
    let code = std::fs::read_to_string(path).expect("a readable file");
    let shown = Highlighter::new().highlight(&code, &CodeOptions::of(&language));
    println!("{}", shown.html);
    eprintln!("{:?}", shown.note);
}
