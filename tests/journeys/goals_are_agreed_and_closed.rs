//! Priya's group writes a goal, agrees it with what feedback may be about, and closes it.
use crate::support::{
    Answer, Browser, TestApp,
    world::{Peer, World, day},
};
use time::Duration;

/// Opens the form of a new goal and posts it with these changes.
async fn write(browser: &Browser<'_>, world: &World, more: &[(&str, &str)]) -> Answer {
    let path = format!("{}/goals/new", world.group_path());
    let id = browser.get(&path).await.field("id");
    let target = day(25);
    let mut form = vec![
        ("id", id.as_str()),
        ("title", "One active task"),
        ("statement", "By 15 May each of us has taught one session around a single active task."),
        ("measure", "Three sessions taught"),
        ("target_on", target.as_str()),
    ];
    form.retain(|(name, _)| !more.iter().any(|(other, _)| name == other));
    form.extend_from_slice(more);
    browser.post(&path, &form).await
}

async fn agree(browser: &Browser<'_>, goal: &str) -> Answer {
    let page = browser.get(goal).await;
    browser.post_and_follow(&format!("{goal}/agree"), &[("mark", &page.field("mark"))]).await
}

async fn propose(browser: &Browser<'_>, goal: &str, title: &str, about: Option<Peer>) -> Answer {
    let page = browser.get(goal).await;
    let id = page.html.split("name=\"id\" value=\"").nth(1).unwrap()[..36].to_owned();
    let about = about.map(|peer| peer.participation.to_string()).unwrap_or_default();
    let done = browser.post(&format!("{goal}/elements"), &[("id", &id), ("element", title), ("about", &about)]).await;
    if done.status.is_redirection() { browser.get(goal).await } else { done }
}

async fn state_of(app: &TestApp, goal: &str) -> String {
    let id = uuid::Uuid::parse_str(goal.rsplit('/').next().unwrap()).unwrap();
    sqlx::query_scalar("select state from goals where id = $1").bind(id).fetch_one(&app.app.db).await.unwrap()
}

async fn element(app: &TestApp, title: &str) -> String {
    let id: uuid::Uuid = sqlx::query_scalar("select id from elements where title = $1")
        .bind(title)
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    id.to_string()
}

#[tokio::test]
async fn a_group_writes_and_agrees_its_goal() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (priya, marcus, hana) = (
        app.browser_of(world.priya.person).await,
        app.browser_of(world.marcus.person).await,
        app.browser_of(world.hana.person).await,
    );
    let new = priya.get(&format!("{}/goals/new", world.group_path())).await;
    new.is(200)
        .says("Your group has no goal yet")
        .says("Examples to adapt")
        .says("Hana, Marcus and you can read this goal");

    let (me, other) = (world.priya.participation.to_string(), world.marcus.participation.to_string());
    let written = write(
        &priya,
        &world,
        &[
            ("whose", "group"),
            ("element", "Opening question"),
            ("about", &me),
            ("element", "Speaking pace"),
            ("about", &other),
            ("element", ""),
            ("about", &me),
        ],
    )
    .await;
    let goal = written.location.unwrap();
    priya
        .get(&goal)
        .await
        .is(200)
        .says("The goal is written. It has your yes.")
        .says("The group’s goal. It is a draft, agreed so far by one of three.")
        .says("It waits for Hana and Marcus")
        .says("Opening question")
        .says("“Speaking pace” waits for Marcus")
        .says("Until 15 May 2026");

    // Anyone may propose; only the person it is about agrees.
    propose(&hana, &goal, "Wait time", Some(world.priya)).await.says("Proposed. It waits for Priya.");
    let wait_time = element(&app, "Wait time").await;
    let answer = format!("{}/elements/{wait_time}", world.group_path());
    for (other, verb) in [(&hana, "agree"), (&marcus, "agree"), (&hana, "decline"), (&marcus, "retire")] {
        other.post(&format!("{answer}/{verb}"), &[]).await.is(403);
    }
    priya.get(&goal).await.says("Hana proposes “Wait time”");
    let agreed = priya.post_and_follow(&format!("{answer}/agree"), &[]).await;
    agreed.says("feedback to you may be about “Wait time”");
    let pace = format!("{}/elements/{}", world.group_path(), element(&app, "Speaking pace").await);
    marcus.post_and_follow(&format!("{pace}/decline"), &[]).await.does_not_say("“Speaking pace”");
    marcus.post(&format!("{pace}/decline"), &[]).await.is(404);
    priya.post_and_follow(&format!("{answer}/retire"), &[]).await.says("Retired: Wait time.");

    agree(&marcus, &goal).await.says("Your yes is noted.").says("agreed so far by two of three");
    assert_eq!(state_of(&app, &goal).await, "draft");
    agree(&hana, &goal).await.says("The goal is agreed.").says("Agreed on 20 April.");
    assert_eq!(state_of(&app, &goal).await, "agreed");
    hana.get(&format!("{goal}/edit")).await.is(200).says("What you agreed holds until everyone has agreed");
}

