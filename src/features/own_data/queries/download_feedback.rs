//! What a download holds of feedback that was asked for, or put in other words.
use super::{super::model::Section, download::section};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

/// What was asked for, and what was put in other words.
pub(super) async fn asked_and_reworded(
    db: &mut PgConnection,
    programs: &[ProgramId],
    me: PersonId,
) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "feedback_asks",
            "Feedback you asked for, or were asked for",
            r#"select json_build_object('group', g.name, 'from', giver.name, 'to', asker.name, 'line', x.line, 'by', x.due_on,
                        'asked', x.asked_at, 'state', replace(x.state, '_', ' '), 'ended', x.ended_at,
                        'elements', array(select e.title from feedback_ask_elements k
                                          join elements e on e.program_id = k.program_id and e.id = k.element_id
                                          where k.program_id = x.program_id and k.ask_id = x.id
                                          order by e.proposed_at, e.id)) as "row!"
               from feedback_asks x join participations me on me.program_id = x.program_id and me.id in (x.asker_id, x.giver_id)
               join participations a on a.program_id = x.program_id and a.id = x.asker_id join people asker on asker.id = a.person_id
               join participations b on b.program_id = x.program_id and b.id = x.giver_id join people giver on giver.id = b.person_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               where x.program_id = any($1) and me.person_id = $2 order by x.asked_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "second_wordings",
            "Feedback put in other words, by you or to you",
            r#"select json_build_object('group', g.name, 'from', giver.name, 'to', receiver.name, 'about_the', f.happened_on,
                        'written', x.written_at, 'element', e.title, 'words', w.words, 'not_agreed_beforehand', x.not_agreed,
                        'answer', replace(w.answer, '_', ' '), 'words_of_the_answer', w.answer_words,
                        'answered', x.answered_at) as "row!"
               from second_wordings x join feedback f on f.program_id = x.program_id and f.id = x.feedback_id
               join participations me on me.program_id = x.program_id and me.id in (f.giver_id, f.receiver_id)
               join participations a on a.program_id = x.program_id and a.id = f.giver_id join people giver on giver.id = a.person_id
               join participations b on b.program_id = x.program_id and b.id = f.receiver_id
               join people receiver on receiver.id = b.person_id
               join groups g on g.program_id = x.program_id and g.id = f.group_id
               left join second_wording_texts w on w.program_id = x.program_id and w.feedback_id = x.feedback_id
               left join elements e on e.program_id = x.program_id and e.id = w.element_id
               where x.program_id = any($1) and me.person_id = $2 order by x.written_at, x.feedback_id, w.element_id"#
        ),
    ])
}
