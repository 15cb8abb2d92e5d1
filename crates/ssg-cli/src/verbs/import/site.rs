//! The site that is imported into: what is there, and how files get there.

use crate::args::Globals;
use ssg_build::files;
use ssg_import::{EventSite, Existing, ImportRecord, Plan, Step};
use ssg_parse::{Format, Value, read_toml, read_yaml, split_header};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, codes, decode};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder of a site.
pub struct ImportSite {
    /// Absolute, without links.
    root: PathBuf,
}

impl ImportSite {
    /// # Errors
    /// When there is no such folder.
    pub fn open(root: &Path) -> Result<Self, Diagnostics> {
        match root.canonicalize() {
            Ok(root) if root.is_dir() => Ok(Self { root }),
            _ => {
                let message = format!("there is no folder `{}`", ssg_source::shown(root));
                let mut found = Diagnostics::new();
                found.add(Diagnostic::error(codes::IMPORT, message).class(Class::Usage));
                Err(found)
            }
        }
    }

    /// The record of imports; `None`, with an error, when it cannot be read.
    pub fn record(&self, found: &mut Diagnostics) -> Option<ImportRecord> {
        match std::fs::read_to_string(self.root.join(ImportRecord::PATH)) {
            Ok(text) => ImportRecord::read(&text, found),
            Err(error) if error.kind() == ErrorKind::NotFound => Some(ImportRecord::default()),
            Err(error) => {
                let message = format!("cannot read `{}`: {error}", ImportRecord::PATH);
                found.add(Diagnostic::error(codes::IMPORT_RECORD, message).class(Class::Machine));
                None
            }
        }
    }

