//! What a download holds of how the program was for somebody: pulses, and looking back.
use super::{super::model::Section, download::section};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

/// Of a pulse, that they were asked; what they answered is nobody's, and that they did is kept while it is open.
pub(super) async fn pulses(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![section!(
        db,
        programs,
        me,
        "pulses",
        "When you were asked how the program is for you",
        r#"select json_build_object('program', p.name, 'asked', u.opened_at, 'last_day', u.last_day, 'closed', u.closed_at,
                        'you_have_answered', case when u.closed_at is null then i.answered end) as "row!"
               from pulse_invitations i
               join participations me on me.program_id = i.program_id and me.id = i.participation_id
               join pulses u on u.program_id = i.program_id and u.id = i.pulse_id join programs p on p.id = i.program_id
               where i.program_id = any($1) and me.person_id = $2 order by u.opened_at, u.id"#
    )])
}

/// The lines that somebody wrote, and when they said that they were done.
pub(super) async fn retrospectives(
    db: &mut PgConnection,
    programs: &[ProgramId],
    me: PersonId,
) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "retrospective_lines",
            "What you wrote looking back",
            r#"select json_build_object('group', g.name, 'about', replace(x.kind, '_', ' '), 'words', x.words,
                            'written', x.written_at, 'shared_with_the_program', x.shared_at) as "row!"
               from retrospective_lines x
               join participations me on me.program_id = x.program_id and me.id = x.written_by
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               where x.program_id = any($1) and me.person_id = $2 order by x.written_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "retrospectives",
            "Where you looked back",
            r#"select json_build_object('group', g.name, 'you_were_done', x.said_at, 'begun', r.begun_at,
                            'shown_to_all', r.revealed_at, 'you_showed_it', r.revealed_by is not distinct from me.id) as "row!"
               from retrospective_ends x
               join participations me on me.program_id = x.program_id and me.id = x.participation_id
               join retrospectives r on r.program_id = x.program_id and r.group_id = x.group_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               where x.program_id = any($1) and me.person_id = $2 order by x.said_at, x.group_id"#
        ),
    ])
}
