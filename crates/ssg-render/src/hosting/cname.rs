//! `CNAME`, by which hosts of Git repositories know the site's domain.

use crate::bytes::read_bytes;
use crate::facets::config::HostingSettings;
use crate::facets::theme::StaticFile;
use crate::reads::Reads;
use ssg_source::{Class, Diagnostic, ReadError, codes};

/// The file's name, in the output and in `static/`.
pub(crate) const FILE: &str = "CNAME";

/// The text of the file by the configuration.
///
/// # Errors
/// Where `static/` says something else.
pub(crate) fn text(reads: &Reads) -> Result<String, Box<Diagnostic>> {
    let settings = reads.get::<HostingSettings>(&());
    let domain = settings.as_ref().and_then(|settings| settings.cname.as_ref());
    let domain = domain.map_or("", |name| name.value.as_str());
    if let Some(file) = reads.get::<StaticFile>(&FILE.into()) {
        let bytes = match &file.inside {
            Some(bytes) => Ok(bytes.as_slice().into()),
            None => read_bytes(reads, &file.path),
        };
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
