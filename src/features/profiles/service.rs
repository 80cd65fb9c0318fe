//! Commands on profiles, and what their pages show.
use super::{
    model::{Field, Reader, Slot},
    queries::{self, AboutRow, Apart, Named, ThemeRow},
};
use crate::access::{GroupMember, InProgram, Peer, ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, ThemeId},
};
use crate::features::people::{self, About};
use crate::history::{self, Act, Actor};
use crate::web::state::App;
use sqlx::PgConnection;

/// One person's profile, without "not with".
#[derive(Debug)]
pub(crate) struct Profile {
    pub(super) about: AboutRow,
    pub(super) themes: Vec<ThemeRow>,
    pub(super) week: Vec<Slot>,
}

/// What a profile is to hold.
#[derive(Debug)]
pub(super) struct NewProfile {
    pub(super) about: About,
    pub(super) themes: Vec<ThemeId>,
    pub(super) week: Vec<Slot>,
}

/// Until the program is archived.
pub(super) const fn may_change(program: &InProgram) -> bool {
    !matches!(program.state, ProgramState::Archived | ProgramState::Cancelled)
}

async fn read(db: &mut PgConnection, program: &InProgram, of: ParticipationId) -> Result<Profile> {
    let about = queries::about(db, program.id, of).await?.ok_or(AppError::NotFound)?;
    let themes = queries::themes(db, program.id, of).await?;
    let week = queries::slots(db, program.id, &[of]).await?.into_iter().map(|of| of.slot).collect();
    Ok(Profile { about, themes, week })
}

/// One's own.
pub(super) async fn own(app: &App, by: &Peer) -> Result<(Profile, Vec<Named>)> {
    let mut db = app.db.acquire().await?;
    let profile = read(&mut db, by.program(), by.participation_id()).await?;
    let apart = queries::not_with(&mut db, by.program_id(), by.participation_id()).await?;
    Ok((profile, apart))
}

/// One's own as coordinators read it: without whom one would rather not meet.
pub(crate) async fn read_own(app: &App, by: &Peer) -> Result<Profile> {
    let mut db = app.db.acquire().await?;
    read(&mut db, by.program(), by.participation_id()).await
}

/// Somebody's, as a coordinator reads and changes it.
pub(super) async fn of_somebody(app: &App, by: &ProgramCoordinator, of: ParticipationId) -> Result<Profile> {
    let mut db = app.db.acquire().await?;
    read(&mut db, by.program(), of).await
}

async fn save(db: &mut PgConnection, program: &InProgram, of: ParticipationId, new: &NewProfile) -> Result<()> {
    if !may_change(program) {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    people::lock_part(db, program.id, of).await?.ok_or(AppError::NotFound)?;
    people::save_about(db, program.id, of, &new.about).await?;
    queries::replace_themes(db, program.id, of, &new.themes).await?;
    queries::replace_slots(db, program.id, of, &new.week).await
}

/// Keeps one's own profile.
pub(super) async fn save_own(app: &App, by: &Peer, new: &NewProfile) -> Result<()> {
    let mut tx = app.db.begin().await?;
    save(&mut tx, by.program(), by.participation_id(), new).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps somebody's profile, and notes that a coordinator changed it.
pub(super) async fn save_of_somebody(
    app: &App,
    by: &ProgramCoordinator,
    of: ParticipationId,
    new: &NewProfile,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    save(&mut tx, by.program(), of, new).await?;
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "profile_changed", object_id: of.0 };
    history::record(&mut tx, by.program_id(), act, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// More people than this nobody keeps away from.
pub(super) const MOST_APART: i64 = 10;
/// More people than this one search does not show.
const MOST_FOUND: usize = 20;

/// Whom one would rather not meet with, and who was searched for.
pub(super) struct NotWith {
    pub(super) chosen: Vec<Named>,
    pub(super) found: Vec<Named>,
    /// There are more than are shown.
    pub(super) more: bool,
}

/// Searches by a part of a name; nothing is searched for without two characters.
pub(super) async fn not_with(app: &App, by: &Peer, part_of_name: &str) -> Result<NotWith> {
    let mut db = app.db.acquire().await?;
    let (program_id, own) = (by.program_id(), by.participation_id());
    let chosen = queries::not_with(&mut db, program_id, own).await?;
    let mut found = Vec::new();
    if part_of_name.chars().count() >= 2 {
        let one_more = i64::try_from(MOST_FOUND).unwrap_or(20) + 1;
        found = queries::others_named(&mut db, program_id, own, part_of_name, one_more).await?;
    }
    let more = found.len() > MOST_FOUND;
    found.truncate(MOST_FOUND);
    Ok(NotWith { chosen, found, more })
}

/// Adds somebody to one's list, or takes them off. It leaves no row in the history.
pub(super) async fn change_not_with(app: &App, by: &Peer, other: ParticipationId, add: bool) -> Result<bool> {
    if !may_change(by.program()) {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    let mut tx = app.db.begin().await?;
    // One at a time, so that two windows do not go beyond the most.
    people::lock_part(&mut tx, by.program_id(), by.participation_id()).await?;
    let done = if add {
        queries::add_not_with(&mut tx, by.program_id(), by.participation_id(), other, MOST_APART).await?
    } else {
        queries::remove_not_with(&mut tx, by.program_id(), by.participation_id(), other).await?;
        true
    };
    tx.commit().await?;
    Ok(done)
}

/// Pairs shown on the coordinators' page.
const MOST_PAIRS: i64 = 500;

pub(super) async fn kept_apart(app: &App, by: &ProgramCoordinator) -> Result<Vec<Apart>> {
    let mut db = app.db.acquire().await?;
    queries::kept_apart(&mut db, by.program_id(), MOST_PAIRS).await
}

/// What the members of a group say of themselves, as far as [`Field::is_read_by`] lets a group read it.
pub(super) async fn of_the_group(app: &App, by: &GroupMember) -> Result<Vec<Profile>> {
    let mut db = app.db.acquire().await?;
    let program_id = by.program_id();
    let rows = queries::about_members(&mut db, program_id, by.group_id()).await?;
    let ids: Vec<ParticipationId> = rows.iter().map(|row| row.id).collect();
    let drawn = queries::themes_of_all(&mut db, program_id, &ids).await?;
    let slots = queries::slots(&mut db, program_id, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|mut about| {
            about.completion_line.clear();
            for (field, text) in [
                (Field::Wants, &mut about.wants),
                (Field::Offers, &mut about.offers),
                (Field::Title, &mut about.title),
                (Field::Department, &mut about.department),
                (Field::Site, &mut about.site),
            ] {
                if !field.is_read_by(Reader::Group) {
                    text.clear();
                }
            }
            let themes =
                drawn.iter().filter(|d| d.participation_id == about.id && Field::Themes.is_read_by(Reader::Group));
            let themes = themes
                .map(|d| ThemeRow { id: ThemeId(uuid::Uuid::nil()), title: d.title.clone(), chosen: true })
                .collect();
            let week = slots
                .iter()
                .filter(|s| s.participation_id == about.id && Field::Availability.is_read_by(Reader::Group));
            let week = week.map(|s| s.slot).collect();
            Profile { about, themes, week }
        })
        .collect())
}
