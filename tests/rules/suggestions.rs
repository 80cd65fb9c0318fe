//! The search for groups: hard rules always hold, nobody is dropped, the same seed gives the same,
//! and what it finds is near the best there is.
use see_also::features::matching::{ALWAYS, Problem, Seat, Week, Weights, search};
use std::sync::atomic::AtomicU32;

/// Xorshift: the instances are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
    fn person(&mut self, n: usize) -> usize {
        usize::try_from(self.below(n as u64)).unwrap()
    }
    fn some(&mut self, most: u64, kinds: u64) -> Vec<u32> {
        let mut found: Vec<u32> = (0..self.below(most)).map(|_| u32::try_from(self.below(kinds)).unwrap()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
    fn week(&mut self) -> Week {
        if self.below(4) == 0 {
            return ALWAYS;
        }
        let mut week = [0; 11];
        for _ in 0..6 {
            let start = self.below(5) * 96 + 32 + self.below(8) * 4;
            (start..start + 8).for_each(|quarter| week[usize::try_from(quarter / 64).unwrap()] |= 1 << (quarter % 64));
        }
        week
    }
}

fn seat() -> Seat {
    Seat {
        free: vec![ALWAYS],
        apart: vec![],
        wants: vec![],
        meets: vec![],
        themes: 0,
        department: 0,
        site: 0,
        before: vec![],
    }
}

fn problem(seats: Vec<Seat>) -> Problem {
    let weights = Weights { wants: 5, themes: 3, departments: 2, site: 1, same_site: true, new_faces: 3 };
    Problem { seats, min: 2, target: 3, max: 4, weights }
}

fn random(n: usize, dice: &mut Dice) -> Problem {
    let mut seats: Vec<Seat> = (0..n)
        .map(|_| Seat {
            free: vec![dice.week()],
            wants: dice.some(3, 6),
            meets: dice.some(3, 6),
            themes: 1 << dice.below(6),
            department: u32::try_from(dice.below(5)).unwrap(),
            site: u32::try_from(dice.below(3)).unwrap(),
            ..seat()
        })
        .collect();
    for _ in 0..n / 4 {
        let (a, b, c) = (dice.person(n), dice.person(n), dice.person(n));
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
    problem(seats)
}

fn found(problem: &Problem, seed: u64) -> (Vec<Vec<usize>>, Vec<usize>) {
    search(problem, seed, &AtomicU32::new(0))
}

#[test]
fn hard_rules_hold_and_everyone_is_accounted_for_once() {
    let mut dice = Dice(11);
    for n in [1, 2, 3, 5, 8, 13, 21, 34] {
        let problem = random(n, &mut dice);
        let (groups, left) = found(&problem, 3);
        let mut all: Vec<usize> = groups.iter().flatten().chain(&left).copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..n).collect::<Vec<_>>());
        for group in &groups {
            assert!((2..=4).contains(&group.len()), "{group:?}");
            for a in group {
                assert!(group.iter().all(|b| !problem.seats[*a].apart.contains(b)), "{group:?}");
            }
            let together =
                (0..672).any(|q| group.iter().all(|p| problem.seats[*p].free[0][q / 64] >> (q % 64) & 1 == 1));
            assert!(together, "{group:?} has no quarter hour in common");
        }
    }
}

#[test]
fn an_odd_person_joins_a_group_and_is_never_dropped() {
    for n in 2..30 {
        let mut pairs = problem(vec![seat(); n]);
        pairs.target = 2;
        pairs.max = 3;
        let (groups, left) = found(&pairs, 1);
        assert!(left.is_empty(), "{n}: {left:?}");
        assert_eq!(groups.iter().filter(|group| group.len() == 3).count(), n % 2, "{n}: {groups:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_groups() {
    let problem = random(30, &mut Dice(5));
    assert_eq!(found(&problem, 42), found(&problem, 42));
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let problem = problem.clone();
            std::thread::spawn(move || found(&problem, 42))
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), found(&problem, 42));
    }
}

#[test]
fn who_can_meet_with_nobody_is_left_out_and_nobody_else() {
    let mut seats = vec![seat(); 5];
    seats[2].apart = vec![0, 1, 3, 4];
    for other in [0, 1, 3, 4] {
        seats[other].apart = vec![2];
    }
    assert_eq!(found(&problem(seats), 9).1, [2]);
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

#[test]
fn small_programs_come_within_five_percent_of_the_best_there_is() {
    let mut dice = Dice(77);
    for n in [4, 6, 7, 8, 9] {
        let problem = random(n, &mut dice);
        let (groups, left) = found(&problem, 1);
        // Both with the cost of those left out taken off again, so that it cannot hide the rest.
        let off = problem.total(&[], left.len());
        let (got, best) = (problem.total(&groups, left.len()) - off, optimum(&problem) - off);
        assert!(got >= 0.95 * best, "{n}: {got} of {best}");
    }
}
