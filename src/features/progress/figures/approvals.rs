//! How supervisors answered, and who stayed.
use super::Share;
use crate::features::progress::model::{PlacedFacts, RequestFacts};

/// As `PostgreSQL`'s `percentile_cont`: the values in order, `part` (0 to 1) of the way from the first to the last,
/// between two of them in proportion. For the hours from first sent to first answered: ½ is the median.
pub fn percentile(values: impl IntoIterator<Item = f64>, part: f64) -> Option<f64> {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let last = u32::try_from(sorted.len().checked_sub(1)?).ok()?;
    let place = f64::from(last) * part;
    // The first value at or after the place, and the one before it.
    let above = (0..=last).find(|at| f64::from(*at) >= place)?;
    let below = if f64::from(above) > place { above.saturating_sub(1) } else { above };
    let (low, high) = (*sorted.get(usize::try_from(below).ok()?)?, *sorted.get(usize::try_from(above).ok()?)?);
    Some(low + (high - low) * (place - f64::from(below)))
}

/// Answered ÷ all requests.
pub fn answered<'a>(requests: impl IntoIterator<Item = &'a RequestFacts>) -> Share {
    requests.into_iter().map(|request| Share { num: i32::from(request.answered), den: 1 }).sum()
}

/// Approved ÷ answered. A condition counts once its peer has accepted it; a later revocation does not undo a yes.
pub fn approved<'a>(requests: impl IntoIterator<Item = &'a RequestFacts>) -> Share {
    requests
        .into_iter()
        .filter(|request| request.answered)
        .map(|request| Share { num: i32::from(request.approved), den: 1 })
        .sum()
}

/// (Placed − withdrawn − removed) ÷ placed.
pub fn retention<'a>(placed: impl IntoIterator<Item = &'a PlacedFacts>) -> Share {
    placed.into_iter().map(|one| Share { num: i32::from(!one.gone), den: 1 }).sum()
}
