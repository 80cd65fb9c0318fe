//! The report, printed: on A4 and on Letter at most two sheets, and no card is cut.
use crate::{
    driver::{Chromium, DESK, there_is_a_browser},
    site::Site,
};
use see_also::features::archive;
use serde_json::json;
use thirtyfour::By;

/// Sheets in a PDF whose objects are in plain sight: each page is one object of the type Page.
fn sheets(base64: &str) -> usize {
    let mut bytes: Vec<u8> = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for c in base64.bytes() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
}

#[tokio::test]
async fn the_report_fits_on_two_sheets_of_any_paper() {
    if !there_is_a_browser() {
        return;
    }
    let site = Site::open().await;
    archive::load_demo(&site.app.app).await.unwrap();
    let db = &site.app.app.db;
    let program: String = sqlx::query_scalar("select id::text from programs").fetch_one(db).await.unwrap();
    let imogen = sqlx::query_scalar("select id from people where name like 'Imogen%'").fetch_one(db).await.unwrap();
    let browser = Chromium::open(DESK).await;
    let secret = site.app.sign_in(imogen).await;
    browser.hand_over(&site.url, Some(secret.reveal())).await;
    browser.goto(&site.at(&format!("/programs/{program}/report"))).await;
    browser.says("Print").await;
    for (paper, width, height) in [("A4", 8.27, 11.69), ("Letter", 8.5, 11.0)] {
        let how =
            json!({"paperWidth": width, "paperHeight": height, "printBackground": true, "preferCSSPageSize": false});
        let printed = browser.driver.cdp().send_raw("Page.printToPDF", how).await.unwrap();
        let sheets = sheets(printed["data"].as_str().unwrap());
        assert!((1..=2).contains(&sheets), "{sheets} sheets of {paper}");
    }
    // On paper: every part stands whole, and what is for the screen alone is gone.
    browser.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({"media": "print"})).await.unwrap();
    for card in browser.driver.find_all(By::Css(".report .card")).await.unwrap() {
        assert_eq!(card.css_value("break-inside").await.unwrap(), "avoid");
    }
    assert!(!browser.driver.find(By::Css("[data-print]")).await.unwrap().is_displayed().await.unwrap());
    browser.close().await;
    site.close().await;
}
