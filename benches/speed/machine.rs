//! What the system says of processes: their processor time and their memory; and what `wrk` says of a load.
use super::Fallible;
use std::{fs, process::Command};

/// Processor time of a process in seconds, as the system counts it: in hundredths.
pub(super) fn cpu(pid: u32) -> f64 {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { return 0.0 };
    // The name may hold anything, but ends with the last parenthesis.
    let Some((_, rest)) = stat.rsplit_once(") ") else { return 0.0 };
    let fields: Vec<f64> = rest.split(' ').map(|field| field.parse().unwrap_or(0.0)).collect();
    (fields[11] + fields[12]) / 100.0
}

/// The same of a process and all that it started, the ended ones too.
pub(super) fn cpu_of_family(pid: u32) -> f64 {
    let own = fs::read_to_string(format!("/proc/{pid}/stat")).ok().and_then(|stat| {
        let fields: Vec<f64> = stat.rsplit_once(") ")?.1.split(' ').map(|field| field.parse().unwrap_or(0.0)).collect();
        Some((fields[11] + fields[12] + fields[13] + fields[14]) / 100.0)
    });
    own.unwrap_or(0.0) + children(pid).into_iter().map(cpu).sum::<f64>()
}

fn children(of: u32) -> Vec<u32> {
    let Ok(all) = fs::read_dir("/proc") else { return Vec::new() };
    let is_child = |pid: &u32| {
        fs::read_to_string(format!("/proc/{pid}/stat"))
            .ok()
            .and_then(|stat| stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse::<u32>().ok())
            == Some(of)
    };
    all.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(is_child).collect()
}

/// Memory in MB: now, and at most since it began.
pub(super) fn memory(pid: u32) -> (f64, f64) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let kilobytes = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|number| number.parse::<f64>().ok()).unwrap_or(0.0)
    };
    (kilobytes("VmRSS:") / 1024.0, kilobytes("VmHWM:") / 1024.0)
}

/// What a load came to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Load {
    pub(super) requests: f64,
    /// Answers that are no 2xx or 3xx, and connections that broke.
    pub(super) failed: f64,
    pub(super) per_second: f64,
    /// Milliseconds.
    pub(super) p50: f64,
    pub(super) p99: f64,
}

/// What is asked for: by a script of wrk, or plainly.
pub(super) struct Asked<'a> {
    pub(super) url: &'a str,
    pub(super) cookie: &'a str,
    pub(super) script: Option<&'a str>,
}

/// Loads this machine for some seconds with so many connections.
pub(super) fn load(asked: &Asked<'_>, connections: u32, seconds: u32) -> Fallible<Load> {
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", "--latency", "--timeout", "10s", &format!("-c{connections}"), &format!("-d{seconds}s")]);
    wrk.args(["-H", &format!("Cookie: {}", asked.cookie)]);
    if let Some(script) = asked.script {
        wrk.args(["-s", script]);
    }
    let out = wrk.arg(asked.url).output().map_err(|error| format!("wrk (apt-get install wrk): {error}"))?;
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let after = |word: &str| -> f64 {
        said.lines()
            .find_map(|line| line.trim().strip_prefix(word))
            .and_then(|rest| rest.split_whitespace().next())
            .map_or(0.0, number)
    };
    let requests = said
        .lines()
        .find(|line| line.contains(" requests in "))
        .and_then(|line| line.split_whitespace().next())
        .map_or(0.0, number);
    if requests == 0.0 {
        return Err(format!("nothing was answered: {said}").into());
    }
    Ok(Load {
        requests,
        failed: after("Non-2xx or 3xx responses:"),
        per_second: after("Requests/sec:"),
        p50: after("50%"),
        p99: after("99%"),
    })
}

/// wrk writes times with their unit; they become milliseconds.
fn number(text: &str) -> f64 {
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let value: f64 = digits.parse().unwrap_or(0.0);
    match &text[digits.len()..] {
        "us" => value / 1000.0,
        "s" => value * 1000.0,
        "m" => value * 60_000.0,
        _ => value,
    }
}
