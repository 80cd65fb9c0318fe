//! Who leads an item: turns even out by themselves, as roles do.
use crate::base::ids::ParticipationId;
use time::OffsetDateTime;

/// How often somebody led an item of a meeting that stands, and in which of them last.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct Led {
    pub lead_id: ParticipationId,
    pub times: i32,
    pub last: OffsetDateTime,
}

/// Gives out the leads of one agenda.
#[derive(Debug)]
pub struct Turns {
    /// Open members by name: how many items of this agenda they lead, how many they led before, when last.
    members: Vec<(ParticipationId, i32, i32, Option<OffsetDateTime>)>,
}

impl Turns {
    /// From the open members by name, and what those and others led before, in any order.
    #[must_use]
    pub fn of(members: &[ParticipationId], before: &[Led]) -> Self {
        let of = |id: &ParticipationId| {
            let led = before.iter().filter(|led| led.lead_id == *id);
            (*id, 0, led.clone().map(|led| led.times).sum(), led.map(|led| led.last).max())
        };
        Self { members: members.iter().map(of).collect() }
    }

    /// Whose turn it is: nobody a second time in one agenda while somebody has none; then the fewest times
    /// before, then longest ago, then by name. `None` where there is nobody.
    #[must_use]
    pub fn next_lead(&mut self) -> Option<ParticipationId> {
        // `min_by_key` takes the first of equals, which is the first by name.
        let next = self.members.iter_mut().min_by_key(|(_, here, before, last)| (*here, *before, *last))?;
        next.1 += 1;
        Some(next.0)
    }
}
