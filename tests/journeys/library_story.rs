//! Nobody faces an empty box: a goal begins from an example, an element from the library, a visit from questions.
use crate::support::{
    TestApp,
    world::{World, goal_with_elements},
};
use see_also::features::{
    elements::MOST_ELEMENTS,
    library::{EXAMPLES, KINDS, example},
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
    for one in EXAMPLES {
        assert_eq!(example(one.name), Some(one));
        assert!(one.elements.len() <= MOST_ELEMENTS && one.title.chars().count() <= 160);
        assert!(!one.of_group || one.elements.is_empty(), "a group's elements are about somebody");
    }
    for kind in KINDS {
        assert!(kind.elements.iter().all(|element| element.chars().count() <= 120));
        assert!(!kind.elements.is_empty() && !kind.questions.is_empty());
    }
}
