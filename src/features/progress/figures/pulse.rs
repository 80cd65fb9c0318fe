//! What the answers to a pulse come to.
use super::Share;

/// How many would recommend it: the percentage of scores of 9 and 10 minus that of scores of 0 to 6, from −100 to 100.
pub fn recommend(scores: impl IntoIterator<Item = i32>) -> Option<f64> {
    let (mut all, mut sum) = (0_i32, 0_i32);
    for score in scores {
        all += 1;
        sum += match score {
            9.. => 1,
            7 | 8 => 0,
            _ => -1,
        };
    }
    (all > 0).then(|| 100.0 * f64::from(sum) / f64::from(all))
}

/// Σ scores ÷ how many there are: "worth my time" and "I can be honest here", each from 1 to 5.
pub fn mean(scores: impl IntoIterator<Item = i32>) -> Option<f64> {
    scores.into_iter().map(|score| Share { num: score, den: 1 }).sum::<Share>().value()
}

/// Answers ÷ invited, of one pulse.
pub const fn response(answers: i32, invited: i32) -> Share {
    Share { num: answers, den: invited }
}
