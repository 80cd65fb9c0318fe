//! How the minutes of a group's meetings went, beside how they were planned.
use crate::base::words;
use crate::features::progress::{ItemKind, KindMinutes, MeetingFacts, MeetingState};
use time::Date;

/// Minutes by what they served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Minutes {
    /// Goal work, feedback rounds, trips and themes.
    pub on_purpose: i32,
    /// Informal time.
    pub catching_up: i32,
    /// Check-in, wrap-up and logistics.
    pub rest: i32,
}

impl Minutes {
    pub const fn total(self) -> i32 {
        self.on_purpose + self.catching_up + self.rest
    }
    fn add(&mut self, kind: ItemKind, minutes: i32) {
        match kind {
            kind if kind.is_on_purpose() => self.on_purpose += minutes,
            ItemKind::Informal => self.catching_up += minutes,
            _ => self.rest += minutes,
        }
    }
    fn sum(self, other: Self) -> Self {
        Self {
            on_purpose: self.on_purpose + other.on_purpose,
            catching_up: self.catching_up + other.catching_up,
            rest: self.rest + other.rest,
        }
    }
}

/// One held meeting that had an agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub day: Date,
    pub planned: Minutes,
    pub actual: Minutes,
}

/// All of them, and together.
#[derive(Debug, Clone)]
pub struct Spent {
    pub rows: Vec<Row>,
    pub planned: Minutes,
    pub actual: Minutes,
}

/// The minutes of held meetings that had an agenda, by date; none when there is no such meeting.
pub fn spent(meetings: &[MeetingFacts]) -> Option<Spent> {
    let rows: Vec<Row> = meetings
        .iter()
        .filter(|meeting| meeting.state == MeetingState::Held && !meeting.agenda.is_empty())
        .map(|meeting| Row {
            day: meeting.day,
            planned: by_class(&meeting.agenda, |row| row.planned),
            actual: by_class(&meeting.agenda, |row| row.actual),
        })
        .collect();
    (!rows.is_empty()).then(|| Spent {
        planned: rows.iter().fold(Minutes::default(), |sum, row| sum.sum(row.planned)),
        actual: rows.iter().fold(Minutes::default(), |sum, row| sum.sum(row.actual)),
        rows,
    })
}

fn by_class(agenda: &[KindMinutes], minutes: impl Fn(&KindMinutes) -> i32) -> Minutes {
    let mut sum = Minutes::default();
    for row in agenda {
        sum.add(row.kind, minutes(row));
    }
    sum
}

impl Spent {
    /// "You spent 296 minutes together, of 300 planned. Catching up took …"
    pub fn sentence(&self) -> String {
        let (planned, actual) = (self.planned, self.actual);
        let total = format!("You spent {} minutes together, of {} planned.", actual.total(), planned.total());
        let (kept, took) = (planned.catching_up, actual.catching_up);
        // A few minutes either way are what a plan is worth.
        let near = (kept / 10).max(2);
        let catching_up = match took - kept {
            _ if kept == 0 && took == 0 => String::new(),
            _ if kept == 0 => format!(" Catching up took {took} minutes, and none had been kept for it."),
            over if over > near => {
                format!(" Catching up took {took} minutes and you had kept {kept} for it; {over} came from the rest.")
            }
            under if under < -near => format!(" Catching up took {took} of the {kept} minutes you had kept for it."),
            _ => format!(" Catching up took {took} minutes and you had kept {kept} for it, so it ate nothing else."),
        };
        format!("{total}{catching_up}")
    }

    /// The drawing of the newest meetings.
    pub fn tape(&self) -> Tape {
        const DRAWN: usize = 8;
        let shown = &self.rows[self.rows.len().saturating_sub(DRAWN)..];
        let longest = shown.iter().map(|row| row.planned.total().max(row.actual.total())).max().unwrap_or(0);
        let scale = ((longest + 29) / 30 * 30).max(60);
        let step = if scale <= 90 { 30 } else { 60 };
        Tape {
            rows: shown.iter().map(|row| tape_row(*row, scale)).collect(),
            marks: (1..=scale / step)
                .map(|n| Mark { x: x_of(n * step, scale), label: format!("{} min", n * step) })
                .collect(),
        }
    }
}

/// What `parts/tape.html` draws.
#[derive(Debug)]
pub struct Tape {
    pub rows: Vec<TapeRow>,
    pub marks: Vec<Mark>,
}

#[derive(Debug)]
pub struct TapeRow {
    pub label: String,
    pub planned: Vec<Segment>,
    pub actual: Vec<Segment>,
    pub total: i32,
}

#[derive(Debug)]
pub struct Segment {
    pub x: i32,
    pub width: i32,
    pub class: &'static str,
}

#[derive(Debug)]
pub struct Mark {
    pub x: i32,
    pub label: String,
}

/// The bars lie between 50 and 290.
const fn x_of(minute: i32, scale: i32) -> i32 {
    50 + minute * 240 / scale
}

fn tape_row(row: Row, scale: i32) -> TapeRow {
    TapeRow {
        label: words::short_day(row.day),
        planned: segments(row.planned, scale),
        actual: segments(row.actual, scale),
        total: row.actual.total(),
    }
}

fn segments(minutes: Minutes, scale: i32) -> Vec<Segment> {
    let mut from = 0;
    let mut segments = Vec::new();
    for (class, length) in [("work", minutes.on_purpose), ("catch", minutes.catching_up), ("rest", minutes.rest)] {
        if length > 0 {
            let (x, end) = (x_of(from, scale), x_of(from + length, scale));
            segments.push(Segment { x, width: (end - x - 1).max(1), class });
        }
        from += length;
    }
    segments
}
