//! Every statement that writes `letters`, `letter_groups` and `letter_addressees`.
use super::model::{Addressee, Audience, Draft};
use crate::base::{
    error::Result,
    ids::{GroupId, LetterId, ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A group that can be chosen.
#[derive(Debug)]
pub(super) struct OpenGroup {
    pub(super) id: GroupId,
    pub(super) name: String,
    /// Who would get a letter to it.
    pub(super) members: i64,
}

/// The groups that meet, by name.
pub(super) async fn open_groups(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<OpenGroup>> {
    Ok(sqlx::query_as!(
        OpenGroup,
        r#"select g.id as "id: GroupId", g.name, count(t.id) as "members!"
           from groups g
           join memberships m on m.program_id = $1 and m.group_id = g.id and m.joined_on is not null and m.left_on is null
           left join participations t on t.program_id = $1 and t.id = m.participation_id and t.state = 'joined'
           where g.program_id = $1 and g.closed_on is null
           group by g.id, g.name order by g.name, g.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Who an audience is now, by name. Nobody whose part has ended or is on hold.
pub(super) async fn addressees(
    db: &mut PgConnection,
    program_id: ProgramId,
    (audience, groups): (Audience, &[GroupId]),
    now: OffsetDateTime,
) -> Result<Vec<Addressee>> {
    Ok(sqlx::query_as!(
        Addressee,
        r#"select t.id as "id: ParticipationId", p.name
           from participations t
           join people p on p.id = t.person_id
           left join memberships m on m.program_id = $1 and m.participation_id = t.id and m.joined_on is not null
                and m.left_on is null
           left join groups g on g.program_id = $1 and g.id = m.group_id and g.closed_on is null
           where t.program_id = $1 and t.state in ('invited', 'joined')
             and case $2
                 when 'everyone' then true
                 when 'not_joined' then t.state = 'invited'
                 when 'groups' then t.state = 'joined' and g.id = any($3)
                 when 'unanswered' then t.state = 'joined'
                      and exists (select from approval_requests r
                                  where r.program_id = $1 and r.participation_id = t.id and r.purpose <> 'trip'
                                    and (r.state = 'expired'
                                         or r.state = 'pending'
                                            and (r.talk_first_at is null
                                                 or r.talk_first_at < $4::timestamptz - interval '7 days'))
                                    and not exists (select from approval_requests n
                                                    where n.program_id = $1 and n.participation_id = t.id
                                                      and n.purpose <> 'trip'
                                                      and (n.asked_at, n.id) > (r.asked_at, r.id)))
                 when 'no_date' then t.state = 'joined' and g.id is not null
                      and not exists (select from meetings e
                                      where e.program_id = $1 and e.group_id = g.id and e.state = 'scheduled'
                                        and e.starts_at > $4)
                 when 'no_log' then t.state = 'joined'
                      and exists (select from meetings e
                                  where e.program_id = $1 and e.group_id = g.id and e.state = 'scheduled'
                                    and e.ends_at <= $4)
                 else false end
           order by t.sort_name, t.id"#,
        program_id as ProgramId,
        audience.as_str(),
        groups as &[GroupId],
        now
    )
    .fetch_all(db)
    .await?)
}

/// What was sent by a form.
#[derive(Debug)]
pub(super) struct Before {
    audience: Audience,
    groups: Vec<GroupId>,
    subject: String,
    words: String,
    pub(super) addressees: i32,
}

impl Before {
    /// Whether it is this very letter.
    pub(super) fn is(&self, draft: &Draft) -> bool {
        (self.audience, &self.groups, &self.subject, &self.words)
            == (draft.audience, &draft.groups, &draft.subject, &draft.words)
    }
}

/// The letter of this id, if it was sent.
pub(super) async fn sent_before(db: &mut PgConnection, program_id: ProgramId, id: LetterId) -> Result<Option<Before>> {
    Ok(sqlx::query_as!(
        Before,
        r#"select audience as "audience: Audience", subject, words, addressees,
                  array(select x.group_id from letter_groups x
                        where x.program_id = $1 and x.letter_id = $2 order by x.group_id) as "groups!: Vec<GroupId>"
           from letters where program_id = $1 and id = $2"#,
        program_id as ProgramId,
        id as LetterId
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps a letter, its groups and whom it goes to.
pub(super) async fn insert(
    db: &mut PgConnection,
    program_id: ProgramId,
    (draft, to): (&Draft, &[Addressee]),
    (by, now): (PersonId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into letters (program_id, id, written_by, audience, subject, words, addressees, sent_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        program_id as ProgramId,
        draft.id as LetterId,
        by as PersonId,
        draft.audience.as_str(),
        draft.subject,
        draft.words,
        i32::try_from(to.len()).unwrap_or(i32::MAX),
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into letter_groups (program_id, letter_id, group_id) select $1, $2, unnest($3::uuid[])",
        program_id as ProgramId,
        draft.id as LetterId,
        &draft.groups as &[GroupId]
    )
    .execute(&mut *db)
    .await?;
    let ids: Vec<ParticipationId> = to.iter().map(|one| one.id).collect();
    sqlx::query!(
        "insert into letter_addressees (program_id, letter_id, participation_id) select $1, $2, unnest($3::uuid[])",
        program_id as ProgramId,
        draft.id as LetterId,
        &ids as &[ParticipationId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A letter that was sent.
#[derive(Debug)]
pub(super) struct SentLetter {
    pub(super) id: LetterId,
    pub(super) writer: String,
    pub(super) audience: Audience,
    pub(super) groups: Vec<String>,
    pub(super) subject: String,
    pub(super) words: String,
    pub(super) addressees: i32,
    pub(super) sent_at: OffsetDateTime,
}

/// The letters of a program, the newest first, those before one of them; or one alone.
pub(super) async fn sent(
    db: &mut PgConnection,
    program_id: ProgramId,
    (before, only): (Option<LetterId>, Option<LetterId>),
    most: i64,
) -> Result<Vec<SentLetter>> {
    Ok(sqlx::query_as!(
        SentLetter,
        r#"select l.id as "id: LetterId", p.name as writer, l.audience as "audience: Audience", l.subject, l.words, l.addressees, l.sent_at,
                  array(select g.name from letter_groups x join groups g on g.program_id = $1 and g.id = x.group_id
                        where x.program_id = $1 and x.letter_id = l.id order by g.name, g.id) as "groups!"
           from letters l join people p on p.id = l.written_by
           where l.program_id = $1 and l.id between coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid) and coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
             and ($2::uuid is null
                  or (l.sent_at, l.id) < (select b.sent_at, b.id from letters b where b.program_id = $1 and b.id = $2))
           order by l.sent_at desc, l.id desc limit $4"#,
        program_id as ProgramId,
        before as Option<LetterId>,
        only as Option<LetterId>,
        most
    )
    .fetch_all(db)
    .await?)
}

/// What became of the emails of one letter.
#[derive(Debug, Default)]
pub(super) struct Delivery {
    pub(super) delivered: i64,
    pub(super) waiting: i64,
    /// Their part ended, or was put on hold, before it left.
    pub(super) not_needed: i64,
    pub(super) failed: i64,
}

pub(super) async fn delivery(db: &mut PgConnection, kind: &str, id: LetterId) -> Result<Delivery> {
    Ok(sqlx::query_as!(
        Delivery,
        r#"select count(*) filter (where outcome = 'sent') as "delivered!",
                  count(*) filter (where finished_at is null) as "waiting!",
                  count(*) filter (where outcome = 'not_needed') as "not_needed!",
                  count(*) filter (where outcome in ('given_up', 'refused')) as "failed!"
           from outbox where about_id = $1 and kind = $2"#,
        id as LetterId,
        kind
    )
    .fetch_one(db)
    .await?)
}

/// The names of those whom a letter did not reach, at most fifty.
pub(super) async fn not_reached(
    db: &mut PgConnection,
    program_id: ProgramId,
    (kind, id): (&str, LetterId),
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select p.name from outbox o
         join participations t on t.program_id = $1 and t.id = (o.payload ->> 'to')::uuid
         join people p on p.id = t.person_id
         where o.about_id = $2 and o.kind = $3 and o.outcome in ('given_up', 'refused')
         order by t.sort_name, t.id limit 50",
        program_id as ProgramId,
        id as LetterId,
        kind
    )
    .fetch_all(db)
    .await?)
}

/// What one email of a letter is made of.
#[derive(Debug)]
pub(super) struct ToSend {
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) writer: String,
    pub(super) writer_email: String,
    pub(super) subject: String,
    pub(super) words: String,
    pub(super) program: String,
    pub(super) institution: String,
}

/// One email of a letter, as long as its reader takes part and its writer coordinates.
pub(super) async fn to_send(
    db: &mut PgConnection,
    program_id: ProgramId,
    (id, to): (LetterId, ParticipationId),
) -> Result<Option<ToSend>> {
    Ok(sqlx::query_as!(
        ToSend,
        r#"select p.id as "person_id: PersonId", p.name, p.email, w.name as writer, w.email as writer_email, l.subject,
                  l.words, z.name as program, z.institution
           from letters l
           join letter_addressees a on a.program_id = $1 and a.letter_id = l.id and a.participation_id = $3
           join participations t on t.program_id = $1 and t.id = a.participation_id and t.state in ('invited', 'joined')
           join people p on p.id = t.person_id
           join coordinators c on c.program_id = $1 and c.person_id = l.written_by
           join people w on w.id = l.written_by
           join programs z on z.id = $1 and z.state in ('open', 'active', 'closing')
           where l.program_id = $1 and l.id = $2 and l.words <> ''"#,
        program_id as ProgramId,
        id as LetterId,
        to as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}
