//! What a download holds of the account and of a person's part in programs. Each statement gives
//! its rows as objects with readable keys, in the order they are read in.
use super::{
    super::model::Section, download_feedback, download_letters, download_reflection, download_trips, download_work,
};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// One section: its name in the file, its title, and a statement that is given the programs and the person.
macro_rules! section {
    ($db:expr, $programs:expr, $me:expr, $key:literal, $title:literal, $sql:tt) => {
        $crate::features::own_data::model::Section {
            key: $key,
            title: $title,
            rows: sqlx::query_scalar!(
                $sql,
                $programs as &[$crate::base::ids::ProgramId],
                $me as $crate::base::ids::PersonId
            )
            .fetch_all(&mut *$db)
            .await?,
        }
    };
}
pub(super) use section;

/// The programs whose things a person may read: drafts are for those who prepare them.
async fn readable_programs(db: &mut PgConnection, me: PersonId) -> Result<Vec<ProgramId>> {
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: ProgramId" from person_programs m join programs p on p.id = m.program_id
           where m.person_id = $1
             and (p.state <> 'draft'
                  or exists (select from coordinators c where c.program_id = p.id and c.person_id = $1))
           order by p.id"#,
        me as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// Everything a person may take along.
pub(in super::super) async fn everything(
    db: &mut PgConnection,
    me: PersonId,
    now: OffsetDateTime,
) -> Result<Vec<Section>> {
    let programs = readable_programs(db, me).await?;
    let mut sections = account(db, me, now).await?;
    sections.extend(part(db, &programs, me).await?);
    sections.extend(profile(db, &programs, me).await?);
    sections.extend(moves(db, &programs, me).await?);
    sections.extend(past(db, &programs, me).await?);
    sections.extend(approvals(db, &programs, me).await?);
    sections.extend(download_work::goals(db, &programs, me).await?);
    sections.extend(download_work::words_of_goals(db, &programs, me).await?);
    sections.extend(download_work::elements(db, &programs, me).await?);
    sections.extend(download_work::meetings(db, &programs, me).await?);
    sections.extend(group_themes(db, &programs, me).await?);
    sections.extend(polls(db, &programs, me).await?);
    sections.extend(download_reflection::pulses(db, &programs, me).await?);
    sections.extend(download_reflection::retrospectives(db, &programs, me).await?);
    sections.extend(download_trips::trips(db, &programs, me).await?);
    sections.extend(download_trips::needs(db, &programs, me).await?);
    sections.extend(download_trips::visits(db, &programs, me).await?);
    sections.extend(download_trips::reports(db, &programs, me).await?);
    sections.extend(download_work::feedback(db, &programs, me).await?);
    sections.extend(download_feedback::asked_and_reworded(db, &programs, me).await?);
    sections.extend(download_letters::letters(db, &programs, me).await?);
    sections.extend(download_work::portfolio(db, &programs, me).await?);
    sections.extend(download_work::around_feedback(db, &programs, me).await?);
    Ok(sections)
}

async fn account(db: &mut PgConnection, me: PersonId, now: OffsetDateTime) -> Result<Vec<Section>> {
    let account = sqlx::query_scalar!(
        r#"select json_build_object('name', name, 'email', email, 'time_zone', time_zone, 'since', created_at,
                    'has_a_password', password_hash is not null, 'site_admin', site_admin,
                    'may_create_programs', may_create_programs) as "row!"
           from people where id = $1"#,
        me as PersonId
    )
    .fetch_all(&mut *db)
    .await?;
    let sign_ins = sqlx::query_scalar!(
        r#"select json_build_object('device', device, 'since', started_at, 'until', expires_at) as "row!"
           from sign_in_sessions where person_id = $1 and expires_at > $2 order by started_at, id"#,
        me as PersonId,
        now
    )
    .fetch_all(&mut *db)
    .await?;
    let changes = sqlx::query_scalar!(
        r#"select json_build_object('new_address', case when asked_by = 'owner' or outcome = 'done' then new_email end,
                    'asked_by', asked_by, 'asked', asked_at, 'due', due_at, 'ended', ended_at, 'outcome', outcome) as "row!"
           from email_changes where person_id = $1 order by asked_at, id"#,
        me as PersonId
    )
    .fetch_all(&mut *db)
    .await?;
    let asked = sqlx::query_scalar!(r#"select id as "id: ProgramId" from programs where opened_at is not null"#)
        .fetch_all(&mut *db)
        .await?;
    let asks = sqlx::query_scalar!(
        r#"select json_build_object('program', g.name, 'name', j.name, 'address', j.email, 'why', j.why,
                    'asked', j.asked_at, 'answer', j.state, 'decided', j.decided_at) as "row!"
           from join_asks j join people p on p.email_folded = j.email_folded join programs g on g.id = j.program_id
           where j.program_id = any($2) and p.id = $1 order by j.asked_at, j.id"#,
        me as PersonId,
        &asked as &[ProgramId]
    )
    .fetch_all(&mut *db)
    .await?;
    let nudges = sqlx::query_scalar!(
        r#"select json_build_object('last_sent', sent_at, 'you_stopped_it', stopped_at) as "row!"
           from nudges where person_id = $1 and (sent_at is not null or stopped_at is not null)"#,
        me as PersonId
    )
    .fetch_all(&mut *db)
    .await?;
    Ok(vec![
        Section { key: "account", title: "Your account", rows: account },
        Section { key: "join_asks", title: "Where you asked to join", rows: asks },
        Section { key: "nudges", title: "The weekly email", rows: nudges },
        Section { key: "sign_ins", title: "Where you are signed in", rows: sign_ins },
        Section { key: "email_changes", title: "Changes of your address", rows: changes },
    ])
}

