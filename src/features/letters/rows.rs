//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "letters" by "t.id",
    "letter_groups" by "t.letter_id, t.group_id",
    "letter_addressees" by "t.letter_id, t.participation_id",
}
