//! What every story needs: the application with a stopped clock, people who are signed in,
//! and the emails that went out.
pub mod database;
pub mod letters;
pub mod server;
pub mod world;

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode, header, response::Parts},
};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use http_body_util::BodyExt;
use see_also::{
    base::{clock::Clock, ids::PersonId, secret::Secret},
    mail::{Email, Mailer},
    routes,
    web::{assets::Assets, passwords::Passwords, state::App},
    worker,
};
use std::sync::{Arc, LazyLock, Mutex};
use time::{Duration, OffsetDateTime, macros::datetime};
use tower::ServiceExt;

pub const BASE_URL: &str = "http://127.0.0.1:3000";
/// When every story starts: Monday 20 April 2026, 15:00 UTC, 10:00 in Chicago.
pub const START: OffsetDateTime = datetime!(2026-04-20 15:00 UTC);

static ASSETS: LazyLock<Arc<Assets>> = LazyLock::new(|| Arc::new(Assets::prepare()));
static PASSWORDS: LazyLock<Passwords> = LazyLock::new(|| Passwords::start().unwrap());

pub struct TestApp {
    pub app: App,
    router: Router,
    mailer: Mailer,
    emails: Arc<Mutex<Vec<Email>>>,
    _database: database::TestDatabase,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub headers: HeaderMap,
    /// The page; of a workbook what its cells say, so that whoever looks for words finds them there too.
    pub html: String,
    /// As it came.
    pub body: Bytes,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::reached_at(BASE_URL).await
    }

    /// As people reach it at this address, which its links then begin with.
    pub async fn reached_at(base_url: &str) -> Self {
        let database = database::TestDatabase::lease().await;
        let app = App {
            db: database.pool.clone(),
            clock: Clock::stopped_at(START),
            base_url: base_url.into(),
            https: false,
            assets: Arc::clone(&ASSETS),
            passwords: PASSWORDS.clone(),
            mailbox: None,
        };
        let emails = Arc::default();
        Self {
            router: routes::router(app.clone()),
            mailer: Mailer::Memory(Arc::clone(&emails)),
            emails,
            app,
            _database: database,
        }
    }

    /// A browser that keeps its cookies, signed in as nobody.
    pub fn browser(&self) -> Browser<'_> {
        Browser { app: self, cookies: Mutex::default() }
    }

    /// A browser in which this person is signed in.
    pub async fn browser_of(&self, person: PersonId) -> Browser<'_> {
        let secret = self.sign_in(person).await;
        let browser = self.browser();
        browser.cookies.lock().unwrap().push(("session".into(), secret.reveal().to_owned(), "/".into()));
        browser
    }

    /// Begins a session of this person; the secret is what its cookie holds.
    pub async fn sign_in(&self, person: PersonId) -> Secret {
        let secret = Secret::generate().unwrap();
        let now = self.app.clock.now();
        sqlx::query(
            "insert into sign_in_sessions (secret_hash, id, person_id, device, started_at, expires_at)
             values ($1, $2, $3, 'a test', $4, $5)",
        )
        .bind(secret.hash())
        .bind(uuid::Uuid::now_v7())
        .bind(person)
        .bind(now)
        .bind(now + Duration::days(30))
        .execute(&self.app.db)
        .await
        .unwrap();
        secret
    }

    /// What a server serves.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Does the clock's own work, runs the worker until nothing is due, and returns the emails it sent.
    pub async fn deliver_mail(&self) -> Vec<Email> {
        worker::tick(&self.app).await.unwrap();
        while worker::run_one(&self.app, &self.mailer).await.unwrap() {}
        let stuck: Option<String> = sqlx::query_scalar(
            "select kind || ': ' || coalesce(last_error, '') from outbox where last_error is not null limit 1",
        )
        .fetch_optional(&self.app.db)
        .await
        .unwrap();
        assert_eq!(stuck, None, "an email could not be sent");
        std::mem::take(&mut self.emails.lock().unwrap())
    }

    pub fn advance(&self, by: Duration) {
        self.app.clock.advance(by);
    }
}

