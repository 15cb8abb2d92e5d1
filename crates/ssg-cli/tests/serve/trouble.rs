//! What a machine does to a server that runs all day: a disk that is full, a clock that jumps, folders that
//! vanish, and very many files at once.

use crate::session::Session;
use crate::site::{Save, Site, post};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const BASE: &str = "http://localhost/";

/// A process that may write no byte to any file finds what one finds on a full disk.
#[test]
fn a_full_disk_costs_what_is_remembered_and_nothing_else() {
    let site = Site::new(BASE);
    let plain = site.command("serve");
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]).arg(plain.get_program());
    command.args(plain.get_args()).stdin(Stdio::null());
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("SSG_BASE_URL");
    let mut served = Session::start_as(&site, command, &[], &[]);
    served.settle("at the start");
    for (number, way) in [Save::InPlace, Save::RenameOver].into_iter().enumerate() {
        site.save("content/posts/p1.md", &post(1, &format!("full {number}")), way);
        site.put("static/notes/old.txt", format!("full {number}"));
        served.settle("while the disk is full");
    }
    site.put("content/posts/p1.md", "---\ntitle: [\n---\n");
    served.line("\"error\"");
    site.put("content/posts/p1.md", post(1, "mended"));
    served.settle("mended while the disk is full");
    // What was left of the cache is no good, or good, and never in the way.
    let mut served = served.restart(&[]);
    served.settle("with room again");
    site.put("content/posts/p2.md", post(2, "room"));
    served.settle("an edit with room again");
}

/// Files whose times are of long ago, of later, or those of before; also for the next server, which
/// believes what the last one remembered.
#[test]
fn clocks_that_jump_hide_no_edit() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let files = ["content/posts/p1.md", "static/notes/old.txt", "data/facts.toml"];
    for (number, seconds) in [1, 4_102_444_800, now, now, now - 86_400, now + 3600].into_iter().enumerate() {
        // As long as before, so that neither times nor sizes need tell.
        let texts =
            [post(1, &format!("jump{number}")), format!("jump{number}"), format!("a = \"jump{number}\"\n")];
        for (file, text) in files.iter().zip(texts) {
            site.put(file, text);
            site.date(file, seconds);
        }
        served.settle(&format!("dated {seconds}"));
        served = served.restart(&[]);
        served.settle(&format!("dated {seconds}, and started anew"));
    }
}

#[test]
fn ten_thousand_files_at_once() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    for number in 0..10_000 {
        site.put(&format!("static/many/{}/{number}.txt", number % 100), number.to_string());
    }
    site.put("content/posts/new.md", post(20, "new"));
    served.until("many/99/9999.txt", "there", |answer| answer.says("9999"));
    served.settle("ten thousand files more");
    let built = served.lines().iter().filter(|line| line.contains("\"built\"")).count();
    assert!(built < 100, "{built} compilations");
    site.rename("static/many", "../many");
    for path in ["many/0/0.txt", "many/50/5050.txt", "many/99/9999.txt"] {
        served.until(path, "gone", |answer| answer.status == 404);
    }
}

#[test]
fn a_site_that_vanishes_is_served_as_it_was() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    let good = site.built(&[]);
    let gone = site.folder.join("gone");
    for round in ["first", "second"] {
        std::fs::rename(&site.root, &gone).expect("renamed");
        let line = served.line("\"error\"");
        assert!(line.contains("no-site"), "{line}");
        if round == "first" {
            served.settle_on(&good, "while it is gone");
        }
        std::thread::sleep(Duration::from_millis(100));
        std::fs::write(gone.join("content/posts/p1.md"), post(1, round)).expect("written");
        std::fs::rename(&gone, &site.root).expect("renamed");
        served.settle(&format!("there again, {round}"));
        assert!(!served.lines().iter().any(|line| line.contains("no-site")), "told twice");
        site.put("content/posts/p2.md", post(2, round));
        served.settle(&format!("an edit after that, {round}"));
    }
}

#[test]
fn folders_of_a_site_that_vanish_and_come_back() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    let good = site.built(&[]);
    for folder in ["static", "content/posts/bundle", "assets", "templates/shortcodes"] {
        site.rename(folder, "../gone");
        served.settle(&format!("without {folder}"));
        site.rename("../gone", folder);
        served.settle(&format!("with {folder} again"));
    }
    // Without these there is an error, and what was served stays.
    for folder in ["data", "../look"] {
        site.rename(folder, "../gone");
        served.line("\"error\"");
        served.settle_on(&good, &format!("without {folder}"));
        site.rename("../gone", folder);
        site.put("content/posts/p1.md", post(1, &folder.replace('/', "-")));
        served.settle(&format!("with {folder} again"));
        site.put("content/posts/p1.md", post(1, "first"));
        served.settle("as at the start");
    }
}
