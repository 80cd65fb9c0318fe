//! A program may limit where supervisors are asked: said in its settings, kept wherever one is named.
use super::approvals_cast::{OMAR, asked, invited, join, join_path, state};
use super::support::{TestApp, world::World};

async fn limit(app: &TestApp, world: &World, domains: &str) -> super::support::Answer {
    let form =
        [("approval_required", "yes"), ("answer_days", "21"), ("smallest_shown", "5"), ("supervisor_domains", domains)];
    app.browser_of(world.imogen).await.post(&format!("{}/settings/answers", world.program_path()), &form).await
}

#[tokio::test]
async fn a_supervisor_elsewhere_is_refused_with_the_domains() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    // Who was asked before stays asked.
    let before = invited(&app, &world, "Ansel Fry").await;
    let link = asked(&app, &world, before).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    limit(&app, &world, "@Dean.Example; archive.example, dean.example").await.is(303);
    let imogen = app.browser_of(world.imogen).await;
    imogen.get(&format!("{}/settings", world.program_path())).await.says("At dean.example or archive.example only");
    assert_eq!(
        imogen.get(&format!("{}/settings/answers", world.program_path())).await.field("supervisor_domains"),
        "dean.example, archive.example"
    );
    assert_eq!(state(&app, before).await, "pending");
    app.browser().open(&link).await.is(200).says("Will you back Ansel");

    let browser = app.browser_of(dana.person).await;
    browser.get(&join_path(&world)).await.says("At dean.example or archive.example.");
    for elsewhere in [OMAR, "omar@mail.dean.example", "omar@notdean.example"] {
        let refused = join(&browser, &world, elsewhere).await;
        refused.is(422).says("asks supervisors at dean.example or archive.example only");
        assert_eq!(refused.field("supervisor_email"), elsewhere);
    }
    join(&browser, &world, "Omar@DEAN.example").await.is(303);
    assert_eq!(state(&app, dana).await, "pending");
    // Correcting the address obeys it too.
    let id = browser.get(&join_path(&world)).await.field("id");
    let ask = [("id", id.as_str()), ("supervisor_name", "Omar"), ("supervisor_email", OMAR), ("words", "Please")];
    browser.post(&format!("{}/ask-again", join_path(&world)), &ask).await.is(422).says("archive.example only");
}

#[tokio::test]
async fn nonsense_is_no_domain_and_nothing_means_any() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let dana = invited(&app, &world, "Dana Whitlock").await;
    for wrong in ["dean", "a@dean.example", "-dean.example", "dean..example"] {
        let refused = limit(&app, &world, wrong).await;
        refused.is(422).says("is no domain");
        assert_eq!(refused.field("supervisor_domains"), wrong);
    }
    let many: Vec<String> = (0..21).map(|n| format!("d{n}.example")).collect();
    limit(&app, &world, &many.join(" ")).await.is(422).says("Name at most 20 domains");
    limit(&app, &world, " ").await.is(303);
    join(&app.browser_of(dana.person).await, &world, OMAR).await.is(303);
}

#[tokio::test]
async fn a_list_refuses_the_line_and_says_why() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    limit(&app, &world, "dean.example").await.is(303);
    let imogen = app.browser_of(world.imogen).await;
    let lines = "Quinn Abara, quinn@x.example, Omar Tennyson, omar@larkspur.example\n\
                 Rosa Lind, rosa@x.example, Omar Tennyson, omar@dean.example\nUna Berg, una@x.example";
    let preview = imogen.post_and_follow(&format!("{}/people/add", world.program_path()), &[("lines", lines)]).await;
    preview.says("this program asks supervisors at dean.example only").says("Line 1");
    preview.does_not_say("Line 2,").does_not_say("Line 3,");
}

#[tokio::test]
async fn a_list_previewed_before_the_limit_is_looked_at_again() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let lines = "site,email,name,supervisor,supervisor email\nEast,quinn@x.example,Quinn,Omar,omar@larkspur.example\n\
                 ,rosa@x.example,Rosa,Omar,omar@dean.example";
    let people = format!("{}/people/add", world.program_path());
    let here = imogen.post(&people, &[("lines", lines)]).await.location.unwrap();
    imogen.get(&here).await.says("Add two people");
    limit(&app, &world, "dean.example").await.is(303);
    let again = imogen.post_and_follow(&here, &[]).await;
    again.says("Nobody was added yet: since you looked at this list").says("Line 2, supervisor’s email");
    again.says("What this list would do").says("Add one person");
    let file = imogen.get(&format!("{here}/refused.csv")).await;
    assert!(file.html.contains("East,quinn@x.example,Quinn,Omar,omar@larkspur.example,"), "{}", file.html);
    assert!(app.deliver_mail().await.is_empty());
    imogen.post_and_follow(&here, &[]).await.says("One person added.");
}
