//! A look at a site: it is compiled, no output is written, and its pages are looked through.

use crate::args::{Check, Globals};
use crate::progress::Progress;
use crate::session::{Session, VERSION};
use ssg_build::{Compiled, Memo, Settings, assemble_site, compile, mount_theme};
use ssg_check::fix::{self, Fix};
use ssg_check::{Watched, pages};
use ssg_source::{Diagnostics, DiskInputs, Inputs, Overlay, SitePath, Texts};
use ssg_taxonomy::Site;
use std::sync::Arc;

/// What a look finds.
pub struct Look {
    /// What is wrong, and what may be better.
    pub found: Diagnostics,
    /// What can be mended.
    pub fixes: Vec<Fix>,
    /// What was compiled; nothing where the configuration is wrong.
    pub compiled: Option<Compiled>,
    /// The site, where something besides was looked for in it.
    pub site: Option<Site>,
}

/// Looks at the site as it is.
pub fn look(globals: &Globals, verb: &Check, session: &Session, memo: &mut Memo) -> Look {
    let of = (session.shared(), &session.settings, session.found.clone());
    look_at(globals, verb, of, memo)
}

/// Looks at the site as it is with other texts in the place of files; `None` where its folder is gone.
pub fn look_over(
    globals: &Globals,
    verb: &Check,
    session: &Session,
    memo: &mut Memo,
    texts: Texts,
) -> Option<Look> {
    let Session { inputs, settings, found } = session;
    let config = SitePath::new(&globals.config).ok().filter(|config| texts.contains_key(config));
    let mut overlay = Overlay::new(inputs.clone(), texts.clone());
    let Some(config) = config else {
        return Some(look_at(globals, verb, (Arc::new(overlay), settings, found.clone()), memo));
    };
    let mut found = Diagnostics::new();
    let mut read = Settings::read(&overlay, &config, settings.overrides.clone(), &mut found);
    let theme = |settings: &Settings| settings.config.theme.as_ref().map(|theme| theme.value.clone());
    if let Some(theme) = theme(&read).filter(|named| theme(settings).as_ref() != Some(named)) {
        let mut disk = DiskInputs::new(inputs.root(), inputs.instant(), VERSION).ok()?;
        // A folder that is not there is reported as an unknown theme.
        let _ = mount_theme(&mut disk, &theme);
        overlay = Overlay::new(Arc::new(disk), texts);
        found = Diagnostics::new();
        read = Settings::read(&overlay, &config, settings.overrides.clone(), &mut found);
    }
    Some(look_at(globals, verb, (Arc::new(overlay), &read, found), memo))
}

fn look_at(
    globals: &Globals,
    verb: &Check,
    (inputs, settings, mut found): (Arc<dyn Inputs + Send + Sync>, &Settings, Diagnostics),
    memo: &mut Memo,
) -> Look {
    let (mut fixes, mut whole) = (Vec::new(), None);
    let compiled = (!found.has_errors()).then(|| {
        let config = &settings.config;
        let progress = Progress::new(globals, None);
        let watched = Watched::new(&progress, &config.base_url, pages::needs_outputs(&config.check));
        let mut compiled = compile(&inputs, settings, memo, &watched);
        let seen = watched.into_seen();
        progress.done();
        found.extend(std::mem::take(&mut compiled.diagnostics));
        if pages::needs_site(&config.check) || verb.external || verb.fix {
            // What a build keeps of its pages lacks what only this looks at.
            let site = assemble_site(&*inputs, settings, &mut Diagnostics::new());
            // Of a site with errors outputs are missing, and their links with them.
            let seen = seen.filter(|_| !found.has_errors());
            pages::look(&site, config, seen.as_ref(), &mut found);
            if verb.fix {
                fixes.extend(fix::terms(&site));
            }
            whole = Some(site);
        }
        found.sort();
        compiled
    });
    if verb.fix {
        fixes.extend(fix::keys(&found));
    }
    Look { found, fixes, compiled, site: whole }
}
