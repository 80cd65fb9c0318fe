//! One type per kind of id, so that a `PersonId` can never be passed as a `ProgramId`.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
                 serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new, time-ordered id.
            #[must_use]
            pub fn generate() -> Self {
                Self(uuid::Uuid::now_v7())
            }
            /// The id that a form field or a path segment holds, if it holds one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                uuid::Uuid::try_parse(text.trim()).ok().map(Self)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}
ids! {
    PersonId;
    /// One sign-in on one device.
    SignInId;
    ProgramId;
    ThemeId;
    /// A theme that a group set for itself.
    GroupThemeId;
    /// A person's part in one program.
    ParticipationId;
    /// A weekday slot in which somebody can meet.
    SlotId;
    /// A proposal that somebody no longer takes part.
    RemovalId;
    /// Somebody's wish to be invited.
    JoinAskId;
    ApprovalRequestId;
    PledgeId;
    GroupId;
    MembershipId;
    /// An offer to one person of a place in another group.
    MoveId;
    /// One version of what a group agreed about working together.
    AgreementId;
    GoalId;
    /// What a goal said before, or is proposed to say.
    GoalVersionId;
    /// Something that coordinators added to what peers begin from.
    LibraryEntryId;
    /// A note on a goal, or a step done.
    GoalNoteId;
    ElementId;
    /// An area that somebody wants left alone.
    OffLimitsId;
    ProductId;
    MeetingId;
    /// A question when a group can meet.
    TimePollId;
    /// One person who was asked it by an email.
    TimePollAskId;
    /// One person who was asked by an email whether a meeting took place.
    MeetingAskId;
    AgendaItemId;
    /// Three questions to everybody in a program, at its middle or its end. An answer has no such type: its id is
    /// drawn by the database and never leaves it.
    PulseId;
    /// One person who is asked them.
    PulseInvitationId;
    /// What one member of a group wrote looking back.
    RetrospectiveLineId;
    /// What a program learned.
    LessonId;
    /// A lesson of the program before.
    EarlierLessonId;
    /// Something that somebody in a group does by a day.
    ActionId;
    FieldTripId;
    /// Somebody whom a group talks with on a visit.
    IntervieweeId;
    InterviewQuestionId;
    FeedbackId;
    /// Somebody's wish to get feedback from one person.
    FeedbackAskId;
    /// One item, reported by one of its readers.
    ReportId;
    /// A change of the address one signs in with.
    EmailChangeId;
    /// One list of people that a coordinator sent.
    ImportId;
    /// Groups that are suggested to a coordinator.
    SuggestionId;
    /// What keeps somebody out of every suggested group.
    ObstacleId;
    /// What a coordinator writes to many at once.
    LetterId;
    /// What somebody writes to one coordinator or contact person.
    HelpAskId;
    /// One email that is to be sent.
    EmailId;
}
