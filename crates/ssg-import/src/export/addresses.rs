//! What the addresses of the old blog mean on this site.

use super::uploads::{Place, Uploads};
use crate::blog::addresses::path_of;
use std::collections::{BTreeMap, BTreeSet};

/// Addresses of the old blog, and what they are now.
pub(crate) struct Addresses {
    /// Its hosts, in small letters, without `www.`.
    hosts: BTreeSet<String>,
    /// Our addresses by theirs, without scheme, fragment and slash at the end.
    ours: BTreeMap<String, String>,
    uploads: Uploads,
    /// Files that some text refers to.
    wanted: BTreeSet<Place>,
}

impl Addresses {
    /// `link` is where the blog was online.
    pub fn new(link: &str, uploads: Uploads) -> Self {
        let hosts = host_of(link).into_iter().collect();
        Self { hosts, ours: BTreeMap::new(), uploads, wanted: BTreeSet::new() }
    }

    /// Says what an address is now; the first word on it stands.
    pub fn say(&mut self, theirs: &str, ours: &str) {
        if let Some(key) = self.key(theirs)
            && key.contains('/')
        {
            self.ours.entry(key).or_insert_with(|| ours.to_owned());
        }
    }

    /// What an address in a text becomes; `None` where it stays.
    pub fn resolve(&mut self, address: &str) -> Option<String> {
        let (address, fragment) = match address.find('#') {
            Some(at) => address.split_at(at),
            None => (address, ""),
        };
        if let Some(place) = self.upload(address) {
            return Some(place.address);
        }
        let ours = self.ours.get(&self.key(address)?)?.clone();
        // An attachment's address may lead to a file that is a picture here.
        let ours = self.upload(&ours).map_or(ours, |place| place.address);
        Some(format!("{ours}{fragment}"))
    }

    /// The page of the blog that an address means, as it is now.
    pub fn page(&self, address: &str) -> Option<String> {
        let (address, fragment) = address.find('#').map_or((address, ""), |at| address.split_at(at));
        let ours = self.ours.get(&self.key(address)?)?;
        (ours.starts_with('/')).then(|| format!("{ours}{fragment}"))
    }

    /// What an address in a text that is not public becomes: nothing comes over for it.
    pub fn peek(&self, address: &str) -> Option<String> {
        let place = |address: &str| {
            let host = host_of(address);
            let is_own = host.as_ref().is_none_or(|host| self.hosts.contains(host));
            self.uploads.find(host.as_deref(), is_own, &path_of(address)?)
        };
        place(address).map(|place| place.address).or_else(|| self.page(address))
    }

    /// The file of the folder that an address means; it comes over then.
    pub fn upload(&mut self, address: &str) -> Option<Place> {
        let host = host_of(address);
        let is_own = host.as_ref().is_none_or(|host| self.hosts.contains(host));
        let place = self.uploads.find(host.as_deref(), is_own, &path_of(address)?)?;
        self.wanted.insert(place.clone());
        Some(place)
    }

    /// The files that are referred to, each once.
    pub fn wanted(&self) -> impl Iterator<Item = &Place> {
        self.wanted.iter()
    }

    /// An address of the blog without what does not tell it from others; `None` for one of elsewhere.
    fn key(&self, address: &str) -> Option<String> {
        let address = address.trim().split('#').next().unwrap_or_default().replace("&amp;", "&");
        let (host, rest) = if let Some((scheme, rest)) = address.split_once("://") {
            let host =
                host_of(&address).filter(|host| self.hosts.contains(host) && scheme.starts_with("http"))?;
            (host, rest.find(['/', '?']).and_then(|at| rest.get(at..)).unwrap_or("/"))
        } else if address.starts_with('/') && !address.starts_with("//") {
            (self.hosts.first()?.clone(), address.as_str())
        } else {
            return None;
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = ssg_parse::decode_path(path);
        let path = path.trim_end_matches('/');
        Some(if query.is_empty() { format!("{host}{path}/") } else { format!("{host}{path}/?{query}") })
    }
}

/// The host of an address with a scheme, or one that begins with `//`.
fn host_of(address: &str) -> Option<String> {
    let rest = address.split_once("://").map(|(_, rest)| rest).or_else(|| address.strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_old_blog() {
        let mut addresses = Addresses::new("http://www.Dock.example/", Uploads::default());
        addresses.say("https://dock.example/?p=7", "/2013/05/lamps/");
        addresses.say("https://dock.example/2013/05/lamps/", "/2013/05/lamps/");
        addresses.say("https://other.example/x/", "/x/");
        for (theirs, ours) in [
            ("http://dock.example/?p=7", Some("/2013/05/lamps/")),
            ("/?p=7#two", Some("/2013/05/lamps/#two")),
            ("https://www.dock.example/2013/05/lamps#a", Some("/2013/05/lamps/#a")),
            ("/2013/05/lamps", Some("/2013/05/lamps/")),
            ("https://dock.example/2013/", None),
            ("https://other.example/x/", None),
            ("mailto:jo@dock.example", None),
            ("//dock.example/?p=7", None),
            ("lamps/", None),
            ("", None),
        ] {
            assert_eq!(addresses.resolve(theirs).as_deref(), ours, "{theirs}");
        }
    }
}