pub struct Browser<'a> {
    app: &'a TestApp,
    /// Name, value, path.
    cookies: Mutex<Vec<(String, String, String)>>,
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// The same without reading the page, for measuring how long it takes.
    pub async fn get_unread(&self, path: &str) -> usize {
        let (_, body) = self.fetch(Method::GET, path, None).await;
        body.len()
    }

    /// As who has a state of the page already, known by its tag.
    pub async fn get_if_changed(&self, path: &str, tag: &str) -> Answer {
        let request = Request::builder().uri(path).header(header::HOST, "127.0.0.1:3000");
        let request = request.header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
        let (parts, body) = self.app.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let html = String::from_utf8_lossy(&body).into_owned();
        Answer { status: parts.status, location: None, headers: parts.headers, html, body }
    }

    pub async fn head(&self, path: &str) -> Answer {
        self.send(Method::HEAD, path, None).await
    }

    /// Posts the form of a page. The fields are name and value; a name may come several times.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.send(Method::POST, path, Some(body.join("&"))).await
    }

    /// Posts a form with one file.
    pub async fn post_file(&self, path: &str, field: &str, file: &[u8]) -> Answer {
        let mut body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"lines\"\r\n\r\n\r\n--edge\r\nContent-Disposition: form-data; \
             name=\"{field}\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        self.send_as(Method::POST, path, Some((body, "multipart/form-data; boundary=edge"))).await
    }

    /// Pastes or sends a list of people, and confirms what it would do.
    pub async fn import(&self, add: &str, lines: &str) -> Answer {
        let preview = self.post(add, &[("lines", lines)]).await;
        assert_eq!(preview.status, StatusCode::SEE_OTHER, "POST {add}: {}", preview.text());
        self.post_and_follow(&preview.location.unwrap(), &[]).await
    }

    /// Posts, expects to be sent on (303), and opens that page.
    pub async fn post_and_follow(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "POST {path}: {}", answer.text());
        self.get(&answer.location.unwrap()).await
    }

    /// Opens a page and goes where it sends us, until it stays.
    pub async fn open(&self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        for _ in 0..5 {
            match answer.location.take() {
                Some(to) if answer.status.is_redirection() => answer = self.get(&to).await,
                _ => break,
            }
        }
        answer
    }

    async fn send(&self, method: Method, path: &str, form: Option<String>) -> Answer {
        self.send_as(method, path, form.map(|form| (form.into_bytes(), "application/x-www-form-urlencoded"))).await
    }

    async fn send_as(&self, method: Method, path: &str, form: Option<(Vec<u8>, &str)>) -> Answer {
        let (parts, body) = self.fetch(method, path, form).await;
        let html = if body.starts_with(b"PK\x03\x04") {
            cells(&body).into_iter().flatten().map(|cell| cell.to_string()).collect::<Vec<_>>().join("\n")
        } else {
            String::from_utf8_lossy(&body).into_owned()
        };
        if parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
            assert_is_well_formed(path, &html);
        }
        let location = parts.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        Answer { status: parts.status, location, headers: parts.headers, html, body }
    }

    async fn fetch(&self, method: Method, path: &str, form: Option<(Vec<u8>, &str)>) -> (Parts, Bytes) {
        let path = path.strip_prefix(BASE_URL).unwrap_or(path);
        let plain = path.split('?').next().unwrap();
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .filter(|(_, _, under)| under == "/" || plain == under || plain.starts_with(&format!("{under}/")))
            .map(|(name, value, _)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:3000")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookies.join("; "));
        if let Some((body, kind)) = &form {
            request = request.header(header::CONTENT_TYPE, *kind).header(header::CONTENT_LENGTH, body.len());
        }
        let request = request.body(Body::from(form.map(|(body, _)| body).unwrap_or_default())).unwrap();
        let response = self.app.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for value in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(value.to_str().unwrap());
        }
        (parts, body.collect().await.unwrap().to_bytes())
    }

    fn keep(&self, cookie: &str) {
        let mut parts = cookie.split("; ");
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let attributes: Vec<&str> = parts.collect();
        let path = attributes.iter().find_map(|a| a.strip_prefix("Path=")).unwrap_or("/").to_owned();
        let mut kept = self.cookies.lock().unwrap();
        kept.retain(|(n, _, p)| n != name || *p != path);
        if !attributes.contains(&"Max-Age=0") {
            kept.push((name.to_owned(), value.to_owned(), path));
        }
    }
}

