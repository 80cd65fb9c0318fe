//! What is compared and said about suggested groups: keywords, times across zones, reasons, rules in the way.
use see_also::features::{
    matching::{
        ALWAYS, Meeting, Problem, Rule, Somebody, Week, Weights, Window, Zones, keywords, obstacles, reasons, seats,
    },
    profiles::Slot,
};
use time::{Date, Time, macros::date};

fn stems(text: &str) -> Vec<String> {
    keywords(text).into_iter().map(|keyword| keyword.stem).collect()
}

#[test]
fn a_text_comes_down_to_its_subjects() {
    assert_eq!(stems("Help with one-shot instruction!"), ["instruction", "one", "shot"]);
    assert_eq!(stems("Policies, boxes, classes and matches"), ["box", "class", "match", "policy"]);
    assert_eq!(stems("analysis status process"), ["analysis", "process", "status"]);
    assert_eq!(stems("how to work better with people; I would like to learn"), Vec::<String>::new());
    // The same word in another form of Unicode and other capitals, once.
    assert_eq!(stems("Caf\u{e9} CAFE\u{301}s"), ["caf\u{e9}"]);
    let first = &keywords("Instructions and instruction")[0];
    assert_eq!((first.stem.as_str(), first.word.as_str()), ("instruction", "instructions"));
    assert_eq!(stems("\u{0}\u{202e} 12 ab 😀"), Vec::<String>::new());
}

fn slot(weekday: i32, from: (u8, u8), to: (u8, u8)) -> Slot {
    let at = |(hour, minute)| Time::from_hms(hour, minute, 0).unwrap();
    Slot { weekday, starts_at: at(from), ends_at: at(to) }
}

fn zones(names: &[&str], from: Date, until: Date) -> Zones {
    Zones::between(names.iter().map(|name| (*name).to_owned()), from, until)
}

fn windows(meeting: Option<Meeting>) -> Vec<(String, i32, i32, i32)> {
    let Some(meeting) = meeting else { return vec![] };
    let zone = meeting.time_zone;
    meeting.windows.iter().map(|w: &Window| (zone.clone(), w.weekday, w.from, w.to)).collect()
}

const NINE: i32 = 9 * 60;

#[test]
fn a_meeting_must_fit_whole_into_a_slot() {
    let zones = zones(&["UTC"], date!(2026 - 01 - 05), date!(2026 - 01 - 31));
    let starts = |slots: &[Slot], minutes| zones.weeks("UTC", slots, minutes)[0];
    let many = |week: Week| week.iter().map(|word| word.count_ones()).sum::<u32>();
    let nine_to_ten = [slot(1, (9, 0), (10, 0))];
    assert_eq!(many(starts(&nine_to_ten, 60)), 1);
    assert_eq!(many(starts(&nine_to_ten, 30)), 3);
    assert_eq!(many(starts(&nine_to_ten, 75)), 0);
    assert_eq!(many(starts(&[slot(1, (9, 5), (10, 5))], 60)), 0, "meetings begin on the quarter hour");
    // Two slots that meet are one.
    assert_eq!(many(starts(&[slot(1, (9, 0), (10, 0)), slot(1, (10, 0), (11, 0))], 120)), 1);
    assert_eq!(starts(&[], 60), ALWAYS);
    let monday_nine = starts(&nine_to_ten, 60);
    assert_eq!(monday_nine[0], 1 << 36, "Monday 9:00 is the 36th quarter hour");
}

#[test]
fn clocks_that_change_on_other_days_shrink_what_is_shared() {
    let (chicago, lisbon) = ("America/Chicago", "Europe/Lisbon");
    let (one, other) = ([slot(3, (9, 0), (10, 0))], [slot(3, (15, 0), (16, 0))]);
    let both = [(chicago, &one[..]), (lisbon, &other[..])];
    // Six hours apart all through February.
    let winter = zones(&[chicago, lisbon], date!(2026 - 02 - 02), date!(2026 - 02 - 28));
    assert_eq!(windows(winter.meeting(&both, 60)), [(chicago.to_owned(), 3, NINE, NINE + 60)]);
    // America changes on 8 March and Europe on the 29th: in between they are five apart.
    let spring = zones(&[chicago, lisbon], date!(2026 - 02 - 02), date!(2026 - 05 - 28));
    assert_eq!(spring.meeting(&both, 60), None);
    let wider = [slot(3, (14, 0), (16, 0))];
    let both = [(chicago, &one[..]), (lisbon, &wider[..])];
    assert_eq!(windows(spring.meeting(&both, 60)), [(chicago.to_owned(), 3, NINE, NINE + 60)]);
}

