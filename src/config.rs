//! The only reader of the environment. Every problem is reported at once, naming its setting;
//! secrets are never shown.
use crate::base::text;
use crate::mail::Mailbox;
use std::{collections::HashMap, ffi::OsString, fmt, net::SocketAddr, path::PathBuf};

/// How this installation runs. Each field names its setting.
#[derive(Clone)]
pub struct Config {
    /// `LISTEN`: address and port of the web application.
    pub listen: SocketAddr,
    /// `BASE_URL`: what people type; links in emails start with it. Without a slash at the end.
    pub base_url: String,
    /// `SEE_ALSO_DATA`: the data folder.
    pub data: PathBuf,
    /// `DATABASE_URL`: a `PostgreSQL` server; without it the embedded one runs in the data folder.
    pub database_url: Option<String>,
    /// `DATABASE_POOL`: the most connections one process opens.
    pub pool: u32,
    /// `POSTGRES_BIN`: the folder of the server programs for the embedded database.
    pub postgres_bin: Option<PathBuf>,
    /// `PATH`, where those programs are looked for.
    pub path: Option<OsString>,
    /// `SMTP_URL`: the mail server; without it emails are kept in the data folder.
    pub smtp_url: Option<String>,
    /// `MAIL_FROM`: the sender of every email.
    pub mail_from: Mailbox,
    /// `LOG`: what to log, as tracing's filters are written; `LOG_FORMAT=json` for machines.
    pub log: String,
    pub log_json: bool,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("listen", &self.listen).field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// Everything that is wrong with the settings, one sentence each.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigProblems(pub Vec<String>);

const NAMES: [&str; 10] = [
    "LISTEN",
    "BASE_URL",
    "SEE_ALSO_DATA",
    "DATABASE_URL",
    "DATABASE_POOL",
    "POSTGRES_BIN",
    "SMTP_URL",
    "MAIL_FROM",
    "LOG",
    "LOG_FORMAT",
];

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// With every problem found.
    #[expect(clippy::disallowed_methods, reason = "this is the one place allowed to read the environment")]
    pub fn from_environment() -> Result<Self, ConfigProblems> {
        let mut values = HashMap::new();
        for name in NAMES {
            if let Ok(value) = std::env::var(name) {
                values.insert(name, value);
            }
        }
        let path = std::env::var_os("PATH");
        let home = std::env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")));
        let as_root = rustix::process::geteuid().is_root();
        let default_data = if as_root { Some(PathBuf::from("/var/lib")) } else { home };
        Self::from_values(&values, path, default_data.map(|folder| folder.join("see-also")))
    }

    /// The same from given values: what tests and [`Self::from_environment`] share.
    ///
    /// # Errors
    /// With every problem found.
    pub fn from_values(
        values: &HashMap<&'static str, String>,
        path: Option<OsString>,
        default_data: Option<PathBuf>,
    ) -> Result<Self, ConfigProblems> {
        let given = |name: &str| values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let mut problems = Vec::new();
        let listen = listen(given("LISTEN"), &mut problems);
        let base_url = base_url(given("BASE_URL"), listen, &mut problems);
        let data = given("SEE_ALSO_DATA").map(PathBuf::from).or(default_data).unwrap_or_else(|| {
            problems.push("SEE_ALSO_DATA: name the data folder; there is no home folder to choose one in".to_owned());
            PathBuf::new()
        });
        let database_url = given("DATABASE_URL").map(str::to_owned);
        if database_url
            .as_deref()
            .is_some_and(|url| !url.starts_with("postgres://") && !url.starts_with("postgresql://"))
        {
            problems.push("DATABASE_URL: must start with postgres://".to_owned());
        }
        let smtp_url = given("SMTP_URL").map(str::to_owned);
        mail_server(smtp_url.as_deref(), &base_url, &mut problems);
        let config = Self {
            listen,
            data,
            database_url,
            pool: pool(given("DATABASE_POOL"), &mut problems),
            postgres_bin: given("POSTGRES_BIN").map(PathBuf::from),
            path,
            smtp_url,
            mail_from: mail_from(given("MAIL_FROM"), &base_url, &mut problems),
            log: log(given("LOG"), &mut problems),
            log_json: log_json(given("LOG_FORMAT"), &mut problems),
            base_url,
        };
        if problems.is_empty() { Ok(config) } else { Err(ConfigProblems(problems)) }
    }

