//! The group names whom it talks with, writes down what they answer, writes the visit up, thanks the host, lets the
//! program read of it, and says whether the host comes in return.
use crate::support::{
    Answer, Browser, TestApp, email_to,
    world::{Peer, World, day, goal_with_elements},
};
use sqlx::AssertSqlSafe;
use time::Duration;
use uuid::Uuid;

const HOST: &str = "noor@harrowgate.example";
/// What the list of trips says while nothing holds of a return visit.
const WAITS: &str = "the return visit is open";

struct Story {
    app: TestApp,
    world: World,
    trip: Uuid,
}

impl Story {
    /// Priya plans a visit of hers and Marcus’s in two weeks, and confirms it.
    async fn begin(host_email: &str) -> Self {
        let app = TestApp::start().await;
        let world = World::build(&app).await;
        let story = Self { app, world, trip: Uuid::now_v7() };
        let priya = story.browser(story.world.priya).await;
        let form = story.plan(story.trip, host_email);
        let new = format!("{}/trips/new", story.world.group_path());
        priya.post(&new, &borrowed(&form)).await.is(303);
        priya.post_and_follow(&format!("{}/confirm", story.path("")), &[]).await.says("Confirmed.");
        story
    }

    fn plan(&self, id: Uuid, host_email: &str) -> Vec<(&'static str, String)> {
        vec![
            ("id", id.to_string()),
            ("kind", "site_visit".to_owned()),
            ("purpose", "How they greet people at the desk".to_owned()),
            ("on_date", day(14)),
            ("reach", "here".to_owned()),
            ("host_institution", "Harrowgate Public Library".to_owned()),
            ("host_person", "Noor Haddad".to_owned()),
            ("host_email", host_email.to_owned()),
            ("questions", "What did you stop doing?\nWho noticed?".to_owned()),
            ("goers", self.world.priya.participation.to_string()),
            ("goers", self.world.marcus.participation.to_string()),
        ]
    }

    async fn browser(&self, peer: Peer) -> Browser<'_> {
        self.app.browser_of(peer.person).await
    }

    /// The page of the trip, or one below it.
    fn path(&self, below: &str) -> String {
        format!("{}/trips/{}{below}", self.world.group_path(), self.trip)
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.app.app.db).await.unwrap()
    }

    async fn run(&self, sql: &str) -> Result<sqlx::postgres::PgQueryResult, sqlx::Error> {
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&self.app.app.db).await
    }

    /// The day comes, and Marcus says that it took place.
    async fn it_took_place(&self) {
        self.app.advance(Duration::days(15));
        let marcus = self.browser(self.world.marcus).await;
        let took_place = self.path("/took-place");
        marcus.post_and_follow(&took_place, &[("completed_on", &day(14))]).await.says("What did you learn?");
    }

    /// Marcus names Ana Ruiz and asks her something; her id.
    async fn ana(&self) -> String {
        let marcus = self.browser(self.world.marcus).await;
        let page = marcus.get(&self.path("/interviews")).await;
        let id = page.field("id");
        let form = [("id", id.as_str()), ("name", "Ana Ruiz"), ("role", "Head of reference")];
        marcus.post_and_follow(&self.path("/interviews"), &form).await.says("Ana Ruiz").says("Head of reference");
        let own = [("to", id.as_str()), ("words", "How do you begin?\nWhat would you drop?")];
        marcus.post_and_follow(&self.path("/interviews/questions"), &own).await.says("How do you begin?");
        id
    }

    /// The ids of the questions on the page that have a box, in order.
    fn boxes(page: &Answer) -> Vec<String> {
        let html = scraper::Html::parse_document(&page.html);
        let with = scraper::Selector::parse("textarea[name^='answer-']").unwrap();
        html.select(&with).map(|one| one.value().attr("name").unwrap()["answer-".len()..].to_owned()).collect()
    }
}

fn borrowed<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

async fn post(browser: &Browser<'_>, path: &str, form: Vec<(String, String)>) -> Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &form).await
}

