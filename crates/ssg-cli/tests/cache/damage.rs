//! Whatever stands in the cache's place: the output is right, and at most one line is said of it.

use super::site::{Random, Site, Tree, assert_equal};
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// A site that was built, then edited: a cache that were believed too far would show.
struct Edited {
    site: Site,
    wanted: Tree,
}

impl Edited {
    fn new() -> Self {
        let site = Site::small();
        site.build();
        site.put_post(3, "Edited.");
        let wanted = site.clean_tree();
        Self { site, wanted }
    }

    /// Builds, and asserts that nothing is amiss but perhaps one line; gives whether there was one.
    fn assert_built(&self, when: &str) -> bool {
        let said = self.site.build();
        assert!(said.of_cache().len() <= 1, "{when}: {}", said.stderr);
        assert!(!said.stderr.contains("panicked"), "{when}: {}", said.stderr);
        assert_equal(&self.site.tree(), &self.wanted, when);
        !said.of_cache().is_empty()
    }

    /// Replaces the cache, builds, and asserts besides that it has healed.
    fn assert_heals(&self, bytes: &[u8], when: &str) {
        fs::write(self.site.memo(), bytes).expect("written");
        assert!(self.assert_built(when), "{when}: nothing was said of it");
        let again = self.site.build();
        assert_eq!(again.of_cache(), [""; 0], "{when}, built again");
        assert_eq!(again.rendered(), Some(0), "{when}, built again");
    }
}

#[test]
fn cut_to_any_length() {
    let edited = Edited::new();
    let site = &edited.site;
    let whole = fs::read(site.memo()).expect("a cache");
    let mut lengths: Vec<usize> = vec![0, 1, 12, 60, 109, whole.len() - 1];
    lengths.extend((1..4).map(|part| whole.len() * part / 4));
    for length in lengths {
        edited.assert_heals(&whole[..length], &format!("cut to {length}"));
    }
}

#[test]
fn a_flipped_bit() {
    let edited = Edited::new();
    let site = &edited.site;
    let whole = fs::read(site.memo()).expect("a cache");
    let mut random = Random(1);
    for round in 0..10 {
        // The head is short, and worth as many tries as the rest.
        let at = random.below(if round % 2 == 0 { 120 } else { whole.len() });
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << random.below(8);
        edited.assert_heals(&bytes, &format!("a bit of byte {at}"));
    }
}

#[test]
fn other_bytes() {
    let edited = Edited::new();
    let site = &edited.site;
    let whole = fs::read(site.memo()).expect("a cache");
    let mut random = Random(2);
    edited.assert_heals(&random.bytes(whole.len()), "random bytes");
    edited.assert_heals(&[whole.clone(), random.bytes(100)].concat(), "more at the end");
    edited.assert_heals(&[&whole[..200], &random.bytes(whole.len() - 200)].concat(), "a right head");
}

#[test]
fn the_cache_of_another_site() {
    let (mut edited, other) = (Edited::new(), Site::small());
    for number in 1..=3 {
        other.put_post(number, &format!("Other {number}."));
    }
    other.put("ssg.toml", "title = \"Other\"\nbase_url = \"https://other.example\"\ntheme = \"runbook\"\n");
    other.build();
    fs::copy(other.memo(), edited.site.memo()).expect("copied");
    // It is a good cache, and nothing in it is true here.
    edited.assert_built("another site's cache");
    // The site moves as a whole, with its cache.
    let moved = edited.site.root.with_file_name("moved");
    fs::rename(&edited.site.root, &moved).expect("renamed");
    edited.site.root = moved;
    assert_eq!(edited.site.build().rendered(), Some(0), "moved");
    edited.site.assert_exact("moved");
}

