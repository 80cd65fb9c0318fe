//! What a download holds of a person's work in groups. Who has left a group reads only their own
//! goals, products and feedback: titles that others wrote are then left out.
use super::{super::model::Section, download::section};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

pub(super) async fn goals(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "goals",
            "Your goals",
            r#"select json_build_object('group', g.name, 'title', x.title, 'statement', x.statement,
                        'how_you_will_know', x.measure, 'target', x.target_on, 'state', x.state, 'written', x.created_at,
                        'in_these_words_since', x.worded_at, 'agreed', x.agreed_on, 'closed', x.closed_on, 'reflection', x.reflection) as "row!"
               from goals x join participations me on me.program_id = x.program_id and me.id = x.owner_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               where x.program_id = any($1) and me.person_id = $2 order by x.created_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "group_goals",
            "Goals of groups that you wrote or agreed to",
            r#"select json_build_object('group', g.name, 'title', case when o.id is not null then x.title end,
                        'statement', case when o.id is not null then x.statement end,
                        'you_wrote_it', x.created_by = me.id, 'you_agreed', a.agreed_at, 'state', x.state) as "row!"
               from goals x join participations me on me.program_id = x.program_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join goal_agreements a on a.program_id = x.program_id and a.goal_id = x.id and a.participation_id = me.id
               left join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                    and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
               where x.program_id = any($1) and me.person_id = $2 and x.owner_id is null
                 and (x.created_by = me.id or a.participation_id is not null)
               order by x.created_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "goal_notes",
            "What you noted on goals",
            r#"select json_build_object('group', g.name, 'kind', x.kind, 'written', x.written_at,
                        'words', case when o.id is not null or y.owner_id = me.id then x.words end) as "row!"
               from goal_notes x join participations me on me.program_id = x.program_id and me.id = x.written_by
               join goals y on y.program_id = x.program_id and y.id = x.goal_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                    and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
               where x.program_id = any($1) and me.person_id = $2 order by x.written_at, x.id"#
        ),
    ])
}

/// What goals said, and who does what by when.
pub(super) async fn words_of_goals(
    db: &mut PgConnection,
    programs: &[ProgramId],
    me: PersonId,
) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "actions",
            "What you said you would do, and what you wrote down or ended for your group",
            r#"select json_build_object('group', g.name, 'yours', x.owner_id = me.id, 'until', x.due_on, 'state', x.state,
                        'words', case when o.id is not null or x.owner_id = me.id then x.words end,
                        'reason', case when o.id is not null or x.owner_id = me.id then x.reason end,
                        'you_wrote_it', x.written_by = me.id, 'written', x.written_at,
                        'you_ended_it', x.closed_by = me.id, 'ended', x.closed_on) as "row!"
               from actions x join participations me on me.program_id = x.program_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                    and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
               where x.program_id = any($1) and me.person_id = $2
                 and (x.owner_id = me.id or x.written_by = me.id or x.closed_by = me.id)
               order by x.written_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "goal_words",
            "What goals said before, and other words for them: yours, what you proposed and what you agreed to",
            r#"select json_build_object('group', g.name, 'title', case when y.owner_id = me.id or o.id is not null then x.title end,
                        'statement', case when y.owner_id = me.id or o.id is not null then x.statement end,
                        'how_you_will_know', case when y.owner_id = me.id or o.id is not null then x.measure end,
                        'target', x.target_on, 'worded', x.worded_at, 'you_proposed_it', x.proposed_by = me.id,
                        'you_agreed', a.agreed_at, 'replaced', x.replaced_on) as "row!"
               from goal_versions x join participations me on me.program_id = x.program_id
               join goals y on y.program_id = x.program_id and y.id = x.goal_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join goal_version_answers a on a.program_id = x.program_id and a.version_id = x.id
                    and a.participation_id = me.id
               left join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                    and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
               where x.program_id = any($1) and me.person_id = $2
                 and (y.owner_id = me.id or x.proposed_by = me.id or a.participation_id is not null)
               order by x.worded_at, x.id"#
        ),
    ])
}

