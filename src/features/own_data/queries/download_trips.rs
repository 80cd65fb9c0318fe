//! What a download holds of a person's observations and trips.
use super::{super::model::Section, download::section};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

pub(super) async fn trips(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "trips",
            "Observations and trips",
            r#"select json_build_object('group', g.name, 'kind', replace(x.kind, '_', ' '), 'on', x.on_date,
                            'state', x.state, 'you_planned_it', x.created_by = me.id,
                            'you_wrote_it_up', x.reported_by is not distinct from me.id,
                            'you_observe', x.observer_id is not distinct from me.id,
                            'you_are_observed', x.observed_id is not distinct from me.id, 'you_go', t.participation_id is not null,
                            'you_agreed', case when x.observed_id = me.id then x.consented_at end,
                            'purpose', case when o.id is not null then x.purpose end,
                            'place', case when o.id is not null then x.place end,
                            'notes', case when o.id is not null and (x.kind <> 'observation' or me.id in (x.observer_id, x.observed_id))
                                       then x.learned end,
                            'to_try', case when o.id is not null and (x.kind <> 'observation' or me.id in (x.observer_id, x.observed_id))
                                        then x.to_try end) as "row!"
                   from field_trips x join participations me on me.program_id = x.program_id
                   join groups g on g.program_id = x.program_id and g.id = x.group_id
                   left join trip_goers t on t.program_id = x.program_id and t.trip_id = x.id and t.participation_id = me.id
                   left join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                        and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
                   where x.program_id = any($1) and me.person_id = $2
                     and (t.participation_id is not null or me.id in (x.observer_id, x.observed_id, x.created_by))
                   order by x.on_date, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "trip_hosts",
            "What you wrote to hosts of trips",
            r#"select json_build_object('group', g.name, 'trip_on', f.on_date, 'asked', x.asked_at, 'message', x.message) as "row!"
               from trip_hosts x join participations me on me.program_id = x.program_id and me.id = x.asked_by
               join field_trips f on f.program_id = x.program_id and f.id = x.trip_id
               join groups g on g.program_id = x.program_id and g.id = f.group_id
               where x.program_id = any($1) and me.person_id = $2 order by x.asked_at, x.trip_id"#
        ),
    ])
}

/// What somebody wrote of and after visits.
pub(super) async fn visits(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "interviews",
            "What you wrote down of interviews",
            r#"select x.row as "row!"
               from (select me.person_id, q.program_id, q.added_at, q.id,
                            json_build_object('group', g.name, 'visit_on', f.on_date,
                                'with', case when i.added_by = me.id then i.name end,
                                'role', case when i.added_by = me.id then i.role end,
                                'question', case when q.added_by = me.id then q.words end,
                                'answer', case when q.replied_by = me.id then q.reply end, 'written', q.replied_at) as row
                     from interview_questions q
                     join field_trips f on f.program_id = q.program_id and f.id = q.trip_id
                     join groups g on g.program_id = f.program_id and g.id = f.group_id
                     left join interviewees i on i.program_id = q.program_id and i.id = q.interviewee_id
                     join participations me on me.program_id = q.program_id and me.id in (q.added_by, q.replied_by, i.added_by)
                     union all
                     select me.person_id, i.program_id, i.added_at, i.id,
                            json_build_object('group', g.name, 'visit_on', f.on_date, 'with', i.name, 'role', i.role)
                     from interviewees i
                     join participations me on me.program_id = i.program_id and me.id = i.added_by
                     join field_trips f on f.program_id = i.program_id and f.id = i.trip_id
                     join groups g on g.program_id = f.program_id and g.id = f.group_id
                     where not exists (select from interview_questions q
                                       where q.program_id = i.program_id and q.interviewee_id = i.id)) x
               where x.program_id = any($1) and x.person_id = $2 order by x.added_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "host_thanks",
            "How you thanked hosts",
            r#"select json_build_object('group', g.name, 'trip_on', f.on_date, 'thanked', x.thanked_at, 'by_email', x.by_email,
                            'message', x.message) as "row!"
               from host_thanks x join participations me on me.program_id = x.program_id and me.id = x.thanked_by
               join field_trips f on f.program_id = x.program_id and f.id = x.trip_id
               join groups g on g.program_id = x.program_id and g.id = f.group_id
               where x.program_id = any($1) and me.person_id = $2 order by x.thanked_at, x.trip_id"#
        ),
    ])
}

/// What was noted at observations, and what the program reads of visits, as far as it is theirs.
pub(super) async fn reports(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "observation_notes",
            "Notes of observations",
            r#"select json_build_object('observed_on', f.on_date, 'you_wrote_them', f.observer_id = me.id,
                        'written', x.written_at, 'handed_over', x.handed_at, 'minute_by_minute', x.log, 'you_would_like_them_deleted', x.drop_asked_by is not distinct from me.id,
                        'on_elements', (select json_agg(json_build_object('element', e.title, 'words', n.words)
                                                        order by e.proposed_at, e.id)
                                        from observation_note_texts n
                                        join elements e on e.program_id = n.program_id and e.id = n.element_id
                                        where n.program_id = x.program_id and n.trip_id = x.trip_id)) as "row!"
               from observation_notes x
               join field_trips f on f.program_id = x.program_id and f.id = x.trip_id
               join participations me on me.program_id = x.program_id
                    and (me.id = f.observer_id or (me.id = f.observed_id and x.handed_at is not null))
               where x.program_id = any($1) and me.person_id = $2 order by f.on_date, x.trip_id"#
        ),
        section!(
            db,
            programs,
            me,
            "shared_reports",
            "What you let the program read of visits",
            r#"select json_build_object('group', g.name, 'trip_on', f.on_date, 'words', x.words,
                            'you_put_it_into_words', x.proposed_by = me.id, 'proposed', x.proposed_at, 'you_agreed', y.said_at,
                            'shared', x.shared_at) as "row!"
               from shared_reports x
               join participations me on me.program_id = x.program_id
               left join shared_report_yeses y on y.program_id = x.program_id and y.trip_id = x.trip_id
                    and y.participation_id = me.id
               join field_trips f on f.program_id = x.program_id and f.id = x.trip_id
               join groups g on g.program_id = x.program_id and g.id = f.group_id
               where x.program_id = any($1) and me.person_id = $2 and (x.proposed_by = me.id or y.said_at is not null)
               order by x.proposed_at, x.trip_id"#
        ),
    ])
}

/// What the person needs on trips to come.
pub(super) async fn needs(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![section!(
        db,
        programs,
        me,
        "access_needs",
        "What you need on trips",
        r#"select json_build_object('group', g.name, 'trip_on', f.on_date, 'written', x.written_at, 'you_need', x.words) as "row!"
               from access_needs x join participations me on me.program_id = x.program_id and me.id = x.participation_id
               join field_trips f on f.program_id = x.program_id and f.id = x.trip_id
               join groups g on g.program_id = x.program_id and g.id = f.group_id
               where x.program_id = any($1) and me.person_id = $2 order by f.on_date, x.trip_id"#
    )])
}
