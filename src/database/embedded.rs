//! Postgres as a child process, so that the program needs nothing but itself to run.
//!
//! [`Server::start`] finds Postgres's programs (or downloads them, pinned and hash-checked), makes
//! the cluster if there is none, and answers once the server takes connections on a private unix
//! socket. A server that is already up, because another process of ours uses it or because the one
//! that started it was killed, is found through `postmaster.pid` and shared. All calls block: call
//! them from `spawn_blocking`.
//!
//! What stands in the data folder:
//!
//! | name | what it is |
//! |---|---|
//! | `postgres/` | the cluster; comes into being by a rename, so it is there whole or not at all |
//! | `postgres-binaries/` | downloaded programs, likewise |
//! | `postgres-socket/` | the unix socket; only the server's account may enter, so logins are trusted |
//! | `postgres-unfinished-*/` | a cluster or download that is being made, until it is moved to its place |
//! | `postgres.log` | what the server says |
//! | `postgres.lock` | held while a server is started or stopped: one at a time |
//! | `postgres.in-use` | shared lock of every process that uses the server: the last one stops it |

mod binaries;
mod launch;

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, geteuid, kill_process};

use launch::Starter;

/// The superuser that `initdb` makes, and whom the program connects as.
const USER: &str = "see_also";
/// Part of the socket's name; no TCP port is opened.
const PORT: u16 = 5432;
const OLDEST_MAJOR: u32 = 14;
/// Long enough for recovery after a crash and for the checkpoint of a clean shutdown.
const PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(5);

/// Where and how to run the server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The data folder; made if missing.
    pub folder: PathBuf,
    /// The folder with `initdb`, `pg_ctl` and `postgres`; `None` looks in the usual places.
    pub binaries: Option<PathBuf>,
    /// The value of `PATH`; `None` means the usual folders of the system.
    pub search_path: Option<OsString>,
    /// `false` gives up safety in a crash for speed: for tests only.
    pub durable: bool,
}

/// Why there is no server; each message is a sentence with what to do.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    #[error("cannot {action} {}: {source}", path.display())]
    File { action: &'static str, path: PathBuf, source: io::Error },
    #[error(
        "the program runs as root, PostgreSQL refuses to, so it is run as {account}, and {account} may not enter {}. \
         Set SEE_ALSO_DATA to a folder that every user may enter, such as /var/lib/see-also, or run the program as an ordinary user",
        folder.display()
    )]
    NotEnterable { folder: PathBuf, account: String },
    #[error(
        "the program runs as root, PostgreSQL refuses to, and /etc/passwd has neither a user postgres nor nobody to run it as. \
         Run the program as an ordinary user, or set DATABASE_URL to a PostgreSQL server"
    )]
    NoAccount,
    #[error(
        "no PostgreSQL of version {OLDEST_MAJOR} or newer was found, and none could be downloaded. Install it \
         (Debian, Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server postgresql-contrib; \
         Arch: pacman -S postgresql; Alpine: apk add postgresql postgresql-contrib; macOS: brew install postgresql@17), \
         or set DATABASE_URL to a PostgreSQL server. Tried: {tried}"
    )]
    NoPostgres { tried: String },
    #[error(
        "the folder set for PostgreSQL's programs does not serve: {reason}. Correct the setting, or leave it out to have them looked for"
    )]
    SetFolder { reason: String },
    #[error(
        "the database in {} was made by PostgreSQL {major}, and no PostgreSQL {major} was found. Install PostgreSQL {major} \
         (it may stand beside a newer one), or move the database to the newer version with pg_upgrade, \
         or set SEE_ALSO_DATA to another folder to start with an empty database. Tried: {tried}",
        cluster.display()
    )]
    OtherMajor { cluster: PathBuf, major: u32, tried: String },
    #[error("{} is not a private folder of PostgreSQL's account. Remove it and start again", folder.display())]
    SocketFolder { folder: PathBuf },
    #[error("PostgreSQL could not make its database. It said: {said}")]
    Initdb { said: String },
    #[error("PostgreSQL did not start. The end of {} says: {said}", log.display())]
    Start { log: PathBuf, said: String },
    #[error("PostgreSQL (process {pid}) did not {action} within {} seconds. It is left to itself; see {}, and try again later", PATIENCE.as_secs(), log.display())]
    Slow { pid: i32, action: &'static str, log: PathBuf },
}

