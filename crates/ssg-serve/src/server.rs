//! The server as its owner sees it: a thread that answers, and a way to tell it news.
//!
//! It holds the store of files, the hub of live reload and the sockets, and ends with its owner. What an answer looks
//! like is told in `http`.

use crate::http::{FileCache, MadePages, Names, Site, accept};
use crate::live::Hub;
use crate::path::BasePath;
use crate::{FileStore, News};
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use tokio::sync::oneshot;

/// How many ports are tried from the wanted one on.
const PORTS: u16 = 100;
/// Threads that may look for files at a time.
const LOOKING: usize = 32;

/// Where and how the site is served.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// The address to listen on. Anything but loopback lets others in.
    pub interface: IpAddr,
    /// The port wanted; when it is taken, one of the next is used. 0 for any.
    pub port: u16,
    /// The path below which the site lies, such as `/` or `/y/`.
    pub base_path: String,
    /// Names without a port, besides those of this machine, by which the server may be asked for; one with a
    /// dot before it means a domain and all names below it.
    pub allowed_hosts: Vec<String>,
    /// Scheme and host of the published site, such as `https://example.org`. In the tags of HTML it
    /// gives way to the origin by which the browser came. Empty to leave pages as they are.
    pub site_origin: String,
    /// Whether [`News::Navigate`] moves browsers.
    pub navigate: bool,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            interface: Ipv4Addr::LOCALHOST.into(),
            port: 1111,
            base_path: "/".to_owned(),
            allowed_hosts: Vec::new(),
            site_origin: String::new(),
            navigate: false,
        }
    }
}

/// Why a server could not start.
#[derive(Debug)]
pub struct StartError {
    /// Where it was to listen.
    pub address: SocketAddr,
    /// What the system said. `AddrInUse` means that the next ports are taken as well.
    pub error: io::Error,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot listen on {}: {}", self.address, self.error)
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// A server at work. It ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    wanted: u16,
    base: BasePath,
    hub: Arc<Hub>,
    thread: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Server {
    /// Starts to listen and to answer from the store.
    ///
    /// # Errors
    /// When the address is not this machine's, the port is not permitted, or 100 ports from the
    /// wanted one on are taken; and when no thread can be made.
    pub fn start(options: &ServerOptions, store: Arc<dyn FileStore>) -> Result<Self, StartError> {
        let wanted = SocketAddr::new(options.interface, options.port);
        let failed = |error| StartError { address: wanted, error };
        let listener = listen(wanted).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let base = BasePath::new(&options.base_path);
        let hub = Arc::new(Hub::new(base.clone(), options.navigate));
        let site = Arc::new(Site {
            store,
            hub: Arc::clone(&hub),
            kept: FileCache::default(),
            made: MadePages::default(),
            names: Names::new(options.interface, &options.allowed_hosts),
            base: base.clone(),
            origin: options.site_origin.trim_end_matches('/').to_owned(),
        });
        // One thread moves bytes; files are looked for on others.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(LOOKING)
            .thread_name("ssg-look")
            .build()
            .map_err(failed)?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(failed)?
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let serve = move || {
            runtime.spawn(accept(listener, site));
            let _ = runtime.block_on(stopped);
            // A file may be rendering; nobody waits for it any more.
            runtime.shutdown_background();
        };
        let thread = Builder::new().name("ssg-serve".to_owned()).spawn(serve).map_err(failed)?;
        Ok(Self { address, wanted: options.port, base, hub, thread: Some((stop, thread)) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port that was wanted, when it was taken and another one is used.
    pub fn taken(&self) -> Option<u16> {
        (self.wanted != 0 && self.wanted != self.address.port()).then_some(self.wanted)
    }

    /// The address of the site for a browser on this machine, such as `http://127.0.0.1:1111/y/`.
    pub fn url(&self) -> String {
        let (port, base) = (self.address.port(), self.base.url());
        match self.address.ip() {
            ip if ip.is_unspecified() => format!("http://localhost:{port}{base}"),
            ip => format!("http://{}{base}", SocketAddr::new(ip, port)),
        }
    }

    /// The addresses of the site for browsers on other machines, where it listens on all of this machine's:
    /// those by which this machine is seen in its network.
    pub fn other_urls(&self) -> Vec<String> {
        let ip = self.address.ip();
        if !ip.is_unspecified() {
            return Vec::new();
        }
        let four = own_address(Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::new(192, 0, 2, 1).into());
        let six = || own_address(ip, Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into());
        let found = four.into_iter().chain(ip.is_ipv6().then(six).flatten());
        let url = |ip| format!("http://{}{}", SocketAddr::new(ip, self.address.port()), self.base.url());
        found.map(url).collect()
    }

    /// Tells browsers. Never waits for them.
    pub fn tell(&self, news: News) {
        self.hub.tell(news);
    }

    /// The files of the output that browsers show now, the latest tab first, then those of up to
    /// eight tabs that have gone or are hidden. The names come from browsers: the output need not
    /// have such files.
    pub fn open_paths(&self) -> Vec<String> {
        self.hub.open_paths()
    }

    /// Stops listening and ends all connections. Returns at once, even while a file is made.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some((stop, thread)) = self.thread.take() {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// The address from which a packet to `far` would go out. None is sent: a datagram's socket only looks up the way.
fn own_address(any: IpAddr, far: IpAddr) -> Option<IpAddr> {
    let socket = UdpSocket::bind(SocketAddr::new(any, 0)).ok()?;
    socket.connect(SocketAddr::new(far, 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then_some(own)
}

/// Listens on the wanted port, or on the first free one of those after it.
fn listen(wanted: SocketAddr) -> io::Result<TcpListener> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for step in 0..PORTS {
        let Some(port) = wanted.port().checked_add(step) else { break };
        match TcpListener::bind(SocketAddr::new(wanted.ip(), port)) {
            Ok(listener) => {
                listener.set_nonblocking(true)?;
                return Ok(listener);
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}