    /// What stands at a path.
    pub fn existing(&self, path: &SitePath) -> Existing {
        let file = self.root.join(path.as_str());
        match std::fs::symlink_metadata(&file) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Existing::Absent
            }
            Err(error) => Existing::Unreadable(error.to_string()),
            Ok(data) if !data.is_file() => Existing::Unreadable("it is no regular file".to_owned()),
            Ok(_) => match std::fs::read(&file) {
                Ok(bytes) => Existing::File(bytes),
                Err(error) => Existing::Unreadable(error.to_string()),
            },
        }
    }

    /// What the site has of an event, and of people.
    pub fn event(&self, id: &str, record: ImportRecord, globals: &Globals) -> EventSite {
        let index = [format!("content/events/{id}/index.md"), format!("content/events/{id}.md")]
            .into_iter()
            .find_map(|path| {
                let path = SitePath::new(&path).ok()?;
                match self.existing(&path) {
                    Existing::File(bytes) => Some((path, bytes)),
                    _ => None,
                }
            });
        let config = &globals.config;
        let config = std::fs::read_to_string(self.root.join(config)).unwrap_or_default();
        let config = read_toml(&config, 0, &mut Diagnostics::new()).value;
        let text = |key: &str| config.get(key).and_then(|node| node.value.as_str()).map(str::to_owned);
        EventSite {
            index,
            talks: self.pages(&format!("content/events/{id}/talks")),
            speakers: self.pages("content/speakers"),
            record,
            zone: text("timezone"),
            lang: text("lang"),
        }
    }

    /// The pages in a folder, without translations and hidden files.
    fn pages(&self, folder: &str) -> BTreeMap<SitePath, Vec<u8>> {
        let Ok(entries) = std::fs::read_dir(self.root.join(folder)) else { return BTreeMap::new() };
        entries
            .filter_map(|entry| {
                let name = entry.ok()?.file_name().into_string().ok()?;
                let stem = name.strip_suffix(".md")?;
                let is_page = !stem.contains('.') && !stem.starts_with(['_', '.']);
                let path = SitePath::new(&format!("{folder}/{name}")).ok().filter(|_| is_page)?;
                match self.existing(&path) {
                    Existing::File(bytes) => Some((path, bytes)),
                    _ => None,
                }
            })
            .collect()
    }

    /// Names and aliases of the site's tools that have a page.
    pub fn tools(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.root.join("content/tools")) else { return Vec::new() };
        let mut tools: Vec<String> = folder
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_file() && path.extension().is_some_and(|end| end == "md"))
            .filter(|path| path.file_stem().is_some_and(|stem| stem != "_index"))
            .flat_map(|path| {
                let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                let names = std::fs::read(&path).ok().map(|bytes| names_in(&bytes)).unwrap_or_default();
                names.into_iter().chain(stem)
            })
            .collect();
        tools.sort();
        tools.dedup();
        tools
    }

    /// Writes what the plan says, with the record before and after; gives how many files, and adds those that are there
    /// now to `files`.
    pub fn write(
        &self,
        plan: &Plan,
        before: &ImportRecord,
        files: &mut Vec<SitePath>,
        found: &mut Diagnostics,
    ) -> usize {
        let changes =
            plan.steps.iter().any(|planned| planned.step.bytes().is_some() || planned.step == Step::Remove);
        if changes && let Err(problem) = self.write_record(&plan.begin) {
            found.add(problem);
            return 0;
        }
        let mut written = 0;
        for planned in &plan.steps {
            let done = match &planned.step {
                Step::New(bytes) | Step::Update(bytes) => self.put(&planned.path, bytes),
                Step::Remove => self.remove(&planned.path),
                Step::Same | Step::Kept(_) | Step::Gone => continue,
            };
            match done {
                Ok(()) => {
                    written += 1;
                    if planned.step.bytes().is_some() {
                        files.push(planned.path.clone());
                    }
                }
                Err(problem) => found.add(problem),
            }
        }
        // Where a file could not be written the import is not done, and the next one goes on.
        if !found.iter().any(|one| one.class == Class::Machine || one.class == Class::Policy)
            && (changes || plan.done != *before)
            && let Err(problem) = self.write_record(&plan.done)
        {
            found.add(problem);
        }
        written
    }

    fn write_record(&self, record: &ImportRecord) -> Result<(), Diagnostic> {
        let path = SitePath::new(ImportRecord::PATH).unwrap_or_default();
        self.put(&path, record.to_text().as_bytes())
    }

    /// Writes a file, with its folders; one that is there is replaced at once or not at all.
    fn put(&self, path: &SitePath, bytes: &[u8]) -> Result<(), Diagnostic> {
        let failed = failed(path, "write");
        let target = files::place(&self.root, path)?;
        target.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(&failed)?;
        files::put(&target, bytes).map_err(&failed)
    }

    fn remove(&self, path: &SitePath) -> Result<(), Diagnostic> {
        std::fs::remove_file(files::place(&self.root, path)?).map_err(failed(path, "remove"))
    }
}

fn failed(path: &SitePath, what: &'static str) -> impl Fn(std::io::Error) -> Diagnostic {
    move |error| {
        Diagnostic::error(codes::OUTPUT_IO, format!("cannot {what} `{path}`: {error}")).class(Class::Machine)
    }
}

/// The title and the aliases of a page of a tool.
fn names_in(bytes: &[u8]) -> Vec<String> {
    let Ok(text) = decode(bytes) else { return Vec::new() };
    // What is wrong with the page is for a build to say.
    let mut found = Diagnostics::new();
    let header = split_header(&text, &mut found);
    let front = header.front.slice(&text);
    let value = match header.format {
        Some(Format::Toml) => Some(read_toml(front, 0, &mut found).value),
        Some(Format::Yaml | Format::Json) => {
            read_yaml(&header.readable(front), 0, &mut found).map(|node| node.value)
        }
        None => None,
    };
    let Some(value) = value else { return Vec::new() };
    let mut names: Vec<String> =
        value.get("title").and_then(|node| node.value.as_str()).map(str::to_owned).into_iter().collect();
    if let Some(Value::List(aliases)) = value.get("aliases").map(|node| &node.value) {
        names.extend(aliases.iter().filter_map(|node| node.value.as_str()).map(str::to_owned));
    }
    names.retain(|name| !name.starts_with('/'));
    names
}
