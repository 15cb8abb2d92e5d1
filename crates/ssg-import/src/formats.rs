//! The registry of importers: a new format is one file and one line here.

use crate::{
    EventOptions, ExportOptions, FolderOptions, Import, SourceFile, TextOptions, import_blogger, import_csv,
    import_devopsdays, import_frab, import_hugo, import_ics, import_jekyll, import_octopress, import_pretalx,
    import_pyvideo, import_sessionize, import_slides, import_text, import_videos, import_wordpress,
    import_zola,
};
use ssg_source::{Diagnostics, Inputs};

/// A format that `ssg import FORMAT SRC` knows.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// One line of help.
    pub about: &'static str,
    /// What it is made of, and what reads it.
    pub reads: Reads,
}

/// What a source is made of, and what reads it; problems are added to the diagnostics.
#[derive(Clone, Copy, Debug)]
pub enum Reads {
    /// One file: its name, its bytes, the options.
    File(fn(&str, &[u8], &TextOptions, &mut Diagnostics) -> Import),
    /// A folder with all below it.
    Folder(fn(&dyn Inputs, &FolderOptions, &mut Diagnostics) -> Import),
    /// One file that a hosted blog gave out, and what lies beside it.
    Export(fn(&SourceFile, &ExportOptions<'_>, &mut Diagnostics) -> Import),
    /// Files of one event of the site, which are read together.
    Event(fn(&[SourceFile], &EventOptions<'_>, &mut Diagnostics) -> Import),
}

/// Every known format.
pub const FORMATS: &[Format] = &[
    Format {
        name: "blogger",
        about: "a backup of Blogger: a file of Atom",
        reads: Reads::Export(import_blogger),
    },
    Format {
        name: "csv",
        about: "the programme of an event: a table in CSV",
        reads: Reads::Event(import_csv),
    },
    Format {
        name: "devopsdays",
        about: "the Hugo site of devopsdays.org, or a part of it",
        reads: Reads::Folder(import_devopsdays),
    },
    Format {
        name: "frab",
        about: "the programme of an event: the `schedule.json` of frab and others",
        reads: Reads::Event(import_frab),
    },
    Format {
        name: "hugo",
        about: "a site of Hugo: the folder that holds its configuration and `content`",
        reads: Reads::Folder(import_hugo),
    },
    Format { name: "ics", about: "the programme of an event: a calendar", reads: Reads::Event(import_ics) },
    Format {
        name: "jekyll",
        about: "a blog of Jekyll: the folder that holds `_config.yml`",
        reads: Reads::Folder(import_jekyll),
    },
    Format {
        name: "octopress",
        about: "a blog of Octopress: the folder that holds `_config.yml` and `source`",
        reads: Reads::Folder(import_octopress),
    },
    Format {
        name: "pretalx",
        about: "the programme of an event: what pretalx gives out",
        reads: Reads::Event(import_pretalx),
    },
    Format {
        name: "pyvideo",
        about: "conferences of pyvideo.org's data, as JSON",
        reads: Reads::Folder(import_pyvideo),
    },
    Format {
        name: "sessionize",
        about: "the programme of an event: what Sessionize gives out as JSON",
        reads: Reads::Event(import_sessionize),
    },
    Format {
        name: "slides",
        about: "slides of the talks of an event: a list of titles and addresses",
        reads: Reads::Event(import_slides),
    },
    Format {
        name: "text",
        about: "pages of a blog or a book, pasted as plain text",
        reads: Reads::File(|name, bytes, options, found| import_text(name, bytes, options, found).into()),
    },
    Format {
        name: "videos",
        about: "recordings of the talks of an event: a playlist of yt-dlp or PeerTube, or CSV",
        reads: Reads::Event(import_videos),
    },
    Format {
        name: "wordpress",
        about: "an export of WordPress: a file of XML",
        reads: Reads::Export(import_wordpress),
    },
    Format {
        name: "zola",
        about: "a site of Zola: the folder that holds `config.toml` and `content`",
        reads: Reads::Folder(import_zola),
    },
];
