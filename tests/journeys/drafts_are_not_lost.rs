//! Priya writes a long piece of feedback, and things go wrong around her. What she typed is there.
use crate::support::{
    Browser, TestApp,
    world::{World, goal_with_elements},
};
use uuid::Uuid;

const PASSWORD: &str = "correct horse battery staple";

struct Story {
    app: TestApp,
    world: World,
    /// Marcus's element.
    pace: Uuid,
}

impl Story {
    async fn begin() -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        let (_, elements) = goal_with_elements(&app.app.db, &world, world.marcus, &["Speaking pace"]).await;
        Self { app, world, pace: elements[0] }
    }

    fn list(&self) -> String {
        format!("{}/feedback", self.world.group_path())
    }

    /// Opens the form in a window of its own: its id, its mark, and the mark it was opened after.
    async fn window(&self, by: &Browser<'_>, path: &str) -> Vec<(&'static str, String)> {
        let page = by.get(path).await;
        page.is(200);
        ["id", "to", "format", "window", "after"].map(|name| (name, page.field(name))).to_vec()
    }

    /// What the page sends by itself while she types: only words so far, no place and no day.
    async fn types(&self, by: &Browser<'_>, window: &[(&'static str, String)], words: &str) -> serde_json::Value {
        let of = |name: &str| &window.iter().find(|(field, _)| *field == name).unwrap().1;
        let path = format!("{}/{}/draft", self.list(), of("id"));
        let text = format!("behaviour-{}", self.pace);
        let mut form: Vec<(&str, &str)> = window.iter().map(|(name, value)| (*name, value.as_str())).collect();
        form.push((&text, words));
        let answer = by.post(&path, &form).await;
        answer.is(200);
        serde_json::from_str(&answer.html).unwrap()
    }

    fn new_to_marcus(&self) -> String {
        format!("{}/new?to={}", self.list(), self.world.marcus.participation)
    }

    fn text(&self) -> String {
        format!("behaviour-{}", self.pace)
    }
}

#[tokio::test]
async fn what_is_typed_keeps_itself_half_way_and_is_found_again() {
    let story = Story::begin().await;
    let priya = story.app.browser_of(story.world.priya.person).await;
    let window = story.window(&priya, &story.new_to_marcus()).await;

    let kept = story.types(&priya, &window, "You read the steps").await;
    assert_eq!(kept["is_copy"], false);
    story.types(&priya, &window, "You read the steps ALOUD, and then\u{0} waited").await;

    // The window is gone. Her start page, the list, and the form to Marcus all lead back to it.
    priya.get("/").await.says("Finish what you are writing to Marcus");
    let list = priya.get(&story.list()).await;
    list.says("To finish").says("Kept on").does_not_say("ALOUD");
    let edit = format!("{}/{}/edit", story.list(), window[0].1);
    assert_eq!(priya.get(&story.new_to_marcus()).await.link("Go on with it"), edit);
    let page = priya.open(&format!("{}/{}/draft", story.list(), window[0].1)).await;
    assert_eq!(page.field(&story.text()), "You read the steps ALOUD, and then waited");

    // Nobody else finds it, and it counts nowhere.
    let marcus = story.app.browser_of(story.world.marcus.person).await;
    marcus.get(&edit).await.is(404);
    marcus.post(&edit, &[("to", "x")]).await.is(404);
    marcus.post(&format!("{}/{}/draft", story.list(), window[0].1), &[]).await.is(404);
    marcus.get(&story.list()).await.does_not_say("Priya wrote");

    // It cannot be shared before it is read through.
    priya.post(&format!("{}/{}/share", story.list(), window[0].1), &[]).await.is(303);
    assert!(story.app.deliver_mail().await.is_empty());
}