#[tokio::test]
async fn changing_the_words_asks_everyone_again() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let hana = app.browser_of(world.hana.person).await;
    let goal = write(&priya, &world, &[("whose", "group")]).await.location.unwrap();
    agree(&marcus, &goal).await;
    let read_by_hana = hana.get(&goal).await.field("mark");
    let edit = format!("{goal}/edit");
    let by_priya = priya.get(&edit).await.field("mark");

    // Every member may change a group's draft.
    let target = day(25);
    let words = |title: &'static str, mark: &str| {
        vec![
            ("mark".to_owned(), mark.to_owned()),
            ("title".to_owned(), title.to_owned()),
            ("statement".to_owned(), "Each of us teaches one session anew.".to_owned()),
            ("measure".to_owned(), "Three sessions".to_owned()),
            ("target_on".to_owned(), target.clone()),
        ]
    };
    let by_marcus = words("One new session", &marcus.get(&edit).await.field("mark"));
    let form: Vec<(&str, &str)> = by_marcus.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    marcus.post_and_follow(&edit, &form).await.says("The others are asked again").says("agreed so far by one of three");

    // Hana agrees to what she read, not to what it has become.
    let stale = hana.post_and_follow(&format!("{goal}/agree"), &[("mark", &read_by_hana)]).await;
    stale.says("The words have changed since you read them").says("agreed so far by one of three");
    // Priya sees both texts before she replaces words she has not seen.
    let late = words("Two new sessions", &by_priya);
    let form: Vec<(&str, &str)> = late.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let conflict = priya.post(&edit, &form).await;
    conflict.is(409).says("Somebody changed this goal while you were writing").says("One new session");
    assert_eq!(conflict.field("title"), "Two new sessions");
    let again = words("Two new sessions", &conflict.field("mark"));
    let form: Vec<(&str, &str)> = again.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    priya.post_and_follow(&edit, &form).await.says("Two new sessions");
}

#[tokio::test]
async fn who_has_not_answered_for_two_weeks_no_longer_blocks() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let goal = write(&priya, &world, &[("whose", "group")]).await.location.unwrap();
    agree(&app.browser_of(world.marcus.person).await, &goal).await;
    app.advance(Duration::days(13));
    priya.get(&goal).await.says("It waits for Hana").says("From 4 May on");
    app.advance(Duration::days(1));
    priya.get(&goal).await.says("Hana had two weeks to answer").says("agreed by two of three");
    assert_eq!(state_of(&app, &goal).await, "draft", "looking changes nothing");
    agree(&priya, &goal).await.says("Agreed on 4 May by two of three.");
    // Hana can still say yes.
    agree(&app.browser_of(world.hana.person).await, &goal).await.says("Agreed on 4 May.");
}

