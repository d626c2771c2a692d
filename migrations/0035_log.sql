-- The audit log is a Room of the journal: what admins and moderators did before there was one, is in it, too.
INSERT INTO journal_room (room, id)
SELECT 'log', id FROM journal
WHERE kind IN ('people.practitioner_changed', 'people.role_changed', 'people.organisation_added', 'people.organisation_changed', 'people.organisation_merged',
               'people.measure_taken', 'forum.space_added', 'forum.space_changed', 'forum.space_people_changed', 'boards.card_hidden')
   OR (kind IN ('forum.post_deleted', 'forum.post_restored') AND actor <> (SELECT author FROM post WHERE post.id = journal.about));
