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
                                       then x.learned end) as "row!"
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
