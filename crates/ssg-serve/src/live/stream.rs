//! The events of one tab, as the body of an answer.

use super::hub::Hub;
use bytes::Bytes;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, Sleep, sleep};

/// How often a silent stream shows that it is alive, and which event is the latest.
const BEAT: Duration = Duration::from_secs(15);

/// Events of one tab; when it is dropped, the tab has left.
pub(crate) struct EventStream {
    hub: Arc<Hub>,
    tab: u64,
    events: Receiver<Bytes>,
    beat: Pin<Box<Sleep>>,
}

impl EventStream {
    pub(super) fn new(hub: Arc<Hub>, tab: u64, events: Receiver<Bytes>) -> Self {
        Self { hub, tab, events, beat: Box::pin(sleep(BEAT)) }
    }

    /// The number of the tab.
    pub(crate) fn number(&self) -> u64 {
        self.tab
    }

    /// The next bytes; `None` when the hub has let the tab go.
    pub(crate) fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let event = self.events.poll_recv(cx);
        if event.is_ready() {
            return event;
        }
        if self.beat.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.beat.as_mut().reset(Instant::now() + BEAT);
        // So that the timer, set anew, wakes this stream again.
        cx.waker().wake_by_ref();
        Poll::Ready(Some(self.hub.beat()))
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.hub.leave(self.tab);
    }
}
