//! Events, talks, categories and dates.
use crate::finding::Finding;
use crate::known::Known;
use crate::text::Text;
use ssg_parse::FrontMatter;
use ssg_source::SitePath;
pub(crate) fn find(_text: &Text, _front: &FrontMatter, _path: &SitePath, _known: &Known) -> Vec<Finding> {
    Vec::new()
}
