//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "pulses" by "t.id",
    "pulse_answers" by "t.pulse_id, t.id",
    "pulse_invitations" by "t.id",
}
