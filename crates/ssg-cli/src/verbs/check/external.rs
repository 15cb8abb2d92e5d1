//! `--external`: links to other sites, the ledger of those that fail, and the cache of those that are fine.

use crate::args::{Check, Globals};
use crate::session::Session;
use ssg_check::fix::Fix;
use ssg_source::Diagnostics;
use ssg_taxonomy::Site;

/// Says that this program asks nobody.
#[cfg(not(feature = "external"))]
pub fn ask(_: &Globals, _: &Check, _: &Session, _: &Site, found: &mut Diagnostics) -> Vec<Fix> {
    use ssg_source::{Class, Diagnostic, codes};
    let problem = Diagnostic::error(codes::EXTERNAL, "this program was built without `--external`");
    let problem = problem.class(Class::Usage).hint("take a program from a package");
    found.add(problem.hint("or build it with `--features external`"));
    Vec::new()
}

#[cfg(feature = "external")]
pub use asking::ask;

#[cfg(feature = "external")]
mod asking {
    use super::{Check, Diagnostics, Fix, Globals, Session, Site};
    use crate::args::Format;
    use crate::session::{counted, say};
    use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
    use jiff::Timestamp;
    use ssg_build::files::{place, put, replace};
    use ssg_check::links::{
        Fine, Ledger, Link, Outcome, Pace, Settled, Timeouts, Wanted, WebClient, ask_all, gather, settle,
    };
    use ssg_source::{Class, Diagnostic, Inputs, SitePath, codes};
    use std::fs;
    use std::io;
    use std::path::Path;

    /// The ledger, in the site's folder.
    const LEDGER: &str = "data/links.toml";
    /// What was fine, in the folder of the cache.
    const FINE: &str = ".ssg-cache/links.memo";
    /// Largest file of that kind that is read, in bytes.
    const LARGEST: u64 = 64 << 20;

    /// Asks for the links of a site, tells of them, and gives new addresses that are sure.
    pub fn ask(
        globals: &Globals,
        verb: &Check,
        session: &Session,
        site: &Site,
        found: &mut Diagnostics,
    ) -> Vec<Fix> {
        let config = &session.settings.config;
        let place = SitePath::new(LEDGER)
            .map_or_else(|_| Ok(globals.root.join(LEDGER)), |path| place(&globals.root, &path));
        let place = match place {
            Ok(place) => place,
            Err(problem) => {
                found.add(problem);
                return Vec::new();
            }
        };
        let mut ledger = match read_ledger(&place) {
            Ok(ledger) => ledger,
            Err(why) => {
                found.add(ledger_problem("read", &why, Class::Usage));
                return Vec::new();
            }
        };
        let now = session.inputs.instant();
        // That of this site, which was looked at when it was opened.
        let cache = (!verb.no_cache).then(|| globals.root.join(FINE));
        let mut fine = cache.as_deref().map_or_else(Fine::default, read_fine);
        let links = gather(site, config, &Wanted::new(config));
        let outcomes = outcomes_of(globals, session, &links, &fine, now);
        let Settled { found: told, fixes, counts } = settle(&links, &outcomes, now, &mut ledger, &mut fine);
        found.extend(told);
        if let Err(error) = write_ledger(&place, &ledger) {
            found.add(ledger_problem("write", &error.to_string(), Class::Machine));
        }
        if let Some(path) = cache {
            // Without it the next run asks for more.
            let _ = put(&path, fine.text().as_bytes());
        }
        let (failed, moved, unknown) = counts;
        say(
            globals,
            &format!(
                "{} to other sites: {failed} failed, {moved} moved, {unknown} unknown",
                counted(links.len(), "link")
            ),
        );
        fixes
    }

    /// What is known of each address, or what comes of asking for it.
    fn outcomes_of(
        globals: &Globals,
        session: &Session,
        links: &[Link],
        fine: &Fine,
        now: Timestamp,
    ) -> Vec<Option<Outcome>> {
        let options = &session.settings.config.check;
        let mut outcomes: Vec<Option<Outcome>> =
            links.iter().map(|link| fine.outcome(&link.address, now, options.links_fine_days)).collect();
        let asked: Vec<usize> = (0..links.len()).filter(|at| outcomes[*at].is_none()).collect();
        let addresses: Vec<&str> = asked.iter().map(|at| links[*at].address.as_str()).collect();
        if addresses.is_empty() {
            return outcomes;
        }
        let bar = bar(globals, addresses.len());
        let client = WebClient::new(Timeouts::default(), &options.private_hosts);
        let answers = ask_all(&client, &addresses, &Pace::default(), &|done| bar.set_position(done as u64));
        bar.finish_and_clear();
        for (at, answer) in asked.into_iter().zip(answers) {
            outcomes[at] = Some(answer);
        }
        outcomes
    }

    fn bar(globals: &Globals, length: usize) -> ProgressBar {
        let hidden = globals.quiet || globals.format == Format::Json;
        let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(length as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} addresses of other sites") {
            bar.set_style(style);
        }
        bar
    }

    fn ledger_problem(verb: &str, why: &str, class: Class) -> Diagnostic {
        let problem = Diagnostic::error(codes::LINKS_LEDGER, format!("cannot {verb} `{LEDGER}`: {why}"));
        let problem = SitePath::new(LEDGER).map_or(problem.clone(), |path| problem.in_file(&path));
        problem.class(class).hint("mend it, or remove it: it is begun anew")
    }

    fn read_ledger(path: &Path) -> Result<Ledger, String> {
        match fs::metadata(path) {
            Ok(data) if !data.is_file() || data.len() > LARGEST => {
                return Err("it is no file of a ledger".to_owned());
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Ledger::default()),
            Err(error) => return Err(error.to_string()),
        }
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        Ledger::read(&text)
    }

    /// Writes the ledger where it says something else than before; without anything to say none is begun.
    fn write_ledger(path: &Path, ledger: &Ledger) -> io::Result<()> {
        let before = fs::read_to_string(path).ok();
        let text = ledger.text();
        if before.as_ref() == Some(&text) || (before.is_none() && ledger.is_empty()) {
            return Ok(());
        }
        match before {
            Some(before) => replace(path, before.as_bytes(), text.as_bytes()),
            None => {
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                put(path, text.as_bytes())
            }
        }
    }

    fn read_fine(path: &Path) -> Fine {
        let is_file = fs::symlink_metadata(path).is_ok_and(|data| data.is_file() && data.len() <= LARGEST);
        let text = is_file.then(|| fs::read_to_string(path).ok()).flatten();
        text.map_or_else(Fine::default, |text| Fine::read(&text))
    }
}
