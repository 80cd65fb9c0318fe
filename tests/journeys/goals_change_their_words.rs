//! An agreed goal gets other words: those who agreed are asked again, and what it said stays to be read.
use crate::happened;
use crate::support::{
    Browser, TestApp,
    world::{self, World, day},
};
use see_also::base::ids::MembershipId;
use time::Duration;

async fn agreed_goal(app: &TestApp, world: &World) -> String {
    let goal = happened::group_goal(&app.app.db, world, "agreed").await;
    for peer in [world.priya, world.marcus, world.hana] {
        sqlx::query(
            "insert into goal_agreements (program_id, goal_id, participation_id, agreed_at)
             values ($1, $2, $3, '2026-01-20T12:00Z')",
        )
        .bind(world.program)
        .bind(goal)
        .bind(peer.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    }
    format!("{}/goals/{goal}", world.group_path())
}

/// Opens the form and asks for these words.
async fn reword(browser: &Browser<'_>, goal: &str, statement: &str) -> crate::support::Answer {
    let edit = format!("{goal}/edit");
    let mark = browser.get(&edit).await.field("mark");
    let target = day(20);
    let form = [
        ("mark", mark.as_str()),
        ("title", "Two sessions each"),
        ("statement", statement),
        ("measure", "All of us have taught two"),
        ("target_on", &target),
    ];
    browser.post_and_follow(&edit, &form).await
}

/// The mark of what is proposed: the one in the form of the new words.
fn proposed_mark(page: &crate::support::Answer) -> String {
    let at = page.html.find("id=\"other-words\"").unwrap();
    page.html[at..].split("name=\"mark\" value=\"").nth(1).unwrap()[..16].to_owned()
}

#[tokio::test]
async fn a_group_changes_an_agreed_goal_when_everyone_says_yes() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let goal = agreed_goal(&app, &world).await;
    let (priya, marcus, hana) = (
        app.browser_of(world.priya.person).await,
        app.browser_of(world.marcus.person).await,
        app.browser_of(world.hana.person).await,
    );
    priya.get(&goal).await.says("Change its words");
    reword(&priya, &goal, "Each of us has taught two sessions anew.")
        .await
        .says("Proposed, with your yes.")
        .says("You propose other words")
        .says("They wait for Hana and Marcus. From 4 May on");

    // Both stand side by side, and what was agreed holds.
    let page = marcus.get(&goal).await;
    page.says("Priya proposes other words").says("In force").says("each of us has taught one one-shot anew");
    page.says("Each of us has taught two sessions anew.").says("Agreed: Priya");
    marcus.get("/").await.says("Priya proposes other words for a goal").says("Compare and agree");
    marcus.post(&format!("{goal}/take-back"), &[]).await.is(403);

    // A yes to words that are gone counts nowhere: Hana asks for others, and Priya's give way.
    let old = proposed_mark(&page);
    reword(&hana, &goal, "Two sessions each, and one that we teach together.").await.says("You propose other words");
    marcus.post_and_follow(&format!("{goal}/agree"), &[("mark", &old)]).await.says("The words have changed since");

    for browser in [&marcus, &priya] {
        let mark = proposed_mark(&browser.get(&goal).await);
        browser.post_and_follow(&format!("{goal}/agree"), &[("mark", &mark)]).await.is(200);
    }
    let page = priya.get(&goal).await;
    page.says("in these words since 20 April").says("one that we teach together").says("What it said before");
    page.says("From 20 January until 20 April.").says("Agreed by Hana, Marcus and Priya.");
    page.says("each of us has taught one one-shot anew").does_not_say("other words");
    let said: Vec<i64> =
        sqlx::query_scalar("select count(*) from goal_agreements union all select count(*) from goal_version_answers")
            .fetch_all(&app.app.db)
            .await
            .unwrap();
    assert_eq!(said, [3, 3], "who agreed to the new words, and who to the old");
}

#[tokio::test]
async fn who_does_not_answer_for_two_weeks_no_longer_blocks_new_words() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let goal = agreed_goal(&app, &world).await;
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    reword(&priya, &goal, "Each of us has taught two sessions anew.").await.is(200);
    let mark = proposed_mark(&marcus.get(&goal).await);
    marcus.post_and_follow(&format!("{goal}/agree"), &[("mark", &mark)]).await.says("They wait for Hana");
    app.advance(Duration::days(14));
    marcus.get(&goal).await.says("Hana had two weeks to answer").says("agreed by two of three");
    let done = marcus.post_and_follow(&format!("{goal}/agree"), &[("mark", &mark)]).await;
    done.says("The new words hold now").says("by two of three");
}

