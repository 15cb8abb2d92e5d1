//! Names as a file system sees them that knows neither case nor composition.

use unicode_normalization::UnicodeNormalization;

/// Folds case and composition: two names that give the same here collide on some systems.
#[must_use]
pub fn fold_name(name: &str) -> String {
    name.nfd().flat_map(char::to_lowercase).nfc().collect()
}
