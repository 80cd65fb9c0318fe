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
pub(crate) struct Settings {
    pub(crate) state: ProgramState,
    pub(crate) sizes: Sizes,
    pub(crate) approval_required: bool,
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

pub(crate) async fn settings(db: &mut PgConnection, program_id: ProgramId) -> Result<Settings> {
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
pub(crate) async fn hold(db: &mut PgConnection, program_id: ProgramId) -> Result<Settings> {
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
pub(crate) struct RosterRow {
    pub(crate) id: ParticipationId,
    pub(crate) person_id: PersonId,
    pub(crate) name: String,
    pub(crate) email_folded: String,
    pub(crate) state: ParticipationState,
    pub(crate) site: String,
    pub(crate) department: String,
    pub(crate) wants: String,
    pub(crate) offers: String,
    pub(crate) supervisor_email: String,
    pub(crate) membership_id: Option<MembershipId>,
    pub(crate) joined_on: Option<Date>,
    pub(crate) group_id: Option<GroupId>,
    pub(crate) group_name: Option<String>,
}

/// Everyone who takes part or is still in a group, by name.
pub(crate) async fn roster(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<RosterRow>> {
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
pub(crate) async fn requests(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Request>> {
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
