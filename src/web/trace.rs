//! One id a request, on its error page and on every line it logs. Paths are logged as the
//! route table writes them: a real path may hold a secret.
use axum::{
    extract::{MatchedPath, Request},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

/// The id of the request at hand.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Gives the request an id and logs how it ended.
pub async fn follow(mut request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().simple().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", %id);
    let method = request.method().clone();
    let started = std::time::Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let path = response.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    let millis = started.elapsed().as_millis();
    span.in_scope(|| tracing::info!(%method, path, status = response.status().as_u16(), millis, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// Leaves the matched path in the response, for [`follow`], which stands outside the router.
pub async fn note_path(request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(path) = path {
        response.extensions_mut().insert(path);
    }
    response
}
