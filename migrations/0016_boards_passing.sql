-- Entries about one's own cards and dots go after a day, as read marks do.
CREATE INDEX journal_passing_boards ON journal (at, id) WHERE kind = 'boards.mine_changed';
