//! Targets and things in the way that are refused, with nothing touched.

use super::*;
#[cfg(unix)]
use std::os::unix::fs::symlink;

fn class(result: Result<(), Diagnostic>) -> Option<Class> {
    result.err().map(|problem| problem.class)
}

#[test]
fn dangerous_targets_are_refused() {
    let site = Site::new();
    for dir in ["content/posts", "elsewhere", "full", "theme", "store/theme"] {
        fs::create_dir_all(site.root.join(dir)).unwrap();
    }
    fs::write(site.root.join("full/a"), "x").unwrap();
    fs::write(site.root.join("file"), "x").unwrap();
    #[cfg(unix)]
    symlink("elsewhere", site.root.join("link")).unwrap();
    let protected = [PathBuf::from("theme"), site.root.join("store/theme")];
    let check = |dir: &Path| check_target(&Target { dir, site_root: &site.root, protected: &protected });

    let home = std::env::home_dir().unwrap();
    for dir in [Path::new("/"), &home, &site.root, site.root.parent().unwrap()] {
        assert_eq!(class(check(dir)), Some(Class::Usage), "{}", dir.display());
    }
    let names = [
        "content",
        "content/posts",
        "content/posts/new",
        "static/x",
        "themes/a/b",
        "data",
        "assets",
        ".git/x",
        "templates",
        "theme",
        "theme/x",
        "store",
        "full",
        "file",
        "link",
        "link/",
        "link/.",
        "public/..",
        "new/../content/y",
        ".",
        "link/../full",
        "file/below",
    ];
    for name in names {
        if cfg!(unix) || !name.starts_with("link") {
            assert!(check(&site.root.join(name)).is_err(), "{name}");
        }
    }
    for name in ["public", "elsewhere", "deep/er/public", "contents", "content/../public", "link/inside"] {
        assert_eq!(check(&site.root.join(name)), Ok(()), "{name}");
    }
    assert!(!site.root.join("deep").exists());
}

#[test]
fn a_damaged_manifest_is_refused() {
    let site = Site::new();
    site.write(&tree(&[("a", "1"), ("b", "2")])).unwrap();
    let path = site.out.join(MANIFEST);
    let whole = fs::read_to_string(&path).unwrap();
    let forged = whole.replace("  a\n", "  ../a\n");
    let shorter = whole.split_inclusive('\n').take(2).collect();
    for text in [String::new(), whole[..whole.len() - 3].to_owned(), forged, shorter, "x\n".to_owned()] {
        fs::write(&path, text).unwrap();
        assert_eq!(class(check_target(&site.target())), Some(Class::Usage));
        assert!(clean(&site.target()).is_err());
    }
    assert_eq!(site.read(), tree(&[("a", "1"), ("b", "2")]));
}

#[test]
fn foreign_files_in_the_way_are_an_error_before_any_change() {
    for path in ["new", "dir/new", "file/new", "folder"] {
        let site = Site::new();
        let old = tree(&[("a", "1"), ("gone", "2"), ("folder/ours", "3")]);
        site.write(&old).unwrap();
        site.put("new", "mine");
        site.put("dir/new", "mine");
        site.put("file", "mine");
        site.put("folder/sub/theirs", "mine");
        let before = site.read();
        let problem = site.write(&tree(&[("a", "9"), (path, "9")])).unwrap_err();
        assert_eq!(problem.class, Class::Usage, "{path}");
        let name = path.trim_end_matches("/new");
        assert!(problem.message.contains(name), "{}", problem.message);
        assert_eq!(site.read(), before, "{path}");
        assert_eq!(site.leftovers(), Vec::<String>::new());
    }
}

#[test]
fn a_path_cannot_be_made_twice_or_be_a_folder_too() {
    for files in [["a", "a"], ["a", "a/b"], ["a/b", "a"]] {
        for first in [true, false] {
            let site = Site::new();
            if !first {
                site.write(&tree(&[("x", "1")])).unwrap();
            }
            let files = files.map(|path| output(path, path));
            let writer = SiteWriter::begin(&site.target()).unwrap();
            for file in &files {
                writer.add(file);
            }
            assert_eq!(writer.finish().unwrap_err().class, Class::Content);
            assert_eq!(site.read(), if first { Tree::new() } else { tree(&[("x", "1")]) });
            assert_eq!(site.leftovers(), Vec::<String>::new());
        }
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_not_followed() {
    let site = Site::new();
    let outside = site.root.join("outside");
    fs::create_dir_all(outside.join("empty")).unwrap();
    fs::write(outside.join("a"), "precious").unwrap();
    site.write(&tree(&[("dir/a", "1"), ("dir/empty/x", "2"), ("file", "3")])).unwrap();
    // A folder of ours was replaced by a link: nothing is written or removed through it.
    fs::remove_dir_all(site.out.join("dir")).unwrap();
    symlink(&outside, site.out.join("dir")).unwrap();
    let problem = site.write(&tree(&[("dir/a", "9")])).unwrap_err();
    assert_eq!(problem.class, Class::Usage);
    // A file of ours was replaced by a link: the link is replaced, not its target.
    fs::remove_file(site.out.join("file")).unwrap();
    symlink(outside.join("a"), site.out.join("file")).unwrap();
    site.write(&tree(&[("file", "3")])).unwrap();
    assert_eq!(fs::read_to_string(site.out.join("file")).unwrap(), "3");
    assert!(!site.out.join("file").is_symlink());
    assert!(site.out.join("dir").is_symlink());
    assert_eq!(fs::read_to_string(outside.join("a")).unwrap(), "precious");
    assert!(outside.join("empty").is_dir());
    // Nor does `clean`, nor the sweep of leftovers.
    symlink(&outside, site.out.join(".ssg-tmp-1")).unwrap();
    symlink(&outside, site.root.join(".public.ssg-tmp-1")).unwrap();
    clean(&site.target()).unwrap();
    assert_eq!(fs::read_to_string(outside.join("a")).unwrap(), "precious");
    assert_eq!(site.leftovers(), Vec::<String>::new());
}

#[test]
fn output_paths_stay_inside() {
    for path in
        ["", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\\b", "a\nb", ".ssg-manifest", "x/.SSG-tmp"]
    {
        assert!(OutputPath::new(path).is_err(), "{path:?}");
    }
    let path = OutputPath::new("a b/ü/.well-known/x").unwrap();
    assert_eq!(path.folders().collect::<Vec<_>>(), ["a b/ü/.well-known", "a b/ü", "a b"]);
}
