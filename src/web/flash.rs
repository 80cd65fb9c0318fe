//! What just happened, said once on the next page: a short-lived cookie.
use super::{
    cookies::{self, Cookie},
    page,
};
use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::Response,
};

const NAME: &str = "said";

/// Go there, and say this on the page.
pub fn go_and_say(to: &str, words: &str) -> Response {
    let mut response = page::go(to);
    let value = encode(words);
    let cookie = Cookie { name: NAME, value: &value, path: "/", seconds: 60, https: false };
    if let Some(value) = cookies::set(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// What the last page left to say.
pub fn read(headers: &HeaderMap) -> Option<String> {
    cookies::read(headers, NAME).and_then(decode).filter(|words| !words.is_empty())
}

/// Takes the cookie away once a page was shown.
pub async fn clear(request: Request, next: Next) -> Response {
    let waiting = cookies::read(request.headers(), NAME).is_some();
    let mut response = next.run(request).await;
    let is_page = response.status() == StatusCode::OK
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let gone = Cookie { name: NAME, value: "", path: "/", seconds: 0, https: false };
    if waiting
        && is_page
        && let Some(value) = cookies::set(gone)
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

fn encode(words: &str) -> String {
    crate::base::secret::hex(words.as_bytes())
}

fn decode(value: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> =
        value.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    String::from_utf8(bytes?).ok()
}
