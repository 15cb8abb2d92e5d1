//! Pictures as pages show them: in which sizes, by the facets of their files and of `[pictures]`.

use crate::facets::config::PictureSettings;
use crate::facets::picture::Picture;
use crate::pictures::{IS_THERE, Seen, Shown, Sizes, is_processed};
use crate::reads::Reads;
use ssg_source::SitePath;

/// The sizes of a picture of the site, with parts around `focus` where there is one; `None` where there are none, for it
/// is drawn in flat colours, is no photograph, or none are wanted.
///
/// # Errors
/// With what is wrong with it, where it cannot be read.
pub(crate) fn shown(
    reads: &Reads,
    source: &SitePath,
    focus: Option<(u8, u8)>,
) -> Result<Option<Shown>, String> {
    if !IS_THERE || !is_processed(source.file_name()) {
        return Ok(None);
    }
    let Some(settings) = reads.get::<PictureSettings>(&()).filter(|settings| settings.enabled) else {
        return Ok(None);
    };
    let Some(picture) = reads.get::<Picture>(source) else { return Ok(None) };
    let (seen, is_same) = picture.look();
    if !is_same {
        reads.distrust();
    }
    match seen {
        Seen::Read(look) => {
            let sizes = Sizes::of(&look, &settings, picture.digest, source.file_name(), focus);
            Ok(sizes.map(|sizes| Shown { look, sizes, options: (*settings).clone() }))
        }
        Seen::LeftAlone => Ok(None),
        Seen::Broken(why) => Err(why),
    }
}