/// No story passes a page that a browser would have to mend, or where one id stands twice.
#[track_caller]
/// The rows of a workbook's only sheet.
pub fn cells(workbook: &[u8]) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(workbook)).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(<[Data]>::to_vec).collect()
}

fn assert_is_well_formed(path: &str, html: &str) {
    if html.is_empty() {
        return;
    }
    let page = scraper::Html::parse_document(html);
    // What was typed is shown again as it was typed, even a NUL, which no page may hold.
    let errors: Vec<_> = page.errors.iter().filter(|error| !error.contains("Saw \0")).collect();
    assert!(errors.is_empty(), "{path}: {errors:?}");
    let with_id = scraper::Selector::parse("[id]").unwrap();
    let mut ids: Vec<&str> = page.select(&with_id).filter_map(|element| element.value().id()).collect();
    ids.sort_unstable();
    let twice: Vec<&[&str]> = ids.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(twice.is_empty(), "{path}: ids that stand twice: {twice:?}");
    let known: std::collections::BTreeSet<&str> = ids.into_iter().collect();
    for attribute in ["aria-labelledby", "aria-describedby", "for", "list", "popovertarget"] {
        let with = scraper::Selector::parse(&format!("[{attribute}]")).unwrap();
        for element in page.select(&with) {
            for id in element.value().attr(attribute).unwrap().split_whitespace() {
                assert!(known.contains(id), "{path}: {attribute} names {id}, which is not there");
            }
        }
    }
}

impl Answer {
    /// The words of the page, without its tags.
    pub fn text(&self) -> String {
        let page = scraper::Html::parse_document(&self.html);
        let main = scraper::Selector::parse("title, main").unwrap();
        let words: Vec<&str> = page.select(&main).flat_map(|part| part.text()).collect();
        words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Fails with the page's words unless they hold this.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(words), "“{words}” is not on the page ({}): {text}", self.status);
        self
    }

    /// A header, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn does_not_say(&self, words: &str) -> &Self {
        assert!(!self.html.contains(words), "“{words}” is on the page: {}", self.text());
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// The value of a field of the page, as a browser would send it.
    pub fn field(&self, name: &str) -> String {
        let page = scraper::Html::parse_document(&self.html);
        let field = scraper::Selector::parse(&format!("[name='{name}']")).unwrap();
        let found = page.select(&field).next().unwrap_or_else(|| panic!("no field {name}: {}", self.text()));
        found.value().attr("value").map_or_else(|| found.text().collect(), str::to_owned)
    }

    /// The address of the first link with these words.
    pub fn link(&self, words: &str) -> String {
        let page = scraper::Html::parse_document(&self.html);
        let links = scraper::Selector::parse("a[href]").unwrap();
        page.select(&links).find(|a| a.text().collect::<String>().contains(words)).map_or_else(
            || panic!("no link “{words}”: {}", self.text()),
            |a| a.value().attr("href").unwrap().to_owned(),
        )
    }
}

/// The first address of ours in an email's text.
#[track_caller]
pub fn link_in(email: &Email) -> String {
    email
        .text
        .split_whitespace()
        .find_map(|word| word.strip_prefix(BASE_URL))
        .unwrap_or_else(|| panic!("no link in {}", email.text))
        .to_owned()
}

/// The one email to this address.
#[track_caller]
pub fn email_to<'a>(emails: &'a [Email], address: &str) -> &'a Email {
    let found: Vec<&Email> = emails.iter().filter(|email| email.to.email == address).collect();
    let all: Vec<(&str, &str)> = emails.iter().map(|e| (e.to.email.as_str(), e.subject.as_str())).collect();
    assert_eq!(found.len(), 1, "to {address}: {all:?}");
    found[0]
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
