//! Somebody closes the page, loses the network or presses twice while the first press is still on its way: what had
//! begun comes to its end, and no connection goes back with a transaction open, in which the next person's write would
//! be lost.
use crate::support::{TestApp, world::World};
use sqlx::{Connection, PgConnection};
use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

/// Waits so many times for what the future waits for, and then no longer.
async fn hang_up<F: Future>(future: F, after: usize) -> Option<F::Output> {
    let (mut future, mut waited) = (pin!(future), 0);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(Some(answer)),
        Poll::Pending => {
            waited += 1;
            if waited >= after { Poll::Ready(None) } else { Poll::Pending }
        }
    })
    .await
}

#[tokio::test]
async fn nothing_is_left_half_done() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let to = format!("{}:{}", world.program, world.imogen);
    // Looks on from outside: a connection of the pool would tidy up what it left.
    let mut outside = PgConnection::connect_with(&app.app.db.connect_options()).await.unwrap();
    for after in 1..40 {
        let id = uuid::Uuid::now_v7().to_string();
        let form = [("id", id.as_str()), ("to", to.as_str()), ("words", "Help")];
        let answer = hang_up(hana.post("/help", &form), after).await;
        assert!(after > 1 || answer.is_none(), "nobody waited for the first answer");
        // It comes to its end all the same.
        let mut open = 1;
        for _ in 0..200 {
            tokio::time::sleep(Duration::from_millis(2)).await;
            open = sqlx::query_scalar::<_, i64>(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                 and (state like 'idle in transaction%' or state = 'active')",
            )
            .fetch_one(&mut outside)
            .await
            .unwrap();
            if open == 0 {
                break;
            }
        }
        assert_eq!(open, 0, "hung up after {after}: a transaction is open that nobody will end");
        let stands: bool = sqlx::query_scalar("select exists (select from help_asks where id::text = $1)")
            .bind(&id)
            .fetch_one(&mut outside)
            .await
            .unwrap();
        assert!(after > 1 || stands, "it was begun, and is written though nobody waited");
        sqlx::query("delete from help_asks").execute(&mut outside).await.unwrap();
    }
}
