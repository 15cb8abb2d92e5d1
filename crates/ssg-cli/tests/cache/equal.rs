//! The same inputs give the same bytes: whatever the machine, the folder, the threads, and whatever
//! was built before.

use super::site::{Said, Site, tree};
use std::process::Command;

fn manifest(site: &Site) -> String {
    std::fs::read_to_string(site.out.join(".ssg-manifest")).expect("a manifest")
}

fn edit(site: &Site) {
    site.put_post(3, "Edited.");
    site.put_post(20, "Added.");
    site.put("data/facts.toml", "a = \"edited\"\nb = \"second\"\n");
    site.put("templates/shortcodes/fact.html", "<i>{{ load_data(path=\"data/facts.toml\")[key] }}</i>");
    std::fs::remove_file(site.root.join("content/posts/p7.md")).expect("there");
    // The one that linked to it.
    site.put_post(6, "Edited.");
    site.put("content/posts/p6.md", "---\ntitle: Six\n---\nNo link.\n");
}

#[test]
fn threads_zone_locale_folder_and_past_do_not_show() {
    let mut manifests = Vec::new();
    for (jobs, zone, locale, past) in [
        ("1", "UTC", "C", false),
        ("4", "Asia/Tokyo", "de_DE.UTF-8", false),
        ("4", "America/St_Johns", "tr_TR.UTF-8", true),
        ("1", "Pacific/Kiritimati", "C.UTF-8", true),
    ] {
        let site = Site::new();
        let build = || {
            let mut command = site.command("build");
            command.args(["-j", jobs]).env("TZ", zone).env("LC_ALL", locale);
            let said: Said = command.output().expect("the program runs").into();
            assert_eq!(said.status, Some(0), "{}", said.stderr);
            said
        };
        if past {
            build();
        }
        edit(&site);
        let said = build();
        assert_eq!(said.rendered().is_some(), past, "{}", said.stderr);
        manifests.push(manifest(&site));
    }
    assert!(manifests.iter().all(|one| *one == manifests[0]), "threads, zone, locale or the past show");
}

/// A folder of another name and depth, reached by another path, from another place.
#[test]
fn the_folder_does_not_show() {
    let site = Site::new();
    site.build();
    let wanted = site.tree();
    let deep = site.root.parent().expect("a folder").join("a/rather deep/ünusual/folder");
    std::fs::create_dir_all(deep.parent().expect("a folder")).expect("made");
    std::fs::rename(&site.root, &deep).expect("renamed");
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "--date", super::site::DATE])
        .current_dir(&deep)
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("the program runs");
    let said: Said = output.into();
    assert_eq!(said.status, Some(0), "{}", said.stderr);
    assert!(said.of_cache().is_empty(), "{}", said.stderr);
    super::site::assert_equal(&tree(&deep.join("public")), &wanted, "in another folder");
}

/// Flags of one build do not show in the next.
#[test]
fn flags_of_another_build_do_not_show() {
    let site = Site::new();
    site.put("content/posts/draft.md", "---\ntitle: Draft\ndraft: true\ndate: 2016-01-01\n---\nText.\n");
    site.put("content/posts/future.md", "---\ntitle: Future\ndate: 2031-01-01\n---\nText.\n");
    for flags in [
        &["--drafts"][..],
        &["--future", "-j", "1"],
        &["--base-url", "https://other.example/sub/"],
        &["--skip-broken"],
        &["--drafts", "--future", "--expired"],
    ] {
        site.build_with(flags);
        let checked = site.run("check", &["--strict"]);
        assert_eq!(checked.status, Some(0), "{}", checked.stderr);
        site.build();
        site.assert_exact(&format!("after {flags:?}"));
    }
}
