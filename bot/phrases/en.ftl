# Every sentence that people see, in English. Questions are asked, and reports quoted, in Arabic.

-ask = /ask
-new = /new
-documents = /documents
-why = /why
-help = /help
-privacy = /privacy
-forget = /forget
-staged = /staged
-jobs = /jobs
-canary = /canary

## Answers

answer-heading = The answer from the reports:
side-by-side-heading = Different reports answer this question:
further-heading = Further excerpts:
related-heading = I found no certain answer. These are the passages closest to your question; they may not answer it:
not-found = The reports do not give an answer to this question.
covered-places = The reports are about: { $places }
covered-years = Years they mention: { $years }
and-others = and others
examples-heading = Try, for example:
empty-question = Write your question in Arabic, such as: كم بلغت نسبة المنازل المتصلة بالإنترنت؟
courtesy-peace = And peace be upon you! Ask me what the reports say.
courtesy-greeting = Hello! Ask me what the reports say.
courtesy-thanks = You are welcome! Is there anything else?
courtesy-goodbye = Goodbye!
courtesy-request = Please go ahead and write your question.
understood = I understood: { $question }
cut-question = The question is very long, so I read only its beginning.
withdrawn = This report was withdrawn or replaced by another version, so I do not show its text. Please send your question again to search the current reports.
source = Source:
page = page { $number }
comma = ,
page-of = Page { $number } of { $count }

## The library

documents-heading =
    { $count ->
        [0] There are no reports yet.
        [one] The library holds one report:
       *[other] The library holds { $count } reports:
    }
nothing-indexed = There are no reports to search yet. Please try again later.

## Commands

greeting =
    Welcome. I am Dalil: I answer questions from government reports in their own words, and name the source of each answer.

    Write your question in Arabic, or choose one of these.
greeting-alone =
    Welcome. I am Dalil: I answer questions from government reports in their own words, and name the source of each answer.

    Write your question in Arabic.
help-private =
    Write your question in Arabic, and I answer with a quotation from the reports and its source. You can follow up with a short question, such as «وماذا عن العام الماضي؟»

    To begin a new conversation: { -new }
    For the list of reports: { -documents }
    To see where the last answer came from: { -why }
    To see what I keep and for how long: { -privacy }
    To delete what I keep about you: { -forget }
    To see this help: { -help }
help-group =
    To ask in the group, write { -ask } and your question in Arabic, or reply to one of my messages to follow up. I ignore all other messages.

    To have somebody else’s question answered, reply to it with { -ask }
    To begin a new conversation: { -new }
    To see what I keep and for how long: { -privacy }
ask-what = What is your question? Write it in Arabic as a reply to this message.
ask-placeholder = Your question, in Arabic
new-done = We begin anew. What is your question?
privacy-private =
    What I keep about you, and for how long:

    • The text of your questions and where in the reports the answers stand, so that you can look them up with { -why }, for { $days ->
        [0] less than a day.
        [one] one day.
       *[other] { $days } days.
    }
    • Your last questions, to understand what follows them up, for { $minutes ->
        [0] less than a minute.
        [one] one minute.
       *[other] { $minutes } minutes.
    }
    • Your ratings of answers, as long as these are kept.
    • How long each answer took. Administrators may see the text of your question, without your name.
    • Questions of yours that found no answer, without your name, as long as other questions. For two weeks at most I know that they are yours, to tell you when there is an answer.

    Nothing that you write here appears in any group. To delete all that I keep about you: { -forget }
privacy-group =
    What I keep from this group, and for how long:

    • The text of questions put to me and where in the reports the answers stand, for { $days ->
        [0] less than a day.
        [one] one day.
       *[other] { $days } days.
    }
    • Each member’s last questions, to understand what follows them up, for { $minutes ->
        [0] less than a minute.
        [one] one minute.
       *[other] { $minutes } minutes.
    }
    • Members’ ratings of answers, as long as these are kept.
    • How long each answer took. Administrators of the bot may see the text of a question, without a name.
    • Questions that found no answer, without names, as long as other questions.

    I keep no other messages. Each member can delete what I keep about them with { -forget }
forget-done = I deleted all that I kept about you.
unknown-command = I do not know this command. For help: { -help }

## Receipts

