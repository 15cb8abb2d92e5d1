//! What `ssg init --ci` creates: the workflow that builds a site and puts it online.
//!
//! The files are for people to read and to change, so each says what it does and what has to be set up
//! once. Nothing in them is a secret. They ask whether it is time for a build with no more than a shell,
//! before anything is fetched or compiled.
//!
//! Hosts read workflows at the top of a repository alone. For a site in a folder of a larger one the file stands there,
//! runs in that folder, and begins only when something in it has changed.

use super::NewFile;
use super::text::file_slug;
use ssg_source::SitePath;

/// Where a site is built and put online.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CiHost {
    /// GitHub Actions and GitHub Pages.
    GitHub,
    /// GitLab CI and GitLab Pages.
    GitLab,
    /// GitHub Actions and Netlify.
    Netlify,
    /// GitHub Actions and Cloudflare Pages.
    Cloudflare,
}

const ALL: [(&str, CiHost); 4] = [
    ("github", CiHost::GitHub),
    ("gitlab", CiHost::GitLab),
    ("netlify", CiHost::Netlify),
    ("cloudflare", CiHost::Cloudflare),
];

/// Where a workflow has the program from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Program<'a> {
    /// Nobody has said; the file says that it is to be written.
    #[default]
    Unknown,
    /// It is compiled from a repository, as [`is_repository`] takes it.
    Source(&'a str),
    /// It is fetched from the files of a release, as [`is_release`] takes their folder.
    Release(&'a str),
}

/// Stands where nobody has said where the source of the program is.
const PLACEHOLDER: &str = "https://git.example.org/ssg.git";

const WORKFLOW: &str = include_str!("ci/github.yml");
const GITLAB: &str = include_str!("ci/gitlab.yml");

impl CiHost {
    /// By its name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        ALL.iter().find(|(known, _)| *known == name).map(|(_, host)| *host)
    }

    /// All names.
    #[must_use]
    pub fn names() -> [&'static str; 4] {
        ALL.map(|(name, _)| name)
    }

    fn name(self) -> &'static str {
        ALL.iter().find(|(_, host)| *host == self).map_or("", |(name, _)| name)
    }

    fn path(self) -> &'static str {
        match self {
            Self::GitLab => ".gitlab-ci.yml",
            Self::GitHub | Self::Netlify | Self::Cloudflare => ".github/workflows/site.yml",
        }
    }

    /// What has to be done once.
    fn setup(self) -> &'static str {
        match self {
            Self::GitHub => {
                "#\n# Once: in the repository's settings, under Pages, choose GitHub Actions as the source.\n"
            }
            Self::Netlify => {
                "#\n# Once: make a project at Netlify without a repository, and add to this repository the secrets\n\
                 # NETLIFY_AUTH_TOKEN (an access token of your account) and NETLIFY_SITE_ID (the project's id).\n"
            }
            Self::Cloudflare => {
                "#\n# Once: make a Pages project at Cloudflare by direct upload, write its name after PROJECT, and add to\n\
                 # this repository the secrets CLOUDFLARE_API_TOKEN (it may edit Pages) and CLOUDFLARE_ACCOUNT_ID.\n"
            }
            Self::GitLab => "",
        }
    }

    fn deploy(self) -> &'static str {
        match self {
            Self::GitHub => include_str!("ci/deploy-github.yml"),
            Self::Netlify => include_str!("ci/deploy-netlify.yml"),
            Self::Cloudflare => include_str!("ci/deploy-cloudflare.yml"),
            Self::GitLab => "",
        }
    }

    /// Variables of the job that builds.
    fn build_env(self, project: &str) -> String {
        match self {
            Self::GitHub | Self::GitLab => String::new(),
            Self::Netlify => "    env:\n      NETLIFY_AUTH_TOKEN: ${{ secrets.NETLIFY_AUTH_TOKEN }}\n      \
                 NETLIFY_SITE_ID: ${{ secrets.NETLIFY_SITE_ID }}\n"
                .to_owned(),
            Self::Cloudflare => format!(
                "    env:\n      PROJECT: \"{project}\"\n      CLOUDFLARE_API_TOKEN: ${{{{ secrets.CLOUDFLARE_API_TOKEN }}}}\n      \
                 CLOUDFLARE_ACCOUNT_ID: ${{{{ secrets.CLOUDFLARE_ACCOUNT_ID }}}}\n"
            ),
        }
    }
}

/// Whether a text can be the address of a repository that is cloned: nothing that a shell, YAML or Git
/// would take for something else.
#[must_use]
pub fn is_repository(url: &str) -> bool {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:@%+=".contains(&byte);
    let has_scheme = ["https://", "http://", "ssh://", "git://", "file://"].iter().any(|start| {
        url.strip_prefix(start)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/'))
    });
    let is_short = url.split_once(':').is_some_and(|(user, path)| {
        user.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            && !user.contains('/')
            && !path.is_empty()
            && !path.starts_with("//")
    });
    url.bytes().all(harmless) && !url.starts_with('-') && (has_scheme || is_short)
}

