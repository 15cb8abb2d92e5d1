//! Connections: how many there may be, and how long one may take.
//!
//! A client that is slow, or that opens sockets and says nothing, must cost others nothing. So a
//! newcomer is let in even when all seats are taken: the connection that has neither sent nor taken a
//! byte for longest leaves. Streams of events are silent by nature, and a file that is being made is not
//! the client's to hurry, so these leave last.

use super::body::Payload;
use super::patience::Patient;
use super::respond::Site;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
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
                seats.make_room();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

/// The connections there are.
#[derive(Default)]
struct Seats {
    taken: Mutex<HashMap<u64, (AbortHandle, Seat)>>,
    next: AtomicU64,
    turns: Arc<AtomicU64>,
}

/// One connection, as those see it who work for it.
#[derive(Clone, Default)]
pub(super) struct Seat(Arc<State>);

#[derive(Default)]
struct State {
    /// Counts over all connections, so that times need not be compared.
    turns: Arc<AtomicU64>,
    /// The turn at which a byte came or went last; smaller is earlier.
    moved: AtomicU64,
    /// An answer is being made.
    answers: AtomicBool,
    /// A stream of events goes out.
    streams: AtomicBool,
}

impl Seat {
    fn new(turns: &Arc<AtomicU64>) -> Self {
        let seat = Self(Arc::new(State { turns: Arc::clone(turns), ..State::default() }));
        seat.moves();
        seat
    }

    /// A byte came or went.
    pub(super) fn moves(&self) {
        self.0.moved.store(self.0.turns.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Smaller for whoever has to leave first.
    fn claim(&self) -> (bool, bool, u64) {
        let is = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        (is(&self.0.streams), is(&self.0.answers), self.0.moved.load(Ordering::Relaxed))
    }
}

impl Seats {
    fn admit(self: &Arc<Self>, stream: TcpStream, site: &Arc<Site>) {
        if self.lock().len() >= SEATS {
            self.make_room();
        }
        let seat = Seat::new(&self.turns);
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let leaving = Leaving { seats: Arc::clone(self), number };
        let (site, own_seat) = (Arc::clone(site), seat.clone());
        // The runtime has one thread, so the task cannot end before it is noted here.
        let task = tokio::spawn(async move { serve(stream, site, own_seat, leaving).await });
        self.lock().insert(number, (task.abort_handle(), seat));
    }

    /// Puts out whoever has to leave first.
    fn make_room(&self) {
        let mut taken = self.lock();
        let first = taken.iter().min_by_key(|(_, (_, seat))| seat.claim()).map(|(number, _)| *number);
        if let Some((task, _)) = first.and_then(|number| taken.remove(&number)) {
            task.abort();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, (AbortHandle, Seat)>> {
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

/// Marks a connection as one that streams events, for as long as it lives.
pub(crate) struct Streaming(Seat);

impl Streaming {
    fn new(seat: Seat) -> Self {
        seat.0.streams.store(true, Ordering::Relaxed);
        Self(seat)
    }
}

impl Drop for Streaming {
    fn drop(&mut self) {
        self.0.0.streams.store(false, Ordering::Relaxed);
    }
}

async fn serve(stream: TcpStream, site: Arc<Site>, seat: Seat, leaving: Leaving) {
    // Answers are small and written at once; waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let Ok(local) = stream.local_addr() else { return };
    let service = service_fn(|request| {
        let (site, seat) = (Arc::clone(&site), seat.clone());
        async move {
            seat.0.answers.store(true, Ordering::Relaxed);
            let response = site.respond(request, local.ip()).await;
            seat.0.answers.store(false, Ordering::Relaxed);
            let mark = |payload: Payload| {
                if payload.is_events() { payload.holding(Streaming::new(seat)) } else { payload }
            };
            Ok::<_, std::convert::Infallible>(response.map(mark))
        }
    });
    // An error here is the client's: gone, too slow, or not speaking HTTP. hyper has answered it.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(ASKING)
        .max_buf_size(HEADERS)
        .serve_connection(TokioIo::new(Patient::new(stream, TAKING, seat.clone())), service)
        .await;
    drop(leaving);
}