receipt-heading = Answer number: { $id }
receipt-asked = The question as it was sent: { $question }
receipt-understood = The question as I understood it: { $question }
receipt-outcome-answer = Outcome: an answer from the reports
receipt-outcome-related = Outcome: the closest passages, not a certain answer
receipt-outcome-none = Outcome: no answer in the reports
receipt-confidence = Confidence: { $percent }
receipt-generation = Index version: { $number }
receipt-embedder = Search model: { $name }
receipt-excerpt = Excerpt { $rank }: { $document }
receipt-span = Where it stands: from character { $start } to character { $end }
receipt-score = Its score: { $score }
receipt-hash = The report’s fingerprint: { $hash }
receipt-later = To come back to this answer later: { $command }
receipt-not-found = I found no answer with this number. It may have expired or been deleted.
receipt-none-yet = I have not answered a question of yours yet. Please ask one first.

## Feedback

thanks-good = Thank you for your rating.
thanks-bad = Thank you for telling me. You can say why, if you like.
thanks-reason = Thank you, I noted it.
reason-wrong-report = Wrong report
reason-outdated = Outdated
reason-incomplete = Incomplete
reason-not-an-answer = Not an answer to my question

## Buttons

button-more = Further excerpts
button-previous = Previous
button-next = Next
button-good = Useful 👍
button-bad = Not useful 👎
button-literal = That is not what I meant
button-in-private = All excerpts in private
button-why = Why this answer?
button-approve = Approve
button-leave = Leave the group
button-old = This button is old and no longer works. Please send your question again.
button-not-yours = This button is only for the person who asked.

## Groups

group-greeting =
    Hello everyone. I am Dalil: I answer questions from government reports in their own words, and name the source of each answer.

    To ask, write { -ask } and the question in Arabic, or reply to one of my messages to follow up.
approval-request = I was added to the group { $group }, number { $id }. Shall I answer in it?
approved = The group { $group } is approved; I answer in it now.
left-group = I left the group { $group }.

## Limits and faults

limited-private =
    You sent many questions in a short time. Please try again { $seconds ->
        [0] in a moment.
        [one] in one second.
       *[other] in { $seconds } seconds.
    }
limited-group = Many questions came from this group. I will answer again in a little while.
asked-while-away = Your question came while I was away, some time ago. Please send it again if you still need the answer.
not-now = I cannot do that now because the database is temporarily unavailable, but I still answer questions. Please try again in a little while.
database-lost = The database is unavailable now: I answer questions from a copy of it, and nothing can be changed until it is back. Waiting to be saved: { $number }
text-only = I only read written questions. Please write your question in Arabic.
error = Something went wrong, and I could not answer. Please try again in a little while. Error number: { $id }

## What Telegram shows of the bot

command-start = Beginning, and questions to try
command-ask = Ask the reports
command-new = Begin a new conversation
command-documents = List of reports
command-why = Where the answer came from
command-help = Help
command-privacy = What is kept, and for how long
command-forget = Delete what is kept about you
bot-description =
    Dalil answers Arabic questions from government reports: in the report’s own words, with its source and date.

    Write your question in Arabic, and follow up with a short one if you like. Where the reports give no answer, it says so.
bot-short-description = Questions in Arabic, answered from government reports in their own words, with the source.

## Counted things

count-pages =
    { $count ->
        [0] no pages
        [one] one page
       *[other] { $count } pages
    }
count-words =
    { $count ->
        [0] no words
        [one] one word
       *[other] { $count } words
    }
count-passages =
    { $count ->
        [0] no passages
        [one] one passage
       *[other] { $count } passages
    }
count-documents =
    { $count ->
        [0] no reports
        [one] one report
       *[other] { $count } reports
    }
count-seconds =
    { $count ->
        [0] less than a second
        [one] one second
       *[other] { $count } seconds
    }
count-minutes =
    { $count ->
        [0] less than a minute
        [one] one minute
       *[other] { $count } minutes
    }

## Administrators: documents sent in

staged-reading = Reading what you sent…
staged-file = File: { $name }
staged-place = Place: { $place }
staged-date = Date: { $date }
staged-address = Address: { $address }
staged-language = Language: { $name }
language-arabic = Arabic
language-english = English
language-unknown = unknown
staged-for-all = Audience: everybody
staged-for-officials = Audience: officials only
staged-beginning = The first lines as I read them:
staged-replaces = It takes the place of the report: { $name }
doubt-reversed = The letters of the text look reversed. Please check its first lines before publishing.
doubt-near = { $percent } of this text stands word for word in the report: { $name }
doubt-not-arabic = The text does not look Arabic, in which questions are asked.
caption-fault = I do not understand line { $line } of the caption: { $reason }
caption-closed = Until you correct it with the button “Edit the title”, the report is for officials only.
fault-unknown = it begins with no name that I know, such as “place:” or “date:”.
fault-twice = this was said before.
fault-empty = nothing follows the colon.
fault-date = this is no date. Write it like this: 27 December 2024
fault-url = this is no web address.
fault-audience = the audience is either “public” or “officials”.
fault-title = this is too long.
file-too-large = The file { $name } is larger than 20 MB, the most that Telegram hands over to bots. Please put it into the folder { $folder } on the server, then send { -staged } and choose “Update from the folder”.
file-over-limit = The file { $name } is over the limit that is set, { $number } MB.
staged-heading =
    { $count ->
        [0] No files wait to be published.
        [one] One file waits to be published:
       *[other] { $count } files wait to be published:
    }