#[test]
fn two_in_one_zone_always_share_their_hours_wherever_the_program_is() {
    let (chicago, lisbon) = ("America/Chicago", "Europe/Lisbon");
    let spring = zones(&[chicago, lisbon, "Europe/Berlin"], date!(2026 - 02 - 02), date!(2026 - 05 - 28));
    let slots = [slot(5, (16, 0), (17, 0))];
    let both = [(lisbon, &slots[..]), (lisbon, &slots[..])];
    assert_eq!(windows(spring.meeting(&both, 60)), [(lisbon.to_owned(), 5, 16 * 60, 17 * 60)]);
    // Berlin changes its clocks with Lisbon, and is an hour ahead.
    let later = [slot(5, (17, 0), (18, 0))];
    let both = [(lisbon, &slots[..]), ("Europe/Berlin", &later[..])];
    assert_eq!(windows(spring.meeting(&both, 60)).len(), 1);
    // Past midnight and over the end of the week: Sunday night in Honolulu is Monday in Tokyo.
    let pacific = zones(&["Pacific/Honolulu", "Asia/Tokyo"], date!(2026 - 02 - 02), date!(2026 - 12 - 28));
    let (sunday, monday) = ([slot(7, (17, 0), (18, 0))], [slot(1, (12, 0), (13, 0))]);
    let both = [("Pacific/Honolulu", &sunday[..]), ("Asia/Tokyo", &monday[..])];
    assert_eq!(windows(pacific.meeting(&both, 60)), [("Asia/Tokyo".to_owned(), 1, 12 * 60, 13 * 60)]);
    // Half hours, as in Kolkata.
    let asia = zones(&["Asia/Kolkata", "Asia/Tokyo"], date!(2026 - 02 - 02), date!(2026 - 12 - 28));
    let (noon, later) = ([slot(2, (12, 0), (13, 0))], [slot(2, (15, 30), (16, 30))]);
    assert_eq!(windows(asia.meeting(&[("Asia/Kolkata", &noon[..]), ("Asia/Tokyo", &later[..])], 60)).len(), 1);
}

fn somebody(name: &str, wants: &str, offers: &str) -> Somebody {
    Somebody {
        name: name.into(),
        time_zone: "Europe/Lisbon".into(),
        wants: wants.into(),
        offers: offers.into(),
        ..Somebody::default()
    }
}

#[test]
fn reasons_say_what_speaks_for_a_group_and_only_that() {
    let mut priya = somebody("Priya Whitlock", "instruction", "metadata");
    let mut marcus = somebody("Marcus Boone", "", "Instructions; zines");
    let mut hana = somebody("Hana Sørby", "Zine fairs", "instruction");
    (priya.themes, marcus.themes) = (vec!["Assessment".into(), "Open access".into()], vec!["Assessment".into()]);
    hana.themes = vec!["Assessment".into(), "Open access".into()];
    (priya.department, marcus.department, hana.department) = ("Teaching".into(), "teaching".into(), "Archives".into());
    (priya.site, marcus.site, hana.site) = ("North".into(), "North".into(), "north".into());
    priya.slots = vec![slot(2, (15, 0), (16, 0))];
    let window = Window { weekday: 2, from: 900, to: 960 };
    let meeting = Meeting { time_zone: "Europe/Lisbon".into(), windows: vec![window] };
    let members = [priya, marcus, hana];
    let said = reasons(&members, &[(0, 2)], Some(&meeting), &Weights::usual());
    assert_eq!(
        said,
        [
            "Priya wants help with ‘instruction’, which Marcus and Hana offer",
            "Hana wants help with ‘zine’, which Marcus offers",
            "Two themes in common: ‘Assessment’ and ‘Open access’ (Priya and Hana)",
            "Two departments: Archives and Teaching",
            "All from one site: North",
            "Priya and Hana were in a group together before",
            "All can meet Tuesdays 15:00–16:00, Lisbon time, in every week of the program",
            "Marcus and Hana have not said when they can meet and count as always free",
        ]
    );
    let nothing = Weights { wants: 0, themes: 0, departments: 0, site: 0, same_site: true, new_faces: 0 };
    assert_eq!(reasons(&members, &[], None, &nothing), ["There is no time at which all of them can meet"]);
    // Two with one first name are told apart.
    let alike = [somebody("Kim Park", "zines", ""), somebody("Kim Lee", "", "zines")];
    assert_eq!(
        reasons(&alike, &[], Some(&meeting), &Weights { wants: 1, ..nothing })[0],
        "Kim Park wants help with ‘zines’, which Kim Lee offers"
    );
}

