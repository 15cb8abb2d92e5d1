//! What a run that goes well does.

use super::*;
use rayon::iter::IntoParallelRefIterator;
use std::time::{Duration, Instant};

fn report(written: usize, unchanged: usize, removed: usize) -> impl Fn(WriteReport) {
    move |got| assert_eq!((got.written, got.unchanged, got.removed), (written, unchanged, removed))
}

#[test]
fn any_sequence_of_trees_equals_a_fresh_output() {
    for seed in 0..60 {
        let site = Site::new();
        let mut random = Random(seed);
        for round in 0..8 {
            let wanted = random.tree();
            let mut before = site.read();
            // Someone meddles with files that are ours.
            if let Some(path) = before.keys().next().cloned()
                && random.below(3) == 0
            {
                let file = site.out.join(&path);
                fs::remove_file(&file).unwrap();
                if random.below(2) == 0 {
                    fs::write(file, "meddled").unwrap();
                }
                before.remove(&path);
            }
            let report = site.write(&wanted).unwrap();
            let fresh = Site::new();
            fresh.write(&wanted).unwrap();
            assert_eq!(site.read(), fresh.read(), "seed {seed}, round {round}");
            assert_eq!(site.folders(), fresh.folders(), "seed {seed}, round {round}");
            let manifest = |site: &Site| fs::read(site.out.join(MANIFEST)).unwrap();
            assert_eq!(manifest(&site), manifest(&fresh), "seed {seed}, round {round}");
            assert_eq!(report.written + report.unchanged, wanted.len());
            let same = wanted.iter().filter(|(path, text)| before.get(*path) == Some(text)).count();
            assert!(report.unchanged == same, "seed {seed}, round {round}: wrote what had not changed");
            assert_eq!(site.leftovers(), Vec::<String>::new());
        }
    }
}

#[test]
fn unchanged_files_keep_their_times() {
    let site = Site::new();
    let mut wanted = tree(&[("a", "1"), ("b/c", "2")]);
    report(2, 0, 0)(site.write(&wanted).unwrap());
    let time = |path: &str| fs::metadata(site.out.join(path)).unwrap().modified().unwrap();
    let (a, c) = (time("a"), time("b/c"));
    std::thread::sleep(Duration::from_millis(120));
    wanted.insert("a".into(), "other".into());
    report(1, 1, 0)(site.write(&wanted).unwrap());
    assert_eq!(time("b/c"), c);
    assert!(time("a") > a);
    // A run without changes touches nothing once the stamps have settled, not even the folder.
    std::thread::sleep(Duration::from_millis(120));
    site.write(&wanted).unwrap();
    let folder = time("");
    report(0, 2, 0)(site.write(&wanted).unwrap());
    assert_eq!(time(""), folder);
}

#[test]
fn edits_by_others_are_noticed_even_with_the_same_size_and_time() {
    let site = Site::new();
    let wanted = tree(&[("a", "one"), ("b", "two"), ("c", "three")]);
    for pause in [0, 120] {
        site.write(&wanted).unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        site.write(&wanted).unwrap();
        let path = site.out.join("a");
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "eno").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        fs::remove_file(site.out.join("b")).unwrap();
        report(2, 1, 0)(site.write(&wanted).unwrap());
        assert_eq!(site.read(), wanted);
    }
}

#[test]
fn a_stamp_is_believed_only_once_it_is_older_than_the_clock_is_coarse() {
    let site = Site::new();
    let (path, hash) = (OutputPath::new("a").unwrap(), [7; 32]);
    site.put("a", "1");
    let stamp = disk::stamp(&fs::metadata(site.out.join("a")).unwrap());
    for (pause, known) in [(0, None), (120, Some(hash))] {
        std::thread::sleep(Duration::from_millis(pause));
        stamps::save(&site.out, std::iter::once((&path, stamp, hash))).unwrap();
        assert_eq!(stamps::Stamps::load(&site.out).digest(&path, &stamp), known);
    }
}

#[test]
fn foreign_files_survive_builds_and_clean() {
    let site = Site::new();
    site.write(&tree(&[("a", "1"), ("dir/b", "2"), ("dir/deep/c", "3")])).unwrap();
    site.put("CNAME", "example.com");
    site.put("dir/own", "mine");
    fs::create_dir(site.out.join("empty")).unwrap();
    report(0, 1, 2)(site.write(&tree(&[("a", "1")])).unwrap());
    assert_eq!(site.read(), tree(&[("a", "1"), ("CNAME", "example.com"), ("dir/own", "mine")]));
    assert!(!site.out.join("dir/deep").exists());
    assert!(site.out.join("empty").is_dir());
    assert_eq!(clean(&site.target()).unwrap(), 1);
    assert_eq!(site.read(), tree(&[("CNAME", "example.com"), ("dir/own", "mine")]));
    assert!(!site.out.join(MANIFEST).exists());
}

