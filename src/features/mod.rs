//! What the application does, one folder per noun. A feature may use only features above it.
//!
//! - [`accounts`]: people, how they sign in, and who gives which right.
//! - [`email_changes`]: another address to sign in with, confirmed and announced.
//! - [`programs`]: what is set about a program, its states, its coordinators: the tables and the letters.
//! - [`decisions`]: what becomes of each of the five parts of a program; without them it does not end.
//! - [`earlier_lessons`]: lessons of the program before, each answered before the groups begin.
//! - [`settings`]: the pages on which a program is created and changed.
//! - [`approvals`]: what is asked of supervisors, where it stands, pledges: the tables and the letters.
//! - [`answer_letters`]: what a supervisor answered, told to the peer, the coordinators and back to them.
//! - [`digests`]: what coordinators read once a day.
//! - [`people`]: who takes part in a program: the table, and the list.
//! - [`inviting`]: whom a program invites, and opening it.
//! - [`join_asks`]: people who ask to join by a program's public page.
//! - [`reminders`]: what is sent about a request while nobody answers, and a condition that lapses.
//! - [`answers`]: a supervisor's answer, by a link in an email.
//! - [`joining`]: a peer joins, asks a supervisor, and sees where their place stands.
//! - [`profiles`]: what people say of themselves, when they can meet, and with whom not.
//! - [`pledges`]: what became of what supervisors promised.
//! - [`standings`]: how every request stands, for coordinators; asking a peer to correct an address.
//! - [`imports`]: people who come as a list, pasted or as a file.
//! - [`groups`]: groups and who belongs to them: the tables, who is ready, who may not share a group.
//! - [`meetings`]: meetings, who came, their agendas: the tables.
//! - [`meeting_letters`]: that a meeting is set, moved, off, or one's own no more, for people and their calendars.
//! - [`timekeeping`]: which item of a meeting runs, for how long still, and what each took.
//! - [`move_offers`]: places in another group that are offered: the table, where each stands, the letters.
//! - [`forming`]: coordinators form groups, launch, and place who comes later.
//! - [`leaving`]: pausing, leaving, finishing early, and taking somebody off.
//! - [`moves`]: coordinators offer moves to another group, peers answer.
//! - [`letters`]: what a coordinator writes to many at once, each alone.
//! - [`help`]: a peer writes to one coordinator or contact person, privately.
//! - [`library`]: goals to adapt, elements and questions to begin from, and what a program changes about them.
//! - [`retrospectives`]: what the members of a group write looking back, each alone, and read together.
//! - [`lessons`]: what a program learned, chosen by its coordinators, and published if they like.
//! - [`next_programs`]: starting a program from one that closes, with its lessons.
//! - [`products`]: what comes out of goals: the table, and sharing it with group, program and supervisor.
//! - [`off_limits`]: what people want left alone when they are observed or written to.
//! - [`choices`]: agreed goals and elements, for who plans or writes, as far as they may read them. No tables.
//! - [`trips`]: what a trip is, and one trip as far as a member reads it. No pages.
//! - [`elements`]: what feedback may be about, agreed by the person it is about.
//! - [`actions`]: what somebody in a group said they would do by a day.
//! - [`goal_versions`]: what goals say, who agrees to it, and what they said before.
//! - [`goal_notes`]: what moves on a goal, noted at any time.
//! - [`goals`]: goals, proposing elements under them, and naming products.
//! - [`agreements`]: what a group agrees about how it works together, in versions.
//! - [`matching`]: who would make a good group: the search, times across zones, and the words. No tables.
//! - [`suggestions`]: groups that are suggested to a coordinator, changed, and used.
//! - [`group_themes`]: a question for a stretch of a group's time, set by itself.
//! - [`agenda_templates`]: what a new agenda starts with. No tables.
//! - [`month_hours`]: whether somebody's meetings of a month come to more than was approved. No tables.
//! - [`agendas`]: changing an agenda item by item.
//! - [`fixed_times`]: two times of the week at which a group on shifts meets in turn.
//! - [`calendar`]: setting, moving and cancelling meetings.
//! - [`coffee`]: a meeting of its own for catching up, offered where that takes more time than was kept.
//! - [`time_polls`]: asking a group when it can meet, and making the meeting of what fits.
//! - [`meeting_logs`]: how meetings went, and where the time goes.
//! - [`trip_hosts`]: the host of a trip is asked, and answers by a link in an email.
//! - [`trip_approvals`]: whether a trip fits into what supervisors approved, and asking one for a yes to it.
//! - [`trip_needs`]: how those who go on a trip get there, and what each of them needs.
//! - [`interviews`]: whom a group talks with on a visit, what it asks them, and what they answer.
//! - [`host_thanks`]: thanks to the host of a visit, once.
//! - [`return_visits`]: whether the host comes to see the group.
//! - [`shared_reports`]: what a group lets its program read of a visit.
//! - [`field_trips`]: observations and visits: planning them, and their steps.
//! - [`trip_reports`]: what follows a trip, and writing it up.
//! - [`observation_notes`]: what an observer notes, for the two alone.
//! - [`calendar_feeds`]: a person's meetings and trips, for the calendar they have.
//! - [`closing_groups`]: what becomes of a group that is too small, or done.
//! - [`formats`]: how feedback is put into parts. No tables.
//! - [`feedback_asks`]: asking somebody in one's group for feedback.
//! - [`showing`]: who besides the two reads an item of feedback; hiding one from one's own list.
//! - [`feedback`]: from one peer to another: the table, reading, opening, answering.
//! - [`drafts`]: feedback before it is shared.
//! - [`second_wordings`]: other words beside the first, which stay: the table, the form, both side by side.
//! - [`revisions`]: what somebody wrote, in other words, once.
//! - [`spoken_feedback`]: what was said, logged by one and confirmed by the other.
//! - [`reports`]: one item, reported to the contact person, who decides about it.
//! - [`feedback_list`]: what somebody gave and received, and what waits for them. No tables.
//! - [`portfolios`]: what somebody takes along to show to others, and the letter that says they took part.
//! - [`progress`]: how groups are doing: facts, figures, the date slip. No pages of its own.
//! - [`warnings`]: what needs somebody, from facts alone. No tables.
//! - [`putting_off`]: "not now": things on a desk that come back on a day, or when they get worse.
//! - [`pulse`]: three questions to everybody, at the middle and at the end, whose answers are nobody's.
//! - [`desk`]: the coordinator's page: what needs her, from facts alone.
//! - [`program_reports`]: what a program came to, in figures, for its leadership; every group's for whoever runs the server.
//! - [`group_page`]: the page of a group, for its members and for coordinators.
//! - [`nudges`]: one email a week with what waits for somebody, and one to a group without a date.
//! - [`week_ahead`]: on Mondays, to who coordinates: what changed, and what is planned. No tables.
//! - [`did_you_meet`]: after a meeting its members are asked by email, and one of them answers for all.
//! - [`trip_reminders`]: meet before an observation, talk it over, write a trip up: once each, by its day.
//! - [`mirror`]: what others see of a peer, by the templates that show it to them.
//! - [`search`]: people and groups, as far as one may see them. No tables.
//! - [`home`]: where everyone arrives.
//! - [`own_data`]: all that is held about a person, to take along or to erase.
//! - [`archive`]: a whole program as one file; the demo program.
pub mod accounts;
pub mod actions;
pub mod agenda_templates;
pub mod agendas;
pub mod agreements;
pub mod answer_letters;
pub mod answers;
pub mod approvals;
pub mod archive;
pub mod calendar;
pub mod calendar_feeds;
pub mod choices;
pub mod closing_groups;
pub mod coffee;
pub mod decisions;
pub mod desk;
pub mod did_you_meet;
pub mod digests;
pub mod drafts;
pub mod earlier_lessons;
pub mod elements;
pub mod email_changes;
pub mod feedback;
pub mod feedback_asks;
pub mod feedback_list;
pub mod field_trips;
pub mod fixed_times;
pub mod formats;
pub mod forming;
pub mod goal_notes;
pub mod goal_versions;
pub mod goals;
pub mod group_page;
pub mod group_themes;
pub mod groups;
pub mod help;
pub mod home;
pub mod host_thanks;
pub mod imports;
pub mod interviews;
pub mod inviting;
pub mod join_asks;
pub mod joining;
pub mod leaving;
pub mod lessons;
pub mod letters;
pub mod library;
pub mod matching;
pub mod meeting_letters;
pub mod meeting_logs;
pub mod meetings;
pub mod mirror;
pub mod month_hours;
pub mod move_offers;
pub mod moves;
pub mod next_programs;
pub mod nudges;
pub mod observation_notes;
pub mod off_limits;
pub mod own_data;
pub mod people;
pub mod pledges;
pub mod portfolios;
pub mod products;
pub mod profiles;
pub mod program_reports;
pub mod programs;
pub mod progress;
pub mod pulse;
pub mod putting_off;
pub mod reminders;
pub mod reports;
pub mod retrospectives;
pub mod return_visits;
pub mod revisions;
pub mod search;
pub mod second_wordings;
pub mod settings;
pub mod shared_reports;
pub mod showing;
pub mod spoken_feedback;
pub mod standings;
pub mod suggestions;
pub mod time_polls;
pub mod timekeeping;
pub mod trip_approvals;
pub mod trip_hosts;
pub mod trip_needs;
pub mod trip_reminders;
pub mod trip_reports;
pub mod trips;
pub mod warnings;
pub mod week_ahead;
