//! The figures of a pulse, when its results are shown, what is said while it is open, and when its reminder leaves.
use see_also::{
    base::{ids::PulseId, local_time, local_time::to_local},
    features::{
        progress::figures::{self, Share},
        pulse::{Answer, Pulse, PulseKind, SoFar, fewest, last_days, reminder_at, results, so_far},
    },
};
use time::{
    Duration, Weekday,
    macros::{date, datetime},
};

fn pulse(fewest: i32, invited: i32) -> Pulse {
    Pulse {
        id: PulseId::generate(),
        kind: PulseKind::Mid,
        opened_at: datetime!(2026-04-20 15:00 UTC),
        last_day: date!(2026 - 04 - 30),
        fewest,
        invited,
        closed_at: Some(datetime!(2026-05-01 05:00 UTC)),
    }
}

fn answers(n: i32, lines: i32) -> Vec<Answer> {
    (0..n)
        .map(|at| Answer {
            worth: 4,
            safe: 5,
            recommend: 8,
            line: if at < lines { format!("line {at}") } else { String::new() },
        })
        .collect()
}

/// The worked example of the domain: seven of nine, half-way.
#[test]
fn the_worked_example_comes_out() {
    let (recommend, worth, safe) = ([10, 9, 9, 8, 7, 6, 9], [5, 5, 4, 4, 4, 2, 4], [5, 5, 5, 4, 5, 3, 5]);
    let given: Vec<Answer> = (0..7)
        .map(|at| Answer { worth: worth[at], safe: safe[at], recommend: recommend[at], line: String::new() })
        .collect();
    let found = results(&pulse(5, 9), &given).unwrap();
    assert_eq!(found.response, Share { num: 7, den: 9 });
    assert_eq!(format!("{:.3}", found.response.value().unwrap()), "0.778");
    assert_eq!(format!("{:.1} {:.2} {:.1}", found.worth, found.safe, found.recommend), "4.0 4.57 42.9");
}

#[test]
fn figures_of_nothing_are_none_and_others_agree_with_counting() {
    assert_eq!(figures::recommend([]), None);
    assert_eq!(figures::mean([]), None);
    assert_eq!(figures::response(0, 0).value(), None);
    assert_eq!(figures::recommend(0..=10), Some(100.0 * (2.0 - 7.0) / 11.0));
    assert_eq!(figures::recommend([9, 10]), Some(100.0));
    assert_eq!(figures::recommend([0, 6]), Some(-100.0));
    assert_eq!(figures::recommend([7, 8]), Some(0.0));
    // By another way of counting, for three hundred made-up programs.
    let mut seed = 7_u64;
    let mut draw = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((seed >> 33) % below).unwrap()
    };
    for _ in 0..300 {
        let scores: Vec<i32> = (0..=draw(40)).map(|_| draw(11)).collect();
        let of = |range: std::ops::RangeInclusive<i32>| {
            100.0 * f64::from(i32::try_from(scores.iter().filter(|n| range.contains(n)).count()).unwrap())
                / f64::from(i32::try_from(scores.len()).unwrap())
        };
        let found = figures::recommend(scores.iter().copied()).unwrap();
        assert!((found - (of(9..=10) - of(0..=6))).abs() < 1e-9, "{scores:?}");
        let mean = scores.iter().map(|n| f64::from(*n)).sum::<f64>() / f64::from(i32::try_from(scores.len()).unwrap());
        assert!((figures::mean(scores.iter().copied()).unwrap() - mean).abs() < 1e-9, "{scores:?}");
    }
}

#[test]
fn results_need_a_closed_pulse_and_enough_answers_and_lines_enough_lines() {
    assert!(results(&pulse(5, 9), &answers(4, 4)).is_none());
    assert!(results(&Pulse { closed_at: None, ..pulse(5, 9) }, &answers(9, 9)).is_none());
    let shown = results(&pulse(5, 9), &answers(5, 4)).unwrap();
    assert_eq!(shown.lines, None, "four lines could point at somebody");
    assert_eq!(results(&pulse(5, 9), &answers(7, 5)).unwrap().lines.unwrap().len(), 5);
    assert_eq!((fewest(0), fewest(2), fewest(3), fewest(8)), (3, 3, 3, 8));
}

#[test]
fn while_it_is_open_one_thing_is_said_and_changes_once() {
    let open = Pulse { closed_at: None, ..pulse(5, 9) };
    let told: Vec<SoFar> = (0..=9).map(|n| so_far(n, &open)).collect();
    assert_eq!(told[..5], [SoFar::Few; 5]);
    assert_eq!(told[5..], [SoFar::Enough; 5]);
    // Where all would have to answer, enough would name everybody.
    let small = Pulse { invited: 5, ..open };
    assert!((0..=5).all(|n| so_far(n, &small) == SoFar::Untold));
}

#[test]
fn the_day_itself_ends_it() {
    let open = Pulse { closed_at: None, ..pulse(5, 9) };
    let zone = "America/Chicago";
    assert!(open.takes_answers(zone, datetime!(2026-05-01 04:59 UTC)));
    assert!(!open.takes_answers(zone, datetime!(2026-05-01 05:00 UTC)));
    assert!(!pulse(5, 9).takes_answers(zone, datetime!(2026-04-25 12:00 UTC)));
}

#[test]
fn the_reminder_comes_by_day_before_the_end_wherever_somebody_lives() {
    for zone in ["America/Chicago", "Europe/Lisbon", "Asia/Kolkata", "Pacific/Auckland"] {
        let mut today = date!(2026 - 04 - 20);
        for _ in 0..28 {
            let soonest = *last_days(today).start();
            for last_day in [soonest, soonest + Duration::days(1), soonest + Duration::days(9)] {
                let at = to_local(zone, reminder_at(zone, last_day));
                assert!((7..19).contains(&at.hour()), "{at}");
                assert!(!matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday), "{at} for {last_day}");
                assert!(at.date() > today && at.date() <= last_day, "{at} for {last_day}, opened {today}");
                assert!(last_day - at.date() <= Duration::days(2), "{at} for {last_day}");
            }
            today += Duration::days(1);
        }
    }
    let thursday = reminder_at("America/Chicago", date!(2026 - 04 - 30));
    assert_eq!(thursday, datetime!(2026-04-29 14:00 UTC));
    // The day before Monday is a Sunday: on Monday morning. Before Sunday: on Friday.
    assert_eq!(reminder_at("America/Chicago", date!(2026 - 05 - 04)), datetime!(2026-05-04 12:00 UTC));
    assert_eq!(reminder_at("America/Chicago", date!(2026 - 05 - 03)), datetime!(2026-05-01 14:00 UTC));
    assert_eq!(local_time::day_in("America/Chicago", thursday), date!(2026 - 04 - 29));
}
