dialogues-title = Dialogues
dialogues-lede = One question travels from residents to the city, the region, the nation, Europe and the UN. Each level sums up and passes on; the level above must answer.
dialogues-none = There is no dialogue yet.
dialogue-said = { $n ->
    [0] nothing said yet
    [one] one contribution
   *[other] { $n } contributions
}
dialogue-voted = { $n ->
    [one] one vote
   *[other] { $n } votes
}
dialogue-background = Background
dialogue-background-hint = What a newcomer has to know. Markdown works.
dialogue-answered-label = Points answered
dialogue-answered-of = { $points ->
    [one] { $answered } of { $points } point answered
   *[other] { $answered } of { $points } points answered
}
dialogue-overdue = answers are overdue
dialogue-due = answers due by { $date }
dialogue-what-said = What { $stage } says
dialogue-go-gather = Contribute in { $stage }
dialogue-go-sum_up = See what { $stage } said
dialogue-go-ratify = Read what { $stage } may pass on
dialogue-number-said = Contributions
dialogue-number-points = Points passed on
dialogue-number-answered = Answered so far
dialogue-number-overdue = Answers overdue
river-caption = Wider streams carry more points. Dotted green lines are answers on their way back.
dialogue-new = Open a dialogue
dialogue-new-lede = Its stages follow one another. The first begins to gather at once. Name two at least; one without a name is left out. The days and numbers are proposals.
dialogue-title = Title
dialogue-question = Question
dialogue-question-hint = One sentence that people of every level can answer.
dialogue-stage = Stage { $number }
dialogue-open = Open the dialogue
stage-name = Name
stage-level = Level
stage-closes-on = Voting closes on
stage-organisation = Organisation that answers for this stage
stage-organisation-hint = Everybody of the level may take part.
stage-organisation-none = None
stage-quorum = Votes needed
stage-disagree = Disagreeing at most, in %
stage-planned = planned
stage-gather = gathering
stage-sum_up = summing up
stage-ratify = ratifying
stage-passed_on = passed on
stage-closes = voting closes
stage-do-planned = This stage begins when the one before has passed on.
stage-do-gather = Say what you know and what you want. Everything said here is either taken up or given a reason.
stage-do-sum_up = The facilitators are drafting a synthesis of what was said.
stage-do-ratify = Read the synthesis and say whether it may be passed on.
stage-do-passed_on = This stage has passed its points on.
stage-incoming = What the stage before passed on
stage-not-yours = This stage is for people who speak from its level. You can read along.
stage-sign-in = People of this level can contribute.
synthesis-none = Nothing has been summed up yet.
stage-lead = You lead this dialogue
stage-to-sum-up = End gathering and sum up
stage-to-ratify = Open the vote
stage-pass-on = Pass on
stage-said = { $n ->
    [0] What was said
    [one] One contribution
   *[other] { $n } contributions
}
stage-nothing-said = Nobody has said anything yet.
synthesis = Synthesis
synthesis-version = version { $version }
synthesis-edit = Write the synthesis
synthesis-new-version = Write a new version
synthesis-new-vote = The vote has begun. Saving makes a new version and a new vote; the earlier ones stay in the trail.
synthesis-unheard = Not taken up
synthesis-unheard-hint = A contribution that no point cites needs a reason, which its author reads.
point-numbered = Point { $number }
point-text = What it says
point-cites = Rests on contributions (numbers)
point-rests-on = Rests on
point-waits = Waits for an answer.
answer = Answer
answer-accepted = Accepted
answer-adapted = Adapted
answer-declined = Declined
answer-passed_up = Passed further up
answer-give = Answer point { $number }
answer-again = Add a later answer to point { $number }
answer-how = How, or why not
answer-send = Answer
choice-agree = I agree
choice-abstain = I abstain
choice-disagree = I disagree
choice-block = I block
choice-hint-agree = It may be passed on.
choice-hint-abstain = I leave it to the others.
choice-hint-disagree = I would say it differently; give your reason.
choice-hint-block = It must not be passed on like this; give your reason.
vote-title = May this be passed on?
vote-change = You have voted; you can change it until the vote closes
vote-reason = Your reason, read by all without your name
vote-send = Vote
vote-agree = { $n ->
    [one] one agrees
   *[other] { $n } agree
}
vote-abstain = { $n ->
    [one] one abstains
   *[other] { $n } abstain
}
vote-disagree = { $n ->
    [one] one disagrees
   *[other] { $n } disagree
}
vote-block = { $n ->
    [one] one blocks
   *[other] { $n } block
}
vote-quorum = { $quorum ->
    [0] no votes are needed
    [one] one vote is needed
   *[other] { $quorum } votes are needed
}
contribution-new = What do you want to say?
contribution-hint = Your words stay as you wrote them.
contribution-send = Contribute
contribution-for = Entered for
contribution-title = Contribution { $number }
contribution-trail = What became of it
contribution-withdrawn = Contribution { $number } was withdrawn by its author.
contribution-withdraw = Withdraw it
contribution-set-aside = Not taken up:
optional = (optional)
trail-you-said = You said in { $stage }
trail-said = { $who } said in { $stage }
trail-entered = Entered for { $who } in { $stage }
trail-became = It became part of point { $number } of { $stage }
trail-earlier = an earlier version
trail-passed = { $stage } passed it on
trail-answer = The answer to point { $number }
trail-ahead = What happens next will be told here.
comments = Comments
comment-new = Your comment
comment-send = Comment
wrong-dialogue-empty = Write something first.
wrong-not-heard = These contributions are neither cited nor given a reason: { $numbers }.
wrong-below-quorum = { $votes ->
    [0] Nobody has voted yet
    [one] Only one person has voted
   *[other] Only { $votes } people have voted
}; { $quorum ->
    [one] one vote is needed
   *[other] { $quorum } votes are needed
}.
wrong-open-block = { $n ->
    [one] One person blocks. Resolve it first, or write a new version.
   *[other] { $n } people block. Resolve that first, or write a new version.
}
wrong-too-many-disagree = { $disagree ->
    [one] One person disagrees
   *[other] { $disagree } people disagree
}; at most { $most } in a hundred may.
wrong-not-answered = These points from the stage before have no answer yet: { $numbers }.
wrong-reason-missing = Give your reason.
wrong-answer-missing = Say how, or why not.
wrong-vote-closed = The vote is closed.
wrong-vote-version = There is a new version of the synthesis. Read it, then vote.
wrong-no-synthesis = Write the synthesis first.
wrong-points = Write from one to { $limit } points.
wrong-cite = There is no contribution { $number } here.
wrong-synthesis-changed = The synthesis was changed meanwhile. Compare, then save again.
wrong-contribution-withdrawn = This contribution has been withdrawn.
wrong-stage-choice = Stage { $number }: choose its level.
wrong-stage-date = Stage { $number }: choose a day that is still to come.
wrong-stage-quorum = Stage { $number }: write how many votes are needed, and how many in a hundred may disagree.
wrong-two-stages = A dialogue needs at least two stages.
notice-dialogue-summed-up = What you contributed has been summed up; you can vote
notice-dialogue-passed-on = What you contributed has been passed on
notice-dialogue-waits = Points wait for your answer
dialogue-points-wait = { $stage }: { $n ->
    [one] one point without an answer
   *[other] { $n } points without an answer
}
notice-dialogue-answered = There is an answer to what you contributed
notice-dialogue-commented = Somebody commented on what you contributed
digest-why-dialogue-answered = because you contributed
digest-why-dialogue-ratify = because your vote is asked for
wrong-stage-level = This stage is for people of another level ({ $level ->
    [neighbourhood] neighbourhood
    [city] city
    [region] region
    [nation] nation
    [europe] Europe
   *[world] world
}). Choose in your settings who you speak for.
wrong-stage-state = This cannot be done now: the stage is { $state ->
    [planned] still ahead
    [gather] gathering
    [sum_up] summing up
    [ratify] ratifying
   *[passed_on] passed on
}.
