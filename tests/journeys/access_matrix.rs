//! Every route, for every kind of visitor, with their own ids, those of another program, and
//! ids of nothing. A route that is missing here fails, and so does a visitor without an answer.
use crate::support::{Browser, TestApp, world, world::World};
use see_also::{base::ids::PersonId, routes, web::routing::Who};
use std::collections::BTreeMap;

/// Who comes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Visitor {
    Nobody,
    Stranger,
    SiteAdmin,
    /// Coordinates this program and has the right to create others.
    Coordinator,
    OtherCoordinator,
    Contact,
    Member,
    OtherGroup,
    OtherProgram,
    /// Joined, waits for a supervisor.
    Waiting,
    Invited,
    OnHold,
    /// Has left this very group.
    Former,
}

/// What they get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Get {
    /// A page of ours, or on to one.
    In,
    SignIn,
    NotAllowed,
    NotFound,
}

use Get::{In, NotAllowed, NotFound, SignIn};
use Visitor::{
    Contact, Coordinator, Former, Invited, Member, Nobody, OnHold, OtherCoordinator, OtherGroup, OtherProgram,
    SiteAdmin, Stranger, Waiting,
};

const VISITORS: [Visitor; 13] = [
    Nobody,
    Stranger,
    SiteAdmin,
    Coordinator,
    OtherCoordinator,
    Contact,
    Member,
    OtherGroup,
    OtherProgram,
    Waiting,
    Invited,
    OnHold,
    Former,
];

/// The whole expectation, as domain terms put it; written here again, apart from the code that enforces it.
fn expected(who: Who, visitor: Visitor) -> Get {
    let outside = matches!(visitor, Stranger | SiteAdmin | OtherCoordinator | OtherProgram);
    match who {
        Who::Anyone => In,
        Who::LinkHolder => NotFound,
        _ if visitor == Nobody => SignIn,
        Who::SignedIn => In,
        Who::SiteAdmin if visitor == SiteAdmin => In,
        Who::SiteAdmin => NotAllowed,
        Who::Creator if matches!(visitor, Coordinator | OtherCoordinator) => In,
        Who::Creator => NotAllowed,
        _ if outside => NotFound,
        Who::Program if visitor == Former => NotFound,
        Who::Program => In,
        Who::Coordinator if visitor == Coordinator => In,
        Who::Coordinator => NotAllowed,
        Who::CoordinatorOrContact if matches!(visitor, Coordinator | Contact) => In,
        Who::CoordinatorOrContact => NotAllowed,
        Who::Contact if visitor == Contact => In,
        Who::Contact => NotAllowed,
        Who::Peer if matches!(visitor, Coordinator | Contact | Former) => NotAllowed,
        Who::Peer => In,
        Who::OwnPart if matches!(visitor, Coordinator | Contact) => NotAllowed,
        Who::OwnPart => In,
        Who::GroupOrCoordinator if visitor == Coordinator => In,
        // Who is on hold keeps their place, and reads.
        Who::GroupOrCoordinator | Who::Member if matches!(visitor, Member | OnHold) => In,
        Who::GroupOrCoordinator | Who::Member => NotFound,
    }
}

fn got(answer: &crate::support::Answer) -> Get {
    match answer.status.as_u16() {
        303 if answer.location.as_deref().is_some_and(|to| to.starts_with("/sign-in")) => SignIn,
        // A form that was typed into is kept on the page to sign in.
        401 => SignIn,
        403 => NotAllowed,
        404 => NotFound,
        _ => In,
    }
}

struct Scene {
    world: World,
    people: BTreeMap<Visitor, PersonId>,
    /// The ids that fill the path of a route.
    own: BTreeMap<&'static str, String>,
}