/// Adds to an error of the file system what was being done, and to which file.
fn at<'a>(action: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> EmbeddedError + 'a {
    move |source| EmbeddedError::File { action, path: path.to_owned(), source }
}

/// A running server that this process uses.
///
/// Dropped without [`Server::stop`], it keeps running until the next process that uses it stops it.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    socket_folder: PathBuf,
    port: u16,
    in_use: File,
    /// Set if this process started the server: then it must also collect the ended process.
    child: Option<Child>,
}

impl Server {
    /// Starts the server of this data folder, or shares the one that runs. Blocks until it takes
    /// connections: milliseconds if it runs, a tenth of a second if it does not, seconds at first.
    pub fn start(settings: &Settings) -> Result<Self, EmbeddedError> {
        let folder = data_folder(&settings.folder)?;
        let one_at_a_time = lock(&folder)?;
        let in_use = lock_file(&folder.join("postgres.in-use"))?;
        in_use.lock_shared().map_err(at("lock", &folder))?;
        let mut child = None;
        let running = if let Some(running) = ready(&folder, None)? {
            tracing::info!(pid = running.pid, "sharing the PostgreSQL that already runs");
            running
        } else {
            let started = Starter::new(settings, folder.clone())?.launch()?;
            let running = ready(&folder, Some(child.insert(started)))?;
            running.ok_or_else(|| failed_start(&folder))?
        };
        drop(one_at_a_time);
        Ok(Self { folder, socket_folder: running.socket_folder, port: running.port, in_use, child })
    }

    /// The folder of the unix socket: the host to connect to.
    pub fn socket_folder(&self) -> &Path {
        &self.socket_folder
    }

    /// The number in the socket's name; nothing listens on TCP.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The database superuser; no password is asked.
    pub const fn user(&self) -> &'static str {
        USER
    }

    /// Shuts the server down cleanly, ending connections, and waits for it; leaves it running if
    /// another process uses it.
    pub fn stop(mut self) -> Result<(), EmbeddedError> {
        let one_at_a_time = lock(&self.folder)?;
        // A shared lock cannot be turned into an exclusive one; nobody slips between, because
        // starting takes the lock above first.
        self.in_use.unlock().map_err(at("unlock", &self.folder))?;
        match self.in_use.try_lock() {
            Ok(()) => self.shut_down()?,
            Err(TryLockError::WouldBlock) => {
                tracing::info!("PostgreSQL keeps running: another process uses it");
            }
            Err(TryLockError::Error(error)) => return Err(at("lock", &self.folder)(error)),
        }
        drop(one_at_a_time);
        Ok(())
    }

    /// Ends the use of the server and leaves it running, for the next process to find it.
    pub fn leave_running(self) {
        drop(self);
    }

    fn shut_down(&mut self) -> Result<(), EmbeddedError> {
        let Some(running) = running(&self.folder)? else {
            return Ok(());
        };
        signal(running.pid, Signal::INT);
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            // The server removes its pid file last; a child stays a zombie until it is waited for.
            let collected = self.child.as_mut().is_none_or(|child| !matches!(child.try_wait(), Ok(None)));
            if collected && self::running(&self.folder)?.is_none() {
                return Ok(());
            }
            std::thread::sleep(POLL);
        }
        Err(EmbeddedError::Slow { pid: running.pid, action: "stop", log: self.folder.join("postgres.log") })
    }
}

/// Makes the data folder if it is missing, and gives its one true path: the server is recognised by it.
fn data_folder(folder: &Path) -> Result<PathBuf, EmbeddedError> {
    if !folder.exists() {
        // As root the server runs as another user, who must be able to pass.
        let mode = if geteuid().is_root() { 0o711 } else { 0o700 };
        DirBuilder::new().recursive(true).mode(mode).create(folder).map_err(at("make the data folder", folder))?;
        fs::set_permissions(folder, Permissions::from_mode(mode)).map_err(at("make the data folder", folder))?;
    }
    folder.canonicalize().map_err(at("open the data folder", folder))
}

fn lock_file(path: &Path) -> Result<File, EmbeddedError> {
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path).map_err(at("write", path))
}

