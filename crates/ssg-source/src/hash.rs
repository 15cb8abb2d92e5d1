//! Maps and sets without an order, hashed faster than the standard ones.
//!
//! For tables with an entry for every page or file of a site: hashing their names by the standard function was a
//! tenth of a build after an edit. The seed is another one in every process, so no site can be written for names
//! to collide, and nobody may rely on the order of what is in them.

/// The hash function.
pub type Hashing = foldhash::fast::RandomState;
/// A map, to be made with `default` or `with_capacity_and_hasher`.
pub type HashMap<K, V> = std::collections::HashMap<K, V, Hashing>;
/// A set, made in the same ways.
pub type HashSet<T> = std::collections::HashSet<T, Hashing>;
