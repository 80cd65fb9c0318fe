//! What came of pulses, as bars with their words.
use super::number;
use crate::base::{local_time, words};
use crate::features::pulse::{model::Results, service::Closed};

/// One figure as a bar, with its words.
pub(super) struct Bar {
    pub(super) label: &'static str,
    pub(super) figure: String,
    /// Of the bar's whole width.
    pub(super) percent: i32,
}

pub(super) struct Shown {
    pub(super) bars: Vec<Bar>,
    pub(super) lines: Vec<String>,
    pub(super) too_few_lines: String,
}

/// What came of one pulse.
pub(super) struct Outcome {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// "Closed on 8 May. Seven of nine answered."
    pub(super) when: String,
    pub(super) shown: Option<Shown>,
    pub(super) too_few: String,
}

impl Outcome {
    fn of((pulse, results): &Closed, zone: &str) -> Self {
        let on = pulse.closed_at.map_or_else(String::new, |at| words::day(local_time::day_in(zone, at)));
        let answered =
            results.as_ref().map_or_else(String::new, |found| format!(" {} answered.", found.response.words()));
        Self {
            id: pulse.kind.as_str(),
            title: pulse.kind.title(),
            when: format!("Closed on {on}.{answered}"),
            shown: results.as_ref().map(|found| Shown::of(found, pulse.fewest)),
            too_few: format!(
                "Fewer than {} of {} answered, so nothing is shown: a few answers could point at somebody.",
                number(pulse.fewest),
                number(pulse.invited)
            ),
        }
    }
}

impl Shown {
    fn of(found: &Results, fewest: i32) -> Self {
        let of_five =
            |label, mean: f64| Bar { label, figure: format!("{mean:.1} of 5"), percent: whole((mean - 1.0) * 25.0) };
        let score = whole(found.recommend);
        let sign = match score {
            0 => "",
            1.. => "+",
            _ => "−",
        };
        Self {
            bars: vec![
                of_five("Worth my time", found.worth),
                of_five("I can be honest here", found.safe),
                Bar {
                    label: "Would recommend, −100 to +100",
                    figure: format!("{sign}{}", score.abs()),
                    percent: whole(f64::midpoint(found.recommend, 100.0)),
                },
            ],
            lines: found.lines.clone().unwrap_or_default(),
            too_few_lines: if found.lines.is_some() {
                String::new()
            } else {
                format!("Fewer than {} people wrote a line, so none is shown.", number(fewest))
            },
        }
    }
}

/// Rounded to a whole number; figures here are between −100 and 100.
fn whole(figure: f64) -> i32 {
    (-100..=100).find(|n| (figure - f64::from(*n)).abs() <= 0.5).unwrap_or(0)
}

pub(super) fn outcomes(closed: &[Closed], zone: &str) -> Vec<Outcome> {
    closed.iter().map(|one| Outcome::of(one, zone)).collect()
}
