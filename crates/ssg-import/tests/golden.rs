//! Each folder of `fixtures/` is a text with what becomes of it. `SSG_BLESS=1` rewrites the
//! expectations; read the diff before it is committed.

#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

use ssg_import::{TextOptions, import_text};
use ssg_source::Diagnostics;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn fixtures_become_what_is_expected() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut folders: Vec<_> =
        fs::read_dir(&fixtures).expect("fixtures").map(|entry| entry.expect("listed").path()).collect();
    folders.sort();
    assert!(folders.len() >= 4);
    for folder in folders {
        let bytes = fs::read(folder.join("input.txt")).expect("read");
        let mut found = Diagnostics::new();
        let import = import_text("input.txt", &bytes, &TextOptions::default(), &mut found);
        assert!(found.is_empty(), "{found:?}");
        let mut actual = BTreeMap::from([("report.txt".to_owned(), import.report.to_string())]);
        for post in import.posts {
            actual.insert(post.path.file_name().to_owned(), post.text);
        }
        let expected = folder.join("expected");
        if std::env::var_os("SSG_BLESS").is_some() {
            let _ = fs::remove_dir_all(&expected);
            fs::create_dir(&expected).expect("made");
            for (name, text) in &actual {
                fs::write(expected.join(name), text).expect("written");
            }
        }
        let names: Vec<_> = fs::read_dir(&expected)
            .expect("expectations: run with SSG_BLESS=1")
            .map(|entry| entry.expect("listed").file_name().into_string().expect("UTF-8"))
            .collect();
        assert_eq!(names.len(), actual.len(), "{}: {names:?}", folder.display());
        for (name, text) in actual {
            let wanted = fs::read_to_string(expected.join(&name)).unwrap_or_default().replace("\r\n", "\n");
            assert_eq!(text, wanted, "{}/{name}", folder.display());
        }
    }
}