impl Scene {
    async fn set(app: &TestApp) -> Self {
        let db = &app.app.db;
        let world = World::build(app).await;
        let add = async |name| world::person(db, name).await;
        let contact = add("Carla Contact").await;
        let other_coordinator = add("Odile Other").await;
        let other_peer = add("Quentin Other").await;
        sqlx::query("update programs set second_contact_id = $1, asks_allowed = true")
            .bind(contact)
            .execute(db)
            .await
            .unwrap();
        sqlx::query("insert into person_programs values ($1, $2)")
            .bind(contact)
            .bind(world.program)
            .execute(db)
            .await
            .unwrap();
        let invited = world::peer(db, world.program, "Ines Invited", None).await;
        let on_hold = world::peer(db, world.program, "Omar Hold", Some(world.reading_room)).await;
        let former = world::peer(db, world.program, "Simone Left", Some(world.reading_room)).await;
        for (peer, state) in [(invited, "invited"), (on_hold, "on_hold"), (former, "withdrawn")] {
            sqlx::query("update participations set state = $1 where id = $2")
                .bind(state)
                .bind(peer.participation)
                .execute(db)
                .await
                .unwrap();
        }
        sqlx::query("update memberships set left_on = '2026-03-01' where participation_id = $1")
            .bind(former.participation)
            .execute(db)
            .await
            .unwrap();
        second_program(db, &world, other_coordinator, other_peer).await;
        let own = objects(db, &world).await;
        let people = BTreeMap::from([
            (Stranger, world.olga),
            (SiteAdmin, world.site_admin),
            (Coordinator, world.imogen),
            (OtherCoordinator, other_coordinator),
            (Contact, contact),
            (Member, world.priya.person),
            (OtherGroup, world.tobias.person),
            (OtherProgram, other_peer),
            (Waiting, world.nadia.person),
            (Invited, invited.person),
            (OnHold, on_hold.person),
            (Former, former.person),
        ]);
        Self { world, people, own }
    }

    async fn browser<'a>(&self, app: &'a TestApp, visitor: Visitor) -> Browser<'a> {
        match self.people.get(&visitor) {
            Some(person) => app.browser_of(*person).await,
            None => app.browser(),
        }
    }

    fn path(&self, route: &str) -> String {
        route
            .split('/')
            .map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => self.own.get(name).unwrap_or_else(|| panic!("no id for {name} in {route}")).clone(),
                None => part.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("/")
    }
}

async fn second_program(db: &sqlx::PgPool, world: &World, coordinator: PersonId, peer: PersonId) {
    let id = see_also::base::ids::ProgramId::generate();
    sqlx::query(
        "insert into programs (id, name, institution, theme, purpose, time_zone, starts_on, ends_on, rhythm_days, meeting_minutes,
            informal_minutes, group_min, group_target, group_max, hours_month, work_time, trip_days, budget_cents, currency,
            approval_required, answer_days, smallest_shown, contact_id, state, created_at, opened_at, launched_on)
         select $1, 'Another program', institution, theme, purpose, time_zone, starts_on, ends_on, rhythm_days, meeting_minutes,
            informal_minutes, group_min, group_target, group_max, hours_month, work_time, trip_days, budget_cents, currency,
            approval_required, answer_days, smallest_shown, $2, state, created_at, opened_at, launched_on
         from programs where id = $3",
    )
    .bind(id)
    .bind(coordinator)
    .bind(world.program)
    .execute(db)
    .await
    .unwrap();
    sqlx::query("insert into coordinators values ($1, $2, '2026-01-01T12:00Z')")
        .bind(id)
        .bind(coordinator)
        .execute(db)
        .await
        .unwrap();
    sqlx::query("update people set may_create_programs = true where id = $1")
        .bind(coordinator)
        .execute(db)
        .await
        .unwrap();
    sqlx::query(
        "insert into participations (program_id, id, person_id, state, invited_at, joined_at)
         values ($1, gen_random_uuid(), $2, 'joined', '2026-01-01T12:00Z', '2026-01-02T12:00Z')",
    )
    .bind(id)
    .bind(peer)
    .execute(db)
    .await
    .unwrap();
}

