invitations-title = Invitations
hint-of-invitations-title = By a link or from a list: who is invited to what, and who has come.
invitations-lede = Bring people in: by a link that several people use, or by a mail to each person of a list. Only you and other admins see this page.
invitation-links = By a link
invitation-links-none = No links yet.
invitation-lists = By mail
invitation-lists-none = No lists yet.
invitation-list = List of { $date }
invitation-account = An account, and nothing else
invitation-came-of = { $n } of { $most } came
invitation-until = until { $date }
invitation-open = Open
invitation-used = All came
invitation-over = Ended
invitation-withdrawn = Withdrawn
invitation-waits = Waits
invitation-has-come = Came
invitation-came-at = Came
invitation-who-came = Came:
invitation-change = Change
invitation-remake-what = A new link is shown to you once; the one before no longer works.
invitation-remake = Make the link anew
invitation-withdraw-what = Nobody comes by this link any more. Whoever came stays.
invitation-withdraw = Withdraw
invitation-withdraw-one = Withdraw the invitation to { $email }
invitation-resend = Mail again
invitation-resend-one = Mail again: the invitation to { $email }
invitation-mails = { $n ->
    [one] Mailed
   *[other] Mailed { $n } times, last
}
invitation-done-mailed = { $n ->
    [one] One mail is on its way.
   *[other] { $n } mails are on their way.
}
invitation-done-members = { $n ->
    [one] One person was a Member already, and was given the rest.
   *[other] { $n } people were Members already, and were given the rest.
}
invitation-done-again = Another mail is on its way.
invitation-new = Invite by a link
invitation-new-lede = Whoever has the link can come by it, as many as you say.
invitation-uses = How many people
invitation-organisation = Straight into an organisation
invitation-organisation-hint = They belong to it, and speak for it.
invitation-none = None
invitation-practitioner = Confirms them as practitioners
invitation-practitioner-hint = They read and write in the practitioners’ Spaces from the first day.
invitation-spaces = Into Spaces
invitation-spaces-hint = A private Space names them from then on. To the others the invitation only leads.
invitation-to-workshop = To a workshop
invitation-to-workshop-hint = They are registered when they come; if it is full, they wait.
invitation-language = Language
invitation-ends = Last day
invitation-make = Make the link
invitation-link = Your link
invitation-link-once = Copy it now: it is shown this once. If it is lost, make it anew.
invitation-link-label = Link
invitation-link-see = See the page
invitation-practitioners = the practitioners’ layer
invitation-space = Space “{ $title }”
invitation-workshop = Workshop “{ $title }”
invitation-table = Invite by a list
invitation-people = People
invitation-people-hint = One address a line is enough. Or cells from a spreadsheet with headings.
invitation-file = Or a file
invitation-file-hint = CSV or text, saved as UTF-8.
invitation-for-all = For all of them
list-hint = Paste addresses, or a table. The first line of a table holds the headings; only email is needed. You see line by line what was found, and nothing is sent before you say so.
list-not-yet = Nothing has been sent yet.
list-new = { $n ->
    [0] Nobody new
    [one] One person to invite
   *[other] { $n } people to invite
}
list-members = { $n ->
    [one] One is a Member already
   *[other] { $n } are Members already
}
list-left-out = { $n ->
    [one] One is left out
   *[other] { $n } are left out
}
list-is-member = Is a Member already: gets what the invitation gives, and no mail.
list-is-invited = Was invited by mail and has not come yet: left as it is. You can mail again from that list.
list-is-twice = Stands further up already.
list-send = { $n ->
    [one] Mail one invitation
   *[other] Mail { $n } invitations
}
list-add = { $n ->
    [one] Give it to one Member
   *[other] Give it to { $n } Members
}
list-field-email = Email
list-field-name = Name
list-field-organisation = Organisation
list-field-language = Language
list-field-practitioner = Practitioner
answer-title = You are invited to { $site }
answer-who = { $who } invites you to { $site }
answer-account = Join the network: read, write and meet with everyone else.
answer-into = This opens for you:
answer-as = You are signed in as { $name }.
answer-accept = Accept
answer-has-come = You have accepted this invitation.
answer-go = Go there
answer-known = There is an account with { $email } already. The button signs you in and accepts.
answer-known-button = Sign in and accept
answer-email = Your address is { $email }: the mail has shown that it is yours.
answer-over = This invitation is over
answer-over-what = It has been used, has ended or was withdrawn. Ask whoever invited you for a new one. If you have joined with it, sign in.
mail-greeting-nameless = Hello,
mail-invited-subject = { $who } invites you to { $site }
mail-invited-what = { $who } invites you to join { $site }.
mail-invited-into = It opens for you: { $what }.
mail-invited-until = The link is yours alone, and can be used once, until { $date }.
mail-invited-button = See the invitation
mail-invited-why = You get this mail because { $who } invited you to { $site } with this address. If you do not want to join, do nothing.
wrong-invitation-layer = “{ $title }” is for practitioners: confirm them as practitioners, too.
wrong-invitation-workshop = The workshop is in “{ $title }”, where they could not see it: invite them into that layer or Space, too.
wrong-invitation-past = Choose a day that is still to come.
wrong-invitation-long = Choose a day within { $n } days.
wrong-invitation-uses = Write a number from 1 to { $most }.
wrong-invitation-withdrawn = This invitation was withdrawn.
wrong-invitation-came = Whoever was invited has come meanwhile.
wrong-invitation-over = This invitation has ended. Invite again.
wrong-list-empty = Paste at least one address, or choose a file.
wrong-list-nobody = There is nobody left to invite.
wrong-list-organisation = There is no organisation called “{ $name }”. Add it first, or leave the cell empty.
wrong-file-text = This file is no text in UTF-8. In your spreadsheet choose “CSV UTF-8” when you save it.
