//! Every threshold of the coordinator's desk, in one place. Days are calendar days in the
//! program's zone. What a group can act on reaches the coordinator later than the group; the
//! days here are the coordinator's.

/// Momentum under this reads "Stalled".
pub const STALLED_BELOW: f64 = 40.0;
/// Momentum under this, and not stalled, reads "Going quiet".
pub const STEADY_FROM: f64 = 70.0;
/// A meeting that has begun may wait this long for its log before it counts as missing.
pub const UNLOGGED_DAYS: i64 = 7;

/// Invited and no answer since.
pub const INVITATION_DAYS: i64 = 7;
/// A supervisor was asked and has not answered since.
pub const ANSWER_DAYS: i64 = 10;
/// An approval ends, or is revoked, within this many days.
pub const BACKING_ENDS_DAYS: i64 = 21;
/// Launching is suggested from this many days before the program starts.
pub const LAUNCH_DAYS: i64 = 14;

/// A date stands by this day of a group's life.
pub const SCHEDULED_BY_DAY: i64 = 10;
/// The first meeting was held by this day of a group's life.
pub const HELD_BY_DAY: i64 = 21;
/// Missed meetings in a row that are worth a word.
pub const MISSES_IN_A_ROW: usize = 2;
/// A cancelled meeting with another one within this many days was moved, not missed.
pub const REPLACED_WITHIN_DAYS: i64 = 7;

/// How many of the last held meetings the shares below look at.
pub const LAST_MEETINGS: usize = 2;
/// The least share of minutes with a goal.
pub const ON_GOAL_LEAST: f64 = 0.30;
/// Informal time may take this much more of the minutes than was planned, as a share.
pub const INFORMAL_OVER: f64 = 0.08;

/// An element is agreed by this many days after the first goal.
pub const ELEMENT_DAYS: i64 = 30;
/// An agreement is in force by this held meeting of a group.
pub const AGREEMENT_BY_MEETING: usize = 2;
/// What a group can act on itself reaches the coordinator so many days after the group.
pub const GROUP_FIRST_DAYS: i64 = 3;
/// A planned trip is confirmed by this many days before its date.
pub const TRIP_DAYS: i64 = 14;
/// Feedback is looked at for balance from this many items and members.
pub const BALANCE_FROM_ITEMS: i32 = 4;
pub const BALANCE_FROM_MEMBERS: usize = 3;
/// Reciprocity from here on is balanced.
pub const BALANCED_FROM: f64 = 0.5;

/// The most things that stand on the desk at once.
pub const MOST_ON_THE_DESK: usize = 7;
/// The most weeks that a date slip draws.
pub const MOST_WEEKS: i64 = 30;
