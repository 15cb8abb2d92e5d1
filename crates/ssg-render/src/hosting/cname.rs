//! `CNAME`, by which hosts of Git repositories know the site's domain.

use crate::data::read_bytes;
use crate::question::Question;
use crate::reader::looked_up;
use crate::world::World;
use ssg_source::{Class, Diagnostic, ReadError, codes};

/// The file's name, in the output and in `static/`.
pub(crate) const FILE: &str = "CNAME";

/// The text of the file by the configuration.
///
/// # Errors
/// Where `static/` says something else.
pub(crate) fn text(world: &World) -> Result<String, Box<Diagnostic>> {
    looked_up(Question::Hosting);
    let domain = world.config.hosting.cname.as_ref().map_or("", |name| name.value.as_str());
    if let Some(file) = world.look.theme.statics.get(FILE) {
        // Which file it is follows from the rules that were asked for; this is what it says.
        looked_up(Question::Data { path: file.path.as_str().to_owned(), required: false });
        let bytes =
            if file.on_disk.is_some() { read_bytes(world, &file.path) } else { Ok(file.bytes.clone()) };
        let same = match &bytes {
            Ok(bytes) => String::from_utf8_lossy(bytes).trim().eq_ignore_ascii_case(domain),
            Err(ReadError::Missing) => true,
            Err(_) => false,
        };
        if !same {
            return Err(Box::new(
                Diagnostic::error(
                    codes::CNAME,
                    format!("`{}` says another domain than `[hosting] cname`", file.path),
                )
                .class(Class::Usage)
                .in_file(&file.path)
                .hint(format!("the configuration says `{domain}`: remove one of them")),
            ));
        }
    }
    Ok(format!("{domain}\n"))
}