staged-how = Send a file (PDF, Word, text or web page) to add it; its title may stand in the caption.
staged-refused = cannot be published
staged-gone = This file does not wait any more: it was published or discarded.
discard-ask = Remove the file { $name }? It is not published yet and cannot be brought back.
discarded = The file { $name } was discarded and not published.
retitle-prompt = Write the new title of the file { $name } as a reply to this message. You may add lines that begin with “place:”, “date:”, “url:” or “audience:”. Number of the file: { $id }
retitle-placeholder = The new title
button-publish = Publish
button-publish-all = Publish all
button-folder = Update from the folder
button-retitle = Edit the title
button-discard = Discard
button-discard-yes = Yes, remove it
button-replace = Let it replace the similar report
button-keep-both = Keep both reports
button-staged = All waiting files
staged-known = This file waits already; it was not added again.
staged-kept-closed = It stays for officials only, as was said of it before. To change that, press “Edit the title”.
doubt-same = All of this text is published already in the report: { $name }
doubt-waiting = This file is like one that waits: { $name }
doubt-wider = The report that this one replaces is for officials only; this one will be seen by everybody.
for-officials-only = for officials only
album-heading =
    { $count ->
        [0] Nothing of what was sent together waits to be published any more.
        [one] One file of those sent together waits to be published:
       *[other] { $count } files sent together wait to be published:
    }
button-publish-album = Publish these files
caption-late = This file does not wait any more; editing its caption changed nothing.
send-as-file = I do not read the text in pictures. Please send the report as a file, not as a photo.

## Administrators: what will change

change-heading = What will change in the library:
change-new = New reports: { $number }
change-changed = Changed reports: { $number }
change-removed = Withdrawn reports: { $number }
change-unchanged = Unchanged reports: { $number }
change-refused = Files that cannot be read: { $number }
change-passages = To be indexed: { $passages }
change-time = Expected time: { $span }
change-time-unknown = Expected time: not known yet.
change-nothing = Nothing changes.
change-impossible = That is not possible: { $reason }
change-other = The files have changed since this was shown. Please look again at what will change.
button-back = Back
button-build = Begin the update
button-cancel = Cancel

## Administrators: updates under way

job-behind =
    { $count ->
        [0] The update waits; its turn is next.
        [one] The update waits; one update comes before it.
       *[other] The update waits; { $count } updates come before it.
    }
job-behind-decision = An earlier update waits for a decision. To see it: { -jobs }
job-begun = The update has begun.
step-read = Reading and indexing the reports
step-index = Building the search index
step-verify = Verifying the new index
job-count = { $number } of { $total } done
job-left = Time left: { $span }
job-switching = Switching to the new library…
job-done = The update is done; this is version { $number } of the library.
job-holds = It holds: { $facts }
job-took = The update took: { $span }
job-unchanged = Nothing changed: the library agrees with the files.
job-refused = Files that I could not read:
job-stopped = The update was stopped; the library is as it was.
job-failed = The update failed; the library is as it was. The reason: { $reason }
job-interrupted = The update was interrupted again and again and was stopped; the library is as it was.
job-worse =
    { $count ->
        [0] No question is answered worse.
        [one] One question was answered rightly, and is not any more in the new library:
       *[other] { $count } questions were answered rightly, and are not any more in the new library:
    }
job-decide = I have not switched the library, and wait for your decision.
jobs-none = No update is under way or waits.
job-over = This update was over before.
job-busy = Another update is under way. Please try again in a little while.
button-stop = Stop
button-switch = Switch anyway
staged-under-way = This file is in an update under way. To change or discard it, stop the update first.
change-orphans = Simply added, as what they were to replace is not in the library any more: { $number }
trouble-gone = The file “{ $name }” is not waiting any more: it was published or discarded.
trouble-restored = The update was stopped when the backup was restored.
version-unknown = No version with that number is kept. Choose one of those that are.
invitation-unneeded = You are an administrator, so the invitation was not used; it is still good for somebody else.

