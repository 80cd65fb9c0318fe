//! A group whose people work shifts meets at two times in turn.
use crate::support::{TestApp, world::World};
use time::Duration;

#[tokio::test]
async fn two_fixed_times_take_turns() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let path = format!("{}/fixed-times", world.group_path());
    priya.get(&format!("{}/meetings", world.group_path())).await.says("meet at two times in turn");
    priya.get(&path).await.is(200).says("By Chicago time").does_not_say("The next dates");

    // Mistakes stand at their field, with everything that was typed.
    let nothing = priya.post(&path, &[("weekday", "2"), ("time", ""), ("weekday", ""), ("time", "15:00")]).await;
    nothing.is(422).says("Choose a day of the week").says("Enter the time it starts");
    assert!(nothing.html.contains(r#"value="15:00""#) && nothing.html.contains(r#"<option value="2" selected>"#));
    let same = [("weekday", "2"), ("time", "07:30"), ("weekday", "2"), ("time", "07:30")];
    priya.post(&path, &same).await.is(422).says("Choose another time than the first");
    priya.post(&path, &[("weekday", "9"), ("time", "25:00")]).await.is(422);
    let kept: i64 = sqlx::query_scalar("select count(*) from fixed_times").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(kept, 0);

    // Tuesdays early and Thursdays late, from Monday 20 April on, every 21 days.
    let times = [("weekday", "2"), ("time", "07:30"), ("weekday", "4"), ("time", "15:00")];
    let saved = priya.post_and_follow(&path, &times).await;
    saved.says("Saved.").says("Tuesday 21 April, 07:30").says("Thursday 14 May, 15:00").says("Tuesday 2 June, 07:30");
    priya.post(&path, &times).await.is(303);

    // Whoever sets a meeting finds the date there, and Marcus's is then the other.
    let new = format!("{}/meetings/new", world.group_path());
    let set = async |who: &crate::support::Browser<'_>, date: &str, time: &str| {
        let page = who.get(&new).await;
        assert_eq!((page.field("date").as_str(), page.field("time").as_str()), (date, time));
        let id = page.field("id");
        let form =
            [("id", id.as_str()), ("date", date), ("time", time), ("minutes", "60"), ("mode", "online"), ("place", "")];
        who.post(&new, &form).await.is(303);
        id
    };
    let marcus = app.browser_of(world.marcus.person).await;
    let first = set(&priya, "2026-04-21", "07:30").await;
    assert_eq!(marcus.get(&new).await.field("date"), "2026-05-14");
    priya.get(&format!("{new}?took_place=yes")).await.is(200).does_not_say("2026-05-14");

    // And whoever logs it is offered the same.
    app.advance(Duration::days(1));
    app.deliver_mail().await;
    let log = marcus.get(&format!("{}/meetings/{first}/log", world.group_path())).await;
    log.is(200).says("Thursday 14 May").says("15:00");

    // It ends when one of them says so; to people outside it is not there.
    app.browser_of(world.wren.person).await.get(&path).await.is(404);
    app.browser_of(world.imogen).await.get(&path).await.is(404);
    marcus
        .post_and_follow(&format!("{path}/end"), &[])
        .await
        .says("no fixed times any more")
        .does_not_say("The next dates");
    marcus.post(&format!("{path}/end"), &[]).await.is(303);
    assert_eq!(marcus.get(&new).await.field("date"), "");
}
