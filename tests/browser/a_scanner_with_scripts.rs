//! Some mail scanners open links in a whole browser and let its scripts run.
use crate::{
    driver::{Chromium, DESK, there_is_a_browser},
    site::{Site, link_in},
    support::letters,
};
use std::{collections::BTreeMap, time::Duration};

#[tokio::test]
async fn a_browser_opens_a_link_of_every_kind_and_nothing_comes_of_it() {
    if !there_is_a_browser() {
        return;
    }
    let site = Site::open().await;
    letters::stage(&site.app).await;
    let written = letters::all_written(&site.app).await;
    let before = letters::everything(&site.app).await;
    // Who was taken off has no page any more, and a host reads thanks, and nothing besides.
    let one_each: BTreeMap<&str, String> = written
        .iter()
        .filter(|(kind, _)| kind != "removed" && kind != "host_thanked")
        .map(|(kind, email)| (kind.as_str(), link_in(email)))
        .collect();
    assert!(one_each.len() > 20, "{one_each:?}");
    let browser = Chromium::open(DESK).await;
    for link in one_each.values() {
        browser.goto(link).await;
        // Long enough for what a script would do by itself.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let after = letters::everything(&site.app).await;
    let changed: Vec<&String> = before.keys().filter(|table| before[*table] != after[*table]).collect();
    assert!(changed.is_empty(), "opening links changed {changed:?}");
    browser.close().await;
    site.close().await;
}
