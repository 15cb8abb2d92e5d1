//! people
use crate::dictionary::Dictionary;
use crate::finding::Finding;
use crate::known::KnownName;
use crate::text::Text;
pub(crate) struct People;
impl People { pub fn new(_: &[KnownName]) -> Self { Self } }
pub(crate) struct Context<'t> { pub text: &'t Text, pub dictionary: &'t Dictionary, pub writers: &'t [&'t str] }
pub(crate) fn find(_: &Context, _: &People) -> Vec<Finding> { Vec::new() }
