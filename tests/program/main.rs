//! The program as it is started: commands, settings, first start, being killed, stopping.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests are told by the environment where to look, as CI does")]
#![expect(unreachable_pub, reason = "the modules of a test crate are its own")]
mod calendars_are_read;
mod emails_leave;
mod mail_server;
mod programs_are_described;
mod python;
mod running;

use python::python;
use running::{Running, see_also};

#[test]
fn routes_prints_the_table() {
    let out = see_also().arg("routes").output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success());
    let line = text.lines().find(|line| line.contains("/admin/people ")).unwrap();
    assert!(line.starts_with("GET POST") && line.ends_with("site admin"), "{line}");
}

#[test]
fn every_wrong_setting_is_named_at_once() {
    let out = see_also()
        .env("LISTEN", "three thousand")
        .env("BASE_URL", "peers.example.org/app")
        .env("DATABASE_URL", "mysql://here")
        .env("MAIL_FROM", "nobody")
        .env("LOG", "???=zz")
        .output()
        .unwrap();
    let text = String::from_utf8(out.stderr).unwrap();
    assert!(!out.status.success());
    for name in ["LISTEN", "BASE_URL", "DATABASE_URL", "MAIL_FROM", "SMTP_URL", "LOG"] {
        assert!(text.contains(&format!("{name}:")), "{name} is not named: {text}");
    }
}

#[test]
fn without_a_mail_server_it_runs_on_this_machine_only() {
    let out = see_also().env("BASE_URL", "https://peers.example.org").output().unwrap();
    let text = String::from_utf8(out.stderr).unwrap();
    assert!(!out.status.success() && text.contains("SMTP_URL: is needed"), "{text}");
    let demo = see_also()
        .args(["demo", "--no-serve"])
        .env("BASE_URL", "https://peers.example.org")
        .env("SMTP_URL", "smtp://127.0.0.1:1")
        .output()
        .unwrap();
    assert!(!demo.status.success());
    assert!(String::from_utf8(demo.stderr).unwrap().contains("fixed passwords"));
}

/// The demo's passwords are printed for everyone: what was tried on one machine may not go online with them.
#[test]
fn a_folder_with_the_demo_is_served_on_this_machine_only() {
    let data = running::fresh_folder();
    let demo = see_also().args(["demo", "--no-serve"]).env("SEE_ALSO_DATA", &data).output().unwrap();
    assert!(demo.status.success());
    let online = see_also()
        .env("SEE_ALSO_DATA", &data)
        .env("BASE_URL", "https://peers.example.org")
        .env("SMTP_URL", "smtp://127.0.0.1:1")
        .output()
        .unwrap();
    assert!(!online.status.success());
    let text = String::from_utf8(online.stderr).unwrap();
    assert!(text.contains("passwords that anyone can read"), "{text}");
    std::fs::remove_dir_all(data).unwrap();
}

#[test]
fn it_starts_on_an_empty_machine_survives_being_killed_and_stops_in_good_order() {
    let mut first = Running::start();
    let link = first.line_with("/setup/");
    assert_eq!(first.get("/readyz").0, 200);
    let to = first.get(link.strip_prefix(&first.base()).unwrap());
    assert_eq!(to.0, 303, "{}", to.1);
    let data = first.kill();

    let mut again = Running::start_in(data);
    let second = again.line_with("/setup/");
    assert_ne!(link, second, "a fresh link at each start");
    // The older link has ended, the database is the one from before.
    assert_eq!(
        again
            .get(
                link.split("127.0.0.1")
                    .nth(1)
                    .unwrap()
                    .split_once('/')
                    .map(|(_, path)| format!("/{path}"))
                    .unwrap()
                    .as_str()
            )
            .0,
        404
    );
    assert_eq!(again.get("/healthz").0, 200);
    let took = again.stop();
    assert!(took.as_secs() < 25, "{took:?}");
}

#[test]
fn check_says_in_words_what_works() {
    let running = Running::start();
    let out = see_also().arg("check").env("SEE_ALSO_DATA", running.data()).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{text}");
    for words in ["settings    fine", "database    answers", "migrations  up to date", "mail        no server is set"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // It looked at the server that serves, and left it up.
    assert_eq!(running.get("/readyz").0, 200);
    let away = see_also().arg("check").env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none").output().unwrap();
    assert!(!away.status.success());
    assert!(String::from_utf8(away.stdout).unwrap().contains("database    does not answer"));
}
