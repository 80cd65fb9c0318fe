//! One request as pages and emails read it.
use super::{Purpose, ReasonCode, RequestState, Terms, standing};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    ids::{ApprovalRequestId, FieldTripId, GroupId, ParticipationId, ProgramId},
    text, words,
};
use crate::mail::Mailbox;
use time::{Date, OffsetDateTime};

/// The program that asks, as far as a supervisor may know it.
#[derive(Debug, Clone)]
pub(crate) struct AskingProgram {
    pub(crate) name: String,
    pub(crate) institution: String,
    /// IANA name.
    pub(crate) time_zone: String,
    pub(crate) ends_on: Date,
    pub(crate) currency: String,
    pub(crate) state: ProgramState,
    /// Who has coordinated it longest.
    pub(crate) coordinator: Option<Mailbox>,
}

impl AskingProgram {
    /// On whose behalf its emails go out.
    pub(crate) fn coordinator_name(&self) -> &str {
        self.coordinator.as_ref().map_or("the coordinator", |lead| lead.name.as_str())
    }
}

/// The one trip that a request is about, as far as its supervisor may know it: what it is about, and with whom, is
/// the group's.
#[derive(Debug, Clone)]
pub(crate) struct AskedTrip {
    pub(crate) id: FieldTripId,
    pub(crate) group_id: GroupId,
    /// "site visit".
    pub(crate) kind: String,
    pub(crate) by_video: bool,
    pub(crate) away: bool,
    /// It lies ahead as it was asked about, and the peer goes: nothing of it is later, longer or dearer.
    pub(crate) stands: bool,
}

impl AskedTrip {
    /// "a site visit".
    pub(crate) fn with_article(&self) -> String {
        match self.kind.as_str() {
            kind @ ("observation" | "interview" | "event") => format!("an {kind}"),
            "shadowing" => "a day of shadowing".to_owned(),
            kind => format!("a {kind}"),
        }
    }

    /// "At another place".
    pub(crate) const fn where_to(&self) -> &'static str {
        match (self.by_video, self.away) {
            (true, _) => "By video",
            (false, true) => "At another place",
            (false, false) => "At your own institution",
        }
    }
}

/// A request with the people it is between.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) id: ApprovalRequestId,
    pub(crate) program_id: ProgramId,
    pub(crate) participation_id: ParticipationId,
    pub(crate) purpose: Purpose,
    /// Of a request with that purpose alone.
    pub(crate) trip: Option<AskedTrip>,
    /// The peer's.
    pub(crate) participation_state: ParticipationState,
    pub(crate) peer: Mailbox,
    /// The peer's IANA zone.
    pub(crate) peer_zone: String,
    pub(crate) supervisor: Mailbox,
    pub(crate) asked: Terms,
    pub(crate) agreed: Option<Terms>,
    pub(crate) valid_from: Date,
    pub(crate) valid_until: Date,
    /// The peer's; read by the supervisor and the peer.
    pub(crate) own_words: String,
    /// The supervisor's; read by the peer and coordinators.
    pub(crate) conditions: String,
    /// The supervisor's; read by the peer alone.
    pub(crate) note: String,
    pub(crate) reason: Option<ReasonCode>,
    pub(crate) state: RequestState,
    pub(crate) asked_at: OffsetDateTime,
    pub(crate) first_sent_at: Option<OffsetDateTime>,
    pub(crate) talk_first_at: Option<OffsetDateTime>,
    pub(crate) decided_at: Option<OffsetDateTime>,
    pub(crate) accepted_at: Option<OffsetDateTime>,
    pub(crate) revoked_from: Option<Date>,
    /// With a no: the day from which its supervisor would look at it again.
    pub(crate) reconsider_from: Option<Date>,
    pub(crate) expires_at: OffsetDateTime,
    /// When the supervisor asked for no more reminders.
    pub(crate) reminders_stopped_at: Option<OffsetDateTime>,
    /// No newer one was made to join or to go on; of one for a trip, about that trip.
    pub(crate) is_latest: bool,
    pub(crate) program: AskingProgram,
}

impl Request {
    /// What the peer is called in sentences.
    pub(crate) fn first_name(&self) -> &str {
        text::first_name(&self.peer.name)
    }

    pub(crate) fn standing(&self, now: OffsetDateTime) -> RequestState {
        standing(self.state, self.expires_at, now)
    }

    /// From when a supervisor who says no would look at it again, as long as that is their answer.
    pub(crate) fn look_again(&self) -> Option<Date> {
        self.reconsider_from.filter(|_| self.state == RequestState::Declined)
    }

    /// Whether its supervisor still has a say: nobody was asked after them, or theirs is the yes
    /// that holds until another decides.
    pub(crate) fn counts(&self) -> bool {
        self.is_latest || matches!(self.state, RequestState::Approved | RequestState::Revoked)
    }

    /// What a page that shows this request has seen: its state and when that was decided. A form
    /// sends it back, so that nobody changes an answer that they have not read.
    pub(crate) fn seen(&self) -> String {
        let decided = self.decided_at.map_or(0, OffsetDateTime::unix_timestamp_nanos);
        format!("{}:{decided}", self.state.as_str())
    }

    /// There is something to answer about: a place always, a trip as long as it is the one that was asked about.
    pub(crate) fn stands(&self) -> bool {
        self.trip.as_ref().is_none_or(|trip| trip.stands)
    }

    /// What it is about, for its supervisor and its peer: "a site visit on 4 May". Nothing for a place.
    pub(crate) fn about_trip(&self) -> Option<String> {
        self.trip.as_ref().map(|trip| format!("{} on {}", trip.with_article(), words::day(self.valid_from)))
    }

    /// Where the peer reads how it stands: below the address of the application.
    pub(crate) fn peers_page(&self) -> String {
        match &self.trip {
            Some(trip) => {
                format!("/programs/{}/groups/{}/trips/{}/supervisor", self.program_id, trip.group_id, trip.id)
            }
            None => format!("/programs/{}/join", self.program_id),
        }
    }

    /// The agreed, or else the asked, in one line.
    pub(crate) fn line(&self) -> String {
        let currency = &self.program.currency;
        if self.trip.is_some() { self.terms().trip_line(currency) } else { self.terms().line(currency) }
    }

    /// What holds: the agreed, or else the asked.
    pub(crate) fn terms(&self) -> Terms {
        self.agreed.unwrap_or(self.asked)
    }
}

/// A request that is to be made.
#[derive(Debug)]
pub(crate) struct NewRequest {
    pub(crate) id: ApprovalRequestId,
    pub(crate) program_id: ProgramId,
    pub(crate) participation_id: ParticipationId,
    pub(crate) purpose: Purpose,
    pub(crate) supervisor: Mailbox,
    pub(crate) own_words: String,
    /// Of a request for a trip alone.
    pub(crate) trip_id: Option<FieldTripId>,
}

/// An earlier request, as a list shows it.
#[derive(Debug)]
pub(crate) struct RequestFacts {
    pub(crate) supervisor_name: String,
    pub(crate) state: RequestState,
    pub(crate) asked_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
}
