//! Programmes as they are imported into a site, and imported again.

mod again;
mod formats;
mod hostile;

use crate::{EventOptions, EventSite, Existing, Import, ImportRecord, Report, SourceFile, Step, plan};
use ssg_source::{Diagnostics, SitePath};
use std::collections::BTreeMap;

type Reader = fn(&[SourceFile], &EventOptions<'_>, &mut Diagnostics) -> Import;

/// A site in memory.
#[derive(Default)]
struct Site {
    files: BTreeMap<SitePath, Vec<u8>>,
    record: ImportRecord,
    zone: Option<String>,
    lang: Option<String>,
    found: Diagnostics,
}

impl Site {
    fn write(&mut self, path: &str, text: &str) {
        self.files.insert(SitePath::new(path).expect("valid"), text.as_bytes().to_vec());
    }

    fn read(&self, path: &str) -> &str {
        let path = SitePath::new(path).expect("valid");
        let bytes =
            self.files.get(&path).unwrap_or_else(|| panic!("{path} is not there: {:?}", self.files.keys()));
        std::str::from_utf8(bytes).expect("text")
    }

    fn has(&self, path: &str) -> bool {
        self.files.contains_key(&SitePath::new(path).expect("valid"))
    }

    fn remove(&mut self, path: &str) {
        let path = SitePath::new(path).expect("valid");
        assert!(self.files.remove(&path).is_some(), "{path} is not there");
    }

    fn edit(&mut self, path: &str, from: &str, to: &str) {
        let text = self.read(path).to_owned();
        assert!(text.contains(from), "{text}");
        self.write(path, &text.replace(from, to));
    }

    fn below(&self, folder: &str) -> BTreeMap<SitePath, Vec<u8>> {
        let is_there = |path: &SitePath| path.parent().is_some_and(|parent| parent.as_str() == folder);
        self.files
            .iter()
            .filter(|(path, _)| is_there(path))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    }

    /// Imports into the event `one`; gives the report, and checks that doing it again does nothing.
    fn import(&mut self, read: Reader, text: &str) -> Report {
        self.import_bytes(read, text.as_bytes())
    }

    fn import_bytes(&mut self, read: Reader, bytes: &[u8]) -> Report {
        let report = self.once(read, bytes);
        let (files, record) = (self.files.clone(), self.record.clone());
        self.once(read, bytes);
        assert_eq!(self.files, files, "importing twice is importing once");
        assert_eq!(self.record, record);
        report
    }

    fn once(&mut self, read: Reader, bytes: &[u8]) -> Report {
        let index = SitePath::new("content/events/one/index.md").expect("valid");
        let site = EventSite {
            index: self.files.get(&index).map(|bytes| (index, bytes.clone())),
            talks: self.below("content/events/one/talks"),
            speakers: self.below("content/speakers"),
            record: self.record.clone(),
            zone: self.zone.clone(),
            lang: self.lang.clone(),
        };
        let ask = |_: &str| None;
        let options =
            EventOptions { event: "one".to_owned(), site, zone: None, tools: Vec::new(), ask: &ask };
        let file = SourceFile { name: "source".to_owned(), bytes: bytes.to_vec() };
        self.found = Diagnostics::new();
        let import = read(&[file], &options, &mut self.found);
        let existing = |path: &SitePath| {
            self.files.get(path).map_or(Existing::Absent, |bytes| Existing::File(bytes.clone()))
        };
        let plan = plan(&import, &self.record, &existing);
        let mut report = import.report;
        report.settle(&plan.steps);
        for planned in &plan.steps {
            if let Some(bytes) = planned.step.bytes() {
                self.files.insert(planned.path.clone(), bytes.to_vec());
            }
            if planned.step == Step::Remove {
                self.files.remove(&planned.path);
            }
        }
        self.record = plan.done;
        report
    }
}