#[tokio::test]
async fn a_visit_has_people_and_each_their_questions() {
    let story = Story::begin(HOST).await;
    let (marcus, hana) = (story.browser(story.world.marcus).await, story.browser(story.world.hana).await);
    let page = marcus.get(&story.path("")).await;
    page.says("What did you stop doing?").says("Say whom you ask what");
    let interviews = story.path("/interviews");
    let page = marcus.get(&interviews).await;
    page.says("Nobody is named yet").says("Hana, Priya and you can read what is written here").says("From your plan");
    // What is wrong is said at its field, and nothing typed is lost.
    let answer = marcus.post(&interviews, &[("id", &page.field("id")), ("name", ""), ("role", "Clerk")]).await;
    answer.is(422).says("Enter a name");
    assert_eq!(answer.field("role"), "Clerk");
    let long = "x".repeat(301);
    let asked = story.path("/interviews/questions");
    let answer = marcus.post(&asked, &[("to", ""), ("words", &format!("Fine\n{long}"))]).await;
    answer.is(422);
    assert!(answer.field("words").contains("Fine") || answer.html.contains("Fine"), "{}", answer.text());
    assert_eq!(story.count("select count(*) from interview_questions").await, 0);

    // The same form twice names her once, the same question twice asks once.
    let ana = story.ana().await;
    let again = [("id", ana.as_str()), ("name", "Ana Ruiz"), ("role", "Head of reference")];
    marcus.post(&interviews, &again).await.is(303);
    marcus.post(&asked, &[("to", &ana), ("words", "How do you begin?")]).await.is(303);
    assert_eq!(story.count("select count(*) from interviewees").await, 1);
    assert_eq!(story.count("select count(*) from interview_questions").await, 2);
    // A question of the plan or the library is one tap, to her or to anybody; who taps finds the list open again.
    let tapped = [("to", ana.as_str()), ("borrowed", "yes"), ("words", "Who noticed?")];
    let page = hana.post_and_follow(&asked, &tapped).await;
    page.says("Who noticed?");
    assert!(page.html.contains("<details class=\"opener\" open><summary>Questions to borrow"), "{}", page.html);
    hana.post(&asked, &[("to", ""), ("borrowed", "yes"), ("words", "What did you stop doing?")]).await.is(303);
    assert_eq!(story.count("select count(*) from interview_questions where interviewee_id is null").await, 1);
    hana.get(&story.path("")).await.says("Ana Ruiz").says("three questions").says("Anybody there");

    // Names can be changed and questions dropped, by any of them.
    let change = story.path(&format!("/interviews/people/{ana}"));
    hana.post(&change, &[("name", ""), ("role", "Clerk")]).await.is(422).says("Enter a name");
    hana.post_and_follow(&change, &[("name", "Ana Ruiz-Vega"), ("role", "Clerk")]).await.says("Ana Ruiz-Vega");
    let dropped: Uuid = sqlx::query_scalar("select id from interview_questions where words = 'What would you drop?'")
        .fetch_one(&story.app.app.db)
        .await
        .unwrap();
    let drop = story.path(&format!("/interviews/questions/{dropped}/remove"));
    hana.post_and_follow(&drop, &[]).await.says("Taken away.").does_not_say("What would you drop?");
    hana.post(&drop, &[]).await.is(404);

    // The host's page stays as it is, and nobody outside finds these pages.
    for stranger in [story.world.tobias.person, story.world.imogen, story.world.olga] {
        let browser = story.app.browser_of(stranger).await;
        browser.get(&interviews).await.is(404);
        browser.post(&change, &[("name", "Mine")]).await.is(404);
        browser.get(&story.path("/after")).await.is(404);
    }
    hana.post_and_follow(&format!("{change}/remove"), &[]).await.says("Taken away.").does_not_say("Ana");
    assert_eq!(story.count("select count(*) from interview_questions where interviewee_id is not null").await, 0);
}

#[tokio::test]
async fn answers_are_written_from_the_day_on_and_nobody_writes_over_another() {
    let story = Story::begin(HOST).await;
    let ana = story.ana().await;
    let (marcus, hana) = (story.browser(story.world.marcus).await, story.browser(story.world.hana).await);
    let interviews = story.path("/interviews");
    let answers = story.path("/interviews/answers");
    // Rule 7: before the day there is no box, and a form that is sent all the same writes nothing.
    assert!(Story::boxes(&marcus.get(&interviews).await).is_empty());
    let first: Uuid = sqlx::query_scalar("select id from interview_questions where words = 'How do you begin?'")
        .fetch_one(&story.app.app.db)
        .await
        .unwrap();
    let field = format!("answer-{first}");
    marcus.post_and_follow(&answers, &[(&field, "Too early")]).await.says("belong to the day itself");
    assert_eq!(story.count("select count(*) from interview_questions where reply <> ''").await, 0);

    // On the day itself, on two phones at once.
    story.app.advance(Duration::days(14));
    let his = marcus.get(&interviews).await;
    let hers = hana.get(&interviews).await;
    let [one, two] = Story::boxes(&his).try_into().unwrap();
    let send = |page: &Answer, first: &str, second: &str| {
        vec![
            ("card".to_owned(), ana.clone()),
            (format!("answer-{one}"), first.to_owned()),
            (format!("seen-{one}"), page.field(&format!("seen-{one}"))),
            (format!("answer-{two}"), second.to_owned()),
            (format!("seen-{two}"), page.field(&format!("seen-{two}"))),
        ]
    };
    post(&marcus, &answers, send(&his, "With a question.", "")).await.is(303);
    // Hana's page is older: the box she did not touch keeps what Marcus wrote, hers is written.
    post(&hana, &answers, send(&hers, "", "The Monday report.")).await.is(303);
    hana.get(&interviews).await.says("With a question.").says("The Monday report.").says("Marcus wrote this down");
    // Where both wrote, the second is told, with both texts there; sent again it holds.
    let typed = send(&hers, "With a joke.", "The Monday report.");
    let answer = post(&hana, &answers, typed).await;
    answer.is(422).says("Marcus wrote here meanwhile: “With a question.”").says("With a joke.");
    let together = send(&answer, "With a question, or a joke.", "The Monday report.");
    post(&hana, &answers, together).await.is(303);
    marcus.get(&interviews).await.says("With a question, or a joke.");
    // A question that somebody takes away while Hana writes its answer: nothing is written, and no word of hers is lost.
    let own = [("to", ana.as_str()), ("words", "Who opens?")];
    marcus.post(&story.path("/interviews/questions"), &own).await.is(303);
    let open = hana.get(&interviews).await;
    let gone = Story::boxes(&open).into_iter().find(|id| *id != one && *id != two).unwrap();
    marcus.post_and_follow(&story.path(&format!("/interviews/questions/{gone}/remove")), &[]).await.says("Taken away");
    let mut typed = send(&open, "With a question, or a joke.", "Two of them.");
    typed.push((format!("answer-{gone}"), "Ana herself opens.".to_owned()));
    typed.push((format!("seen-{gone}"), open.field(&format!("seen-{gone}"))));
    let answer = post(&hana, &answers, typed).await;
    answer.is(422).says("For a question that is gone").says("Ana herself opens.");
    assert_eq!(answer.field(&format!("answer-{two}")), "Two of them.");
    marcus.get(&interviews).await.does_not_say("Two of them.");
    // Too long: kept, and said at its box.
    let long = "y".repeat(4_001);
    let answer = post(&marcus, &answers, send(&marcus.get(&interviews).await, &long, "Short")).await;
    answer.is(422).says("Short");

    // What is answered stays, with who answered it.
    marcus.post_and_follow(&story.path(&format!("/interviews/questions/{one}/remove")), &[]).await.says("so it stays");
    marcus.post_and_follow(&story.path(&format!("/interviews/people/{ana}/remove")), &[]).await.says("so it stays");
    assert_eq!(story.count("select count(*) from interview_questions where replied_at is not null").await, 2);

    // Straight against the database, too.
    for (set, refused) in [
        ("replied_at = null", "an_answer_in_an_interview_says_when_and_by_whom"),
        ("reply = ''", "an_answer_in_an_interview_says_when_and_by_whom"),
        ("words = ''", "a_question_of_an_interview_has_1_to_300_characters"),
        ("words = 'The same'", "a_question_is_put_to_somebody_once"),
    ] {
        let done = story.run(&format!("update interview_questions set {set}")).await;
        assert!(done.unwrap_err().to_string().contains(refused), "{set}");
    }
}

