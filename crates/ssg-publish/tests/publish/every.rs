//! What must hold for every target.

use super::faults::Faulty;
use super::site::{Place, Tree, Watcher, options, run, site};
use ssg_publish::{Concern, Reason, Target, publish};

/// A kind of target: how to name one in the configuration, and to see what is published there.
pub struct Kind {
    /// Cuts at every operation of which the number is divisible by this one.
    pub stride: usize,
    pub table: fn(&Place) -> String,
    /// Files at the target but those of the program.
    pub tree: fn(&Place) -> Tree,
    /// Puts a file there that is not ours, or another one's change to one of ours.
    pub put: fn(&Place, &str, &str),
}

impl Kind {
    fn target(&self, place: &Place) -> Box<dyn Target> {
        place.target(&(self.table)(place))
    }

    /// A second publish changes nothing; one with an edited post sends what changed.
    pub fn sends_the_difference(&self) {
        let place = Place::new();
        let before = site("look.1", &["a", "b", "posts/c"], "first");
        let outputs = place.build(&before);
        let (published, sent) = run(&mut *self.target(&place), &outputs);
        assert_eq!(sent.len(), before.len());
        assert_eq!(published.plan.kept, 0);
        assert_eq!((self.tree)(&place), before);

        let mut again = Faulty::new(self.target(&place), usize::MAX);
        let (published, sent) = run(&mut again, &outputs);
        assert!(sent.is_empty() && published.plan.is_empty());
        assert!(again.log.iter().all(|step| matches!(*step, "look" | "changed")), "{:?}", again.log);
        drop(again);

        let mut edited = before.clone();
        edited.insert("a/index.html".to_owned(), "<link href=\"/assets/look.1.css\">new".to_owned());
        edited.insert("atom.xml".to_owned(), "<feed>new</feed>".to_owned());
        let (_, sent) = run(&mut *self.target(&place), &place.build(&edited));
        assert_eq!(sent, ["a/index.html", "atom.xml"]);
        assert_eq!((self.tree)(&place), edited);
    }

