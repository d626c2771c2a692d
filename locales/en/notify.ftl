waiting-title = What waits for you
waiting-empty = Nothing waits for you. Replies to you and mentions of you will be listed here.
pill-notice-one = 1 new notice
pill-notice-other = { $n } new notices
waiting-all = All that waits for you
waiting-mark = Mark as read
waiting-mark-all = Mark all as read
notice-reply = { $who } answered you
notice-mention = { $who } mentioned you
notice-mail-why = You get this because it is about you.
notice-mail-stop = Stop mails like this
settings-mail = Mail and digest
choice-title = What we mail you
choice-digest = Digest
choice-digest-hint = One mail with what is new for you. Never empty, never what you have read.
choice-kind-none = None
choice-kind-daily = Every day
choice-kind-weekly = Every week
choice-weekday = Day (for a weekly digest)
choice-hour = Hour, in your time zone
choice-next = The next one: { $when }
choice-immediate = At once
choice-immediate-on = Mail me when somebody answers or mentions me
choice-immediate-hint = After two minutes, unless you have read it here.
choice-preview = See your next digest
preview-subject = Subject
preview-text = As text
preview-nothing = There is nothing that you have not read, so no digest would be sent now.
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
digest-hello = Hello { $name }. Here is what is worth your time.
digest-subject = { $n ->
    [0] { $first }
    [one] { $first }, and one thing more
   *[other] { $first }, and { $n } things more
}
digest-for-you = For you
digest-spaces = New in your Spaces
digest-read = Read and answer
digest-more = { $n ->
    [one] One more thing in your Spaces
   *[other] { $n } more things in your Spaces
}
digest-note-posts = { $n ->
    [one] one new post by { $people }
   *[other] { $n } new posts by { $people }
}
digest-note-people = { $n ->
    [one] one person
   *[other] { $n } people
}
digest-why-topic-started = a new topic in a Space you can read
digest-why-topic-active = a discussion that you have not read to its end
digest-when-none = You get no digest.
digest-when-daily = You get this every day at { $hour }.
digest-when-weekly = You get this every { $day } at { $hour }.
digest-choose = Change when and what
digest-stop = Stop this digest
digest-nothing-loaded = this mail loads nothing from elsewhere
unsubscribe-title-digest = Stop the digest
unsubscribe-title-immediate = Stop mails about replies and mentions
unsubscribe-what-digest = You will get no more digests. Everything else stays as it is.
unsubscribe-what-immediate = You will no longer be mailed when somebody answers or mentions you. It will still wait for you on the site.
unsubscribe-done-digest = Done: no more digests.
unsubscribe-done-immediate = Done: no more mails about replies and mentions.
unsubscribe-button = Stop these mails
