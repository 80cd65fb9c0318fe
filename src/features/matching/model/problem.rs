//! What the search is given, the rules it keeps, and how good a group is. People are numbers here.

/// Quarter hours of a week that a meeting may start in, Monday 0:00 first, in one zone's wall time.
pub type Week = [u64; 11];
/// Somebody who is always free: all 672 quarter hours.
pub const ALWAYS: Week = {
    let mut week = [u64::MAX; 11];
    week[10] = (1 << 32) - 1;
    week
};

/// What each person left over costs: more than any quality can make up for.
pub(super) const LEFT_OUT: f64 = 10.0;
/// How much the size of a group counts beside the coordinator's weights.
const SIZE: f64 = 5.0;

/// One person, as far as the search has to know them. Lists are sorted.
#[derive(Debug, Clone)]
pub struct Seat {
    /// One week for each family of zones ([`super::week::Zones`]); everyone has as many.
    pub free: Vec<Week>,
    /// Never in one group with these.
    pub apart: Vec<usize>,
    /// What they want, each thing a number.
    pub wants: Vec<u32>,
    /// The wants that what they offer meets.
    pub meets: Vec<u32>,
    /// One bit a theme.
    pub themes: u128,
    /// 0 when not known.
    pub department: u32,
    /// 0 when not known.
    pub site: u32,
    /// Whom they were in a group with before.
    pub before: Vec<usize>,
}

/// How much each soft rule counts, 0 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Weights {
    pub wants: u8,
    pub themes: u8,
    pub departments: u8,
    pub site: u8,
    /// People of one site together; otherwise of different sites.
    pub same_site: bool,
    pub new_faces: u8,
}

impl Weights {
    /// What a coordinator is offered first.
    #[must_use]
    pub const fn usual() -> Self {
        Self { wants: 5, themes: 3, departments: 2, site: 1, same_site: true, new_faces: 3 }
    }
}

/// Everything the search is given.
#[derive(Debug, Clone)]
pub struct Problem {
    pub seats: Vec<Seat>,
    pub min: usize,
    pub target: usize,
    pub max: usize,
    pub weights: Weights,
}

impl Problem {
    /// The quarter hours in which a meeting of all of these may start, in a family's wall time.
    #[must_use]
    pub fn shared(&self, group: &[usize], family: usize) -> Week {
        let mut week = ALWAYS;
        for person in group {
            for (word, free) in week.iter_mut().zip(&self.seats[*person].free[family]) {
                *word &= free;
            }
        }
        week
    }

    /// Whether these can all meet: in some family's zone, the same wall time suits them in every week.
    #[must_use]
    pub fn can_meet(&self, group: &[usize]) -> bool {
        let Some(first) = group.first() else { return true };
        (0..self.seats[*first].free.len()).any(|family| self.shared(group, family).iter().any(|word| *word != 0))
    }

    /// Whether the hard rules, sizes apart, let these be one group.
    #[must_use]
    pub fn allowed(&self, group: &[usize]) -> bool {
        let together = |a: &usize, b: &usize| self.seats[*a].apart.binary_search(b).is_err();
        group.iter().enumerate().all(|(at, a)| group[at + 1..].iter().all(|b| together(a, b))) && self.can_meet(group)
    }

    /// How good a group is, 0 to 1: the weighted mean of
    ///
    /// - wants: over its members who want something, the mean share of it that others in it offer;
    /// - themes: the share of its pairs with a theme in common;
    /// - departments: the share of its pairs from two known, different departments;
    /// - site: the share of its pairs from one site (or from two);
    /// - new faces: the share of its pairs who were not in a group before;
    /// - size: 1 at the target, falling to 0 at the farther of minimum and maximum. It counts 5.
    ///
    /// Pairs and means, so that a large group is no better and no worse for being large.
    #[must_use]
    pub fn quality(&self, group: &[usize]) -> f64 {
        let w = &self.weights;
        let mut pairs = Pairs::default();
        for (at, a) in group.iter().enumerate() {
            for b in &group[at + 1..] {
                pairs.count(&self.seats[*a], &self.seats[*b], *b, w.same_site);
            }
        }
        let widest = (self.max - self.target).max(self.target - self.min).max(1);
        let size = (1.0 - share(group.len().abs_diff(self.target), widest)).max(0.0);
        let sum = f64::from(w.wants) * self.wants_met(group)
            + f64::from(w.themes) * share(pairs.themes, pairs.all)
            + f64::from(w.departments) * share(pairs.departments, pairs.all)
            + f64::from(w.site) * share(pairs.site, pairs.all)
            + f64::from(w.new_faces) * share(pairs.new_faces, pairs.all)
            + SIZE * size;
        let all = w.wants + w.themes + w.departments + w.site + w.new_faces;
        sum / (f64::from(all) + SIZE)
    }

    fn wants_met(&self, group: &[usize]) -> f64 {
        let (mut sum, mut asking) = (0.0, 0);
        for a in group {
            let wants = &self.seats[*a].wants;
            if wants.is_empty() {
                continue;
            }
            let met = |want: &&u32| group.iter().any(|b| b != a && self.seats[*b].meets.binary_search(want).is_ok());
            sum += share(wants.iter().filter(met).count(), wants.len());
            asking += 1;
        }
        if asking == 0 { 0.0 } else { sum / f64::from(asking) }
    }

    /// What the search makes as large as it can, summed over groups: each person carries the
    /// quality of their group, and whoever is left out, or in too small a group, costs more.
    pub(super) fn value(&self, group: &[usize]) -> f64 {
        let size = float(group.len());
        if group.is_empty() {
            0.0
        } else if group.len() < self.min {
            // A little better the fuller it is, so that small groups fill up.
            -LEFT_OUT * size * (1.0 - 0.1 * share(group.len(), self.min))
        } else {
            size * self.quality(group)
        }
    }

    /// The value of whole groups with this many left out.
    #[must_use]
    pub fn total(&self, groups: &[Vec<usize>], left_out: usize) -> f64 {
        groups.iter().map(|group| self.value(group)).sum::<f64>() - LEFT_OUT * float(left_out)
    }
}

#[derive(Default)]
struct Pairs {
    all: usize,
    themes: usize,
    departments: usize,
    site: usize,
    new_faces: usize,
}

impl Pairs {
    fn count(&mut self, a: &Seat, b: &Seat, b_at: usize, same_site: bool) {
        self.all += 1;
        self.themes += usize::from(a.themes & b.themes != 0);
        let known = |x: u32, y: u32| x != 0 && y != 0;
        self.departments += usize::from(known(a.department, b.department) && a.department != b.department);
        self.site += usize::from(known(a.site, b.site) && (a.site == b.site) == same_site);
        self.new_faces += usize::from(a.before.binary_search(&b_at).is_err());
    }
}

pub(super) fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { float(part) / float(whole) }
}