    /// Foreign files stay, and what is stale goes.
    pub fn keeps_foreign_files(&self) {
        let place = Place::new();
        let before = site("look.1", &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"], "first");
        run(&mut *self.target(&place), &place.build(&before));
        (self.put)(&place, "verify-42.txt", "mine");
        (self.put)(&place, "a/mine.txt", "mine too");
        let mut after = before.clone();
        after.remove("a/index.html");
        // A file where there was a folder, and the other way round.
        after.remove("assets/look.1.css");
        after.insert("assets".to_owned(), "a file".to_owned());
        after.insert("atom.xml/index.html".to_owned(), "a folder".to_owned());
        after.remove("atom.xml");
        let watcher = Watcher::confirming();
        publish(&mut *self.target(&place), &place.build(&after), &options("run"), &watcher)
            .expect("published");
        after.insert("verify-42.txt".to_owned(), "mine".to_owned());
        after.insert("a/mine.txt".to_owned(), "mine too".to_owned());
        assert_eq!((self.tree)(&place), after);
    }

    /// What must be confirmed is not done without, and nothing is touched.
    pub fn refuses(&self) {
        let place = Place::new();
        (self.put)(&place, "index.html", "another site");
        let pages = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let before = site("look.1", &pages, "first");
        let outputs = place.build(&before);
        let told = |target: &mut dyn Target, outputs, confirm: bool| {
            let watcher = Watcher { confirm, ..Watcher::default() };
            let published = publish(target, outputs, &options("run"), &watcher).expect("no failure");
            assert_eq!(published.done, confirm);
            watcher.concerns()
        };
        let concerns = told(&mut *self.target(&place), &outputs, false);
        assert_eq!(concerns, [Concern::Foreign("index.html".to_owned())]);
        assert_eq!((self.tree)(&place).get("index.html").map(String::as_str), Some("another site"));
        told(&mut *self.target(&place), &outputs, true);
        assert_eq!((self.tree)(&place), before);

        // Eleven files, two of them gone.
        let fewer = place.build(&site("look.1", &pages[2..], "first"));
        let concerns = told(&mut *self.target(&place), &fewer, false);
        assert_eq!(concerns, [Concern::Deletes(2, 11, 10)]);
        assert_eq!((self.tree)(&place), before);

        let empty = place.build(&Tree::from([("robots.txt".to_owned(), String::new())]));
        let concerns = told(&mut *self.target(&place), &empty, false);
        assert_eq!(concerns.first(), Some(&Concern::Empty));

        // Somebody's file where ours will be.
        (self.put)(&place, "z/index.html", "mine");
        let mut more = before.clone();
        more.insert("z/index.html".to_owned(), "ours".to_owned());
        let larger = place.build(&more);
        let concerns = told(&mut *self.target(&place), &larger, false);
        assert!(matches!(concerns.as_slice(), [Concern::Taken(paths)] if paths.len() == 1), "{concerns:?}");
        assert_eq!((self.tree)(&place)["z/index.html"], "mine");
        // Once somebody has said so, it is ours.
        told(&mut *self.target(&place), &larger, true);
        assert_eq!((self.tree)(&place), more);

        let options =
            ssg_publish::Options { base_url: "https://other.example/".to_owned(), ..options("run") };
        let watcher = Watcher::default();
        let outputs = place.build(&before);
        let published = publish(&mut *self.target(&place), &outputs, &options, &watcher).expect("no failure");
        assert!(!published.done);
        assert_eq!(watcher.concerns(), [Concern::OtherSite("https://x.example/".to_owned())]);

        let options = ssg_publish::Options { base_url: "https://example.org/".to_owned(), ..options };
        let watcher = Watcher::default();
        publish(&mut *self.target(&place), &outputs, &options, &watcher).expect("no failure");
        assert_eq!(watcher.concerns().first(), Some(&Concern::Example("https://example.org/".to_owned())));
    }

    /// What is not ours makes way for nothing that nobody was asked about, whatever its name.
    pub fn asks_about_what_is_in_the_way(&self) {
        for (theirs, ours) in [("z", "z/index.html"), ("y/mine.txt", "y"), ("über/ä.txt", "über/ä.txt")] {
            let place = Place::new();
            let before = site("look.1", &["a", "b"], "first");
            run(&mut *self.target(&place), &place.build(&before));
            (self.put)(&place, theirs, "mine");
            let mut more = before.clone();
            more.insert(ours.to_owned(), "ours".to_owned());
            let watcher = Watcher::default();
            let published =
                publish(&mut *self.target(&place), &place.build(&more), &options("run"), &watcher);
            assert!(!published.expect("no failure").done);
            let concerns = watcher.concerns();
            assert!(matches!(concerns.as_slice(), [Concern::Taken(_)]), "{theirs}: {concerns:?}");
            let mut now = before;
            now.insert(theirs.to_owned(), "mine".to_owned());
            assert_eq!((self.tree)(&place), now);
        }
    }

    /// Cut at every operation: what readers see is the old site or the new one, or every page has
    /// its assets; a second run completes it.
    pub fn survives_cuts(&self) {
        let before = site("look.1", &["a", "b", "gone"], "first");
        let after = site("look.2", &["a", "b", "new"], "second");
        for at in (0..).step_by(self.stride) {
            let place = Place::new();
            run(&mut *self.target(&place), &place.build(&before));
            let outputs = place.build(&after);
            let mut faulty = Faulty::new(self.target(&place), at);
            let watcher = Watcher::confirming();
            let cut = publish(&mut faulty, &outputs, &options("first"), &watcher);
            let steps = faulty.log.join(" ");
            drop(faulty);
            let Err(stopped) = cut else {
                assert_eq!((self.tree)(&place), after);
                println!("{at} operations: {steps}");
                return;
            };
            assert_eq!(stopped.failure.reason, Reason::Target);
            let now = (self.tree)(&place);
            assert_whole(&now, &before, &after, &format!("cut at {at}: {steps}"));
            if !stopped.changed {
                assert_eq!(now, before, "cut at {at}: {steps}");
            }
            // Another run of this machine: it need not wait.
            let mut options = options("second");
            options.last = Some("first".to_owned());
            let watcher = Watcher::confirming();
            publish(&mut *self.target(&place), &outputs, &options, &watcher).expect("completed");
            assert_eq!((self.tree)(&place), after, "completed after a cut at {at}: {steps}");
            assert_eq!(*watcher.waited.lock().expect("whole"), 0);
            let (published, _) = run(&mut *self.target(&place), &outputs);
            assert!(published.plan.is_empty(), "after a cut at {at}: {:?}", published.plan);
        }
    }

    /// After a cut the site may have changed again.
    pub fn survives_cuts_and_edits(&self) {
        let before = site("look.1", &["a", "b", "gone"], "first");
        let second = site("look.2", &["a", "b", "new"], "second");
        let third = site("look.3", &["a", "gone", "other"], "third");
        for at in (0..20).step_by(3) {
            let place = Place::new();
            run(&mut *self.target(&place), &place.build(&before));
            let mut faulty = Faulty::new(self.target(&place), at);
            let _ = publish(&mut faulty, &place.build(&second), &options("first"), &Watcher::confirming());
            drop(faulty);
            let mut options = options("second");
            options.last = Some("first".to_owned());
            publish(&mut *self.target(&place), &place.build(&third), &options, &Watcher::confirming())
                .expect("published");
            assert_eq!((self.tree)(&place), third, "cut at {at}");
        }
    }

    /// Several publishers at once, from places that know nothing of each other: at the end the target
    /// is one of the sites, whole, and the record agrees.
    pub fn publishers_notice_each_other(&self) {
        let place = Place::new();
        run(&mut *self.target(&place), &place.build(&site("look.1", &["a", "b"], "first")));
        let sites: Vec<Tree> =
            (2..5).map(|n| site(&format!("look.{n}"), &["a", "b"], &format!("number {n}"))).collect();
        // Each has its own folder to publish from.
        let built: Vec<_> = sites
            .iter()
            .map(|files| {
                let own = Place::new();
                let outputs = own.build(files);
                (own, outputs)
            })
            .collect();
        let table = (self.table)(&place);
        let results: Vec<_> = std::thread::scope(|scope| {
            let runs: Vec<_> = built
                .iter()
                .enumerate()
                .map(|(number, (own, outputs))| {
                    let table = &table;
                    scope.spawn(move || {
                        let mut target = own.target(table);
                        let options = options(&format!("run{number}"));
                        publish(&mut *target, outputs, &options, &Watcher::confirming())
                            .map(|published| published.done)
                            .map_err(|stopped| stopped.failure)
                    })
                })
                .collect();
            runs.into_iter().map(|run| run.join().expect("no panic")).collect()
        });
        for result in &results {
            assert!(
                matches!(result, Ok(true))
                    || matches!(result, Err(failure) if failure.reason == Reason::Conflict),
                "{results:?}"
            );
        }
        let now = (self.tree)(&place);
        assert!(sites.contains(&now), "{results:?} {now:?}");
        let at = sites.iter().position(|site| *site == now).expect("one of them");
        let (published, _) = run(&mut *self.target(&place), &built[at].1);
        assert!(published.plan.is_empty(), "{results:?} {:?}", published.plan);
    }
}

/// What a reader can meet: each file old or new, and every page with its style sheet.
pub fn assert_whole(now: &Tree, before: &Tree, after: &Tree, when: &str) {
    for (path, text) in now {
        let known = [before.get(path), after.get(path)];
        assert!(known.contains(&Some(text)), "{when}: `{path}` is torn: {text}");
        if path.ends_with(".html") {
            let sheet = text.split('"').nth(1).expect("a link").trim_start_matches('/');
            assert!(now.contains_key(sheet), "{when}: `{path}` has lost {sheet}");
        }
        if path == "atom.xml" {
            for page in text.trim_start_matches("<feed>").trim_end_matches("</feed>").split(' ') {
                let page = format!("{page}/index.html");
                assert!(now.contains_key(&page), "{when}: the feed names {page}, which is not there");
            }
        }
    }
    for path in before.keys().filter(|path| after.contains_key(*path)) {
        assert!(now.contains_key(path), "{when}: `{path}` is missing");
    }
}

/// The tests of a kind, by name.
#[macro_export]
macro_rules! every_target {
    ($kind:expr, $available:expr) => {
        fn when_available(test: impl FnOnce(&$crate::every::Kind)) {
            if $available { test(&$kind) } else { ssg_testing::skip(format_args!("{}", module_path!())) }
        }
        #[test]
        fn sends_the_difference() {
            when_available($crate::every::Kind::sends_the_difference);
        }
        #[test]
        fn keeps_foreign_files() {
            when_available($crate::every::Kind::keeps_foreign_files);
        }
        #[test]
        fn refuses_what_is_not_confirmed() {
            when_available($crate::every::Kind::refuses);
        }
        #[test]
        fn survives_a_cut_at_every_operation() {
            when_available($crate::every::Kind::survives_cuts);
        }
        #[test]
        fn survives_cuts_with_edits_between() {
            when_available($crate::every::Kind::survives_cuts_and_edits);
        }
    };
}

/// Besides, for targets in which a path is a file or a folder.
#[macro_export]
macro_rules! folder_target {
    () => {
        #[test]
        fn asks_about_what_is_in_the_way() {
            when_available($crate::every::Kind::asks_about_what_is_in_the_way);
        }
    };
}

/// Besides, for targets that can write a record on the condition that it is what it was.
#[macro_export]
macro_rules! conditional_target {
    () => {
        #[test]
        fn publishers_notice_each_other() {
            when_available($crate::every::Kind::publishers_notice_each_other);
        }
    };
}