/// One of each thing in Priya's group, all of them hers where they are somebody's.
async fn objects(db: &sqlx::PgPool, world: &World) -> BTreeMap<&'static str, String> {
    let (goal, elements) = world::goal_with_elements(db, world, world.priya, &["Wait time"]).await;
    let (meeting, item, product, trip, feedback) = (id(), id(), id(), id(), id());
    let (program, group, priya) = (world.program.0, world.reading_room.0, world.priya.participation.0);
    let sql = [
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, state, created_by, created_at)
         values ($1, $4, $2, '2026-05-04T17:00Z', '2026-05-04T18:00Z', '2026-05-04T12:00', 'America/Chicago', 'in_person', 'scheduled', $3, '2026-04-01T12:00Z')",
        "insert into agenda_items (program_id, id, group_id, meeting_id, position, kind, title, planned_minutes, state, worded_at)
         select program_id, $4, $2, id, 1, 'check_in', 'Check-in', 5, 'planned', created_at from meetings where program_id = $1 and created_by = $3",
        "insert into products (program_id, id, group_id, goal_id, owner_id, title, state, created_at)
         select program_id, $4, $2, id, $3, 'A plan', 'intended', '2026-04-01T12:00Z' from goals where program_id = $1 and owner_id = $3",
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, on_date, state, created_by, created_at, worded_at)
         values ($1, $4, $2, 'site_visit', false, false, 'See the desk', '2026-05-10', 'planned', $3, '2026-04-01T12:00Z', '2026-04-01T12:00Z')",
    ];
    for (statement, new) in sql.into_iter().zip([meeting, item, product, trip]) {
        sqlx::query(statement).bind(program).bind(group).bind(priya).bind(new).execute(db).await.unwrap();
    }
    sqlx::query(
        "insert into feedback (program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, state, created_at)
         values ($1, $4, $2, $3, $5, 'written', 'sbi', '2026-04-13', 'draft', '2026-04-13T12:00Z')",
    )
    .bind(program)
    .bind(group)
    .bind(priya)
    .bind(feedback)
    .bind(world.marcus.participation)
    .execute(db)
    .await
    .unwrap();
    let (removal, ask) = (id(), id());
    sqlx::query(
        "insert into removals (program_id, id, participation_id, proposed_by, proposed_at, state)
         values ($1, $2, $3, $4, '2026-04-13T12:00Z', 'proposed')",
    )
    .bind(program)
    .bind(removal)
    .bind(world.marcus.participation)
    .bind(world.imogen)
    .execute(db)
    .await
    .unwrap();
    sqlx::query(
        "insert into join_asks (program_id, id, name, email, email_folded, asked_at, state)
         values ($1, $2, 'Quinn', 'q@x.example', 'q@x.example', '2026-04-13T12:00Z', 'pending')",
    )
    .bind(program)
    .bind(ask)
    .execute(db)
    .await
    .unwrap();
    let offer = id();
    sqlx::query(
        "insert into moves (program_id, id, participation_id, from_group_id, to_group_id, offered_by, offered_at, state)
         values ($1, $2, $3, $4, $5, $6, '2026-04-13T12:00Z', 'offered')",
    )
    .bind(program)
    .bind(offer)
    .bind(world.marcus.participation)
    .bind(group)
    .bind(world.card_catalog)
    .bind(world.imogen)
    .execute(db)
    .await
    .unwrap();
    let import = id();
    sqlx::query(
        "insert into imports (program_id, id, made_by, state, lines, refused, ignored_columns, new_lines, changed_lines,
            unchanged_lines, refused_lines, made_at)
         values ($1, $2, $3, 'confirmed', '[]', '{\"header\": [], \"rows\": []}', '', 0, 0, 0, 0, '2026-04-01T12:00Z')",
    )
    .bind(program)
    .bind(import)
    .bind(world.imogen)
    .execute(db)
    .await
    .unwrap();
    let note = id();
    sqlx::query(
        "insert into goal_notes (program_id, id, group_id, goal_id, written_by, kind, words, written_at)
         values ($1, $2, $3, $4, $5, 'step', 'Asked first', '2026-04-13T12:00Z')",
    )
    .bind(program)
    .bind(note)
    .bind(group)
    .bind(goal)
    .bind(priya)
    .execute(db)
    .await
    .unwrap();
    let action = id();
    sqlx::query(
        "insert into actions (program_id, id, group_id, words, owner_id, due_on, state, written_by, written_at)
         values ($1, $2, $3, 'Ask for the room', $4, '2026-05-04', 'open', $4, '2026-04-13T12:00Z')",
    )
    .bind(program)
    .bind(action)
    .bind(group)
    .bind(priya)
    .execute(db)
    .await
    .unwrap();
    let (poll, poll_ask, meeting_ask) = (id(), id(), id());
    for (statement, new) in [
        (
            "insert into time_polls (program_id, id, group_id, mode, started_by, started_at)
             values ($1, $2, $3, 'online', $4, '2026-04-13T12:00Z')",
            poll,
        ),
        (
            "insert into time_poll_asks (program_id, id, poll_id, participation_id)
             select $1, $2, id, $4 from time_polls where program_id = $1 and group_id = $3",
            poll_ask,
        ),
        (
            "insert into meeting_asks (program_id, id, meeting_id, participation_id)
             select $1, $2, id, $4 from meetings where program_id = $1 and group_id = $3 limit 1",
            meeting_ask,
        ),
    ] {
        sqlx::query(statement).bind(program).bind(new).bind(group).bind(priya).execute(db).await.unwrap();
    }
    let (pulse, invitation) = (id(), id());
    for (statement, new) in [
        (
            "insert into pulses (program_id, id, kind, opened_at, last_day, fewest, invited)
             select $1, $2, 'mid', '2026-04-13T12:00Z', '2026-04-30', 3, 3 where $3::uuid is not null",
            pulse,
        ),
        (
            "insert into pulse_invitations (program_id, id, pulse_id, participation_id)
             select $1, $2, id, $3 from pulses where program_id = $1",
            invitation,
        ),
    ] {
        sqlx::query(statement).bind(program).bind(new).bind(priya).execute(db).await.unwrap();
    }
    let (interviewee, question) = (id(), id());
    for (statement, new) in [
        (
            "insert into interviewees (program_id, id, trip_id, name, added_by, added_at)
             select f.program_id, $2, f.id, 'Ana', $4, '2026-04-13T12:00Z' from field_trips f
             where f.program_id = $1 and f.group_id = $3",
            interviewee,
        ),
        (
            "insert into interview_questions (program_id, id, trip_id, words, added_by, added_at)
             select f.program_id, $2, f.id, 'Who noticed?', $4, '2026-04-13T12:00Z' from field_trips f
             where f.program_id = $1 and f.group_id = $3",
            question,
        ),
    ] {
        sqlx::query(statement).bind(program).bind(new).bind(group).bind(priya).execute(db).await.unwrap();
    }
    let letter = id();
    sqlx::query(
        "insert into letters (program_id, id, written_by, audience, subject, words, addressees, sent_at)
         values ($1, $2, $3, 'everyone', 'The room', 'It is booked.', 6, '2026-04-13T12:00Z')",
    )
    .bind(program)
    .bind(letter)
    .bind(world.imogen)
    .execute(db)
    .await
    .unwrap();
    let area = id();
    sqlx::query(
        "insert into off_limits (program_id, id, participation_id, words, set_at)
         values ($1, $2, $3, 'My accent', '2026-04-13T12:00Z')",
    )
    .bind(program)
    .bind(area)
    .bind(priya)
    .execute(db)
    .await
    .unwrap();
    let group_theme = id();
    sqlx::query(
        "insert into group_themes (program_id, id, group_id, starts_on, ends_on, title, question, written_by, worded_at)
         values ($1, $2, $3, '2026-05-01', '2026-05-10', 'Beginnings', 'How?', $4, '2026-04-13T12:00Z')",
    )
    .bind(program)
    .bind(group_theme)
    .bind(group)
    .bind(priya)
    .execute(db)
    .await
    .unwrap();
    let (line, lesson, earlier) = (id(), id(), id());
    for (statement, new) in [
        (
            "with one as (insert into retrospectives (program_id, group_id, begun_at) values ($1, $3, '2026-04-13T12:00Z')
                          returning program_id, group_id)
             insert into retrospective_lines (program_id, id, group_id, written_by, kind, words, written_at)
             select program_id, $2, group_id, $4, 'worked', 'Watching first', '2026-04-13T12:00Z' from one
             where $5::uuid is not null",
            line,
        ),
        (
            "insert into lessons (program_id, id, kind, words, position, chosen_by, chosen_at, published_at)
             select $1, $2, 'worked', 'Watch first', 1, $5, '2026-04-13T12:00Z', '2026-04-13T12:00Z'
             where $3::uuid is not null and $4::uuid is not null",
            lesson,
        ),
        (
            "insert into earlier_lessons (program_id, id, kind, words, came_along, position, added_at)
             select $1, $2, 'worked', 'Watch first', false, 1, '2026-01-02T12:00Z'
             where $3::uuid is not null and $4::uuid is not null and $5::uuid is not null",
            earlier,
        ),
    ] {
        let statement = sqlx::query(statement).bind(program).bind(new).bind(group).bind(priya);
        statement.bind(world.imogen).execute(db).await.unwrap();
    }
    let suggestion = id();
    sqlx::query(
        "insert into suggestions (program_id, id, made_by, state, seed, wants_weight, themes_weight, departments_weight,
            site_weight, same_site, new_faces_weight, meeting_minutes, made_at, alive_at)
         values ($1, $2, $3, 'used', 1, 5, 3, 2, 1, true, 3, 60, '2026-04-01T12:00Z', '2026-04-01T12:00Z')",
    )
    .bind(program)
    .bind(suggestion)
    .bind(world.imogen)
    .execute(db)
    .await
    .unwrap();
    let request: uuid::Uuid = sqlx::query_scalar("select id from approval_requests where participation_id = $1")
        .bind(priya)
        .fetch_one(db)
        .await
        .unwrap();
    BTreeMap::from([
        ("program_id", program.to_string()),
        ("group_id", group.to_string()),
        ("participation_id", priya.to_string()),
        ("person_id", world.priya.person.to_string()),
        ("goal_id", goal.to_string()),
        ("element_id", elements[0].to_string()),
        ("product_id", product.to_string()),
        ("action_id", action.to_string()),
        ("poll_id", poll.to_string()),
        ("group_theme_id", group_theme.to_string()),
        ("poll_ask_id", poll_ask.to_string()),
        ("pulse_id", pulse.to_string()),
        ("invitation_id", invitation.to_string()),
        ("meeting_ask_id", meeting_ask.to_string()),
        ("entry_id", id().to_string()),
        ("area_id", area.to_string()),
        ("letter_id", letter.to_string()),
        ("note_id", note.to_string()),
        ("meeting_id", meeting.to_string()),
        ("item_id", item.to_string()),
        ("trip_id", trip.to_string()),
        ("interviewee_id", interviewee.to_string()),
        ("question_id", question.to_string()),
        ("feedback_id", feedback.to_string()),
        ("feedback_ask_id", id().to_string()),
        ("import_id", import.to_string()),
        ("suggestion_id", suggestion.to_string()),
        ("line_id", line.to_string()),
        ("lesson_id", lesson.to_string()),
        ("earlier_lesson_id", earlier.to_string()),
        ("request_id", request.to_string()),
        ("removal_id", removal.to_string()),
        ("move_id", offer.to_string()),
        ("ask_id", ask.to_string()),
        ("sign_in_id", id().to_string()),
        ("email_id", id().to_string()),
        ("change_id", id().to_string()),
        ("secret", "0".repeat(64)),
        ("name", "none.css".to_owned()),
        ("step", "what".to_owned()),
        ("part", "trips".to_owned()),
    ])
}

