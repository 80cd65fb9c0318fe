-- Where somebody arrives: feedback of theirs that others would like to show.
create index portfolio_asks_that_wait on portfolio_asks (program_id, feedback_id) where answer is null;
