//! What must be confirmed before a target is changed.

use crate::outputs::Outputs;
use crate::plan::Plan;
use crate::record::Record;
use crate::stage::Stage;
use ssg_build::write::OutputPath;
use ssg_source::{Class, Diagnostic, codes};

/// Something that may be a mistake: refused unless it is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// The built site has no page.
    Empty,
    /// The address of the site is still one that stands for others in documents.
    Example(String),
    /// There are files at the target and no record of ours; this is one of them.
    Foreign(String),
    /// There is a record that cannot be read.
    Damaged,
    /// The target holds another site.
    OtherSite(String),
    /// More files would be removed than a publish should: so many, of so many, at most percent.
    Deletes(usize, usize, u8),
    /// Files that are not ours stand where ours must go.
    Taken(Vec<OutputPath>),
}

/// Whether an address is at one of the hosts that RFC 2606 reserves for examples.
fn is_example(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', ':', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    ["example.org", "example.com", "example.net"].contains(&host)
}

impl Concern {
    /// What can be told of a plan alone.
    pub(crate) fn of(
        plan: &Plan,
        outputs: &Outputs,
        before: &Record,
        site: &str,
        max_deletes: u8,
    ) -> Vec<Self> {
        let mut concerns = Vec::new();
        if !outputs.iter().any(|file| Stage::of(file.path.as_str()) == Stage::Pages) {
            concerns.push(Self::Empty);
        }
        if is_example(site) {
            concerns.push(Self::Example(site.to_owned()));
        }
        if !before.files.is_empty() && before.site != site {
            concerns.push(Self::OtherSite(before.site.clone()));
        }
        let (losses, total) = (plan.losses(outputs), before.files.len());
        if losses.saturating_mul(100) > total.saturating_mul(usize::from(max_deletes)) {
            concerns.push(Self::Deletes(losses, total, max_deletes));
        }
        concerns
    }

    /// As an error of policy.
    #[must_use]
    pub fn to_diagnostic(&self, place: &str) -> Diagnostic {
        let (message, hint) = match self {
            Self::Empty => (
                "the built site has no page".to_owned(),
                "nothing may be published yet: look at drafts and dates with `ssg list pages`".to_owned(),
            ),
            Self::Example(url) => (
                format!("`base_url` is still {url}, which is nobody's"),
                "feeds, cards and the site map would lead there: write in ssg.toml where the site will be online"
                    .to_owned(),
            ),
            Self::Foreign(file) => (
                format!("{place} holds files that ssg did not put there, such as `{file}`"),
                "is this the right place? What is there stays, but a file that the site has too is \
                 replaced"
                    .to_owned(),
            ),
            Self::Damaged => (
                format!("the record at {place} cannot be read, so nothing says which files there are ours"),
                "it may be of a newer version of ssg; if it is damaged, everything is sent again, and files \
                 that the site no longer has stay"
                    .to_owned(),
            ),
            Self::OtherSite(url) => (
                format!("{place} holds another site, {url}"),
                "is this the right place, and the right `base_url`?".to_owned(),
            ),
            Self::Deletes(count, total, percent) => (
                format!("{count} of {total} files at {place} would be removed, more than {percent}%"),
                format!(
                    "look at them with --dry-run; --max-deletes {} allows it",
                    (count * 100).div_ceil((*total).max(1))
                ),
            ),
            Self::Taken(paths) => {
                let first = paths.first().map_or("", |path| path.as_str());
                let more = match paths.len() {
                    0 | 1 => String::new(),
                    count => format!(", and {} more", count - 1),
                };
                (
                    format!("{place} holds `{first}`{more}, which ssg did not put there and would replace"),
                    "move it elsewhere, or give the page another path".to_owned(),
                )
            }
        };
        Diagnostic::error(codes::PUBLISH_REFUSED, message)
            .class(Class::Policy)
            .hint(hint)
            .hint("--yes publishes all the same")
    }
}
