//! `[outputs]`: what is written besides pages.

use crate::fields::Fields;
use serde::{Deserialize, Serialize};
use ssg_source::Severity;

/// `[outputs]`: what is written besides pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the configuration file")]
pub struct OutputOptions {
    /// `/archive/`
    pub archive: bool,
    /// `/talks/`, with lists by year, kind and tool.
    pub talks: bool,
    /// `/events/series/`, a page of each series.
    pub series: bool,
    /// `/sitemap.xml`
    pub sitemap: bool,
    /// `/robots.txt`
    pub robots: bool,
    /// `/404.html`
    pub not_found: bool,
    /// `/_redirects`
    pub redirects: bool,
    /// Hashes in the names of assets.
    pub fingerprints: bool,
    /// Calendars of events, of series, of what is to come and of calls for papers.
    pub calendars: bool,
    /// A calendar of each talk.
    pub talk_calendars: bool,
    /// A calendar of each speaker's talks.
    pub speaker_calendars: bool,
    /// A calendar of the talks about each tool.
    pub tool_calendars: bool,
    /// Events, talks, speakers and tools as JSON under `/api/`.
    pub api: bool,
    /// `schedule.json` of each event, for the apps of conferences.
    pub schedule_json: bool,
    /// The source of each page, and `/llms.txt`.
    pub markdown: bool,
    /// A picture of each post, event and talk.
    pub cards: bool,
    /// The page of search, where the theme has one, and its index.
    pub search: bool,
}

impl Default for OutputOptions {
    fn default() -> Self {
        Self {
            archive: true,
            talks: true,
            series: true,
            sitemap: true,
            robots: true,
            not_found: true,
            redirects: true,
            fingerprints: true,
            calendars: true,
            talk_calendars: false,
            speaker_calendars: false,
            tool_calendars: false,
            api: false,
            schedule_json: false,
            markdown: false,
            cards: false,
            search: false,
        }
    }
}

pub(super) fn read_outputs(fields: &mut Fields<'_>) -> OutputOptions {
    let mut outputs = OutputOptions::default();
    let switches: [(&'static str, &mut bool); 17] = [
        ("archive", &mut outputs.archive),
        ("talks", &mut outputs.talks),
        ("series", &mut outputs.series),
        ("sitemap", &mut outputs.sitemap),
        ("robots", &mut outputs.robots),
        ("not_found", &mut outputs.not_found),
        ("redirects", &mut outputs.redirects),
        ("fingerprints", &mut outputs.fingerprints),
        ("calendars", &mut outputs.calendars),
        ("talk_calendars", &mut outputs.talk_calendars),
        ("speaker_calendars", &mut outputs.speaker_calendars),
        ("tool_calendars", &mut outputs.tool_calendars),
        ("api", &mut outputs.api),
        ("schedule_json", &mut outputs.schedule_json),
        ("markdown", &mut outputs.markdown),
        ("cards", &mut outputs.cards),
        ("search", &mut outputs.search),
    ];
    for (name, switch) in switches {
        if let Some(flag) = fields.flag(&[name]) {
            *switch = flag.value;
        }
    }
    fields.report_unknown(Severity::Error, "", &[]);
    outputs
}
