//! The thread that compiles: the newest state that it is told of, one at a time.

use crate::overlay::Texts;
use crate::problems::{Problems, problems};
use crate::site::{Compiler, Known, Place};
use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_types::Url;
use ssg_source::{Inputs, SitePath};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Stack of the thread, in bytes. Only what is used of it takes memory.
const STACK: usize = 32 << 20;

/// A state of the site to compile.
pub struct Job {
    /// Texts of open documents.
    pub texts: Texts,
    /// As what the editor knows them.
    pub urls: BTreeMap<SitePath, Url>,
    /// The files that alone may have changed; without, any may.
    pub changed: Option<BTreeSet<SitePath>>,
    /// Which state it is.
    pub number: u64,
}

/// What came of a state.
pub enum Done {
    /// It was compiled.
    Compiled {
        /// The site, where there is one.
        known: Option<Arc<Known>>,
        /// What was found; `None` where the compilation was given up.
        problems: Option<Problems>,
    },
    /// It could not be.
    Failed(String),
}

/// The thread that compiles a site.
pub struct Worker {
    jobs: Sender<Job>,
    newest: Arc<AtomicU64>,
}

impl Worker {
    /// Starts the thread. What it does is told to `done`.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(place: Place, done: impl Fn(Done) + Send + 'static) -> std::io::Result<Self> {
        let (jobs, queue) = unbounded();
        let newest = Arc::new(AtomicU64::new(0));
        let told = newest.clone();
        let work = move || work(&place, &queue, &told, &done);
        std::thread::Builder::new().name("compile".to_owned()).stack_size(STACK).spawn(work)?;
        Ok(Self { jobs, newest })
    }

    /// Tells of a newer state: what is compiled now is given up.
    pub fn outdate(&self) -> u64 {
        self.newest.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Has a state compiled.
    pub fn compile(&self, job: Job) {
        // A thread that is gone has said so.
        let _ = self.jobs.send(job);
    }
}

fn work(place: &Place, queue: &Receiver<Job>, newest: &AtomicU64, done: &dyn Fn(Done)) {
    let mut compiler = Compiler::new(place.clone());
    while let Ok(mut job) = queue.recv() {
        while let Ok(next) = queue.try_recv() {
            let before = job.changed.take();
            job = next;
            job.changed =
                job.changed.take().zip(before).map(|(new, old)| new.into_iter().chain(old).collect());
        }
        let number = job.number;
        let compiled = catch_unwind(AssertUnwindSafe(|| one(&mut compiler, place, job, newest)));
        match compiled {
            Ok(Ok(compiled)) => done(compiled),
            Ok(Err(error)) => done(Done::Failed(format!("cannot open the site: {error}"))),
            Err(_) => {
                // What it left behind may be half done.
                compiler = Compiler::new(place.clone());
                done(Done::Failed(format!(
                    "the compilation of state {number} ended in a fault of the program"
                )));
            }
        }
    }
}

fn one(compiler: &mut Compiler, place: &Place, job: Job, newest: &AtomicU64) -> std::io::Result<Done> {
    let Job { texts, urls, changed, number } = job;
    let compiled = compiler.compile(&texts, changed, number, newest)?;
    let inputs = compiled.inputs.clone();
    let url = |path: &SitePath| urls.get(path).cloned().or_else(|| url_of(&*inputs, path));
    let found = (!compiled.is_cut).then(|| problems(&compiled.found, &place.config, &*inputs, &url));
    Ok(Done::Compiled { known: compiled.known.map(Arc::new), problems: found })
}

/// Where a file is on disk; `None` for one that is not.
pub fn url_of(inputs: &dyn Inputs, path: &SitePath) -> Option<Url> {
    Url::from_file_path(inputs.on_disk(path)?).ok()
}
