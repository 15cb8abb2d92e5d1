//! `type = "git"`: a branch, as GitHub, GitLab and Codeberg Pages serve it.
//!
//! The system's `git` works in a bare repository of its own that lasts as long as the run: the
//! user's index, HEAD, branches and work tree are never looked at. The new commit is made on top of
//! what the branch has, so files that are not ours stay, and is pushed without force: a branch that
//! moved meanwhile refuses it. All comes in one step, so there are no intents.

mod command;
mod import;
mod remote;

use crate::failure::{Failure, Reason};
use crate::outputs::{Built, Outputs};
use crate::record::RECORD;
use crate::redact::redact;
use crate::table::{missing, names_home};
use crate::target::{Portion, Site, Target, TargetState, Version};
use command::Git;
use import::{Import, Person};
use remote::Remote;
use ssg_build::write::OutputPath;
use ssg_parse::Fields;
use ssg_source::{Diagnostic, Span, codes};
use std::collections::{BTreeMap, BTreeSet};

/// What the table says.
#[derive(Clone, Debug)]
struct Settings {
    repository: String,
    branch: String,
    author: Option<Person>,
    message: String,
    force: bool,
    cname: Option<String>,
}

/// Reads the table.
pub(super) fn read(fields: &mut Fields<'_>, at: Span, site: &Site) -> Option<Box<dyn Target>> {
    let repository = fields.text(&["repository"]);
    let branch = fields.text(&["branch"]);
    let author = fields.text(&["author"]);
    let message = fields.text(&["message"]).map(|text| text.value);
    let force = fields.flag(&["force"]).is_some_and(|flag| flag.value);
    let cname = fields.text(&["cname"]).map(|text| text.value);
    if let Some(repository) = &repository
        && (repository.value.starts_with('-') || repository.value.chars().any(char::is_control))
    {
        let message = "a repository cannot begin with `-`";
        fields.found().add(Diagnostic::error(codes::PUBLISH, message).at(repository.span));
        return None;
    }
    if let Some(repository) = &repository
        && names_home(fields, &repository.value, repository.span)
    {
        return None;
    }
    let Some(branch) = branch else {
        missing(fields, at, "branch", "name the branch that is served: `branch = \"gh-pages\"`");
        return None;
    };
    if !is_branch(&branch.value) {
        let message = format!("`{}` cannot be the name of a branch", branch.value);
        fields.found().add(Diagnostic::error(codes::PUBLISH, message).at(branch.span));
        return None;
    }
    let person = match &author {
        Some(text) => match Person::parse(&text.value) {
            Some(person) => Some(person),
            None => {
                let message = "`author` must be a name with an address";
                let hint = "write it as `Theo Vance <theo@example.org>`";
                fields.found().add(Diagnostic::error(codes::PUBLISH, message).at(text.span).hint(hint));
                return None;
            }
        },
        None => None,
    };
    let settings = Settings {
        repository: repository.map_or_else(|| "origin".to_owned(), |text| text.value),
        branch: branch.value,
        author: person,
        message: message.unwrap_or_else(|| format!("Publish {}", site.base_url)),
        force,
        cname,
    };
    Some(Box::new(Branch { settings, site: site.clone(), open: None }))
}

/// What git allows for the name of a branch, and a little less.
fn is_branch(name: &str) -> bool {
    let refused = |c: char| c.is_control() || " ~^:?*[\\".contains(c);
    !name.chars().any(refused)
        && !name.contains("..")
        && !name.contains("@{")
        && name.split('/').all(|part| {
            !part.is_empty()
                && !part.starts_with(['.', '-'])
                && !part.ends_with('.')
                && !part.ends_with(".lock")
        })
}

/// The target.
struct Branch {
    settings: Settings,
    site: Site,
    open: Option<Open>,
}

/// A branch that was looked at.
struct Open {
    git: Git,
    /// The commit that it is at.
    tip: Option<String>,
    /// Its files with their blobs, once they are needed.
    files: Option<BTreeMap<String, String>>,
    import: Option<Import>,
}

impl Branch {
    fn open(&mut self) -> Result<&mut Open, Failure> {
        self.open.as_mut().ok_or_else(|| Failure::new(Reason::Target, "the branch was not looked at"))
    }
}

impl Open {
    /// The files of the branch with their blobs.
    fn files(&mut self) -> Result<&BTreeMap<String, String>, Failure> {
        if self.files.is_none() {
            let mut files = BTreeMap::new();
            if let Some(tip) = &self.tip {
                let listed = self.git.run(&["ls-tree", "-r", "-z", "--full-tree", tip])?;
                // `100644 blob <id>\t<path>`
                for line in String::from_utf8_lossy(&listed).split('\0') {
                    if let Some((about, path)) = line.split_once('\t')
                        && let Some(id) = about.rsplit(' ').next()
                    {
                        files.insert(path.to_owned(), id.to_owned());
                    }
                }
            }
            self.files = Some(files);
        }
        self.files.as_ref().ok_or_else(|| Failure::new(Reason::Target, "the branch cannot be listed"))
    }

    /// Those of `files` whose blob in the branch is another one, or missing.
    fn differing(&mut self, files: &[Built], outputs: &Outputs) -> Result<Vec<OutputPath>, Failure> {
        let blobs = self.git.blobs(files.iter().map(|file| file.path.below(outputs.dir())))?;
        let known = self.files()?;
        let differs = |(file, blob): &(&Built, String)| known.get(file.path.as_str()) != Some(blob);
        Ok(files.iter().zip(blobs).filter(differs).map(|(file, _)| file.path.clone()).collect())
    }
}

