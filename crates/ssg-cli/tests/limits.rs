//! What a template, a data file or a source may try against memory, the stack and files outside the
//! site: each ends with an error at its place, in little room. `docs/src/limits.md` lists the limits.

#[path = "shared/small_site.rs"]
mod small_site;

use small_site::small_site;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Address space in KiB: 1.5 GiB, of which threads take a part without using it.
const ROOM: &str = "1572864";

fn ssg(site: &Path, arguments: &str) -> Output {
    Command::new("sh")
        .args(["-c", &format!("ulimit -v {ROOM} 2>/dev/null; exec \"$0\" {arguments}")])
        .arg(env!("CARGO_BIN_EXE_ssg"))
        .current_dir(site)
        .output()
        .expect("the program runs")
}

#[track_caller]
fn ends(files: &[(&str, &str)], status: i32, says: &str, place: &str) {
    let site = small_site(files);
    let output = ssg(site.path(), "build --date 2026-11-28");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{said}");
    assert!(said.contains(says), "{said}");
    assert!(said.contains(place), "{said}");
}

#[track_caller]
fn template_ends(body: &str, says: &str) {
    ends(&[("templates/page.html", body)], 1, says, "templates/page.html:");
}

const WORK: &str = "too much work";
const MEMORY: &str = "too much in memory";
const OUTPUT: &str = "too much output";
/// A text of 1 MiB in `s`.
const LONG: &str = "{% set_global s = \"0123456789abcdef\" %}{% for i in range(end=16) %}{% set_global s = s ~ s %}{% endfor %}\n";

#[test]
fn tags_that_stand_in_each_other() {
    for (tag, end) in [
        ("{% elif false %}x", ""),
        ("{% if true %}", "{% endif %}"),
        ("{% for x in [1] %}", "{% endfor %}"),
        ("{% set x %}", "{% endset %}"),
        ("{% <c> %}", "{% </c> %}"),
    ] {
        let body = format!("{{% if false %}}{}{}{{% endif %}}", tag.repeat(5000), end.repeat(5000));
        template_ends(&body, "more than 128 deep");
    }
    let site = small_site(&[(
        "templates/page.html",
        &format!("{{% if false %}}{}{{% endif %}}", "{% elif true %}".repeat(100)),
    )]);
    assert_eq!(ssg(site.path(), "build").status.code(), Some(0), "a hundred are not too many");
}

#[test]
fn expressions_that_stand_in_each_other() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{\"a\":", "}"), ("not ", ""), ("1 if false else ", "")] {
        let body = format!("{{{{ {}1{} }}}}", open.repeat(20_000), close.repeat(20_000));
        let outcome = small_site(&[("templates/page.html", &body)]);
        assert_eq!(ssg(outcome.path(), "build").status.code(), Some(1), "{open}");
    }
}

#[test]
fn shared_values() {
    let list = |times: usize| format!("{{% set a = [1, 2] %}}{}", "{% set a = [a, a] %}".repeat(times));
    template_ends(&format!("{}{{{{ a }}}}", list(40)), WORK);
    let tables = "{% set a = {\"l\": a, \"r\": a} %}".repeat(40);
    template_ends(&format!("{{% set a = 1 %}}{tables}"), WORK);
    template_ends(&format!("{}{{% set b = a ~ a ~ a ~ a %}}", list(22)), MEMORY);
    template_ends(
        &format!("{}{{{{ a | str }}}}{{{{ a | json }}}}{{{{ [a] | join(sep=\"\") }}}}", list(20)),
        MEMORY,
    );
    template_ends(&format!("{}{}", list(17), "{{ a }}".repeat(100)), OUTPUT);
    template_ends(&format!("{}{{% set x %}}{}{{% endset %}}", list(17), "{{ a }}".repeat(100)), OUTPUT);
    let compared = "{% for i in range(end=100000) %}{% if a == b %}x{% endif %}{% endfor %}";
    template_ends(&format!("{}{{% set b = a %}}{}{compared}", list(15), list(15)), WORK);
}

