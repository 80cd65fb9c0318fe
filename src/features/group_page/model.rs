//! What a group's page tells its members, and how they are called on it.
use crate::base::{
    ids::{FieldTripId, GoalId, MeetingId, ParticipationId},
    text::first_name,
};
use crate::features::{
    field_trips::{TripKind, TripState},
    goals::GoalState,
    meetings::ItemKind,
    return_visits::{How, Said, standing},
};
use time::{Date, PrimitiveDateTime, Time};

/// How the people on a page are called: the reader "you", the others by their first name, and
/// by their whole name where two would be called the same.
#[derive(Debug, Clone)]
pub struct Called {
    me: ParticipationId,
    names: Vec<(ParticipationId, String)>,
}

impl Called {
    /// From everyone who belongs to the group or did.
    pub fn new(me: ParticipationId, people: &[(ParticipationId, String)]) -> Self {
        let twice = |name: &str| people.iter().filter(|(_, other)| first_name(other) == first_name(name)).count() > 1;
        let short = |name: &String| if twice(name) { name.clone() } else { first_name(name).to_owned() };
        Self { me, names: people.iter().map(|(id, name)| (*id, short(name))).collect() }
    }
    pub fn is_me(&self, id: ParticipationId) -> bool {
        id == self.me
    }
    /// "you", or a name.
    pub fn name(&self, id: ParticipationId) -> String {
        if self.is_me(id) {
            return "you".to_owned();
        }
        let found = self.names.iter().find(|(other, _)| *other == id);
        found.map_or_else(|| "somebody who left".to_owned(), |(_, name)| name.clone())
    }
    /// "You have", "Priya has": the verb that goes with the name.
    pub fn verb(&self, id: ParticipationId, you: &'static str, other: &'static str) -> &'static str {
        if self.is_me(id) { you } else { other }
    }
}

/// Someone who belongs to the group or did.
#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct Belonging {
    pub(super) id: ParticipationId,
    pub(super) name: String,
    pub(super) joined_on: Date,
    /// Keeps their place, and is away.
    pub(super) on_hold: bool,
}

/// A meeting that is planned, or that waits for its log.
#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct Meeting {
    pub(super) id: MeetingId,
    pub(super) starts_local: PrimitiveDateTime,
    pub(super) minutes: i32,
    pub(super) time_zone: String,
    pub(super) place: String,
    pub(super) facilitator: Option<ParticipationId>,
    pub(super) timekeeper: Option<ParticipationId>,
    pub(super) note_taker: Option<ParticipationId>,
    /// It has begun, or is over.
    pub(super) is_over: bool,
}

#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct Item {
    pub(super) kind: ItemKind,
    pub(super) title: String,
    pub(super) minutes: i32,
    /// Written before the reader came.
    pub(super) was_before_me: bool,
}

#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct Goal {
    pub(super) id: GoalId,
    pub(super) owner: Option<ParticipationId>,
    pub(super) title: String,
    pub(super) statement: String,
    pub(super) target_on: Option<Date>,
    pub(super) state: GoalState,
    /// The reader's yes to its words is missing, or to those that are proposed for it.
    pub(super) asks_me: bool,
}

#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct Element {
    pub(super) about: ParticipationId,
    pub(super) title: String,
    /// Agreed by the person it is about; else it waits for that.
    pub(super) is_agreed: bool,
}

#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct Trip {
    pub(super) id: FieldTripId,
    pub(super) kind: TripKind,
    pub(super) state: TripState,
    pub(super) on_date: Date,
    pub(super) starts_time: Option<Time>,
    pub(super) purpose: String,
    pub(super) place: String,
    pub(super) host_institution: String,
    pub(super) observer: Option<ParticipationId>,
    pub(super) observed: Option<ParticipationId>,
    pub(super) debriefed_on: Option<Date>,
    /// What is said of a return visit: how, for which day, or as which trip, on what day, and how that stands.
    pub(super) return_how: Option<How>,
    pub(super) return_on: Option<Date>,
    pub(super) return_id: Option<FieldTripId>,
    pub(super) return_trip_on: Option<Date>,
    pub(super) return_trip_state: Option<TripState>,
}

impl Trip {
    /// It took place, and nobody has said whether its host comes in return.
    pub(super) fn owes_a_return(&self, today: Date) -> bool {
        let trip = self.return_id.zip(self.return_trip_on).zip(self.return_trip_state);
        let trip = trip.map(|((id, on), state)| (id, on, state));
        let said = self.return_how.map(|how| Said { how, on_date: self.return_on, trip });
        self.state.took_place() && self.kind.has_return() && standing(said.as_ref(), today).waits()
    }
}

#[derive(Debug, sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct Product {
    /// The goal it comes out of, when the reader may read it.
    pub(super) goal_id: Option<GoalId>,
    pub(super) of_group: bool,
    pub(super) owner: ParticipationId,
    pub(super) title: String,
    pub(super) link: String,
}