async fn part(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "roles",
            "What you run",
            r#"select json_build_object('program', p.name, 'institution', p.institution, 'coordinator_since', c.since,
                        'contact_person', p.contact_id = $2,
                        'second_contact', p.second_contact_id is not distinct from $2) as "row!"
               from programs p left join coordinators c on c.program_id = p.id and c.program_id = any($1) and c.person_id = $2
               where p.id = any($1) and (c.person_id is not null or $2 in (p.contact_id, p.second_contact_id))
               order by p.name, p.id"#
        ),
        section!(
            db,
            programs,
            me,
            "programs",
            "Programs you take part in",
            r#"select json_build_object('program', p.name, 'institution', p.institution, 'state', t.state,
                        'invited', t.invited_at, 'joined', t.joined_at, 'ended', t.ended_on, 'title', t.title,
                        'department', t.department, 'site', t.site, 'you_look_for', t.wants, 'you_offer', t.offers,
                        'paused_from', t.paused_from, 'paused_until', t.paused_until,
                        'when_you_completed_you_wrote', t.completion_line,
                        'supervisor', t.supervisor_name, 'supervisor_address', t.supervisor_email) as "row!"
               from participations t join programs p on p.id = t.program_id
               where t.program_id = any($1) and t.person_id = $2 order by t.invited_at, t.id"#
        ),
    ])
}

async fn profile(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "entered",
            "What coordinators entered about you, as a list",
            r#"select json_build_object('program', p.name, 'address', e.email_folded, 'entered', e.entered) as "row!"
               from import_entries e join participations me on me.program_id = e.program_id and me.id = e.participation_id
               join programs p on p.id = e.program_id
               where e.program_id = any($1) and me.person_id = $2 order by p.name, e.id"#
        ),
        section!(
            db,
            programs,
            me,
            "availability",
            "When you can meet",
            r#"select json_build_object('program', p.name,
                        'weekday', (array['Monday','Tuesday','Wednesday','Thursday','Friday','Saturday','Sunday'])[a.weekday],
                        'from', to_char(a.starts_at, 'HH24:MI'), 'to', to_char(a.ends_at, 'HH24:MI')) as "row!"
               from availability a join participations me on me.program_id = a.program_id and me.id = a.participation_id
               join programs p on p.id = a.program_id
               where a.program_id = any($1) and me.person_id = $2 order by a.weekday, a.starts_at, a.id"#
        ),
        section!(
            db,
            programs,
            me,
            "not_with",
            "Whom you would rather not meet with",
            r#"select json_build_object('program', p.name, 'name', o.name) as "row!"
               from not_with n join participations me on me.program_id = n.program_id and me.id = n.participation_id
               join participations t on t.program_id = n.program_id and t.id = n.other_id
               join people o on o.id = t.person_id join programs p on p.id = n.program_id
               where n.program_id = any($1) and me.person_id = $2 order by p.name, o.name, n.other_id"#
        ),
        section!(
            db,
            programs,
            me,
            "themes",
            "Themes you chose",
            r#"select json_build_object('program', p.name, 'theme', h.title) as "row!"
               from participation_themes x join participations me on me.program_id = x.program_id and me.id = x.participation_id
               join themes h on h.program_id = x.program_id and h.id = x.theme_id join programs p on p.id = x.program_id
               where x.program_id = any($1) and me.person_id = $2 order by h.starts_on, h.id"#
        ),
    ])
}

