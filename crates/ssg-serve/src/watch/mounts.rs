//! File systems that tell nothing of changes made elsewhere: on a network, or by the host of a
//! virtual machine.

use std::path::Path;

/// Types whose events are missing or partial.
const SILENT: &[&str] = &[
    "9p",
    "afs",
    "ceph",
    "cifs",
    "drvfs",
    "fakeowner",
    "fuse.grpcfuse",
    "fuse.osxfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "fuse.vmhgfs-fuse",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
    "vmhgfs",
];

/// The type of the file system on which the path lies, when that gives no events. `None` where it
/// does, and where nothing is known.
pub(super) fn silent(path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    // The root itself may not exist yet.
    let path = path.ancestors().find_map(|path| path.canonicalize().ok())?;
    silent_in(&std::fs::read_to_string("/proc/self/mountinfo").ok()?, &path)
}

fn silent_in(mounts: &str, path: &Path) -> Option<String> {
    let (_, kind) = mounts
        .lines()
        .filter_map(|line| {
            // `36 35 98:0 /root /mount/point options… - type source options`
            let (before, after) = line.split_once(" - ")?;
            let point = unescape(before.split(' ').nth(4)?);
            path.starts_with(&point).then(|| (point.len(), after.split(' ').next().unwrap_or("")))
        })
        // Of two mounts on one place the later one counts.
        .max_by_key(|(length, _)| *length)?;
    SILENT.contains(&kind).then(|| kind.to_owned())
}

/// The kernel writes blanks and backslashes in octal.
fn unescape(text: &str) -> String {
    text.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_counts() {
        let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      30 22 0:40 / /mnt/my\\040site rw shared:1 - nfs4 server:/x rw\n\
                      31 30 8:2 / /mnt/my\\040site/local rw - ext4 /dev/sdb1 rw\n";
        assert_eq!(silent_in(mounts, Path::new("/mnt/my site/content")).as_deref(), Some("nfs4"));
        assert_eq!(silent_in(mounts, Path::new("/mnt/my site/local/content")), None);
        assert_eq!(silent_in(mounts, Path::new("/mnt/my sites")), None);
        assert_eq!(silent_in("", Path::new("/")), None);
    }
}
