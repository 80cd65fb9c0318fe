//! Reads for a search: whatever is found, its reader may see. Nothing here writes.
use super::model::Sought;
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// The programs that somebody coordinates.
pub(super) async fn coordinated(db: &mut PgConnection, me: PersonId) -> Result<Vec<ProgramId>> {
    Ok(sqlx::query_scalar!(
        r#"select c.program_id as "program_id: ProgramId"
           from person_programs q join coordinators c on c.program_id = q.program_id and c.person_id = q.person_id
           where q.person_id = $1 order by c.program_id"#,
        me as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// Somebody in a program that the reader coordinates.
#[derive(Debug)]
pub(super) struct FoundPerson {
    pub(super) program_id: ProgramId,
    pub(super) program: String,
    pub(super) id: ParticipationId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) department: String,
    pub(super) site: String,
    pub(super) state: ParticipationState,
}

/// People of these programs by name, with all words in their name, address, department or site; those after one of
/// them. Whoever was erased has no name to be found by.
pub(super) async fn people(
    db: &mut PgConnection,
    programs: &[ProgramId],
    sought: &Sought,
    (after, most): (Option<Uuid>, i64),
) -> Result<Vec<FoundPerson>> {
    Ok(sqlx::query_as!(
        FoundPerson,
        r#"with found as (
               select t.program_id, t.id from participations t
               where t.program_id = any($1) and plain_words(t.department || ' ' || t.site) like holding($2)
               union
               select t.program_id, t.id from people p
               join participations t on t.program_id = any($1) and t.person_id = p.id
               where plain_words(p.sort_name || ' ' || p.email_folded) like holding($2))
           select t.program_id as "program_id: ProgramId", z.name as program, t.id as "id: ParticipationId", p.name, p.email,
                  t.department, t.site, t.state as "state: ParticipationState"
           from found f
           join participations t on t.program_id = f.program_id and t.id = f.id
           join people p on p.id = t.person_id
           join programs z on z.id = t.program_id
           where t.program_id = any($1) and p.email_folded not like 'erased+%@invalid'
             and plain_words(p.sort_name || ' ' || p.email_folded || ' ' || t.department || ' ' || t.site)
                 like all (select holding(w) from unnest($3::text[]) w)
             and ($4::uuid is null
                  or (t.sort_name, t.id) > (select u.sort_name, u.id from participations u
                                            where u.program_id = any($1) and u.id = $4))
           order by t.sort_name, t.id limit $5"#,
        programs as &[ProgramId],
        sought.longest(),
        &sought.words,
        after,
        most
    )
    .fetch_all(db)
    .await?)
}

/// A group, in a program that the reader coordinates or as one of their own.
#[derive(Debug)]
pub(super) struct FoundGroup {
    pub(super) program_id: ProgramId,
    pub(super) program: String,
    pub(super) id: GroupId,
    pub(super) name: String,
    pub(super) focus: String,
    pub(super) has_ended: bool,
}

/// Groups of these programs by name, with all words in their name or focus; those after one of them.
pub(super) async fn groups(
    db: &mut PgConnection,
    programs: &[ProgramId],
    sought: &Sought,
    (after, most): (Option<Uuid>, i64),
) -> Result<Vec<FoundGroup>> {
    Ok(sqlx::query_as!(
        FoundGroup,
        r#"select g.program_id as "program_id: ProgramId", z.name as program, g.id as "id: GroupId", g.name, g.focus,
                  g.closed_on is not null as "has_ended!"
           from groups g join programs z on z.id = g.program_id
           where g.program_id = any($1) and plain_words(g.name || ' ' || g.focus) like holding($2)
             and plain_words(g.name || ' ' || g.focus) like all (select holding(w) from unnest($3::text[]) w)
             and ($4::uuid is null
                  or (g.name, g.id) > (select u.name, u.id from groups u where u.program_id = any($1) and u.id = $4))
           order by g.name, g.id limit $5"#,
        programs as &[ProgramId],
        sought.longest(),
        &sought.words,
        after,
        most
    )
    .fetch_all(db)
    .await?)
}

/// The reader's own groups, with all words in their name or focus. There are few.
pub(super) async fn own_groups(db: &mut PgConnection, me: PersonId, sought: &Sought) -> Result<Vec<FoundGroup>> {
    Ok(sqlx::query_as!(
        FoundGroup,
        r#"select g.program_id as "program_id: ProgramId", z.name as program, g.id as "id: GroupId", g.name, g.focus,
                  g.closed_on is not null as "has_ended!"
           from person_programs q
           join programs z on z.id = q.program_id and z.state in ('active', 'closing', 'archived')
           join participations t on t.program_id = z.id and t.person_id = q.person_id and t.state in ('joined', 'on_hold')
           join memberships m on m.program_id = z.id and m.participation_id = t.id and m.joined_on is not null
                and m.left_on is null
           join groups g on g.program_id = z.id and g.id = m.group_id
           where q.person_id = $1
             and plain_words(g.name || ' ' || g.focus) like all (select holding(w) from unnest($2::text[]) w)
           order by g.name, g.id limit 50"#,
        me as PersonId,
        &sought.words
    )
    .fetch_all(db)
    .await?)
}

/// Somebody in a group of the reader's.
#[derive(Debug)]
pub(super) struct Fellow {
    pub(super) program_id: ProgramId,
    pub(super) program: String,
    pub(super) group_id: GroupId,
    pub(super) group: String,
    pub(super) name: String,
}

/// The others in the reader's groups, with all words in their name. There are few.
pub(super) async fn fellows(db: &mut PgConnection, me: PersonId, sought: &Sought) -> Result<Vec<Fellow>> {
    Ok(sqlx::query_as!(
        Fellow,
        r#"select g.program_id as "program_id: ProgramId", z.name as program, g.id as "group_id: GroupId", g.name as "group",
                  p.name
           from person_programs q
           join programs z on z.id = q.program_id and z.state in ('active', 'closing', 'archived')
           join participations t on t.program_id = z.id and t.person_id = q.person_id and t.state in ('joined', 'on_hold')
           join memberships m on m.program_id = z.id and m.participation_id = t.id and m.joined_on is not null
                and m.left_on is null
           join groups g on g.program_id = z.id and g.id = m.group_id
           join memberships o on o.program_id = z.id and o.group_id = g.id and o.joined_on is not null and o.left_on is null
                and o.participation_id <> t.id
           join participations s on s.program_id = z.id and s.id = o.participation_id and s.state in ('joined', 'on_hold')
           join people p on p.id = s.person_id
           where q.person_id = $1 and plain_words(p.sort_name) like all (select holding(w) from unnest($2::text[]) w)
           order by p.sort_name, s.id limit 50"#,
        me as PersonId,
        &sought.words
    )
    .fetch_all(db)
    .await?)
}

/// An account, or somebody who may make one.
#[derive(Debug)]
pub(super) struct FoundAccount {
    pub(super) id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) site_admin: bool,
    pub(super) has_account: bool,
}

/// People of the installation by name, with all words in their name or address; those after one of them.
pub(super) async fn accounts(
    db: &mut PgConnection,
    sought: &Sought,
    (after, most): (Option<Uuid>, i64),
) -> Result<Vec<FoundAccount>> {
    Ok(sqlx::query_as!(
        FoundAccount,
        r#"select p.id as "id: PersonId", p.name, p.email, p.site_admin, p.password_hash is not null as "has_account!"
           from people p
           where plain_words(p.sort_name || ' ' || p.email_folded) like holding($1)
             and plain_words(p.sort_name || ' ' || p.email_folded) like all (select holding(w) from unnest($2::text[]) w)
             and p.email_folded not like 'erased+%@invalid'
             and ($3::uuid is null
                  or (p.sort_name, p.id) > (select u.sort_name, u.id from people u where u.id = $3))
           order by p.sort_name, p.id limit $4"#,
        sought.longest(),
        &sought.words,
        after,
        most
    )
    .fetch_all(db)
    .await?)
}
