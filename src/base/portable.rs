//! What a file holds in place of ids and instants: keys, days, moments and wall times; and the
//! frame that turns them into what the tables hold.
use super::{
    ids::{
        AgendaItemId, AgreementId, ApprovalRequestId, ElementId, FeedbackId, FieldTripId, GoalId, GroupId, MeetingId,
        MembershipId, ParticipationId, PersonId, PledgeId, ProductId, ProgramId, ThemeId,
    },
    local_time, secret,
};
use serde::Deserialize;
use std::{collections::HashMap, marker::PhantomData};
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time, format_description::well_known::Rfc3339};
use uuid::{Builder, Uuid, Variant, Version};

/// An id that a file names by a key.
pub trait Keyed {
    /// What it is the id of, in words ("goal"); the same key may stand for things of two kinds.
    const KIND: &'static str;
    fn from_uuid(id: Uuid) -> Self;
}

macro_rules! keyed {
    ($($id:ident = $kind:literal,)+) => {$(
        impl Keyed for $id {
            const KIND: &'static str = $kind;
            fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}
keyed! {
    PersonId = "person",
    ThemeId = "theme",
    ParticipationId = "participation",
    ApprovalRequestId = "approval request",
    PledgeId = "pledge",
    GroupId = "group",
    MembershipId = "membership",
    GoalId = "goal",
    AgreementId = "agreement",
    ElementId = "element",
    ProductId = "product",
    MeetingId = "meeting",
    AgendaItemId = "agenda item",
    FieldTripId = "field trip",
    FeedbackId = "feedback",
}

/// What a thing is called inside one file ("priya", or a UUID): 1 to 80 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Key<I>(String, PhantomData<fn() -> I>);

impl<I> Key<I> {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<I> TryFrom<String> for Key<I> {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.chars().count() {
            1..=80 => Ok(Self(text, PhantomData)),
            _ => Err("a key has 1 to 80 characters"),
        }
    }
}

/// A calendar date: "2026-05-04".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(pub Date);

impl TryFrom<String> for Day {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        local_time::parse_date(&text).map(Self).ok_or("a day is written 2026-05-04")
    }
}

/// An instant, with the offset of the place where it was written: "2026-05-04T12:00:00-05:00".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Moment(pub OffsetDateTime);

impl TryFrom<String> for Moment {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        OffsetDateTime::parse(&text, &Rfc3339).map(Self).map_err(|_| "a moment is written 2026-05-04T12:00:00-05:00")
    }
}

/// What a clock on the wall shows, in a zone that stands beside it: "2026-05-04T12:00".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct WallTime(pub PrimitiveDateTime);

impl TryFrom<String> for WallTime {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let parsed = text
            .split_once('T')
            .and_then(|(day, time)| Some((local_time::parse_date(day)?, local_time::parse_time(time)?)));
        parsed
            .map(|(day, time)| Self(PrimitiveDateTime::new(day, time)))
            .ok_or("a wall time is written 2026-05-04T12:00")
    }
}

/// A time of day: "09:30".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeOfDay(pub Time);

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        local_time::parse_time(&text).map(Self).ok_or("a time of day is written 09:30")
    }
}

/// How one file is read into one program: which ids its keys stand for, and how far its dates move.
#[derive(Debug)]
pub struct Frame {
    pub program_id: ProgramId,
    /// How far every date moves: whole days.
    pub moved_by: Duration,
    /// People who are found by their address have ids of their own.
    people: HashMap<Key<PersonId>, PersonId>,
}

impl Frame {
    /// A file of this program, every date of which moves by so many days.
    pub fn new(program_id: ProgramId, days: i64) -> Self {
        Self { program_id, moved_by: Duration::days(days), people: HashMap::new() }
    }

    /// The id that a key stands for: itself if it is a UUID, else one that is always the same for
    /// this program, kind and key. It has the form of version 7, with the program's own time.
    pub fn id<I: Keyed>(&self, key: &Key<I>) -> I {
        let id = Uuid::try_parse(&key.0).unwrap_or_else(|_| {
            let program = self.program_id.0.as_bytes();
            let hash = secret::sha256(&[program.as_slice(), I::KIND.as_bytes(), &[0], key.0.as_bytes()].concat());
            let mut bytes = *program;
            for (byte, hashed) in bytes.iter_mut().zip(hash).skip(6) {
                *byte = hashed;
            }
            Builder::from_bytes(bytes).with_version(Version::SortRand).with_variant(Variant::RFC4122).into_uuid()
        });
        I::from_uuid(id)
    }

    /// [`Self::id`] of several keys.
    pub fn ids<I: Keyed>(&self, keys: &[Key<I>]) -> Vec<I> {
        keys.iter().map(|key| self.id(key)).collect()
    }

    /// [`Self::id`] of a key that may be missing.
    pub fn id_of<I: Keyed>(&self, key: Option<&Key<I>>) -> Option<I> {
        key.map(|key| self.id(key))
    }

    /// Notes which person a key stands for.
    pub fn meet(&mut self, key: &Key<PersonId>, id: PersonId) {
        self.people.insert(key.clone(), id);
    }

    /// The person that a key stands for.
    pub fn person(&self, key: &Key<PersonId>) -> PersonId {
        self.people.get(key).copied().unwrap_or_else(|| self.id(key))
    }

    /// The date a day moves to.
    pub fn day(&self, day: Day) -> Date {
        day.0.saturating_add(self.moved_by)
    }

    /// The instant a moment moves to. Moments keep their distance from each other, so that what
    /// took 72 hours takes 72 hours wherever the clocks are changed.
    pub fn moment(&self, moment: Moment) -> OffsetDateTime {
        moment.0.saturating_add(self.moved_by)
    }

    /// What the clock shows at a wall time that moved, and the instant of it in that zone.
    pub fn wall(&self, at: WallTime, zone: &str) -> (PrimitiveDateTime, OffsetDateTime) {
        let instant = local_time::nearest_instant(zone, at.0.date().saturating_add(self.moved_by), at.0.time());
        (local_time::to_local(zone, instant), instant)
    }
}
