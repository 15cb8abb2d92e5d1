//! Arguments of `ssg theme`.

use super::candidates;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Theme {
    /// List the themes that this site can use
    List,
    /// Say what a theme is and has, and what this site overrides of it
    Show {
        /// The theme [default: the one in use]
        #[arg(add = candidates::themes())]
        name: Option<String>,
    },
    /// Make a new theme that works as it is
    New(New),
    /// Copy one file of the theme into the site, to change it there
    Eject {
        /// Its name in the theme, such as `templates/post.html` or `post.html`
        file: String,
    },
    /// Render every kind of page with a theme, and say what is wrong with it
    Check(Check),
    /// Make a theme of one of Zola's, as far as it goes, and say what is left to do
    Convert(Convert),
    /// Fetch a theme by git and pin what was fetched
    Add {
        /// Where it is; after `@` a branch, a tag or a commit
        #[arg(value_name = "GIT-URL[@REV]", allow_hyphen_values = true)]
        address: String,
    },
    /// Fetch the newest version of themes, and say what it changes for this site
    Update(Update),
}

#[derive(Debug, Args)]
pub struct New {
    /// Its name
    #[arg(allow_hyphen_values = true)]
    pub name: String,
    /// The theme that it extends
    #[arg(long, value_name = "PARENT", add = candidates::themes())]
    pub extends: Option<String>,
}

#[derive(Debug, Args)]
pub struct Check {
    /// The theme [default: the one in use]
    #[arg(add = candidates::themes())]
    pub name: Option<String>,
    /// Take warnings as errors
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Args)]
pub struct Convert {
    /// Folder of the theme, or of a site, that holds `templates/`
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub source: std::path::PathBuf,
    /// Its name here [default: that of the folder]
    #[arg(long, allow_hyphen_values = true)]
    pub name: Option<String>,
}

#[derive(Debug, Args)]
pub struct Update {
    /// The theme [default: all that were fetched]
    pub name: Option<String>,
    /// Another branch, tag or commit from now on
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// Drop what was changed in the theme's folder
    #[arg(long)]
    pub force: bool,
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