fn problem(people: &[Somebody], apart: &[(usize, usize)], max: usize) -> Problem {
    let zones = zones(&["Europe/Lisbon"], date!(2026 - 01 - 05), date!(2026 - 05 - 31));
    let seats = seats(people, apart, &[], &zones, 60);
    Problem { seats, min: 2, target: 2, max, weights: Weights::usual() }
}

#[test]
fn seats_number_the_same_words_the_same() {
    let mut people = [somebody("A", "zines", "Maps"), somebody("B", "map", "Zine"), somebody("C", "", "unheard of")];
    (people[0].department, people[1].department) = ("Teaching".into(), " teaching".into());
    let problem = problem(&people, &[(2, 0)], 3);
    assert_eq!(problem.seats[0].wants, problem.seats[1].meets);
    assert_eq!(problem.seats[1].wants, problem.seats[0].meets);
    assert!(problem.seats[2].meets.is_empty(), "nobody wants it");
    assert_eq!(problem.seats[0].department, problem.seats[1].department);
    assert_eq!((problem.seats[2].department, problem.seats[0].apart.as_slice()), (0, &[2][..]));
}

#[test]
fn whoever_is_left_out_is_told_the_rule() {
    let mut people = vec![somebody("Ann", "", ""), somebody("Bo", "", ""), somebody("Cy", "", "")];
    let rules = |problem: &Problem, groups: &[Vec<usize>], left: &[usize], supervisors: &[(usize, usize)]| {
        let found = obstacles(problem, groups, left, supervisors);
        found.into_iter().map(|obstacle| (obstacle.person, obstacle.rule, obstacle.other)).collect::<Vec<_>>()
    };
    let pairs = problem(&people, &[(0, 2), (1, 2)], 3);
    assert_eq!(
        rules(&pairs, &[vec![0, 1]], &[2], &[(2, 1)]),
        [(2, Rule::Supervisor, Some(1)), (2, Rule::Apart, Some(0))]
    );
    assert_eq!(rules(&problem(&people, &[], 2), &[vec![0, 1]], &[2], &[]), [(2, Rule::TooFew, None)]);
    assert_eq!(rules(&problem(&people[..1], &[], 2), &[], &[0], &[]), [(0, Rule::TooFew, None)]);
    people[2].slots = vec![slot(1, (9, 0), (9, 30))];
    assert_eq!(rules(&problem(&people, &[], 3), &[vec![0, 1]], &[2], &[]), [(2, Rule::OwnTime, None)]);
    people[2].slots = vec![slot(1, (9, 0), (10, 0))];
    people[0].slots = vec![slot(2, (9, 0), (10, 0))];
    assert_eq!(rules(&problem(&people, &[], 3), &[vec![0, 1]], &[2], &[]), [(2, Rule::NoTime, None)]);
    // The pair is unordered: the words are the same whoever is left out.
    assert_eq!(Rule::Apart.words("Bo", "Ann", 60), Rule::Apart.words("Ann", "Bo", 60));
}
