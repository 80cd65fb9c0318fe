//! What stops a request. Expected outcomes (a form with mistakes, a link already
//! used) are not errors: services return them as values.
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use std::sync::Arc;

pub type Result<T, E = AppError> = std::result::Result<T, E>;

/// Why a request ends without the page it asked for; drawn by `web::error_page`.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Also the answer to "it exists, but you may not know that".
    #[error("not found")]
    NotFound,
    /// The secret of an email's link stands for nothing, or no longer for this.
    #[error("a link that leads nowhere")]
    DeadLink,
    /// What was shared by a link is shared no longer.
    #[error("no longer shared")]
    Gone,
    #[error("sign in first")]
    SignInFirst,
    #[error("not allowed: {0}")]
    NotAllowed(&'static str),
    /// Not now, for a reason that is told to whoever asks.
    #[error("not now: {}", .0.heading)]
    NotNow(Arc<NotNow>),
    /// A request that no page of ours sends.
    #[error("unreadable request: {0}")]
    Unreadable(&'static str),
    /// Too many tries; the number is the seconds to wait.
    #[error("too many tries, wait {0} s")]
    TooMany(u32),
    /// The database or a queue is away or full, for now.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Our fault. The text is for the log; people see a reference number.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AppError {
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::DeadLink => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::NotAllowed(_) | Self::NotNow(_) => StatusCode::FORBIDDEN,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_) => {
                Self::Unavailable(error.to_string())
            }
            // 57P01..57P03: the server is shutting down, crashed, or starting; 53300: no connection left.
            sqlx::Error::Database(ref refused)
                if refused.code().is_some_and(|code| code.starts_with("57P0") || code == "53300") =>
            {
                Self::Unavailable(error.to_string())
            }
            other => Self::internal(other),
        }
    }
}

/// Why something cannot be done now, in words for whoever wanted to, and where they can do something about it.
#[derive(Debug)]
pub struct NotNow {
    pub heading: String,
    pub text: String,
    pub href: String,
    pub label: &'static str,
}

/// Left in the response for `web::error_page`, which draws the page.
#[derive(Clone, Debug)]
pub struct Failed {
    pub status: StatusCode,
    /// Seconds until another try makes sense, if that is known.
    pub retry_after: Option<u32>,
    /// An email's link led here.
    pub dead_link: bool,
    pub not_now: Option<Arc<NotNow>>,
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        match &self {
            Self::Internal(source) => {
                tracing::error!(error = source.as_ref() as &dyn std::error::Error, "request failed");
            }
            Self::Unavailable(why) => tracing::warn!(why, "unavailable"),
            _ => {}
        }
        let failed = Failed {
            status: self.status(),
            retry_after: match self {
                Self::TooMany(seconds) => Some(seconds),
                Self::Unavailable(_) => Some(5),
                _ => None,
            },
            dead_link: matches!(self, Self::DeadLink),
            not_now: match &self {
                Self::NotNow(words) => Some(Arc::clone(words)),
                _ => None,
            },
        };
        (failed.status, axum::Extension(failed)).into_response()
    }
}

/// The name of the constraint that a write broke, if it broke one.
///
/// Services match it to show the rule's message at its field.
pub fn broken_constraint(error: &AppError) -> Option<&str> {
    let AppError::Internal(source) = error else {
        return None;
    };
    match source.downcast_ref::<sqlx::Error>()? {
        sqlx::Error::Database(refused) => refused.constraint(),
        _ => None,
    }
}
