//! What a download holds of pulses.
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