#[tokio::test]
async fn what_is_proposed_can_be_taken_back_and_goes_when_the_goal_closes() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let goal = agreed_goal(&app, &world).await;
    let priya = app.browser_of(world.priya.person).await;
    reword(&priya, &goal, "Each of us has taught two sessions anew.").await.is(200);
    let back = priya.post_and_follow(&format!("{goal}/take-back"), &[]).await;
    back.says("Taken back. The goal stays as it is.").does_not_say("two sessions anew");
    reword(&priya, &goal, "Each of us has taught two sessions anew.").await.is(200);
    let close = [("how", "achieved"), ("reflection", "We did")];
    priya.post_and_follow(&format!("{goal}/close"), &close).await.says("The goal is closed.");
    priya.get(&goal).await.does_not_say("two sessions anew");
    priya.get(&format!("{goal}/edit")).await.is(303);
}

#[tokio::test]
async fn an_own_goal_says_something_else_at_once_and_keeps_what_it_said() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    world::goal_with_elements(&app.app.db, &world, world.priya, &["Opening question"]).await;
    let goal: uuid::Uuid = sqlx::query_scalar("select id from goals").fetch_one(&app.app.db).await.unwrap();
    let goal = format!("{}/goals/{goal}", world.group_path());
    let (priya, marcus) = (app.browser_of(world.priya.person).await, app.browser_of(world.marcus.person).await);
    let done = reword(&priya, &goal, "Teach two sessions anew, with less lecture.").await;
    done.says("The new words hold now").says("What it said before").says("Teach one session anew");
    done.says("Opening question");
    marcus.get(&goal).await.says("with less lecture").says("Teach one session anew");
    marcus.get(&format!("{goal}/edit")).await.is(403);
}

#[tokio::test]
async fn a_newcomer_reads_only_what_was_worded_since_they_came() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let goal = agreed_goal(&app, &world).await;
    let (priya, marcus, hana) = (
        app.browser_of(world.priya.person).await,
        app.browser_of(world.marcus.person).await,
        app.browser_of(world.hana.person).await,
    );
    let nora = world::peer(&app.app.db, world.program, "Nora Newcomer", None).await;
    sqlx::query(
        "update approval_requests set state = 'approved', decided_at = asked_at, first_answered_at = asked_at
         where state = 'pending'",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    sqlx::query(
        "insert into memberships (program_id, id, group_id, participation_id, joined_on) values ($1, $2, $3, $4, $5::date)",
    )
    .bind(world.program)
    .bind(MembershipId::generate())
    .bind(world.reading_room)
    .bind(nora.participation)
    .bind(day(1))
    .execute(&app.app.db)
    .await
    .unwrap();
    app.advance(Duration::days(2));
    let nora = app.browser_of(nora.person).await;
    nora.get(&goal).await.is(404);
    nora.post(&format!("{goal}/take-back"), &[]).await.is(404);

    // Other words are put to everyone who belongs now. She reads those, and not what they are to replace.
    reword(&priya, &goal, "Each of us has taught two sessions anew.").await.is(200);
    let page = nora.get(&goal).await;
    page.is(200).says("Each of us has taught two sessions anew.").says("Written before you came");
    page.does_not_say("one one-shot anew").does_not_say("One one-shot each");
    nora.get("/").await.says("Priya proposes other words for a goal");
    nora.post(&format!("{goal}/close"), &[("how", "dropped")]).await.is(404);
    for browser in [&marcus, &hana, &nora] {
        let mark = proposed_mark(&browser.get(&goal).await);
        browser.post_and_follow(&format!("{goal}/agree"), &[("mark", &mark)]).await.is(200);
    }
    let page = nora.get(&goal).await;
    page.says("in these words since 22 April").does_not_say("one one-shot anew").does_not_say("What it said before");
    marcus.get(&goal).await.says("What it said before").says("one one-shot anew");
}

#[tokio::test]
async fn the_database_keeps_one_proposal_for_each_goal_and_each_within_its_program() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let goal = happened::group_goal(&app.app.db, &world, "agreed").await;
    let insert = async |group: see_also::base::ids::GroupId, by: Option<see_also::base::ids::ParticipationId>| {
        sqlx::query(
            "insert into goal_versions (program_id, id, group_id, goal_id, title, statement, measure, worded_at, proposed_by)
             values ($1, gen_random_uuid(), $2, $3, 'Other', 'Other', '', '2026-04-20T12:00Z', $4)",
        )
        .bind(world.program)
        .bind(group)
        .bind(goal)
        .bind(by)
        .execute(&app.app.db)
        .await
    };
    let priya = Some(world.priya.participation);
    assert!(insert(world.card_catalog, priya).await.is_err(), "a goal of another group");
    let nobody = insert(world.reading_room, None).await.unwrap_err().to_string();
    assert!(nobody.contains("words_of_a_goal_are_proposed_by_somebody_or_were_in_force"), "{nobody}");
    insert(world.reading_room, priya).await.unwrap();
    let second = insert(world.reading_room, priya).await.unwrap_err().to_string();
    assert!(second.contains("a_goal_has_one_proposal_at_a_time"), "{second}");
}
