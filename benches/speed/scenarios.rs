//! What is visited: as whom, which page, and what the floor reads to show the same rows.
use super::{Fallible, floor::Page, seed};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// A page of the program, and its like of the floor.
pub(super) struct Scenario {
    pub(super) name: &'static str,
    pub(super) path: String,
    pub(super) cookie: String,
    /// A script of wrk, where it is more than a GET.
    pub(super) script: Option<String>,
    /// Of the page.
    pub(super) bytes: usize,
    statements: Vec<String>,
}

/// The program at its port, and what stands in its database.
pub(super) struct Site {
    port: u16,
    scripts: PathBuf,
    group: (Uuid, Uuid),
    /// A page of site admins after most people.
    deep: String,
}

const DESK: &str = "01900001-0000-7000-8000-00000001869f";

impl Site {
    /// Signs everybody in who visits; their session's secret is their name.
    pub(super) async fn open(port: u16, options: &PgConnectOptions, scripts: &Path) -> Fallible<Self> {
        let mut db = PgConnection::connect_with(options).await?;
        for who in ["icastellane", "pwhitlock", "abrenner", "p900000000"] {
            sqlx::query(
                "insert into sign_in_sessions (secret_hash, id, person_id, device, started_at, expires_at)
                 select $1, gen_random_uuid(), id, 'wrk', now(), now() + interval '1 day' from people
                 where email_folded = $2 || '@larkspur.example'",
            )
            .bind(Sha256::digest(who.as_bytes()).to_vec())
            .bind(who)
            .execute(&mut db)
            .await?;
        }
        let group =
            sqlx::query_as("select program_id, id from groups where name = 'Reading Room'").fetch_one(&mut db).await?;
        let deep = sqlx::query_scalar(
            "select replace(name, ' ', '+') || '&id=' || id from people order by name, id
             offset (select count(*) * 19 / 20 from people) limit 1",
        )
        .fetch_one(&mut db)
        .await?;
        std::fs::create_dir_all(scripts)?;
        db.close().await?;
        Ok(Self { port, scripts: scripts.to_owned(), group, deep })
    }

    /// Everything that is visited, with the bytes it has now.
    pub(super) fn scenarios(&self) -> Fallible<Vec<Scenario>> {
        let (program, group) = self.group;
        let desk = format!("/programs/{DESK}");
        let writing = format!("{desk}/groups/{}/feedback/new", seed::key(5, 225_000_000));
        let people = "select name || ' ' || email || ' ' || id from people";
        let deep = self.deep.split_once("&id=").ok_or("nobody")?;
        let mut all = vec![
            scenario("group", "pwhitlock", format!("/programs/{program}/groups/{group}"), group_rows(program, group)),
            scenario("home", "pwhitlock", "/".to_owned(), home_rows(program, group)),
            scenario("desk", "icastellane", desk, desk_rows()),
            scenario(
                "people",
                "abrenner",
                "/admin/people".to_owned(),
                vec![format!("{people} order by name, id limit 51")],
            ),
            scenario(
                "people-deep",
                "abrenner",
                format!("/admin/people?name={}", self.deep),
                vec![format!(
                    "{people} where (name, id) > ('{}', '{}') order by name, id limit 51",
                    deep.0.replace('+', " "),
                    deep.1
                )],
            ),
        ];
        for scenario in &mut all {
            scenario.bytes = self.get(&scenario.path, &scenario.cookie)?.len();
        }
        let mut feedback = scenario("feedback", "p900000000", writing, Vec::new());
        feedback.script = Some(self.script(
            "feedback",
            &[
                ("to", seed::key(3, 900_000_001)),
                ("format", "sbi".to_owned()),
                ("after", String::new()),
                ("occasion", "elsewhere".to_owned()),
                (
                    "happened_on",
                    time::OffsetDateTime::now_utc().date().previous_day().ok_or("no yesterday")?.to_string(),
                ),
                (&format!("behaviour-{}", seed::key(11, 900_000_001)), "You waited after each question.".to_owned()),
            ],
        )?);
        all.push(feedback);
        Ok(all)
    }

    /// A script that posts this form, each time with an id of its own.
    fn script(&self, name: &str, form: &[(&str, String)]) -> Fallible<String> {
        let mut fields = form_urlencoded::Serializer::new(String::new());
        fields.extend_pairs(form);
        let script = format!(
            "math.randomseed(os.time())\nlocal run, n = math.random(0, 2147483647), 0\nwrk.method = 'POST'\n\
             wrk.headers['Content-Type'] = 'application/x-www-form-urlencoded'\nwrk.headers['Sec-Fetch-Site'] = 'same-origin'\n\
             request = function()\n  n = n + 1\n  local id = string.format('%08x-0000-7000-8000-%012x', run, n)\n\
             return wrk.format(nil, nil, nil, 'id=' .. id .. '&window=' .. id .. '&{}')\nend\n",
            fields.finish().replace('%', "%%").replace("%%", "%")
        );
        let file = self.scripts.join(format!("{name}.lua"));
        std::fs::write(&file, script)?;
        Ok(file.to_string_lossy().into_owned())
    }