#[tokio::test]
async fn a_personal_goal_is_its_owners() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let goal = write(&priya, &world, &[("whose", "own")]).await.location.unwrap();
    let page = priya.get(&goal).await;
    page.says("Your own goal").says("Name what the others may tell you about");
    // It needs something that feedback may be about.
    let mark = mark_of(&app, &goal).await;
    priya.post(&format!("{goal}/agree"), &[("mark", &mark)]).await.is(422).says("Name one to six things");

    marcus.get(&goal).await.says("Priya’s own goal").does_not_say("/agree\"").does_not_say("/close\"");
    marcus.post(&format!("{goal}/agree"), &[("mark", &mark)]).await.is(403);
    marcus.get(&format!("{goal}/edit")).await.is(403);
    marcus.post(&format!("{goal}/edit"), &[]).await.is(403);
    let close = [("how", "dropped"), ("reflection", "")];
    marcus.post(&format!("{goal}/close"), &close).await.is(403);

    // Marcus proposes; it is about Priya whatever he sends, and it does not count until she agrees.
    propose(&marcus, &goal, "Opening question", Some(world.hana)).await.says("It waits for Priya.");
    priya.post(&format!("{goal}/agree"), &[("mark", &mark)]).await.is(422);
    let first = format!("{}/elements/{}/agree", world.group_path(), element(&app, "Opening question").await);
    priya.post(&first, &[]).await.is(303);
    propose(&priya, &goal, "opening  QUESTION", None).await.is(422).says("This stands there already");
    for title in ["Pace", "Wait time", "Summing up", "Quiet people", "Timing"] {
        propose(&priya, &goal, title, None).await.is(200);
    }
    propose(&marcus, &goal, "A seventh", None).await.is(422).says("There are six about Priya already");
    agree(&priya, &goal).await.says("The goal is agreed.");
    assert_eq!(state_of(&app, &goal).await, "agreed");

    // Closing takes one line; dropping does not.
    let close = format!("{goal}/close");
    priya.post(&close, &[("how", ""), ("reflection", "")]).await.is(422).says("Choose how it went");
    priya.post(&close, &[("how", "achieved"), ("reflection", " ")]).await.is(422).says("Enter one line about it");
    priya.post(&close, &[("how", "agreed"), ("reflection", "x")]).await.is(422).says("Choose how it went");
    let closed = priya.post_and_follow(&close, &[("how", "partly"), ("reflection", "Two of three.")]).await;
    closed.says("Partly reached. It was closed on 20 April.").says("Two of three.");
    priya.post_and_follow(&close, &[("how", "dropped"), ("reflection", "")]).await.says("was closed before");
    assert_eq!(state_of(&app, &goal).await, "partly");
}

async fn mark_of(app: &TestApp, goal: &str) -> String {
    let id = uuid::Uuid::parse_str(goal.rsplit('/').next().unwrap()).unwrap();
    let (title, statement, measure, target_on): (String, String, String, Option<time::Date>) =
        sqlx::query_as("select title, statement, measure, target_on from goals where id = $1")
            .bind(id)
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    see_also::features::goal_versions::Wording { title, statement, measure, target_on }.mark()
}

#[tokio::test]
async fn a_draft_can_only_be_dropped() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let hana = app.browser_of(world.hana.person).await;
    let goal = write(&app.browser_of(world.priya.person).await, &world, &[("whose", "group")]).await.location.unwrap();
    let close = format!("{goal}/close");
    let refused = hana.post(&close, &[("how", "achieved"), ("reflection", "We did it")]).await;
    refused.is(422).says("It was never agreed, so it can only be dropped");
    assert_eq!(refused.field("reflection"), "We did it");
    // A group's goal is closed by any member.
    hana.post(&close, &[("how", "dropped"), ("reflection", "")]).await.is(303);
    assert_eq!(state_of(&app, &goal).await, "dropped");
}

