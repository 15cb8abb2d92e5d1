//! Every question about any text at any place has an answer, and every edit stays within its text.

use super::*;
use crate::overlay::Texts;
use crate::site::{Compiler, Place};
use std::sync::atomic::AtomicU64;

const FILES: &[(&str, &str)] = &[
    ("ssg.toml", "title = \"Case\"\nbase_url = \"https://case.example\"\ntheme.name = \"plain\"\n"),
    ("themes/plain/theme.toml", "name = \"plain\"\n"),
    ("themes/plain/templates/base.html", "x"),
    ("themes/plain/templates/page.html", "{{ page.content | safe }}"),
    ("themes/plain/templates/section.html", "x"),
    (
        "content/posts/a.md",
        "---\ntitle: A\ndate: 2016-06-01\ntools: [Chef, Git]\nspeakers: [Ann Bell]\n---\n## Part\n",
    ),
    ("content/tools/chef.md", "---\ntitle: Chef\n---\n"),
    ("content/events/2016-ghent/index.md", "---\ntitle: Ghent\nevent:\n  start: 2016-05-26\n---\n"),
];

const PARTS: &[&str] = &[
    "---\n",
    "+++\n",
    "tools",
    "events",
    "speakers",
    "title",
    "event",
    ": ",
    " = ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\"",
    "'",
    "\n",
    "  - ",
    "#",
    "\u{1f680}",
    "é",
    "[x](",
    "@/posts/a.md",
    "#part",
    ")",
    "{{ ",
    "aside",
    "(",
    "Chef",
    "Ann Bell",
    "2016-ghent",
    "date: 2016-06-01\n",
];

#[test]
fn every_question_about_any_text_is_answered() {
    let site = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES {
        let file = site.path().join(name);
        std::fs::create_dir_all(file.parent().expect("below the site")).expect("made");
        std::fs::write(file, text).expect("written");
    }
    let root = site.path().canonicalize().expect("it exists");
    let config = SitePath::new("ssg.toml").expect("valid");
    let place = Place { root: root.clone(), config: config.clone(), version: "0.1.0".to_owned() };
    let compiled = Compiler::new(place).compile(&Texts::new(), None, 0, &AtomicU64::new(0)).expect("opened");
    let known = compiled.known.expect("it has no errors");
    let mut seed = 5_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below
    };
    let (mut told, mut offered) = (0, 0);
    for round in 0..600 {
        let name = ["content/posts/a.md", "ssg.toml", "themes/plain/theme.toml"][round % 3];
        let mut text = if round % 3 == 0 { PARTS[next(2)].to_owned() } else { String::new() };
        for _ in 0..next(24) {
            text.push_str(PARTS[next(PARTS.len())]);
        }
        let url = Url::from_file_path(root.join(name)).expect("absolute");
        let mut documents = Documents::new(&root);
        documents.open(url.clone(), 1, &text).expect("of the site");
        let problems = Problems::new();
        let answers = Answers {
            known: &known,
            documents: &documents,
            problems: &problems,
            config: &config,
            takes_versions: true,
        };
        let text = Text::new(&text);
        for _ in 0..12 {
            let at = text.position(next(text.as_str().len() + 2));
            let at = TextDocumentPositionParams::new(lsp_types::TextDocumentIdentifier::new(url.clone()), at);
            told += usize::from(answers.hover(&at).is_some());
            let _ = (answers.definition(&at), answers.references(&at, true), answers.prepare_rename(&at));
            for item in answers.completion(&at).map(|list| list.items).unwrap_or_default() {
                offered += 1;
                let Some(lsp_types::CompletionTextEdit::Edit(edit)) = item.text_edit else {
                    panic!("an edit")
                };
                let span = text.span(edit.range);
                let cursor = text.offset(at.position);
                assert!(
                    (span.range().start..=span.range().end).contains(&cursor),
                    "{:?} {at:?}",
                    text.as_str()
                );
                assert_eq!(edit.range.start.line, edit.range.end.line, "{:?} {at:?}", text.as_str());
            }
            if let Ok(edit) = answers.rename(&at, "Chef \"Infra\"") {
                assert!(edit.document_changes.is_some());
            }
        }
    }
    assert!(told > 30 && offered > 1000, "there is something to tell: {told} {offered}");
}