## Administrators: why a file cannot be taken

reason-empty = The file is empty: please check it and send it again.
reason-no-text = There is no text in the file: please send a version that has some.
reason-locked = The file is protected by a password: please remove it and send the file again.
reason-cut-off = The file is damaged or cut off before its end: please copy or download it again, then send it.
reason-not-text = This is not a text file, whatever its name says: please send the original file.
reason-damaged-text = The text has a damaged character at byte { $byte }: please mend it, or save the file again as UTF-8.
reason-unknown-encoding = The encoding of the text cannot be told: please save the file as UTF-8 and send it again.
reason-either-encoding = The text is too short to tell its encoding: please save the file as UTF-8 and send it again.
reason-wrong-encoding = The file says that its encoding is { $encoding }, but it is not: please save it as UTF-8 and send it again.
reason-not-word = This is not a Word document: please open it in Word, save it as docx and send it.
reason-old-word = This is a Word file of the old kind doc: please open it in Word, save it as docx and send it.
reason-damaged-word = The file is damaged inside: please open it in Word, save it again and send it.
reason-strange-part = There is something in the file that Word does not write: please open it in Word, save it again and send it.
reason-strange-packing = The file is protected by a password or packed in a way that Word does not use: please open it in Word, save it again and send it.
reason-unpacks-to-too-much = The file unpacks to { $unpacked } MB, over the limit of { $limit } MB: please split it or take its pictures out.
reason-packed-too-tightly = The file unpacks from { $packed } MB to { $unpacked } MB, as no report does: please send the original file.
reason-not-pdf = This is not a PDF file, whatever its name says: please send the original file.
reason-damaged-pdf = The file is damaged: please export it again and send it.
reason-too-deep = The structure of the file is too large or too deep to be read: please export it again or split it.
reason-no-pages = No pages can be found in the file: please export it again and send it.
reason-too-many-pages =
    { $count ->
        [one] The file has more than one page: please split it into smaller files.
       *[other] The file has more than { $count } pages: please split it into smaller files.
    }
reason-scanned = Pages of the file are pictures without text ({ $bare } of { $pages }): please send a version whose words can be selected.
reason-without-letters = Pages of the file hold no text ({ $bare } of { $pages }): please send a version whose words can be selected.
reason-damaged-page = Page { $page } is damaged: please export the file again and send it.
reason-crowded-page = Page { $page } draws more letters than a page of text holds: please export the file again or leave that page out.
reason-unnamed-letters = Page { $page } does not say which letters its shapes are: please export the file again with another font.
reason-unknown-coding = The letters of page { $page } are in an unknown coding: please export the file again and send it.
reason-reversed = The Arabic words of page { $page } come out backwards: please send the original document instead.
reason-unknown-kind = The kind of the file is unknown. Known are: { $known }
reason-too-much-memory = Reading the file needs too much memory: please split it into smaller files.
reason-too-slow =
    { $seconds ->
        [one] Reading the file was not done within a second: please split it into smaller files.
       *[other] Reading the file was not done within { $seconds } seconds: please split it into smaller files.
    }
reason-reader-failed = The file could not be read and may be damaged: please save it again and send it.
reason-reader-not-started = The reader of files did not start: please try again in a little while.
reason-reading-stopped = The reading of the file was stopped: please try again.
reason-cannot-be-opened = The file cannot be opened on the server: { $text }
reason-missing = The file does not exist on the server.
reason-no-permission = I may not read the file: please change its permissions on the server.
reason-unshowable-name = The name of the file has characters that cannot be shown: please rename it on the server.
reason-same-name = The file has the same name as { $other }, which is taken already: please rename one of them on the server.
reason-not-ordinary = This is no ordinary file, but a pipe, a socket or a device: please remove it from the folder on the server.
reason-too-large = The file is of { $size } MB, over the limit of { $limit } MB: please split it or take its pictures out.
reason-link-to-nothing = This is a link to nothing: please remove it from the folder on the server.
reason-link-to-itself = This is a link that leads back to itself: please remove it from the folder on the server.
reason-link-to-its-folder = This is a link to a folder that holds it: please remove it on the server.
reason-not-understood = What is written in it cannot be understood: { $text }
reason-no-letters = The name { $spelling } holds no letters: please correct or remove it.
reason-two-places = The name { $spelling } is given to two places, { $first } and { $second }: please keep one of them.

