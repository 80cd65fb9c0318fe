//! Setting, changing and taking off a group's themes. Each command is one transaction.
use super::{
    model::{NewTheme, Theme},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result, broken_constraint},
    ids::GroupThemeId,
};
use crate::features::{
    groups::{self, OpenMember},
    meetings::GroupKey,
};
use crate::web::state::App;
use sqlx::PgConnection;

/// Two themes of one group on one day break this.
const OVERLAP: &str = "a_group_has_one_theme_a_day";

/// What became of a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    /// Another theme of the group is on one of these days.
    Overlap,
    /// Somebody else changed it since the form was drawn.
    Stale,
    /// Somebody took it off since then.
    Gone,
    /// The form was sent before, with other words.
    SentBefore,
    /// Its words are from before this member came.
    WrittenBefore,
}

/// The group's themes as this member may read them, and who reads them.
pub(super) async fn read(app: &App, by: &GroupMember) -> Result<(Vec<Theme>, Vec<OpenMember>)> {
    let mut db = app.db.acquire().await?;
    let mut themes = queries::themes(&mut db, GroupKey::from(by), None).await?;
    for theme in &mut themes {
        theme.keep_to(by.joined_on());
    }
    Ok((themes, groups::open_members(&mut db, by.program_id(), by.group_id()).await?))
}

/// Adds a theme; sent twice, it is added once.
pub(super) async fn add(app: &App, by: &GroupMember, id: GroupThemeId, new: &NewTheme) -> Result<Outcome> {
    let of = GroupKey::from(by);
    let who_when = (by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    match queries::insert(&mut tx, of, (id, new), who_when).await {
        Ok(true) => {}
        Ok(false) => {
            let there = queries::themes(&mut tx, of, Some(id)).await?;
            let same = there.iter().any(|theme| theme.says(new));
            return Ok(if same { Outcome::Done } else { Outcome::SentBefore });
        }
        Err(error) => return overlap(error),
    }
    tx.commit().await?;
    Ok(Outcome::Done)
}

fn overlap(error: AppError) -> Result<Outcome> {
    if broken_constraint(&error) == Some(OVERLAP) { Ok(Outcome::Overlap) } else { Err(error) }
}

/// The theme as this member sees it, held; `None` when it is gone.
async fn held(db: &mut PgConnection, by: &GroupMember, id: GroupThemeId) -> Result<Option<Theme>> {
    let of = GroupKey::from(by);
    if !queries::lock(db, of, id).await? {
        return Ok(None);
    }
    let mut theme = queries::themes(db, of, Some(id)).await?.pop();
    if let Some(theme) = &mut theme {
        theme.keep_to(by.joined_on());
    }
    Ok(theme)
}

/// Changes a theme. `was` is its fingerprint when the form was drawn.
pub(super) async fn change(
    app: &App,
    by: &GroupMember,
    (id, to): (GroupThemeId, &NewTheme),
    was: &str,
) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let Some(theme) = held(&mut tx, by, id).await? else { return Ok(Outcome::Gone) };
    if theme.was_before_me {
        return Ok(Outcome::WrittenBefore);
    }
    if theme.says(to) {
        return Ok(Outcome::Done);
    }
    if theme.fingerprint() != was {
        return Ok(Outcome::Stale);
    }
    let who_when = (by.participation_id(), app.clock.now());
    if let Err(error) = queries::update(&mut tx, GroupKey::from(by), (id, to), who_when).await {
        return overlap(error);
    }
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Takes a theme off, as it was when the form was drawn.
pub(super) async fn remove(app: &App, by: &GroupMember, id: GroupThemeId, was: &str) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let Some(theme) = held(&mut tx, by, id).await? else { return Ok(Outcome::Done) };
    if theme.fingerprint() != was {
        return Ok(Outcome::Stale);
    }
    queries::delete(&mut tx, GroupKey::from(by), id).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}