#[test]
fn values_nested_too_deep() {
    for (start, next) in [
        ("[1]", "[a]"),
        ("[1]", "{\"x\": a}"),
        ("[1]", "[a for x in [1]]"),
        ("[{\"k\": 1}]", "a | group_by(attribute=\"k\")"),
    ] {
        let body = format!(
            "{{% set_global a = {start} %}}{{% for i in range(end=100000) %}}{{% set_global a = {next} %}}{{% endfor %}}"
        );
        template_ends(&body, "nested too deep");
    }
}

#[test]
fn statements_in_loops() {
    let often = |times: usize, body: &str| format!("{{% for a in range(end={times}) %}}{body}{{% endfor %}}");
    let ifs = "{% if a %}{% endif %}".repeat(2000);
    template_ends(&often(10_000, &ifs), WORK);
    template_ends(&often(6_000, &"{% set x = a %}".repeat(2000)), WORK);
    let filters = " | abs".repeat(100);
    let list = format!("{{% set x = [b{filters} for b in range(end=100000)] | length %}}");
    template_ends(&often(20, &list), WORK);
    let component = format!("{{% component c(a) %}}{ifs}{{% endcomponent c %}}");
    template_ends(&format!("{component}{}", often(10_000, "{{ <c a={a} /> }}")), WORK);
    template_ends(&often(100_000, &"{{ get_page(path=\"/p/\") | length }}".repeat(20)), WORK);
    template_ends(&often(100_000, &"{{ \"x\" | markdown }}".repeat(3)), WORK);
}

/// How each is counted that looks at a text is tested where it is put into templates. These are quick.
#[test]
fn texts_that_are_looked_at() {
    for looked_at in ["s is starting_with(pat=\"x\")", "t < s"] {
        let body = format!("{{% if {looked_at} %}}x{{% endif %}}");
        let loops = format!("{{% for i in range(end=100000) %}}{body}{{% endfor %}}");
        template_ends(&format!("{LONG}{{% set t = \"z\" %}}{loops}"), WORK);
    }
}

#[test]
fn blocks_and_components_without_end() {
    let blocks: String = (0..2000).map(|at| format!("{{% block b{at} %}}x{{% endblock %}}\n")).collect();
    ends(
        &[("templates/page.html", &blocks)],
        1,
        "more than 1000 blocks and components",
        "templates/page.html:1001:",
    );
}

#[test]
fn texts_that_functions_and_filters_write() {
    let places = format!("many = \"{}\"\n", "{n}".repeat(1000));
    for body in ["{{ t(key=\"many\", n=s) }}", "{% set x = t(key=\"many\", n=[s]) %}"] {
        let template = format!("{LONG}{body}");
        ends(
            &[("i18n/en.toml", &places), ("templates/page.html", &template)],
            1,
            MEMORY,
            "templates/page.html:",
        );
    }
    let dates = "{% set f %}{% for i in range(end=100000) %}%255Y{% endfor %}{% endset %}{{ \"2020-01-01\" | date(format=f) }}";
    template_ends(dates, "may be 1024 bytes long");
    let kept = "{% set_global l = [] %}{% for i in range(end=100000) %}{% set_global l = [...l, \"2020-01-01\" | date(format=\"%255Y%255Y%255Y%255Y\")] %}{% endfor %}";
    template_ends(kept, "too much");
}

#[test]
fn texts_that_go_into_arguments() {
    let eight = ["s"; 8].join(" ~ ");
    for call in [
        format!("{{{{ <q s={{{eight}}} /> }}}}"),
        format!("{{% set t = {eight} %}}{{{{ <q s={{t}} /> }}}}"),
        format!("{{{{ <q s={{[{eight}] | join(sep=s)}} /> }}}}"),
    ] {
        let body = format!(
            "{{% component q(s) %}}{call}{{% endcomponent q %}}{{{{ <q s=\"0123456789abcdef\" /> }}}}"
        );
        template_ends(&body, MEMORY);
    }
}

#[test]
fn long_texts_that_are_compared_again_and_again() {
    let list = format!(
        "{LONG}{{% set l = [s ~ 1, s ~ 2, s ~ 3] %}}{{% set k = [{{\"k\": s ~ 1}}, {{\"k\": s ~ 2}}] %}}"
    );
    for filter in [
        "l | sort",
        "l | unique",
        "k | sort_by(attribute=\"k\")",
        "k | group_by(attribute=\"k\")",
        "k | where(attribute=\"k\", value=s)",
    ] {
        let often = format!("{{% for i in range(end=50000) %}}{{% set u = {filter} %}}{{% endfor %}}");
        template_ends(&format!("{list}{often}"), "too much");
    }
}