#[tokio::test]
async fn a_visit_is_written_up_and_leaves_something_to_try() {
    let story = Story::begin(HOST).await;
    let (marcus, hana) = (story.browser(story.world.marcus).await, story.browser(story.world.hana).await);
    let (after, report) = (story.path("/after"), story.path("/report"));
    // Rule 7: nothing of it before the day.
    hana.get(&after).await.is(200).says("once you have said that it took place").does_not_say("name=\"learned\"");
    let early = hana.post(&report, &[("learned", "Too early"), ("to_try", "Soon")]).await;
    early.is(422).says("once it took place").says("What you typed").says("Too early").says("Soon");
    let early =
        story.run("update field_trips set reported_on = on_date - 1, state = 'reported', completed_on = on_date").await;
    assert!(early.unwrap_err().to_string().contains("a_report_comes_after_the_trip_took_place"));
    assert_eq!(story.count("select count(*) from field_trips where learned <> '' or to_try <> ''").await, 0);

    story.it_took_place().await;
    hana.get("/").await.does_not_say(&after);
    assert_eq!(marcus.get("/").await.link("Write up what you saw"), after);
    let page = hana.get(&after).await;
    page.says("What did you learn?").says("Nobody is named whom you asked").says("Nobody has thanked them yet");
    let answer = hana.post(&report, &[("learned", ""), ("to_try", "Greet people first")]).await;
    answer.is(422).says("Enter what you learned");
    assert_eq!(answer.field("to_try"), "Greet people first");
    let long = "x".repeat(201);
    hana.post(&report, &[("learned", "They rotate."), ("to_try", &long)]).await.is(422).says("They rotate.");
    let typed = [("learned", "They rotate the desk."), ("to_try", "Greet people first")];
    let page = hana.post_and_follow(&report, &typed).await;
    page.says("Written up.")
        .says("They rotate the desk.")
        .says("One thing we will try")
        .does_not_say("name=\"learned\"");
    // It is written once; what another typed meanwhile is theirs to take along, and the same form twice loses nothing.
    let again = marcus.post(&report, &[("learned", "Once more"), ("to_try", "Another")]).await;
    again.is(422).says("Somebody wrote it up while you typed").says("They rotate the desk.");
    again.says("What you typed").says("Once more").says("Another");
    hana.post_and_follow(&report, &typed).await.says("had changed");
    let trip = marcus.get(&story.path("")).await;
    trip.says("They rotate the desk.").says("Greet people first").does_not_say("Once more").does_not_say("Another");

    // One step makes it an action; whose it is and by when is theirs to say.
    let action = marcus.get(&marcus.get(&after).await.link("Make it an action")).await;
    assert_eq!(action.field("words"), "Greet people first");
    let form = [
        ("id", action.field("id")),
        ("words", action.field("words")),
        ("owner", story.world.marcus.participation.to_string()),
        ("due_on", day(30)),
    ];
    let new = format!("{}/actions/new", story.world.group_path());
    marcus.post_and_follow(&new, &borrowed(&form)).await.says("Greet people first");
    let unknown = format!("{new}?trip={}", Uuid::now_v7());
    marcus.get(&unknown).await.is(404);
}

