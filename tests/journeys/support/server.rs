//! The `PostgreSQL` server that tests use: the one in `DATABASE_URL`, or our own under `target/`,
//! which stays up between runs and is found again.
use see_also::database::embedded::{EmbeddedError, Server, Settings};
use sqlx::postgres::PgConnectOptions;
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    str::FromStr,
};
use tokio::sync::OnceCell;

static OPTIONS: OnceCell<PgConnectOptions> = OnceCell::const_new();

pub async fn options() -> PgConnectOptions {
    OPTIONS.get_or_init(find).await.clone()
}

async fn find() -> PgConnectOptions {
    if let Ok(url) = std::env::var("DATABASE_URL") {
        return PgConnectOptions::from_str(&url).unwrap();
    }
    tokio::task::spawn_blocking(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("postgres");
        let server = match start(&target) {
            // A checkout below /root cannot be entered by the account that PostgreSQL runs as.
            Err(EmbeddedError::NotEnterable { .. }) => start(&elsewhere(&target)),
            started => started,
        };
        let server = server.unwrap();
        let options = PgConnectOptions::new_without_pgpass()
            .socket(server.socket_folder())
            .port(server.port())
            .username(server.user());
        server.leave_running();
        options
    })
    .await
    .unwrap()
}

fn start(folder: &Path) -> Result<Server, EmbeddedError> {
    Server::start(&Settings {
        folder: folder.to_owned(),
        binaries: None,
        search_path: std::env::var_os("PATH"),
        durable: false,
    })
}

fn elsewhere(target: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    target.hash(&mut hasher);
    std::env::temp_dir().join(format!("see-also-tests-{:x}", hasher.finish()))
}
