//! What a peer typed, to be read by the handlers and shown again by the pages.
use crate::base::ids::ApprovalRequestId;
use serde::Deserialize;

/// Joining: wishes, and the words to the supervisor.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct JoinForm {
    pub(in super::super) wants: String,
    pub(in super::super) offers: String,
    #[serde(flatten)]
    pub(in super::super) ask: AskForm,
}

/// Whom to ask, and with what words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct AskForm {
    /// Of the request that sending this makes.
    pub(in super::super) id: String,
    pub(in super::super) supervisor_name: String,
    pub(in super::super) supervisor_email: String,
    pub(in super::super) words: String,
    /// "yes" from a page that showed a yes and asked anew all the same.
    pub(in super::super) over_yes: String,
}

impl AskForm {
    /// With an id of its own.
    pub(in super::super) fn to_ask(name: &str, email: &str, words: &str) -> Self {
        Self {
            id: ApprovalRequestId::generate().to_string(),
            supervisor_name: name.to_owned(),
            supervisor_email: email.to_owned(),
            words: words.to_owned(),
            over_yes: String::new(),
        }
    }
}
