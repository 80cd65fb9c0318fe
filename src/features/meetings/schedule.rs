//! What happens to meetings by the clock alone: who came to a group after a meeting was set is reminded of it too.
use super::{
    email::{self, Notice},
    queries,
};
use crate::base::error::Result;
use crate::features::people;
use crate::web::state::App;

/// Reminds whoever joined a group after its next meeting was set, a program a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut after = None;
    loop {
        let programs = people::programs_after(&mut *app.db.acquire().await?, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        for program in &programs {
            let (now, program_id) = (app.clock.now(), program.program_id);
            let mut tx = app.db.begin().await?;
            for late in queries::latecomers(&mut tx, program_id, now).await? {
                let notice = Notice {
                    program_id,
                    meeting_id: late.meeting_id,
                    participation_id: late.participation_id,
                    by_id: late.by_id,
                    starts_at: late.starts_at,
                };
                email::remind(&mut tx, notice, now).await?;
            }
            tx.commit().await?;
        }
    }
}