#[test]
fn clean_removes_all_that_is_ours() {
    let site = Site::new();
    assert_eq!(clean(&site.target()).unwrap(), 0);
    site.write(&tree(&[("a", "1"), ("dir/b", "2")])).unwrap();
    fs::remove_file(site.out.join("a")).unwrap();
    assert_eq!(clean(&site.target()).unwrap(), 1);
    assert!(!site.out.exists());
    assert_eq!(site.leftovers(), Vec::<String>::new());
}

#[test]
fn damaged_stamps_cost_only_time() {
    let site = Site::new();
    let wanted = tree(&[("a", "1")]);
    for text in ["", "ssg-stamps 1 x\n", "garbage\n0 0 0 0 0 a"] {
        site.write(&wanted).unwrap();
        site.put(".ssg-stamps", text);
        report(0, 1, 0)(site.write(&wanted).unwrap());
    }
}

#[test]
fn copies_are_compared_too_and_their_permissions_are_not_taken() {
    let site = Site::new();
    let from = site.root.join("image.png");
    fs::write(&from, "pixels").unwrap();
    #[cfg(unix)]
    fs::set_permissions(&from, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let source = ssg_source::DiskFile::find(&from).unwrap();
    let copy = |hash| OutputFile {
        path: OutputPath::new("img/image.png").unwrap(),
        body: Body::Copy(source.clone()),
        hash,
    };
    report(1, 0, 0)(write_site(&[copy(None)], &site.target()).unwrap());
    report(0, 1, 0)(write_site(&[copy(None)], &site.target()).unwrap());
    #[cfg(unix)]
    {
        let made = fs::metadata(site.out.join("img/image.png")).unwrap();
        assert_ne!(std::os::unix::fs::PermissionsExt::mode(&made.permissions()) & 0o777, 0o600);
    }
    fs::write(&from, "other pixels").unwrap();
    let hash = *blake3::hash(b"other pixels").as_bytes();
    report(1, 0, 0)(write_site(&[copy(Some(hash))], &site.target()).unwrap());
    // With the digest known and the output right, the source is not even read.
    fs::remove_file(&from).unwrap();
    report(0, 1, 0)(write_site(&[copy(Some(hash))], &site.target()).unwrap());
    assert_eq!(write_site(&[copy(None)], &site.target()).unwrap_err().class, Class::Machine);
    assert_eq!(site.read(), tree(&[("img/image.png", "other pixels")]));
}

/// A copy takes place long after the file was listed; the output then stays what it was.
#[cfg(unix)]
#[test]
fn what_takes_the_place_of_a_file_is_not_copied() {
    use std::os::unix::fs::symlink;
    let site = Site::new();
    let (from, outside) = (site.root.join("in/image.png"), site.root.join("outside"));
    fs::create_dir(site.root.join("in")).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("image.png"), "secret").unwrap();
    let swaps: [(&str, &dyn Fn()); 4] = [
        ("a link", &|| {
            fs::remove_file(&from).unwrap();
            symlink(outside.join("image.png"), &from).unwrap();
        }),
        ("a folder above", &|| {
            fs::remove_dir_all(site.root.join("in")).unwrap();
            symlink(&outside, site.root.join("in")).unwrap();
        }),
        ("a pipe", &|| {
            fs::remove_file(&from).unwrap();
            assert!(std::process::Command::new("mkfifo").arg(&from).status().unwrap().success());
        }),
        ("a device", &|| {
            fs::remove_file(&from).unwrap();
            symlink("/dev/zero", &from).unwrap();
        }),
    ];
    for is_first in [true, false] {
        for (what, swap) in swaps {
            let _ = fs::remove_file(site.root.join("in"));
            let _ = fs::remove_dir_all(site.root.join("in"));
            fs::create_dir(site.root.join("in")).unwrap();
            fs::write(&from, "pixels").unwrap();
            let body = Body::Copy(ssg_source::DiskFile::find(&from).unwrap());
            let copy = OutputFile { path: OutputPath::new("img/image.png").unwrap(), body, hash: None };
            let before = (!is_first).then(|| {
                site.write(&tree(&[("a", what)])).unwrap();
                site.read()
            });
            swap();
            let failed = write_site(&[copy], &site.target()).unwrap_err();
            assert_eq!(failed.class, Class::Machine, "{what}");
            assert!(before.is_none_or(|before| site.read() == before), "{what}");
            assert!(is_first != site.out.exists(), "{what}");
        }
    }
}

