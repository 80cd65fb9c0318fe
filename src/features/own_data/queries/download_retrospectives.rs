//! What a download holds of looking back.
use super::{super::model::Section, download::section};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

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
