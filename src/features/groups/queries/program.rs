//! The program, who takes part in it, and what their supervisors said.
use super::super::model::{Request, Sizes};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, MembershipId, ParticipationId, PersonId, ProgramId},
};
use crate::features::approvals::RequestState;
use sqlx::PgConnection;
use time::Date;

/// What a program says about its groups.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Settings {
    pub(in super::super) state: ProgramState,
    pub(in super::super) sizes: Sizes,
    pub(in super::super) approval_required: bool,
}

struct SettingsRow {
    state: ProgramState,
    group_min: i32,
    group_target: i32,
    group_max: i32,
    approval_required: bool,
}

impl From<SettingsRow> for Settings {
    fn from(row: SettingsRow) -> Self {
        let size = |n: i32| usize::try_from(n).unwrap_or(0);
        Self {
            state: row.state,
            sizes: Sizes { min: size(row.group_min), target: size(row.group_target), max: size(row.group_max) },
            approval_required: row.approval_required,
        }
    }
}

pub(in super::super) async fn settings(db: &mut PgConnection, program_id: ProgramId) -> Result<Settings> {
    Ok(sqlx::query_as!(
        SettingsRow,
        r#"select state as "state: ProgramState", group_min, group_target, group_max, approval_required
           from programs where id = $1"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?
    .into())
}

/// The same, and until the transaction ends nobody else forms groups in this program or launches it.
pub(in super::super) async fn hold(db: &mut PgConnection, program_id: ProgramId) -> Result<Settings> {
    Ok(sqlx::query_as!(
        SettingsRow,
        r#"select state as "state: ProgramState", group_min, group_target, group_max, approval_required
           from programs where id = $1 for no key update"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?
    .into())
}

/// Someone in the program, with the group they are in or are planned for.
#[derive(Debug)]
pub(in super::super) struct RosterRow {
    pub(in super::super) id: ParticipationId,
    pub(in super::super) person_id: PersonId,
    pub(in super::super) name: String,
    pub(in super::super) email_folded: String,
    pub(in super::super) state: ParticipationState,
    pub(in super::super) site: String,
    pub(in super::super) department: String,
    pub(in super::super) wants: String,
    pub(in super::super) offers: String,
    pub(in super::super) supervisor_email: String,
    pub(in super::super) membership_id: Option<MembershipId>,
    pub(in super::super) joined_on: Option<Date>,
    pub(in super::super) group_id: Option<GroupId>,
    pub(in super::super) group_name: Option<String>,
}

/// Everyone who takes part or is still in a group, by name.
pub(in super::super) async fn roster(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<RosterRow>> {
    Ok(sqlx::query_as!(
        RosterRow,
        r#"select t.id as "id: ParticipationId", p.id as "person_id: PersonId", p.name, p.email_folded,
                  t.state as "state: ParticipationState", t.site, t.department, t.wants, t.offers, t.supervisor_email,
                  m.id as "membership_id?: MembershipId", m.joined_on as "joined_on?", g.id as "group_id?: GroupId",
                  g.name as "group_name?"
           from participations t
           join people p on p.id = t.person_id
           left join memberships m on m.program_id = t.program_id and m.participation_id = t.id and m.left_on is null
           left join groups g on g.program_id = m.program_id and g.id = m.group_id
           where t.program_id = $1 and (t.state in ('invited', 'joined', 'on_hold') or m.id is not null)
           order by p.name, t.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Every request for taking part in the program, newest first.
pub(in super::super) async fn requests(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Request>> {
    Ok(sqlx::query_as!(
        Request,
        r#"select participation_id as "participation_id: ParticipationId", state as "state: RequestState",
                  talk_first_at is not null as "talk_first!", valid_from, valid_until, revoked_from,
                  supervisor_email_folded as supervisor_email
           from approval_requests
           where program_id = $1 and purpose in ('join', 'reconfirm')
           order by asked_at desc, id desc"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}