    /// The host in `BASE_URL`, without port.
    pub fn host(&self) -> &str {
        host_of(&self.base_url)
    }

    /// Whether `BASE_URL` names this machine only.
    pub fn is_loopback(&self) -> bool {
        is_loopback(self.host())
    }

    /// Whether people reach us by https.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

fn listen(value: Option<&str>, problems: &mut Vec<String>) -> SocketAddr {
    let default = SocketAddr::from(([127, 0, 0, 1], 3000));
    value.map_or(default, |text| {
        text.parse().unwrap_or_else(|_| {
            problems.push(format!("LISTEN: “{text}” is no address and port such as 127.0.0.1:3000"));
            default
        })
    })
}

fn base_url(value: Option<&str>, listen: SocketAddr, problems: &mut Vec<String>) -> String {
    let Some(text) = value else {
        return if listen.ip().is_unspecified() {
            format!("http://127.0.0.1:{}", listen.port())
        } else {
            format!("http://{listen}")
        };
    };
    let url = text.trim_end_matches('/');
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains(['/', '?', '#', '@', ' '])) {
        problems.push(format!("BASE_URL: “{text}” is no address such as https://peers.example.org, without a path"));
    }
    url.to_owned()
}

fn mail_server(smtp_url: Option<&str>, base_url: &str, problems: &mut Vec<String>) {
    match smtp_url {
        Some(url) if !url.starts_with("smtp://") && !url.starts_with("smtps://") => {
            problems.push("SMTP_URL: must start with smtps:// (or smtp://)".to_owned());
        }
        None if !is_loopback(host_of(base_url)) => problems.push(
            "SMTP_URL: is needed, because BASE_URL is not this machine: people elsewhere would never get their emails"
                .to_owned(),
        ),
        _ => {}
    }
}

fn pool(value: Option<&str>, problems: &mut Vec<String>) -> u32 {
    let default =
        || 4 * std::thread::available_parallelism().map_or(2, |cores| u32::try_from(cores.get()).unwrap_or(2));
    value.map_or_else(default, |text| {
        if let Ok(n @ 2..=500) = text.parse() {
            n
        } else {
            problems.push(format!("DATABASE_POOL: “{text}” is no number from 2 to 500"));
            default()
        }
    })
}

fn mail_from(value: Option<&str>, base_url: &str, problems: &mut Vec<String>) -> Mailbox {
    let host = host_of(base_url);
    let host = if host.contains('.') && host.parse::<std::net::IpAddr>().is_err() { host } else { "localhost" };
    let default = Mailbox::new("See also", format!("see-also@{host}"));
    let Some(given) = value else { return default };
    let (name, address) = given
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'))
        .map_or(("See also", given), |(name, address)| (name.trim().trim_matches('"'), address));
    text::email(address).map_or_else(
        || {
            problems.push(format!("MAIL_FROM: “{given}” is no address such as See also <see-also@example.org>"));
            default
        },
        |address| Mailbox::new(name, address),
    )
}

fn log(value: Option<&str>, problems: &mut Vec<String>) -> String {
    let filter = value.unwrap_or("info,sqlx=warn");
    if let Err(error) = tracing_subscriber::EnvFilter::try_new(filter) {
        problems.push(format!("LOG: “{filter}” is no filter such as info,sqlx=warn: {error}"));
    }
    filter.to_owned()
}

fn log_json(value: Option<&str>, problems: &mut Vec<String>) -> bool {
    match value {
        None | Some("text") => false,
        Some("json") => true,
        Some(other) => {
            problems.push(format!("LOG_FORMAT: “{other}” is neither text nor json"));
            false
        }
    }
}

fn host_of(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    if let Some(v6) = rest.strip_prefix('[') {
        return v6.split(']').next().unwrap_or(v6);
    }
    rest.split(':').next().unwrap_or(rest)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
