//! Cookies: read one, set one. All are `HttpOnly` and SameSite=Lax.
use axum::http::{HeaderMap, HeaderValue, header};

/// The value of a cookie, if the request carries it.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// What a cookie is to be.
#[derive(Debug, Clone, Copy)]
pub struct Cookie<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub path: &'a str,
    /// Seconds to live; 0 takes the cookie away.
    pub seconds: i64,
    pub https: bool,
}

/// The `Set-Cookie` value; `None` when the parts could not stand in a header.
pub fn set(cookie: Cookie<'_>) -> Option<HeaderValue> {
    let secure = if cookie.https { "; Secure" } else { "" };
    let text = format!(
        "{}={}; Path={}; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
        cookie.name, cookie.value, cookie.path, cookie.seconds
    );
    HeaderValue::from_str(&text).ok()
}