/// Themes that they worded for their group. The words stand while they belong to it.
async fn group_themes(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![section!(
        db,
        programs,
        me,
        "group_themes",
        "Themes you set for your group",
        r#"select json_build_object('group', g.name, 'from', x.starts_on, 'to', x.ends_on, 'set', x.worded_at,
                        'title', case when o.id is not null then x.title end,
                        'question', case when o.id is not null then x.question end) as "row!"
               from group_themes x join participations me on me.program_id = x.program_id and me.id = x.written_by
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                    and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
               where x.program_id = any($1) and me.person_id = $2 order by x.starts_on, x.id"#
    )])
}

/// What they said about proposed times, and what they proposed. Where stands while they belong to the group.
async fn polls(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "time_polls",
            "When your group asked when it can meet",
            r#"select json_build_object('group', g.name, 'asked', x.started_at, 'you_asked', x.started_by = me.id,
                        'by_email', a.id is not null, 'how', replace(x.mode, '_', ' '),
                        'where', case when o.id is not null then x.place end, 'state', x.state, 'ended', x.ended_at,
                        'you_ended_it', x.ended_by is not distinct from me.id) as "row!"
               from time_polls x join participations me on me.program_id = x.program_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join time_poll_asks a on a.program_id = x.program_id and a.poll_id = x.id and a.participation_id = me.id
               left join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                    and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
               where x.program_id = any($1) and me.person_id = $2
                 and (a.id is not null or me.id in (x.started_by, x.ended_by))
               order by x.started_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "time_poll_answers",
            "What you said about proposed times",
            r#"select json_build_object('group', g.name, 'when', s.starts_at, 'minutes', s.minutes,
                        'you_said', replace(y.answer, '_', ' ')) as "row!"
               from time_poll_answers y
               join participations me on me.program_id = y.program_id and me.id = y.participation_id
               join time_polls x on x.program_id = y.program_id and x.id = y.poll_id
               join groups g on g.program_id = y.program_id and g.id = x.group_id
               join time_poll_slots s on s.program_id = y.program_id and s.poll_id = y.poll_id and s.position = y.position
               where y.program_id = any($1) and me.person_id = $2 order by s.starts_at, y.poll_id, y.position"#
        ),
        section!(
            db,
            programs,
            me,
            "meeting_asks",
            "Meetings about which an email asked you, or that you said had moved",
            r#"select json_build_object('group', g.name, 'meeting', x.starts_at, 'by_email', a.id is not null,
                        'you_said_it_moved', case when q.moved_by = me.id then q.moved_at end) as "row!"
               from meetings x join participations me on me.program_id = x.program_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join meeting_asks a on a.program_id = x.program_id and a.meeting_id = x.id and a.participation_id = me.id
               left join meeting_questions q on q.program_id = x.program_id and q.meeting_id = x.id
               where x.program_id = any($1) and me.person_id = $2 and (a.id is not null or q.moved_by = me.id)
               order by x.starts_at, x.id"#
        ),
    ])
}

async fn moves(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![section!(
        db,
        programs,
        me,
        "moves",
        "Places in other groups that you were offered",
        r#"select json_build_object('program', p.name, 'from', f.name, 'to', g.name, 'offered', x.offered_at,
                        'line_to_you', x.line, 'how_it_ended', x.state, 'when', x.ended_at) as "row!"
               from moves x join participations me on me.program_id = x.program_id and me.id = x.participation_id
               join groups f on f.program_id = x.program_id and f.id = x.from_group_id
               join groups g on g.program_id = x.program_id and g.id = x.to_group_id join programs p on p.id = x.program_id
               where x.program_id = any($1) and me.person_id = $2 order by x.offered_at, x.id"#
    )])
}

