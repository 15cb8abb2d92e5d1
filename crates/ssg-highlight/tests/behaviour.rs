//! The frame, the lines, the names and the bounds.

mod support;

use ssg_highlight::{CodeOptions, Highlighted, Highlighter, LineRange, MAX_CODE, MAX_LINE, Note, Reason};
use support::code_of;

fn show(code: &str, options: &CodeOptions) -> Highlighted {
    Highlighter::new().highlight(code, options)
}

#[test]
fn the_frame() {
    let mut options = CodeOptions::of("yaml");
    assert_eq!(
        show("a: 1\n", &options).html,
        "<figure class=\"code\" data-lang=\"yaml\"><pre tabindex=\"0\"><code class=\"language-yaml\">\
         <span class=\"hl-key\">a</span>: <span class=\"hl-n\">1</span>\n</code></pre></figure>"
    );
    options.name = Some("a<b>.yml".to_owned());
    options.language = Some("\"><script>".to_owned());
    assert_eq!(
        show("<&>", &options).html,
        "<figure class=\"code\" data-lang=\"&quot;&gt;&lt;script&gt;\"><figcaption>a&lt;b&gt;.yml\
         </figcaption><pre tabindex=\"0\"><code class=\"language-&quot;&gt;&lt;script&gt;\">\
         &lt;&amp;&gt;</code></pre></figure>"
    );
    assert_eq!(
        show("", &CodeOptions::default()).html,
        "<figure class=\"code\"><pre tabindex=\"0\"><code></code></pre></figure>"
    );
}

#[test]
fn numbered_and_highlighted_lines() {
    let mut options = CodeOptions::of("text");
    options.first_line = 9;
    options.highlighted = vec![LineRange { first: 2, last: 900_000_000 }];
    let lines = "<span class=\"line\" data-line=\"9\">a</span>\n\
                 <span class=\"line hl\" data-line=\"10\"></span>\n\
                 <span class=\"line hl\" data-line=\"11\">b</span>";
    assert!(
        show("a\n\nb", &options)
            .html
            .contains(&format!("<pre tabindex=\"0\"><code class=\"language-text\">{lines}</code>"))
    );
    options.line_numbers = true;
    assert!(show("a\n\nb", &options).html.contains("<pre tabindex=\"0\" class=\"numbered\"><code"));
    options.first_line = u32::MAX;
    assert!(show("a\nb\n", &options).html.contains("data-line=\"4294967296\">b</span>\n</code>"));
}

#[test]
fn carriage_returns_do_not_matter() {
    let options = CodeOptions::of("bash");
    assert_eq!(show("a \\\r\n\tb\r\n", &options), show("a \\\n\tb\n", &options));
}

#[test]
fn names() {
    let highlighter = Highlighter::new();
    for known in [
        "docker",
        "dockerfile",
        "console",
        "shell-session",
        "sh",
        "shell",
        "bash",
        "zsh",
        "ssh-config",
        "text",
        "plain",
        "txt",
        "none",
        "yml",
        "yaml",
        "tf",
        "terraform",
        "hcl",
        "jenkinsfile",
        "Jenkinsfile",
        "groovy",
        "ps1",
        "powershell",
        "pp",
        "puppet",
        "nix",
        "nginx",
        "systemd",
        "ini",
        "conf",
        "toml",
        "json",
        "jsonc",
        "json5",
        "rego",
        "sql",
        "diff",
        "patch",
        "py",
        "python3",
        "rb",
        "golang",
        "Go",
        "rs",
        "js",
        "ts",
        "tsx",
        "jsx",
        "html",
        "css",
        "scss",
        "xml",
        "makefile",
        "make",
        "c",
        "cpp",
        "C++",
        "java",
        "kotlin",
        "lua",
        "perl",
        "erb",
        "haml",
        "csv",
        "proto",
        "graphql",
        "promql",
        "cue",
        "bicep",
    ] {
        assert!(highlighter.knows(known), "{known}");
        assert_eq!(highlighter.highlight("x", &CodeOptions::of(known)).note, None, "{known}");
    }
    assert!(!highlighter.knows("klingon"));
    assert!(!highlighter.knows(""));
    assert_eq!(highlighter.highlight("x", &CodeOptions::of("yalm")).note, Some(Note::UnknownLanguage));
    let languages = highlighter.languages();
    assert!(languages.is_sorted());
    assert!(languages.windows(2).all(|pair| pair[0].name != pair[1].name));
    assert!(languages.iter().any(|l| l.name == "promql" && !l.highlighted));
}

#[test]
fn long_code_and_long_lines_end_in_plain_text() {
    let line = "a: \"b\"\n";
    let long = line.repeat(MAX_CODE / line.len() + 10);
    let shown = show(&long, &CodeOptions::of("json"));
    assert_eq!(shown.note, Some(Note::GaveUp(Reason::LongCode)));
    assert_eq!(code_of(&shown.html), long);
    assert!(shown.html.contains("hl-s") && shown.html.ends_with("a: \"b\"\n</code></pre></figure>"));
    let code = format!("{line}x: {}\n{line}", "<".repeat(MAX_LINE));
    let shown = show(&code, &CodeOptions::of("yaml"));
    assert_eq!(shown.note, Some(Note::GaveUp(Reason::LongLine(2))));
    assert_eq!(code_of(&shown.html), code);
    assert_eq!(shown.html.matches("hl-key").count(), 1);
}

/// Lines on which expressions of these grammars backtrack badly. The bound is
/// on steps, so the test is that it ends, with the code whole.
#[test]
fn hostile_lines_end() {
    let highlighter = Highlighter::new();
    let mut given_up = 0;
    for (language, piece) in [
        ("ini", " "),
        ("fstab", " "),
        ("coffeescript", "$"),
        ("markdown", "`"),
        ("typst", "`"),
        ("cpp", "a::"),
        ("d", "["),
        ("scss", "begin "),
        ("swift", "*"),
        ("yaml", "a<b,"),
        ("bash", "$("),
        ("ruby", "//"),
        ("python", "((a"),
        ("javascript", "0x"),
        ("php", "f(a,"),
        ("orgmode", "["),
    ] {
        let mut line = piece.repeat(4000 / piece.len());
        line.push('\n');
        let code = line.repeat(3);
        let shown = highlighter.highlight(&code, &CodeOptions::of(language));
        assert_eq!(code_of(&shown.html), code);
        given_up += u32::from(shown.note.is_some());
        assert!(matches!(shown.note, None | Some(Note::GaveUp(Reason::Steps(_)))), "{language}");
    }
    assert!(given_up > 3, "the bound is never reached");
}

/// syntect's own parser never returns from this ordinary code.
#[test]
fn a_grammar_that_goes_round_in_circles_is_helped_out() {
    let code = "x = 1 /* a\n b */\nlet y = 2;\n";
    let shown = show(code, &CodeOptions::of("js"));
    assert_eq!(shown.note, None);
    assert!(shown.html.contains("<span class=\"hl-c\">/* a</span>\n <span class=\"hl-c\">b */</span>"));
    assert!(shown.html.contains("<span class=\"hl-kt\">let</span>"));
}

#[test]
fn one_serves_many_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Highlighter>();
    let highlighter = Highlighter::new();
    let expected = highlighter.highlight("a = [1]\n", &CodeOptions::of("ruby"));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                assert_eq!(highlighter.highlight("a = [1]\n", &CodeOptions::of("ruby")), expected);
            });
        }
    });
}
