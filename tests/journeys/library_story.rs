//! Nobody faces an empty box: a goal begins from an example, an element from the library, a visit from questions.
use crate::support::{
    TestApp,
    world::{World, goal_with_elements},
};
use see_also::base::ids::LibraryEntryId;
use see_also::features::{
    elements::MOST_ELEMENTS,
    library::{EXAMPLES, Entry, EntryKind, KINDS, merged, shipped_name},
};

#[tokio::test]
async fn a_goal_begins_from_an_example_and_an_element_from_the_library() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let priya = app.browser_of(world.priya.person).await;
    let new = format!("{}/goals/new", world.group_path());
    priya.get(&new).await.is(200).says("Examples to adapt").says("Begin from this");
    for one in EXAMPLES {
        let page = priya.get(&format!("{new}?example={}", one.name)).await;
        page.is(200);
        assert_eq!(page.field("title"), one.title);
        assert!(page.html.contains(one.statement) && page.html.contains(one.measure), "{}", one.name);
        assert!(one.elements.iter().all(|element| page.html.contains(element)), "{}", one.name);
    }
    // One that is not there is a form like any other.
    assert_eq!(priya.get(&format!("{new}?example=none")).await.is(200).field("title"), "");

    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let goal = format!("{}/goals/{goal}", world.group_path());
    priya.get(&goal).await.says("Choose from the library").says("Reference desk");
    let chosen = priya.get(&format!("{goal}?element=One+point+per+slide")).await;
    assert_eq!(chosen.field("element"), "One point per slide");
    // What anybody puts into an address is words, and nothing is proposed by looking.
    let odd = priya.get(&format!("{goal}?element=%22%3E%3Cscript%3E")).await;
    odd.is(200);
    assert!(!odd.html.contains("\"><script>"));
    let there: i64 = sqlx::query_scalar("select count(*) from elements").fetch_one(&app.app.db).await.unwrap();
    assert_eq!(there, 1);

    let plan = format!("{}/trips/new?kind=interview", world.group_path());
    priya.get(&plan).await.is(200).says("Questions to borrow").says("What do you send out beforehand?");
}

#[test]
fn what_the_library_holds_fits_where_it_goes() {
    assert_eq!(KINDS.len(), 5);
    let whole = merged(&[], &[]);
    assert_eq!(whole.kinds.len(), KINDS.len());
    for one in EXAMPLES {
        assert_eq!(whole.example(one.name).unwrap().title, one.title);
        assert!(one.elements.len() <= MOST_ELEMENTS && one.title.chars().count() <= 160);
        assert!(!one.of_group || one.elements.is_empty(), "a group's elements are about somebody");
    }
    for kind in KINDS {
        assert!(kind.elements.iter().all(|element| element.chars().count() <= 120));
        assert!(!kind.elements.is_empty() && !kind.questions.is_empty());
    }
}

#[test]
fn a_program_has_what_ships_without_what_is_off_and_with_what_it_added() {
    let entry = |kind, work: &str, title: &str| Entry {
        id: LibraryEntryId::generate(),
        kind,
        work: work.to_owned(),
        title: title.to_owned(),
        of_group: false,
        statement: String::new(),
        measure: String::new(),
        elements: "One\nTwo".to_owned(),
    };
    let off: Vec<String> = KINDS[1]
        .elements
        .iter()
        .map(|words| shipped_name(EntryKind::Element, KINDS[1].name, words))
        .chain(KINDS[1].questions.iter().map(|words| shipped_name(EntryKind::Question, KINDS[1].name, words)))
        .chain([shipped_name(EntryKind::Goal, "", EXAMPLES[0].name)])
        .collect();
    let own = [
        entry(EntryKind::Goal, "", "Ours"),
        entry(EntryKind::Element, "teaching", "Board work"),
        entry(EntryKind::Question, "Archives", "What do you throw away?"),
    ];
    let library = merged(&off, &own);
    assert!(library.example(EXAMPLES[0].name).is_none());
    assert_eq!(library.example(&own[0].id.to_string()).unwrap().elements, ["One", "Two"]);
    let names: Vec<&str> = library.kinds.iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(names, ["Teaching", "Presenting", "Writing", "Leading a meeting", "Archives"]);
    assert_eq!(library.kinds[0].elements.last().unwrap(), "Board work");
    assert!(library.kinds[4].elements.is_empty());
}