async fn past(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "memberships",
            "Groups you belong or belonged to",
            r#"select json_build_object('program', p.name, 'group', g.name, 'from', m.joined_on, 'until', m.left_on) as "row!"
               from memberships m join participations me on me.program_id = m.program_id and me.id = m.participation_id
               join groups g on g.program_id = m.program_id and g.id = m.group_id join programs p on p.id = m.program_id
               where m.program_id = any($1) and me.person_id = $2 and m.joined_on is not null
               order by m.joined_on, m.id"#
        ),
        section!(
            db,
            programs,
            me,
            "agreements",
            "How your groups work together",
            r#"select json_build_object('program', p.name, 'group', g.name, 'version', v.number, 'written', v.written_at,
                        'you_wrote_it', v.written_by = me.id, 'in_force_since', v.adopted_on, 'you_said_yes', a.agreed_at,
                        'clauses', (select json_agg(json_build_object('title', c.title, 'words', c.body) order by c.position)
                                    from agreement_clauses c where c.program_id = v.program_id and c.version_id = v.id)) as "row!"
               from participations me
               join agreement_versions v on v.program_id = me.program_id
               join groups g on g.program_id = v.program_id and g.id = v.group_id
               join programs p on p.id = v.program_id
               left join agreement_answers a on a.program_id = v.program_id and a.version_id = v.id and a.participation_id = me.id
               where me.program_id = any($1) and me.person_id = $2 and (a.agreed_at is not null or v.written_by = me.id)
               order by v.written_at, v.id"#
        ),
        section!(
            db,
            programs,
            me,
            "removals",
            "When you were taken off",
            r#"select json_build_object('program', p.name, 'proposed', x.proposed_at, 'outcome', x.state, 'decided', x.ended_at) as "row!"
               from removals x join participations me on me.program_id = x.program_id and me.id = x.participation_id
               join programs p on p.id = x.program_id
               where x.program_id = any($1) and me.person_id = $2 and x.state = 'confirmed' order by x.proposed_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "acts",
            "What you did that a program's history keeps",
            r#"select json_build_object('program', p.name, 'act', replace(h.action, '_', ' '), 'when', h.at) as "row!"
               from history h join programs p on p.id = h.program_id
               where h.program_id = any($1) and h.actor_id = $2 order by h.at, h.id"#
        ),
    ])
}

async fn approvals(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "approval_requests",
            "What you asked of supervisors",
            r#"select json_build_object('program', p.name, 'for', r.purpose, 'supervisor', r.supervisor_name,
                        'supervisor_address', r.supervisor_email, 'state', r.state, 'asked', r.asked_at,
                        'first_sent', r.first_sent_at, 'your_words', r.own_words,
                        'asked_hours_a_month', r.asked_hours_month, 'asked_work_time', r.asked_work_time,
                        'asked_trip_days', r.asked_trip_days, 'asked_budget_in_cents', r.asked_budget_cents,
                        'agreed_hours_a_month', r.agreed_hours_month, 'agreed_work_time', r.agreed_work_time,
                        'agreed_trip_days', r.agreed_trip_days, 'agreed_budget_in_cents', r.agreed_budget_cents,
                        'valid_from', r.valid_from, 'valid_until', r.valid_until, 'talk_first', r.talk_first_at,
                        'first_answered', r.first_answered_at, 'decided', r.decided_at, 'conditions', r.conditions,
                        'you_accepted', r.accepted_at, 'reason', r.reason_code, 'note_to_you', r.note,
                        'revoked_from', r.revoked_from, 'would_look_again', r.reconsider_from, 'expires', r.expires_at) as "row!"
               from approval_requests r join participations me on me.program_id = r.program_id and me.id = r.participation_id
               join programs p on p.id = r.program_id
               where r.program_id = any($1) and me.person_id = $2 order by r.asked_at, r.id"#
        ),
        section!(
            db,
            programs,
            me,
            "pledges",
            "What supervisors promised you",
            r#"select json_build_object('program', p.name, 'promise', replace(x.kind, '_', ' '), 'words', x.words,
                        'when', x.pledged_at, 'your_supervisor_says', a.answer, 'asked_again', a.answered_at,
                        'you_say_it_happened', i.ticked_at) as "row!"
               from pledges x left join pledge_answers a on a.program_id = x.program_id and a.pledge_id = x.id
               left join pledge_ticks i on i.program_id = x.program_id and i.pledge_id = x.id join approval_requests r on r.program_id = x.program_id and r.id = x.request_id
               join participations me on me.program_id = r.program_id and me.id = r.participation_id
               join programs p on p.id = x.program_id
               where x.program_id = any($1) and me.person_id = $2 order by x.pledged_at, x.id"#
        ),
    ])
}
