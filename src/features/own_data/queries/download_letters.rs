//! What a download holds of letters, and of asking for help.
use super::{super::model::Section, download::section};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

/// Letters that the person wrote as a coordinator, those they got, and what they asked one person for.
pub(super) async fn letters(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "letters_written",
            "Letters you wrote to people in a program",
            r#"select json_build_object('program', p.name, 'sent', l.sent_at, 'to', replace(l.audience, '_', ' '),
                        'groups', array(select g.name from letter_groups x
                                        join groups g on g.program_id = x.program_id and g.id = x.group_id
                                        where x.program_id = l.program_id and x.letter_id = l.id order by g.name, g.id),
                        'how_many_people', l.addressees, 'subject', l.subject, 'words', l.words) as "row!"
               from letters l join programs p on p.id = l.program_id
               where l.program_id = any($1) and l.written_by = $2 order by l.sent_at, l.id"#
        ),
        section!(
            db,
            programs,
            me,
            "letters_received",
            "Letters that coordinators wrote to you",
            r#"select json_build_object('program', p.name, 'from', w.name, 'sent', l.sent_at, 'subject', l.subject,
                        'words', l.words) as "row!"
               from letter_addressees a join participations me on me.program_id = a.program_id and me.id = a.participation_id
               join letters l on l.program_id = a.program_id and l.id = a.letter_id
               join people w on w.id = l.written_by join programs p on p.id = a.program_id
               where a.program_id = any($1) and me.person_id = $2 order by l.sent_at, l.id"#
        ),
        section!(
            db,
            programs,
            me,
            "help_asks",
            "Where you asked for help",
            r#"select json_build_object('program', p.name, 'to', w.name, 'sent', a.sent_at, 'words', a.words,
                        'page', a.page) as "row!"
               from help_asks a join participations me on me.program_id = a.program_id and me.id = a.participation_id
               join people w on w.id = a.to_id join programs p on p.id = a.program_id
               where a.program_id = any($1) and me.person_id = $2 order by a.sent_at, a.id"#
        ),
    ])
}
