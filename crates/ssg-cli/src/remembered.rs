//! The cache of a verb: the site's own, and where there is none, the one that machines share.
//!
//! Whatever goes wrong with either is said in one line and costs time alone.

use crate::args::Globals;
use crate::session::{Session, VERSION, say};
use ssg_build::{
    Cache, CacheState, Compiled, FolderStore, Memo, OutputsAt, RemoteCache, SharedCache, SharedOutputs,
    check_cache_folder,
};
use ssg_parse::Remote;
use ssg_source::{Class, Diagnostic, Digest, SitePath, codes};
use std::io;
use std::path::Path;

/// Lets a build write the shared cache, where it is `1`.
const WRITE: &str = "SSG_CACHE_WRITE";

/// The cache of a verb, with the memo that it holds.
pub struct Remembered {
    pub memo: Memo,
    cache: Option<Cache>,
    shared: Option<SharedCache>,
    /// Outputs that are not read yet.
    outputs: Option<OutputsAt>,
    /// Something was said of the cache, which is enough.
    said: bool,
}

impl Remembered {
    /// Remembers nothing.
    pub fn nothing() -> Self {
        Self { memo: Memo::new(), cache: None, shared: None, outputs: None, said: false }
    }

    /// Reads the cache for a compilation, unless it is not to be used; where there is none, the shared
    /// one.
    ///
    /// # Errors
    /// When this program cannot use the shared cache that the configuration names.
    pub fn open(globals: &Globals, session: &Session, no_cache: bool) -> Result<Self, Diagnostic> {
        if no_cache {
            return Ok(Self::nothing());
        }
        check_cache_folder(session.inputs.root())?;
        let (mut remembered, state) = Self::read(globals, session);
        if let Some(cache) = &remembered.cache {
            remembered.shared = shared(globals, session, cache)?;
        }
        if state != CacheState::Read {
            remembered.fetch(globals);
        }
        if let Some(cache) = &remembered.cache {
            remembered.memo.set_clock(cache.now());
        }
        Ok(remembered)
    }

    /// Reads the cache to look into it, and writes nothing.
    pub fn look(globals: &Globals, session: &Session) -> Self {
        Self::read(globals, session).0
    }

    fn read(globals: &Globals, session: &Session) -> (Self, CacheState) {
        let cache = Cache::new(session.inputs.root(), "build", VERSION);
        let (memo, state) = cache.load();
        let problem = match &state {
            CacheState::Absent | CacheState::Read => None,
            CacheState::Discarded => {
                Some("the cache is damaged or of another version of ssg: it is not used".to_owned())
            }
            CacheState::Failed(error) => Some(format!("the cache cannot be read: {error}")),
        };
        if let Some(problem) = &problem {
            say(globals, problem);
        }
        (Self { memo, cache: Some(cache), shared: None, outputs: None, said: problem.is_some() }, state)
    }

    /// Takes over what others remember, if there is anything.
    fn fetch(&mut self, globals: &Globals) {
        let (Some(cache), Some(shared)) = (&self.cache, &self.shared) else { return };
        match shared.fetch(cache) {
            Ok(Some(fetched)) => {
                say(globals, "starting from the shared cache");
                (self.memo, self.outputs) = (fetched.memo, Some(fetched.outputs));
            }
            Ok(None) => say(globals, "the shared cache has nothing for this site and version of ssg yet"),
            Err(error) => say(globals, &format!("the shared cache is not used: {error}")),
        }
    }

    /// The outputs of others, where the memo came from them.
    pub fn take_outputs(&mut self, globals: &Globals) -> Option<SharedOutputs> {
        let (shared, at) = (self.shared.as_ref()?, self.outputs.take()?);
        let outputs = shared.fetch_outputs(&at);
        outputs
            .map_err(|error| say(globals, &format!("outputs of the shared cache are not used: {error}")))
            .ok()
    }

    /// Writes the cache. That it cannot be written costs the next build time, and nothing else.
    pub fn save(mut self, globals: &Globals) {
        let saved = self.cache.as_ref().map(|cache| cache.save(&mut self.memo));
        self.tell(globals, saved);
        // The program ends soon: there is no point in freeing thousands of small things one by one.
        std::mem::forget(self.memo);
    }

    /// Writes the cache, as [`save`](Self::save) does, while something else is done.
    pub fn save_while<T>(&mut self, globals: &Globals, work: impl FnOnce() -> T) -> T {
        let (memo, cache) = (&mut self.memo, self.cache.as_ref());
        let (done, saved) = std::thread::scope(|scope| {
            let saved = scope.spawn(move || cache.map(|cache| cache.save(memo)));
            (work(), saved.join())
        });
        // A panic has been told of where it was.
        self.tell(globals, saved.unwrap_or_default());
        done
    }

    /// Puts what was saved where other machines find it, if that is allowed. The outputs lie in `dir`.
    pub fn share(mut self, globals: &Globals, session: &Session, compiled: &Compiled, dir: &Path) {
        // What a build leaves out of the site is known to that build alone.
        let is_allowed = is_allowed_to_write() && !session.settings.overrides.skip_broken;
        if let (true, Some(cache), Some(shared)) = (is_allowed, &self.cache, &self.shared) {
            match shared.put(cache, &mut self.memo, dir, !compiled.rendered.is_empty()) {
                Ok(true) => say(globals, "the shared cache has this build now"),
                Ok(false) => {}
                Err(error) => say(globals, &format!("the shared cache cannot be written: {error}")),
            }
        }
        std::mem::forget(self.memo);
    }

    /// Says that the cache could not be written, unless something was said of it already.
    fn tell(&self, globals: &Globals, saved: Option<io::Result<()>>) {
        if let Some(Err(error)) = saved
            && !self.said
        {
            say(globals, &format!("the cache cannot be written: {error}"));
        }
    }
}

fn is_allowed_to_write() -> bool {
    std::env::var(WRITE).is_ok_and(|value| value == "1")
}

/// The shared cache that the configuration names.
fn shared(globals: &Globals, session: &Session, cache: &Cache) -> Result<Option<SharedCache>, Diagnostic> {
    let config = &session.settings.config;
    let Some(remote) = &config.cache.remote else { return Ok(None) };
    let store: Box<dyn RemoteCache> = match &remote.value {
        Remote::Folder(dir) => Box::new(FolderStore::new(dir)),
        Remote::Bucket(bucket) => {
            ssg_publish::open_bucket(bucket, is_allowed_to_write()).map_err(|failure| {
                let mut problem =
                    Diagnostic::error(codes::CACHE, failure.message).class(Class::Usage).at(remote.span);
                problem.hints = failure.hints;
                match SitePath::new(&globals.config) {
                    Ok(file) => problem.in_file(&file),
                    Err(_) => problem,
                }
            })?
        }
    };
    let name = config.cache.name.clone();
    let name = name.unwrap_or_else(|| format!("site-{}", Digest::of_text(&config.base_url)));
    Ok(Some(SharedCache::new(store, cache, &name)))
}
