//! What somebody typed into a form that could not be sent: they were signed out meanwhile, or the
//! database was away. The page they get instead holds it, so that it can be sent again.
use crate::base::error::Failed;
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

/// Where a form was sent to, and its fields.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    /// A path of ours, with its query.
    pub to: String,
    pub fields: Vec<(String, String)>,
}

impl Carried {
    /// From the body of a form, as browsers send it. Passwords are typed anew.
    #[must_use]
    pub fn read(to: &str, body: &[u8]) -> Self {
        let fields = form_urlencoded::parse(body)
            .filter(|(name, _)| !name.contains("password"))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        Self { to: to.to_owned(), fields }
    }

    /// The fields as one text, the way a browser sends them.
    #[must_use]
    pub fn body(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }

    /// Whether anything would be lost.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

/// Leaves what was typed in the response, when the request was stopped by a missing sign-in or an
/// absent database. Stands inside the layers that limit a body's size and time.
pub async fn remember(request: Request, next: Next) -> Response {
    // Nothing long is typed where an account is changed, and passwords are.
    let is_form = request.method() == Method::POST
        && !request.uri().path().starts_with("/account")
        && request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !is_form {
        return next.run(request).await;
    }
    let to = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        let mut refused = Response::default();
        *refused.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return refused;
    };
    let kept: Bytes = bytes.clone();
    let mut response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    let stopped = response.extensions().get::<Failed>().map(|failed| failed.status);
    if matches!(stopped, Some(StatusCode::UNAUTHORIZED | StatusCode::SERVICE_UNAVAILABLE)) {
        response.extensions_mut().insert(Carried::read(&to, &kept));
    }
    response
}
