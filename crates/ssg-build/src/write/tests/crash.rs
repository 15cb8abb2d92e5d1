//! A run that is cut, or fails, at any step.

use super::*;

/// Pairs of an old and a new tree that use every kind of step.
fn changes() -> Vec<(Tree, Tree)> {
    let mut changes = vec![
        (Tree::new(), tree(&[("a", "1"), ("b/c", "2"), ("b/d/e", "3")])),
        (tree(&[("a", "1"), ("b/c", "2"), ("s/t", "5")]), tree(&[("a", "new"), ("b/c", "2"), ("n/m", "4")])),
        (tree(&[("a", "1"), ("keep", "k")]), tree(&[("a/b/c", "2"), ("keep", "k2")])),
        (tree(&[("a/b/c", "1"), ("a/d", "2"), ("keep", "k")]), tree(&[("a", "3"), ("keep", "k2")])),
        (tree(&[("a/b", "1"), ("c", "2")]), tree(&[])),
    ];
    for seed in 0..12 {
        let mut random = Random(seed);
        changes.push((random.tree(), random.tree()));
    }
    changes
}

fn prepare(old: &Tree, first: bool) -> Site {
    let site = Site::new();
    if !first {
        site.write(old).unwrap();
        site.put("foreign/own.txt", "mine");
    }
    site
}

fn expected(tree: &Tree, first: bool) -> Tree {
    let mut tree = tree.clone();
    if !first {
        tree.insert("foreign/own.txt".into(), "mine".into());
    }
    tree
}

#[test]
fn a_cut_at_any_step_leaves_old_or_new_files_and_the_next_run_converges() {
    let mut cuts = 0;
    for (number, (old, new)) in changes().into_iter().enumerate() {
        let first = number == 0;
        for step in 0.. {
            let site = prepare(&old, first);
            let (result, left) = fault::with(Fault::Crash(step), || site.write(&new));
            let now = site.read();
            for (path, text) in &now {
                let known = [old.get(path), new.get(path)];
                assert!(
                    path == "foreign/own.txt" || known.contains(&Some(text)),
                    "change {number}, step {step}: `{path}` is torn: {text:?}"
                );
            }
            for path in old.keys().filter(|path| new.contains_key(*path)) {
                assert!(now.contains_key(path), "change {number}, step {step}: `{path}` is missing");
            }
            // The next run wants the same, or the old again.
            let next = if step % 2 == 0 { &new } else { &old };
            site.write(next).unwrap_or_else(|error| panic!("change {number}, step {step}: {error:?}"));
            assert_eq!(site.read(), expected(next, first), "change {number}, step {step}");
            assert_eq!(site.leftovers(), Vec::<String>::new(), "change {number}, step {step}");
            let folders: std::collections::BTreeSet<&str> =
                next.keys().flat_map(|path| crate::write::path::folders(path)).collect();
            assert_eq!(site.folders(), folders.len() + usize::from(!first), "change {number}, step {step}");
            assert!(read_manifest(&site.out).unwrap().unwrap().complete);
            if result.is_ok() && matches!(left, Fault::Crash(left) if left > 0) {
                break;
            }
            cuts += 1;
        }
    }
    assert!(cuts > 300, "only {cuts} cuts");
}

#[test]
fn a_failure_at_any_step_leaves_the_output_as_it_was() {
    let mut failures = 0;
    for (number, (old, new)) in changes().into_iter().enumerate() {
        let first = number == 0;
        for step in 0.. {
            let site = prepare(&old, first);
            let manifest = fs::read(site.out.join(MANIFEST)).ok();
            let (result, left) = fault::with(Fault::FailOnce(step), || site.write(&new));
            if left != Fault::Over {
                break;
            }
            let of = format!("change {number}, step {step}");
            match result {
                // A step that does not matter, such as freeing the lock.
                Ok(_) => assert_eq!(site.read(), expected(&new, first), "{of}"),
                Err(problem) => {
                    failures += 1;
                    assert_eq!(problem.class, Class::Machine, "{of}: {problem:?}");
                    assert_eq!(site.read(), expected(&old, first), "{of}: {problem:?}");
                    assert_eq!(fs::read(site.out.join(MANIFEST)).ok(), manifest, "{of}");
                    assert_eq!(site.leftovers(), Vec::<String>::new(), "{of}");
                }
            }
            site.write(&new).unwrap();
            assert_eq!(site.read(), expected(&new, first), "{of}");
        }
    }
    assert!(failures > 200, "only {failures} failures");
}

#[test]
fn a_cut_clean_can_be_repeated() {
    for step in 0.. {
        let site = Site::new();
        site.write(&tree(&[("a", "1"), ("b/c", "2")])).unwrap();
        let (result, left) = fault::with(Fault::Crash(step), || clean(&site.target()));
        clean(&site.target()).unwrap();
        assert!(!site.out.exists(), "step {step}");
        if result.is_ok() && matches!(left, Fault::Crash(left) if left > 0) {
            break;
        }
    }
}

#[test]
fn a_tree_that_cannot_be_renamed_is_copied() {
    // The first rename is that of the stamps, so the swap is found by trying each step.
    let wanted = tree(&[("a", "1"), ("b/c", "2")]);
    for empty in [false, true] {
        for step in 0.. {
            let site = Site::new();
            if empty {
                fs::create_dir(&site.out).unwrap();
            }
            let (result, left) = fault::with(Fault::FailOnce(step), || site.write(&wanted));
            if left != Fault::Over {
                break;
            }
            if let Ok(report) = result {
                assert_eq!((site.read(), report.written), (wanted.clone(), 2), "step {step}");
            }
        }
    }
}