## Administrators: why a change cannot be made

trouble-unpublishable = The file { $name } cannot be published. { $reason }
trouble-beside = The file { $name } on the server is not sound. { $reason }
trouble-nothing-to-index = There is no report in the folder that can be read.
trouble-not-staged = One of the files is not waiting any more: it was published or discarded.
trouble-unknown-document = The report { $name } is not in the library any more.
trouble-stale = The library or its files have changed meanwhile: please ask for the update again.
trouble-lost-document = The new index does not find the report { $name }, so it is not used. Please ask for the update again.
trouble-damaged = Version { $number } of the library is damaged. Please go back to another one, or build the library again on the server.
trouble-unknown-generation = That version of the library is not kept any more: please ask for the update again.
trouble-other-model = The library was built with another search model than the one that is set: please set it back, or build the library again on the server.
trouble-no-model = The search model { $name } cannot be loaded: { $text }
trouble-no-room = The disk is full: please make room on the server and ask for the update again.
trouble-no-memory = The server's memory was not enough: please try again in a little while.
trouble-system = An error of the system: { $text }

## Administrators: the library and its versions

document-pick = To withdraw a report or see more of it, press its number.
document-gone = This report is not in the library any more.
button-withdraw = Withdraw
button-documents = List of reports
generations-heading = Kept versions of the library:
generation-line = Version { $number }: { $facts }
generation-live = the current one
generation-built = built { $day } UTC
generation-damaged = damaged
generation-none = There is no earlier version to go back to.
rollback-ask = Shall I take the library back to version { $number }? The files of the reports go back with it.
rollback-back = Reports that come back: { $number }
rollback-other-content = Reports whose former text comes back: { $number }
rollback-gone = Reports that go: { $number }
rollback-same = Both versions hold the same reports.
rollback-done = The library is back at version { $number }.
rollback-left = Files that I left as they are, because somebody changed them on the server:
rollback-impossible = It is not possible to go back to version { $number }.
rollback-other = The current version has changed since this was shown. Please send the command again.
button-rollback = Go back to version { $number }

## Administrators: questions that must stay answered

canary-how = To keep a good answer, reply to it with { -canary } add and I ask its question before each switch. To take it off the list, reply with { -canary } remove
canary-count =
    { $count ->
        [0] There are no questions on the list yet.
        [one] One question is on the list:
       *[other] { $count } questions are on the list:
    }
canary-added = I added the question. Its answer must stay in the report: { $name }
canary-known = This question is on the list already.
canary-no-answer = This message is no answer from the reports that I could add.
canary-not-now = Asked by itself, this question is not answered from the same report today, so I did not add it.
canary-removed = I took the question off the list.
canary-unknown = This question is not on the list.

## Administrators: what Telegram shows

command-staged = Files that wait to be published
command-jobs = Updates under way and waiting
command-generations = Kept versions of the library
command-rollback = Go back to an earlier version of the library
command-canary = Questions asked before each switch

## The terminal

terminal-welcome = Dalil: ask in Arabic, and I answer from the reports in their own words. To begin anew: { -new }. To leave: Ctrl+D
terminal-prompt = Your question:

## People with rights

role-citizen = citizen
role-official = official
role-administrator = administrator
administrators-only = This is for administrators only.
invite-whom = As what do you invite somebody? Officials are answered from reports for officials too; administrators manage reports and people.
invitation = An invitation to be used once within 48 hours. Whoever opens its link first becomes: { $role }. Send them this link:
invitation-worthless = This invitation is not valid: it may have been used before, or it has expired. Ask the administrator for a new one.
welcome-official = Welcome, you are an official now: here I answer you from reports for officials too.
welcome-administrator = Welcome, you are an administrator now. The commands for administrators are in the list of commands.
invitation-accepted = Your invitation was accepted by { $name }, number { $id }. Now they are: { $role }.
people-heading =
    { $count ->
        [0] Nobody has rights.
        [one] One person has rights:
       *[other] { $count } people have rights:
    }
