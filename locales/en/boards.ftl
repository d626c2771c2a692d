boards = Boards
board = Board
board-new = Open a board
board-new-lede = Everybody writes silently first; then you reveal, group, vote and discuss together. You lead it.
board-title = Title
board-question = Question
board-question-hint = What the cards answer, in one sentence.
board-dots = Dots for each
board-dots-hint = How many each person may give when you vote.
board-open = Open the board
board-now = What to do now
board-phase-write = Write.
board-phase-reveal = Read.
board-phase-group = Group.
board-phase-vote = Vote.
board-phase-discuss = Discuss.
board-phase-closed = Closed.
board-name-write = writing
board-name-reveal = revealing
board-name-group = grouping
board-name-vote = voting
board-name-discuss = discussing
board-name-closed = closed
board-do-write = Write one thought on each card. Nobody sees yours until all cards are revealed.
board-cards = { $n ->
    [0] No cards yet
    [one] One card so far
   *[other] { $n } cards so far
}
board-voters = { $n ->
    [0] Nobody has voted yet
    [one] One person has voted
   *[other] { $n } people have voted
}
board-do-reveal = All cards are open now, in no order. Read them.
board-do-group = Put together what belongs together: drag a card, or use “Move to…”.
board-do-vote = { $n ->
    [0] You have given all your dots. You can take some back until voting ends.
    [one] You have one dot left. Others see the result when voting ends.
   *[other] You have { $n } dots left. Others see the result when voting ends.
}
board-do-discuss = Most dots first. Talk about each, and note what matters.
board-do-closed = This is what came out.
board-close = Close the board
board-next = Go on to { $phase }
board-back = Back to { $phase }
board-back-loses = Back to grouping (deletes all dots)
card-new = A new card
card-silent = Only you see it until the reveal.
card-add = Add a card
card-text = What it says
card-yours = Yours
card-remove = Take it back
card-hide = Withdraw
card-move = Move to…
card-alone = No group
group-new = A new group
group-add = Make a group
group-title = Title of the group
group-change = Change
group-remove = Undo the group
group-note = Notes
dot-give = Give a dot to
dot-take = Take a dot back from
dots-own = { $n ->
    [0] none of yours
    [one] one of yours
   *[other] { $n } of yours
}
dots-all = { $n ->
    [one] dot
   *[other] dots
}
wrong-board-step = The board has moved meanwhile. Look at where it is now.
wrong-board-phase = This cannot be done any more: the board is at { $phase ->
    [write] writing
    [reveal] revealing
    [group] grouping
    [vote] voting
    [discuss] discussing
   *[closed] its end
} now.
wrong-board-empty = Write something first.
wrong-board-full = This board is full.
wrong-board-dots = Choose a number from 1 to { $limit }.
wrong-no-dots-left = You have given all your dots. Take one back first.
wrong-no-dot-there = You have no dot there.
wrong-note-changed = The notes were changed meanwhile. Compare, then save again.
board-watch = You can look on.
board-lead = You lead
board-failed = This could not be sent. What you wrote is still here; try again.
card = A card
card-new-group = Into a new group, called
card-hide-hint = Nobody sees it any more. You do not learn whose it is.
group-remove-hint = Its cards stand alone again.
wrong-group-gone = This group is not there any more. Choose another.
wrong-groups-full = There are enough groups. Put cards into those.
