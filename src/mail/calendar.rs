//! Calendar objects (RFC 5545, RFC 5546): an invitation that an email carries, and a feed to subscribe to.
//! Instants are written in UTC, so that every calendar shows them right wherever its owner is and whatever
//! the clocks do there.
use super::Mailbox;
use icalendar::{Calendar, Component, Event as Entry, EventStatus, Property};
use time::{OffsetDateTime, UtcOffset, format_description::BorrowedFormatItem, macros::format_description};

/// What the receiver's calendar is to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Put it in, or change what is there.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    /// As the calendar and the email's header name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Something with a beginning and an end. Its title is all that is said of it: calendars are shared with
/// people who have no part in it.
#[derive(Debug, Clone)]
pub struct Event {
    /// The same through all changes.
    pub uid: String,
    /// Raised with every change.
    pub sequence: u32,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    /// When this was written, or for a feed when it was last changed.
    pub stamp: OffsetDateTime,
    pub title: String,
    /// Where more stands, for who may read it.
    pub href: String,
    pub is_cancelled: bool,
}

/// An event that one person is invited to, themselves alone: nobody's calendar lists the others.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub method: Method,
    pub event: Event,
}

impl Invitation {
    /// The text of the calendar object, sent by somebody to somebody.
    #[must_use]
    pub fn text(&self, organizer: &Mailbox, attendee: &Mailbox) -> String {
        let mut entry = entry(&self.event);
        entry.append_property(person("ORGANIZER", organizer));
        let mut invited = person("ATTENDEE", attendee);
        invited.add_parameter("ROLE", "REQ-PARTICIPANT");
        invited.add_parameter("PARTSTAT", "NEEDS-ACTION");
        invited.add_parameter("RSVP", "FALSE");
        entry.append_multi_property(invited);
        let mut calendar = calendar();
        calendar.append_property(("METHOD", self.method.as_str()));
        calendar.push(entry.done());
        calendar.to_string()
    }
}

/// The text of a calendar to subscribe to.
#[must_use]
pub fn feed(name: &str, events: &[Event]) -> String {
    let mut calendar = calendar();
    calendar.name(&plain(name));
    for event in events {
        calendar.push(entry(event).done());
    }
    calendar.to_string()
}

fn calendar() -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//See Also//See Also//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property((key, value));
    }
    calendar
}

fn entry(event: &Event) -> Entry {
    let mut entry = Entry::new();
    entry.uid(&event.uid);
    entry.sequence(event.sequence);
    for (key, at) in [("DTSTAMP", event.stamp), ("DTSTART", event.starts_at), ("DTEND", event.ends_at)] {
        entry.add_property(key, utc(at));
    }
    entry.summary(&plain(&event.title));
    entry.add_property("CLASS", "PRIVATE");
    entry.add_property("URL", &event.href);
    entry.status(if event.is_cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    entry
}

fn person(key: &str, who: &Mailbox) -> Property {
    let mut property = Property::new(key, format!("mailto:{}", who.email));
    // A parameter's value cannot hold a quotation mark (RFC 5545, section 3.2).
    property.add_parameter("CN", &plain(&who.name).replace('"', "'"));
    property
}

/// "20260504T170000Z".
fn utc(at: OffsetDateTime) -> String {
    const FORM: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]Z");
    at.to_offset(UtcOffset::UTC).format(FORM).unwrap_or_default()
}

/// On one line: a line break would end the property.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