#[tokio::test]
async fn what_comes_out_of_a_goal_is_named_once_and_moves_on() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let goal = write(&priya, &world, &[("whose", "group")]).await.location.unwrap();
    let products = format!("{goal}/products");
    let id = uuid::Uuid::now_v7().to_string();
    let named = |title: &'static str, link: &'static str, state: &'static str| {
        vec![("id", id.clone()), ("product", title.to_owned()), ("link", link.to_owned()), ("state", state.to_owned())]
    };
    for (form, message) in [
        (named("", "", "intended"), "Enter what you will make"),
        (named("A plan", "javascript:alert(1)", "intended"), "Enter a link that begins with https://"),
        (named("A plan", "", "finished"), "Choose how far it is"),
    ] {
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        priya.post(&products, &form).await.is(422).says(message);
    }
    let good = named("Lesson plan", "", "intended");
    let good: Vec<(&str, &str)> = good.iter().map(|(k, v)| (*k, v.as_str())).collect();
    priya.post(&products, &good).await.is(303);
    priya.post(&products, &good).await.is(303);
    let there: i64 = sqlx::query_scalar("select count(*) from products").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(there, 1, "a double click names it once");
    marcus.get(&goal).await.says("Lesson plan Priya Whitlock, intended");

    let change = format!("{products}/{id}");
    let shared = [("state", "shared"), ("link", "https://larkspur.example/plan")];
    marcus.post(&change, &shared).await.is(404);
    priya.post(&change, &[("state", "shared"), ("link", "ftp://x")]).await.is(422).says("Enter a link that begins");
    priya.post_and_follow(&change, &shared).await.says("You, shared");
    assert_eq!(marcus.get(&goal).await.link("Lesson plan"), "https://larkspur.example/plan");
}

#[tokio::test]
async fn a_product_is_shared_with_the_program_and_taken_back() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let marcus = app.browser_of(world.marcus.person).await;
    let tobias = app.browser_of(world.tobias.person).await;
    let imogen = app.browser_of(world.imogen).await;
    let goal = write(&priya, &world, &[("whose", "group")]).await.location.unwrap();
    let id = uuid::Uuid::now_v7().to_string();
    let form = [("id", id.as_str()), ("product", "=Lesson plan"), ("link", ""), ("state", "drafted")];
    priya.post(&format!("{goal}/products"), &form).await.is(303);

    let page = format!("{}/products", world.program_path());
    let listed = format!("{}/shared-products", world.program_path());
    assert_eq!(priya.get(&goal).await.link("Choose who sees it"), page);
    priya.get(&page).await.says("Your group sees it").says("Everybody in the program does not see it");
    assert!(!imogen.get(&listed).await.html.contains("Lesson plan"));
    assert!(!tobias.get(&page).await.html.contains("Lesson plan"), "another group does not see it");

    let share = format!("{page}/{id}/share");
    let with = [("with", "program")];
    marcus.post(&share, &with).await.is(404);
    priya.post_and_follow(&share, &with).await.says("Everybody in the program can see it now");
    priya.post_and_follow(&share, &with).await.says("Take it back");
    tobias.get(&page).await.says("=Lesson plan").says("Priya Whitlock, drafted, shared on");
    imogen.get(&listed).await.says("=Lesson plan");
    let file = imogen.get(&format!("{listed}.csv")).await;
    assert!(file.html.contains("'=Lesson plan,Priya Whitlock,Drafted"), "no formula: {}", file.html);

    let back = format!("{page}/{id}/take-back");
    marcus.post(&back, &with).await.is(404);
    priya.post_and_follow(&back, &with).await.says("It is no longer shared with the program");
    assert!(!imogen.get(&listed).await.html.contains("Lesson plan"));
    assert!(!tobias.get(&page).await.html.contains("Lesson plan"));

    // Whoever has finished leaves theirs there, and can still take it back; whoever left takes theirs along.
    priya.post(&share, &with).await.is(303);
    sqlx::query("update participations set state = 'completed' where id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    tobias.get(&page).await.says("=Lesson plan");
    imogen.get(&listed).await.says("=Lesson plan");
    priya.get(&page).await.says("Your part in this program has ended").does_not_say("Share it");
    priya.post(&share, &with).await.is(403);
    sqlx::query("update participations set state = 'withdrawn' where id = $1")
        .bind(world.priya.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    assert!(!imogen.get(&listed).await.html.contains("Lesson plan"));
    assert!(!imogen.get(&format!("{listed}.csv")).await.html.contains("Lesson plan"));
}

#[tokio::test]
async fn a_form_with_mistakes_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let yesterday = day(-1);
    let answer = write(
        &priya,
        &world,
        &[
            ("title", ""),
            ("statement", "N\u{0}L"),
            ("measure", " "),
            ("target_on", &yesterday),
            ("own_element", "Pace"),
        ],
    )
    .await;
    answer
        .is(422)
        .says("Enter a few words for it")
        .says("Remove the characters that cannot be seen")
        .says("Enter how you will know")
        .says("This day has passed")
        .says("Choose whose goal it is");
    assert!(answer.html.contains("value=\"Pace\""), "what was typed stays");
    let late = day(60);
    write(&priya, &world, &[("whose", "own"), ("target_on", &late)])
        .await
        .is(422)
        .says("The program ends on 12 June 2026");
    let twice = [("whose", "own"), ("own_element", "Pace"), ("own_element", "pace")];
    write(&priya, &world, &twice).await.is(422).says("This stands there already");
    let stranger = world.tobias.participation.to_string();
    let foreign = [("whose", "group"), ("element", "Pace"), ("about", stranger.as_str())];
    write(&priya, &world, &foreign).await.is(422).says("Choose people of your group");
    let goals: i64 = sqlx::query_scalar("select count(*) from goals").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(goals, 0);
}

