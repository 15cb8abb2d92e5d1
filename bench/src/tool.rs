//! The generators that are timed, and how each is called.

use crate::Outcome;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which generator.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// This project.
    Ssg,
    /// Zola.
    Zola,
    /// Hugo.
    Hugo,
}

/// A generator on this machine.
pub struct Tool {
    /// Which one.
    pub kind: Kind,
    /// The program.
    pub program: PathBuf,
    /// Name and version.
    pub name: String,
}

impl Tool {
    /// `ssg`, named by `SSG_BIN` or `beside` this program, then those that `ZOLA_BIN` and `HUGO_BIN` name.
    pub fn installed(beside: &Path) -> Outcome<Vec<Self>> {
        let named = |variable| std::env::var_os(variable).filter(|name| !name.is_empty()).map(PathBuf::from);
        let own = beside.join(format!("ssg{}", std::env::consts::EXE_SUFFIX));
        let mut tools = vec![Self::new(Kind::Ssg, named("SSG_BIN").unwrap_or(own))?];
        for (kind, variable) in [(Kind::Zola, "ZOLA_BIN"), (Kind::Hugo, "HUGO_BIN")] {
            if let Some(program) = named(variable) {
                tools.push(Self::new(kind, program)?);
            }
        }
        Ok(tools)
    }

    fn new(kind: Kind, program: PathBuf) -> Outcome<Self> {
        let question = if kind == Kind::Hugo { "version" } else { "--version" };
        let answer = Command::new(&program).arg(question).output();
        let answer = answer.map_err(|error| format!("{}: {error}", program.display()))?;
        let text = String::from_utf8_lossy(&answer.stdout).into_owned();
        // Hugo goes on about its commit and its build.
        let name = text.split([' ', '-', '+']).take(2).collect::<Vec<_>>().join(" ");
        // A path with a slash is relative to where we are, not to the site.
        let program = program.canonicalize().unwrap_or(program);
        Ok(Self { kind, program, name: name.trim().replace(" v", " ") })
    }

    /// Folder of its site.
    pub fn folder(&self) -> &'static str {
        match self.kind {
            Kind::Ssg => "ssg",
            Kind::Zola => "zola",
            Kind::Hugo => "hugo",
        }
    }

    /// A build to `output`, to be run in the site's folder.
    pub fn build(&self, output: &Path) -> Vec<OsString> {
        let words: &[&str] = match self.kind {
            Kind::Ssg => &["build", "--quiet", "--output-dir"],
            Kind::Zola => &["build", "--output-dir"],
            Kind::Hugo => &["--quiet", "--destination"],
        };
        let mut command = vec![self.program.clone().into_os_string()];
        command.extend(words.iter().map(OsString::from));
        command.push(output.into());
        command
    }

    /// Suggestions for all files of a site, to be run in the site's folder; only `ssg` has them.
    pub fn suggest(&self) -> Vec<OsString> {
        let mut command = vec![self.program.clone().into_os_string()];
        command.extend(["suggest", "--all"].map(OsString::from));
        command
    }
}
