//! The search itself: people are numbers here. Greedy seating under the hard rules, then swaps
//! and moves that are accepted while they cost less than a threshold that sinks to nothing.
//! Only sums, products and quotients of floats, so that every machine finds the same.
use super::problem::{LEFT_OUT, Problem, float, share};
use std::sync::atomic::{AtomicU32, Ordering};

/// `SplitMix64`: ten lines that never change, which is what "same seed, same groups" asks for;
/// a library's generators may differ between its versions.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// Below `n`, which is not 0.
    fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * (n as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }
}

/// As progress: whoever waited for it does not any more, and the search gives up.
pub const STOP: u32 = u32::MAX;

/// In no group.
const NOWHERE: usize = usize::MAX;

struct Search<'a> {
    problem: &'a Problem,
    groups: Vec<Vec<usize>>,
    values: Vec<f64>,
    at: Vec<usize>,
    /// By want: who meets it.
    givers: &'a [Vec<usize>],
    random: Random,
}

/// Groups, and who is in none. `progress` goes up to 100 while it works.
#[must_use]
pub fn search(problem: &Problem, seed: u64, progress: &AtomicU32) -> (Vec<Vec<usize>>, Vec<usize>) {
    let n = problem.seats.len();
    let most = n / problem.min.max(1);
    if most == 0 {
        return (Vec::new(), (0..n).collect());
    }
    let givers = givers(problem);
    let (rounds, steps) = match n {
        0..=24 => (32, 1_500),
        25..=120 => (4, 1_000 * n),
        _ => (1, (1_200 * n).min(6_000_000)),
    };
    let fewest = n.div_ceil(problem.max);
    let usual = ((n + problem.target / 2) / problem.target).clamp(fewest.min(most), most);
    let mut best: Option<(f64, Vec<Vec<usize>>)> = None;
    for round in 0..rounds {
        let mut random = Random(seed ^ (u64::from(round) << 48));
        let first = match round % 3 {
            0 => usual,
            _ => fewest.min(most) + random.below(most - fewest.min(most) + 1),
        };
        let (groups, values, at) = (vec![Vec::new(); most], vec![0.0; most], vec![NOWHERE; n]);
        let mut search = Search { problem, groups, values, at, givers: &givers, random };
        search.seat_all(first);
        search.improve(steps, (round, rounds), progress);
        search.settle();
        let whole: Vec<Vec<usize>> = search.groups.into_iter().filter(|group| !group.is_empty()).collect();
        let placed: usize = whole.iter().map(Vec::len).sum();
        let total = problem.total(&whole, n - placed);
        if best.as_ref().is_none_or(|(known, _)| total > *known + 1e-9) {
            best = Some((total, whole));
        }
    }
    let mut groups = best.map(|(_, groups)| groups).unwrap_or_default();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    let mut out: Vec<bool> = vec![true; n];
    for person in groups.iter().flatten() {
        out[*person] = false;
    }
    progress.store(100, Ordering::Relaxed);
    (groups, (0..n).filter(|person| out[*person]).collect())
}

fn givers(problem: &Problem) -> Vec<Vec<usize>> {
    let seats = || problem.seats.iter();
    let wants =
        seats().flat_map(|seat| seat.wants.iter().chain(&seat.meets)).max().map_or(0, |want| *want as usize + 1);
    let mut givers = vec![Vec::new(); wants];
    for (person, seat) in seats().enumerate() {
        for want in &seat.meets {
            givers[*want as usize].push(person);
        }
    }
    givers
}