#[test]
fn arguments_that_are_remembered() {
    let list = "{% set_global l = \"a,\" %}{% for i in range(end=15) %}{% set_global l = l ~ l %}{% endfor %}\
                {% set l = l | split(pat=\",\") %}";
    let pictures = "{% set u = page_pictures(path=page.path, only=l) %}";
    template_ends(&format!("{list}{pictures}"), "`only` has 32769 entries");
    let many =
        "{% for i in range(end=60) %}{% set u = get_term(taxonomy=\"tools\", name=s ~ i) %}{% endfor %}";
    template_ends(&format!("{LONG}{many}"), "too much to remember");
}

#[test]
fn messages_that_quote_without_end() {
    let site = small_site(&[("templates/page.html", &format!("{LONG}{{{{ throw(message=s) }}}}"))]);
    let output = ssg(site.path(), "build --date 2026-11-28");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.len() < 16 << 10, "{} bytes are said", output.stderr.len());
}

#[test]
fn programmes_that_are_asked_for_again_and_again() {
    let rows: String = (0..400)
        .map(|row| format!("[[event.schedule]]\ntitle = \"r{row}\"\nkind = \"social\"\nstarts = 2026-05-01T{:02}:{:02}:00\n", 8 + row / 60, row % 60))
        .collect();
    let event = format!("+++\ntitle = \"E\"\n[event]\nstart = 2026-05-01\n{rows}+++\n");
    let body = "{% for i in range(end=5000) %}{% set u = schedule(event=\"e\") %}{% endfor %}";
    ends(
        &[("templates/page.html", body), ("content/events/e/index.md", &event)],
        1,
        WORK,
        "templates/page.html:",
    );
}

#[test]
fn texts_that_are_captured() {
    for body in [
        "{% set t %}{% for i in range(end=1000) %}{{ s }}{% endfor %}{% endset %}",
        "{% filter upper %}{% for i in range(end=1000) %}{{ s | safe }}{% endfor %}{% endfilter %}",
        "{% component c(t) %}{% for i in range(end=1000) %}{{ t }}{% endfor %}{% endcomponent c %}{% set x = <c t={s} /> %}",
        "{% component c() %}{{ body }}{{ body }}{% endcomponent c %}{% <c> %}{% <c> %}{% <c> %}{% <c> %}{% <c> %}{% <c> %}{% <c> %}{% <c> %}{{ s }}{% </c> %}{% </c> %}{% </c> %}{% </c> %}{% </c> %}{% </c> %}{% </c> %}{% </c> %}",
    ] {
        template_ends(&format!("{LONG}{body}"), OUTPUT);
    }
    let text = "y".repeat(20_000);
    for body in [
        format!("{{% set x %}}{{% for i in range(end=100000) %}}{text}{{% endfor %}}{{% endset %}}"),
        format!(
            "{{% set x %}}{{% for i in range(end=100000) %}}{{% if i >= 0 %}}{text}{{% endif %}}{{% endfor %}}{{% endset %}}"
        ),
    ] {
        template_ends(&body, OUTPUT);
    }
}

#[test]
fn lists_and_texts_that_filters_make() {
    for (kept, says) in [
        ("r[0:]", "too much"),
        ("range(end=100000)", "too much"),
        ("s | upper", MEMORY),
        ("s[0:]", MEMORY),
        ("s | split(pat=\"\")", MEMORY),
        ("s | escape", MEMORY),
    ] {
        let body = format!(
            "{LONG}{{% set r = range(end=100000) %}}{{% set_global l = [] %}}{{% for i in range(end=5000) %}}{{% set_global l = [...l, {kept}] %}}{{% endfor %}}"
        );
        template_ends(&body, says);
    }
}

#[test]
fn searching_and_sorting_without_end() {
    for work in [
        "-1 in r",
        "[i] in r",
        "r is containing(pat=-1)",
        "(r | sort | first) == i",
        "(r | unique | first) == i",
    ] {
        let body = format!(
            "{{% set r = range(end=100000) %}}{{% for i in r %}}{{% if {work} %}}{{% endif %}}{{% endfor %}}"
        );
        template_ends(&body, "too much");
    }
}

