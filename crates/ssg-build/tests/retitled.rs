//! New titles of posts, pages and talks while the site is kept, as under `ssg serve`: the page takes another place in
//! all lists, and what is written is what a clean build writes. Debug builds compare every facet and the plan as well.

mod held;

use held::{Held, path};
use ssg_build::{Compiled, Memo, Overrides, Settings, compile};
use ssg_render::SharedInputs;
use ssg_source::{Diagnostics, MemoryInputs, SitePath};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

const CONFIG: &str = "title = \"Ops\"\nbase_url = \"https://example.org/\"\ntheme = \"runbook\"\npaginate_by = 3\n\
    [languages.de]\ntitle = \"Betrieb\"\n[outputs]\napi = true\nschedule_json = true\nsearch = true\nmarkdown = true\n\
    speaker_calendars = true\ntool_calendars = true\ntalk_calendars = true\nredirects = true\n\
    [feeds]\nformats = [\"atom\", \"json\"]\n";
const TITLES: [&str; 7] =
    ["Alerting", "Backups", "a small talk", "Zebra", "Émigré", "On call, again", "Backups for all"];
const PEOPLE: [&str; 3] = ["Ann Bell", "Bo Chan", "Cy Dee"];
const TOOLS: [&str; 2] = ["Chef", "Puppet"];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % count
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

fn build(inputs: &MemoryInputs, memo: &mut Memo, held: &Held) -> Compiled {
    let inputs: SharedInputs = Arc::new(inputs.clone());
    let settings = Settings::read(&*inputs, &path("ssg.toml"), Overrides::default(), &mut Diagnostics::new());
    compile(&inputs, &settings, memo, held)
}

/// Files that are retitled, with what stands before and after the title.
struct Site {
    inputs: MemoryInputs,
    files: Vec<(String, String, String)>,
}

impl Site {
    fn new(dice: &mut Dice) -> Self {
        let mut site = Self {
            inputs: MemoryInputs::new("2017-06-01T00:00:00Z".parse().expect("an instant")),
            files: Vec::new(),
        };
        site.inputs.write(path("ssg.toml"), CONFIG);
        site.inputs.write(path("content/_index.md"), "+++\ntitle = \"Home\"\n+++\n");
        for number in 0..3 {
            site.event(number, dice);
        }
        for number in 0..9 {
            let day = 1 + dice.below(2);
            let terms = format!(
                "tools = [\"{}\"]\nauthors = [\"{}\"]\ncategories = [\"Culture\"]\nevents = [\"e{}\"]\n\
                 talks = [\"e0/t1\", \"e1/t0\"]\n",
                dice.of(&TOOLS),
                dice.of(&PEOPLE),
                dice.below(3)
            );
            site.file(&format!("posts/p{number}"), &format!("date = 2016-03-0{day}\n{terms}"), dice);
            if number < 3 {
                site.file(&format!("posts/p{number}.de"), "", dice);
            }
        }
        for name in ["about", "more/one", "more/two", "more/three"] {
            site.file(name, "", dice);
        }
        site.file("loose-talk", "date = 2016-03-01\n[talk]\nkind = \"talk\"\n", dice);
        site
    }

    /// An event of which some talks are in rows and some say themselves when they are, or without a schedule.
    fn event(&mut self, number: usize, dice: &mut Dice) {
        let mut rows = String::new();
        for talk in 0..6 {
            // Some at the same time, nobody twice.
            let hour = 9 + talk / 3;
            let tool = format!("tools = [\"{}\"]\nspeakers = [\"{}\"]\n", dice.of(&TOOLS), PEOPLE[talk % 3]);
            let own = match talk % 3 {
                _ if number == 2 => "[talk]\nlevel = \"all\"\n".to_owned(),
                0 => {
                    let title = if talk == 3 { "title = \"As the row calls it\"\n" } else { "" };
                    let _ = write!(
                        rows,
                        "[[event.schedule]]\ntalk = \"t{talk}\"\nstarts = 2016-0{}-10T{hour:02}:00:00\nroom = \"{talk}\"\n{title}",
                        number + 4
                    );
                    String::new()
                }
                _ => format!("[talk]\nstarts = 2016-0{}-10T{hour:02}:00:00\nroom = \"{talk}\"\n", number + 4),
            };
            self.file(&format!("events/e{number}/talks/t{talk}"), &format!("{tool}{own}"), dice);
        }
        let index = format!(
            "+++\ntitle = \"Event {number}\"\n[event]\nstart = 2016-0{}-10\ncity = \"Ghent\"\ntimezone = \
             \"Europe/Brussels\"\nseries = \"ghent\"\n{rows}+++\n",
            number + 4
        );
        self.inputs.write(path(&format!("content/events/e{number}/index.md")), index);
        self.file(&format!("events/e{number}/talks/t0.de"), "", dice);
        self.inputs.write(
            path(&format!("content/events/e{number}/index.de.md")),
            format!("+++\ntitle = \"Treffen {number}\"\n+++\n"),
        );
    }

    fn file(&mut self, name: &str, header: &str, dice: &mut Dice) {
        let file = format!("content/{name}.md");
        self.files.push((file, header.to_owned(), format!("A text in {name}.\n")));
        self.retitle(self.files.len() - 1, dice);
    }

    /// Gives a file another title, and says which file it was.
    fn retitle(&mut self, number: usize, dice: &mut Dice) -> SitePath {
        let (file, header, body) = &self.files[number];
        let text = format!("+++\ntitle = \"{}\"\n{header}+++\n{body}", dice.of(&TITLES));
        self.inputs.write(path(file), text);
        path(file)
    }
}

#[test]
fn what_is_written_after_new_titles_is_what_a_clean_build_writes() {
    let sequences: u64 = if std::env::var_os("SSG_TEST_EVERY").is_some() { 16 } else { 2 };
    let mut kept = 0;
    for sequence in 0..sequences {
        let mut dice = Dice(sequence);
        let mut site = Site::new(&mut dice);
        let (mut memo, held) = (Memo::new(), Held::default());
        let first = build(&site.inputs, &mut memo, &held);
        // What is said of a talk may have to be said otherwise, and then everything is assembled.
        assert!(first.diagnostics.is_empty(), "{:#?}", first.diagnostics);
        for step in 0..20 {
            let count = 1 + dice.below(2);
            let changed: BTreeSet<SitePath> = (0..count)
                .map(|_| {
                    let number = dice.below(site.files.len());
                    site.retitle(number, &mut dice)
                })
                .collect();
            memo.look_at_only(changed.clone());
            let compiled = build(&site.inputs, &mut memo, &held);
            let clean = Held::default();
            let anew = build(&site.inputs, &mut Memo::new(), &clean);
            let where_ = format!("sequence {sequence}, step {step}, {changed:?}");
            assert_eq!(compiled.diagnostics, anew.diagnostics, "{where_}");
            let (of, wanted) = (held.0.lock().expect("no panic"), clean.0.lock().expect("no panic"));
            for (file, hash) in &*wanted {
                assert_eq!(of.get(file), Some(hash), "{where_}: {file}");
            }
            kept += usize::from(compiled.rendered.len() < anew.rendered.len());
        }
    }
    assert!(kept > 0, "nothing was ever kept");
}