#[tokio::test]
async fn of_two_who_write_up_one_visit_neither_loses_a_word() {
    let story = Story::begin(HOST).await;
    story.it_took_place().await;
    let (marcus, hana) = (story.browser(story.world.marcus).await, story.browser(story.world.hana).await);
    let report = story.path("/report");
    marcus.post_and_follow(&report, &[("learned", "They rotate."), ("to_try", "")]).await.says("Written up.");
    // Hana's page still has both boxes. One of them is closed by now: nothing of hers is written, all of it is kept.
    let both = [("learned", "Queues are KIND"), ("to_try", "Stand up")];
    let page = hana.post(&report, &both).await;
    page.is(422).does_not_say("Written up.").says("They rotate.").says("Queues are KIND");
    assert_eq!(page.field("to_try"), "Stand up", "the open box keeps its words");
    assert_eq!(story.count("select count(*) from field_trips where to_try <> ''").await, 0);
    // Sent again from that page, the box that is open is written.
    hana.post_and_follow(&report, &[("to_try", page.field("to_try").as_str())]).await.says("Stand up");
    assert_eq!(story.count("select count(*) from field_trips where learned = 'They rotate.'").await, 1);
}

#[tokio::test]
async fn of_an_observation_each_of_the_two_writes_their_own_side() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let (_, elements) = goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let story = Story { app, world, trip: Uuid::now_v7() };
    let (marcus, priya) = (story.browser(story.world.marcus).await, story.browser(story.world.priya).await);
    let hana = story.browser(story.world.hana).await;
    let form = [
        ("id", story.trip.to_string()),
        ("kind", "observation".to_owned()),
        ("observed", story.world.priya.participation.to_string()),
        ("observer", story.world.marcus.participation.to_string()),
        ("purpose", "The first ten minutes".to_owned()),
        ("on_date", day(7)),
        ("reach", "here".to_owned()),
        ("focus", elements[0].to_string()),
    ];
    priya.post(&format!("{}/trips/new", story.world.group_path()), &borrowed(&form)).await.is(303);
    priya.post(&story.path("/confirm"), &[]).await.is(303);
    marcus.post_and_follow(&story.path("/interviews"), &[("name", "Ana")]).await.says("had changed");
    marcus.open(&story.path("/interviews")).await.says("Nobody is interviewed at an observation");
    story.app.advance(Duration::days(8));
    priya.post(&story.path("/took-place"), &[("completed_on", &day(7))]).await.is(303);

    // Priya says what she will try, Marcus what he learned; neither writes the other's side, and Hana none.
    let (after, report) = (story.path("/after"), story.path("/report"));
    priya.get(&after).await.says("What will you try?").does_not_say("name=\"learned\"").says("Marcus and you can read");
    priya.post(&report, &[("learned", "His side"), ("to_try", "")]).await.is(422).says("Enter one thing to try");
    hana.post(&report, &[("to_try", "Hers")]).await.is(403);
    let typed = [("learned", "His side"), ("to_try", "Wait SIX SECONDS")];
    priya.post_and_follow(&report, &typed).await.says("Wait SIX SECONDS").does_not_say("His side");
    let page = marcus.get(&after).await;
    page.says("What did you learn?").says("One thing Priya will try").does_not_say("name=\"to_try\"");
    let typed = [("learned", "Silence is LONG"), ("to_try", "His words"), ("debriefed_on", day(8).as_str())]
        .map(|(name, value)| (name, value.to_owned()));
    marcus.post_and_follow(&report, &borrowed(&typed)).await.says("Silence is LONG").says("That is all");
    assert_eq!(story.count("select count(*) from field_trips where to_try = 'Wait SIX SECONDS'").await, 1);

    // The two alone read it; only Priya makes an action of her line.
    for page in ["", "/after", "/thanks", "/share", "/return"] {
        let page = hana.get(&story.path(page)).await;
        page.is(200).does_not_say("SIX SECONDS").does_not_say("Silence is LONG");
    }
    let action = format!("{}/actions/new?trip={}", story.world.group_path(), story.trip);
    marcus.get(&after).await.does_not_say("Make it an action");
    marcus.get(&action).await.is(404);
    hana.get(&action).await.is(404);
    let page = priya.get(&priya.get(&after).await.link("Make it an action")).await;
    page.says("as much of it as your group may read");
    assert_eq!(page.field("words"), "Wait SIX SECONDS");
    // It has no host to thank, nothing for the program, and nobody to come in return.
    marcus.post_and_follow(&story.path("/thanks"), &[("message", "Hi")]).await.says("An observation has no host");
    marcus.post_and_follow(&story.path("/share"), &[("words", "All of it")]).await.says("had changed");
    marcus.post_and_follow(&story.path("/return"), &[("how", "unneeded")]).await.says("no return visit");
    assert_eq!(story.count("select count(*) from host_thanks").await, 0);
    assert_eq!(story.count("select count(*) from shared_reports").await, 0);
    assert_eq!(story.count("select count(*) from return_visits").await, 0);
}

