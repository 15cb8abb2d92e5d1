//! Lines about other things than talks: entries of other lists, books, posts.

use super::Place;
use crate::text::{Block, Kind, Mark, Word, words};

/// Whether a block is an entry of a list of other things than talks, or tells of a book.
pub(in crate::people) fn is_of_others(place: &Place<'_>) -> bool {
    let block = &place.text.blocks[place.number];
    is_stray(place) || is_book(block, 0, block.text.len())
}

/// Whether most entries of a list name nobody: then a line with a name is no talk of a programme.
pub(in crate::people) fn is_stray(place: &Place<'_>) -> bool {
    let blocks = &place.text.blocks;
    if blocks[place.number].kind != Kind::Item || place.above == Some(true) {
        return false;
    }
    let is_item = |number: &usize| blocks[*number].kind == Kind::Item;
    let has_name = |number: usize| place.named[number].iter().any(|named| !named.sort.single);
    let (mut all, mut with_name) = (0, 0);
    let below = (place.number..blocks.len()).take_while(is_item).take(40);
    for number in (0..place.number).rev().take_while(is_item).take(40).chain(below) {
        all += 1;
        with_name += usize::from(has_name(number));
    }
    all >= 3 && with_name * 5 < all * 2
}

/// Whether a part of a block has a link to a book.
pub(in crate::people) fn is_book(block: &Block, from: usize, to: usize) -> bool {
    const SHOPS: &[&str] = &[
        "amazon.",
        "amzn.",
        "goodreads.",
        "oreilly.com/library",
        "shop.oreilly",
        "pragprog.",
        "manning.com",
        "leanpub.",
        "itrevolution.com/book",
        "itrevolution.com/product",
        "books.google",
        "audible.",
        "barnesandnoble",
        "penguin",
        "safaribooks",
        "informit.",
        "apress.",
        "packtpub.",
        "nostarch.",
        "/book",
        "://blog.",
        "wikipedia.org/wiki",
    ];
    block.marks.iter().any(|(range, mark)| {
        matches!(mark, Mark::Link(address) if range.start >= from && range.end <= to
            && SHOPS.iter().any(|shop| address.contains(shop)))
    })
}

/// Whether a title says that it is one of something to read.
pub(in crate::people) fn is_writing(title: &[Word<'_>]) -> bool {
    title.iter().any(|word| {
        matches!(
            word.text,
            "blog"
                | "blogs"
                | "book"
                | "article"
                | "articles"
                | "post"
                | "posts"
                | "newsletter"
                | "newsletters"
        )
    })
}

/// Whether the line above, of the same block, is a title: a link, set off, or in quotes.
pub(in crate::people) fn is_below_title(block: &Block, start: usize) -> bool {
    let Some(above) = block.text.get(..start).map(str::trim_end).filter(|above| !above.is_empty()) else {
        return false;
    };
    let from = above.rfind('\n').map_or(0, |at| at + 1);
    let line = above[from..].trim();
    let count = words(line).len();
    let is_quoted = line.starts_with(['"', '“']) && line.ends_with(['"', '”']);
    let begin = from + (above[from..].len() - above[from..].trim_start().len());
    let is_marked = block.marks.iter().any(|(range, mark)| {
        *mark != Mark::Picture && range.start <= begin + 1 && range.end + 2 >= begin + line.len()
    });
    (2..=24).contains(&count) && (is_quoted || is_marked)
}
