//! What a host is asked and may answer, and how that stands for the day of the trip. No database, no HTML.
use crate::base::{
    ids::{GroupId, ParticipationId},
    local_time, words,
};
use time::{Date, OffsetDateTime, Time};

crate::text_enum! {
    /// What a host says about the day.
    pub enum HostWord {
        Agreed = "agreed",
        OtherDay = "other_day",
    }
}

/// That a host was asked, and what they answered.
#[derive(Debug, Clone)]
pub struct Asked {
    pub by: ParticipationId,
    pub at: OffsetDateTime,
    /// How often, with this time. Asking again makes it a question without an answer.
    pub times: i32,
    pub answer: Option<Answer>,
}

/// What a host answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub word: HostWord,
    pub at: OffsetDateTime,
    /// The day the trip was planned for.
    pub about_day: Date,
    /// With another day alone.
    pub offered_on: Option<Date>,
    pub day_line: String,
    pub in_return: String,
    pub questions: String,
}

impl Answer {
    /// Whether it says the same as another one, whenever it was given.
    pub(super) fn says_what(&self, other: &Self) -> bool {
        Self { at: other.at, ..self.clone() } == *other
    }
}

/// How the host stands to the day that the trip is planned for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    NotAsked,
    Waits,
    Agreed,
    Offers(Date),
    /// They answered about another day than the one it is planned for now.
    OfAnotherDay(Date),
}

/// How the host of a trip stands to the day it is planned for.
#[must_use]
pub fn stance(asked: Option<&Asked>, on_date: Date) -> Stance {
    let Some(asked) = asked else { return Stance::NotAsked };
    let Some(answer) = &asked.answer else { return Stance::Waits };
    match (answer.word, answer.offered_on) {
        // A trip that was moved to the day they offered.
        (HostWord::OtherDay, Some(offered)) if offered == on_date => Stance::Agreed,
        _ if answer.about_day != on_date => Stance::OfAnotherDay(answer.about_day),
        (HostWord::OtherDay, Some(offered)) => Stance::Offers(offered),
        _ => Stance::Agreed,
    }
}

/// What is asked of the host, and when: as much of the trip as its page and emails need.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub(super) group_id: GroupId,
    /// "site visit".
    pub(super) kind: String,
    pub(super) is_observation: bool,
    /// It may yet take place.
    pub(super) is_ahead: bool,
    pub(super) is_off: bool,
    pub(super) by_video: bool,
    pub(super) on_date: Date,
    pub(super) starts_time: Option<Time>,
    pub(super) purpose: String,
    pub(super) place: String,
    pub(super) host_person: String,
    pub(super) host_email: String,
    /// When the plan was last put down, in the program's zone.
    pub(super) worded_on: Date,
    pub(super) program: String,
    pub(super) institution: String,
    pub(super) time_zone: String,
    pub(super) ends_on: Date,
}

impl Visit {
    pub(super) fn today(&self, now: OffsetDateTime) -> Date {
        local_time::day_in(&self.time_zone, now)
    }

    /// The host can be asked, and can answer: up to the day itself.
    pub(super) fn is_open(&self, now: OffsetDateTime) -> bool {
        self.is_ahead && !self.is_observation && self.today(now) <= self.on_date
    }

    /// "Tuesday 4 May at 14:30".
    pub(super) fn when(&self) -> String {
        let time = self.starts_time.map(|time| format!(" at {}", words::clock_time(time))).unwrap_or_default();
        format!("{}{time}", words::long_day(self.on_date))
    }

    /// What a member could write, to begin from.
    pub(super) fn draft(&self, me: &str) -> String {
        let whom = if self.host_person.is_empty() { "colleague" } else { &self.host_person };
        let come = if self.by_video { "speak with you by video" } else { "come and visit you" };
        let place = if self.place.is_empty() { String::new() } else { format!("\nWhere: {}", self.place) };
        format!(
            "Dear {whom},\n\nwe are a small group of colleagues in {}, and would like to {come}.\n\nWhen: {}{place}\n\
             What we would like to see: {}\n\nWould that suit you?\n\n{me}",
            self.program,
            self.when(),
            self.purpose
        )
    }
}

/// What the page that shows this has seen; a form sends it back, so that nobody answers about another day than
/// they read, or over an answer they have not read.
pub(super) fn seen(visit: &Visit, asked: &Asked) -> String {
    let answered = asked.answer.as_ref().map_or(0, |answer| answer.at.unix_timestamp_nanos() / 1_000);
    format!("{} {} {answered}", words::iso_day(visit.on_date), asked.times)
}
