//! Makes the cluster and starts the server: as which account, with what settings.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::geteuid;
use sha2::{Digest, Sha256};

use super::binaries::Binaries;
use super::{EmbeddedError, PORT, Settings, USER, at, last_words};

/// The longest path of a socket: 107 bytes on Linux, 103 on macOS.
const LONGEST_SOCKET: usize = 103;
/// How the names of folders begin that are being made.
const UNFINISHED: &str = "postgres-unfinished-";
/// The log starts anew at the next start once it is larger, in bytes; the former one is kept.
const LARGEST_LOG: u64 = 8 << 20;

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
        let entry =
            users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|entry| entry.first() == Some(&name))?;
        let (uid, gid) = (entry.get(2)?.parse().ok()?, entry.get(3)?.parse().ok()?);
        Some(Account { uid, gid, name: name.to_owned() })
    };
    let found = ["postgres", "_postgres", "nobody"].into_iter().find_map(look_up);
    found.map(Some).ok_or(EmbeddedError::NoAccount)
}

/// What starting a server needs to know.
pub(super) struct Starter<'a> {
    pub(super) settings: &'a Settings,
    pub(super) folder: PathBuf,
    pub(super) cluster: PathBuf,
    account: Option<Account>,
}

impl<'a> Starter<'a> {
    pub(super) fn new(settings: &'a Settings, folder: PathBuf) -> Result<Self, EmbeddedError> {
        let cluster = folder.join("postgres");
        let account = account(&cluster)?;
        Ok(Self { settings, folder, cluster, account })
    }

    /// Starts the server and does not wait for it.
    pub(super) fn launch(&self) -> Result<Child, EmbeddedError> {
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
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = self.tool(program);
        if let Some(account) = &self.account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }

    /// A command that runs as ourselves.
    pub(super) fn tool(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // LC_ALL: messages are matched, and macOS needs it. NOTIFY_SOCKET: PostgreSQL would tell
        // systemd that the service is ready when only the database is.
        command.current_dir("/").env("LC_ALL", "C").env_remove("NOTIFY_SOCKET").stdin(Stdio::null());
        command.env("PATH", self.search_path());
        command
    }

    pub(super) fn search_path(&self) -> &OsStr {
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
        if bytes.len() + format!("/.s.PGSQL.{PORT}").len() > LONGEST_SOCKET
            || bytes.iter().any(|byte| b",\"".contains(byte))
        {
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
    pub(super) fn unfinished(&self, what: &str) -> PathBuf {
        self.folder.join(format!("{UNFINISHED}{what}-{}", std::process::id()))
    }

    /// Removes what killed processes had begun.
    pub(super) fn clear_unfinished(&self) -> Result<(), EmbeddedError> {
        for entry in fs::read_dir(&self.folder).map_err(at("read", &self.folder))?.flatten() {
            if entry.file_name().as_bytes().starts_with(UNFINISHED.as_bytes()) {
                // Fails at most while such a child writes, which ends it; the next start tries again.
                let removed = fs::remove_dir_all(entry.path());
                tracing::info!(?removed, folder = %entry.path().display(), "removing what a killed process left");
            }
        }
        Ok(())
    }
}

/// Runs a command to its end and gives what it said, errors included; `Err` if it failed.
pub(super) fn said(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{program} cannot be run: {error}"))?;
    let said = [output.stdout, output.stderr].concat();
    if !output.status.success() {
        return Err(format!("{program} failed: {}", last_words(&said)));
    }
    Ok(String::from_utf8_lossy(&said).trim().to_owned())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
