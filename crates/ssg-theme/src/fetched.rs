//! The files of a theme from elsewhere: what is let in, and how they are known again.

use crate::name::path_fault;
use ssg_source::{Class, Diagnostic, codes, is_leftover};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

/// Files by their path in the theme.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Bounds for what is fetched.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How long git may take in all.
    pub time: Duration,
    /// Most bytes that git may put into its folder.
    pub packed: u64,
    /// Most files.
    pub files: usize,
    /// Most bytes of all files.
    pub total: u64,
    /// Most bytes of one file.
    pub one: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self { time: Duration::from_secs(120), packed: 64 * MIB, files: 2_000, total: 32 * MIB, one: 8 * MIB }
    }
}

/// A file as git lists it, before it is read.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub path: String,
    /// Git's mode: `100644`, `100755`, `120000` for a link, `160000` for a submodule.
    pub mode: String,
    pub object: String,
    pub size: u64,
}

impl Limits {
    /// The files that a theme is made of; what belongs to git's hosts or to editors is left out.
    ///
    /// # Errors
    /// For what no theme may hold: links, submodules, unsafe names, too much.
    pub(crate) fn check(&self, listed: Vec<Listed>) -> Result<Vec<Listed>, Diagnostic> {
        let mut folded: HashMap<String, String> = HashMap::new();
        let mut total = 0_u64;
        let mut kept = Vec::new();
        for file in listed {
            let path = shown(&file.path);
            match file.mode.as_str() {
                "100644" | "100755" | "100664" => {}
                "120000" => return Err(refused(&format!("`{path}` is a link"))),
                "160000" => {
                    return Err(refused(&format!("`{path}` is a submodule"))
                        .hint("a theme holds all its files itself"));
                }
                _ => return Err(refused(&format!("`{path}` is no plain file"))),
            }
            if let Some(fault) = path_fault(&file.path) {
                return Err(refused(&format!("the name `{path}` {fault}")));
            }
            if file.path.starts_with(".git") || file.path.split('/').any(is_leftover) {
                continue;
            }
            if file.size > self.one {
                return Err(refused(&format!(
                    "`{path}` has {} bytes, and {} are allowed",
                    file.size, self.one
                )));
            }
            total = total.saturating_add(file.size);
            if total > self.total {
                return Err(refused(&format!("its files have more than {} bytes", self.total)));
            }
            if kept.len() >= self.files {
                return Err(refused(&format!("it has more than {} files", self.files)));
            }
            // A system that knows no case would let one replace the other.
            if let Some(other) = folded.insert(ssg_parse::fold_name(&file.path), path.clone()) {
                return Err(refused(&format!(
                    "`{path}` and `{other}` are one name where case does not count"
                )));
            }
            kept.push(file);
        }
        Ok(kept)
    }
}

/// What is said of a theme that is not let in.
pub(crate) fn refused(why: &str) -> Diagnostic {
    Diagnostic::error(codes::THEME_REFUSED, format!("the theme is refused: {why}")).class(Class::Policy)
}

/// A name from elsewhere, as it may be printed.
fn shown(path: &str) -> String {
    path.chars().map(|c| if c.is_control() { '·' } else { c }).take(200).collect()
}
