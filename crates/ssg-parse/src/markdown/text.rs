//! Plain text of a body: how many words it has and what its first paragraph says.

/// Longest lead in characters.
const MAX_LEAD: usize = 300;

/// Counts words over text that arrives in parts.
#[derive(Default)]
pub(super) struct Words {
    pub(super) count: u32,
    /// How many of them are CJK characters.
    pub(super) signs: u32,
    inside: bool,
    /// Letters so far of a script that parts no words.
    letters: u32,
}

impl Words {
    /// Counts the words of `text`; a word may go on from the part before.
    pub(super) fn add(&mut self, text: &str) {
        let (mut count, mut inside) = (0_u32, self.inside);
        if text.is_ascii() {
            // This loop sees every byte of a site, so nothing in it branches.
            let mut within = u8::from(inside);
            for byte in text.bytes() {
                let (begins, goes_on) = ASCII[usize::from(byte & 127)];
                count += u32::from(begins & !within);
                within = begins | (within & goes_on);
            }
            inside = within == 1;
        } else {
            for character in text.chars() {
                let class = if is_cjk(character) {
                    self.signs = self.signs.saturating_add(1);
                    Class::Whole
                } else if is_unparted(character) {
                    // Marks above and below are no letters.
                    if character.is_alphabetic() {
                        self.letters = self.letters.wrapping_add(1);
                    }
                    if character.is_alphabetic() && self.letters % LETTERS == 1 {
                        Class::Whole
                    } else {
                        Class::Other
                    }
                } else if character.is_whitespace() {
                    Class::Space
                } else if character.is_alphanumeric() {
                    Class::Word
                } else {
                    Class::Other
                };
                count += u32::from(class == Class::Whole || (class == Class::Word && !inside));
                inside = class == Class::Word || (inside && class == Class::Other);
            }
        }
        self.count = self.count.saturating_add(count);
        self.inside = inside;
    }

    /// Ends the word at hand.
    pub(super) fn part(&mut self) {
        self.inside = false;
    }
}

/// What a character is to a word.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Space,
    /// Begins a word, or goes on with it.
    Word,
    /// Part of a word when inside of one.
    Other,
    /// A word of its own.
    Whole,
}

/// For each character of ASCII 1 or 0: whether it begins a word, and whether a word goes on with it.
const ASCII: [(u8, u8); 128] = {
    let mut table = [(0, 1); 128];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_whitespace() {
            table[byte as usize] = (0, 0);
        } else if byte.is_ascii_alphanumeric() {
            table[byte as usize] = (1, 1);
        }
        byte += 1;
    }
    table
};
/// How many letters a word has of a script that parts none.
const LETTERS: u32 = 5;

/// Thai, Lao, Burmese, Khmer.
fn is_unparted(character: char) -> bool {
    matches!(u32::from(character), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff)
}

fn is_cjk(character: char) -> bool {
    matches!(u32::from(character),
        0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff
        | 0x2_0000..=0x3_ffff)
}

/// The beginning of a paragraph's text.
#[derive(Default)]
pub(super) struct Lead {
    text: String,
    length: usize,
    cut: bool,
}

impl Lead {
    /// Adds text; runs of white space become one space.
    pub(super) fn add(&mut self, text: &str) {
        for character in text.chars() {
            if self.cut {
                return;
            }
            if character.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                    self.length += 1;
                }
            } else if self.length == MAX_LEAD {
                self.cut = true;
            } else {
                self.text.push(character);
                self.length += 1;
            }
        }
    }

    /// The text; where it was too long, whole words and an ellipsis.
    pub(super) fn finish(mut self) -> String {
        if self.cut {
            if let Some((last, _)) = self.text.char_indices().nth(MAX_LEAD - 1) {
                self.text.truncate(last);
            }
            // A text without spaces is cut in the word.
            if let Some(space) = self.text.rfind(' ').filter(|space| *space > self.text.len() / 2) {
                self.text.truncate(space);
            }
            self.text.truncate(self.text.trim_end().len());
            self.text.push('…');
        } else {
            self.text.truncate(self.text.trim_end().len());
        }
        self.text
    }
}
