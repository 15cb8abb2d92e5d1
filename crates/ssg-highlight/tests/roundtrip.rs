//! Whatever the text and the language, the code comes back out of the HTML, and
//! no span is empty, nested wrongly or goes on past its line.

#![expect(clippy::disallowed_types, reason = "all tests share one highlighter")]

mod support;

use proptest::prelude::*;
use ssg_highlight::{CLASSES, CodeOptions, Highlighter, LineRange, Note, Reason};
use std::sync::LazyLock;
use support::code_of;

static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(Highlighter::new);

/// Text like code: words, signs and blanks that grammars know.
fn code() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        4 => "[a-zA-Z_][a-z0-9_]{0,6}",
        2 => "[0-9.xe]{1,4}",
        4 => r#"[-+*/%=<>!?:;,.@#$^&|~`(){}\[\]"'\\]{1,3}"#,
        3 => "[ \t]{1,3}",
        2 => prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n"), Just("\r")].prop_map(str::to_owned),
        1 => prop_oneof![
            Just("<<EOF\n"), Just("\"\"\""), Just("${"), Just("#{"), Just("<!--"), Just("/*"), Just("*/"),
            Just("<?php"), Just("<%="), Just("%>"), Just("---\n"), Just("- a: "), Just("ä€😀"), Just("\0"),
            Just("&amp;"), Just("if "), Just("def "), Just("function "), Just("end\n"), Just("\u{feff}"),
        ].prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

fn check(language: &str, code: &str, options: &CodeOptions) -> Result<(), TestCaseError> {
    let shown = HIGHLIGHTER.highlight(code, options);
    // Some expressions (Scala's) are exponential on noise; then the text is shown plain, and whole.
    let gave_up = matches!(shown.note, Some(Note::GaveUp(Reason::Steps(_))));
    let expected = shown.note.is_none() || gave_up;
    prop_assert!(expected, "{} {:?} {:?}", language, code, shown.note);
    prop_assert_eq!(code_of(&shown.html), code.replace("\r\n", "\n"), "{}", language);
    prop_assert_eq!(&HIGHLIGHTER.highlight(code, options), &shown, "the same again");
    let inner = &shown.html[shown.html.find("<pre").expect("pre")..];
    for line in inner.split('\n') {
        let opened = line.matches("<span").count();
        prop_assert_eq!(opened, line.matches("</span>").count(), "{} {:?}", language, line);
        prop_assert!(!line.contains("\"></span>") || options.line_numbers, "{}", line);
        for class in line.split("class=\"hl-").skip(1).filter_map(|rest| rest.split('"').next()) {
            prop_assert!(CLASSES.iter().any(|known| known.0[3..] == *class), "{}", class);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn every_language(code in code(), numbers: bool, first in 1u32..5) {
        for language in HIGHLIGHTER.languages() {
            let mut options = CodeOptions::of(&language.name);
            options.line_numbers = numbers;
            options.highlighted = vec![LineRange { first, last: first + 1 }];
            if !numbers {
                options.highlighted.clear();
            }
            check(&language.name, &code, &options)?;
        }
    }
}
