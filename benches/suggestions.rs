//! `cargo bench --bench suggestions`: how long the search for groups takes, and how near it comes to
//! the best there is on instances small enough to try everything.
//!
//! Plain `main`: one long run says more of twenty seconds than many short ones, and a harness would
//! be one more thing to compile. Ends with a failure when a promise is not kept.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints what it found and fails by panicking")]
#![expect(clippy::cast_precision_loss, reason = "people are counted, and there are few of them")]
use see_also::features::matching::{ALWAYS, Problem, Seat, Week, Weights, search};
use std::{
    sync::atomic::AtomicU32,
    time::{Duration, Instant},
};

/// Xorshift: the instances are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
    fn word(&mut self, n: usize) -> u32 {
        u32::try_from(self.below(n)).unwrap()
    }
    fn some(&mut self, most: usize, kinds: usize) -> Vec<u32> {
        let mut found: Vec<u32> = (0..self.below(most)).map(|_| self.word(kinds)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
    /// Six slots of two hours in working hours; every fourth person says nothing.
    fn week(&mut self) -> Week {
        if self.below(4) == 0 {
            return ALWAYS;
        }
        let mut week = [0; 11];
        for _ in 0..6 {
            let start = self.below(5) * 96 + 32 + self.below(8) * 4;
            (start..start + 5).for_each(|quarter| week[quarter / 64] |= 1 << (quarter % 64));
        }
        week
    }
}

/// A program as they are: wants and offers from a common vocabulary, themes, departments, sites, a few
/// people who are kept apart, and pairs who were together before.
fn program(n: usize, families: usize, dice: &mut Dice) -> Problem {
    let words = if n <= 12 { 6 } else { 60 };
    let mut seats: Vec<Seat> = (0..n)
        .map(|_| Seat {
            free: vec![dice.week(); families],
            apart: vec![],
            wants: dice.some(4, words),
            meets: dice.some(4, words),
            themes: 1 << dice.below(6) | 1 << dice.below(6),
            department: dice.word(9),
            site: dice.word(4),
            before: vec![],
        })
        .collect();
    for _ in 0..n / 4 {
        let (a, b, c) = (dice.below(n), dice.below(n), dice.below(n));
        if a != b && a != c {
            seats[a].apart.push(b);
            seats[b].apart.push(a);
            seats[a].before.push(c);
            seats[c].before.push(a);
        }
    }
    for seat in &mut seats {
        seat.apart.sort_unstable();
        seat.before.sort_unstable();
    }
    Problem { seats, min: 2, target: 3, max: 4, weights: Weights::usual() }
}

fn time(n: usize, families: usize, most: Duration) {
    let problem = program(n, families, &mut Dice(7));
    let start = Instant::now();
    let (groups, left) = search(&problem, 1, &AtomicU32::new(0));
    let took = start.elapsed();
    let placed: usize = groups.iter().map(Vec::len).sum();
    assert_eq!(placed + left.len(), n, "nobody is lost");
    let quality = (problem.total(&groups, left.len()) - problem.total(&[], left.len())) / n as f64;
    println!(
        "{n:>5} people, {families} families of zones: {:>6.2} s (at most {} s), {} groups, {} left, quality {quality:.3}",
        took.as_secs_f64(),
        most.as_secs(),
        groups.len(),
        left.len()
    );
    assert!(took <= most, "{n} people took {took:?}");
}

/// The best total over every way to split people into groups, by dynamic programming over sets.
fn optimum(problem: &Problem) -> f64 {
    let n = problem.seats.len();
    let mut value = vec![f64::NEG_INFINITY; 1 << n];
    for (set, value) in value.iter_mut().enumerate().skip(1) {
        let group: Vec<usize> = (0..n).filter(|person| set >> person & 1 == 1).collect();
        if (problem.min..=problem.max).contains(&group.len()) && problem.allowed(&group) {
            *value = problem.total(&[group], 0);
        }
    }
    let mut best = vec![0.0; 1 << n];
    for set in 1..1_usize << n {
        let first = 1 << set.trailing_zeros();
        let rest = set ^ first;
        let mut most = best[rest] + problem.total(&[], 1);
        let mut part = rest;
        loop {
            most = f64::max(most, value[part | first] + best[set ^ (part | first)]);
            if part == 0 {
                break;
            }
            part = (part - 1) & rest;
        }
        best[set] = most;
    }
    best[(1 << n) - 1]
}

fn quality() {
    let mut dice = Dice(2_026);
    let (mut least, mut sum, mut exact, mut longest) = (1.0_f64, 0.0, 0, Duration::ZERO);
    let instances = 240;
    for instance in 0..instances {
        let n = 4 + instance % 9;
        let problem = program(n, 1, &mut dice);
        let start = Instant::now();
        let (groups, left) = search(&problem, instance as u64, &AtomicU32::new(0));
        longest = longest.max(start.elapsed());
        // Both with the cost of those left out taken off again, so that it cannot hide the rest.
        let off = problem.total(&[], left.len());
        let (got, best) = (problem.total(&groups, left.len()) - off, optimum(&problem) - off);
        // Somebody more left out than need be makes the best much larger, and the ratio small.
        let ratio = if best > 0.0 { got / best } else { 1.0 };
        exact += usize::from(ratio > 1.0 - 1e-9);
        least = least.min(ratio);
        sum += ratio;
    }
    println!(
        "{instances} programs of 4 to 12 people against the best of all ways: mean {:.2} %, worst {:.2} %, {exact} exactly; \
         at most {:.0} ms each",
        100.0 * sum / instances as f64,
        100.0 * least,
        longest.as_secs_f64() * 1e3
    );
    assert!(least >= 0.95, "a program came only to {least} of the best");
}

fn main() {
    quality();
    time(320, 1, Duration::from_secs(1));
    time(320, 3, Duration::from_secs(1));
    time(5_000, 1, Duration::from_secs(20));
    time(5_000, 3, Duration::from_secs(20));
}