pub(super) async fn elements(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "off_limits",
            "What you want left alone",
            r#"select json_build_object('words', x.words, 'since', x.set_at) as "row!"
               from off_limits x join participations me on me.program_id = x.program_id and me.id = x.participation_id
               where x.program_id = any($1) and me.person_id = $2 order by x.set_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "elements",
            "What you may get feedback on",
            r#"select json_build_object('group', g.name, 'title', x.title, 'state', x.state,
                        'you_proposed_it', x.proposed_by = me.id, 'proposed', x.proposed_at, 'agreed', x.agreed_on,
                        'retired', x.retired_on, 'shown_to_who_came_later', x.shown_at) as "row!"
               from elements x join participations me on me.program_id = x.program_id and me.id = x.about_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               where x.program_id = any($1) and me.person_id = $2 order by x.proposed_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "proposed_elements",
            "What you proposed for others",
            r#"select json_build_object('group', g.name, 'title', x.title, 'state', x.state, 'proposed', x.proposed_at) as "row!"
               from elements x join participations me on me.program_id = x.program_id and me.id = x.proposed_by
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                    and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
               where x.program_id = any($1) and me.person_id = $2 and x.about_id <> me.id order by x.proposed_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "products",
            "Your products",
            r#"select json_build_object('group', g.name, 'title', x.title, 'link', x.link, 'in_words', x.words, 'state', x.state,
                        'since', x.created_at, 'kept_from_the_group', x.kept_from_group_at,
                        'shared_with_the_program', x.shared_with_program_at,
                        'shared_with_the_supervisor', x.shared_with_supervisor_at) as "row!"
               from products x join participations me on me.program_id = x.program_id and me.id = x.owner_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               where x.program_id = any($1) and me.person_id = $2 order by x.created_at, x.id"#
        ),
    ])
}

pub(super) async fn meetings(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "meetings",
            "Meetings",
            r#"select json_build_object('group', g.name, 'when', x.starts_at, 'state', x.state,
                        'you_were_there', a.participation_id is not null,
                        'facilitator', x.facilitator_id is not distinct from me.id,
                        'timekeeper', x.timekeeper_id is not distinct from me.id,
                        'note_taker', x.note_taker_id is not distinct from me.id, 'you_set_it', x.created_by = me.id,
                        'you_logged_it', x.logged_by is not distinct from me.id) as "row!"
               from meetings x join participations me on me.program_id = x.program_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join attendances a on a.program_id = x.program_id and a.meeting_id = x.id and a.participation_id = me.id
               where x.program_id = any($1) and me.person_id = $2
                 and (a.participation_id is not null
                      or me.id in (x.facilitator_id, x.timekeeper_id, x.note_taker_id, x.created_by, x.logged_by))
               order by x.starts_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "agenda_items",
            "Agenda items you lead",
            r#"select json_build_object('group', g.name, 'title', case when o.id is not null then x.title end,
                        'kind', replace(x.kind, '_', ' '), 'planned_minutes', x.planned_minutes, 'state', x.state,
                        'actual_minutes', x.actual_minutes) as "row!"
               from agenda_items x join participations me on me.program_id = x.program_id and me.id = x.lead_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join memberships o on o.program_id = x.program_id and o.group_id = x.group_id
                    and o.participation_id = me.id and o.joined_on is not null and o.left_on is null
               where x.program_id = any($1) and me.person_id = $2 order by x.meeting_id, x.position, x.id"#
        ),
    ])
}

pub(super) async fn feedback(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "feedback_given",
            "Feedback you gave, and your drafts",
            // Whether it was opened is not told to its giver.
            r#"select json_build_object('group', g.name, 'to', o.name, 'about_the', x.happened_on, 'state', x.state,
                        'written', x.created_at, 'shared', x.shared_at, 'you_logged_it', x.logged_by_id = me.id,
                        'element', e.title, 'words', w.words,
                        'not_agreed_beforehand', x.not_agreed, 'as_typed_so_far', x.typed,
                        'draft_kept', x.kept_at, 'answer', replace(w.answer, '_', ' '),
                        'words_of_the_answer', w.answer_words) as "row!"
               from feedback x join participations me on me.program_id = x.program_id and me.id = x.giver_id
               join participations t on t.program_id = x.program_id and t.id = x.receiver_id join people o on o.id = t.person_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join feedback_texts w on w.program_id = x.program_id and w.feedback_id = x.id
               left join elements e on e.program_id = x.program_id and e.id = w.element_id
               where x.program_id = any($1) and me.person_id = $2 order by x.created_at, x.id, w.element_id"#
        ),
        section!(
            db,
            programs,
            me,
            "feedback_received",
            "Feedback you received",
            // Not opened yet: the words wait for the button, as on the page.
            r#"select json_build_object('group', g.name, 'from', o.name, 'about_the', x.happened_on, 'state', x.state,
                        'shared', x.shared_at, 'you_logged_it', x.logged_by_id = me.id, 'you_opened_it', x.opened_at, 'element', e.title, 'how_you_saw_it', w.self_view,
                        'words', case when x.opened_at is not null or x.mode = 'spoken' then w.words end,
                        'not_agreed_beforehand',
                        case when x.opened_at is not null or x.mode = 'spoken' then x.not_agreed end,
                        'your_answer', replace(w.answer, '_', ' '), 'words_of_your_answer', w.answer_words,
                        'answered', x.answered_at) as "row!"
               from feedback x join participations me on me.program_id = x.program_id and me.id = x.receiver_id
               join participations t on t.program_id = x.program_id and t.id = x.giver_id join people o on o.id = t.person_id
               join groups g on g.program_id = x.program_id and g.id = x.group_id
               left join feedback_texts w on w.program_id = x.program_id and w.feedback_id = x.id
               left join elements e on e.program_id = x.program_id and e.id = w.element_id
               where x.program_id = any($1) and me.person_id = $2 and x.state <> 'draft'
               order by x.shared_at, x.id, w.element_id"#
        ),
    ])
}

