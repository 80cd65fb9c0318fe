//! Does everything work? In plain words, one line a part.
use super::{Outcome, say, start::Database};
use see_also::{
    config::Config,
    database,
    mail::{Mailer, Smtp},
};
use sqlx::{Connection, PgConnection};

/// Checks settings, database, migrations and mail; an error when one of them does not work.
pub(crate) async fn check() -> Outcome {
    let config = match Config::from_environment() {
        Ok(config) => {
            say(&format!("settings    fine: {} for {}", config.listen, config.base_url));
            config
        }
        Err(problems) => {
            for problem in &problems.0 {
                say(&format!("settings    {problem}"));
            }
            return Err("Mend the settings, then check again".into());
        }
    };
    let database = check_database(&config).await;
    let mail = check_mail(&config).await;
    if database && mail { Ok(()) } else { Err("Not everything works yet".into()) }
}

async fn check_database(config: &Config) -> bool {
    let database = match Database::open(config).await {
        Ok(database) => database,
        Err(error) => {
            say(&format!("database    does not run: {error}"));
            return false;
        }
    };
    let fine = match PgConnection::connect_with(&database.options).await {
        Ok(mut db) => check_migrations(config, &mut db).await,
        Err(error) => {
            say(&format!("database    does not answer: {error}"));
            false
        }
    };
    if let Err(error) = database.close().await {
        say(&format!("database    could not be stopped again: {error}"));
        return false;
    }
    fine
}

async fn check_migrations(config: &Config, db: &mut PgConnection) -> bool {
    let whose = if config.database_url.is_some() { "the one in DATABASE_URL" } else { "our own, in the data folder" };
    say(&format!("database    answers: {whose}"));
    match database::pending_migrations(db).await {
        Ok(0) => say("migrations  up to date"),
        Ok(n) => say(&format!("migrations  {n} to come: they are made at the next start, or by `see-also migrate`")),
        Err(_) => say("migrations  none yet: they are made at the next start, or by `see-also migrate`"),
    }
    true
}

async fn check_mail(config: &Config) -> bool {
    let mailer = match super::start::mail(config) {
        Ok((mailer, _)) => mailer,
        Err(error) => {
            say(&format!("mail        {error}"));
            return false;
        }
    };
    match mailer {
        Mailer::Smtp(smtp) => answers(&smtp).await,
        Mailer::Folder(_) | Mailer::Memory(_) => {
            say(
                "mail        no server is set: emails stay in the data folder, and the site admin reads them at /mailbox",
            );
            true
        }
    }
}

async fn answers(smtp: &Smtp) -> bool {
    match smtp.check().await {
        Ok(true) => say("mail        the server answers"),
        Ok(false) => say("mail        the server took the connection and then did not answer as it should"),
        Err(error) => {
            say(&format!("mail        the server does not answer: {error}"));
            return false;
        }
    }
    true
}
