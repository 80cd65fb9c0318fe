//! Writing and agreeing what a group agrees. Every open member may do the same, and each says
//! yes for themselves alone.
use super::model::{self, Clause, Span, Voice};
use super::queries::{self, AnswerRow, NewVersion, VersionRow};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{AgreementId, GroupId, ParticipationId, ProgramId},
    local_time::day_in,
};
use crate::features::groups::{self, OpenMember};
use crate::history::{self, Act, Actor};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A version with its words and who said yes.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) row: VersionRow,
    /// In the program's zone, as all dates here.
    pub(super) written_on: Date,
    pub(super) clauses: Vec<Clause>,
    pub(super) answers: Vec<AnswerRow>,
}

impl Whole {
    pub(super) fn has_yes_of(&self, id: ParticipationId) -> bool {
        self.answers.iter().any(|answer| answer.participation_id == id)
    }
}

/// Everything on the agreement's page.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) members: Vec<OpenMember>,
    /// Those that the reader may read, the first one first.
    pub(super) versions: Vec<Whole>,
}

impl Seen {
    /// What people are asked to agree to, or have agreed to.
    pub(super) fn newest(&self) -> Option<&Whole> {
        self.versions.last()
    }
    pub(super) fn in_force(&self) -> Option<&Whole> {
        self.versions.iter().rev().find(|version| version.row.adopted_on.is_some())
    }
}

/// The agreement as this member may read it.
pub(super) async fn read(app: &App, by: &GroupMember) -> Result<Seen> {
    let mut db = app.db.acquire().await?;
    let members = groups::open_members(&mut db, by.program_id(), by.group_id()).await?;
    let joined_on = by.joined_on();
    let rows = queries::versions(&mut db, by.program_id(), by.group_id()).await?;
    let zone = &by.program().time_zone;
    let spans: Vec<Span> =
        rows.iter().map(|row| Span { written_on: day_in(zone, row.written_at), adopted_on: row.adopted_on }).collect();
    let readable = rows.into_iter().enumerate().filter(|(at, _)| model::is_readable(&spans, *at, joined_on));
    let rows: Vec<VersionRow> = readable.map(|(_, row)| row).collect();
    let ids: Vec<AgreementId> = rows.iter().map(|row| row.id).collect();
    let clauses = queries::clauses(&mut db, by.program_id(), &ids).await?;
    let answers = queries::answers(&mut db, by.program_id(), &ids).await?;
    let whole = |row: VersionRow| Whole {
        written_on: day_in(zone, row.written_at),
        clauses: clauses.iter().filter(|(id, _)| *id == row.id).map(|(_, clause)| clause.clone()).collect(),
        answers: answers.iter().filter(|answer| answer.version_id == row.id).cloned().collect(),
        row,
    };
    Ok(Seen { members, versions: rows.into_iter().map(whole).collect() })
}

/// A version as its writer gives it.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) id: AgreementId,
    /// The number of the version that the form was drawn with; 0 for none.
    pub(super) base: i32,
    pub(super) clauses: Vec<Clause>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrote {
    Done,
    /// The words are those that stand.
    Same,
    /// Somebody wrote another version in the meantime.
    Stale,
}

/// Proposes a version. It has its writer's yes by that; everybody else is asked anew.
pub(super) async fn write(app: &App, by: &GroupMember, new: &Written) -> Result<Wrote> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    queries::hold(&mut tx, by.program_id(), by.group_id()).await?;
    let versions = queries::versions(&mut tx, by.program_id(), by.group_id()).await?;
    if versions.iter().any(|version| version.id == new.id) {
        return Ok(Wrote::Done);
    }
    let number = versions.last().map_or(0, |newest| newest.number);
    if let Some(newest) = versions.last() {
        let stands = queries::clauses(&mut tx, by.program_id(), &[newest.id]).await?;
        if stands.iter().map(|(_, clause)| clause).eq(new.clauses.iter()) {
            return Ok(Wrote::Same);
        }
    }
    if number != new.base {
        return Ok(Wrote::Stale);
    }
    let me = by.participation_id();
    let version = NewVersion { id: new.id, group_id: by.group_id(), number: number + 1, by: me, clauses: &new.clauses };
    queries::insert(&mut tx, by.program_id(), &version, now).await?;
    queries::add_answer(&mut tx, by.program_id(), new.id, me, now).await?;
    settle(&mut tx, Of::group(by), now).await?;
    tx.commit().await?;
    Ok(Wrote::Done)
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Agreed {
    Noted,
    /// With this yes the version is in force.
    InForce,
    /// Somebody wrote another version in the meantime.
    Changed,
}

/// The member's own yes to the version with this number, which they read.
pub(super) async fn agree(app: &App, by: &GroupMember, number: i32) -> Result<Agreed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    queries::hold(&mut tx, by.program_id(), by.group_id()).await?;
    let versions = queries::versions(&mut tx, by.program_id(), by.group_id()).await?;
    let Some(newest) = versions.last().filter(|newest| newest.number == number) else {
        return Ok(Agreed::Changed);
    };
    queries::add_answer(&mut tx, by.program_id(), newest.id, by.participation_id(), now).await?;
    let adopted = settle(&mut tx, Of::group(by), now).await?;
    tx.commit().await?;
    Ok(if adopted { Agreed::InForce } else { Agreed::Noted })
}

/// Whose agreement it is, and the zone in which its days are counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of<'a> {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) zone: &'a str,
}

impl<'a> Of<'a> {
    fn group(by: &'a GroupMember) -> Self {
        Self { program_id: by.program_id(), group_id: by.group_id(), zone: &by.program().time_zone }
    }
}

/// Adopts the newest version if nothing keeps it back; `true` when it did so now.
pub(super) async fn settle(db: &mut PgConnection, of: Of<'_>, now: OffsetDateTime) -> Result<bool> {
    let versions = queries::versions(db, of.program_id, of.group_id).await?;
    let Some(newest) = versions.last().filter(|newest| newest.adopted_on.is_none()) else {
        return Ok(false);
    };
    let members = groups::open_members(db, of.program_id, of.group_id).await?;
    let answers = queries::answers(db, of.program_id, &[newest.id]).await?;
    let written_on = day_in(of.zone, newest.written_at);
    let voice = |member: &OpenMember| Voice {
        asked_on: written_on.max(member.joined_on),
        agreed: answers.iter().any(|answer| answer.participation_id == member.participation_id),
    };
    let voices: Vec<Voice> = members.iter().map(voice).collect();
    let today = day_in(of.zone, now);
    if !model::is_adopted(&voices, today) || !queries::adopt(db, of.program_id, newest.id, today).await? {
        return Ok(false);
    }
    // That it is in force is a fact that coordinators see; who said yes is not.
    let act = Act { actor: Actor::System, action: "agreement_adopted", object_id: of.group_id.0 };
    history::record(db, of.program_id, act, now).await?;
    Ok(true)
}
