//! One request as pages and emails read it.
use super::{Purpose, ReasonCode, RequestState, Terms, standing};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    ids::{ApprovalRequestId, ParticipationId, ProgramId},
    text,
};
use crate::mail::Mailbox;
use time::{Date, OffsetDateTime};

/// The program that asks, as far as a supervisor may know it.
#[derive(Debug, Clone)]
pub(in super::super) struct AskingProgram {
    pub(in super::super) name: String,
    pub(in super::super) institution: String,
    /// IANA name.
    pub(in super::super) time_zone: String,
    pub(in super::super) ends_on: Date,
    pub(in super::super) currency: String,
    pub(in super::super) state: ProgramState,
    /// Who has coordinated it longest.
    pub(in super::super) coordinator: Option<Mailbox>,
}

impl AskingProgram {
    /// On whose behalf its emails go out.
    pub(in super::super) fn coordinator_name(&self) -> &str {
        self.coordinator.as_ref().map_or("the coordinator", |lead| lead.name.as_str())
    }
}

/// A request with the people it is between.
#[derive(Debug, Clone)]
pub(in super::super) struct Request {
    pub(in super::super) id: ApprovalRequestId,
    pub(in super::super) program_id: ProgramId,
    /// The peer's.
    pub(in super::super) participation_state: ParticipationState,
    pub(in super::super) peer: Mailbox,
    pub(in super::super) supervisor: Mailbox,
    pub(in super::super) asked: Terms,
    pub(in super::super) agreed: Option<Terms>,
    pub(in super::super) valid_from: Date,
    pub(in super::super) valid_until: Date,
    /// The peer's; read by the supervisor and the peer.
    pub(in super::super) own_words: String,
    /// The supervisor's; read by the peer and coordinators.
    pub(in super::super) conditions: String,
    /// The supervisor's; read by the peer alone.
    pub(in super::super) note: String,
    pub(in super::super) reason: Option<ReasonCode>,
    pub(in super::super) state: RequestState,
    pub(in super::super) asked_at: OffsetDateTime,
    pub(in super::super) first_sent_at: Option<OffsetDateTime>,
    pub(in super::super) talk_first_at: Option<OffsetDateTime>,
    pub(in super::super) decided_at: Option<OffsetDateTime>,
    pub(in super::super) accepted_at: Option<OffsetDateTime>,
    pub(in super::super) revoked_from: Option<Date>,
    pub(in super::super) expires_at: OffsetDateTime,
    /// No newer one was made for the same purpose.
    pub(in super::super) is_latest: bool,
    pub(in super::super) program: AskingProgram,
}

impl Request {
    /// What the peer is called in sentences.
    pub(in super::super) fn first_name(&self) -> &str {
        text::first_name(&self.peer.name)
    }

    pub(in super::super) fn standing(&self, now: OffsetDateTime) -> RequestState {
        standing(self.state, self.expires_at, now)
    }

    /// What a page that shows this request has seen: its state and when that was decided. A form
    /// sends it back, so that nobody changes an answer that they have not read.
    pub(in super::super) fn seen(&self) -> String {
        let decided = self.decided_at.map_or(0, OffsetDateTime::unix_timestamp_nanos);
        format!("{}:{decided}", self.state.as_str())
    }

    /// What holds: the agreed, or else the asked.
    pub(in super::super) fn terms(&self) -> Terms {
        self.agreed.unwrap_or(self.asked)
    }
}

/// A request that is to be made.
#[derive(Debug)]
pub(in super::super) struct NewRequest {
    pub(in super::super) id: ApprovalRequestId,
    pub(in super::super) program_id: ProgramId,
    pub(in super::super) participation_id: ParticipationId,
    pub(in super::super) purpose: Purpose,
    pub(in super::super) supervisor: Mailbox,
    pub(in super::super) own_words: String,
}

/// An earlier request, as a list shows it.
#[derive(Debug)]
pub(in super::super) struct RequestFacts {
    pub(in super::super) supervisor_name: String,
    pub(in super::super) state: RequestState,
    pub(in super::super) asked_at: OffsetDateTime,
    pub(in super::super) expires_at: OffsetDateTime,
}