#[tokio::test]
async fn of_two_windows_neither_writes_over_the_other() {
    let story = Story::begin().await;
    let priya = story.app.browser_of(story.world.priya.person).await;
    let first = story.window(&priya, &story.new_to_marcus()).await;
    story.types(&priya, &first, "Begun here").await;
    let edit = format!("{}/{}/edit", story.list(), first[0].1);
    let second = story.window(&priya, &edit).await;

    // Both are open on the same draft; the second writes first.
    let kept = story.types(&priya, &second, "Begun here, and went on THERE").await;
    assert_eq!(kept["is_copy"], false, "it was opened after the first had kept it");
    let kept = story.types(&priya, &first, "Begun here, and went on HERE").await;
    assert_eq!(kept["is_copy"], true);
    let copy = kept["id"].as_str().unwrap().to_owned();
    assert_eq!(priya.get(&edit).await.field(&story.text()), "Begun here, and went on THERE");
    let copied = format!("{}/{copy}/edit", story.list());
    assert_eq!(priya.get(&copied).await.field(&story.text()), "Begun here, and went on HERE");

    // The first goes on in its copy, without a third one.
    let mut first: Vec<_> = first.into_iter().filter(|(name, _)| *name != "id").collect();
    first.push(("id", copy));
    assert_eq!(story.types(&priya, &first, "And on, and on").await["is_copy"], false);
    let drafts: i64 = sqlx::query_scalar("select count(*) from feedback").fetch_one(&story.app.app.db).await.unwrap();
    assert_eq!(drafts, 2);

    // Without scripts the same holds: the button says what became of it.
    let third = story.window(&priya, &edit).await;
    story.types(&priya, &second, "THERE once more").await;
    let text = story.text();
    let mut form: Vec<(&str, &str)> = third.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.extend([(text.as_str(), "By the button"), ("do", "keep")]);
    priya.post_and_follow(&edit, &form).await.says("kept as a draft of its own");
    form.pop();
    form.extend([("occasion", "elsewhere"), ("happened_on", "2026-04-10"), ("do", "read")]);
    let page = priya.post_and_follow(&edit, &form).await;
    page.says("kept as a draft of its own");
    assert_eq!(page.field(&text), "By the button");
    assert_eq!(priya.get(&edit).await.field(&text), "THERE once more");
}

#[tokio::test]
async fn signed_out_while_writing_she_signs_in_and_sends_it() {
    let story = Story::begin().await;
    let priya = story.app.browser_of(story.world.priya.person).await;
    let hash = story.app.app.passwords.hash(PASSWORD).await.unwrap();
    let (db, me) = (&story.app.app.db, story.world.priya.person);
    sqlx::query("update people set password_hash = $2 where id = $1").bind(me).bind(hash).execute(db).await.unwrap();
    let window = story.window(&priya, &story.new_to_marcus()).await;
    sqlx::query("delete from sign_in_sessions").execute(&story.app.app.db).await.unwrap();

    let text = story.text();
    let mut form: Vec<(&str, &str)> = window.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.extend([
        (text.as_str(), "A long piece & \u{201c}quoted\u{201d} – ALOUD"),
        ("do", "keep"),
        ("password", "typed"),
    ]);
    let new = format!("{}/new", story.list());
    let page = priya.post(&new, &form).await;
    page.is(401).says("Sign in to go on").says("What you typed is not saved yet, and not lost");
    let (to, typed) = (page.field("send_to"), page.field("typed"));
    assert_eq!(to, new);

    // A wrong password first: it is still there.
    let wrong =
        [("email", "priya@larkspur.example"), ("password", "not-it-at-all"), ("send_to", &to), ("typed", &typed)];
    let page = priya.post("/sign-in", &wrong).await;
    page.is(422).says("What you typed is kept in this page");
    assert_eq!((page.field("send_to"), page.field("typed")), (to.clone(), typed.clone()));

    let right = [("email", "priya@larkspur.example"), ("password", PASSWORD), ("send_to", &to), ("typed", &typed)];
    let page = priya.post("/sign-in", &right).await;
    page.is(200).says("What you typed before is still here");
    assert_eq!(page.field(&text), "A long piece & \u{201c}quoted\u{201d} – ALOUD");
    assert!(!page.html.contains("name=\"password\""), "a password is typed anew");
    let sent: Vec<(String, String)> =
        ["id", "to", "format", "window", "after", "do", &text].map(|name| (name.to_owned(), page.field(name))).to_vec();
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    priya.post_and_follow(&new, &sent).await.says("Kept. Only you can read it.");

    // A place that is not ours is not where it goes.
    let elsewhere = [right[0], right[1], ("send_to", "https://elsewhere.example/"), ("typed", "a=b")];
    let page = story.app.browser().post("/sign-in", &elsewhere).await;
    page.is(200).says("What you typed before is still here");
    assert!(!page.html.contains("elsewhere.example"));
}
