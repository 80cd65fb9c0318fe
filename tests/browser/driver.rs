//! A real browser on a phone's or a desk's screen: it finds things by the words that people see.
use serde_json::json;
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use thirtyfour::{common::cookie::Cookie, prelude::*};

/// Widths of screens, in CSS pixels.
pub(crate) const DESK: u32 = 1280;
pub(crate) const PHONE: u32 = 390;
/// A small phone, or a page enlarged four times on a desk.
pub(crate) const SMALLEST: u32 = 320;

/// How long a page may take on a machine that builds and tests at the same time.
const PATIENCE: Duration = Duration::from_secs(20);

/// Chromium with its driver, and a folder of its own.
pub(crate) struct Chromium {
    // Dropped in this order: the driver closes the window, then its process ends.
    pub(crate) driver: WebDriver,
    _process: Process,
}

/// chromedriver; however a story ends, it ends with it.
struct Process {
    child: Child,
    port: u16,
    folder: PathBuf,
}

impl Drop for Process {
    fn drop(&mut self) {
        // After a failure the window is still open: chromedriver closes it, and would leave it behind if killed.
        if let Ok(mut line) = TcpStream::connect(("127.0.0.1", self.port)) {
            let mut answer = Vec::new();
            line.set_read_timeout(Some(PATIENCE)).ok();
            line.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").ok();
            line.read_to_end(&mut answer).ok();
        }
        self.child.kill().ok();
        self.child.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn installed(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// Whether the browser stories can run. Under `CI=true` a missing browser fails; elsewhere it is said loudly.
pub(crate) fn there_is_a_browser() -> bool {
    if installed("chromium") && installed("chromedriver") {
        return true;
    }
    let how = "apt-get install -y chromium chromium-driver";
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the browser tests need Chromium: {how}");
    eprintln!("\n*** BROWSER TESTS SKIPPED: there is no chromium with chromedriver here. Install them: {how} ***\n");
    false
}

const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    // Days and times are typed by script; times of the pages do not depend on the machine.
    "--lang=en-GB",
];

impl Chromium {
    /// Opens a window of this width.
    pub(crate) async fn open(width: u32) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("see-also-browser-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let child = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let process = Process { child, port, folder };
        let mut wanted = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            wanted.add_arg(argument).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", process.folder.display())).unwrap();
        wanted.add_arg(&format!("--window-size={DESK},1000")).unwrap();
        let began = Instant::now();
        let driver = loop {
            match WebDriver::new(format!("http://127.0.0.1:{port}"), wanted.clone()).await {
                Ok(driver) => break driver,
                Err(error) => {
                    assert!(began.elapsed() < PATIENCE, "chromedriver does not answer: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        };
        let browser = Self { driver, _process: process };
        browser.resize(width).await;
        browser
    }

    /// Closes the window and ends the driver.
    pub(crate) async fn close(self) {
        self.driver.quit().await.unwrap();
    }

    /// The screen of a phone below 500 pixels, which no desktop window can be; else of a desk.
    pub(crate) async fn resize(&self, width: u32) {
        let height = if width < 500 { 844 } else { 1000 };
        self.screen(width, height).await;
    }

    pub(crate) async fn screen(&self, width: u32, height: u32) {
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500});
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", screen).await.unwrap();
    }

    /// From now on pages run no script, as where it is forbidden or has not arrived.
    pub(crate) async fn without_scripts(&self) {
        let off = json!({"value": true});
        self.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await.unwrap();
    }

    /// Another person takes the device: with this session, or signed in as nobody.
    pub(crate) async fn hand_over(&self, site: &str, session: Option<&str>) {
        self.driver.goto(format!("{site}/who-sees-what")).await.unwrap();
        self.driver.delete_all_cookies().await.unwrap();
        if let Some(secret) = session {
            self.driver.add_cookie(Cookie::new("session", secret)).await.unwrap();
        }
    }

    /// Closes the window without a word, as a phone does that needs room, and opens another.
    pub(crate) async fn lose_the_window(&self) {
        let old = self.driver.window().await.unwrap();
        let new = self.driver.new_tab().await.unwrap();
        self.driver.switch_to_window(old).await.unwrap();
        self.driver.close_window().await.unwrap();
        self.driver.switch_to_window(new).await.unwrap();
        self.resize(PHONE).await;
    }

    /// Types on in the box with this label, after what is there.
    pub(crate) async fn type_on(&self, label: &str, text: &str) {
        self.labelled(label).await.send_keys(text).await.unwrap();
    }

    /// What stands in the box with this label.
    pub(crate) async fn typed(&self, label: &str) -> String {
        self.labelled(label).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Waits until these words are on the page.
    pub(crate) async fn comes_to_say(&self, words: &str) {
        let began = Instant::now();
        while !self.text().await.contains(words) {
            assert!(began.elapsed() < PATIENCE, "“{words}” never came: {}", self.text().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Goes to an address and looks at the page.
    pub(crate) async fn goto(&self, url: &str) {
        self.driver.goto(url).await.unwrap();
        self.check().await;
    }

    /// Types into the box with this label.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Sets the day or time with this label, whose keys depend on the browser's language.
    pub(crate) async fn set(&self, label: &str, value: &str) {
        let field = self.labelled(label).await.to_json().unwrap();
        let script =
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))";
        self.driver.execute(script, vec![field, value.into()]).await.unwrap();
    }

    /// Ticks the box, or takes the answer, with these words.
    pub(crate) async fn choose(&self, words: &str) {
        let path = format!("//main//label[contains(@class, 'choice')][starts-with(normalize-space(.), \"{words}\")]");
        let choice = self.first_seen(&path).await;
        choice.scroll_into_view().await.unwrap();
        choice.click().await.unwrap();
    }

    /// Picks the option with these words from the list with this label.
    pub(crate) async fn pick(&self, label: &str, words: &str) {
        let list = self.labelled(label).await;
        let option = format!("./option[starts-with(normalize-space(.), \"{words}\")]");
        list.find(By::XPath(option)).await.unwrap_or_else(|_| panic!("no option {words}")).click().await.unwrap();
    }

    /// Unfolds what stands under these words.
    pub(crate) async fn unfold(&self, words: &str) {
        let path = format!("//main//summary[starts-with(normalize-space(.), \"{words}\")]");
        let summary = self.first_seen(&path).await;
        summary.scroll_into_view().await.unwrap();
        summary.click().await.unwrap();
    }

    /// Presses the button or follows the link with these words, waits for the next page and looks at it.
    pub(crate) async fn press(&self, words: &str) {
        self.leave_by(words).await;
        self.check().await;
    }

    /// The same without the look, for pages that run no script.
    pub(crate) async fn leave_by(&self, words: &str) {
        let path = format!(
            "//main//button[starts-with(normalize-space(.), \"{words}\")] | //main//a[starts-with(normalize-space(.), \"{words}\")]"
        );
        let found = self.first_seen(&path).await;
        found.scroll_into_view().await.unwrap();
        let before = self.driver.find(By::Tag("html")).await.unwrap();
        found.click().await.unwrap();
        // The old page is gone once its root is stale.
        let began = Instant::now();
        while before.tag_name().await.is_ok() {
            assert!(began.elapsed() < PATIENCE, "nothing came of pressing “{words}”: {}", self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The address of the page, without the site.
    pub(crate) async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    /// The words of the page.
    pub(crate) async fn text(&self) -> String {
        let main = self.driver.find(By::Tag("main")).await.unwrap().text().await.unwrap();
        main.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Fails with the page's words unless they hold this.
    pub(crate) async fn says(&self, words: &str) {
        let text = self.text().await;
        assert!(text.contains(words), "“{words}” is not on {}: {text}", self.path().await);
    }

    /// The value of the box with this label.
    pub(crate) async fn value(&self, label: &str) -> String {
        self.labelled(label).await.value().await.unwrap().unwrap_or_default()
    }

    /// The words of the mistake that stands at the box with this label.
    pub(crate) async fn mistake(&self, label: &str) -> String {
        let field = self.labelled(label).await;
        assert_eq!(field.attr("aria-invalid").await.unwrap().as_deref(), Some("true"), "{label} is not marked");
        let id = field.id().await.unwrap().unwrap();
        self.driver.find(By::Id(format!("{id}-msg"))).await.unwrap().text().await.unwrap()
    }

    async fn labelled(&self, label: &str) -> WebElement {
        let path = format!("//main//label[@for][starts-with(normalize-space(.), \"{label}\")]");
        let found = self.first_seen(&path).await;
        let id = found.attr("for").await.unwrap().unwrap();
        self.driver.find(By::Id(id)).await.unwrap()
    }

    /// The first that a person can see; what is folded away is not seen.
    async fn first_seen(&self, path: &str) -> WebElement {
        for found in self.driver.find_all(By::XPath(path)).await.unwrap() {
            let hidden =
                found.class_name().await.unwrap().is_some_and(|class| class.split(' ').any(|name| name == "vh"));
            if !hidden && found.is_displayed().await.unwrap() {
                return found;
            }
        }
        panic!("nobody can see {path} on {}: {}", self.path().await, self.text().await);
    }
}