#[test]
fn shortcodes_of_a_page_together() {
    let call = "\n{{ s() }}\n";
    let page = |calls: usize| format!("---\ntitle: P\n---\n{}", call.repeat(calls));
    let long = "x".repeat(1 << 20);
    let many = page(60);
    let files = [("templates/shortcodes/s.html", long.as_str()), ("content/p.md", many.as_str())];
    ends(&files, 1, "all shortcodes of a page may write 32 MiB", "templates/shortcodes/s.html:1:1");
    ends(&files, 1, "1 error", "content/p.md:");
    let few = page(1).replace("\n---\n", "\n---\nfirst\n\n") + "\n<!-- more -->\n";
    let longer = "x".repeat(2 << 20);
    let files = [("templates/shortcodes/s.html", longer.as_str()), ("content/p.md", few.as_str())];
    ends(&files, 1, "the shortcodes of this summary do too much", "content/p.md:");
}

#[test]
fn addresses_that_are_refused_without_end() {
    let template = |file: &str, list: &str| {
        format!(
            "{{% set d = load_data(path=\"data/{file}\") %}}{{% for x in d{list} %}}<a href=\"{{{{ x.u }}}}\">{{% endfor %}}"
        )
    };
    let row = |form: &dyn Fn(usize) -> String| (0..3000).map(form).collect::<String>();
    let yaml = format!("l:\n{}", row(&|n| format!("- u: \"javascript:{n}\"\n")));
    let toml = row(&|n| format!("[[l]]\nu = \"javascript:{n}\"\n"));
    let csv = format!("u\n{}", row(&|n| format!("javascript:{n}\n")));
    let page = format!("---\ntitle: P\nextra:\n  {}---\n", yaml.replace('\n', "\n  ").trim_end());
    let page = page.replace("---\n  ", "---\n").replace("\"---", "\"\n---");
    let own = "{% if page.extra %}{% for x in page.extra.l %}<a href=\"{{ x.u }}\">{% endfor %}{% endif %}";
    for (file, text, template) in [
        ("data/l.yaml", &yaml, template("l.yaml", ".l")),
        ("data/l.toml", &toml, template("l.toml", ".l")),
        ("data/l.csv", &csv, template("l.csv", "")),
        ("content/p.md", &page, own.to_owned()),
    ] {
        let site = small_site(&[(file, text), ("templates/page.html", &template)]);
        let output = ssg(site.path(), "build");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
        let told = said.matches("is no address for a page").count();
        assert!((1..=100).contains(&told), "{file}: {told}");
        assert!(said.contains(&format!("{file}:")), "{said}");
        let html = fs::read_to_string(site.path().join("public/p/index.html")).expect("written");
        assert_eq!(html.matches("<a href=\"\">").count(), 3000, "{file}");
    }
}

#[test]
fn shortcodes_in_each_other() {
    let body = |deep: usize| {
        format!("---\ntitle: P\n---\n{}x{}", "\n{% note() %}\n".repeat(deep), "\n{% end %}\n".repeat(deep))
    };
    for deep in [17, 60, 2000] {
        ends(
            &[("content/p.md", &body(deep))],
            0,
            "shortcodes stand more than 16 deep in each other; this one stays as text",
            "content/p.md:37:1",
        );
    }
    let site = small_site(&[("content/p.md", &body(16))]);
    assert_eq!(ssg(site.path(), "check --strict").status.code(), Some(0), "sixteen are not too many");
}

#[test]
fn texts_in_a_feed() {
    let long = format!("{{% for i in range(end=7) %}}{}{{% endfor %}}", "x".repeat(1 << 20));
    let config = "title = \"C\"\nbase_url = \"https://case.example\"\n[feeds]\ncontent = \"full\"\n";
    let post = "---\ntitle: A\ndate: 2020-01-01\n---\nfirst\n\n<!-- more -->\n\n{{ s() }}\n";
    let files = [
        ("ssg.toml", config),
        ("templates/shortcodes/s.html", &long),
        ("templates/post.html", "x"),
        ("content/posts/a.md", post),
        ("content/posts/b.md", post),
        ("content/posts/c.md", post),
    ];
    ends(&files, 1, "holds over 16 MiB of texts", "content/posts/");
}

