//! What a publish would do, as a short tree with sizes.

use crate::session::counted;
use serde_json::json;
use ssg_build::write::OutputPath;
use ssg_publish::{Plan, Stage};
use std::collections::BTreeMap;

/// Most lines of a stage without `-v`.
const LINES: usize = 12;

/// One file or folder of the tree.
#[derive(Default)]
struct Branch {
    files: usize,
    bytes: u64,
}

/// The plan for people. With `full` every file has its line.
pub fn tree(plan: &Plan, full: bool) -> String {
    if plan.is_empty() {
        return format!("nothing to do, {} unchanged\n", counted(plan.kept, "file"));
    }
    let puts = plan.puts().count();
    let removed = plan.clear.len() + plan.remove.len();
    let mut text =
        format!("{puts} to send ({}), {removed} to remove, {} unchanged\n", size(plan.bytes()), plan.kept);
    for (stage, files) in Stage::ALL.into_iter().zip(&plan.put) {
        let lines = files.iter().map(|file| {
            let sign = if plan.new.contains(&file.path) { '+' } else { '~' };
            (sign, &file.path, file.size)
        });
        section(&mut text, stage.name(), &lines.collect::<Vec<_>>(), full);
    }
    let gone: Vec<_> = plan.clear.iter().chain(&plan.remove).map(|path| ('-', path, 0)).collect();
    section(&mut text, "removed", &gone, full);
    text
}

fn section(text: &mut String, name: &str, files: &[(char, &OutputPath, u64)], full: bool) {
    if files.is_empty() {
        return;
    }
    let bytes: u64 = files.iter().map(|(.., bytes)| bytes).sum();
    let total = if bytes > 0 { format!(", {}", size(bytes)) } else { String::new() };
    text.push_str(&format!("  {name} ({}{total})\n", files.len()));
    if full || files.len() <= LINES {
        for (sign, path, bytes) in files {
            text.push_str(&line(*sign, path.as_str(), &Branch { files: 1, bytes: *bytes }));
        }
        return;
    }
    // By folder, the largest first.
    let mut branches: BTreeMap<(String, char), Branch> = BTreeMap::new();
    for (sign, path, bytes) in files {
        let key = match path.as_str().split_once('/') {
            Some((folder, _)) => format!("{folder}/"),
            None => path.to_string(),
        };
        let branch = branches.entry((key, *sign)).or_default();
        branch.files += 1;
        branch.bytes += bytes;
    }
    let mut branches: Vec<_> = branches.into_iter().collect();
    branches.sort_by(|a, b| (b.1.files, &a.0).cmp(&(a.1.files, &b.0)));
    for ((path, sign), branch) in branches.iter().take(LINES) {
        text.push_str(&line(*sign, path, branch));
    }
    if branches.len() > LINES {
        text.push_str(&format!("    … {} more; -v shows every file\n", branches.len() - LINES));
    }
}

fn line(sign: char, path: &str, branch: &Branch) -> String {
    let count =
        if path.ends_with('/') { format!("  {}", counted(branch.files, "file")) } else { String::new() };
    let bytes = if sign == '-' { String::new() } else { format!("  {}", size(branch.bytes)) };
    format!("    {sign} {path}{count}{bytes}\n")
}

/// The plan for tools: one object a line.
pub fn json(target: &str, plan: &Plan) -> String {
    let mut text = String::new();
    for (stage, files) in Stage::ALL.into_iter().zip(&plan.put) {
        for file in files {
            let action = if plan.new.contains(&file.path) { "add" } else { "replace" };
            let line = json!({
                "action": action, "path": file.path.as_str(), "bytes": file.size, "stage": stage.name(),
            });
            text.push_str(&format!("{line}\n"));
        }
    }
    for path in plan.clear.iter().chain(&plan.remove) {
        text.push_str(&format!("{}\n", json!({ "action": "remove", "path": path.as_str() })));
    }
    let line = json!({
        "event": "plan", "target": target, "send": plan.puts().count(), "bytes": plan.bytes(),
        "remove": plan.clear.len() + plan.remove.len(), "unchanged": plan.kept,
    });
    text.push_str(&format!("{line}\n"));
    text
}

/// A size for people, in units of 1024.
pub fn size(bytes: u64) -> String {
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut unit = 1_u64;
    let mut name = "B";
    for next in ["KiB", "MiB", "GiB", "TiB"] {
        if bytes / unit < 1024 {
            break;
        }
        unit = unit.saturating_mul(1024);
        name = next;
    }
    let tenths = bytes.saturating_mul(10) / unit;
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 1023, 1024, 1536, 1 << 20, u64::MAX].map(size);
        assert_eq!(sizes[..5], ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "1.0 MiB"]);
    }
}
