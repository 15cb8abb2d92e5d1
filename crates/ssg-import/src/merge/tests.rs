use super::*;
use std::collections::BTreeMap;

type Files = BTreeMap<SitePath, Vec<u8>>;

fn path(name: &str) -> SitePath {
    SitePath::new(name).expect("valid")
}

fn import(files: &[(&str, &str)]) -> Import {
    let files = files
        .iter()
        .map(|(name, text)| ImportedFile::whole(path(name), text.as_bytes().to_vec(), "s"))
        .collect();
    Import { files, covers: BTreeSet::from(["s".to_owned()]), ..Import::default() }
}

/// Plans and writes; gives the steps.
fn run(import: &Import, record: &mut ImportRecord, files: &mut Files) -> Vec<Step> {
    let existing =
        |path: &SitePath| files.get(path).map_or(Existing::Absent, |bytes| Existing::File(bytes.clone()));
    let plan = plan(import, record, &existing);
    for planned in &plan.steps {
        if let Some(bytes) = planned.step.bytes() {
            files.insert(planned.path.clone(), bytes.to_vec());
        }
        if planned.step == Step::Remove {
            files.remove(&planned.path);
        }
    }
    *record = plan.done;
    plan.steps.into_iter().map(|planned| planned.step).collect()
}

const ONE: &str = "+++\ntitle = \"A\"\n+++\n\nbody\n";

#[test]
fn importing_twice_is_importing_once() {
    let (mut record, mut files) = Default::default();
    assert!(matches!(run(&import(&[("a.md", ONE)]), &mut record, &mut files)[..], [Step::New(_)]));
    let (first, written) = (record.clone(), files.clone());
    assert_eq!(run(&import(&[("a.md", ONE)]), &mut record, &mut files), [Step::Same]);
    assert_eq!((first, written), (record.clone(), files.clone()));
    files.insert(path("a.md"), ONE.replace('\n', "\r\n").into_bytes());
    assert_eq!(run(&import(&[("a.md", ONE)]), &mut record, &mut files), [Step::Same]);
    let new = ONE.replace("body", "text");
    assert!(matches!(run(&import(&[("a.md", &new)]), &mut record, &mut files)[..], [Step::Update(_)]));
}

#[test]
fn what_a_person_touched_is_kept_and_the_change_is_named() {
    let (mut record, mut files) = Default::default();
    run(&import(&[("a.md", ONE)]), &mut record, &mut files);
    let mine = ONE.replace("body", "my body").into_bytes();
    files.insert(path("a.md"), mine.clone());
    let new = import(&[("a.md", &ONE.replace("\"A\"", "\"B\""))]);
    for _ in 0..2 {
        let steps = run(&new, &mut record, &mut files);
        assert_eq!(steps, [Step::Kept("a person edited it; the source has changed: title".to_owned())]);
        assert_eq!(files[&path("a.md")], mine);
    }
    let unknown = run(&new, &mut ImportRecord::default(), &mut files);
    assert_eq!(unknown, [Step::Kept("a person wrote it".to_owned())]);
}

#[test]
fn what_a_person_removed_stays_away() {
    let (mut record, mut files) = Default::default();
    run(&import(&[("a.md", ONE)]), &mut record, &mut files);
    files.clear();
    assert!(matches!(run(&import(&[("a.md", ONE)]), &mut record, &mut files)[..], [Step::Kept(_)]));
    assert!(files.is_empty());
}

#[test]
fn one_path_is_written_once() {
    let (mut record, mut files) = Default::default();
    let steps = run(&import(&[("a.md", ONE), ("a.md", "other")]), &mut record, &mut files);
    assert!(matches!(steps[..], [Step::New(_), Step::Kept(_)]));
    assert_eq!(files[&path("a.md")], ONE.as_bytes());
}

#[test]
fn what_left_the_source_is_told_and_what_is_withheld_is_removed() {
    let (mut record, mut files) = Default::default();
    run(&import(&[("a.md", ONE), ("b.md", ONE), ("c.md", ONE)]), &mut record, &mut files);
    files.insert(path("c.md"), b"mine".to_vec());
    let mut next = import(&[]);
    next.withheld = BTreeSet::from([path("b.md"), path("c.md")]);
    let steps = run(&next, &mut record, &mut files);
    assert!(matches!(steps[..], [Step::Gone, Step::Remove, Step::Kept(_)]), "{steps:?}");
    assert_eq!(files.len(), 2);
    // Another part of the source says nothing of it.
    next.covers.clear();
    next.withheld.clear();
    assert!(run(&next, &mut record, &mut files).is_empty());
}

#[test]
fn what_cannot_be_read_is_kept() {
    let plan = plan(&import(&[("a.md", ONE)]), &ImportRecord::default(), &|_| {
        Existing::Unreadable("a folder".to_owned())
    });
    assert!(matches!(plan.steps[0].step, Step::Kept(_)));
}

#[test]
fn an_import_that_was_cut_short_goes_on() {
    let (mut record, mut files) = Default::default();
    run(&import(&[("a.md", ONE)]), &mut record, &mut files);
    let next = import(&[("a.md", &ONE.replace("body", "text")), ("b.md", ONE)]);
    let existing =
        |path: &SitePath| files.get(path).map_or(Existing::Absent, |bytes| Existing::File(bytes.clone()));
    // Killed after the first record, before any file.
    let mut cut = plan(&next, &record, &existing).begin;
    // The source has moved on meanwhile.
    let last = import(&[("a.md", &ONE.replace("body", "last")), ("b.md", "other")]);
    assert!(matches!(run(&last, &mut cut, &mut files)[..], [Step::Update(_), Step::New(_)]));
    assert!(!cut.unfinished);
}
