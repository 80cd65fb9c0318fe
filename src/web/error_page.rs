//! Draws the page for a request that was stopped.
use super::{carried::Carried, page, page::Shell, state::App, trace::RequestId};
use crate::base::error::Failed;
use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

#[derive(Template)]
#[template(path = "layout/failed.html")]
struct FailedPage {
    shell: Shell,
    heading: String,
    text: String,
    /// What can be done about it: where, and what the button says.
    way_on: Option<(String, &'static str)>,
    /// What was typed and not taken, to send again.
    carried: Carried,
    request_id: String,
}

/// Sign in, and what was typed meanwhile is not lost.
#[derive(Template)]
#[template(path = "layout/sign_in_first.html")]
struct SignInFirstPage {
    shell: Shell,
    to: String,
    typed: String,
}

/// Turns what [`Failed`] left in a response into a page, or into the way to sign in.
pub async fn draw(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let back = (request.method() == Method::GET)
        .then(|| request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string));
    let response = next.run(request).await;
    let failed = response.extensions().get::<Failed>().cloned().or_else(|| bare(&response));
    let Some(failed) = failed else {
        return response;
    };
    let carried = response.extensions().get::<Carried>().cloned().unwrap_or_default();
    if failed.status == StatusCode::UNAUTHORIZED {
        if carried.is_empty() {
            return Redirect::to(&sign_in(back.as_deref())).into_response();
        }
        let typed = carried.body();
        let page = SignInFirstPage { shell: Shell::for_anyone(&app), to: carried.to, typed };
        return page::show_with(failed.status, &page).unwrap_or_else(|_| failed.status.into_response());
    }
    let (heading, text) = match &failed.not_now {
        Some(words) => (words.heading.as_str(), words.text.as_str()),
        None if failed.dead_link => DEAD_LINK,
        None => words(failed.status),
    };
    let page = FailedPage {
        shell: Shell::for_anyone(&app),
        heading: heading.into(),
        text: text.into(),
        way_on: failed.not_now.as_ref().map(|words| (words.href.clone(), words.label)),
        carried,
        request_id: id,
    };
    let mut drawn = page::show_with(failed.status, &page).unwrap_or_else(|_| failed.status.into_response());
    if let Some(value) = failed.retry_after.and_then(|seconds| HeaderValue::from_str(&seconds.to_string()).ok()) {
        drawn.headers_mut().insert(header::RETRY_AFTER, value);
    }
    drawn.extensions_mut().extend(response.extensions().clone());
    drawn
}

/// Failures of the layers around us (time limits, body limits, wrong methods) come without a page.
fn bare(response: &Response) -> Option<Failed> {
    let status = response.status();
    let drawn =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    ((status.is_client_error() || status.is_server_error()) && !drawn).then_some(Failed {
        status,
        retry_after: None,
        dead_link: false,
        not_now: None,
    })
}

fn sign_in(back: Option<&str>) -> String {
    match back {
        Some(path) if path != "/" => {
            let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
            format!("/sign-in?next={}", next.replace("%2F", "/"))
        }
        _ => "/sign-in".to_owned(),
    }
}

/// The same for a link that never was, so that nothing can be found out by guessing.
const DEAD_LINK: (&str, &str) = (
    "This link does not work any more",
    "It was used, or a newer email took its place, or its time is over. What you answered or set with it before is kept. Look for the newest email about it; if there is none, reply to the one you have, or sign in.",
);

const fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => (
            "We could not find that page",
            "The address may be mistyped, the link may have ended, or the page may not be yours to see.",
        ),
        StatusCode::GONE => (
            "This is no longer shared",
            "Whoever shared it with you has taken it back, or the time they gave it is over. If you still need it, ask them for a new link.",
        ),
        StatusCode::FORBIDDEN => (
            "You do not have access to that",
            "If you think you should, write to the person who coordinates your program.",
        ),
        StatusCode::TOO_MANY_REQUESTS => {
            ("Please wait a little", "There were too many tries. Try again in some minutes.")
        }
        StatusCode::SERVICE_UNAVAILABLE => (
            "We are not quite there",
            "A part of See Also does not answer just now. Nothing you sent was lost half-way: it was either saved or not. Try again in a minute.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => ("That is more than we can take", "Send it in smaller parts."),
        StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::BAD_REQUEST
        | StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("We could not read that", "Go back, load the page again, and send it once more.")
        }
        _ => (
            "Something went wrong on our side",
            "It is written down with the number below. Try again; if it stays, tell whoever runs this site.",
        ),
    }
}
