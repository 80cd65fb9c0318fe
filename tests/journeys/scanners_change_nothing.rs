//! Mail servers open the links of emails before people do, with GET and with HEAD, and follow where
//! they lead. Nothing may come of it; and then the person must get in all the same.
use crate::support::{Answer, BASE_URL, Browser, TestApp, letters};
use scraper::{Html, Selector};
use see_also::mail::Email;
use std::collections::{BTreeMap, BTreeSet};

/// The addresses of ours in both forms of an email, below the site's own.
fn links(email: &Email) -> BTreeSet<String> {
    email
        .text
        .split_whitespace()
        .chain(email.html.split('"'))
        .filter_map(|word| word.strip_prefix(BASE_URL))
        .filter(|path| path.starts_with('/'))
        .map(str::to_owned)
        .collect()
}

/// What a page's first form would send as it stands, with these fields filled in or chosen.
fn filled(page: &Answer, with: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let html = Html::parse_document(&page.html);
    let one = |css: &str| Selector::parse(css).unwrap();
    let form = html.select(&one("main form[method=post]")).next().unwrap_or_else(|| panic!("no form: {}", page.text()));
    let mut fields: Vec<(String, String)> = form
        .select(&one("input[name]"))
        .filter(|input| match input.value().attr("type") {
            Some("radio" | "checkbox") => input.value().attr("checked").is_some(),
            _ => true,
        })
        .map(|input| {
            (input.value().attr("name").unwrap().to_owned(), input.value().attr("value").unwrap_or("").to_owned())
        })
        .filter(|(name, _)| !with.iter().any(|(known, _)| known == name))
        .collect();
    // Of each question that has no answer yet, the first.
    for radio in form.select(&one("input[type=radio]")) {
        let name = radio.value().attr("name").unwrap();
        if !fields.iter().any(|(known, _)| known == name) && !with.iter().any(|(known, _)| *known == name) {
            fields.push((name.to_owned(), radio.value().attr("value").unwrap().to_owned()));
        }
    }
    fields.extend(with.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    (form.value().attr("action").unwrap().to_owned(), fields)
}

async fn presses(browser: &Browser<'_>, link: &str, with: &[(&str, &str)]) -> Answer {
    let page = browser.open(link).await;
    page.is(200);
    let (action, fields) = filled(&page, with);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&action, &fields).await
}

#[tokio::test]
async fn scanners_open_every_link_and_nothing_comes_of_it() {
    let app = TestApp::start().await;
    letters::stage(&app).await;
    let written = letters::all_written(&app).await;
    let before = letters::everything(&app).await;
    let mut opened = 0;
    for (kind, email) in &written {
        let links = links(email);
        // Who was taken off has no page any more, and a host reads thanks, and nothing besides.
        let leads_nowhere = kind == "removed" || kind == "host_thanked";
        assert!(!links.is_empty() || leads_nowhere, "{kind} leads nowhere: {}", email.text);
        for link in links {
            let scanner = app.browser();
            for answer in [scanner.head(&link).await, scanner.get(&link).await, scanner.head(&link).await] {
                assert!(answer.status.as_u16() < 400, "{kind}: {link} answers {}", answer.status);
            }
            // And one that keeps cookies and goes where it is sent.
            let page = app.browser();
            let page = page.open(&link).await;
            assert!(page.status.as_u16() < 400, "{kind}: {link} ends in {}", page.status);
            opened += 1;
        }
    }
    assert!(opened > 150, "only {opened} links");
    let after = letters::everything(&app).await;
    let changed: Vec<&String> = before.keys().filter(|table| before[*table] != after[*table]).collect();
    assert!(changed.is_empty(), "opening links changed {changed:?}");

    // Then people come, each by their own link, and every kind of secret does what it is for.
    let mut of_kind: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (letter, email) in &written {
        // An answer is given by the email that asks; receipts of others lead to answers that may be over.
        let asks = letter == "ask_supervisor";
        for link in links(email).into_iter().filter(|link| asks || !link.starts_with("/answer/")) {
            let secret = link.rsplit('/').next().unwrap();
            if secret.len() == 64 && secret.bytes().all(|b| b.is_ascii_hexdigit()) {
                let first = link.split('/').nth(1).unwrap().to_owned();
                of_kind.entry(first).or_default().push((email.to.email.clone(), link));
            }
        }
    }
    let expected = [
        "answer",
        "confirm-email",
        "host",
        "met",
        "no-reminders",
        "password",
        "pledge-check",
        "pulse",
        "shared-with-you",
        "stop-email",
        "weekly-email",
        "when",
    ];
    let found: Vec<&str> = of_kind.keys().map(String::as_str).collect();
    assert_eq!(found, expected, "a kind of link that this story does not follow");
    for (kind, with) in [
        ("password", &[("password", "quiet-reading-lamp-geese")][..]),
        ("no-reminders", &[]),
        ("answer", &[("answer", "yes")]),
        ("pledge-check", &[]),
        ("host", &[]),
        ("met", &[]),
        ("weekly-email", &[]),
        ("confirm-email", &[]),
        ("stop-email", &[]),
        ("when", &[]),
        ("pulse", &[]),
    ] {
        let (to, link) = match kind {
            // Not the same change.
            "confirm-email" => of_kind[kind].iter().find(|(to, _)| to.starts_with("new.p")),
            // Who was asked and has not answered.
            "host" => of_kind[kind].iter().find(|(to, _)| to.starts_with("asked")),
            "stop-email" => of_kind[kind].iter().find(|(to, _)| to.starts_with('h')),
            _ => of_kind[kind].first(),
        }
        .unwrap();
        let answer = presses(&app.browser(), link, with).await;
        assert!(answer.status.as_u16() < 400, "{to} does not succeed with {link}: {} {}", answer.status, answer.text());
    }
    // What is shared with a supervisor is there to be read, and nothing can be pressed.
    let (_, shared) = &of_kind["shared-with-you"][0];
    app.browser().open(shared).await.is(200).does_not_say("<form");
    let now = letters::everything(&app).await;
    for table in [
        "people",
        "approval_requests",
        "pledge_answers",
        "email_changes",
        "nudges",
        "time_poll_answers",
        "trip_hosts",
        "pulse_answers",
        "attendances",
    ] {
        assert_ne!(before[table], now[table], "nothing came of what people did to {table}");
    }
}
