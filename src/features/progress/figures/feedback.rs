//! What went from one peer to another, in sums.
use super::Share;
use crate::base::ids::ParticipationId;
use crate::features::progress::model::{ElementFacts, Given, LiveFacts};

/// How even feedback goes both ways: `Σ 2·min(w_ij, w_ji) ÷ Σ (w_ij + w_ji)` over pairs of these
/// members. Of a group, never of a person.
pub fn reciprocity(given: &[Given], members: &[ParticipationId]) -> Share {
    let times = |from: ParticipationId, to: ParticipationId| -> i32 {
        given.iter().filter(|one| one.from == from && one.to == to).map(|one| one.times).sum()
    };
    let mut sum = Share::default();
    for (at, one) in members.iter().enumerate() {
        for other in members.iter().skip(at + 1) {
            let (there, back) = (times(*one, *other), times(*other, *one));
            sum.num += 2 * there.min(back);
            sum.den += there + back;
        }
    }
    sum
}

/// Agreed elements of open members with live feedback of the day they were agreed or later ÷ all such elements.
///
/// `elements` are those that are agreed, of open members; `live` is the feedback that counts.
pub fn coverage<'a>(elements: impl IntoIterator<Item = &'a ElementFacts>, live: &[LiveFacts]) -> Share {
    let heard = |element: &ElementFacts| {
        live.iter().any(|item| item.on >= element.agreed_on && item.elements.contains(&element.id))
    };
    elements.into_iter().map(|element| Share { num: i32::from(heard(element)), den: 1 }).sum()
}

/// Answered or confirmed ÷ live.
pub fn acknowledged<'a>(live: impl IntoIterator<Item = &'a LiveFacts>) -> Share {
    live.into_iter().map(|item| Share { num: i32::from(item.acknowledged), den: 1 }).sum()
}
