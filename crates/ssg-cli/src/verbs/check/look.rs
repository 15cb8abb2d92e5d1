//! A look at a site: it is compiled, no output is written, and its pages are looked through.

use crate::args::{Check, Globals};
use crate::progress::Progress;
use crate::session::Session;
use ssg_build::{Compiled, Memo, Settings, assemble_site, compile};
use ssg_check::fix::{self, Fix};
use ssg_check::{Watched, pages};
use ssg_source::{Diagnostics, Inputs, Overlay, SitePath, Texts};
use std::sync::Arc;

/// What a look finds.
pub struct Look {
    /// What is wrong, and what may be better.
    pub found: Diagnostics,
    /// What can be mended.
    pub fixes: Vec<Fix>,
    /// What was compiled; nothing where the configuration is wrong.
    pub compiled: Option<Compiled>,
}

/// Looks at the site as it is.
pub fn look(globals: &Globals, verb: &Check, session: &Session, memo: &mut Memo) -> Look {
    let of = (session.shared(), &session.settings, session.found.clone());
    look_at(globals, verb, of, memo)
}

/// Looks at the site as it is with other texts in the place of files; `None` where these name another theme.
pub fn look_over(
    globals: &Globals,
    verb: &Check,
    session: &Session,
    memo: &mut Memo,
    texts: Texts,
) -> Option<Look> {
    let Session { inputs, settings, found } = session;
    let config = SitePath::new(&globals.config).ok().filter(|config| texts.contains_key(config));
    let overlay = Arc::new(Overlay::new(inputs.clone(), texts));
    let Some(config) = config else {
        return Some(look_at(globals, verb, (overlay, settings, found.clone()), memo));
    };
    let mut found = Diagnostics::new();
    let read = Settings::read(&*overlay, &config, settings.overrides.clone(), &mut found);
    let theme = |settings: &Settings| settings.config.theme.as_ref().map(|theme| theme.value.clone());
    let is_same = theme(&read) == theme(settings);
    is_same.then(|| look_at(globals, verb, (overlay, &read, found), memo))
}

fn look_at(
    globals: &Globals,
    verb: &Check,
    (inputs, settings, mut found): (Arc<dyn Inputs + Send + Sync>, &Settings, Diagnostics),
    memo: &mut Memo,
) -> Look {
    let mut fixes = Vec::new();
    let compiled = (!found.has_errors()).then(|| {
        let config = &settings.config;
        let progress = Progress::new(globals, None);
        let watched = Watched::new(&progress, &config.base_url, pages::needs_outputs(&config.check));
        let mut compiled = compile(&inputs, settings, memo, &watched);
        let seen = watched.into_seen();
        progress.done();
        found.extend(std::mem::take(&mut compiled.diagnostics));
        if pages::needs_site(&config.check) || verb.fix {
            // What a build keeps of its pages lacks what only this looks at.
            let site = assemble_site(&*inputs, settings, &mut Diagnostics::new());
            // Of a site with errors outputs are missing, and their links with them.
            let seen = seen.filter(|_| !found.has_errors());
            pages::look(&site, config, seen.as_ref(), &mut found);
            if verb.fix {
                fixes.extend(fix::terms(&site));
            }
        }
        found.sort();
        compiled
    });
    if verb.fix {
        fixes.extend(fix::keys(&found));
    }
    Look { found, fixes, compiled }
}
