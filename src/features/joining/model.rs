//! Whom nobody may name as their supervisor. No database, no HTML.
use crate::features::programs::domain_words;

/// Why an address cannot be a supervisor's: rule 3.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Forbidden {
    /// It is the peer's own.
    Own,
    /// It is of somebody in the peer's group.
    InTheGroup,
    /// The program asks at these domains only, and the address is at another.
    Elsewhere(Vec<String>),
}

impl Forbidden {
    /// For the field.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Own => "This is your own address. Enter your supervisor’s".to_owned(),
            Self::InTheGroup => {
                "This person is in your group, or about to be. Name the supervisor who plans your time, or write to the coordinator"
                    .to_owned()
            }
            Self::Elsewhere(domains) => {
                format!("This program asks supervisors at {} only. Enter their address there", domain_words(domains))
            }
        }
    }
}
