//! placeholder until merged
/// x
pub fn slugify(text: &str) -> String {
    text.to_lowercase()
}
