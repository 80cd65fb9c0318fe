//! Starting: settings, database, application, worker.
use super::{Outcome, say};
use see_also::{
    base::{clock::Clock, local_time::parse_date, words},
    config::Config,
    database::{self, embedded},
    features::{
        accounts, archive,
        program_reports::{self, Printed},
    },
    mail::{Folder, Mailer, Smtp},
    routes, server,
    web::{assets::Assets, passwords::Passwords, state::App},
    worker,
};
use sqlx::postgres::PgConnectOptions;
use std::{path::Path, str::FromStr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch};

/// The database of this installation: somebody's server, or our own.
pub(super) struct Database {
    pub(super) options: PgConnectOptions,
    embedded: Option<embedded::Server>,
}

impl Database {
    /// Finds the database, and starts our own where none is named.
    pub(super) async fn open(config: &Config) -> Outcome<Self> {
        if let Some(url) = &config.database_url {
            let options = PgConnectOptions::from_str(url).map_err(|error| format!("DATABASE_URL: {error}"))?;
            return Ok(Self { options, embedded: None });
        }
        let settings = embedded::Settings {
            folder: config.data.clone(),
            binaries: config.postgres_bin.clone(),
            search_path: config.path.clone(),
            durable: true,
        };
        let server = tokio::task::spawn_blocking(move || embedded::Server::start(&settings)).await??;
        let options = database::own(&server).await?;
        Ok(Self { options, embedded: Some(server) })
    }

    /// Stops our own server if nobody else uses it.
    pub(super) async fn close(self) -> Outcome {
        if let Some(server) = self.embedded {
            tokio::task::spawn_blocking(move || server.stop()).await??;
        }
        Ok(())
    }
}

/// Everything that runs, ready to serve or to send.
struct Running {
    config: Config,
    app: App,
    mailer: Mailer,
    database: Database,
    stop: watch::Receiver<bool>,
}

impl Running {
    async fn start() -> Outcome<Self> {
        let config = Config::from_environment()?;
        start_log(&config)?;
        let stop = server::stop_signal()?;
        make_private(&config.data)?;
        let database = Database::open(&config).await?;
        database::migrate(database.options.clone()).await?;
        let (mailer, mailbox) = mail(&config)?;
        let app = App {
            db: database::pool(database.options.clone(), config.pool),
            clock: Clock::System,
            base_url: config.base_url.as_str().into(),
            https: config.is_https(),
            assets: Arc::new(Assets::prepare()),
            passwords: Passwords::start()?,
            mailbox,
        };
        if !config.is_loopback() && archive::is_loaded(&app).await? {
            return Err("The demo program is in this database, with passwords that anyone can read: it must not be \
                        reached from elsewhere. Name another SEE_ALSO_DATA or DATABASE_URL"
                .into());
        }
        Ok(Self { config, app, mailer, database, stop })
    }

    /// Takes the address, so that what is printed after it can be opened at once.
    async fn listen(&self) -> Outcome<TcpListener> {
        let address = self.config.listen;
        Ok(TcpListener::bind(address).await.map_err(|error| format!("LISTEN: {address} cannot be used: {error}"))?)
    }

    async fn serve(self, listener: TcpListener, with_worker: bool) -> Outcome {
        let sender =
            with_worker.then(|| tokio::spawn(worker::run(self.app.clone(), self.mailer.clone(), self.stop.clone())));
        server::serve(listener, routes::router(self.app.clone()), self.stop.clone()).await;
        if let Some(sender) = sender {
            // An email that is being sent may finish; a mail server that hangs may not hold us.
            let _ended = tokio::time::timeout(Duration::from_secs(4), sender).await;
        }
        self.end().await
    }

    async fn end(self) -> Outcome {
        self.app.db.close().await;
        self.database.close().await
    }
}

/// Serves until told to stop.
pub(crate) async fn serve(with_worker: bool) -> Outcome {
    let running = Running::start().await?;
    let listener = running.listen().await?;
    greet(&running).await?;
    running.serve(listener, with_worker).await
}