    /// A page's body; it must be there.
    fn get(&self, path: &str, cookie: &str) -> Fallible<String> {
        let mut line = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(line, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        line.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        if !head.starts_with("HTTP/1.1 200") {
            return Err(format!("{path}: {head}").into());
        }
        Ok(body.to_owned())
    }
}

fn scenario(name: &'static str, who: &str, path: String, statements: Vec<String>) -> Scenario {
    Scenario { name, path, cookie: format!("session={who}"), script: None, bytes: 0, statements }
}

/// Who is in the group, its meetings with their agendas, and what it aims for, made, saw and said.
fn group_rows(program: Uuid, group: Uuid) -> Vec<String> {
    let of = |table: &str| format!("{table}.program_id = '{program}' and {table}.group_id = '{group}'");
    vec![
        format!(
            "select p.name || ' ' || m.joined_on || ' ' || g.name from memberships m
             join groups g on g.program_id = m.program_id and g.id = m.group_id
             join participations t on t.program_id = m.program_id and t.id = m.participation_id join people p on p.id = t.person_id
             where {} and m.left_on is null order by p.name",
            of("m")
        ),
        format!(
            "select x.starts_at || ' ' || x.state || ' ' || x.place || coalesce(string_agg(i.title || ' ' || i.kind || ' '
                    || i.planned_minutes || ' ' || coalesce(i.actual_minutes, 0), ', ' order by i.position), '')
             from meetings x left join agenda_items i on i.program_id = x.program_id and i.meeting_id = x.id
             where {} group by x.program_id, x.id, x.starts_at, x.state, x.place order by x.starts_at",
            of("x")
        ),
        format!(
            "select title || ' ' || statement from goals x where {g} union all select title from elements x where {g}
             union all select kind || ' ' || on_date || ' ' || purpose from field_trips x where {g}
             union all select title from products x where {g}
             union all select words from actions x where {g}
             union all select giver_id || ' ' || receiver_id || ' ' || count(*) from feedback x where {g} group by giver_id, receiver_id",
            g = of("x")
        ),
    ]
}

/// Where the person belongs, what comes next there, and what waits for them.
fn home_rows(program: Uuid, group: Uuid) -> Vec<String> {
    let me = format!(
        "(select id from participations where program_id = '{program}' and person_id = (select id from people where email_folded = \
         'pwhitlock@larkspur.example'))"
    );
    vec![
        format!(
            "select r.name || ' ' || r.institution || ' ' || t.state from person_programs pp join programs r on r.id = pp.program_id
             join participations t on t.program_id = r.id and t.person_id = pp.person_id
             where pp.person_id = (select person_id from participations where program_id = '{program}' and id = {me})"
        ),
        format!(
            "select x.starts_at || ' ' || x.state from meetings x where x.program_id = '{program}' and x.group_id = '{group}'
             order by x.starts_at desc limit 4"
        ),
        format!(
            "select words from actions x where x.program_id = '{program}' and x.group_id = '{group}'
             union all select state || ' ' || happened_on from feedback where program_id = '{program}' and receiver_id = {me}
             union all select title from goals where program_id = '{program}' and group_id = '{group}'"
        ),
    ]
}

/// Groups with their members, their meetings, and what is in place.
fn desk_rows() -> Vec<String> {
    vec![
        format!(
            "select g.name || ' ' || string_agg(p.name, ', ' order by p.name) from groups g
             join memberships m on m.program_id = g.program_id and m.group_id = g.id and m.left_on is null
             join participations t on t.program_id = m.program_id and t.id = m.participation_id join people p on p.id = t.person_id
             where g.program_id = '{DESK}' group by g.program_id, g.id, g.name order by g.name"
        ),
        format!(
            "select x.group_id || ' ' || string_agg(x.starts_at || ' ' || x.state, ', ' order by x.starts_at)
             from meetings x where x.program_id = '{DESK}' group by x.group_id order by x.group_id"
        ),
        format!(
            "select f.group_id || ' ' || count(*) from feedback f where f.program_id = '{DESK}' group by f.group_id
             union all select o.group_id || ' ' || o.state from goals o where o.program_id = '{DESK}'
             union all select i.group_id || ' ' || i.kind || ' ' || sum(i.planned_minutes) || ' ' || sum(i.actual_minutes)
             from agenda_items i where i.program_id = '{DESK}' group by i.group_id, i.kind"
        ),
    ]
}

/// What the floor shows, as one word of its command line.
pub(super) fn written_pages(scenarios: &[Scenario]) -> String {
    let pages: Vec<Value> = scenarios
        .iter()
        .map(|scenario| json!({"name": scenario.name, "bytes": scenario.bytes, "statements": scenario.statements}))
        .collect();
    json!({"program": DESK, "pages": pages}).to_string()
}

/// The same, read.
pub(super) fn read_pages(written: &str) -> Fallible<(Uuid, Vec<Page>)> {
    let all: Value = serde_json::from_str(written)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pages = all["pages"].as_array().ok_or("no pages")?.iter().map(|page| Page {
        name: text(&page["name"]),
        statements: page["statements"].as_array().into_iter().flatten().map(text).collect(),
        bytes: usize::try_from(page["bytes"].as_u64().unwrap_or(0)).unwrap_or(0),
    });
    Ok((Uuid::parse_str(&text(&all["program"]))?, pages.collect()))
}
