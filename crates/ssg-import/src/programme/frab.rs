//! What frab gives out: `schedule.json` and `schedule.xml`.

use super::model::Programme;
use super::{Reading, read_json, schedule_json};
use crate::event_options::SourceFile;

/// Reads a file.
pub(super) fn read(file: &SourceFile, reading: &mut Reading<'_, '_>) -> Option<Programme> {
    let expected = "a `schedule.json` or a `schedule.xml`: a `schedule` with a `conference` and its days";
    let options = reading.options;
    read_json(expected, file, reading, |value, report| {
        let conference = schedule_json::conference(value)?;
        Some(schedule_json::read("frab", conference, options, report))
    })
}
