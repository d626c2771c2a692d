skip = Skip to content
places = Places
place-home = Home
place-spaces = Spaces
pages = Pages
crumbs = Where this is
more = Show more
save = Save
saved = Saved.
cancel = Cancel
edit = Edit
delete = Delete
preview = Preview
times-in = Times are shown in { $zone }
demo-mail = Mailbox
demo-styleguide = Style guide
waiting-count = { $n ->
    [0] Nothing waits for you
    [one] One thing waits for you
   *[other] { $n } things wait for you
}
home-hello = Good to see you, { $name }.
home-visitor-title = { $site }: talk, meet and decide together
home-visitor-lede = City staff, mayors’ offices, civil society, universities and institutions learn here from one another how human rights become everyday practice.
home-join = Join the network
home-read = Read what is public
home-new = New in your Spaces
home-new-public = New in the public Spaces
home-ways = How to take part
home-way-join = Join
home-way-join-what = Your name and your address; you confirm by one mail. Reading needs neither.
home-way-talk = Speak from where you live
home-way-talk-what = Start a topic, reply, and say what your street, city or ministry knows.
home-way-meet = Meet and decide
home-way-meet-what = Workshops with a room of their own, and dialogues in which every point gets an answer.
home-nothing-new = Nothing has been written yet. What people write in the Spaces you can read will be listed here.
form-problem = This could not be saved yet
error-title-not-found = There is nothing here
error-title-sign-in = Please sign in
error-title-refused = This was refused
error-title-ours = Something went wrong here
error-title-not-done = This was not done
error-not-found = This page does not exist, or it is not for you to see. If a link brought you here, ask whoever gave it to you.
error-not-allowed = You may see this, but not do that here.
error-sign-in = You have to sign in to do this. If you were signed in, your session has ended.
error-invalid = Something in the form cannot be taken.
error-gone = This link has been used or has expired. Ask for a new one.
error-too-fast = That was too much at once. Try again in { $n ->
    [one] one second
   *[other] { $n } seconds
}.
error-too-large = What you sent is larger than we can take.
error-cross-origin = This request came from a page of another site, so it was refused. Send the form from here.
error-unavailable = Nothing can be saved at the moment. Reading goes on; please try again in a few minutes.
error-bug = This is our fault, and it has been noted. Please try again.
error-away = The site cannot reach its data at the moment. Please try again in a few minutes.
error-number = If it goes on, tell those who run the site this number: { $number }.
error-kept = What you wrote
error-kept-hint = Nothing is lost: copy it from here.
error-home = To the home page
wrong-form = The form was sent in a way that cannot be read: { $detail }
wrong-too-fast = That was too much at once. Try again in { $n ->
    [one] one second
   *[other] { $n } seconds
}.
wrong-too-long = This is too long: at most { $limit } characters.
wrong-choice = Choose one of what is offered.
# Before what it names: "City: Graz", "I agree: it is short".
lead-in = { $what }:{ " " }
# Words of somebody, in a mail.
quoted = “{ $what }”
announce-one = 1 more new reply
announce-other = { $n } new replies
error-silenced = You may read here as before, but an admin has silenced you, so nothing you write is taken for now.
silenced = An admin has silenced you: you can read, and write nothing for now.
silenced-until = An admin has silenced you: you can read, and write nothing until { $until }.
silenced-reason = The reason given: { $reason }