/// What was set, reported and decided about feedback.
pub(super) async fn around_feedback(
    db: &mut PgConnection,
    programs: &[ProgramId],
    me: PersonId,
) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "feedback_sides",
            "What you hid from your list, or let your group read",
            r#"select json_build_object('group', g.name, 'side', x.side, 'about_the', f.happened_on, 'hidden', x.hidden_at,
                        'the_group_may_read_it', x.shown_at) as "row!"
               from feedback_sides x join feedback f on f.program_id = x.program_id and f.id = x.feedback_id
               join participations me on me.program_id = x.program_id
                    and me.id = case x.side when 'giver' then f.giver_id else f.receiver_id end
               join groups g on g.program_id = f.program_id and g.id = f.group_id
               where x.program_id = any($1) and me.person_id = $2 order by f.shared_at, f.id"#
        ),
        section!(
            db,
            programs,
            me,
            "reports",
            "What you reported, and what was decided about feedback of yours",
            // Who else reported something is for the contact person alone.
            r#"select json_build_object('group', g.name, 'from', giver.name, 'to', receiver.name, 'about_the', f.happened_on,
                        'you_reported_it', case when mine.is_so then x.reported_at end,
                        'line', case when mine.is_so then x.line end, 'state', x.state, 'ended', x.ended_at,
                        'reason', x.reason) as "row!"
               from reports x join feedback f on f.program_id = x.program_id and f.id = x.feedback_id
               join participations me on me.program_id = x.program_id
                    and me.id in (x.reporter_id, f.giver_id, f.receiver_id) and me.person_id = $2
               cross join lateral (select me.id = x.reporter_id as is_so) mine
               join participations a on a.program_id = f.program_id and a.id = f.giver_id join people giver on giver.id = a.person_id
               join participations b on b.program_id = f.program_id and b.id = f.receiver_id join people receiver on receiver.id = b.person_id
               join groups g on g.program_id = f.program_id and g.id = f.group_id
               where x.program_id = any($1) and (mine.is_so or x.state in ('stands', 'closed'))
               order by x.reported_at, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "report_decisions",
            "What you decided as contact person",
            r#"select json_build_object('program', p.name, 'reported', x.reported_at, 'decided', x.ended_at, 'state', x.state,
                        'reason', x.reason) as "row!"
               from reports x join programs p on p.id = x.program_id
               where x.program_id = any($1) and x.decided_by = $2 order by x.ended_at, x.id"#
        ),
    ])
}

pub(super) async fn portfolio(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        section!(
            db,
            programs,
            me,
            "portfolio_items",
            "What is in your portfolio",
            r#"select json_build_object('program', p.name, 'goal', g.title, 'product', r.title,
                        'trip', replace(f.kind, '_', ' '), 'on', coalesce(f.on_date, b.happened_on),
                        'feedback_from', giver.name) as "row!"
               from portfolio_items x join participations me on me.program_id = x.program_id and me.id = x.participation_id
               join programs p on p.id = x.program_id
               left join goals g on g.program_id = x.program_id and g.id = x.goal_id and g.owner_id = me.id
               left join products r on r.program_id = x.program_id and r.id = x.product_id
               left join field_trips f on f.program_id = x.program_id and f.id = x.trip_id
               left join feedback b on b.program_id = x.program_id and b.id = x.feedback_id
               left join participations t on t.program_id = b.program_id and t.id = b.giver_id
               left join people giver on giver.id = t.person_id
               where x.program_id = any($1) and me.person_id = $2 order by p.name, x.id"#
        ),
        section!(
            db,
            programs,
            me,
            "portfolio_asks",
            "Feedback that may go into a portfolio",
            r#"select json_build_object('program', p.name, 'from', giver.name, 'to', receiver.name, 'about_the', f.happened_on,
                        'asked', x.asked_at, 'answer', x.answer, 'answered', x.answered_at) as "row!"
               from portfolio_asks x join feedback f on f.program_id = x.program_id and f.id = x.feedback_id
               join participations me on me.program_id = x.program_id and me.id in (f.giver_id, f.receiver_id)
               join programs p on p.id = x.program_id
               join participations a on a.program_id = x.program_id and a.id = f.giver_id join people giver on giver.id = a.person_id
               join participations b on b.program_id = x.program_id and b.id = f.receiver_id join people receiver on receiver.id = b.person_id
               where x.program_id = any($1) and me.person_id = $2 order by x.asked_at, x.feedback_id"#
        ),
    ])
}
