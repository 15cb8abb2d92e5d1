//! Connections: how many there may be, and how long one may take.
//!
//! A client that is slow, or that opens sockets and says nothing, must cost others nothing. So a
//! newcomer is let in even when all seats are taken: the connection that has waited longest without a
//! request leaves. A connection at work (an answer, an event stream) is never put out.

use super::patience::Patient;
use super::respond::Site;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// Most connections at a time. Half of the usual limit of open files, which the rest needs too.
const SEATS: usize = 512;
/// How long a client may take to ask, also between two requests on one connection.
const ASKING: Duration = Duration::from_secs(15);
/// How long a client may take no byte of an answer.
const TAKING: Duration = Duration::from_secs(30);
/// Most bytes of a request's line and headers.
const HEADERS: usize = 32 * 1024;

/// Takes connections until the runtime ends.
pub(crate) async fn accept(listener: TcpListener, site: Arc<Site>) {
    let seats = Arc::new(Seats::default());
    loop {
        match listener.accept().await {
            Ok((stream, _)) => seats.admit(stream, &site),
            Err(_) => {
                // Mostly the limit of open files: make room, and do not spin.
                seats.evict();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

/// The connections there are.
#[derive(Default)]
struct Seats {
    taken: Mutex<HashMap<u64, (AbortHandle, Arc<Seat>)>>,
    next: AtomicU64,
    turn: AtomicU64,
}

/// One connection.
#[derive(Default)]
struct Seat {
    /// Answers under way.
    answers: AtomicUsize,
    /// The turn since when it has nothing to do; smaller is earlier.
    idle_since: AtomicU64,
}

impl Seats {
    fn admit(self: &Arc<Self>, stream: TcpStream, site: &Arc<Site>) {
        if self.lock().len() >= SEATS && !self.evict() {
            return;
        }
        let seat = Arc::new(Seat::default());
        seat.idle_since.store(self.next_turn(), Ordering::Relaxed);
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let leaving = Leaving { seats: Arc::clone(self), number };
        let (site, own_seat) = (Arc::clone(site), Arc::clone(&seat));
        // The runtime has one thread, so the task cannot end before it is noted here.
        let task = tokio::spawn(async move { serve(stream, site, own_seat, leaving).await });
        self.lock().insert(number, (task.abort_handle(), seat));
    }

    /// Puts out the connection that has been idle for longest; false where none is idle.
    fn evict(&self) -> bool {
        let mut taken = self.lock();
        let oldest = taken
            .iter()
            .filter(|(_, (_, seat))| seat.answers.load(Ordering::Relaxed) == 0)
            .min_by_key(|(_, (_, seat))| seat.idle_since.load(Ordering::Relaxed))
            .map(|(number, _)| *number);
        let Some((task, _)) = oldest.and_then(|number| taken.remove(&number)) else { return false };
        task.abort();
        true
    }

    fn next_turn(&self) -> u64 {
        self.turn.fetch_add(1, Ordering::Relaxed)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, (AbortHandle, Arc<Seat>)>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Frees the seat when the connection's task ends, however it ends.
struct Leaving {
    seats: Arc<Seats>,
    number: u64,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.seats.lock().remove(&self.number);
    }
}

/// Marks a connection as at work for as long as it lives.
pub(crate) struct Busy {
    seats: Arc<Seats>,
    seat: Arc<Seat>,
}

impl Busy {
    fn new(seats: &Arc<Seats>, seat: &Arc<Seat>) -> Self {
        seat.answers.fetch_add(1, Ordering::Relaxed);
        Self { seats: Arc::clone(seats), seat: Arc::clone(seat) }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.seat.idle_since.store(self.seats.next_turn(), Ordering::Relaxed);
        self.seat.answers.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn serve(stream: TcpStream, site: Arc<Site>, seat: Arc<Seat>, leaving: Leaving) {
    // Answers are small and written at once; waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let Ok(local) = stream.local_addr() else { return };
    let service = service_fn(|request| {
        let busy = Busy::new(&leaving.seats, &seat);
        let site = Arc::clone(&site);
        async move {
            let response = site.respond(request, local.ip()).await;
            Ok::<_, std::convert::Infallible>(response.map(|payload| payload.holding(busy)))
        }
    });
    // An error here is the client's: gone, too slow, or not speaking HTTP. hyper has answered it.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(ASKING)
        .max_buf_size(HEADERS)
        .serve_connection(TokioIo::new(Patient::new(stream, TAKING)), service)
        .await;
}