person-of-role = Number { $id }: { $name }, { $role }
person-by-settings = Number { $id }: { $name }, { $role } by the settings
dismiss-whom = Shall { $name }, number { $id }, lose their rights? Now they are: { $role }.
dismissed = Your rights in this bot were taken back.
irremovable = The settings name this administrator; only they can change that.
last-administrator = This is the last administrator. Make somebody else one first.
button-dismiss = Remove { $name }
button-dismiss-yes = Yes, take their rights
button-dismiss-no = No, back
audit-heading = What people with rights did (UTC):
audit-empty = There is nothing in the log yet.
audit-terminal = the command line
audit-invited = An invitation by { $who } to be: { $role }
audit-accepted = { $whom } accepted an invitation and is now: { $role }
audit-role = { $who } changed { $whom } from { $before } to { $role }
audit-invitations-withdrawn = { $who } withdrew the invitations that were not used
audit-asked = { $who } asked for an update of the library
audit-stopped = { $who } stopped an update of the library
audit-dropped = { $who } dropped an update of the library that waited for a decision
audit-switched = { $who } decided for an update of the library although questions are not answered any more
audit-rolled-back = { $who } took the library back to version { $number }
audit-discarded = { $who } discarded a file that was not published: { $name }
audit-canary-added = { $who } added a question that is tried before each switch: { $question }
audit-canary-removed = { $who } removed a question that was tried before each switch: { $question }
audit-publishing = publish { $names }
audit-withdrawing = withdraw { $names }
audit-from-folder = what is in the folder
audit-other = { $who } did: { $deed }
command-invite = Invite an official or administrator
command-people = People with rights
command-audit = What people with rights did

## What people could not find

unanswered-heading = What people found no answer to:
unanswered-none = No questions wait for a report.
unanswered-people =
    { $count ->
        [0] Nobody asked this:
        [one] One person asked this:
       *[other] This was asked by { $count } people:
    }
button-added = I added a report
button-ignore = Ignore
audit-added = { $who } added a report for questions without an answer
audit-ignored = { $who } ignored questions without an answer
news-heading = There is an answer to your question now
news-question = You asked before: { $question }
button-quiet = Do not tell me any more
button-not-quiet = Tell me again
quiet-on = I will not tell you of answers to your earlier questions any more.
quiet-off = I will tell you again when a question of yours has an answer.
command-unanswered = What people found no answer to

## Health

count-gigabytes = { $number } GB
count-megabytes = { $number } MB
count-kilobytes = { $number } kB
status-heading = How Dalil is:
status-generation = Version of the library: { $number }, built { $day } UTC
status-documents = Reports: { $documents }, passages: { $passages }
status-disk = Free on disk: { $free }, size of the index: { $size }
status-memory = Memory of the program: { $size }
status-versions = Versions: { $versions }
status-queue = Updates that are not finished: { $number }
status-failed = An update failed on { $day }: { $problem }
status-faults = Faults since the start: { $number }
alarm-disk = Little room is left on disk: { $free }. Make room: updating the library and keeping questions may fail.
alarm-build = The library was not updated and is as it was. Reason: { $problem }
backup-whole = A whole backup of the reports, their index and the state of the bot. Keep it safe: people’s questions are in it.
backup-without-index = A backup of the reports and the state of the bot without the index, which is too large; it is built again when the backup is restored. Keep it safe: people’s questions are in it.
backup-incomplete = Reports that were indexed from another folder are not in it: { $names }
backup-too-large = The backup is larger than what can be sent in Telegram: { $size }. Use the command line: { $command }
backup-no-room = There is no room on disk for a backup. Free: { $free }
backup-under-way = A backup is being made. Please wait until it is here.
audit-backup = { $who } took a backup
command-status = How Dalil is
command-backup = Backup

## The digest of a week

digest-heading = Dalil in seven days: from { $first } to { $last }
digest-none = No question was asked in these days.
digest-questions =
    { $count ->
        [0] No question was asked
        [one] One question was asked
       *[other] { $count } questions were asked
    }
digest-people =
    { $count ->
        [0] It is not known how many people asked
        [one] One person asked
       *[other] { $count } people asked
    }
digest-answer = Answered from the reports: { $number } ({ $percent })
digest-related = Closest passages shown: { $number } ({ $percent })
digest-without = No answer: { $number } ({ $percent })
digest-before = the week before: { $number }
digest-satisfied = Satisfaction: { $percent } (👍 { $up } 👎 { $down })
digest-unrated = Nobody rated the answers
digest-documents = Reports that answered most:
digest-document = From { $name }: { $answers }
digest-slowest = Slowest answers:
digest-slow = In { $took } seconds: { $question }
chart-heading = Questions on each day
chart-answer = answer
chart-related = closest passages
chart-without = no answer
count-answers =
    { $count ->
        [0] no answers
        [one] one answer
       *[other] { $count } answers
    }
command-digest = Digest of the last seven days
