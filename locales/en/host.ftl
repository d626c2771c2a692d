admin-title = Looking after the site
admin-lede = Everything that is for admins, in one place.
as-csv = As a table (CSV)
admin-log = Audit log
hint-of-admin-log = What admins and moderators did, when, and about whom.
log-lede = What admins and moderators did. Nothing here can be changed or removed.
log-who = By or about (handle)
log-who-unknown = Nobody has this handle.
log-kind = What
log-none = Nothing of this kind was done.
log-nobody = From the terminal
log-reason = Reason: { $reason }
log-about = In the audit log
log-all-about = All of it
log-kind-people-role_changed = Roles
log-kind-people-practitioner_changed = Practitioners
log-kind-people-measure_taken = Silenced, suspended, signed out
log-kind-people-organisation_added = Organisations added
log-kind-people-organisation_changed = Organisations changed
log-kind-people-organisation_merged = Organisations merged
log-kind-people-steward_changed = Stewards of an organisation
log-kind-forum-space_added = Spaces made
log-kind-forum-space_changed = Spaces changed
log-kind-forum-space_people_changed = People of Spaces
log-kind-forum-post_deleted = Posts of others deleted
log-kind-forum-post_restored = Posts of others restored
log-kind-boards-card_hidden = Cards hidden
log-role = Gave { $name } a role
log-role-member = Made { $name } a member without a role
log-role-moderator = Made { $name } a moderator
log-role-admin = Made { $name } an admin
log-practitioner = Decided whether { $name } is a practitioner
log-practitioner-yes = Confirmed { $name } as a practitioner
log-practitioner-no = Ended that { $name } is a practitioner
log-measure-silence = Silenced { $name }
log-measure-unsilence = Let { $name } write again
log-measure-suspend = Suspended { $name }
log-measure-reinstate = Ended the suspension of { $name }
log-measure-sign_out = Signed { $name } out everywhere
log-organisation-added = Added the organisation { $name }
log-organisation-changed = Changed the organisation { $name }
log-organisation-merged = Merged an organisation that was entered twice into { $name }
log-steward = Changed who is a steward of { $name }
log-space-added = Made the Space { $title }
log-space = Changed the Space { $title }
log-space-settings = Changed the settings of the Space { $title }
log-space-moved = Moved the Space { $title } in the list
log-space-archived = Archived the Space { $title }
log-space-opened = Opened the Space { $title } again
log-space-person = Changed what { $name } is in the Space { $title }
log-space-person-added = Named { $name } in the Space { $title }
log-space-person-moderates = Made { $name } a moderator of the Space { $title }
log-space-person-reads = Ended that { $name } moderates the Space { $title }
log-space-person-removed = Let { $name } go from the Space { $title }
log-post-deleted = Deleted a Post of { $name } in “{ $title }”
log-post-deleted-unseen = Deleted a Post in a private Space
log-post-restored = Restored a Post of { $name } in “{ $title }”
log-post-restored-unseen = Restored a Post in a private Space
log-card-hidden = Hid a card on the Board “{ $title }”
log-card-hidden-unseen = Hid a card on a Board in a private Space
admin-well = Is all well?
hint-of-admin-well = What is wrong with the machine and its settings, and what to do.
well-nothing-wrong = Nothing is wrong, as far as could be looked.
well-wrong = { $n ->
    [one] One thing is wrong.
   *[other] { $n } things are wrong.
}
well-looked = Looked at
well-todo = What to do:
well-state-well = Well
well-state-wrong = Wrong
well-state-unknown = Could not look
well-title-mail = Mail
well-title-backups = Backups
well-title-disk = Room on the disk
well-title-address = The site’s address
well-title-sockets = Live pages
well-title-secure = Encryption on the way
well-title-clock = The clock
well-title-database_clock = The database server’s clock
well-title-integrity = The database
well-title-readers = What follows from what happens
well-title-plans = What is planned
well-title-release = The release
well-database-away = The database did not answer: { $detail }
well-mail = Mail is handed over, and none waits for long.
well-mail-demo = This is the demo: mail is kept and read here.
well-mail-none = No mail server is set: nobody gets a mail, not even a link to sign in.
well-mail-none-do = Set PLENARY_SMTP_URL and PLENARY_MAIL_FROM, then start the program again.
well-mail-late = { $n ->
    [one] One mail waits for more than it should.
   *[other] { $n } mails wait for more than they should.
}
well-mail-late-do = The mail server said: { $why }. Look at the server, or at PLENARY_SMTP_URL; it is tried again by itself.
well-mail-stands-do = Nothing was tried: start the program again, and look at its messages.
well-mail-failed = { $n ->
    [one] One mail of the last week was refused for good.
   *[other] { $n } mails of the last week were refused for good.
}
well-mail-failed-do = The mail server said: { $why }. Mend what it names, then send them again or drop them in the outbox.
well-backups = The last one is there and opened: { $file }.
well-backups-none = No backup is made by the clock.
well-backups-none-do = Set PLENARY_BACKUP_DIR to a folder on another disk, then start the program again.
well-backups-first = None has been made yet; the first is made within minutes of the start.
well-backups-failed = The last one could not be made: { $why }
well-backups-failed-do = Mend what it names. It is tried again an hour later.
well-backups-old = The last one is { $n } hours old.
well-backups-old-do = Look whether the program ran at the hour of PLENARY_BACKUP_AT, and at its messages.
well-backups-gone = The last one is not where it was written, { $file }: { $why }
well-backups-changed = The last one is not as long as it was when it was written: { $file }.
well-backups-gone-do = Find out who moved or changed it, and make one by hand: plenary backup FILE.
well-disk = At least { $free } MB are free wherever the site writes.
well-disk-full = In { $folder } only { $free } MB are free; { $needed } MB should be.
well-disk-do = Make room there, or move the folder to a larger disk. When it is full, nothing can be written any more.
well-disk-unseen = { $folder } cannot be looked at: { $why }
well-address = { $url } leads to this site.
well-address-unknown = It could not be told whose answer would be right.
well-address-another = At { $url } something else answers ({ $what }), not this site.
well-address-nothing = { $url } does not answer: { $why }
well-address-do = Compare PLENARY_BASE_URL with what people type, and look whether the proxy passes it on to PLENARY_LISTEN. If others reach the site, this machine is only not let out to its own address.
well-sockets = Sockets pass: open pages keep up by themselves.
well-sockets-stopped = The site answers, but sockets do not pass (status { $status }): open pages do not keep up.
well-sockets-do = Let the proxy pass WebSockets at /live: in nginx, proxy_http_version 1.1 with the headers Upgrade and Connection; Caddy does so by itself.
well-sockets-unknown = The site was not reached by its address, so this could not be tried.
well-secure = People come by https.
well-secure-local = The address is of this machine alone, so nothing is on the way.
well-secure-not = People come by http: passwords and sessions can be read on the way.
well-secure-do = Get a certificate (Caddy does so by itself), and let PLENARY_BASE_URL begin with https.
well-clock = It was not moved since the start, and nothing that happened lies in the future.
well-clock-moved = It was moved by { $n ->
    [one] one second
   *[other] { $n } seconds
} since the program started.
well-clock-future = The last thing that happened lies { $n ->
    [one] one minute
   *[other] { $n } minutes
} in the future.
well-clock-do = Let the machine keep time by NTP (timedatectl set-ntp true). Reminders and digests go by this clock.
well-database-clock = It shows the same time.
well-database-clock-none = There is no other clock to compare with.
well-database-clock-apart = It is { $n ->
    [one] one second
   *[other] { $n } seconds
} apart from this machine’s.
well-integrity = It was verified { $n ->
    [0] within the last hour
    [one] one hour ago
   *[other] { $n } hours ago
}, and contradicts itself nowhere.
well-integrity-none = It was not verified within the last two days.
well-integrity-faults = { $n ->
    [one] One fault was found
   *[other] { $n } faults were found
}: { $first }
well-integrity-do = Keep a copy of the data folder, run plenary verify, and send what it says to those who make Plenary.
well-readers = Notices, mails and the search keep up with what happens.
well-readers-behind = Behind: { $names }.
well-readers-do = Start the program again, and look at its messages if it stays so.
well-plans = No digest is overdue.
well-plans-late = { $n ->
    [one] One digest is overdue.
   *[other] { $n } digests are overdue.
}
well-release = { $ours } is the newest of your file of releases.
well-release-none = This is { $ours }. Whether a newer one is out cannot be told: PLENARY_RELEASES is not set.
well-release-unread = The file of PLENARY_RELEASES cannot be read: { $why }
well-release-empty = The file of PLENARY_RELEASES names no release.
well-release-newer = { $newest } is out; this is { $ours }.
well-release-do = Read what changed, make a backup, then put the new program in the place of this one.
well-clock-now = Nothing that happened lies in the future.
admin-outbox = Outbox
hint-of-admin-outbox = Mail that waits or was refused, and why; try again or drop.
admin-jobs = At work
hint-of-admin-jobs = What the machine does beside pages: who reads what happens, what is planned.
admin-storage = Storage and backups
hint-of-admin-storage = How much is held, what room is left, which backups there are.
outbox-lede = Mail that waits, is being sent, or was refused. What it says is not shown here; what went out is in the
outbox-none = Nothing waits, and nothing was refused.
outbox-attempts = { $n ->
    [one] tried once
   *[other] tried { $n } times
}
outbox-next = Next attempt:
outbox-said = The mail server said: { $why }
outbox-retry = Try now
outbox-drop = Drop
outbox-drop-what = { $to } will not get this mail, and nobody is told. This cannot be undone.
outbox-drop-do = Drop this mail
wrong-mail-state = This mail has gone out meanwhile, is being sent, or waits for its moment.
jobs-lede = Nothing here has to be looked after. Whether it keeps up says
jobs-readers = Who reads what happens
jobs-reader = Reader
jobs-position = Has read to
jobs-behind = Still to read
jobs-plans = What is planned next
jobs-digest = A digest
jobs-mail = A mail
jobs-backup = A backup
jobs-nothing = Nothing
storage-database = Database
storage-folder = Data folder
storage-free = Free beside it
storage-journal = Journal
storage-entries = { $n ->
    [one] one entry
   *[other] { $n } entries
}
backups-title = Backups
backups-where = They are written to { $folder }; { $keep } are kept.
backups-next = The next one by the clock:
backups-now = Make one now
backups-opened = opened and found whole
backup-whole = Whole
backup-failed = Failed
backup-underway = Being made
wrong-backup-nowhere = Set PLENARY_BACKUP_DIR first.
wrong-backup-underway = One is being made already.
log-kind-mail-retried = Mails tried again
log-kind-mail-dropped = Mails dropped
log-kind-keeping-backup_asked = Backups asked for
log-mail-retried = Had the mail number { $mail } tried again
log-mail-dropped = Dropped the mail number { $mail }
log-backup-asked = Asked for a backup
