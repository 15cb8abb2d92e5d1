//! `ssg theme update`: fetches a newer version, tells what it changes for the site, and swaps it in.

mod changes;

pub use changes::{Changes, OptionChange, Touched};

use crate::add::{hash_of, one, theme_file, validate};
use crate::fetched::{Files, Limits};
use crate::git::{Address, fetch};
use crate::install::Installer;
use crate::pin::write_pin;
use crate::site::Site;
use ssg_parse::{Spanned, ThemePin};
use ssg_render::folder_hash;
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, SitePath, Span, codes, did_you_mean};

/// What to update, and how.
#[derive(Clone, Debug, Default)]
pub struct UpdateRequest {
    /// One theme; all that were fetched without.
    pub name: Option<String>,
    /// Another branch, tag or commit from now on.
    pub to: Option<String>,
    /// Drop what was changed in the theme's folder.
    pub force: bool,
    /// Tell, and change nothing.
    pub dry_run: bool,
}

/// What an update did to one theme.
#[derive(Debug)]
pub struct Updated {
    /// The theme.
    pub name: String,
    /// The commit that was pinned.
    pub from: String,
    /// The commit that is pinned now.
    pub to: String,
    /// Its folder was missing and is there again.
    pub restored: bool,
    /// What is different in it.
    pub changes: Changes,
}

/// The themes that a request is about.
///
/// # Errors
/// When one was not fetched, or `to` would mean several.
pub fn chosen(site: &Site<'_>, request: &UpdateRequest) -> Result<Vec<ThemePin>, Diagnostic> {
    let usage = |message: String| Diagnostic::error(codes::THEME_UPDATE, message).class(Class::Usage);
    let pins = &site.config.themes;
    let names = || pins.iter().map(|pin| pin.name.as_str());
    match &request.name {
        Some(name) => match site.pin(name) {
            Some(pin) => Ok(vec![pin.clone()]),
            None => Err(usage(format!("the theme `{name}` was not fetched"))
                .in_file(site.file)
                .hint_if(did_you_mean(name, names()))
                .hint("`ssg theme add` fetches a theme and pins it under [themes.<name>]")),
        },
        None if request.to.is_some() && pins.len() > 1 => Err(usage("`--to` goes with one theme".to_owned())
            .hint(format!("name one of: {}", names().collect::<Vec<_>>().join(", ")))),
        None => Ok(pins.clone()),
    }
}

/// Updates one theme.
///
/// # Errors
/// When it cannot be fetched, is refused, or its folder was changed. Then nothing has changed.
pub fn update(
    site: &Site<'_>,
    pin: &ThemePin,
    request: &UpdateRequest,
    limits: &Limits,
) -> Result<Updated, Diagnostics> {
    let name = &pin.name;
    crate::name::check_name(name).map_err(one)?;
    let dir = SitePath::new(&format!("themes/{name}")).unwrap_or_default();
    let is_there = site.inputs.exists(&theme_file(name));
    let is_changed = is_there && folder_hash(&*site.inputs, &dir).as_deref() != Some(pin.hash.value.as_str());
    if is_changed && !request.force && !request.dry_run {
        let message = format!("the files in `{dir}` are not those that were fetched");
        return Err(one(Diagnostic::error(codes::THEME_CHANGED, message)
            .class(Class::Policy)
            .hint("keep your changes as files of the site: `ssg theme eject FILE` before you change one")
            .hint("`--force` drops them, `--dry-run` shows what an update would bring")));
    }
    // A missing folder comes back as it was; what is newer is a step of its own.
    let restored = !is_there && request.to.is_none();
    let rev =
        request.to.clone().or_else(|| if restored { Some(pin.commit.clone()) } else { pin.rev.clone() });
    let address = Address::new(&pin.git, rev.as_deref()).map_err(one)?;
    let installer = Installer::new(site.root).map_err(one)?;
    let fetched = fetch(&address, site.root, installer.scratch(), limits).map_err(one)?;
    let hash = hash_of(&fetched.files);
    if restored && hash != pin.hash.value {
        let message = format!("what was fetched for `{name}` is not what was pinned");
        return Err(one(Diagnostic::error(codes::THEME_REFUSED, message)
            .class(Class::Policy)
            .in_file(site.file)
            .at(pin.hash.span)
            .hint(format!("`ssg theme update {name} --to REV` takes what is there now"))));
    }
    let old = files_of(&*site.inputs, &dir);
    if old != fetched.files {
        validate(site, name, &fetched.files)?;
    }
    let changes = Changes::between(site, &old, &fetched.files);
    let new = ThemePin {
        rev: if request.to.is_some() { request.to.clone() } else { pin.rev.clone() },
        commit: fetched.commit.clone(),
        hash: Spanned::new(hash, Span::default()),
        ..pin.clone()
    };
    if !request.dry_run {
        settle(site, &installer, &fetched.files, &new, old == fetched.files).map_err(one)?;
    }
    Ok(Updated { name: name.clone(), from: pin.commit.clone(), to: fetched.commit, restored, changes })
}

/// Swaps the folder and pins anew: both or neither.
fn settle(
    site: &Site<'_>,
    installer: &Installer,
    files: &Files,
    pin: &ThemePin,
    is_same: bool,
) -> Result<(), Diagnostic> {
    if !is_same {
        installer.swap(&pin.name, files)?;
    }
    let known = site.pin(&pin.name);
    if known.is_some_and(|known| {
        known.commit == pin.commit && known.hash.value == pin.hash.value && known.rev == pin.rev
    }) {
        return Ok(());
    }
    write_pin(&site.root.join(site.file.as_str()), pin).inspect_err(|_| {
        if !is_same {
            installer.swap_back(&pin.name);
        }
    })
}

/// The files of a folder; those that cannot be read count as missing.
fn files_of(inputs: &dyn Inputs, dir: &SitePath) -> Files {
    let entries = inputs.list(dir, &mut Diagnostics::new());
    entries
        .into_iter()
        .filter_map(|entry| {
            let name = entry.path.below(dir.as_str())?.to_owned();
            Some((name, inputs.read(&entry.path).ok()?.to_vec()))
        })
        .collect()
}