#[test]
fn a_file_can_be_kept_by_its_digest() {
    let site = Site::new();
    let (a, hash) = (OutputPath::new("a").unwrap(), *blake3::hash(b"1").as_bytes());
    let writer = SiteWriter::begin(&site.target()).unwrap();
    assert!(!writer.keep(&[(a.clone(), hash)]));
    writer.add(&output("a", "1"));
    writer.add(&output("b", "2"));
    writer.finish().unwrap();
    let writer = SiteWriter::begin(&site.target()).unwrap();
    assert!(writer.keep(&[(a.clone(), hash)]));
    assert!(!writer.keep(&[(OutputPath::new("b").unwrap(), hash)]));
    report(0, 1, 1)(writer.finish().unwrap());
    site.put("a", "edited");
    assert!(!SiteWriter::begin(&site.target()).unwrap().keep(&[(a.clone(), hash)]));
}

#[test]
fn nothing_is_replaced_before_the_end() {
    let site = Site::new();
    let writer = SiteWriter::begin(&site.target()).unwrap();
    writer.add(&output("a", "1"));
    assert!(!site.out.exists());
    writer.abandon();
    assert_eq!(fs::read_dir(&site.root).unwrap().count(), 0);
    site.write(&tree(&[("a", "1")])).unwrap();
    let writer = SiteWriter::begin(&site.target()).unwrap();
    writer.add(&output("a", "2"));
    assert_eq!(site.read(), tree(&[("a", "1")]));
    drop(writer);
    assert_eq!(site.read(), tree(&[("a", "1")]));
    assert_eq!(site.leftovers(), Vec::<String>::new());
}

#[test]
fn a_second_writer_waits_for_the_first() {
    let site = Site::new();
    let first = SiteWriter::begin(&site.target()).unwrap();
    std::thread::scope(|scope| {
        let (waits, waiting) = std::sync::mpsc::channel();
        let site = &site;
        let second = scope.spawn(move || {
            let writer = SiteWriter::begin_or_wait(&site.target(), || waits.send(()).unwrap()).unwrap();
            writer.add(&output("a", "second"));
            writer.finish().unwrap()
        });
        waiting.recv().unwrap();
        first.add(&output("a", "first"));
        first.add(&output("b", "first"));
        first.finish().unwrap();
        report(1, 0, 1)(second.join().unwrap());
    });
    assert_eq!(site.read(), tree(&[("a", "second")]));
    assert_eq!(site.leftovers(), Vec::<String>::new());
}

#[test]
fn leftovers_of_dead_runs_are_swept_and_those_of_others_are_not() {
    let site = Site::new();
    site.write(&tree(&[("a", "1")])).unwrap();
    for path in
        ["../.public.ssg-tmp-77/x/y", "../.public2.ssg-tmp-77/x", "../.public.ssg-lock", ".ssg-tmp-9/0"]
    {
        site.put(path, "left");
    }
    site.write(&tree(&[("a", "1")])).unwrap();
    let left: Vec<_> = site.leftovers();
    assert_eq!(left, [".public2.ssg-tmp-77"]);
}

/// `cargo test --release -p ssg-build -- --ignored --nocapture speed`
#[test]
#[ignore = "a measurement"]
fn speed() {
    let site = Site::new();
    let body = "x".repeat(9_000);
    let mut files: Vec<OutputFile> = (0..12_500)
        .map(|number| {
            output(&format!("posts/{}/p{number}/index.html", number % 50), &format!("{number}{body}"))
        })
        .collect();
    let run = |name: &str, files: &[OutputFile]| {
        let start = Instant::now();
        let report = write_site(files.par_iter(), &site.target()).unwrap();
        println!("{name}: {:?} {report:?}", start.elapsed());
    };
    run("cold", &files);
    run("none changed, first", &files);
    run("none changed, again", &files);
    for file in &mut files {
        let Body::Bytes(bytes) = &file.body else { unreachable!() };
        file.hash = Some(*blake3::hash(bytes).as_bytes());
    }
    run("none changed, digests known", &files);
    files[7] = output(files[7].path.as_str(), "changed");
    run("one changed", &files);
    fs::remove_file(site.out.join(".ssg-stamps")).unwrap();
    run("stamps lost", &files);
    for file in &mut files {
        *file = output(file.path.as_str(), &format!("{} {body}", file.path));
    }
    run("all changed", &files);
    run("half removed", &files[..6_250]);
    let start = Instant::now();
    println!("clean: {} in {:?}", clean(&site.target()).unwrap(), start.elapsed());
}