async fn greet(running: &Running) -> Outcome {
    match accounts::setup_link(&running.app).await? {
        Some(link) => {
            say("See also runs. Make the first account, the site admin's, at this address. It works once:");
            say(&link);
        }
        None => say(&format!("See also runs at {}", running.config.base_url)),
    }
    Ok(())
}

/// Sends emails until told to stop.
pub(crate) async fn work() -> Outcome {
    let running = Running::start().await?;
    worker::run(running.app.clone(), running.mailer.clone(), running.stop.clone()).await;
    running.end().await
}

/// Loads the demo program, prints who can sign in, and serves.
pub(crate) async fn demo(then_serve: bool) -> Outcome {
    if !Config::from_environment()?.is_loopback() {
        return Err("The demo has fixed passwords, so it runs only where BASE_URL is this machine".into());
    }
    let running = Running::start().await?;
    archive::load_demo(&running.app).await?;
    for sign_in in archive::cast()? {
        say(&format!("{}\t{}\t{}", sign_in.email, sign_in.password, sign_in.role));
    }
    if !then_serve {
        return running.end().await;
    }
    // The demo has its site admin, so there is no account to be made; the address is what is left to say.
    let listener = running.listen().await?;
    greet(&running).await?;
    running.serve(listener, true).await
}

/// Prints a whole program as one file.
pub(crate) async fn export(named: &str) -> Outcome {
    let running = Running::start().await?;
    let text = match archive::find_program(&running.app, named).await {
        Ok(Some(id)) => archive::export(&running.app, id).await.map(Some),
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    // Whatever came of it, our own database server stops.
    running.end().await?;
    say(&text?.ok_or_else(|| no_program(named))?.text()?);
    Ok(())
}

/// Prints all figures of a program, as they were on a day.
pub(crate) async fn report(named: &str, as_of: Option<&str>) -> Outcome {
    let day = match as_of {
        Some(typed) => Some(parse_date(typed).ok_or_else(|| format!("{typed} is no date; write it as 2026-04-20"))?),
        None => None,
    };
    let running = Running::start().await?;
    let printed = match archive::find_program(&running.app, named).await {
        Ok(Some(id)) => program_reports::print(&running.app, id, day).await.map(Some),
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    running.end().await?;
    match printed? {
        Some(Printed::Done(report)) => {
            say(&serde_json::to_string_pretty(&report)?);
            Ok(())
        }
        Some(Printed::Ahead(today)) => Err(format!("This day lies ahead: today is {}", words::iso_day(today)).into()),
        None => Err(no_program(named).into()),
    }
}

fn no_program(named: &str) -> String {
    format!("There is no program “{named}” here, or more than one of this name")
}

/// Adds the program of a file.
pub(crate) async fn import(file: &Path) -> Outcome {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let running = Running::start().await?;
    let imported = archive::import(&running.app, &text).await;
    running.end().await?;
    let id = imported.map_err(|error| format!("{}: {error}", file.display()))?;
    say(&format!("The program is here now: {id}"));
    Ok(())
}

/// Brings the database up to date.
pub(crate) async fn migrate() -> Outcome {
    let config = Config::from_environment()?;
    let database = Database::open(&config).await?;
    database::migrate(database.options.clone()).await?;
    say("The database is up to date");
    database.close().await
}

fn start_log(config: &Config) -> Outcome {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log).map_err(|error| format!("LOG: {error}"))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    if config.log_json { log.json().try_init() } else { log.try_init() }
}

/// The way emails leave, and the folder that keeps them where there is no mail server.
pub(super) fn mail(config: &Config) -> Outcome<(Mailer, Option<Folder>)> {
    if let Some(url) = &config.smtp_url {
        let smtp = Smtp::new(url, config.mail_from.clone(), config.host().to_owned())
            .map_err(|error| format!("SMTP_URL or MAIL_FROM: {error}"))?;
        return Ok((Mailer::Smtp(smtp), None));
    }
    let path = config.data.join("mail");
    let folder = Folder::at(path.clone()).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok((Mailer::Folder(folder.clone()), Some(folder)))
}

/// Makes the data folder when it is missing. What is inside is for us alone, except that
/// `PostgreSQL`'s own account must be able to pass through.
fn make_private(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("SEE_ALSO_DATA: {} cannot be made: {error}", folder.display()).into())
}
