//! `ssg lsp`: the language server, over standard input and output.

use crate::args::Globals;
use crate::session::fail;
use ssg_source::{Class, Diagnostic, codes};

/// Serves an editor until it ends.
#[cfg(feature = "lsp")]
pub fn run(globals: &Globals) -> u8 {
    use crate::session::{VERSION, prepare_threads};
    use ssg_source::SitePath;
    let config = match SitePath::new(&globals.config) {
        Ok(config) => config,
        Err(error) => {
            let problem = Diagnostic::error(codes::LSP, format!("`{}`: {error}", globals.config));
            return fail(globals, problem.class(Class::Usage));
        }
    };
    prepare_threads(None);
    let options = ssg_lsp::Options { root: globals.root.clone(), config, version: VERSION.to_owned() };
    let input = std::io::BufReader::new(std::io::stdin());
    u8::from(!ssg_lsp::serve(options, input, std::io::BufWriter::new(std::io::stdout())))
}

/// Says that this program has none.
#[cfg(not(feature = "lsp"))]
pub fn run(globals: &Globals) -> u8 {
    let problem = Diagnostic::error(codes::FEATURE, "this program was built without the cargo feature `lsp`");
    fail(globals, problem.class(Class::Usage).hint("build `ssg` with `--features lsp`; packages have it"))
}
