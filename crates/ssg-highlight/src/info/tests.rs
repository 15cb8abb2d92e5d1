//! Info strings of the tools whose posts are imported.

use super::*;

fn lines(ranges: &[(u32, u32)]) -> Vec<LineRange> {
    ranges.iter().map(|(first, last)| LineRange { first: *first, last: *last }).collect()
}

fn clean(info: &str) -> CodeOptions {
    let found = parse_info_string(info);
    assert_eq!(found.problems, [], "{info}");
    found.options
}

fn yaml() -> CodeOptions {
    CodeOptions::of("yaml")
}

#[test]
fn zola() {
    assert_eq!(clean(""), CodeOptions::default());
    assert_eq!(clean("yaml"), yaml());
    assert_eq!(
        clean("yaml,linenos,linenostart=5,hl_lines=2-3 7,name=play book.yml"),
        CodeOptions {
            line_numbers: true,
            first_line: 5,
            highlighted: lines(&[(2, 3), (7, 7)]),
            name: Some("play book.yml".to_owned()),
            ..yaml()
        }
    );
    assert_eq!(clean("yaml, linenos , hl_lines=4").highlighted, lines(&[(4, 4)]));
}

#[test]
fn hugo() {
    assert!(clean("yaml {linenos=true}").line_numbers);
    assert!(!clean("yaml {linenos=false}").line_numbers);
    let options = clean("yaml {linenos=table,hl_lines=[8,\"15-17\"],linenostart=199}");
    assert_eq!(options.highlighted, lines(&[(8, 8), (15, 17)]));
    assert_eq!((options.line_numbers, options.first_line), (true, 199));
    assert_eq!(clean("yaml {hl_lines=[\"2-3\"] style=monokai}").highlighted, lines(&[(2, 3)]));
}

#[test]
fn others() {
    let named = CodeOptions { name: Some("x.yml".to_owned()), ..yaml() };
    assert_eq!(clean("yaml title=\"x.yml\""), named);
    assert_eq!(clean("yaml:x.yml"), named);
    assert_eq!(clean("yaml filename=x.yml"), named);
    assert_eq!(clean("title='x.yml'").name.as_deref(), Some("x.yml"));
    let docusaurus = clean("yaml {1,4-6} title=\"a b\" showLineNumbers");
    assert_eq!(docusaurus.highlighted, lines(&[(1, 1), (4, 6)]));
    assert_eq!(docusaurus.name.as_deref(), Some("a b"));
    assert!(docusaurus.line_numbers);
    let pandoc = clean("{.yaml .numberLines startFrom=\"7\" #id}");
    assert_eq!((pandoc.language.as_deref(), pandoc.first_line), (Some("yaml"), 7));
    assert!(pandoc.line_numbers);
    assert_eq!(clean("rust,no_run").language.as_deref(), Some("rust"));
    assert_eq!(clean("yaml hl_lines=2-3,7 linenos").highlighted, lines(&[(2, 3), (7, 7)]));
}

#[test]
fn titles_and_links_of_octopress() {
    let full = clean("ruby Discover if a number is prime http://example.net/?a=b source code linenos:false");
    assert_eq!(full.name.as_deref(), Some("Discover if a number is prime"));
    let link = full.link.expect("a link");
    assert_eq!((link.url.as_str(), link.text.as_str()), ("http://example.net/?a=b", "source code"));
    let marked = clean("bash deploy.sh start:7 mark:2-3");
    assert_eq!(marked.name.as_deref(), Some("deploy.sh"));
    assert_eq!((marked.first_line, marked.highlighted), (7, lines(&[(2, 3)])));
    assert_eq!(clean("ruby https://example.net/x").link.expect("a link").text, "link");
    assert_eq!(parse_info_string("rust lineos").problems.len(), 1);
    assert_eq!(parse_info_string("yaml,linenoes name=x").options.name.as_deref(), Some("x"));
}

#[test]
fn problems_are_placed() {
    let info = "yaml,linenoes,hl_lines=x,linenostart=-1,linenos=maybe,name";
    let found = parse_info_string(info);
    let places: Vec<&str> = found.problems.iter().map(|p| &info[p.range.clone()]).collect();
    assert_eq!(places, ["linenoes", "x", "-1", "maybe", "name"]);
    assert_eq!(found.problems[0].kind.to_string(), "unknown code option `linenoes`");
    assert_eq!(found.options.language.as_deref(), Some("yaml"));
    let ranges = parse_info_string("yaml,hl_lines=0");
    assert_eq!(ranges.problems.len(), 1);
}

#[test]
fn large_numbers_are_harmless() {
    let options = clean("yaml,hl_lines=1-900000000 3-99999999999999999999,linenostart=4294967299");
    assert_eq!(options.highlighted, lines(&[(1, 900_000_000), (3, u32::MAX)]));
    assert_eq!(options.first_line, u32::MAX);
}

proptest::proptest! {
    #[test]
    fn anything_is_read(info in r#"[a-z={}\[\]"', .:;0-9äß\t-]{0,60}"#) {
        for problem in parse_info_string(&info).problems {
            proptest::prop_assert!(info.get(problem.range).is_some());
        }
    }
}
