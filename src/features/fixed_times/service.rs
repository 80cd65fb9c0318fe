//! Reading and changing a group's fixed times.
use super::{
    model::{FixedTime, next},
    queries,
};
use crate::access::GroupMember;
use crate::base::{error::Result, local_time};
use crate::features::meetings::GroupKey;
use crate::web::state::App;
use sqlx::PgConnection;
use time::{OffsetDateTime, PrimitiveDateTime};

/// When the group meets next by its fixed times, on its clock; `None` when it has none, or when that day has no
/// such time because the clocks change.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn next_of(
    db: &mut PgConnection,
    by: &GroupMember,
    now: OffsetDateTime,
) -> Result<Option<PrimitiveDateTime>> {
    let zone = by.group().time_zone.as_str();
    Ok(queries::read(db, GroupKey::from(by)).await?.and_then(|(times, last)| {
        let next = next(times, last, by.program().rhythm_days, local_time::to_local(zone, now));
        local_time::to_instant(zone, next).is_ok().then_some(next)
    }))
}

/// How many dates ahead the page shows.
const AHEAD: usize = 4;

/// What the page shows.
#[derive(Debug, Default)]
pub(super) struct View {
    pub(super) times: Option<[FixedTime; 2]>,
    /// The dates that follow from them.
    pub(super) ahead: Vec<PrimitiveDateTime>,
}

pub(super) async fn read(app: &App, by: &GroupMember) -> Result<View> {
    let read = queries::read(&mut *app.db.acquire().await?, GroupKey::from(by)).await?;
    let Some((times, last)) = read else { return Ok(View::default()) };
    let now = local_time::to_local(&by.group().time_zone, app.clock.now());
    let following = |last: Option<PrimitiveDateTime>| next(times, last, by.program().rhythm_days, now);
    let dates = std::iter::successors(Some(following(last)), |date| Some(following(Some(*date))));
    Ok(View { times: Some(times), ahead: dates.take(AHEAD).collect() })
}

pub(super) async fn save(app: &App, by: &GroupMember, times: [FixedTime; 2]) -> Result<()> {
    queries::write(&mut *app.db.acquire().await?, GroupKey::from(by), times).await
}

pub(super) async fn end(app: &App, by: &GroupMember) -> Result<()> {
    queries::end(&mut *app.db.acquire().await?, GroupKey::from(by)).await
}
