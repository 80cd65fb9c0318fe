//! Stylesheet, script, fonts and icon: joined, named by their hash, compressed once at start,
//! and kept by browsers for ever.
use super::{
    compress::{Accepts, brotli_of},
    state::App,
};
use crate::base::{
    error::AppError,
    secret::{hex, sha256},
};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use std::{collections::HashMap, sync::Arc};

macro_rules! css {
    ($($name:literal)+) => { &[$(include_str!(concat!("../../static/css/", $name, ".css")),)+] };
}
macro_rules! js {
    ($($name:literal)+) => { &[$(include_str!(concat!("../../static/js/", $name, ".js")),)+] };
}

/// In the order in which they are joined.
const CSS: &[&str] = css!(
    "01-layers" "tokens" "reset" "base" "layout" "mast" "buttons" "card" "fields" "forms" "desk" "group" "agenda" "week"
    "feedback" "letter" "sheet" "report" "steps" "flash" "tables" "text" "timekeeping" "print"
);
const JS: &[&str] = js!("error-focus" "agenda-sum" "unsaved" "sent-drafts" "print");
/// For the pages that need it alone.
const KEEP_DRAFT: &[u8] = include_bytes!("../../static/js/keep-draft.js");
const TIMEKEEPER: &[u8] = include_bytes!("../../static/js/timekeeper.js");
const HEADING_FONT: (&str, &[u8]) =
    ("literata-latin-wght-normal.woff2", include_bytes!("../../static/fonts/literata-latin-wght-normal.woff2"));
const TEXT_FONT: (&str, &[u8]) = (
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    include_bytes!("../../static/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"),
);
const ICON: &[u8] = include_bytes!("../../static/icon.svg");

/// The addresses that pages name.
#[derive(Debug, Clone)]
pub struct AssetUrls {
    pub css: String,
    pub js: String,
    /// A form that keeps itself while it is typed into.
    pub keep_draft: String,
    /// A running clock.
    pub timekeeper: String,
    pub icon: String,
    pub text_font: String,
    pub heading_font: String,
}

#[derive(Debug)]
struct Asset {
    kind: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
}

/// Everything under `/assets/`.
#[derive(Debug)]
pub struct Assets {
    urls: Arc<AssetUrls>,
    files: HashMap<String, Asset>,
}

impl Assets {
    /// Joins, hashes and compresses.
    pub fn prepare() -> Self {
        let mut files = HashMap::new();
        let mut add = |stem: &str, end: &str, kind, bytes: Vec<u8>| {
            let name = format!("{stem}-{}.{end}", &hex(&sha256(&bytes))[..12]);
            // Fonts are compressed already.
            let brotli = (end != "woff2").then(|| brotli_of(&bytes, 11).map(Bytes::from)).flatten();
            files.insert(name.clone(), Asset { kind, plain: Bytes::from(bytes), brotli });
            format!("/assets/{name}")
        };
        let heading_font = add("literata", "woff2", "font/woff2", HEADING_FONT.1.to_vec());
        let text_font = add("atkinson", "woff2", "font/woff2", TEXT_FONT.1.to_vec());
        let css = without_comments(&CSS.concat())
            .replace(&format!("fonts/{}", HEADING_FONT.0), &heading_font)
            .replace(&format!("fonts/{}", TEXT_FONT.0), &text_font);
        let urls = AssetUrls {
            css: add("see-also", "css", "text/css; charset=utf-8", css.into_bytes()),
            js: add("see-also", "js", "text/javascript; charset=utf-8", JS.concat().into_bytes()),
            keep_draft: add("keep-draft", "js", "text/javascript; charset=utf-8", KEEP_DRAFT.to_vec()),
            timekeeper: add("timekeeper", "js", "text/javascript; charset=utf-8", TIMEKEEPER.to_vec()),
            icon: add("icon", "svg", "image/svg+xml", ICON.to_vec()),
            text_font,
            heading_font,
        };
        Self { urls: Arc::new(urls), files }
    }

    pub fn urls(&self) -> Arc<AssetUrls> {
        Arc::clone(&self.urls)
    }
}

/// A stylesheet without what it says to those who write it.
fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("*/").map_or("", |(_, rest)| rest))
}

/// One asset, for ever.
///
/// # Errors
/// When there is none of that name.
pub async fn serve(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Result<Response, AppError> {
    let asset = app.assets.files.get(&name).ok_or(AppError::NotFound)?;
    let packed = asset.brotli.as_ref().filter(|_| Accepts::read(&headers).brotli);
    let mut response = Body::from(packed.unwrap_or(&asset.plain).clone()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if packed.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Ok(response)
}
