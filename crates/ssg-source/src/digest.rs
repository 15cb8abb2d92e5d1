//! Digests: what tells whether a value is the same as before, without keeping the value.
//!
//! A value is serialised straight into the hash, with the lengths of what varies, so that no two values give the same
//! stream. Digests outlive the process in the cache, which only the same program reads.

mod serializer;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serializer::Digesting;
use siphasher::sip128::{Hasher128, SipHasher13};
use std::cell::RefCell;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A digest of 128 bits. Equal values have equal digests; that different ones have too is a matter
/// of one in 2⁶⁴ even for very many values.
///
/// It is held as bytes, the highest first, so that an optional one and what holds it stay small.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The digest of a file's bytes. Nobody can make two files of equal digest on purpose.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
        Self::of_number(u128::from_le_bytes(half))
    }

    /// Eight bits of it, which are as evenly spread as any other eight.
    #[must_use]
    pub fn first_byte(self) -> u8 {
        self.0[0]
    }

    fn of_number(number: u128) -> Self {
        Self(number.to_be_bytes())
    }

    fn number(self) -> u128 {
        u128::from_be_bytes(self.0)
    }

    /// The digest of one text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Digester::new().text(text).done()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.number())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.number());
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(SixteenBytes)
    }
}

/// Reads a digest.
struct SixteenBytes;

impl<'de> Visitor<'de> for SixteenBytes {
    type Value = Digest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sixteen bytes")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Digest, E> {
        let sixteen = bytes.try_into().map_err(|_| E::invalid_length(bytes.len(), &self))?;
        Ok(Digest(sixteen))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut bytes: A) -> Result<Digest, A::Error> {
        let mut sixteen = [0; 16];
        for (at, byte) in sixteen.iter_mut().enumerate() {
            *byte = bytes.next_element()?.ok_or_else(|| serde::de::Error::invalid_length(at, &self))?;
        }
        Ok(Digest(sixteen))
    }
}

thread_local! {
    /// The bytes of the value that is being digested.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Digests values one after another. Every value is delimited, so that `"ab", "c"` and `"a", "bc"`
/// differ.
#[derive(Clone)]
pub struct Digester(SipHasher13);

impl Default for Digester {
    fn default() -> Self {
        Self::new()
    }
}

impl Digester {
    /// Begins.
    #[must_use]
    pub fn new() -> Self {
        Self(SipHasher13::new())
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.write_u64(bytes.len() as u64);
        self.0.write(bytes);
        self
    }

    /// Adds a whole number.
    pub fn number(&mut self, number: impl Into<i128>) -> &mut Self {
        self.0.write_i128(number.into());
        self
    }

    /// Adds a count or an index.
    pub fn count(&mut self, count: usize) -> &mut Self {
        self.0.write_u64(count as u64);
        self
    }

    /// Adds a truth.
    pub fn flag(&mut self, flag: bool) -> &mut Self {
        self.0.write_u8(u8::from(flag));
        self
    }

    /// Adds a digest.
    pub fn digest(&mut self, digest: Digest) -> &mut Self {
        self.0.write_u128(digest.number());
        self
    }

    /// Adds a text or the lack of one.
    pub fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.flag(true).text(text),
            None => self.flag(false),
        }
    }

    /// Adds anything that can be serialised, all of it: what serialises otherwise has another digest.
    ///
    /// # Panics
    /// In debug builds, for a type that refuses to be serialised. In others it gets a digest that depends
    /// on the reason alone.
    pub fn value(&mut self, value: &(impl Serialize + ?Sized)) -> &mut Self {
        // Taken, since serialising may digest something else on the way.
        let mut buffer = BUFFER.take();
        buffer.clear();
        let done = value.serialize(&mut Digesting(&mut buffer));
        debug_assert!(done.is_ok(), "{done:?}");
        self.0.write(&buffer);
        BUFFER.set(buffer);
        self.flag(done.is_ok())
    }

    /// The digest of everything added.
    #[must_use]
    pub fn done(&self) -> Digest {
        Digest::of_number(self.0.finish128().as_u128())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_delimited() {
        let two = |a: &str, b: &str| Digester::new().text(a).text(b).done();
        assert_ne!(two("ab", "c"), two("a", "bc"));
        assert_ne!(Digester::new().maybe(None).done(), Digester::new().maybe(Some("")).done());
        assert_ne!(Digest::of_text("a"), Digest::of_text("b"));
        assert_ne!(Digest::of_bytes(b"a"), Digest::of_bytes(b"b"));
    }

    #[test]
    fn values_of_different_kinds_differ() {
        use serde_json::json;
        let values = [
            json!(null),
            json!(true),
            json!(1),
            json!(1.0),
            json!("1"),
            json!([1]),
            json!([[1]]),
            json!([]),
            json!({}),
            json!({ "a": 1 }),
            json!({ "a": [1] }),
            json!([["a"], 1]),
            json!(["a", 1]),
        ];
        for (at, one) in values.iter().enumerate() {
            for other in &values[..at] {
                let digest = |value| Digester::new().value(value).done();
                assert_ne!(digest(one), digest(other), "{one} and {other}");
            }
        }
        // A list is one value, whatever follows it.
        let two = |a: &[u8], b: &[u8]| Digester::new().value(a).value(b).done();
        assert_ne!(two(&[1], &[2, 3]), two(&[1, 2], &[3]));
        assert_ne!(Digester::new().value(&Some(())).done(), Digester::new().value(&None::<()>).done());
    }
}
