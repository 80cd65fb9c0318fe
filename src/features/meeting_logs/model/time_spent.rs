//! How a group's time went: planned against actual, on purpose against catching up.
use crate::base::{ids::MeetingId, words};
use crate::features::meetings::ItemKind;
use time::Date;

/// One item of a held meeting. A meeting without an agenda gives no rows of this kind.
#[derive(Debug, Clone, Copy)]
pub struct SpentItem {
    pub meeting_id: MeetingId,
    /// In the meeting's zone.
    pub day: Date,
    pub kind: ItemKind,
    /// 0 for an item carried into the meeting: it counts where it was first planned.
    pub planned: i32,
    /// 0 for what was not done.
    pub actual: i32,
}

/// Minutes on purpose (goal, theme, feedback, field trip), of catching up, and of the rest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Minutes {
    pub on_purpose: i32,
    pub informal: i32,
    pub rest: i32,
}

impl Minutes {
    fn add(&mut self, kind: ItemKind, minutes: i32) {
        match kind.class() {
            "work" => self.on_purpose += minutes,
            "catch" => self.informal += minutes,
            _ => self.rest += minutes,
        }
    }
    #[must_use]
    pub const fn total(self) -> i32 {
        self.on_purpose + self.informal + self.rest
    }
    const fn parts(self) -> [(&'static str, i32); 3] {
        [("work", self.on_purpose), ("catch", self.informal), ("rest", self.rest)]
    }
}

/// One meeting's minutes.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub meeting_id: MeetingId,
    pub day: Date,
    pub planned: Minutes,
    pub actual: Minutes,
}

/// The held meetings of a group that had an agenda, oldest first, and the minutes of those that had none.
#[derive(Debug, Clone, Default)]
pub struct TimeSpent {
    pub rows: Vec<Row>,
    pub without_agenda: i32,
}

/// A row of `parts/tape.html`: thin bars for what was planned, thick ones for how it was.
#[derive(Debug, Clone)]
pub struct TapeRow {
    pub label: String,
    pub planned: Vec<Segment>,
    pub actual: Vec<Segment>,
    pub total: i32,
}

/// A bar of the tape, in units of the drawing.
#[derive(Debug, Clone)]
pub struct Segment {
    pub x: u32,
    pub width: u32,
    pub class: &'static str,
}

/// A line across the tape.
#[derive(Debug, Clone)]
pub struct Mark {
    pub x: u32,
    pub label: String,
}

/// A row of the table that says the same: "20 → 18" three times.
#[derive(Debug, Clone)]
pub struct Figures {
    pub label: String,
    pub on_purpose: String,
    pub informal: String,
    pub rest: String,
}

const LEFT: u32 = 50;
const WIDE: u32 = 240;