#[tokio::test]
async fn the_host_is_thanked_once_in_the_words_of_one_of_them() {
    let story = Story::begin(HOST).await;
    let (marcus, hana) = (story.browser(story.world.marcus).await, story.browser(story.world.hana).await);
    let thanks = story.path("/thanks");
    // Not before it took place, on the page or by a form.
    marcus.get(&thanks).await.says("once you have said that it took place").does_not_say("name=\"message\"");
    marcus.post_and_follow(&thanks, &[("message", "Early")]).await.says("Nothing was sent");
    assert!(story.app.deliver_mail().await.is_empty());
    story.it_took_place().await;
    marcus.post(&story.path("/report"), &[("learned", "QUIETLY they rotate")]).await.is(303);

    let page = marcus.get(&thanks).await;
    page.says("noor@harrowgate.example, once");
    let draft = page.field("message");
    assert!(draft.contains("Noor Haddad") && draft.contains("Marcus") && !draft.contains("QUIETLY"), "{draft}");
    marcus.post(&thanks, &[("message", " ")]).await.is(422).says("Enter what you want to say");
    let words = [("message", "Dear Noor,\n\nthank you for the tea.\n\nMarcus"), ("do", "send")];
    marcus.post_and_follow(&thanks, &words).await.says("You thanked them by email").says("thank you for the tea");
    // Twice, or by another: once.
    marcus.post_and_follow(&thanks, &words).await.says("Nothing was sent");
    let page = hana.post_and_follow(&thanks, &[("message", "From Hana"), ("do", "send")]).await;
    page.says("Marcus thanked them by email on 5 May").does_not_say("the tea").does_not_say("name=\"message\"");
    let emails = story.app.deliver_mail().await;
    assert_eq!(emails.len(), 1);
    let email = email_to(&emails, HOST);
    assert_eq!(email.subject, "Marcus Delacroix-Boone thanks you");
    assert!(email.text.contains("thank you for the tea.") && email.html.contains("thank you for the tea."));
    assert!(!email.text.contains("QUIETLY") && !email.text.contains("http"), "{}", email.text);
    hana.get(&story.path("/after")).await.says("Marcus thanked them by email");

    // It came back: that is told, and thanks in another way can be noted, without any words.
    story
        .run("update outbox set outcome = 'refused', last_error = '550 no such box' where kind = 'host_thanked'")
        .await
        .unwrap();
    hana.get(&thanks).await.says("did not reach them").says("550 no such box").says("We thanked them");
    hana.get(&story.path("/after")).await.says("did not reach them");
    hana.post_and_follow(&thanks, &[("do", "otherwise")]).await.says("You thanked them on 5 May");
    assert_eq!(story.count("select count(*) from host_thanks where message = '' and not by_email").await, 1);
    let done = story.run("update host_thanks set message = 'x'").await;
    assert!(done.unwrap_err().to_string().contains("only_thanks_by_email_have_words_here"));
}

#[tokio::test]
async fn without_an_address_the_words_are_copied_and_who_was_erased_wrote_nothing() {
    let story = Story::begin("").await;
    story.it_took_place().await;
    let marcus = story.browser(story.world.marcus).await;
    let thanks = story.path("/thanks");
    let page = marcus.get(&thanks).await;
    page.says("Copy the words").says("thank you for having us").does_not_say("Send your thanks");
    marcus.post_and_follow(&thanks, &[("message", "By email all the same")]).await.says("Nothing was sent");
    marcus
        .post_and_follow(&thanks, &[("do", "otherwise"), ("words", "Kept nowhere")])
        .await
        .says("You thanked them on");
    assert_eq!(story.count("select count(*) from host_thanks where message = ''").await, 1);
    assert!(story.app.deliver_mail().await.is_empty());

    // A letter of somebody who is erased before it is sent says nothing, and is not sent.
    let story = Story::begin(HOST).await;
    story.it_took_place().await;
    let marcus = story.browser(story.world.marcus).await;
    marcus.post(&story.path("/report"), &[("learned", "They rotate.")]).await.is(303);
    marcus.post(&story.path("/thanks"), &[("message", "Hidden TEA"), ("do", "send")]).await.is(303);
    marcus.post(&story.path("/share"), &[("words", "Hidden RAIN")]).await.is(303);
    let file = marcus.get("/account/data.json").await;
    for word in ["Hidden TEA", "Hidden RAIN"] {
        assert!(file.html.contains(word), "{word} can be taken along");
    }
    marcus.post(&story.path("/interviews"), &[("id", &Uuid::now_v7().to_string()), ("name", "Ana Ruiz")]).await.is(303);
    assert!(marcus.get("/account/data.json").await.html.contains("Ana Ruiz"));
    marcus.post("/account/erase", &[("email", "marcus@larkspur.example")]).await.is(303);
    let emails = story.app.deliver_mail().await;
    assert!(emails.iter().all(|email| email.to.email != HOST), "{emails:?}");
    assert_eq!(story.count("select count(*) from host_thanks where message <> ''").await, 0);
    assert_eq!(story.count("select count(*) from shared_reports").await, 0);
    story.browser(story.world.hana).await.get(&story.path("/thanks")).await.is(200).does_not_say("TEA");
}

