//! The cast, half-way through a program: three peers in one group, two in another, one who
//! waits for a supervisor, two coordinators, and people who have no business there.
use super::{Browser, TestApp};
use see_also::base::ids::{ApprovalRequestId, GroupId, MembershipId, ParticipationId, PersonId, ProgramId};
use sqlx::PgPool;
use time::{Date, Duration, macros::date};

/// Someone who takes part.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    pub person: PersonId,
    pub participation: ParticipationId,
}

/// A program that is active since 12 January 2026 in America/Chicago and ends on 12 June.
pub struct World {
    pub program: ProgramId,
    /// Coordinates, together with Teodor, who is also the contact person.
    pub imogen: PersonId,
    pub teodor: PersonId,
    pub reading_room: GroupId,
    pub priya: Peer,
    pub marcus: Peer,
    pub hana: Peer,
    pub card_catalog: GroupId,
    pub tobias: Peer,
    pub wren: Peer,
    /// Joined, not placed: her supervisor has not answered.
    pub nadia: Peer,
    pub site_admin: PersonId,
    /// Has an account and nothing to do with the program.
    pub olga: PersonId,
}

pub const LAUNCHED: Date = date!(2026 - 01 - 12);

impl World {
    pub async fn build(app: &TestApp) -> Self {
        let db = &app.app.db;
        let imogen = person(db, "Imogen Castellane").await;
        let teodor = person(db, "Teodor Vance").await;
        let site_admin = person(db, "Ada Site").await;
        let olga = person(db, "Olga Stranger").await;
        sqlx::query("update people set site_admin = true where id = $1").bind(site_admin).execute(db).await.unwrap();
        sqlx::query("update people set may_create_programs = true where id = $1")
            .bind(imogen)
            .execute(db)
            .await
            .unwrap();
        let program = program(db, imogen, teodor).await;
        let reading_room = group(db, program, "Reading Room", "One-shot instruction").await;
        let card_catalog = group(db, program, "Card Catalog", "Early career").await;
        let world = Self {
            program,
            imogen,
            teodor,
            reading_room,
            priya: peer(db, program, "Priya Whitlock", Some(reading_room)).await,
            marcus: peer(db, program, "Marcus Delacroix-Boone", Some(reading_room)).await,
            hana: peer(db, program, "Hana Sørby", Some(reading_room)).await,
            card_catalog,
            tobias: peer(db, program, "Tobias Renwick", Some(card_catalog)).await,
            wren: peer(db, program, "Wren Abernathy", Some(card_catalog)).await,
            nadia: peer(db, program, "Nadia Brightwater", None).await,
            site_admin,
            olga,
        };
        for member in [imogen, teodor] {
            remember(db, member, program).await;
        }
        world
    }

    pub fn program_path(&self) -> String {
        format!("/programs/{}", self.program)
    }

    /// The page of Priya, Marcus and Hana's group.
    pub fn group_path(&self) -> String {
        format!("/programs/{}/groups/{}", self.program, self.reading_room)
    }
}

pub async fn person(db: &PgPool, name: &str) -> PersonId {
    let id = PersonId::generate();
    let email = format!("{}@larkspur.example", name.split(' ').next().unwrap().to_lowercase());
    sqlx::query(
        "insert into people (id, name, email, email_folded, time_zone, password_hash, created_at, sort_name)
         values ($1, $2, $3, $3, 'America/Chicago', 'none', '2026-01-01T12:00Z', lower($2))",
    )
    .bind(id)
    .bind(name)
    .bind(email)
    .execute(db)
    .await
    .unwrap();
    id
}

async fn program(db: &PgPool, imogen: PersonId, teodor: PersonId) -> ProgramId {
    let id = ProgramId::generate();
    sqlx::query(
        "insert into programs (id, name, institution, theme, purpose, time_zone, starts_on, ends_on, rhythm_days,
            meeting_minutes, informal_minutes, group_min, group_target, group_max, hours_month, work_time, trip_days,
            budget_cents, currency, approval_required, answer_days, smallest_shown, contact_id, second_contact_id, state,
            created_at, opened_at, launched_on)
         values ($1, 'Peer Mentoring, Spring 2026', 'Larkspur Valley University Libraries', 'Show your work',
            'Learn from each other''s work', 'America/Chicago', $2, '2026-06-12', 21, 60, 10, 2, 4, 5, 4, true, 1, 8000, 'USD',
            true, 21, 5, $3, $4, 'active', '2025-12-01T12:00Z', '2025-12-02T12:00Z', $2)",
    )
    .bind(id)
    .bind(LAUNCHED)
    .bind(teodor)
    .bind(imogen)
    .execute(db)
    .await
    .unwrap();
    for coordinator in [imogen, teodor] {
        sqlx::query("insert into coordinators (program_id, person_id, since) values ($1, $2, '2025-12-01T12:00Z')")
            .bind(id)
            .bind(coordinator)
            .execute(db)
            .await
            .unwrap();
        // They want no email of the week: other stories pass through Mondays and count theirs.
        sqlx::query(
            "insert into nudges (person_id, look_at, stopped_at) values ($1, '2026-01-01T12:00Z', '2026-01-01T12:00Z')",
        )
        .bind(coordinator)
        .execute(db)
        .await
        .unwrap();
    }
    id
}

