//! What every request may use.
use super::{assets::Assets, passwords::Passwords};
use crate::base::clock::Clock;
use crate::mail::Folder;
use std::sync::Arc;

/// Cheap to clone: handles only.
#[derive(Clone, Debug)]
pub struct App {
    pub db: sqlx::PgPool,
    pub clock: Clock,
    /// What links in emails start with; no slash at the end.
    pub base_url: Arc<str>,
    /// People reach us by https, so cookies are marked secure.
    pub https: bool,
    pub assets: Arc<Assets>,
    pub passwords: Passwords,
    /// The folder that keeps emails, when no mail server is set.
    pub mailbox: Option<Folder>,
}
