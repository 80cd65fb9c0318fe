//! Reading where a meeting stands, and pressing a button.
use super::{
    model::{self, ItemTime, Stage, stage},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{AgendaItemId, MeetingId},
};
use crate::features::meetings::{self, GroupKey, Item, Meeting, Which};
use crate::web::state::App;
use time::OffsetDateTime;

/// A meeting as it runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) meeting: Meeting,
    /// In their order, as far as the reader may read their words.
    pub(super) items: Vec<Item>,
    pub(super) times: Vec<ItemTime>,
}

impl Running {
    fn ids(&self) -> Vec<AgendaItemId> {
        self.items.iter().map(|item| item.id).collect()
    }
    pub(super) fn stage(&self, now: OffsetDateTime) -> Stage {
        stage(&self.meeting, &self.ids(), &self.times, now)
    }
    pub(super) fn time_of(&self, id: AgendaItemId) -> Option<&ItemTime> {
        self.times.iter().find(|time| time.item_id == id)
    }
    /// What somebody who pressed too early goes back to.
    pub(super) fn last_over(&self) -> Option<&Item> {
        let id = model::last_over(&self.ids(), &self.times)?;
        self.items.iter().find(|item| item.id == id)
    }
}

/// Reads a meeting of the member's group.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub(super) async fn running(app: &App, by: &GroupMember, id: MeetingId) -> Result<Running> {
    let of = GroupKey::from(by);
    let mut db = app.db.acquire().await?;
    let meeting = meetings::meetings_of(&mut db, of, Which::One(id)).await?.pop().ok_or(AppError::NotFound)?;
    let mut items = meetings::items_of(&mut db, of, id).await?;
    for item in &mut items {
        item.keep_to(by.joined_on());
    }
    let times = queries::times_of(&mut db, of.program_id, id).await?;
    Ok(Running { meeting, items, times })
}

/// A button of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    Start,
    Done,
    Skip,
    /// That was too early.
    Back,
}

impl Press {
    pub(super) fn parse(word: &str) -> Option<Self> {
        match word {
            "start" => Some(Self::Start),
            "done" => Some(Self::Done),
            "skip" => Some(Self::Skip),
            "back" => Some(Self::Back),
            _ => None,
        }
    }
}

/// Does what a button says, for the item it stood at. Whoever presses what is done already changes nothing: of two
/// phones, or two presses, one counts.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub(super) async fn press(
    app: &App,
    by: &GroupMember,
    id: MeetingId,
    (press, at): (Press, Option<AgendaItemId>),
) -> Result<()> {
    let (of, now) = (GroupKey::from(by), app.clock.now());
    let program_id = of.program_id;
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, id).await?;
    let items: Vec<_> = meetings::items_of(&mut tx, of, id).await?.into_iter().map(|item| item.id).collect();
    let times = queries::times_of(&mut tx, program_id, id).await?;
    match (press, stage(&meeting, &items, &times, now), at) {
        (Press::Start, Stage::Ready, _) => {
            if let Some(first) = items.first() {
                queries::begin(&mut tx, program_id, id, (*first, now)).await?;
            }
        }
        (Press::Done | Press::Skip, Stage::Runs(_), Some(item)) => {
            let skipped = press == Press::Skip;
            let since = queries::end(&mut tx, program_id, id, (item, skipped), now).await?;
            // What was spent before something is skipped goes to what comes next.
            if let (Some(since), Some(next)) = (since, model::next(&items, &times)) {
                let from = if skipped { since } else { now };
                queries::begin(&mut tx, program_id, id, (next, from)).await?;
            }
        }
        (Press::Back, Stage::Runs(_) | Stage::AllDone, Some(item))
            if model::last_over(&items, &times) == Some(item) =>
        {
            queries::go_back(&mut tx, program_id, id, item).await?;
        }
        _ => {}
    }
    tx.commit().await?;
    Ok(())
}
