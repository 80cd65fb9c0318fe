//! What a lesson is, and when lessons can be worked on. No database, no HTML.
use crate::access::ProgramState;

/// In characters.
pub(super) const LONGEST_LESSON: usize = 300;
/// The most lessons that a program keeps.
pub(super) const MOST_LESSONS: i64 = 40;

/// Lessons are written down while the groups meet, and while the program closes.
#[must_use]
pub(super) const fn may_write(state: ProgramState) -> bool {
    state.is_running()
}

/// They are published and taken back after it as well.
#[must_use]
pub(super) const fn may_publish(state: ProgramState) -> bool {
    state.was_launched()
}

/// Whether a lesson says what a line says, but for spaces, case and the stop at its end: the line is its author's, who
/// may take it back; a lesson stays.
#[must_use]
pub fn is_same_wording(lesson: &str, line: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        let letters = text.to_lowercase();
        letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    plain(lesson) == plain(line)
}