impl Search<'_> {
    /// Greedy: those with the fewest possibilities first, each where they add most.
    fn seat_all(&mut self, first: usize) {
        let n = self.at.len();
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            let j = self.random.below(i + 1);
            order.swap(i, j);
        }
        let free = |person: &usize| {
            self.problem.seats[*person].free.iter().flatten().map(|word| word.count_ones()).sum::<u32>()
        };
        let mut keyed: Vec<(u32, usize)> = order.into_iter().map(|person| (free(&person), person)).collect();
        keyed.sort_by_key(|(free, _)| *free);
        // Each group is filled evenly first; what the rules then leave over goes wherever there is room.
        let even = n.div_ceil(first.max(1)).min(self.problem.max);
        for (_, person) in keyed {
            let mut to: Option<(f64, usize)> = None;
            for _ in 0..24.min(2 * first) {
                let group = self.random.below(first);
                let with: Vec<usize> = self.groups[group].iter().copied().chain([person]).collect();
                if with.len() <= even && self.problem.allowed(&with) {
                    let fit = self.problem.quality(&with) - share(with.len(), even);
                    if to.is_none_or(|(known, _)| fit > known) {
                        to = Some((fit, group));
                    }
                }
            }
            if to.is_none() {
                for group in 0..self.groups.len() {
                    self.consider(person, group, &mut to);
                }
            }
            if let Some((_, group)) = to {
                self.put(person, group);
            }
        }
    }

    fn consider(&self, person: usize, group: usize, to: &mut Option<(f64, usize)>) {
        if self.groups[group].len() >= self.problem.max || self.at[person] == group {
            return;
        }
        let with: Vec<usize> = self.groups[group].iter().copied().chain([person]).collect();
        if self.problem.allowed(&with) {
            let gain = self.problem.value(&with) - self.values[group];
            if to.is_none_or(|(known, _)| gain > known) {
                *to = Some((gain, group));
            }
        }
    }

    fn put(&mut self, person: usize, group: usize) {
        self.groups[group].push(person);
        self.at[person] = group;
        self.values[group] = self.problem.value(&self.groups[group]);
    }

    fn take(&mut self, person: usize) {
        let group = self.at[person];
        if group != NOWHERE {
            self.groups[group].retain(|other| *other != person);
            self.values[group] = self.problem.value(&self.groups[group]);
            self.at[person] = NOWHERE;
        }
    }

    fn improve(&mut self, steps: usize, (round, rounds): (u32, u32), progress: &AtomicU32) {
        let n = self.at.len();
        for step in 0..steps {
            if step % 4_096 == 0 {
                if progress.load(Ordering::Relaxed) == STOP {
                    return;
                }
                let part = u32::try_from(100 * step / steps).unwrap_or(0);
                progress.store((100 * round + part) / rounds, Ordering::Relaxed);
            }
            // In the last fifth nothing is accepted that makes things worse.
            let threshold = (1.0 - float(step) / (0.8 * float(steps))).max(0.0);
            let threshold = threshold * threshold;
            let a = self.random.below(n);
            let b = self.partner(a);
            if step % 16 == 0 {
                let other = if step % 32 == 0 { a } else { b };
                self.try_other_sizes(a, other, threshold);
            }
            if self.random.below(4) == 0 {
                let to = if self.random.below(8) == 0 { self.random.below(self.groups.len()) } else { self.at[b] };
                self.try_move(a, to, threshold);
            } else {
                self.try_swap(a, b, threshold);
            }
        }
    }

    /// Somebody to change places with: often a groupmate of who offers what this person wants.
    fn partner(&mut self, a: usize) -> usize {
        let n = self.at.len();
        let wants = &self.problem.seats[a].wants;
        if !wants.is_empty() && self.random.below(2) == 0 {
            let want = wants[self.random.below(wants.len())];
            let givers = &self.givers[want as usize];
            if !givers.is_empty() {
                let giver = givers[self.random.below(givers.len())];
                if self.at[giver] != NOWHERE {
                    let group = &self.groups[self.at[giver]];
                    return group[self.random.below(group.len())];
                }
            }
        }
        self.random.below(n)
    }

    /// The groups of two people become one, or one group becomes two: what no single move can
    /// do without passing through a group that is too small.
    fn try_other_sizes(&mut self, a: usize, b: usize, threshold: f64) {
        let (from, to) = (self.at[a], self.at[b]);
        if from == NOWHERE || to == NOWHERE {
            return;
        }
        let (one, two, empty) = if from == to {
            let members = &self.groups[from];
            if members.len() < 2 * self.problem.min {
                return;
            }
            let Some(empty) = self.groups.iter().position(Vec::is_empty) else { return };
            let start = self.random.below(members.len());
            let turned: Vec<usize> = members[start..].iter().chain(&members[..start]).copied().collect();
            let (one, two) = turned.split_at(members.len() / 2);
            (one.to_vec(), two.to_vec(), empty)
        } else {
            (self.groups[from].iter().chain(&self.groups[to]).copied().collect(), Vec::new(), to)
        };
        if one.len() > self.problem.max || !self.problem.allowed(&one) {
            return;
        }
        let (first, second) = (self.problem.value(&one), self.problem.value(&two));
        if first + second - self.values[from] - self.values[empty] > -threshold {
            for (group, members, value) in [(from, one, first), (empty, two, second)] {
                for person in &members {
                    self.at[*person] = group;
                }
                self.groups[group] = members;
                self.values[group] = value;
            }
        }
    }

    fn try_move(&mut self, person: usize, to: usize, threshold: f64) {
        let from = self.at[person];
        if to == NOWHERE || from == to || self.groups[to].len() >= self.problem.max {
            return;
        }
        let with: Vec<usize> = self.groups[to].iter().copied().chain([person]).collect();
        let (before, without) = if from == NOWHERE {
            (-LEFT_OUT, 0.0)
        } else {
            let rest: Vec<usize> = self.groups[from].iter().copied().filter(|other| *other != person).collect();
            (self.values[from], self.problem.value(&rest))
        };
        let delta = self.problem.value(&with) + without - self.values[to] - before;
        if delta > -threshold && self.problem.allowed(&with) {
            self.take(person);
            self.put(person, to);
        }
    }

    fn try_swap(&mut self, a: usize, b: usize, threshold: f64) {
        let (from, to) = (self.at[a], self.at[b]);
        if from == to || to == NOWHERE {
            return;
        }
        let exchanged = |group: usize, out: usize, into: usize| -> Vec<usize> {
            self.groups[group].iter().map(|other| if *other == out { into } else { *other }).collect()
        };
        let theirs = exchanged(to, b, a);
        if from == NOWHERE {
            let delta = self.problem.value(&theirs) - self.values[to];
            if delta > -threshold && self.problem.allowed(&theirs) {
                self.take(b);
                self.put(a, to);
            }
            return;
        }
        let ours = exchanged(from, a, b);
        let delta = self.problem.value(&theirs) + self.problem.value(&ours) - self.values[from] - self.values[to];
        if delta > -threshold && self.problem.allowed(&theirs) && self.problem.allowed(&ours) {
            self.take(a);
            self.take(b);
            self.put(a, to);
            self.put(b, from);
        }
    }

    /// Groups below the minimum are dissolved, and everyone left over gets a place if there is one:
    /// directly, or because somebody else makes room by going to a group that has some.
    fn settle(&mut self) {
        for group in 0..self.groups.len() {
            if self.groups[group].len() < self.problem.min {
                for person in self.groups[group].clone() {
                    self.take(person);
                }
            }
        }
        let left: Vec<usize> = (0..self.at.len()).filter(|person| self.at[*person] == NOWHERE).collect();
        for person in left {
            if !self.seat(person) {
                self.make_room(person);
            }
        }
    }

    /// Into the best group that can take them.
    fn seat(&mut self, person: usize) -> bool {
        let mut to: Option<(f64, usize)> = None;
        for group in 0..self.groups.len() {
            if self.groups[group].len() >= self.problem.min {
                self.consider(person, group, &mut to);
            }
        }
        if let Some((_, group)) = to {
            self.put(person, group);
        }
        to.is_some()
    }

    fn make_room(&mut self, person: usize) {
        for group in 0..self.groups.len() {
            for out in self.groups[group].clone() {
                let with: Vec<usize> =
                    self.groups[group].iter().map(|other| if *other == out { person } else { *other }).collect();
                if !self.problem.allowed(&with) {
                    continue;
                }
                self.take(out);
                self.put(person, group);
                if self.seat(out) {
                    return;
                }
                self.take(person);
                self.put(out, group);
            }
        }
    }
}