#[tokio::test]
async fn the_program_reads_of_a_visit_once_all_who_went_agree() {
    let story = Story::begin(HOST).await;
    let (priya, marcus) = (story.browser(story.world.priya).await, story.browser(story.world.marcus).await);
    let hana = story.browser(story.world.hana).await;
    let (imogen, tobias) = (story.app.browser_of(story.world.imogen).await, story.browser(story.world.tobias).await);
    let (share, yes) = (story.path("/share"), story.path("/share/yes"));
    let shelf = format!("{}/visits", story.world.program_path());
    let desk = format!("{}/shared-visits", story.world.program_path());
    story.ana().await;
    marcus.get(&share).await.says("There is nothing to share yet");
    marcus.post_and_follow(&share, &[("words", "Too early")]).await.says("had changed");
    story.it_took_place().await;
    let typed = [("learned", "They rotate the desk."), ("to_try", "Greet people first")];
    marcus.post(&story.path("/report"), &typed).await.is(303);

    // Hana did not go; she may put it into words, and those who went decide.
    let page = hana.get(&share).await;
    page.says("everybody who went, and is in the group, has agreed")
        .says("Answers of the people you met stay with you");
    let draft = page.field("words");
    assert!(draft.contains("They rotate the desk.") && draft.contains("Greet people first") && !draft.contains("Ana"));
    hana.post(&share, &[("words", "")]).await.is(422).says("Enter what the program may read");
    hana.post_and_follow(&share, &[("words", "They ROTATE.")]).await.says("Still to agree: Marcus and Priya");
    imogen.get(&desk).await.is(200).does_not_say("ROTATE");
    tobias.get(&shelf).await.is(200).does_not_say("ROTATE");
    let seen = hana.get(&share).await.html.split("name=\"seen\" value=\"").nth(1).map(str::to_owned);
    assert!(seen.is_none(), "who did not go has nothing to agree to");
    hana.post(&yes, &[("seen", &marcus.get(&share).await.field("seen"))]).await.is(403);
    // A yes is for the words that were shown, and for no others.
    let old = marcus.get(&share).await.field("seen");
    story.app.advance(Duration::minutes(1));
    hana.post(&share, &[("words", "They ROTATE the desk.")]).await.is(303);
    marcus.post_and_follow(&yes, &[("seen", &old)]).await.says("had changed").says("Do you agree to these words?");
    let now = marcus.get(&share).await.field("seen");
    marcus.post_and_follow(&yes, &[("seen", &now)]).await.says("You agreed").says("Still to agree: Priya");
    marcus.post(&yes, &[("seen", &now)]).await.is(303);
    imogen.get(&desk).await.does_not_say("ROTATE");
    priya.get(&story.path("/after")).await.says("They wait for your yes");
    let home = priya.get("/").await;
    home.says("May the program read this?");
    assert_eq!(home.link("Read and answer"), share);
    hana.get("/").await.does_not_say("May the program read this?");
    priya.post_and_follow(&yes, &[("seen", &now)]).await.says("Shared.").says("The program reads this");

    // Coordinators and peers read the words, whose visit it was and when; never who was met.
    for (browser, path) in [(&imogen, &desk), (&tobias, &shelf)] {
        let page = browser.get(path).await;
        page.is(200).says("They ROTATE the desk.").says("Reading Room: A site visit").says("4 May 2026");
        page.does_not_say("Ana").does_not_say("Harrowgate").does_not_say("Greet people");
    }
    tobias.get(&desk).await.is(403);
    story.app.browser_of(story.world.olga).await.get(&shelf).await.is(404);
    // Nobody changes what is shared under the others' yes; any of them takes it back.
    hana.post_and_follow(&share, &[("words", "Something else")]).await.says("had changed");
    hana.post_and_follow(&story.path("/share/take-back"), &[]).await.says("Taken back");
    hana.post_and_follow(&story.path("/share/take-back"), &[]).await.says("had changed");
    imogen.get(&desk).await.is(200).does_not_say("ROTATE").says("No group has shared");
    tobias.get(&shelf).await.does_not_say("ROTATE");
    assert_eq!(story.count("select count(*) from shared_report_yeses").await, 0);
    // And it can be proposed anew; where only one who went is left, their word is enough.
    story.run("delete from trip_goers where participation_id in (select t.id from participations t join people p on p.id = t.person_id where p.name like 'Priya%')").await.unwrap();
    marcus.post_and_follow(&share, &[("words", "They ROTATE.")]).await.says("Shared.");
}

