//! Codes about what was asked on the command line.

use super::{Code, Entry, codes};

codes! {
    ALL;
    BASELINE = "baseline",
        "The file of known problems cannot be read or written.",
        "`ssg check --baseline FILE --write-baseline` makes one of what is found now.",
        "ssg check --baseline no-such.json";
    DATE = "date",
        "The instant of the build cannot be read.",
        "Write a day or a moment with an offset.",
        "ssg build --date tomorrow";
    EMPTY_IMPORT = "empty-import",
        "A file to import holds no text.",
        "Copy the text into it, or name another file.",
        "ssg import text empty.txt";
    EXISTS = "exists",
        "A file is there already and is not replaced.",
        "Remove it first, or choose another name.",
        r#"ssg new post "Austin" twice"#;
    EXPLAIN = "explain",
        "There is no such code.",
        "`ssg explain` lists all.",
        "ssg explain dead-lnk";
    EXTERNAL = "external",
        "Links to other sites cannot be asked for: this program was built without it.",
        "Take a program from a package, or build with `cargo build --features external`.",
        "ssg check --external";
    FIX = "fix",
        "A place could not be changed as `--fix` would: the file is another one by now, or cannot be written.",
        "Run it again.",
        "ssg check --fix while an editor saves";
    FORMAT = "format",
        "A command does not print in this form.",
        "`ssg check` prints SARIF; all others take `human`, `json` or `github`.",
        "ssg build --format sarif";
    IMPORT = "import",
        "A source cannot be imported.",
        "Name a folder or file of the format, as the page of the importer says.",
        "ssg import pyvideo ./empty";
    IMPORT_RECORD = "import-record",
        "The record of earlier imports cannot be read or written.",
        "Restore it from version control.",
        "data/imports/….json was edited";
    INIT = "init",
        "A new site cannot be made as asked.",
        "Name an empty folder, and a host that is known.",
        "ssg init --ci jenkins";
    LEFT_OUT = "left-out",
        "A page or an output was left out by `--skip-broken`.",
        "Mend the errors that are told of it.",
        "ssg build --skip-broken --format json";
    LINKS_LEDGER = "links-ledger",
        "`data/links.toml`, the ledger of links that fail, cannot be read or written.",
        "Mend it, restore it from version control, or remove it: it is begun anew.",
        "data/links.toml with a merge conflict";
    LIST = "list",
        "There is no such list, or the flags do not go with it.",
        "Name one that the message lists.",
        "ssg list taks";
    LSP = "lsp",
        "The language server cannot begin, or its editor said what nobody understands.",
        "Have an editor start it; it speaks over standard input and output.",
        "ssg lsp < /dev/null";
    MISSING_EVENT = "missing-event",
        "A talk or a recap needs an event.",
        "Name it with `--event ID`.",
        r#"ssg new talk "Scaling""#;
    MISSING_TITLE = "missing-title",
        "What is made needs a title.",
        "Write it after the kind, in quotation marks.",
        "ssg new post";
    NEW = "new",
        "Nothing of this kind can be made.",
        "Name one of those that the message lists.",
        r#"ssg new pots "Austin""#;
    PUBLISH = "publish",
        "A target is described wrongly, or could not be reached.",
        "Correct `[publish.NAME]`, or run again: a second run completes the first.",
        r#"[publish.site]
type = "ftp""#;
    PUBLISH_REFUSED = "publish-refused",
        "A publish would remove much, or put the site in a wrong place, and was refused.",
        "Look at `--dry-run`, and confirm with `--yes`.",
        "an empty build";
    PUBLISH_SECRET = "publish-secret",
        "A secret stands in ssg.toml.",
        "Keep it in the environment.",
        r#"secret_key = "…""#;
    PUBLISH_TARGET = "publish-target",
        "There is no such target, or none is named.",
        "Name one of `[publish.NAME]`.",
        "ssg publish sote";
    SCHEMA = "schema",
        "There is no schema of this name.",
        "`ssg schema` takes `config`, `theme` or `page`.",
        "ssg schema confg";
    SERVE = "serve",
        "The server cannot begin.",
        "Choose another port with `-p`, or stop what uses it.",
        "the port 1111 is in use";
    SUGGEST = "suggest",
        "`ssg suggest` cannot do what is asked, or not with a file.",
        "Name files or `--all`; `--write` in a script goes with `--min`.",
        "ssg suggest";
    TERM_EXISTS = "term-exists",
        "A term has a page already.",
        "Edit the page that is named.",
        "ssg new tool Puppet twice";
    TERM_WITHOUT_PAGE = "term-without-page",
        "Many posts mention a tool or a person that has no page.",
        "Write one, such as with `ssg new tool`, or have it ignored by `[suggest] ignore`.",
        "ssg suggest --all --lint";
    UNKNOWN_EVENT = "unknown-event",
        "There is no event of this id.",
        "Name one that the message lists.",
        r#"ssg new talk "x" --event 2016-tornto"#;
    UNMENTIONED = "unmentioned",
        "A header names a tool or a person that the text never mentions.",
        "Take the name out of the header, or say in the text what it has to do with it; other spellings belong into the aliases of its page.",
        "ssg suggest --lint post.md";
    WHY = "why",
        "An output or a file is not known.",
        "Name an output, such as `/posts/x/`, or a file of the site.",
        "ssg why /psots/x/";
}
