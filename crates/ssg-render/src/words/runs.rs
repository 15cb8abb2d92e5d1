//! Runs of bytes that words are made of, found sixty-four bytes at a time: whether a byte is of a word is a bit, and where bits
//! change a run begins or ends. So nothing is decided byte by byte, which processors guess wrong about as often as there are words.

/// Bytes of a block, and bits of its mask.
const BLOCK: usize = 64;

/// Whether a byte is of a word: a letter or digit of ASCII, or anything beyond ASCII.
pub(super) const fn is_part(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26 || byte.wrapping_sub(b'0') < 10 || byte >= 0x80
}

/// Calls `each` with where every run of bytes of words begins and ends.
pub(super) fn runs(bytes: &[u8], mut each: impl FnMut(usize, usize)) {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    // What is behind the text is of no word, so the last run ends too.
    let mut last = [0; BLOCK];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let (mut start, mut is_within) = (0, 0);
    let mut base = 0;
    for block in blocks.iter().chain([&last]) {
        let parts = mask(block);
        let before = (parts << 1) | is_within;
        let (mut starts, mut ends) = (parts & !before, before & !parts);
        if is_within == 0 {
            start = base + first(&mut starts);
        }
        while ends != 0 {
            each(start, base + first(&mut ends));
            start = base + first(&mut starts);
        }
        is_within = parts >> (BLOCK - 1);
        base += BLOCK;
    }
}

/// The place of the lowest bit, which is taken away; that behind all where there is none.
fn first(bits: &mut u64) -> usize {
    let place = bits.trailing_zeros() as usize;
    *bits &= bits.wrapping_sub(1);
    place
}

/// Of each byte whether it is of a word, the first as the lowest bit.
fn mask(block: &[u8; BLOCK]) -> u64 {
    /// Takes the lowest bits of eight bytes together, as the highest byte of the product: no two of its sums meet.
    const TOGETHER: u64 = 0x0102_0408_1020_4080;
    let mut parts = [0_u8; BLOCK];
    for (part, byte) in parts.iter_mut().zip(block) {
        *part = u8::from(is_part(*byte));
    }
    let (eights, _) = parts.as_chunks::<8>();
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(TOGETHER) >> 56;
    eights.iter().rev().fold(0, |mask, eight| (mask << 8) | bits(eight))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        runs(bytes, |start, end| all.push((start, end)));
        all
    }

    #[test]
    fn runs_are_those_found_byte_by_byte() {
        let mut slow = Vec::new();
        // Lengths on both sides of a block, and bytes of every kind in changing order.
        for length in 0..200_usize {
            for step in [1, 3, 7, 31, 97, 128] {
                let bytes: Vec<u8> = (0..length).map(|at| (at * step + length).to_le_bytes()[0]).collect();
                slow.clear();
                let mut at = 0;
                while at < length {
                    let count = bytes[at..].iter().take_while(|byte| is_part(**byte)).count();
                    if count > 0 {
                        slow.push((at, at + count));
                    }
                    at += count + 1;
                }
                assert_eq!(of(&bytes), slow, "{length} {step}");
            }
        }
        assert_eq!(of(&[b'a'; 128]), [(0, 128)]);
    }

    #[test]
    fn bytes_of_words_are_letters_digits_and_what_is_beyond_ascii() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_part(byte), byte.is_ascii_alphanumeric() || !byte.is_ascii(), "{byte}");
        }
    }
}