/// Waits until no other process starts or stops the server; dropping the file gives the lock back,
/// and so does being killed.
fn lock(folder: &Path) -> Result<File, EmbeddedError> {
    let path = folder.join("postgres.lock");
    let file = lock_file(&path)?;
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        tracing::info!("another process starts or stops PostgreSQL: waiting for it");
        file.lock().map_err(at("lock", &path))?;
    }
    Ok(file)
}

/// What `postmaster.pid` says of the server.
struct Running {
    pid: i32,
    socket_folder: PathBuf,
    port: u16,
    /// "starting", "ready", "stopping", "standby"; empty at the very beginning.
    status: String,
}

impl Running {
    /// Lines: pid, cluster, time of start, port, socket folder, address, shared memory, status.
    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let line = |number: usize| lines.get(number).copied().unwrap_or_default();
        Some(Self {
            pid: line(0).parse().ok()?,
            socket_folder: PathBuf::from(line(4)),
            port: line(3).parse().unwrap_or(PORT),
            status: line(7).to_owned(),
        })
    }
}

/// The server that runs on this data folder, whoever started it.
fn running(folder: &Path) -> Result<Option<Running>, EmbeddedError> {
    let cluster = folder.join("postgres");
    let path = cluster.join("postmaster.pid");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(at("read", &path)(error)),
    };
    let Some(running) = Running::parse(&text) else {
        return Ok(None);
    };
    let Some(command) = command_of(running.pid) else {
        return Ok(None);
    };
    let ours = [b"-D ", cluster.as_os_str().as_bytes(), b" "].concat();
    if contains(&command, &ours) {
        return Ok(Some(running));
    }
    // The file of a killed server. PostgreSQL would refuse to start if the number went to another
    // program, and we would take the old "ready" for the new server's if the number went to that
    // one; both are common after a container's restart. Another PostgreSQL is left for it to judge.
    if !contains(&command, b"postgres") {
        tracing::warn!(pid = running.pid, "PostgreSQL ended without cleaning up: it will recover at its start");
        fs::remove_file(&path).map_err(at("remove", &path))?;
        let socket_lock = running.socket_folder.join(format!(".s.PGSQL.{}.lock", running.port));
        if running.socket_folder.is_absolute() && socket_lock.exists() {
            fs::remove_file(&socket_lock).map_err(at("remove", &socket_lock))?;
        }
    }
    Ok(None)
}

/// The command line of a process, each argument followed by a space; empty if the process has
/// ended; `None` if this system does not tell.
fn command_of(pid: i32) -> Option<Vec<u8>> {
    let mut command = if Path::new("/proc/self/cmdline").exists() {
        fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default()
    } else {
        let ps = Command::new("/bin/ps").args(["-ww", "-o", "command=", "-p", &pid.to_string()]).output();
        ps.ok()?.stdout
    };
    for byte in &mut command {
        if matches!(byte, 0 | b'\n') {
            *byte = b' ';
        }
    }
    Some(command)
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

fn signal(pid: i32, signal: Signal) {
    if let Some(Err(error)) = Pid::from_raw(pid).map(|pid| kill_process(pid, signal)) {
        // Most likely it has just ended by itself, which the caller sees.
        tracing::warn!(pid, %error, "PostgreSQL could not be signalled");
    }
}

/// Waits until the server takes connections; `None` if it does not run, or ended.
fn ready(folder: &Path, mut child: Option<&mut Child>) -> Result<Option<Running>, EmbeddedError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        // Asked before the pid file is read: a child that has ended then has left no later word.
        let coming = child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)));
        let pid = match running(folder)? {
            Some(running) if running.status == "ready" => return Ok(Some(running)),
            Some(running) => running.pid,
            None if coming => 0,
            None => return Ok(None),
        };
        if Instant::now() > deadline {
            return Err(EmbeddedError::Slow { pid, action: "become ready", log: folder.join("postgres.log") });
        }
        std::thread::sleep(POLL);
    }
}

/// The error of a server that ended at once, with its last words.
fn failed_start(folder: &Path) -> EmbeddedError {
    let log = folder.join("postgres.log");
    let said = last_words(&fs::read(&log).unwrap_or_default());
    EmbeddedError::Start { log, said }
}

/// The last lines, where programs say why they failed.
fn last_words(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let lines: Vec<&str> = text.trim().lines().collect();
    lines.get(lines.len().saturating_sub(4)..).unwrap_or_default().join("\n")
}