#[test]
fn redirects_of_redirects() {
    let post = |number: usize| {
        let next = number + 1;
        format!(
            "+++\ntitle = \"P\"\ndate = 2020-01-01\naliases = [\"/posts/p{next}/x/\", \"/posts/p{next}/y/\"]\n+++\nx\n"
        )
    };
    let texts: Vec<(String, String)> =
        (1..=13).map(|number| (format!("content/posts/p{number}.md"), post(number))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    ends(&files, 0, "old addresses; the others are left out", "content/posts/p");
}

#[test]
fn tags_with_attributes_without_end() {
    let config = "title = \"C\"\nbase_url = \"https://case.example\"\n[markdown]\nraw_html = \"sanitize\"\n[hosting]\nheaders = true\n";
    let tag = format!("<p {}>x</p>", "b=\"\" ".repeat(160_000));
    let page = format!("# A\n\n{tag}\n");
    ends(
        &[("ssg.toml", config), ("content/p.md", &page)],
        1,
        "a tag has more than 500 attributes",
        "content/p.md",
    );
    let site = small_site(&[("ssg.toml", config), ("static/b.html", &tag)]);
    assert_eq!(ssg(site.path(), "build").status.code(), Some(0), "a file that is copied is no page");
}

#[test]
fn files_that_are_too_large() {
    let header = format!("---\ntitle: P\nextra:\n  a: {}\n---\n", "x".repeat(1 << 20));
    let comment = format!("+++\n#{}\n+++\n", "x".repeat(1 << 20));
    for text in [&header, &comment] {
        ends(&[("content/p.md", text)], 1, "1 MiB", "content/p.md:1:1");
    }
    // It has no bytes on the disk.
    for (name, status) in
        [("content/q.md", 1), ("templates/page.html", 1), ("ssg.toml", 2), ("static/q.bin", 0)]
    {
        let site = small_site(&[("static/a.txt", "a")]);
        let file = fs::File::create(site.path().join(name)).or_else(|_| {
            fs::create_dir_all(site.path().join("templates"))?;
            fs::File::create(site.path().join(name))
        });
        file.and_then(|file| file.set_len((1 << 30) + 1)).expect("written");
        let output = ssg(site.path(), "check");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{name}: {said}");
        assert!(
            status == 0 || said.contains("the file is too large to be read") && said.contains(name),
            "{said}"
        );
    }
}

#[test]
fn mistakes_in_one_file() {
    let many: String = (0..5000).map(|number| format!("k{number} = ?\n")).collect();
    let page = format!("+++\n{many}+++\n");
    for (name, text) in [("content/p.md", &page), ("ssg.toml", &many), ("i18n/en.toml", &many)] {
        let site = small_site(&[(name, text)]);
        let said = ssg(site.path(), "check").stderr;
        let said = String::from_utf8_lossy(&said);
        assert!((1..=20).contains(&said.matches("invalid TOML").count()), "{name}: {said}");
        assert!(said.contains(&format!("{name}:")), "{said}");
    }
}

#[test]
fn themes_that_extend_each_other() {
    let names: Vec<String> = (0..30).map(|level| format!("themes/t{level}/theme.toml")).collect();
    let texts: Vec<String> =
        (0..30).map(|level| format!("name = \"t{level}\"\nextends = \"t{}\"\n", level + 1)).collect();
    let config = "title = \"C\"\nbase_url = \"https://case.example\"\n[theme]\nname = \"t0\"\n";
    let mut files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.push(("ssg.toml", config));
    ends(&files, 2, "more than 16 themes extend each other", "themes/t");
}

#[test]
fn a_source_with_a_file_that_is_too_large() {
    let video = "{\"title\": \"A\", \"videos\": [], \"speakers\": [\"Ann\"]}";
    let site =
        small_site(&[("old/conf/category.json", "{\"title\": \"Conf\"}"), ("old/conf/videos/a.json", video)]);
    let large = fs::File::create(site.path().join("old/conf/videos/b.json")).expect("made");
    large.set_len((16 << 20) + 1).expect("written");
    let output = ssg(site.path(), "import pyvideo old");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the file is over 16 MiB") && said.contains("conf/videos/b.json"), "{said}");
}

#[test]
fn data_that_takes_much_memory() {
    let load = |file: &str| format!("\n{{{{ load_data(path=\"data/{file}\") | length }}}}");
    let wide = format!("a{}\n{}", ",".repeat(4999), format!("{}\n", ",".repeat(4999)).repeat(3000));
    let numbers = format!("[{}0]", "0,".repeat(15_000_000));
    let toml = format!("a = {numbers}");
    let yaml = format!("a: &a {}\nb: [{}]\n", "x".repeat(800_000), "*a, ".repeat(9000));
    for (file, text, says) in [
        ("x.csv", &wide, "data/x.csv:200:1: too many values"),
        ("x.json", &numbers, "data/x.json:1:"),
        ("x.toml", &toml, "data/x.toml:1:1: too many values"),
        ("x.yaml", &yaml, "data/x.yaml:2:"),
    ] {
        let file_name = format!("data/{file}");
        let template = load(file);
        ends(&[(&file_name, text), ("templates/page.html", &template)], 1, says, "templates/page.html:2:4");
    }
    for (file, text, says) in [
        ("x.json", "[".repeat(100_000), "recur"),
        ("x.toml", format!("a={}", "[".repeat(100_000)), "too deep"),
    ] {
        let file_name = format!("data/{file}");
        ends(
            &[(&file_name, &text), ("templates/page.html", &load(file))],
            1,
            says,
            "templates/page.html:2:4",
        );
    }
    // One page holds only so much, over all files.
    let names: Vec<String> = (0..6).map(|number| format!("data/{number}.json")).collect();
    let half = format!("[{}0]", "0,".repeat(500_000));
    let template: String = names
        .iter()
        .enumerate()
        .map(|(number, name)| format!("{{% set v{number} = load_data(path=\"{name}\") %}}\n"))
        .collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), half.as_str())).collect();
    files.push(("templates/page.html", &template));
    ends(&files, 1, "too much data", "templates/page.html:");
}

