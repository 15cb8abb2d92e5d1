//! Makes a commit through `git fast-import`: files go in as they are read, and no index is needed.

use super::command::{Git, clean_git, failed, run};
use crate::failure::{Failure, Reason};
use crate::outputs::{Built, Outputs};
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// Last line of the message of every commit of ours: nobody has changed the files since.
pub(super) const TRAILER: &str = "Published-by: ssg";
/// How many bytes of a file are held at once.
const PART: u64 = 1 << 20;
const REF: &str = "refs/ssg/next";

/// Who makes a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    name: String,
    address: String,
}

impl Person {
    /// Reads `Name <address>`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.trim().split_once('<')?;
        let (name, address) = (name.trim(), rest.strip_suffix('>')?.trim());
        let refused = |c: char| c.is_control() || c == '<' || c == '>';
        let is_valid = !name.is_empty() && !address.is_empty() && !name.contains(refused);
        (is_valid && !address.contains(refused))
            .then(|| Self { name: name.to_owned(), address: address.to_owned() })
    }

    /// Who commits in the site's repository; the program itself where nobody is set.
    pub(super) fn of_repository(root: &Path) -> Self {
        let mut command = clean_git();
        command.arg("-C").arg(root).args(["var", "GIT_AUTHOR_IDENT"]);
        let printed = run(command, b"").unwrap_or_default();
        let printed = String::from_utf8_lossy(&printed).into_owned();
        let ident = printed.rfind('>').and_then(|end| printed.get(..=end)).and_then(Self::parse);
        ident.unwrap_or_else(|| Self { name: "ssg".to_owned(), address: "ssg@localhost".to_owned() })
    }
}

/// A commit that is being made.
#[derive(Debug)]
pub(super) struct Import {
    child: Child,
    stdin: Option<BufWriter<ChildStdin>>,
    person: Person,
    message: String,
    /// Mark of the blob of each file; `None` for one that goes.
    files: BTreeMap<String, Option<usize>>,
    marks: usize,
}

impl Import {
    pub(super) fn begin(git: &Git, person: Person, message: &str) -> Result<Self, Failure> {
        let mut command = git.command(&["fast-import", "--quiet", "--done", "--force"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|error| Failure::new(Reason::Usage, format!("`git` cannot be run: {error}")))?;
        let stdin = child.stdin.take().map(BufWriter::new);
        Ok(Self { child, stdin, person, message: message.to_owned(), files: BTreeMap::new(), marks: 0 })
    }

    /// Adds a file, or replaces it.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.announce(path, bytes.len() as u64)?;
        self.write(bytes)?;
        self.write(b"\n")
    }

    /// Adds a built file, or replaces it. After a failure no commit can be made.
    pub(super) fn put_file(&mut self, file: &Built, outputs: &Outputs) -> Result<(), Failure> {
        self.announce(file.path.as_str(), file.size)?;
        let mut reader = outputs.open(file)?;
        while let Some(part) = reader.part(PART)? {
            self.write(&part)?;
        }
        self.write(b"\n")
    }

    /// Announces the bytes of a file.
    fn announce(&mut self, path: &str, size: u64) -> Result<(), Failure> {
        self.marks += 1;
        let mark = self.marks;
        self.files.insert(path.to_owned(), Some(mark));
        self.write(format!("blob\nmark :{mark}\ndata {size}\n").as_bytes())
    }

    /// Removes a file.
    pub(super) fn remove(&mut self, path: &str) {
        self.files.insert(path.to_owned(), None);
    }

    /// Makes the commit and gives its id. With `alone` it has no parent, but the files of `tip` all
    /// the same.
    pub(super) fn finish(mut self, git: &Git, tip: Option<&str>, alone: bool) -> Result<String, Failure> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let Person { name, address } = &self.person;
        let message = format!("{}\n\n{TRAILER}\n", self.message.trim());
        let mut commit = format!(
            "commit {REF}\ncommitter {name} <{address}> {now} +0000\ndata {}\n{message}\n",
            message.len()
        );
        match tip {
            Some(tip) if alone => {
                let tree = git.run(&["rev-parse", &format!("{tip}^{{tree}}")])?;
                let tree = String::from_utf8_lossy(&tree).trim().to_owned();
                commit.push_str(&format!("M 040000 {tree} \n"));
            }
            Some(tip) => commit.push_str(&format!("from {tip}\n")),
            None => {}
        }
        // A file may have to go before a folder of its name comes.
        for (path, _) in self.files.iter().filter(|(_, mark)| mark.is_none()) {
            commit.push_str(&format!("D {}\n", quoted(path)));
        }
        for (path, mark) in &self.files {
            if let Some(mark) = mark {
                commit.push_str(&format!("M 100644 :{mark} {}\n", quoted(path)));
            }
        }
        commit.push_str("\ndone\n");
        self.write(commit.as_bytes())?;
        if let Some(mut stdin) = self.stdin.take() {
            stdin.flush().map_err(|error| lost(&error))?;
        }
        let mut stderr = String::new();
        if let Some(mut pipe) = self.child.stderr.take() {
            let _ = std::io::Read::read_to_string(&mut pipe, &mut stderr);
        }
        let status = self.child.wait().map_err(|error| lost(&error))?;
        if !status.success() {
            return Err(failed("fast-import", &stderr));
        }
        let id = git.run(&["rev-parse", "--verify", "--quiet", REF])?;
        Ok(String::from_utf8_lossy(&id).trim().to_owned())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(stdin) = &mut self.stdin else { return Ok(()) };
        stdin.write_all(bytes).map_err(|error| lost(&error))
    }
}

impl Drop for Import {
    fn drop(&mut self) {
        // One that was not finished leaves nothing but its repository, which goes as well.
        self.stdin = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lost(error: &std::io::Error) -> Failure {
    Failure::new(Reason::Target, format!("`git fast-import` was lost: {error}"))
}

/// A path as fast-import reads it.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}