impl TimeSpent {
    /// Adds up items, which come meeting by meeting, oldest first.
    #[must_use]
    pub fn of(items: &[SpentItem], without_agenda: i32) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        for item in items {
            if rows.last().is_none_or(|row| row.meeting_id != item.meeting_id) {
                let (planned, actual) = Default::default();
                rows.push(Row { meeting_id: item.meeting_id, day: item.day, planned, actual });
            }
            if let Some(row) = rows.last_mut() {
                row.planned.add(item.kind, item.planned);
                row.actual.add(item.kind, item.actual);
            }
        }
        Self { rows, without_agenda }
    }

    /// How many minutes the agenda of a held meeting planned, as they count in the sums; none without one.
    #[must_use]
    pub fn planned_of(&self, id: MeetingId) -> Option<i32> {
        self.rows.iter().find(|row| row.meeting_id == id).map(|row| row.planned.total()).filter(|planned| *planned > 0)
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.without_agenda == 0
    }

    /// All meetings together: planned, actual.
    #[must_use]
    pub fn totals(&self) -> (Minutes, Minutes) {
        let sum = |of: fn(&Row) -> Minutes| {
            self.rows.iter().map(of).fold(Minutes::default(), |a, b| Minutes {
                on_purpose: a.on_purpose + b.on_purpose,
                informal: a.informal + b.informal,
                rest: a.rest + b.rest,
            })
        };
        (sum(|row| row.planned), sum(|row| row.actual))
    }

    /// "You spent 296 minutes together, of 300 planned. Catching up took 41 minutes and you had kept 40 for it, …".
    #[must_use]
    pub fn sentence(&self) -> String {
        let (planned, actual) = self.totals();
        let mut said = Vec::new();
        if !self.rows.is_empty() {
            said.push(format!("You spent {} minutes together, of {} planned.", actual.total(), planned.total()));
        }
        if planned.informal > 0 || actual.informal > 0 {
            let more = actual.informal - planned.informal;
            // A minute here or there is not worth a word.
            let so = match more {
                more if more * 20 <= planned.informal => ", so it ate nothing else".to_owned(),
                // What went otherwise than planned is nobody's fault; what is good can be planned.
                more => format!(", {more} more. If it did you good, keep more for it"),
            };
            let kept = if planned.informal == 0 { "none".to_owned() } else { planned.informal.to_string() };
            said.push(format!("Catching up took {} minutes and you had kept {kept} for it{so}.", actual.informal));
        }
        if self.without_agenda > 0 {
            said.push(format!("Another {} minutes had no agenda.", self.without_agenda));
        }
        said.join(" ")
    }

    fn scale(&self) -> u32 {
        let longest = self.rows.iter().map(|row| row.planned.total().max(row.actual.total())).max();
        longest.unwrap_or(60).max(60).unsigned_abs()
    }

    /// The drawing's rows.
    #[must_use]
    pub fn tape_rows(&self) -> Vec<TapeRow> {
        let scale = self.scale();
        let segments = |minutes: Minutes| {
            let mut before: u32 = 0;
            let mut drawn = Vec::new();
            for (class, minutes) in minutes.parts() {
                let (from, to) = (before * WIDE / scale, (before + minutes.unsigned_abs()) * WIDE / scale);
                if to > from {
                    drawn.push(Segment { x: LEFT + from, width: (to - from - 1).max(1), class });
                }
                before += minutes.unsigned_abs();
            }
            drawn
        };
        let row = |row: &Row| TapeRow {
            label: words::short_day(row.day),
            planned: segments(row.planned),
            actual: segments(row.actual),
            total: row.actual.total(),
        };
        self.rows.iter().map(row).collect()
    }

    /// Lines at round minutes.
    #[must_use]
    pub fn tape_marks(&self) -> Vec<Mark> {
        let scale = self.scale();
        let step = match scale {
            0..=120 => 30,
            121..=240 => 60,
            _ => 120,
        };
        let mark = |minutes: u32| Mark { x: LEFT + minutes * WIDE / scale, label: format!("{minutes} min") };
        (1..=scale / step).map(|n| mark(n * step)).collect()
    }

    /// What the drawing is, for those who do not see it.
    #[must_use]
    pub fn tape_label(&self) -> String {
        let many = words::count(self.rows.len(), "meeting", "meetings");
        format!("Minutes of your {many}, as planned and as they went. The same figures stand in the table below.")
    }

    /// The table's rows.
    #[must_use]
    pub fn figures(&self) -> Vec<Figures> {
        self.rows.iter().map(|row| figures(words::short_day(row.day), row.planned, row.actual)).collect()
    }

    /// The table's last row.
    #[must_use]
    pub fn figures_of_all(&self) -> Figures {
        let (planned, actual) = self.totals();
        figures(format!("All {}", words::number(self.rows.len())), planned, actual)
    }
}

fn figures(label: String, planned: Minutes, actual: Minutes) -> Figures {
    let pair = |planned: i32, actual: i32| format!("{planned} → {actual}");
    Figures {
        label,
        on_purpose: pair(planned.on_purpose, actual.on_purpose),
        informal: pair(planned.informal, actual.informal),
        rest: pair(planned.rest, actual.rest),
    }
}
