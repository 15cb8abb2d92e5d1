//! The head of a shared cache: a few lines that name its objects.

use std::fmt::Write;

/// Larger ones are none, in bytes.
pub(super) const LARGEST: u64 = 4096;
const VERSION: &str = "ssg-shared-cache 1";

/// What a head names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub memo: Object,
    pub outputs: Option<Object>,
}

/// An object that is known by the digest of its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub digest: [u8; 32],
    /// In bytes.
    pub size: u64,
    /// The same once it is unpacked, where it is packed as a whole.
    pub unpacked: u64,
}

impl Object {
    /// Its name in the store.
    pub(super) fn name(&self) -> String {
        format!("objects/{}", blake3::Hash::from_bytes(self.digest).to_hex())
    }
}

impl Head {
    /// The text, for programs of this identity.
    pub(super) fn to_text(&self, identity: &str) -> String {
        let mut text = format!("{VERSION}\n{identity}\n");
        for (kind, object) in [("memo", Some(&self.memo)), ("outputs", self.outputs.as_ref())] {
            let Some(Object { digest, size, unpacked }) = object else { continue };
            // Writing to a `String` never fails.
            let _ = writeln!(text, "{kind} {} {size} {unpacked}", blake3::Hash::from_bytes(*digest).to_hex());
        }
        let sum = blake3::hash(text.as_bytes()).to_hex();
        text.push_str(&sum);
        text.push('\n');
        text
    }

    /// Reads it; `None` where it is damaged or for others.
    pub(super) fn parse(text: &str, identity: &str) -> Option<Self> {
        let (body, sum) = text.strip_suffix('\n')?.rsplit_once('\n')?;
        let body = text.get(..=body.len())?;
        if blake3::hash(body.as_bytes()).to_hex().as_str() != sum {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()? != VERSION || lines.next()? != identity {
            return None;
        }
        let memo = object(lines.next()?.strip_prefix("memo ")?)?;
        let outputs = match lines.next() {
            Some(line) => Some(object(line.strip_prefix("outputs ")?)?),
            None => None,
        };
        lines.next().is_none().then_some(Self { memo, outputs })
    }
}

fn object(text: &str) -> Option<Object> {
    let mut fields = text.split(' ');
    let digest = *blake3::Hash::from_hex(fields.next()?).ok()?.as_bytes();
    let size = fields.next()?.parse().ok()?;
    let unpacked = fields.next()?.parse().ok()?;
    fields.next().is_none().then_some(Object { digest, size, unpacked })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written() {
        let object = |byte, size| Object { digest: [byte; 32], size, unpacked: size * 2 };
        for outputs in [None, Some(object(2, 7))] {
            let head = Head { memo: object(1, 5), outputs };
            let text = head.to_text("abc");
            assert!(text.len() as u64 <= LARGEST);
            assert_eq!(Head::parse(&text, "abd"), None);
            for at in 0..text.len() {
                assert_eq!(Head::parse(&text[..at], "abc"), None, "cut at {at}");
                let mut damaged = text.clone().into_bytes();
                damaged[at] ^= 1;
                let damaged = String::from_utf8(damaged).expect("still ASCII");
                assert_eq!(Head::parse(&damaged, "abc"), None, "damaged at {at}");
            }
            assert_eq!(Head::parse(&text, "abc"), Some(head));
        }
    }
}
