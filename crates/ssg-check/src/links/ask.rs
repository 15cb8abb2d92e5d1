//! Asks for addresses at a pace that hosts can expect of a reader.
//!
//! Hosts are asked in parallel, each host one address at a time with a pause after it, redirects to it included.
//! What answers as if it were busy is asked again later. It knows a client as a trait, so that tests can script one.

#![expect(clippy::disallowed_methods, reason = "other sites are asked at a pace, which is by the clock")]

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use url::Url;

/// How many redirects are followed.
const MOST_HOPS: usize = 10;

/// How an address is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Without a body.
    Head,
    /// As a reader would; the body is not read.
    Get,
}

/// What a server answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Its status.
    pub status: u16,
    /// Where it sends the reader.
    pub location: Option<String>,
    /// When it wants to be asked again.
    pub retry_after: Option<Duration>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The address is one of this machine or of a private network, and was not asked.
    Private,
    /// In words, such as `the host is not known`.
    Said(String),
}

/// What a client gives back.
pub type Answer = Result<Reply, Failure>;

/// Somebody who asks; one request, without following redirects.
pub trait Client: Sync {
    /// Asks once.
    ///
    /// # Errors
    /// When there was no answer.
    fn ask(&self, method: Method, address: &Url) -> Answer;
}

/// How fast it is asked.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Pause between two requests to one host.
    pub pause: Duration,
    /// Most hosts that are asked at once.
    pub parallel: usize,
    /// How often a server that is busy is asked again.
    pub retries: u32,
    /// First wait before that; each is twice the one before.
    pub back_off: Duration,
    /// Longest that is waited because a server says so.
    pub longest_wait: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            pause: Duration::from_millis(500),
            parallel: 8,
            retries: 2,
            back_off: Duration::from_secs(2),
            longest_wait: Duration::from_secs(60),
        }
    }
}

/// What came of asking for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is there; where it has moved for good, the new address.
    Fine {
        /// The new address.
        moved: Option<String>,
    },
    /// It is not, with the reason in words.
    Failed(String),
    /// The server answers people and not programs, or not now: nothing is known.
    Unknown(u16),
    /// It is an address of this machine or of a private network.
    Private,
}

/// Asks for all addresses; gives what came of each in their order. `done` is told how many are through.
pub fn ask_all(
    client: &dyn Client,
    addresses: &[&str],
    pace: &Pace,
    done: &(dyn Fn(usize) + Sync),
) -> Vec<Outcome> {
    let mut of_host: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, address) in addresses.iter().enumerate() {
        let host = Url::parse(address).ok().map_or_else(String::new, |url| host_of(&url));
        of_host.entry(host).or_default().push(number);
    }
    let mut queue: Vec<Vec<usize>> = of_host.into_values().collect();
    // The longest first, so that none begins last.
    queue.sort_by_key(|numbers| (usize::MAX - numbers.len(), numbers.first().copied()));
    let workers = pace.parallel.clamp(1, queue.len().max(1));
    let queue = Mutex::new(VecDeque::from(queue));
    let outcomes = Mutex::new(vec![None; addresses.len()]);
    let asking = Asking { client, pace, gates: Mutex::default() };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = lock(&queue).pop_front();
                    let Some(numbers) = next else { break };
                    for number in numbers {
                        let outcome = asking.follow(addresses[number]);
                        let mut outcomes = lock(&outcomes);
                        outcomes[number] = Some(outcome);
                        done(outcomes.iter().flatten().count());
                    }
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
    let lost = || Outcome::Failed("it was not asked".to_owned());
    outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(lost)).collect()
}

fn lock<T>(value: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

fn host_of(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// When a host may be asked again; who holds it asks.
type Gate = Arc<Mutex<Option<Instant>>>;

struct Asking<'a> {
    client: &'a dyn Client,
    pace: &'a Pace,
    gates: Mutex<HashMap<String, Gate>>,
}

impl Asking<'_> {
    /// Asks for an address, and for those that it redirects to.
    fn follow(&self, address: &str) -> Outcome {
        let Ok(mut url) = Url::parse(address) else {
            return Outcome::Failed("it is no address of the web".to_owned());
        };
        let mut moved: Option<Url> = None;
        let mut is_permanent = true;
        for _ in 0..=MOST_HOPS {
            let reply = match self.insist(&url) {
                Ok(reply) => reply,
                Err(Failure::Private) => return Outcome::Private,
                Err(Failure::Said(why)) => return Outcome::Failed(why),
            };
            match reply.status {
                200..=299 => return Outcome::Fine { moved: moved.map(Into::into) },
                301 | 302 | 303 | 307 | 308 => {
                    let next = reply.location.and_then(|location| url.join(&location).ok());
                    let Some(next) = next.filter(|next| matches!(next.scheme(), "http" | "https")) else {
                        return Outcome::Failed(format!("{} without an address", reply.status));
                    };
                    is_permanent &= matches!(reply.status, 301 | 308);
                    if is_permanent {
                        moved = Some(next.clone());
                    }
                    url = next;
                }
                // Pages that want a person, an account or a browser.
                401 | 403 | 405 | 406 | 407 | 408 | 421 | 425 | 429 | 451 | 999 => {
                    return Outcome::Unknown(reply.status);
                }
                status => return Outcome::Failed(status.to_string()),
            }
        }
        Outcome::Failed(format!("more than {MOST_HOPS} redirects"))
    }

    /// Asks for one address until it is clear what it answers.
    fn insist(&self, url: &Url) -> Answer {
        let mut method = Method::Head;
        let mut left = self.pace.retries;
        let mut wait = self.pace.back_off;
        loop {
            let answer = self.in_turn(method, url);
            let asks_again = match &answer {
                Ok(reply) if reply.status == 429 || reply.status >= 500 && reply.status < 600 => {
                    reply.retry_after
                }
                // What a server has no answer to without a body, it may have with one.
                Ok(reply) if reply.status >= 400 && method == Method::Head => {
                    method = Method::Get;
                    continue;
                }
                Ok(_) | Err(Failure::Private) => return answer,
                Err(Failure::Said(_)) => None,
            };
            method = Method::Get;
            let wait_now = asks_again.unwrap_or(wait);
            if left == 0 || wait_now > self.pace.longest_wait {
                return answer;
            }
            left -= 1;
            wait *= 2;
            self.pause(url, wait_now);
        }
    }

    /// Asks when it is this host's turn.
    fn in_turn(&self, method: Method, url: &Url) -> Answer {
        let gate = self.gate(url);
        let mut next = lock(&gate);
        if let Some(left) = next.and_then(|at| at.checked_duration_since(Instant::now())) {
            thread::sleep(left);
        }
        let answer = self.client.ask(method, url);
        *next = Instant::now().checked_add(self.pace.pause);
        answer
    }

    /// Lets a host alone for a while.
    fn pause(&self, url: &Url, wait: Duration) {
        let gate = self.gate(url);
        let mut next = lock(&gate);
        let until = Instant::now().checked_add(wait);
        *next = (*next).max(until);
    }

    fn gate(&self, url: &Url) -> Gate {
        lock(&self.gates).entry(host_of(url)).or_default().clone()
    }
}

#[cfg(test)]
mod tests;
