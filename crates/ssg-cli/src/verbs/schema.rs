//! `ssg schema`: the JSON Schema of a file that people write, for editors.

use crate::args::{Globals, Schema};
use crate::session::fail;
use ssg_parse::keys::SCHEMAS;
use ssg_source::{Class, Diagnostic, codes, did_you_mean};
use std::io::Write as _;

pub fn run(globals: &Globals, verb: &Schema) -> u8 {
    let name = verb.file.trim().to_ascii_lowercase();
    let Some(schema) = SCHEMAS.iter().find(|schema| schema.name == name) else {
        let names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
        let problem = Diagnostic::error(codes::SCHEMA, format!("there is no schema of `{}`", verb.file))
            .class(Class::Usage)
            .hint_if(did_you_mean(&name, names.iter().copied()))
            .hint(format!("there are: {}", names.join(", ")));
        return fail(globals, problem);
    };
    // A closed pipe is no reason to fail.
    let _ = std::io::stdout().write_all(schema.text().as_bytes());
    0
}