/// What is no file.
#[test]
fn a_folder_a_link_a_pipe_a_device() {
    let edited = Edited::new();
    let site = &edited.site;
    let memo = site.memo();
    let replace = |make: &dyn Fn(&Path)| {
        let _ = fs::remove_file(&memo);
        make(&memo);
    };
    let begun = Instant::now();
    replace(&|at| assert!(Command::new("mkfifo").arg(at).status().is_ok_and(|status| status.success())));
    assert!(edited.assert_built("a pipe"));
    replace(&|at| symlink("/dev/zero", at).expect("linked"));
    assert!(edited.assert_built("a device"));
    replace(&|at| symlink(at, at).expect("linked"));
    assert!(edited.assert_built("a link to itself"));
    replace(&|at| symlink("nowhere", at).expect("linked"));
    edited.assert_built("a link to nothing");
    let kept = site.root.join("kept");
    fs::write(&kept, "precious").expect("written");
    replace(&|at| symlink(&kept, at).expect("linked"));
    assert!(edited.assert_built("a link to a file"));
    assert_eq!(fs::read_to_string(&kept).expect("still there"), "precious");
    // A folder with something in it stays, and each build says so in its one line.
    replace(&|at| fs::create_dir(at).expect("made"));
    fs::write(memo.join("own"), "mine").expect("written");
    assert!(edited.assert_built("a folder"));
    assert!(edited.assert_built("a folder, again"));
    assert_eq!(fs::read_to_string(memo.join("own")).expect("still there"), "mine");
    assert!(begun.elapsed() < Duration::from_secs(120), "something waited");
}

#[test]
fn too_large_and_unreadable() {
    let edited = Edited::new();
    let site = &edited.site;
    let whole = fs::read(site.memo()).expect("a cache");
    for (size, head) in [(5 << 30, &whole[..0]), (5 << 30, &whole[..150]), (3 << 30, &whole[..0])] {
        fs::write(site.memo(), head).expect("written");
        // A file with a hole: it takes no room.
        File::options().write(true).open(site.memo()).and_then(|file| file.set_len(size)).expect("grown");
        let begun = Instant::now();
        assert!(edited.assert_built("a large file"));
        assert!(begun.elapsed() < Duration::from_secs(60), "it was read");
        assert!(fs::metadata(site.memo()).expect("a cache").len() < 10 << 20, "it was not replaced");
    }
    // For root everything is readable; then this is one more good build.
    fs::set_permissions(site.memo(), fs::Permissions::from_mode(0o0)).expect("set");
    edited.assert_built("unreadable");
}

/// The folder itself.
#[test]
fn no_folder_in_the_folders_place() {
    let edited = Edited::new();
    let site = &edited.site;
    let cache = site.cache();
    let clear = || {
        let _ = fs::remove_dir_all(&cache);
        let _ = fs::remove_file(&cache);
    };
    clear();
    fs::write(&cache, "a file").expect("written");
    edited.assert_built("a file");
    assert_eq!(fs::read_to_string(&cache).expect("not ours"), "a file");
    clear();
    let refused = |when: &str| {
        let said = site.run("build", &[]);
        assert_eq!(said.status, Some(2), "{when}: {}", said.stderr);
        assert!(said.stderr.contains("`.ssg-cache` is a link"), "{when}: {}", said.stderr);
    };
    symlink("/nonexistent/folder", &cache).expect("linked");
    refused("a dangling link");
    clear();
    assert!(Command::new("mkfifo").arg(&cache).status().is_ok_and(|status| status.success()));
    edited.assert_built("a pipe");
    clear();
    let elsewhere = site.root.with_file_name("elsewhere");
    fs::create_dir(&elsewhere).expect("made");
    symlink(&elsewhere, &cache).expect("linked");
    refused("a link to a folder of somebody");
    clear();
    // People keep caches on other disks.
    fs::remove_dir(&elsewhere).expect("empty");
    edited.assert_built("nothing in its place");
    fs::rename(&cache, &elsewhere).expect("moved");
    symlink(&elsewhere, &cache).expect("linked");
    edited.assert_built("a link to a cache");
    assert_eq!(site.build().rendered(), Some(0));
}
