//! Writing, sharing, opening, answering. Every open member may give to every other; nobody but
//! the two can reach an item.
mod giver;
mod receiver;

pub(super) use giver::{Saved, Shared, change, create, discard, share, take_back};
pub(super) use receiver::{Answered, Opened, answer, keep_views, open};

use super::{
    model::{Feedback, Standing, Text, draft::Between, keep_to_reader, standing},
    queries::{self, Key, Listed},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, FeedbackId, ParticipationId},
    local_time, text,
};
use crate::features::{
    choices,
    groups::{self, OpenMember},
    off_limits,
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::Date;

/// Today, as the program counts days.
pub(super) fn today(app: &App, member: &GroupMember) -> Date {
    local_time::day_in(&member.program().time_zone, app.clock.now())
}

const fn key(member: &GroupMember, id: FeedbackId) -> Key {
    Key { program: member.program_id(), group: member.group_id(), id }
}

/// One item as its reader may know it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) feedback: Feedback,
    pub(super) texts: Vec<Text>,
    pub(super) standing: Standing,
}

/// An item for one of the two.
///
/// # Errors
/// `NotFound` for everybody else, and for the receiver as long as it is a draft.
pub(super) async fn read(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Item> {
    let mut db = app.db.acquire().await?;
    read_in(&mut db, member, id).await
}

async fn read_in(db: &mut PgConnection, member: &GroupMember, id: FeedbackId) -> Result<Item> {
    let me = member.participation_id();
    let mut feedback = queries::find(db, key(member, id)).await?.ok_or(AppError::NotFound)?;
    let standing = standing(&feedback, me).ok_or(AppError::NotFound)?;
    let mut texts = queries::texts(db, key(member, id), feedback.format).await?;
    keep_to_reader(&mut feedback, &mut texts, me);
    Ok(Item { feedback, texts, standing })
}

/// What the member gave and received in this group, the latest first.
pub(super) async fn mine(app: &App, member: &GroupMember) -> Result<Vec<Listed>> {
    let mut db = app.db.acquire().await?;
    let me = member.participation_id();
    let mut all = queries::mine(&mut db, member.program_id(), member.group_id(), me).await?;
    for listed in &mut all {
        keep_to_reader(&mut listed.item, &mut [], me);
    }
    Ok(all)
}

/// Somebody to write to, with what they agreed to hear about.
#[derive(Debug)]
pub(super) struct Someone {
    pub(super) id: ParticipationId,
    pub(super) first_name: String,
    pub(super) elements: Vec<(ElementId, String)>,
}

/// The other open members of the group.
pub(super) async fn others(app: &App, member: &GroupMember) -> Result<Vec<Someone>> {
    let mut db = app.db.acquire().await?;
    let members = groups::open_members(&mut db, member.program_id(), member.group_id()).await?;
    let elements = choices::agreed_elements(&mut db, member).await?;
    Ok(members
        .iter()
        .filter(|other| other.participation_id != member.participation_id())
        .map(|other| Someone {
            id: other.participation_id,
            first_name: other.first_name().to_owned(),
            elements: elements
                .iter()
                .filter(|element| element.about_id == other.participation_id)
                .map(|element| (element.id, element.title.clone()))
                .collect(),
        })
        .collect())
}

/// What has to be known before the member writes to that person; `None` when the person is no
/// other open member of the group.
pub(super) async fn between(app: &App, member: &GroupMember, to: ParticipationId) -> Result<Option<Between>> {
    let mut db = app.db.acquire().await?;
    read_between(&mut db, app, member, to).await
}

async fn read_between(
    db: &mut PgConnection,
    app: &App,
    member: &GroupMember,
    to: ParticipationId,
) -> Result<Option<Between>> {
    let (program_id, group_id, giver) = (member.program_id(), member.group_id(), member.participation_id());
    let members = groups::open_members(db, program_id, group_id).await?;
    let Some(receiver) = other_member(&members, giver, to) else { return Ok(None) };
    let today = today(app, member);
    Ok(Some(Between {
        giver,
        receiver: to,
        receiver_first: text::first_name(&receiver.name).to_owned(),
        receiver_zone: receiver.time_zone.clone(),
        memberships: queries::memberships_of(db, program_id, group_id, [giver, to]).await?,
        elements: queries::elements_of(db, member, to, today).await?,
        off_limits: off_limits::of_person(db, program_id, to).await?,
        occasions: queries::occasions(db, program_id, group_id).await?,
        today,
    }))
}

fn other_member(members: &[OpenMember], me: ParticipationId, to: ParticipationId) -> Option<&OpenMember> {
    members.iter().find(|member| member.participation_id == to && to != me)
}
