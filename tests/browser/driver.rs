//! A real browser on a phone's or a desk's screen, and axe on every page it passes.
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use thirtyfour::prelude::*;

/// Chromium with its driver, and a folder of its own.
pub struct Chromium {
    pub driver: WebDriver,
    process: Child,
    folder: PathBuf,
}

fn installed(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// Whether the browser stories can run. Under `CI=true` a missing browser fails; elsewhere it is said loudly.
pub fn there_is_a_browser() -> bool {
    if installed("chromium") && installed("chromedriver") {
        return true;
    }
    let how = "apt-get install -y chromium chromium-driver";
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the browser tests need Chromium: {how}");
    eprintln!("\n*** BROWSER TESTS SKIPPED: there is no chromium with chromedriver here. Install them: {how} ***\n");
    false
}

impl Chromium {
    /// Opens a window of this width.
    pub async fn open(width: u32) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("see-also-browser-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut wanted = DesiredCapabilities::chrome();
        for argument in [
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
        ] {
            wanted.add_arg(argument).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", folder.display())).unwrap();
        wanted.add_arg(&format!("--window-size={width},1000")).unwrap();
        if width < 500 {
            // A desktop window cannot be so narrow; this is what developers' tools do for a phone.
            wanted
                .add_experimental_option(
                    "mobileEmulation",
                    serde_json::json!({"deviceMetrics": {"width": width, "height": 844, "pixelRatio": 2.0, "touch": true}}),
                )
                .unwrap();
        }
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(format!("http://127.0.0.1:{port}"), wanted.clone()).await {
                Ok(driver) => break driver,
                Err(error) => {
                    tries += 1;
                    assert!(tries < 60, "chromedriver does not answer: {error}");
                    tokio::time::sleep(Duration::from_millis(250)).await;
                }
            }
        };
        driver.set_implicit_wait_timeout(Duration::from_secs(3)).await.unwrap();
        Self { driver, process, folder }
    }

    /// Goes to an address and looks at the page with axe.
    pub async fn goto(&self, url: &str) {
        self.driver.goto(url).await.unwrap();
        self.check().await;
    }

    /// Types into the field with this name.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.driver.find(By::Css(format!("main [name='{name}']:not([type='hidden'])"))).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Sets a date or time field, whose keys depend on the browser's language.
    pub async fn set(&self, name: &str, value: &str) {
        let script = "const f = document.querySelector(`main [name='${arguments[0]}']:not([type=hidden])`); f.value = arguments[1];
                      f.dispatchEvent(new Event('change', {bubbles: true}))";
        self.driver.execute(script, vec![name.into(), value.into()]).await.unwrap();
    }

    /// Ticks a box or a radio button by name and value.
    pub async fn choose(&self, name: &str, value: &str) {
        let choice = self.driver.find(By::Css(format!("main input[name='{name}'][value='{value}']"))).await.unwrap();
        choice.scroll_into_view().await.unwrap();
        choice.click().await.unwrap();
    }

    /// Picks an option of a select.
    pub async fn select(&self, name: &str, value: &str) {
        let option = self.driver.find(By::Css(format!("main select[name='{name}'] option[value='{value}']"))).await.unwrap();
        option.click().await.unwrap();
    }

    /// Presses the button or follows the link with these words, and looks at the next page.
    pub async fn press(&self, words: &str) {
        let path = format!(
            "//main//button[contains(normalize-space(.), \"{words}\")] | //main//a[contains(normalize-space(.), \"{words}\")]"
        );
        let found = self.driver.find(By::XPath(path)).await.unwrap_or_else(|_| panic!("nothing to press: {words}"));
        found.scroll_into_view().await.unwrap();
        let before = self.driver.find(By::Tag("html")).await.unwrap();
        found.click().await.unwrap();
        // The old page is gone once its root is stale.
        for _ in 0..100 {
            if before.tag_name().await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        self.check().await;
    }

    /// The words of the page.
    pub async fn text(&self) -> String {
        self.driver.find(By::Tag("main")).await.unwrap().text().await.unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Fails with the page's words unless they hold this.
    pub async fn says(&self, words: &str) {
        let text = self.text().await;
        assert!(text.contains(words), "“{words}” is not on {}: {text}", self.driver.current_url().await.unwrap());
    }

    /// axe finds nothing, in light and in dark, and nothing sticks out sideways.
    pub async fn check(&self) {
        let url = self.driver.current_url().await.unwrap();
        for theme in ["light", "dark"] {
            self.driver.execute("document.documentElement.dataset.theme = arguments[0]", vec![theme.into()]).await.unwrap();
            let axe = include_str!("axe.min.js");
            self.driver.execute(format!("if (!window.axe) {{ {axe} }}"), vec![]).await.unwrap();
            let found = self
                .driver
                .execute_async(
                    "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' — ' + n.failureSummary).join(' | '))))",
                    vec![],
                )
                .await
                .unwrap();
            let violations: Vec<String> = found.convert().unwrap();
            assert!(violations.is_empty(), "axe on {url} ({theme}): {}", violations.join("\n"));
        }
        self.driver.execute("delete document.documentElement.dataset.theme", vec![]).await.unwrap();
        let wide = self
            .driver
            .execute("return document.documentElement.scrollWidth - document.documentElement.clientWidth", vec![])
            .await
            .unwrap();
        assert!(wide.convert::<i64>().unwrap() <= 0, "{url} scrolls sideways");
        if let Ok(folder) = std::env::var("SEE_ALSO_SHOTS") {
            let name: String = url.path().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
            let number = std::fs::read_dir(&folder).map_or(0, Iterator::count);
            self.driver.screenshot(&Path::new(&folder).join(format!("{number:03}{name}.png"))).await.unwrap();
        }
    }

    /// Closes the window and the driver.
    pub async fn close(mut self) {
        self.driver.clone().quit().await.unwrap();
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}
