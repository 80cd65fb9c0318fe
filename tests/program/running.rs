//! The real binary, in a data folder of its own.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// The program with none of our own settings, and a data folder that is never made unless it starts.
pub fn see_also() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_see-also"));
    for name in [
        "LISTEN",
        "BASE_URL",
        "DATABASE_URL",
        "DATABASE_POOL",
        "POSTGRES_BIN",
        "SMTP_URL",
        "MAIL_FROM",
        "LOG",
        "LOG_FORMAT",
    ] {
        command.env_remove(name);
    }
    command.env("SEE_ALSO_DATA", fresh_folder());
    command
}

pub fn fresh_folder() -> PathBuf {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("see-also-program-{}-{number}", std::process::id()))
}

pub struct Running {
    child: Option<Child>,
    out: BufReader<ChildStdout>,
    port: u16,
    data: PathBuf,
}

impl Running {
    pub fn start() -> Self {
        Self::start_in(fresh_folder())
    }

    pub fn start_in(data: PathBuf) -> Self {
        Self::start_with(data, &[])
    }

    pub fn start_with(data: PathBuf, settings: &[(&str, &str)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = see_also()
            .env("SEE_ALSO_DATA", &data)
            .env("LISTEN", format!("127.0.0.1:{port}"))
            .env("LOG", "warn")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let running = Self { child: Some(child), out, port, data };
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(since.elapsed() < Duration::from_mins(1), "it does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }

    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The next line it prints that holds these words.
    pub fn line_with(&mut self, words: &str) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(self.out.read_line(&mut line).unwrap(), 0, "it ended without saying {words}");
            if line.contains(words) {
                return line.trim().to_owned();
            }
        }
    }

    /// Status and whole answer of a GET.
    pub fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    /// Status and whole answer of a form sent with a cookie.
    pub fn post(&self, path: &str, cookie: &str, form: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
            self.port,
            form.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    /// kill −9; the data folder stays.
    pub fn kill(mut self) -> PathBuf {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        std::mem::take(&mut self.data)
    }

    /// SIGTERM, with a client that has sent half a request; how long the end took.
    pub fn stop(mut self) -> Duration {
        let mut half_open = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        half_open.write_all(b"GET / HTTP/1.1\r\nHost").unwrap();
        let mut child = self.child.take().unwrap();
        let since = Instant::now();
        assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
        assert!(child.wait().unwrap().success());
        since.elapsed()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // SIGTERM, so that the database it started is stopped with it.
            Command::new("kill").arg(child.id().to_string()).status().ok();
            child.wait().ok();
        }
        if !self.data.as_os_str().is_empty() {
            std::fs::remove_dir_all(&self.data).ok();
        }
    }
}