#[tokio::test]
async fn goals_are_read_by_their_group_alone_from_the_day_one_belongs() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let goal = write(&app.browser_of(world.priya.person).await, &world, &[("whose", "group")]).await.location.unwrap();
    for outsider in [world.imogen, world.teodor, world.tobias.person, world.nadia.person, world.site_admin, world.olga]
    {
        let browser = app.browser_of(outsider).await;
        for path in [goal.clone(), format!("{goal}/edit"), format!("{}/goals/new", world.group_path())] {
            browser.get(&path).await.is(404);
        }
        browser.post(&format!("{goal}/agree"), &[]).await.is(404);
        browser.post(&format!("{goal}/close"), &[("how", "dropped")]).await.is(404);
    }
    // The same goal under another group is not found there.
    let elsewhere = goal.replace(&world.reading_room.to_string(), &world.card_catalog.to_string());
    app.browser_of(world.tobias.person).await.get(&elsewhere).await.is(404);

    // Wren comes to the Reading Room later: she is not asked about words from before, nor reads them.
    sqlx::query("update memberships set left_on = '2026-04-21' where participation_id = $1")
        .bind(world.wren.participation)
        .execute(&app.app.db)
        .await
        .unwrap();
    sqlx::query(
        "insert into memberships (program_id, id, group_id, participation_id, joined_on)
         values ($1, $2, $3, $4, '2026-04-21')",
    )
    .bind(world.program)
    .bind(uuid::Uuid::now_v7())
    .bind(world.reading_room)
    .bind(world.wren.participation)
    .execute(&app.app.db)
    .await
    .unwrap();
    app.advance(Duration::days(1));
    let wren = app.browser_of(world.wren.person).await;
    wren.get(&goal).await.is(404);
    agree(&app.browser_of(world.marcus.person).await, &goal).await.does_not_say("Wren");
    agree(&app.browser_of(world.hana.person).await, &goal).await.says("The goal is agreed.");
    // What is written from now on is hers too.
    let next = write(&wren, &world, &[("whose", "group")]).await.location.unwrap();
    wren.get(&next).await.is(200).says("Hana, Marcus, Priya and you can read this");
}
