//! Puts findings into the headers of their files.

use super::read::Read;
use ssg_build::files::replace;
use ssg_source::{Class, Diagnostic, Diagnostics, codes};
use ssg_suggest::{Subject, put};

/// Writes the headers of files that lack something and are agreed to; gives the files that were written.
pub fn write_all<'r>(
    read: &'r [Read],
    is_agreed: &dyn Fn(&Read) -> bool,
    found: &mut Diagnostics,
) -> Vec<&'r Read> {
    let mut written = Vec::new();
    for file in read.iter().filter(|file| !file.found.is_empty()) {
        if !is_agreed(file) {
            continue;
        }
        match changed(file) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(bytes) => match replace(&file.disk, &file.bytes, &bytes) {
                Ok(()) => written.push(file),
                Err(error) => {
                    let message = format!("cannot write `{}`: {error}", file.name);
                    found.add(Diagnostic::error(codes::OUTPUT_IO, message).class(Class::Machine));
                }
            },
            Err(problem) => {
                found.add(Diagnostic::warning(
                    codes::SUGGEST,
                    format!("nothing was put into `{}`: {problem}", file.name),
                ));
            }
        }
    }
    written
}

/// The file with its findings in the header.
fn changed(file: &Read) -> Result<Vec<u8>, ssg_suggest::NoPlace> {
    let mut bytes = file.bytes.clone();
    for subject in
        [Subject::Date, Subject::Category, Subject::Tool, Subject::Speaker, Subject::Event, Subject::Talk]
    {
        let names: Vec<String> = file
            .found
            .iter()
            .filter(|finding| finding.subject == subject)
            .map(|finding| finding.name.clone())
            .collect();
        if !names.is_empty() {
            bytes = put(&bytes, subject.key(), &names)?;
        }
    }
    Ok(bytes)
}