impl Target for Branch {
    fn place(&self) -> String {
        format!("{} ({})", redact(&self.settings.repository), self.settings.branch)
    }

    fn portion(&self) -> Portion {
        Portion { files: 4096, bytes: 256 << 20 }
    }

    fn state(&mut self) -> Result<TargetState, Failure> {
        self.open = None;
        let remote = Remote::find(&self.settings.repository, &self.site.root)?;
        let git = Git::begin(&self.site.scratch, &remote)?;
        let tip = Remote::fetch(&git, &self.settings.branch)?;
        let record = match &tip {
            Some(tip) if !git.run(&["ls-tree", tip, RECORD])?.is_empty() => {
                Some(git.run(&["cat-file", "blob", &format!("{tip}:{RECORD}")])?)
            }
            _ => None,
        };
        let version = tip.clone();
        self.open = Some(Open { git, tip, files: None, import: None });
        Ok(TargetState { record, version, exclusive: true })
    }

    fn foreign(&mut self) -> Result<Option<String>, Failure> {
        let files = self.open()?.files()?;
        // What hosting services want there is no other site.
        Ok(files.keys().find(|path| !matches!(path.as_str(), "CNAME" | ".nojekyll")).cloned())
    }

    fn taken(
        &mut self,
        new: &[Built],
        cleared: &BTreeSet<&str>,
        outputs: &Outputs,
    ) -> Result<Vec<OutputPath>, Failure> {
        let open = self.open()?;
        let known = open.files()?;
        let is_foreign = |path: &str| known.contains_key(path) && !cleared.contains(path);
        let is_folder = |path: &str| {
            let start = format!("{path}/");
            let mut below = known.range(start.clone()..).take_while(|(path, _)| path.starts_with(&start));
            below.any(|(path, _)| !cleared.contains(path.as_str()))
        };
        let is_blocked = |file: &&Built| file.path.folders().any(is_foreign) || is_folder(file.path.as_str());
        let mut taken: Vec<OutputPath> =
            new.iter().filter(is_blocked).map(|file| file.path.clone()).collect();
        let standing: Vec<Built> =
            new.iter().filter(|file| known.contains_key(file.path.as_str())).cloned().collect();
        if !standing.is_empty() {
            taken.extend(open.differing(&standing, outputs)?);
        }
        Ok(taken)
    }

    fn changed(&mut self, files: &[Built], outputs: &Outputs) -> Result<Vec<OutputPath>, Failure> {
        let open = self.open()?;
        let Some(tip) = &open.tip else { return Ok(Vec::new()) };
        // After a commit of ours nobody can have changed anything.
        let message = open.git.run(&["log", "-1", "--format=%B", tip])?;
        let is_ours = String::from_utf8_lossy(&message).lines().any(|line| line == import::TRAILER);
        if is_ours { Ok(Vec::new()) } else { open.differing(files, outputs) }
    }

    fn begin(&mut self) -> Result<bool, Failure> {
        let settings = self.settings.clone();
        let root = self.site.root.clone();
        let open = self.open()?;
        let has = |files: &BTreeMap<String, String>, name: &str| files.contains_key(name);
        let (has_nojekyll, has_cname) = {
            let files = open.files()?;
            (has(files, ".nojekyll"), has(files, "CNAME"))
        };
        let person = match settings.author {
            Some(person) => person,
            None => Person::of_repository(&root),
        };
        let mut import = Import::begin(&open.git, person, &settings.message)?;
        if !has_nojekyll {
            // Without it GitHub leaves out what begins with an underscore or a dot.
            import.put(".nojekyll", b"")?;
        }
        if let Some(cname) = settings.cname.filter(|_| !has_cname) {
            import.put("CNAME", format!("{cname}\n").as_bytes())?;
        }
        open.import = Some(import);
        Ok(true)
    }

    fn put(
        &mut self,
        files: &[Built],
        outputs: &Outputs,
        sent: &(dyn Fn(&Built) + Sync),
    ) -> Result<(), Failure> {
        let import = self.open()?.import.as_mut();
        let import = import.ok_or_else(|| Failure::new(Reason::Target, "no commit was begun"))?;
        for file in files {
            import.put_file(file, outputs)?;
            sent(file);
        }
        Ok(())
    }

    fn remove(&mut self, paths: &[OutputPath]) -> Result<(), Failure> {
        let import = self.open()?.import.as_mut();
        let import = import.ok_or_else(|| Failure::new(Reason::Target, "no commit was begun"))?;
        for path in paths {
            import.remove(path.as_str());
        }
        Ok(())
    }

    fn record(&mut self, text: &str, expected: &Version) -> Result<Version, Failure> {
        let (branch, force) = (self.settings.branch.clone(), self.settings.force);
        let open = self.open()?;
        if open.tip != *expected {
            return Err(Failure::conflict());
        }
        let Some(mut import) = open.import.take() else { return Ok(open.tip.clone()) };
        import.put(RECORD, text.as_bytes())?;
        let commit = import.finish(&open.git, open.tip.as_deref(), force)?;
        Remote::push(&open.git, &commit, &branch, open.tip.as_deref(), force)?;
        open.tip = Some(commit);
        Ok(open.tip.clone())
    }
}