/// The guests come to the group: no host to thank, and nobody owes another visit.
async fn guests_are_owed_nothing(story: &Story, (id, trip): (Uuid, &str), [marcus, hana]: [&Browser<'_>; 2]) {
    sqlx::query(
        "update field_trips set state = 'completed', confirmed_on = on_date, completed_on = on_date where id = $1",
    )
    .bind(id)
    .execute(&story.app.app.db)
    .await
    .unwrap();
    marcus.get(trip).await.does_not_say("Return visit");
    marcus.get(&format!("{trip}/after")).await.does_not_say("thank the host").does_not_say("The return visit");
    marcus.post(&format!("{trip}/thanks"), &[("do", "otherwise")]).await.is(303);
    marcus.post_and_follow(&format!("{trip}/return"), &[("how", "unneeded")]).await.says("no return visit to speak of");
    let none: (i64, i64) = sqlx::query_as(
        "select (select count(*) from return_visits where trip_id = $1), (select count(*) from host_thanks where trip_id = $1)",
    )
    .bind(id)
    .fetch_one(&story.app.app.db)
    .await
    .unwrap();
    assert_eq!(none, (0, 0));
    hana.get(&story.world.group_path()).await.does_not_say(WAITS);
    sqlx::query("update field_trips set state = 'planned', completed_on = null where id = $1")
        .bind(id)
        .execute(&story.app.app.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn who_went_takes_a_shared_report_back_whatever_became_of_their_part() {
    let story = Story::begin(HOST).await;
    story.it_took_place().await;
    let (share, shelf) = (story.path("/share"), format!("{}/visits", story.world.program_path()));
    let take_back = format!("{shelf}/{}/take-back", story.trip);
    let hana = story.browser(story.world.hana).await;
    let typed = [("learned", "They rotate."), ("to_try", "")];
    hana.post(&story.path("/report"), &typed).await.is(303);
    let id = story.world.marcus.participation;
    for (back, sql) in [
        ("joined", format!("update participations set state = 'on_hold' where id = '{id}'")),
        ("joined", "update programs set state = 'archived'".to_owned()),
        ("joined", format!("update participations set state = 'withdrawn' where id = '{id}'")),
    ] {
        let (priya, marcus) = (story.browser(story.world.priya).await, story.browser(story.world.marcus).await);
        priya.post(&share, &[("words", "They ROTATE the desk.")]).await.is(303);
        let seen = marcus.get(&share).await.field("seen");
        marcus.post_and_follow(&format!("{share}/yes"), &[("seen", &seen)]).await.says("Shared.");
        story.run(&sql).await.unwrap();
        // Through the group it cannot be done any more; on the page of the program it can, by those who went.
        marcus.post(&format!("{share}/take-back"), &[]).await;
        assert_eq!(story.count("select count(*) from shared_reports").await, 1, "{sql}");
        for other in [story.world.hana, story.world.tobias] {
            let other = story.browser(other).await;
            other.get(&shelf).await.is(200).does_not_say("Yours to take back");
            other.post_and_follow(&take_back, &[]).await.says("nothing of yours");
        }
        story.app.browser_of(story.world.imogen).await.post(&take_back, &[]).await.is(403);
        story.app.browser_of(story.world.olga).await.post(&take_back, &[]).await.is(404);
        assert_eq!(story.count("select count(*) from shared_reports").await, 1, "{sql}");
        marcus.get(&shelf).await.is(200).says("Yours to take back").says("The program reads it");
        marcus.post_and_follow(&take_back, &[]).await.says("Taken back").does_not_say("ROTATE");
        assert_eq!(story.count("select count(*) from shared_reports").await, 0, "{sql}");
        story.run(&format!("update participations set state = '{back}' where id = '{id}'")).await.unwrap();
        story.run("update programs set state = 'active'").await.unwrap();
    }
}

#[tokio::test]
async fn the_return_visit_waits_until_it_is_planned_done_or_not_needed() {
    let story = Story::begin(HOST).await;
    let (marcus, hana) = (story.browser(story.world.marcus).await, story.browser(story.world.hana).await);
    let returns = story.path("/return");
    let list = story.world.group_path();
    marcus.get(&returns).await.says("once it took place").does_not_say("name=\"how\"");
    marcus.post_and_follow(&returns, &[("how", "unneeded")]).await.says("no return visit to speak of yet");
    marcus.get(&list).await.does_not_say(WAITS);
    story.it_took_place().await;
    marcus.get(&list).await.says(WAITS);
    marcus.get(&story.path("")).await.says("Will they come and see you?");
    marcus.post(&returns, &[("how", "")]).await.is(422).says("Choose how it stands");
    marcus.post(&returns, &[("how", "planned"), ("planned_on", &day(14))]).await.is(422).says("This day is past");
    marcus.post(&returns, &[("how", "done"), ("done_on", &day(16))]).await.is(422).says("yet to come");
    marcus.post(&returns, &[("how", "done"), ("done_on", &day(13))]).await.is(422).says("from your own visit on");
    let planned = [("how", "planned"), ("planned_on", &day(20)), ("done_on", "nonsense")];
    marcus.post_and_follow(&returns, &planned).await.says("They come to see you on");
    hana.get(&list).await.does_not_say(WAITS);
    // The day passes, and nobody says that they came: it waits again.
    story.app.advance(Duration::days(6));
    hana.get(&list).await.says(WAITS);
    hana.get(&story.path("")).await.says("Did they come?");
    hana.post_and_follow(&returns, &[("how", "done"), ("done_on", &day(20))]).await.says("They came to see you on");
    hana.post_and_follow(&returns, &[("how", "unneeded")]).await.says("You agreed that none is needed");
    hana.get(&list).await.does_not_say(WAITS);

    // Planned as a trip of theirs: prefilled, turned round, and bound to this one.
    let form = hana.get(&hana.get(&returns).await.link("Plan it as a trip")).await;
    assert_eq!(form.field("host_person"), "Noor Haddad");
    assert_eq!(form.field("returns"), story.trip.to_string());
    let id = Uuid::parse_str(&form.field("id")).unwrap();
    let mut plan = story.plan(id, HOST);
    plan.retain(|(name, _)| *name != "on_date");
    plan.extend([("on_date", day(30)), ("returns", story.trip.to_string())]);
    hana.post(&format!("{}/trips/new", story.world.group_path()), &borrowed(&plan)).await.is(303);
    let page = marcus.get(&story.path("/after")).await;
    page.says("They come to see you on Wednesday 20 May");
    let trip = page.link("Open the return visit");
    assert!(trip.ends_with(&id.to_string()));
    guests_are_owed_nothing(&story, (id, &trip), [&marcus, &hana]).await;
    marcus.post(&format!("{trip}/cancel"), &[]).await.is(303);
    marcus.get(&list).await.says(WAITS);

    // Straight against the database, too.
    for (set, refused) in [
        ("how = 'unneeded'", "a_return_visit_has_a_day_or_a_trip_unless_it_is_unneeded"),
        ("on_date = '2026-05-20'", "a_return_visit_has_a_day_or_a_trip_unless_it_is_unneeded"),
        ("how = 'done'", "a_return_visit_that_is_a_trip_is_planned"),
        ("return_trip_id = trip_id", "a_return_visit_is_another_trip"),
    ] {
        let done = story.run(&format!("update return_visits set {set}")).await;
        assert!(done.unwrap_err().to_string().contains(refused), "{set}");
    }
    // No trip of another group becomes the return visit of this one.
    let tobias = story.browser(story.world.tobias).await;
    let foreign = Uuid::now_v7();
    let mut plan = story.plan(foreign, "");
    plan.retain(|(name, _)| *name != "goers");
    plan.extend([("goers", story.world.tobias.participation.to_string()), ("returns", story.trip.to_string())]);
    let new = format!("{}/groups/{}/trips/new", story.world.program_path(), story.world.card_catalog);
    tobias.post(&new, &borrowed(&plan)).await.is(303);
    marcus.get(&story.path("/after")).await.does_not_say(&foreign.to_string());
    tobias.get(&format!("{new}?kind=site_visit&returns={}", story.trip)).await.is(404);
}

/// Rule 8.
#[tokio::test]
async fn who_came_later_reads_what_is_written_since() {
    let story = Story::begin(HOST).await;
    let ana = story.ana().await;
    story.it_took_place().await;
    let (marcus, hana) = (story.browser(story.world.marcus).await, story.browser(story.world.hana).await);
    let page = marcus.get(&story.path("/interviews")).await;
    let [one, two] = Story::boxes(&page).try_into().unwrap();
    let answer = [
        (format!("answer-{one}"), "With a quillwort".to_owned()),
        (format!("seen-{one}"), page.field(&format!("seen-{one}"))),
    ];
    let answer: Vec<(&str, &str)> = answer.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    marcus.post(&story.path("/interviews/answers"), &answer).await.is(303);
    let typed = [("learned", "A quillwort rotates."), ("to_try", "Greet a quillwort")];
    marcus.post(&story.path("/report"), &typed).await.is(303);
    marcus.post(&story.path("/share"), &[("words", "For all: quillwort")]).await.is(303);
    // Hana, as if she had come on the day after all this.
    sqlx::query("update memberships set joined_on = $1::date where participation_id = $2")
        .bind(see_also::base::local_time::parse_date(&day(16)))
        .bind(story.world.hana.participation)
        .execute(&story.app.app.db)
        .await
        .unwrap();
    story.app.advance(Duration::days(1));
    for page in ["", "/interviews", "/after", "/thanks", "/share", "/return"] {
        let page = hana.get(&story.path(page)).await;
        page.is(200).does_not_say("quillwort").does_not_say("Ana").does_not_say("How do you begin").does_not_say(HOST);
    }
    hana.get(&story.path("/interviews")).await.says("Some of this was written before you came");
    hana.get(&story.path("/share")).await.says("The words were proposed before you came");
    hana.post_and_follow(&story.path("/share"), &[("words", "Mine")]).await.says("had changed");
    hana.get(&format!("{}/actions/new?trip={}", story.world.group_path(), story.trip)).await.is(404);
    hana.post(&story.path(&format!("/interviews/people/{ana}")), &[("name", "Mine")]).await.is(404);
    hana.post_and_follow(&story.path("/thanks"), &[("message", "Mine")]).await.says("Nothing was sent");
    // An answer that Marcus writes today she reads, without the question from before.
    let page = marcus.get(&story.path("/interviews")).await;
    let answer = [
        (format!("answer-{two}"), "The Monday report".to_owned()),
        (format!("seen-{two}"), page.field(&format!("seen-{two}"))),
    ];
    let answer: Vec<(&str, &str)> = answer.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    marcus.post(&story.path("/interviews/answers"), &answer).await.is(303);
    let page = hana.get(&story.path("/interviews")).await;
    page.says("The Monday report").says("A question from before you came").says("Somebody named before you came");
    page.does_not_say("What would you drop").does_not_say("Ana");
}
