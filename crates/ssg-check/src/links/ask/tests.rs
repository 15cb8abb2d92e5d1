//! A scripted client: what is asked, how often, and what is made of it.

#![expect(clippy::unnecessary_wraps, reason = "the script holds what a client answers")]

use super::*;

/// Answers by path, one after the other; the last stays.
struct Script {
    answers: HashMap<&'static str, Vec<Answer>>,
    asked: Mutex<Vec<String>>,
}

impl Script {
    fn new(answers: &[(&'static str, &[Answer])]) -> Self {
        let answers = answers.iter().map(|(path, answers)| (*path, answers.to_vec())).collect();
        Self { answers, asked: Mutex::default() }
    }

    fn asked(&self) -> Vec<String> {
        lock(&self.asked).clone()
    }
}

impl Client for Script {
    fn ask(&self, method: Method, address: &Url) -> Answer {
        let mut asked = lock(&self.asked);
        let before = asked.iter().filter(|line| line.ends_with(address.path())).count();
        asked.push(format!("{} {}", if method == Method::Head { "HEAD" } else { "GET" }, address.path()));
        let answers = self.answers.get(address.path()).expect("a path of the script");
        answers.get(before).or(answers.last()).expect("an answer").clone()
    }
}

fn status(status: u16) -> Answer {
    Ok(Reply { status, ..Reply::default() })
}

fn to(status: u16, location: &str) -> Answer {
    Ok(Reply { status, location: Some(location.to_owned()), retry_after: None })
}

fn later(status: u16, seconds: u64) -> Answer {
    Ok(Reply { status, location: None, retry_after: Some(Duration::from_secs(seconds)) })
}

const NOW: Pace = Pace {
    pause: Duration::ZERO,
    parallel: 3,
    retries: 2,
    back_off: Duration::ZERO,
    longest_wait: Duration::from_secs(60),
};

fn ask(script: &Script, path: &str) -> Outcome {
    let address = format!("https://a.example{path}");
    ask_all(script, &[&address], &NOW, &|_| {}).remove(0)
}

#[test]
fn an_address_is_asked_for_without_its_body_first() {
    let script =
        Script::new(&[("/a", &[status(200)]), ("/b", &[status(405), status(200)]), ("/c", &[status(404)])]);
    assert_eq!(ask(&script, "/a"), Outcome::Fine { moved: None });
    assert_eq!(ask(&script, "/b"), Outcome::Fine { moved: None });
    assert_eq!(ask(&script, "/c"), Outcome::Failed("404".to_owned()));
    assert_eq!(script.asked(), ["HEAD /a", "HEAD /b", "GET /b", "HEAD /c", "GET /c"]);
}

#[test]
fn what_is_busy_is_asked_again_as_often_as_the_pace_says() {
    let script = Script::new(&[
        ("/a", &[status(500), status(200)]),
        ("/b", &[later(429, 0), status(200)]),
        ("/c", &[status(503)]),
        ("/d", &[later(429, 3600), status(200)]),
        ("/e", &[Err(Failure::Said("the connection was closed".to_owned())), status(200)]),
        ("/f", &[Err(Failure::Private)]),
    ]);
    assert_eq!(ask(&script, "/a"), Outcome::Fine { moved: None });
    assert_eq!(ask(&script, "/b"), Outcome::Fine { moved: None });
    assert_eq!(ask(&script, "/c"), Outcome::Failed("503".to_owned()));
    assert_eq!(ask(&script, "/d"), Outcome::Unknown(429));
    assert_eq!(ask(&script, "/e"), Outcome::Fine { moved: None });
    assert_eq!(ask(&script, "/f"), Outcome::Private);
    let times = |path: &str| script.asked().iter().filter(|line| line.ends_with(path)).count();
    assert_eq!(["/a", "/b", "/c", "/d", "/e", "/f"].map(times), [2, 2, 3, 1, 2, 1]);
}

#[test]
fn redirects_are_followed_and_only_those_for_good_are_told() {
    let script = Script::new(&[
        ("/a", &[to(301, "/b")]),
        ("/b", &[to(308, "https://b.example/c")]),
        ("/c", &[status(200)]),
        ("/d", &[to(302, "/a")]),
        ("/e", &[to(301, "/d")]),
        ("/f", &[to(301, "/f")]),
        ("/g", &[status(301)]),
        ("/h", &[to(301, "mailto:x@y.example")]),
        ("/i", &[to(301, "/j")]),
        ("/j", &[status(410)]),
    ]);
    let moved = |address: &str| Outcome::Fine { moved: Some(address.to_owned()) };
    assert_eq!(ask(&script, "/a"), moved("https://b.example/c"));
    assert_eq!(ask(&script, "/d"), Outcome::Fine { moved: None });
    assert_eq!(ask(&script, "/e"), moved("https://a.example/d"));
    assert_eq!(ask(&script, "/f"), Outcome::Failed("more than 10 redirects".to_owned()));
    assert_eq!(ask(&script, "/g"), Outcome::Failed("301 without an address".to_owned()));
    assert_eq!(ask(&script, "/h"), Outcome::Failed("301 without an address".to_owned()));
    assert_eq!(ask(&script, "/i"), Outcome::Failed("410".to_owned()));
}

#[test]
fn a_host_is_asked_one_address_at_a_time_also_where_redirects_lead_to_it() {
    /// Counts how many ask one host at once.
    struct Counting(Mutex<HashMap<String, usize>>, Mutex<usize>);
    impl Client for Counting {
        fn ask(&self, _: Method, address: &Url) -> Answer {
            let host = host_of(address);
            let now = {
                let mut all = lock(&self.0);
                let count = all.entry(host.clone()).or_default();
                *count += 1;
                *count
            };
            let mut most = lock(&self.1);
            *most = (*most).max(now);
            drop(most);
            thread::yield_now();
            *lock(&self.0).entry(host).or_default() -= 1;
            if address.host_str() == Some("all.example") {
                status(200)
            } else {
                to(301, "https://all.example/")
            }
        }
    }
    let addresses: Vec<String> =
        (0..60).map(|number| format!("https://h{}.example/{number}", number % 12)).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let client = Counting(Mutex::default(), Mutex::default());
    let outcomes = ask_all(&client, &addresses, &NOW, &|_| {});
    assert!(outcomes.iter().all(|one| matches!(one, Outcome::Fine { moved: Some(_) })));
    assert_eq!(*lock(&client.1), 1);
}
