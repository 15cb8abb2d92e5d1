//! Room in memory for pictures that are decoded at one time: a large one waits for others.

use std::sync::{Condvar, Mutex, PoisonError};

/// So many pixels are in memory at one time, with three or four bytes each, and twice that while they are turned.
const MOST: u64 = 128_000_000;

/// What is left of the room.
pub(super) struct Room {
    left: Mutex<u64>,
    freed: Condvar,
}

/// A part of the room, given back when it is dropped.
pub(super) struct Taken<'r> {
    room: &'r Room,
    pixels: u64,
}

impl Default for Room {
    fn default() -> Self {
        Self { left: Mutex::new(MOST), freed: Condvar::new() }
    }
}

impl Room {
    /// Waits until there is room for so many pixels; for more than there ever is, until there is all of it. Whoever has
    /// room takes no more and waits for no other work, so the wait ends.
    pub fn take(&self, pixels: u64) -> Taken<'_> {
        let pixels = pixels.min(MOST);
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left =
            self.freed.wait_while(left, |left| *left < pixels).unwrap_or_else(PoisonError::into_inner);
        *left -= pixels;
        Taken { room: self, pixels }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.room.left.lock().unwrap_or_else(PoisonError::into_inner) += self.pixels;
        self.room.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn no_more_is_taken_than_there_is() {
        let (room, taken) = (Room::default(), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for pixels in [MOST, MOST / 2, MOST / 3, MOST * 5, 1, MOST / 2, MOST] {
                let (room, taken) = (&room, &taken);
                scope.spawn(move || {
                    let part = room.take(pixels);
                    assert!(taken.fetch_add(part.pixels, Ordering::SeqCst) + part.pixels <= MOST);
                    std::thread::yield_now();
                    taken.fetch_sub(part.pixels, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(*room.left.lock().expect("whole"), MOST);
    }
}