#[test]
fn names_of_templates_that_lead_out() {
    for text in [
        "{% include \"../../../etc/passwd\" %}",
        "{% include '/etc/passwd' %}",
        "{% extends \"../../x.html\" %}",
        "{% include \"theme/../../x\" %}",
    ] {
        ends(&[("templates/page.html", text)], 3, "refused", "templates/page.html:1:");
    }
    let page = "---\ntitle: P\ntemplate: ../../../etc/passwd\n---\n";
    ends(&[("content/p.md", page)], 3, "refused", "content/p.md:3:11");
    ends(&[("content/s/_index.md", page)], 3, "refused", "content/s/_index.md:3:11");
    ends(&[("content/p.md", &page.replace("../", ""))], 1, "there is no template", "content/p.md:3:11");
}

#[test]
fn an_alias_within_its_own_anchor() {
    let page = |value: &str| format!("---\ntitle: P\nextra: {value}\n---\n");
    for value in ["&a [*a]", "&a {b: *a}", "&a [1, [2, *a]]"] {
        ends(&[("content/p.md", &page(value))], 1, "an alias within what it stands for", "content/p.md:3:");
    }
}

#[test]
fn names_that_are_reserved() {
    for name in ["static/.ssg-manifest", "static/.SSG-x", "static/a/.ssg-tmp-1/b"] {
        ends(&[(name, "x")], 1, "has a reserved name", name);
    }
}

