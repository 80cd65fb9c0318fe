//! The pages of field trips: display-ready values for the templates.
pub(super) mod choose;
pub(super) mod plan;
pub(super) mod trip;

/// One line of a question with radio buttons, boxes or options.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) note: String,
    pub(super) chosen: bool,
}
