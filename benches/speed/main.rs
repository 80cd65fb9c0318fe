//! What pages cost on this machine, beside the least program that can show the same: `cargo bench --bench speed`.
//!
//! It makes databases of several sizes on a `PostgreSQL` of its own, starts the release build and a *floor*
//! ([`floor`]), loads both in turn with `wrk` from 127.0.0.1, round by round, and prints medians: processor time for a
//! request (program and database), requests a second, how long answers took, memory. `-- quick` does one round of the
//! small size; `-- S XL` chooses sizes. Needs `wrk`, and `PostgreSQL`'s programs on the machine.
#![expect(clippy::print_stdout, reason = "its tables are what it is for")]
#![expect(clippy::disallowed_methods, reason = "the floor is plain axum; nothing here stands in the table of routes")]
mod floor;
mod machine;
mod scenarios;
mod seed;

use machine::{Asked, Load, cpu, cpu_of_family, load, memory};
use scenarios::{Scenario, Site};
use see_also::database::embedded::{Server, Settings};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    collections::BTreeMap,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How many programs there are besides the demo and one of fifty groups, and how many people are in each.
struct Size {
    name: &'static str,
    programs: i64,
    people: i64,
}

const SIZES: [Size; 4] = [
    Size { name: "S", programs: 0, people: 0 },
    Size { name: "M", programs: 20, people: 100 },
    Size { name: "L", programs: 200, people: 100 },
    Size { name: "XL", programs: 2_000, people: 100 },
];
const CONNECTIONS: [u32; 3] = [1, 16, 64];

struct How {
    sizes: Vec<&'static Size>,
    rounds: usize,
    seconds: u32,
}

fn how() -> How {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let is_quick = words.iter().any(|word| word == "quick");
    let named: Vec<&Size> = SIZES.iter().filter(|size| words.iter().any(|word| word == size.name)).collect();
    let sizes = match (named.is_empty(), is_quick) {
        (true, true) => vec![&SIZES[0]],
        (true, false) => vec![&SIZES[0], &SIZES[3]],
        _ => named,
    };
    How { sizes, rounds: if is_quick { 1 } else { 5 }, seconds: if is_quick { 2 } else { 3 } }
}

/// A process that ends with us.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn free_port() -> Fallible<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Waits until somebody listens; how long that took.
fn listens(port: u16, since: Instant) -> Fallible<Duration> {
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if since.elapsed() > Duration::from_secs(20) {
            return Err("it does not listen".into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(since.elapsed())
}

#[tokio::main]
async fn main() -> Fallible<()> {
    let words: Vec<String> = std::env::args().collect();
    if let [_, word, port, url, pages] = words.as_slice()
        && word == "floor"
    {
        return floor::serve(port.parse()?, url, scenarios::read_pages(pages)?).await;
    }
    let folder = std::env::temp_dir().join("see-also-speed");
    let server = Server::start(&Settings {
        folder: folder.clone(),
        binaries: None,
        search_path: std::env::var_os("PATH"),
        durable: true,
    })?;
    let how = how();
    let mut done = Ok(());
    for size in &how.sizes {
        done = measure(&server, &folder, size, &how).await;
        if done.is_err() {
            break;
        }
    }
    server.stop()?;
    std::fs::remove_dir_all(&folder)?;
    done
}

/// The process id of the server whose data lie here.
fn postmaster(folder: &Path) -> Fallible<u32> {
    let said = std::fs::read_to_string(folder.join("postgres/postmaster.pid"))?;
    Ok(said.lines().next().unwrap_or_default().parse()?)
}

/// A database of this size: its address, how to connect to it, and the data folder.
async fn seeded(server: &Server, folder: &Path, size: &Size) -> Fallible<(String, PgConnectOptions, PathBuf)> {
    let name = format!("speed_{}", size.name.to_lowercase());
    let options = PgConnectOptions::new_without_pgpass()
        .socket(server.socket_folder())
        .port(server.port())
        .username(server.user());
    let mut db = PgConnection::connect_with(&options.clone().database("postgres")).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(&mut db).await?;
    let url = format!("postgres://{}@localhost/{name}?host={}", server.user(), server.socket_folder().display());
    let options = options.database(&name);
    let data = folder.join(format!("data-{name}"));
    let made = see_also(&url, &data).args(["demo", "--no-serve"]).stdout(Stdio::null()).status()?;
    if !made.success() {
        return Err("the demo was not loaded".into());
    }
    let began = Instant::now();
    seed::fill(&options, size).await?;
    let mut db = PgConnection::connect_with(&options).await?;
    let bytes: i64 = sqlx::query_scalar("select pg_database_size(current_database())").fetch_one(&mut db).await?;
    println!("\n# {}: seeded in {:.0} s, {} MB", size.name, began.elapsed().as_secs_f64(), bytes / 1_000_000);
    Ok((url, options, data))
}

async fn measure(server: &Server, folder: &Path, size: &Size, how: &How) -> Fallible<()> {
    let (url, options, data) = seeded(server, folder, size).await?;
    let mut db = PgConnection::connect_with(&options).await?;
    let port = free_port()?;
    let began = Instant::now();
    let program = Started(
        see_also(&url, &data)
            .args(["serve", "--no-worker"])
            .env("LISTEN", format!("127.0.0.1:{port}"))
            .stdout(Stdio::null())
            .spawn()?,
    );
    let started = listens(port, began)?;
    let there = Site::open(port, &options, &folder.join("scripts")).await?;
    let scenarios = there.scenarios()?;
    let floor_port = free_port()?;
    let floor = Started(
        Command::new(std::env::current_exe()?)
            .args(["floor", &floor_port.to_string(), &url, &scenarios::written_pages(&scenarios)])
            .spawn()?,
    );
    listens(floor_port, Instant::now())?;
    println!("it listened {} ms after its start; {:.0} MB then", started.as_millis(), memory(program.0.id()).0);

    let before = scans(&mut db).await?;
    let who = Who { program: program.0.id(), floor: floor.0.id(), database: postmaster(folder)? };
    let mut found: BTreeMap<(usize, bool, u32), Vec<Cost>> = BTreeMap::new();
    for _ in 0..how.rounds {
        for (at, scenario) in scenarios.iter().enumerate() {
            for connections in CONNECTIONS {
                for of_floor in [false, true] {
                    let port = if of_floor { floor_port } else { port };
                    let cost = visit(scenario, (of_floor, port), connections, (how.seconds, &who))?;
                    found.entry((at, of_floor, connections)).or_default().push(cost);
                }
            }
        }
    }
    print_costs(&scenarios, &found);
    let after = scans(&mut db).await?;
    println!("sequential scans of tables with more than 10,000 rows while it was loaded: {}", after - before);
    let (now, most) = memory(program.0.id());
    println!(
        "memory of the program: {now:.0} MB, at most {most:.0} MB; of the floor at most {:.0} MB",
        memory(floor.0.id()).1
    );
    db.close().await?;
    Ok(())
}

/// The release build with none of our own settings.
fn see_also(url: &str, data: &PathBuf) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_see-also"));
    command.env_clear().env("DATABASE_URL", url).env("SEE_ALSO_DATA", data).env("LOG", "warn");
    command
}

/// How often large tables were read from one end to the other.
async fn scans(db: &mut PgConnection) -> Fallible<i64> {
    // What was counted reaches the view once a connection rests.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    Ok(sqlx::query_scalar(
        "select coalesce(sum(seq_scan), 0)::bigint from pg_stat_user_tables where n_live_tup > 10000",
    )
    .fetch_one(db)
    .await?)
}