#[cfg(unix)]
#[test]
fn a_cache_that_is_a_link() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().expect("temporary folder");
    fs::write(elsewhere.path().join("build.memo"), "precious").expect("written");
    for arguments in ["build", "check", "publish --dry-run", "why /p/"] {
        let site = small_site(&[]);
        symlink(elsewhere.path(), site.path().join(".ssg-cache")).expect("linked");
        let output = ssg(site.path(), arguments);
        assert_ne!(output.status.code(), Some(0), "{arguments}");
        assert_eq!(fs::read_to_string(elsewhere.path().join("build.memo")).expect("there"), "precious");
        assert_eq!(fs::read_dir(elsewhere.path()).expect("there").count(), 1, "{arguments}");
    }
    let first = small_site(&[]);
    assert_eq!(ssg(first.path(), "build").status.code(), Some(0));
    let second = small_site(&[]);
    symlink(first.path().join(".ssg-cache"), second.path().join(".ssg-cache")).expect("linked");
    assert_eq!(ssg(second.path(), "build").status.code(), Some(0), "it leads to a cache of ours");
    let third = small_site(&[]);
    symlink("nowhere", third.path().join(".ssg-cache")).expect("linked");
    assert_eq!(ssg(third.path(), "build").status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_names_with_control_characters() {
    use std::os::unix::fs::symlink;
    let site = small_site(&[
        ("content/posts/a.md", "---\ntitle: A\ndate: 2020-01-01\n---\n"),
        ("static/a.txt", "a"),
    ]);
    for link in ["content/l", "content/posts/l.md", "static/l"] {
        let at = site.path().join(link);
        symlink(at.file_name().expect("a name"), &at).expect("linked");
    }
    symlink("m2", site.path().join("content/m1")).expect("linked");
    symlink("m1", site.path().join("content/m2")).expect("linked");
    fs::write(site.path().join("content/a\nerror: b\x1b[31m.md"), "x").expect("written");
    let output = ssg(site.path(), "build -v");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(said.matches("leads round in a circle").count(), 5, "{said}");
    assert!(said.contains("a\\nerror: b\\u{1b}[31m.md"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_source_without_end() {
    let site = small_site(&[]);
    std::os::unix::fs::symlink("/dev/zero", site.path().join("z.txt")).expect("linked");
    let output = ssg(site.path(), "import text z.txt");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("has no end"), "{said}");
}

/// A pipe would be waited for, and a device has no end.
#[cfg(target_os = "linux")]
#[test]
fn pipes_and_devices() {
    use std::os::unix::fs::symlink;
    for folder in ["content", "static", "templates", "data", "i18n", "assets", "content/bundle"] {
        let site = small_site(&[
            ("content/bundle/index.md", "---\ntitle: B\n---\n![x](pipe.png)\n"),
            ("templates/page.html", "{{ load_data(path=\"data/pipe.toml\", required=false) }}"),
        ]);
        let folder = site.path().join(folder);
        fs::create_dir_all(&folder).expect("made");
        for end in ["md", "html", "toml", "png", "css"] {
            let pipe = folder.join(format!("pipe.{end}"));
            let made = Command::new("mkfifo").arg(&pipe).status().expect("the program runs");
            assert!(made.success());
            symlink("/dev/zero", folder.join(format!("zero.{end}"))).expect("linked");
        }
        let output = Command::new("timeout")
            .arg("120")
            .arg(env!("CARGO_BIN_EXE_ssg"))
            .arg("build")
            .current_dir(site.path())
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0..=3)),
            "{}: {:?} {said}",
            folder.display(),
            output.status
        );
        assert!(!said.contains("panicked"), "{said}");
    }
    // The settings and the front matter that they come with.
    let site = small_site(&[]);
    fs::remove_file(site.path().join("ssg.toml")).expect("there");
    symlink("/dev/zero", site.path().join("ssg.toml")).expect("linked");
    assert!(matches!(ssg(site.path(), "build").status.code(), Some(1..=3)));
    fs::remove_file(site.path().join("ssg.toml")).expect("there");
    let made = Command::new("mkfifo").arg(site.path().join("ssg.toml")).status().expect("the program runs");
    assert!(made.success());
    let output = Command::new("timeout")
        .arg("120")
        .arg(env!("CARGO_BIN_EXE_ssg"))
        .arg("build")
        .current_dir(site.path())
        .output();
    assert!(matches!(output.expect("the program runs").status.code(), Some(1..=3)));
}

#[test]
fn homes_are_written_in_full() {
    for table in [
        "type = \"rsync\"\nto = \"~\"",
        "type = \"rsync\"\nto = \"~/www\"",
        "type = \"dir\"\npath = \"~/www\"",
        "type = \"git\"\nbranch = \"pages\"\nrepository = \"~/r\"",
    ] {
        let config = format!("title = \"C\"\nbase_url = \"https://case.example\"\n[publish.t]\n{table}\n");
        let site = small_site(&[("ssg.toml", &config)]);
        let output = ssg(site.path(), "publish t --dry-run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("write the folder in full"), "{said}");
        assert!(!site.path().join("~").exists());
    }
}
