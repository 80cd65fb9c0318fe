//! The application on a port of its own, served as it is in earnest, with a stopped clock and emails to read.
use crate::support::TestApp;
use see_also::{base::ids::PersonId, mail::Email, server};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub(crate) const PASSWORD: &str = "quiet-otter-lamp-spoons";

pub(crate) struct Site {
    pub(crate) app: TestApp,
    pub(crate) url: String,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Site {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = TestApp::reached_at(&url).await;
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(server::serve(listener, app.router(), stopped));
        Self { app, url, stop, serving }
    }

    /// Stops in good order.
    pub(crate) async fn close(mut self) {
        self.go_down().await;
    }

    /// From now on nobody answers at the address.
    pub(crate) async fn go_down(&mut self) {
        self.stop.send(true).unwrap();
        (&mut self.serving).await.unwrap();
    }

    /// Answers at the same address as before.
    pub(crate) async fn come_back(&mut self) {
        let listener = TcpListener::bind(self.url.trim_start_matches("http://")).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        self.serving = tokio::spawn(server::serve(listener, self.app.router(), stopped));
        self.stop = stop;
    }

    /// The whole address of a page.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Gives somebody a password to sign in with.
    pub(crate) async fn let_in(&self, person: PersonId) {
        let hash = self.app.app.passwords.hash(PASSWORD).await.unwrap();
        sqlx::query("update people set password_hash = $2 where id = $1")
            .bind(person)
            .bind(hash)
            .execute(&self.app.app.db)
            .await
            .unwrap();
    }
}

/// The whole address of the first link in an email's text.
#[track_caller]
pub(crate) fn link_in(email: &Email) -> String {
    let link = email.text.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:"));
    link.unwrap_or_else(|| panic!("no link in {}", email.text)).to_owned()
}