async fn group(db: &PgPool, program: ProgramId, name: &str, focus: &str) -> GroupId {
    let id = GroupId::generate();
    sqlx::query(
        "insert into groups (program_id, id, name, focus, home_time_zone, meeting_minutes, created_at)
         values ($1, $2, $3, $4, 'America/Chicago', 60, '2026-01-05T12:00Z')",
    )
    .bind(program)
    .bind(id)
    .bind(name)
    .bind(focus)
    .execute(db)
    .await
    .unwrap();
    id
}

async fn remember(db: &PgPool, person: PersonId, program: ProgramId) {
    sqlx::query("insert into person_programs (person_id, program_id) values ($1, $2)")
        .bind(person)
        .bind(program)
        .execute(db)
        .await
        .unwrap();
}

/// A peer who joined; placed and with a supervisor's yes when a group is given, else still waiting.
pub async fn peer(db: &PgPool, program: ProgramId, name: &str, group: Option<GroupId>) -> Peer {
    let person = person(db, name).await;
    let participation = ParticipationId::generate();
    remember(db, person, program).await;
    sqlx::query(
        "insert into participations (program_id, id, person_id, state, supervisor_name, supervisor_email, invited_at, joined_at, sort_name)
         values ($1, $2, $3, 'joined', 'Beatrix Lindqvist', 'beatrix@larkspur.example', '2025-12-03T12:00Z', '2025-12-04T12:00Z', lower($4))",
    )
    .bind(program)
    .bind(participation)
    .bind(person)
    .bind(name)
    .execute(db)
    .await
    .unwrap();
    let state = if group.is_some() { "approved" } else { "pending" };
    let decided = group.map(|_| time::macros::datetime!(2025-12-06 12:00 UTC));
    sqlx::query(
        "insert into approval_requests (program_id, id, participation_id, purpose, supervisor_name, supervisor_email,
            supervisor_email_folded, asked_hours_month, asked_work_time, asked_trip_days, asked_budget_cents,
            agreed_hours_month, agreed_work_time, agreed_trip_days, agreed_budget_cents, valid_from, valid_until, own_words,
            state, asked_at, first_sent_at, first_answered_at, decided_at, expires_at)
         values ($1, $2, $3, 'join', 'Beatrix Lindqvist', 'beatrix@larkspur.example', 'beatrix@larkspur.example', 4, true, 1, 8000,
            4, true, 1, 8000, $4, '2026-06-12', 'I want to learn.', $5, '2025-12-04T12:00Z', '2025-12-04T12:01Z', $6, $6,
            '2026-12-25T12:00Z')",
    )
    .bind(program)
    .bind(ApprovalRequestId::generate())
    .bind(participation)
    .bind(LAUNCHED)
    .bind(state)
    .bind(decided)
    .execute(db)
    .await
    .unwrap();
    if let Some(group) = group {
        sqlx::query("insert into memberships (program_id, id, group_id, participation_id, joined_on) values ($1, $2, $3, $4, $5)")
            .bind(program)
            .bind(MembershipId::generate())
            .bind(group)
            .bind(participation)
            .bind(LAUNCHED)
            .execute(db)
            .await
            .unwrap();
    }
    Peer { person, participation }
}

/// An agreed goal of a peer with agreed elements, as of 20 January; returns the goal and its elements.
pub async fn goal_with_elements(
    db: &PgPool,
    world: &World,
    owner: Peer,
    titles: &[&str],
) -> (uuid::Uuid, Vec<uuid::Uuid>) {
    let goal = uuid::Uuid::now_v7();
    sqlx::query(
        "insert into goals (program_id, id, group_id, owner_id, title, statement, state, created_by, created_at, worded_at, agreed_on)
         values ($1, $2, $3, $4, 'A goal', 'Teach one session anew', 'agreed', $4, '2026-01-20T12:00Z', '2026-01-20T12:00Z', '2026-01-20')",
    )
    .bind(world.program)
    .bind(goal)
    .bind(world.reading_room)
    .bind(owner.participation)
    .execute(db)
    .await
    .unwrap();
    let mut elements = Vec::new();
    for title in titles {
        let element = uuid::Uuid::now_v7();
        sqlx::query(
            "insert into elements (program_id, id, group_id, goal_id, about_id, title, state, proposed_by, proposed_at, agreed_on)
             values ($1, $2, $3, $4, $5, $6, 'agreed', $5, '2026-01-20T12:00Z', '2026-01-20')",
        )
        .bind(world.program)
        .bind(element)
        .bind(world.reading_room)
        .bind(goal)
        .bind(owner.participation)
        .bind(title)
        .execute(db)
        .await
        .unwrap();
        elements.push(element);
    }
    (goal, elements)
}

/// The day the stories start on, and days around it.
pub fn day(offset: i64) -> String {
    see_also::base::words::iso_day(date!(2026 - 04 - 20) + Duration::days(offset))
}

/// The agenda of a meeting about goals, which the first of a group does not begin with.
pub async fn about_goals(by: &Browser<'_>, path: &str) {
    let page = by.get(path).await;
    let Some((_, rest)) = page.html.split_once("/template\"") else { return };
    let was = rest.split_once("name=\"was\" value=\"").unwrap().1.split('"').next().unwrap();
    by.post(&format!("{path}/template"), &[("template", "goal"), ("was", was)]).await.is(303);
}