fn id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// Routes whose object is not there for anybody in this scene, or that answer by what they are given.
const NOTHING_THERE: &[&str] = &[
    "/assets/{name}",
    "/mailbox",
    "/mailbox/{email_id}",
    "/account/sign-ins/{sign_in_id}/end",
    "/programs/{program_id}/reports/{feedback_id}",
];

#[tokio::test]
async fn every_visitor_gets_what_they_may_and_nothing_else() {
    let app = TestApp::start().await;
    let scene = Scene::set(&app).await;
    let mut wrong = Vec::new();
    for visitor in VISITORS {
        let browser = scene.browser(&app, visitor).await;
        for route in routes::all().listed {
            if NOTHING_THERE.contains(&route.path) && expected(route.who, visitor) == In {
                continue;
            }
            let path = scene.path(route.path);
            // Feedback is between two, and the one on hold is neither.
            let want = match visitor {
                OnHold if route.who == Who::Member && route.path.contains("{feedback_id}") => NotFound,
                // Another's goal is read, not changed.
                OnHold if route.path.ends_with("{goal_id}/edit") => NotAllowed,
                // Who has left and presses the button again is told so.
                Former if route.path.ends_with("/leave") || route.path.ends_with("/finish") => continue,
                _ => expected(route.who, visitor),
            };
            if route.methods.contains("GET") {
                let answer = browser.get(&path).await;
                if got(&answer) != want || answer.status.is_server_error() {
                    wrong.push(format!("GET {} as {visitor:?}: {} instead of {want:?}", route.path, answer.status));
                }
            }
            // What those who may do it do with a post, the stories tell; here nobody else can.
            let only_reads =
                visitor == OnHold && want == In && matches!(route.who, Who::Member | Who::GroupOrCoordinator);
            let want = if only_reads || (visitor == OnHold && want == NotFound && route.who == Who::Member) {
                NotAllowed
            } else {
                want
            };
            if route.methods.contains("POST") && want != In {
                let answer = browser.post(&path, &[]).await;
                if got(&answer) != want {
                    wrong.push(format!("POST {} as {visitor:?}: {} instead of {want:?}", route.path, answer.status));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn ids_of_another_program_and_ids_of_nothing_answer_alike() {
    let app = TestApp::start().await;
    let scene = Scene::set(&app).await;
    let other: uuid::Uuid = sqlx::query_scalar("select id from programs where id <> $1")
        .bind(scene.world.program)
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    let mut wrong = Vec::new();
    for visitor in [Member, Coordinator] {
        let browser = scene.browser(&app, visitor).await;
        for route in routes::all().listed.iter().filter(|route| route.path.contains("{program_id}")) {
            let own = scene.path(route.path);
            let program = scene.world.program.to_string();
            let mut answers = Vec::new();
            for stand_in in [other.to_string(), id().to_string()] {
                let path = own.replace(&program, &stand_in);
                let answer = if route.methods.contains("GET") {
                    browser.get(&path).await
                } else {
                    browser.post(&path, &[]).await
                };
                answers.push((answer.status.as_u16(), answer.text().replace(|c: char| c.is_ascii_hexdigit(), "")));
            }
            if answers[0].0 != 404 || answers[0] != answers[1] {
                wrong.push(format!("{} as {visitor:?}: {answers:?}", route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn things_of_nobody_are_not_found_by_those_who_may() {
    let app = TestApp::start().await;
    let scene = Scene::set(&app).await;
    let member = scene.browser(&app, Member).await;
    let mut wrong = Vec::new();
    for route in routes::all().listed.iter().filter(|route| route.who == Who::Member) {
        let Some(last) = route.path.split('/').rfind(|part| part.starts_with('{') && *part != "{group_id}") else {
            continue;
        };
        if last == "{program_id}" {
            continue;
        }
        let name = last.trim_matches(['{', '}']);
        let path = scene.path(route.path).replace(&scene.own[name], &id().to_string());
        for method in route.methods.split(' ') {
            let answer = if method == "GET" { member.get(&path).await } else { member.post(&path, &[]).await };
            // An empty form may be refused before its object is looked for; it is never taken.
            let refused = method == "POST" && matches!(answer.status.as_u16(), 400 | 422);
            if answer.status.as_u16() != 404 && !refused {
                wrong.push(format!("{method} {}: {}", route.path, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