struct Who {
    program: u32,
    floor: u32,
    database: u32,
}

/// What one request cost, and how the load went.
struct Cost {
    /// Milliseconds of processor time for a request: of the process, and of the database.
    process: f64,
    database: f64,
    load: Load,
}

fn visit(
    scenario: &Scenario,
    (of_floor, port): (bool, u16),
    connections: u32,
    (seconds, who): (u32, &Who),
) -> Fallible<Cost> {
    let path = if of_floor { format!("/{}", scenario.name) } else { scenario.path.clone() };
    let url = format!("http://127.0.0.1:{port}{path}");
    let asked = Asked { url: &url, cookie: &scenario.cookie, script: scenario.script.as_deref() };
    // Prepares the statements on every connection, and fills caches.
    load(&asked, connections, 1)?;
    let process = if of_floor { who.floor } else { who.program };
    let (process_before, database_before) = (cpu(process), cpu_of_family(who.database));
    let load = load(&asked, connections, seconds)?;
    let each = |before: f64, after: f64| (after - before) * 1000.0 / load.requests;
    Ok(Cost {
        process: each(process_before, cpu(process)),
        database: each(database_before, cpu_of_family(who.database)),
        load,
    })
}

fn middle(costs: &[Cost], of: impl Fn(&Cost) -> f64) -> f64 {
    let mut all: Vec<f64> = costs.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

fn print_costs(scenarios: &[Scenario], found: &BTreeMap<(usize, bool, u32), Vec<Cost>>) {
    println!(
        "{:<16} {:>5} {:>9} {:>9} {:>9} {:>9} {:>7} {:>8} {:>8} {:>7} {:>8} {:>8} {:>7}",
        "page, bytes",
        "conn.",
        "CPU ms",
        "of db",
        "floor",
        "of db",
        "ratio",
        "req/s",
        "floor",
        "ratio",
        "p50 ms",
        "p99 ms",
        "failed"
    );
    for (at, scenario) in scenarios.iter().enumerate() {
        for connections in CONNECTIONS {
            let (Some(ours), Some(floor)) = (found.get(&(at, false, connections)), found.get(&(at, true, connections)))
            else {
                continue;
            };
            let cost = |costs: &[Cost]| (middle(costs, |cost| cost.process), middle(costs, |cost| cost.database));
            let ((process, database), (floor_process, floor_database)) = (cost(ours), cost(floor));
            let rate = |costs: &[Cost]| middle(costs, |cost| cost.load.per_second);
            let failed: f64 = ours.iter().chain(floor).map(|cost| cost.load.failed).sum();
            println!(
                "{:<16} {connections:>5} {process:>9.3} {database:>9.3} {floor_process:>9.3} {floor_database:>9.3} {:>7.2} {:>8.0} {:>8.0} {:>7.2} {:>8.2} {:>8.2} {failed:>7}",
                format!("{}, {}", scenario.name, scenario.bytes),
                (process + database) / (floor_process + floor_database),
                rate(ours),
                rate(floor),
                rate(ours) / rate(floor),
                middle(ours, |cost| cost.load.p50),
                middle(ours, |cost| cost.load.p99),
            );
        }
    }
}
