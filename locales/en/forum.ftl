spaces-title = Spaces
spaces-none = There are no Spaces yet.
layer-public = Public
layer-practitioners = Practitioners
layer-private = Private
space-empty = Nobody has started a topic here yet.
space-rail = Also in this Space
space-sign-in = Members can start topics and reply.
topics = Topics
topic-start = Start a topic
topic-title = Title
topic-title-hint = A question or a sentence that says what it is about.
topic-body = What do you want to say?
topic-tags = Tags (optional)
topic-tags-hint = Up to five, with commas between.
topic-closed = closed
topic-last = last reply
topic-started = Started
topic-earlier = Earlier replies
topic-later = Later replies
topic-replies = Replies
topic-where = Where you are in this topic
topic-at = { $n } of { $total }
topic-newest = Newest
topic-rail = About this topic
topic-sign-in = Members can reply.
topic-answer = Reply to the topic
next-unread = Next unread
replies = { $n ->
    [0] no replies yet
    [one] one reply
   *[other] { $n } replies
}
topic-new = new
reply = Reply
reply-title = Reply to post { $number }
reply-body = Your reply
edit-title = Edit post { $number }
edit-body = Your words
edit-now = What it says now
markdown-hint = Markdown works: **bold**, *italic*, > quote, - list.
post-deleted = Post { $number } was deleted.
post-restore = Undo
post-edited = edited
post-answers = answers #{ $number }
post-branch = Replies to #{ $number }
post-more = More for post { $number }
post-announced = { $name }: { $text }
former-member = Former member
wrong-title-empty = Write a title.
wrong-body-empty = Write something first.
wrong-topic-closed = This topic is closed: nobody can reply to it any more.
wrong-parent-deleted = The post you are answering has been deleted meanwhile. Answer the topic instead.
wrong-post-deleted = This post has been deleted.
wrong-changed-meanwhile = The post was changed meanwhile, perhaps in another tab. Compare below, then save again.
pill-one = 1 new reply
pill-other = { $n } new replies
pill-topic-one = 1 topic has news
pill-topic-other = { $n } topics have news
composer-failed = This could not be sent. What you wrote is still here; try again.
here-names = Here now: { $names }
typing-name = { $name } is writing…
admin-spaces = Spaces of the site
admin-spaces-lede = All Spaces in the order in which people see them. Private ones are listed by their titles; what is said in them only the people named there can read.
spaces-archived = Archived
space-new = New Space
space-make = Make the Space
space-settings = Settings
space-people = People
space-title = Title
space-purpose = What it is for
space-texts-hint = Where a language is left out, people see the other one.
space-language = Language spoken there
space-language-hint = Topics started there are marked with it.
space-language-any = Any
space-layer = Who sees it
space-admins-only = only admins can change this.
layer-hint-public = Everybody on the internet can read it.
layer-hint-practitioners = Only confirmed Practitioners can read it.
layer-hint-private = Only the people named in it can read it, or know that it exists.
space-who-may = Who may
space-may_start = start topics and boards
space-may_reply = reply and take part
space-may_schedule = schedule workshops
space-may_open = open dialogues
may-members = All who can read it
may-practitioners = Practitioners
may-moderators = Its moderators
may-admins = Admins
space-layer-change = From “{ $from }” to “{ $to }”
space-layer-to-public = Everybody on the internet will be able to read what is here already ({ $what }), and all that is written from now on.
space-layer-to-practitioners = Only Practitioners will be able to read what is here already ({ $what }). Everybody else loses sight of the Space: for them, links into it lead nowhere.
space-layer-to-private = Only the people named in this Space will be able to read what is here already ({ $what }). Everybody else loses sight of the Space: for them, links into it lead nowhere.
space-layer-people = { $n ->
    [0] Nobody is named in it yet: at first only you will see it.
    [one] One person is named in it now.
   *[other] { $n } people are named in it now.
}
space-layer-at-once = This holds at once and everywhere: in lists, mails, notices and for links. A page that somebody has open keeps what it shows until they go on.
space-layer-sure = Change who sees it
held-nothing = nothing yet
held-topics = { $n ->
    [one] one topic
   *[other] { $n } topics
}
held-boards = { $n ->
    [one] one board
   *[other] { $n } boards
}
held-workshops = { $n ->
    [one] one workshop
   *[other] { $n } workshops
}
held-dialogues = { $n ->
    [one] one dialogue
   *[other] { $n } dialogues
}
space-archive = Archive
space-archive-what = It moves to the end of the list. People who see it can still read all of it; nobody can write in it any more. You can open it again.
space-unarchive = Open again
space-unarchive-one = Open again: “{ $title }”
space-up-one = Move “{ $title }” up
space-down-one = Move “{ $title }” down
space-is-archived = This Space is archived: it can be read, and nobody writes in it any more.
space-people-private = These people see this Space. Nobody else does, or knows that it exists.
space-people-open = Its moderators keep order here. Who can read it is decided by its layer.
space-people-none = Nobody is named yet.
space-moderator = Moderator
space-moderator-make = Make moderator
space-moderator-end = End as moderator
space-moderator-add = Add a moderator
space-moderator-may = They may edit and delete what others write here, change these settings, and name others.
space-moderator-gone = { $name } will keep order here no longer. What they see stays as it is.
space-person-change = Change
space-person-add = Add somebody
space-person-do-add = Add
space-person-who = Handle or email address
space-person-who-hint = As on their page, like @anna-moser; or the address they signed up with.
space-person-will-see = They will see all that has been written here, from the beginning.
space-person-moderates = Also as a moderator
space-person-only-read = { $name } will still see everything here, and keep order no longer.
space-person-moderate = { $name } may then edit and delete what others write here, change these settings, and name others.
space-person-gone = { $name } will see nothing of this Space any more, what they wrote themselves included. It stays for the others.
space-person-remove = Remove
template-lede = Begin with Spaces that fit a network of cities. Everything about them can be changed.
template-make = Make these Spaces
template-square = The open square
template-square-purpose = For everybody who cares about human rights where they live: questions, stories, ideas.
template-dialogues = From the street to Europe
template-dialogues-purpose = Dialogues that travel from residents through city, region and nation to Europe, and come back with answers.
template-practice = Among practitioners
template-practice-purpose = For people who do this work: what you try, what goes wrong, what you would ask a colleague.
template-workshops = Workshops and training
template-workshops-purpose = Where we meet, learn and leave minutes behind.
template-news = News of the network
template-news-purpose = What the network announces.
wrong-space-changed = Somebody changed these settings meanwhile. Look at them again, then save.
wrong-space-busy = A workshop is still ahead in this Space. Cancel it, or wait until it is over.
wrong-space-archived = This Space is archived: nobody writes in it any more.
wrong-space-last-moderator = A private Space needs a moderator. Make somebody else moderator first.
wrong-spaces-there = There are Spaces already.
wrong-person-empty = Write a handle or an address.
wrong-person-unknown = Nobody here is called “{ $who }”, by handle or by address.
notice-space-named = You were added to a Space
wrong-person-practitioner = They are no Practitioner yet, and would not see this Space. Confirm them first.
hint-of-admin-spaces = Make, order, change and archive them.
