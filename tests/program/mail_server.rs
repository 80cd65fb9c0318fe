//! A small SMTP server that takes every email and keeps it.
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    time::Duration,
};

pub struct MailServer {
    pub port: u16,
    received: Receiver<String>,
}

impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (keep, received) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let keep = keep.clone();
                std::thread::spawn(move || talk(stream, &keep));
            }
        });
        Self { port, received }
    }

    /// The next email, as it came over the wire.
    pub fn next(&self) -> String {
        self.received.recv_timeout(Duration::from_secs(20)).expect("no email came")
    }
}

fn talk(mut stream: TcpStream, keep: &Sender<String>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let mut say = move |answer: &str| stream.write_all(format!("{answer}\r\n").as_bytes()).is_ok();
    say("220 here");
    let mut line = String::new();
    while lines.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
        match line.split_whitespace().next().unwrap_or_default().to_uppercase().as_str() {
            "DATA" => {
                say("354 go on");
                let mut email = String::new();
                loop {
                    let mut part = String::new();
                    if lines.read_line(&mut part).unwrap_or(0) == 0 || part == ".\r\n" {
                        break;
                    }
                    email.push_str(&part);
                }
                keep.send(email).ok();
                say("250 kept");
            }
            "QUIT" => {
                say("221 bye");
                return;
            }
            _ => {
                say("250 fine");
            }
        }
        line.clear();
    }
}
