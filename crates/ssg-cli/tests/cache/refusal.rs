//! A machine that refuses: the build works without what it cannot have, or ends with status 4 and
//! the previous output intact.

use super::site::{Said, Site, assert_equal};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
}

/// Whether the modes of folders bind this user.
fn is_bound(folder: &Path) -> bool {
    let probe = folder.join("probe");
    let bound = fs::write(&probe, "").is_err();
    let _ = fs::remove_file(probe);
    bound
}

/// Builds in namespaces of its own, after some mounts. `None` where the system does not let users
/// make such.
fn in_namespace(site: &Site, mounts: &str) -> Option<Said> {
    let mut command = std::process::Command::new("unshare");
    let script = format!("{{ {mounts}; }} || exit 99; exec \"$0\" \"$@\"");
    command.args(["-Urm", "sh", "-c", &script, env!("CARGO_BIN_EXE_ssg")]);
    site.prepare(&mut command, "build");
    let said: Said = command.output().ok()?.into();
    // 1 is also `unshare`'s own failure, in its own words.
    let refused = said.status == Some(99) || said.stderr.starts_with("unshare:");
    (!refused).then_some(said)
}

#[test]
fn a_read_only_cache() {
    let site = Site::new();
    site.build();
    let before = fs::read(site.memo()).expect("a cache");
    let at = site.cache().display().to_string();
    let read_only = format!("mount --bind {at} {at} && mount -o remount,bind,ro {at}");
    match in_namespace(&site, &read_only) {
        None => ssg_testing::skip("in part: no namespaces here"),
        Some(said) => {
            assert_eq!((said.status, said.of_cache()), (Some(0), vec![]), "{}", said.stderr);
            assert_eq!(said.rendered(), Some(0), "a cache that can only be read serves all the same");
            site.put_post(3, "Edited.");
            let said = in_namespace(&site, &read_only).expect("as before");
            assert_eq!((said.status, said.of_cache().len()), (Some(0), 1), "{}", said.stderr);
            site.assert_exact("a read-only file system");
            assert_eq!(fs::read(site.memo()).expect("a cache"), before);
        }
    }
    set_mode(&site.cache(), 0o555);
    site.put_post(4, "Edited.");
    let said = site.build();
    set_mode(&site.cache(), 0o755);
    assert!(said.of_cache().len() <= 1, "{}", said.stderr);
    site.assert_exact("a read-only cache");
}

#[test]
fn a_read_only_site() {
    let site = Site::new();
    set_mode(&site.root, 0o555);
    let bound = is_bound(&site.root);
    let said = site.build();
    set_mode(&site.root, 0o755);
    assert_eq!(said.of_cache().len(), usize::from(bound), "{}", said.stderr);
    site.assert_exact("a read-only site");
    let at = site.root.display().to_string();
    let _ = fs::remove_dir_all(site.cache());
    match in_namespace(&site, &format!("mount --bind {at} {at} && mount -o remount,bind,ro {at}")) {
        None => ssg_testing::skip("in part: no namespaces here"),
        Some(said) => {
            assert_eq!((said.status, said.of_cache().len()), (Some(0), 1), "{}", said.stderr);
            site.assert_exact("a site on a read-only file system");
        }
    }
}

/// A disk of a few blocks under the cache, then under the output.
#[test]
fn a_full_disk() {
    let site = Site::new();
    let (cache, out) = (site.cache(), &site.out);
    fs::create_dir(&cache).expect("made");
    let small = |at: &Path, size: &str| format!("mount -t tmpfs -o size={size} tmpfs {}", at.display());
    let Some(said) = in_namespace(&site, &small(&cache, "4k")) else {
        ssg_testing::skip("no namespaces here");
        return;
    };
    assert_eq!((said.status, said.of_cache().len()), (Some(0), 1), "{}", said.stderr);
    site.assert_exact("no room for the cache");
    site.build();
    site.assert_tidy("room again");

    fs::remove_dir_all(out).expect("removed");
    fs::create_dir(out).expect("made");
    let fill = format!(
        "{} && dd if=/dev/zero of={}/.ssg-tmp-0 bs=1k count=1 2>/dev/null",
        small(out, "64k"),
        out.display()
    );
    let said = in_namespace(&site, &fill).expect("as before");
    assert_eq!(said.status, Some(4), "{}", said.stderr);
    assert!(said.stderr.contains("No space left"), "{}", said.stderr);
}

/// A limit on the size of files is a full disk for large ones.
#[test]
fn no_file_over_a_block() {
    let site = Site::new();
    site.build();
    site.assert_exact("at first");
    let (before, cache) = (site.tree(), fs::read(site.memo()).expect("a cache"));
    site.put_frame("edited");
    let limited = |blocks: usize| -> Said {
        // The signal would kill; a full disk sends none.
        let first = format!("trap '' XFSZ; ulimit -f {blocks}");
        site.command_after(&first, "build").output().expect("a shell runs").into()
    };
    let said = limited(1);
    assert_eq!(said.status, Some(4), "{}", said.stderr);
    assert_equal(&site.tree(), &before, "the previous output");
    assert_eq!(fs::read(site.memo()).expect("a cache"), cache, "the previous cache");
    site.assert_tidy("after a refusal");
    // Room for each file of the output, but not for the cache.
    let largest = site.clean_tree().values().map(Vec::len).max().unwrap_or(0);
    let cache = cache.len();
    if largest + 2048 < cache {
        let said = limited(largest / 512 + 2);
        assert_eq!((said.status, said.of_cache().len()), (Some(0), 1), "{}", said.stderr);
        site.assert_exact("no room for the cache");
    }
    site.build();
    site.assert_exact("room again");
    site.assert_tidy("room again");
}

#[test]
fn few_open_files() {
    let site = Site::new();
    for number in 13..=200 {
        site.put_post(number % 28 + 1, &format!("Text {number}."));
        site.put(
            &format!("content/posts/many{number}.md"),
            format!("---\ntitle: Many {number}\n---\nText.\n"),
        );
    }
    for round in 0..2 {
        let said: Said = site
            .command_after("ulimit -n 64", "build")
            .args(["-j", "8"])
            .output()
            .expect("a shell runs")
            .into();
        assert_eq!(said.status, Some(0), "{}", said.stderr);
        site.put_post(round + 1, "Edited.");
    }
    site.build();
    site.assert_exact("few open files");
}
