//! Who reads which field, and a week as it is typed.
use see_also::features::profiles::{Field, Reader, Slot, readers_line, readers_of, week_from, week_words};
use see_also::web::form::Errors;
use time::macros::time;

fn typed(pairs: &[(usize, &str, &str)]) -> (Vec<String>, Vec<String>) {
    let (mut from, mut to) = (vec![String::new(); 14], vec![String::new(); 14]);
    for (at, starts, ends) in pairs {
        (*starts).clone_into(&mut from[*at]);
        (*ends).clone_into(&mut to[*at]);
    }
    (from, to)
}

fn read(pairs: &[(usize, &str, &str)]) -> Result<Vec<Slot>, Vec<(String, String)>> {
    let (from, to) = typed(pairs);
    let mut errors = Errors::default();
    let week = week_from(&from, &to, &mut errors);
    if errors.is_empty() {
        Ok(week)
    } else {
        Err(errors.list().iter().map(|error| (error.field.clone(), error.message.clone())).collect())
    }
}

#[test]
fn not_with_is_read_by_its_writer_alone_and_the_rest_by_coordinators_and_the_group() {
    for field in Field::ALL {
        assert!(field.is_read_by(Reader::Oneself));
        let others = field != Field::NotWith;
        assert_eq!(field.is_read_by(Reader::Coordinator), others, "{field:?}");
        assert_eq!(field.is_read_by(Reader::Group), others, "{field:?}");
        assert_eq!(readers_of(&[field], true), if others { "The coordinators and your group" } else { "You alone" });
    }
    // A section is read by whom all of it is read.
    assert_eq!(readers_of(&[Field::Wants, Field::NotWith], true), "You alone");
    assert_eq!(readers_line(&[Field::Wants, Field::Offers]), "read these.");
}

#[test]
fn a_week_is_read_day_by_day_in_order() {
    let week = read(&[(12, "10:00", "11:00"), (0, "14:00", "16:00"), (1, "09:00", "11:30")]).unwrap();
    let slot = |weekday, starts_at, ends_at| Slot { weekday, starts_at, ends_at };
    assert_eq!(
        week,
        [slot(1, time!(9:00), time!(11:30)), slot(1, time!(14:00), time!(16:00)), slot(7, time!(10:00), time!(11:00))]
    );
    assert_eq!(week_words(&week), ["Monday 09:00–11:30 and 14:00–16:00", "Sunday 10:00–11:00"]);
    assert_eq!(read(&[]).unwrap(), []);
    // Times that touch do not overlap.
    assert_eq!(read(&[(0, "09:00", "10:00"), (1, "10:00", "11:00")]).unwrap().len(), 2);
}

#[test]
fn what_is_wrong_stands_at_its_pair() {
    let wrong =
        read(&[(2, "09:00", ""), (4, "10:00", "10:00"), (6, "09:00", "11:00"), (7, "10:59", "12:00")]).unwrap_err();
    let fields: Vec<&str> = wrong.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["from-2", "from-4", "from-7"]);
    assert!(wrong[1].1.starts_with("Wednesday: the second time"), "{wrong:?}");
    // A form that sends fewer fields is read as far as it goes.
    let mut errors = Errors::default();
    assert_eq!(week_from(&["09:00".into()], &["10:00".into()], &mut errors).len(), 1);
    assert!(errors.is_empty());
}
