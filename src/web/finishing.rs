//! What has begun is finished, whoever hangs up or waits no longer.
use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument;

/// Handles a request on a task of its own. A request that is dropped half-way, because its sender hung up or its time
/// was over, would leave its connection with a transaction that nobody ends: what the next person writes on it would
/// be answered, and lost when the database ends the idle transaction.
pub async fn finish(request: Request, next: Next) -> Response {
    let handled = tokio::spawn(next.run(request).instrument(tracing::Span::current()));
    match handled.await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(response) => response,
        // As if it had happened here: the layer outside catches it.
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        Err(Err(_cancelled)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