#[tokio::test]
async fn a_coordinator_changes_what_peers_begin_from() {
    let app = TestApp::start().await;
    let world = World::build(&app).await;
    let imogen = app.browser_of(world.imogen).await;
    let priya = app.browser_of(world.priya.person).await;
    let library = format!("/programs/{}/library", world.program);
    let page = imogen.get(&library).await;
    page.is(200).says("Goals to adapt").says("Reference desk").says("Speaking pace");
    imogen.get(&format!("/programs/{}/settings", world.program)).await.says("What peers can begin from");

    // Off, and on again.
    let (goal, _) = goal_with_elements(&app.app.db, &world, world.priya, &["Pace"]).await;
    let goal = format!("{}/goals/{goal}", world.group_path());
    let name = shipped_name(EntryKind::Element, "Teaching", "Speaking pace");
    let switch = format!("{library}/shipped");
    imogen.post_and_follow(&switch, &[("name", &name)]).await.says("It is no longer offered.").says("Offer again");
    priya.get(&goal).await.does_not_say("Speaking pace").says("Opening question");
    imogen.post_and_follow(&switch, &[("name", &name), ("on", "yes")]).await.says("It is offered again.");
    priya.get(&goal).await.says("Speaking pace");
    imogen.post(&switch, &[("name", "element, Teaching: Juggling")]).await.is(404);

    // Of its own: mistakes are told at their fields, and nothing typed is lost.
    let id = uuid::Uuid::now_v7().to_string();
    let wrong = [("id", id.as_str()), ("kind", "goal"), ("title", "Labels that everybody reads"), ("elements", "Size")];
    let again = imogen.post(&library, &wrong).await;
    again.is(422).says("Enter what is to be reached").says("Choose whose goal it is");
    assert!(again.html.contains("Labels that everybody reads"));
    let right = [
        ("id", id.as_str()),
        ("kind", "goal"),
        ("title", "Labels that everybody reads"),
        ("whose", "own"),
        ("statement", "I label one exhibition so that a child can read it."),
        ("measure", "Three children did."),
        ("elements", "Size of the type\nFirst word"),
    ];
    imogen.post_and_follow(&library, &right).await.says("Added. Peers find it in their forms.");
    imogen.post_and_follow(&library, &right).await.is(200);
    let new = format!("{}/goals/new", world.group_path());
    priya.get(&new).await.says("I label one exhibition");
    let begun = priya.get(&format!("{new}?example={id}")).await;
    assert_eq!(begun.field("title"), "Labels that everybody reads");
    assert!(begun.html.contains("First word"));
    let question = uuid::Uuid::now_v7().to_string();
    let ask =
        [("id", question.as_str()), ("kind", "question"), ("work", "Archives"), ("title", "What do you throw away?")];
    imogen.post_and_follow(&library, &ask).await.says("What do you throw away?");
    let plan = format!("{}/trips/new?kind=interview", world.group_path());
    priya.get(&plan).await.says("Archives").says("What do you throw away?");

    // Changed and removed.
    let change = [("work", "Archives"), ("title", "What do you keep?")];
    imogen.post(&format!("{library}/{question}"), &[("work", ""), ("title", "")]).await.is(422);
    imogen.post_and_follow(&format!("{library}/{question}"), &change).await.says("What do you keep?");
    imogen.post_and_follow(&format!("{library}/{question}/remove"), &[]).await.says("Removed.");
    imogen.post(&format!("{library}/{question}/remove"), &[]).await.is(404);
    priya.get(&plan).await.does_not_say("What do you keep?");
    let left: Vec<i64> =
        sqlx::query_scalar("select count(*) from library_entries union all select count(*) from library_off")
            .fetch_all(&app.app.db)
            .await
            .unwrap();
    assert_eq!(left, [1, 0], "only the differences are kept");
    priya.get(&library).await.is(403);
}