/// Whether a text can be the folder of the files of a release, as GitHub and Forgejo have it: its last name is `v` and the version.
#[must_use]
pub fn is_release(url: &str) -> bool {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:%+".contains(&byte);
    let tag = url.rsplit_once('/').map_or("", |(_, tag)| tag);
    let is_version = tag.strip_prefix('v').is_some_and(|version| {
        version.starts_with(|c: char| c.is_ascii_digit())
            && version.chars().all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c))
    });
    let has_host = url
        .strip_prefix("https://")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    url.bytes().all(harmless) && has_host && is_version
}

/// Whether a folder can stand in a workflow: nothing that a shell, YAML or a pattern would take for something else.
#[must_use]
pub fn is_folder(path: &str) -> bool {
    let harmless = |c: char| c.is_alphanumeric() || "-_./ ".contains(c);
    path.chars().all(harmless) && !path.starts_with(['-', ' ']) && !path.ends_with(' ')
}

/// How a workflow speaks of the folder of a site; nothing where that is the top of the repository.
#[derive(Default)]
struct Folder {
    /// What begins a workflow of GitHub.
    paths: String,
    /// Where a job of GitHub runs.
    of_job: String,
    /// Before names of files.
    below: String,
    /// What begins a pipeline of GitLab.
    changes: String,
    /// The cache, in a list of GitLab.
    cache: String,
    /// The flag of `ssg`.
    root: String,
}

impl Folder {
    fn new(folder: &str, workflow: &str) -> Self {
        if folder.is_empty() {
            return Self { cache: ".ssg-cache".to_owned(), ..Self::default() };
        }
        Self {
            paths: format!("    paths: [\"{folder}/**\", \"{workflow}\"]\n"),
            of_job: format!("    defaults:\n      run:\n        working-directory: \"{folder}\"\n"),
            below: format!("{folder}/"),
            changes: format!("      changes: [\"{folder}/**/*\", \"{workflow}\"]\n"),
            cache: format!("\"{folder}/.ssg-cache\""),
            root: format!(" -r '{folder}'"),
        }
    }
}

/// What a workflow says of the program: variables, steps, and at GitLab what is kept and the image that it runs in.
struct Parts {
    variables: String,
    install: &'static str,
    kept: &'static str,
    image: &'static str,
}

impl Parts {
    fn new(host: CiHost, program: Program<'_>) -> Self {
        let at_gitlab = host == CiHost::GitLab;
        let source = match program {
            Program::Release(url) => {
                let install = if at_gitlab {
                    include_str!("ci/fetch-gitlab.yml")
                } else {
                    include_str!("ci/fetch-github.yml")
                };
                return Self {
                    variables: include_str!("ci/release.yml").replace("@RELEASE@", url),
                    install,
                    kept: "",
                    image: "buildpack-deps:scm",
                };
            }
            Program::Source(url) => format!("  SSG_SOURCE: \"{url}\""),
            Program::Unknown => {
                format!("  # TODO: write it here; this one is made up.\n  SSG_SOURCE: \"{PLACEHOLDER}\"")
            }
        };
        let install = if at_gitlab {
            include_str!("ci/compile-gitlab.yml")
        } else {
            include_str!("ci/compile-github.yml")
        };
        Self {
            variables: include_str!("ci/source.yml").replace("@SOURCE@", &source),
            install,
            kept: include_str!("ci/kept-gitlab.yml"),
            image: "rust:1",
        }
    }
}

/// The workflow of a host for the site at `base_url`, with the program from where `program` says. `folder` is that of the
/// site below the top of its repository, as [`is_folder`] takes it, or empty; the files belong to the top.
#[must_use]
pub fn ci_files(host: CiHost, base_url: &str, program: Program<'_>, folder: &str) -> Vec<NewFile> {
    let parts = Parts::new(host, program);
    let after_scheme = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let domain = after_scheme.split(['/', ':']).next().unwrap_or_default();
    let template = if host == CiHost::GitLab { GITLAB } else { WORKFLOW };
    let folder = Folder::new(folder, host.path());
    let text = template
        .replace("@PATHS@\n", &folder.paths)
        .replace("@FOLDER@", &folder.of_job)
        .replace("@BELOW@", &folder.below)
        .replace("@CHANGES@\n", &folder.changes)
        .replace("@CACHE@", &folder.cache)
        .replace("@ROOT@", &folder.root)
        .replace("@HOST@", host.name())
        .replace("@SETUP@\n", host.setup())
        .replace("@BUILD_ENV@", &host.build_env(&file_slug(domain, "site")))
        .replace("@DEPLOY@\n", host.deploy())
        .replace("@PROGRAM@\n", &parts.variables)
        .replace("@INSTALL@\n", parts.install)
        .replace("@KEPT@\n", parts.kept)
        .replace("@IMAGE@", parts.image)
        .replace("@SITE_URL@", base_url);
    SitePath::new(host.path()).map(|path| NewFile { path, text }).into_iter().collect()
}
