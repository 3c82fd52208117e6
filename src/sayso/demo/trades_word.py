"""Words of people who work with pictures and words: designers, reporters."""

from sayso.demo.stock import Trade, cases, lines, words

DESIGN = Trade(
    key="design",
    industry="Design and print",
    roles=words("Graphic designer, Printer, Type designer, Exhibition designer, Sign maker"),
    organisations=words("""Second Proof, Inkwell & Sons, Studio Halfpage, The Letter Yard,
        Margin Works"""),
    skills=words("""typography, wayfinding, print production, illustration, packaging,
        client briefing, user interviews, bookbinding"""),
    topics=words("typography, print, wayfinding, packaging, craft"),
    education=words("BA Graphic Design, Apprenticeship in printing, MA Illustration"),
    cases=cases("""
# the hospital signs
* visitors of the hospital asked the way eleven times on average, next to our award-winning signs
> we made the arrows bigger
+ we followed thirty visitors with a notebook and saw that they looked at the floor
= a coloured line on the floor did more than two years of arrows
! look where people look
# the grey text
* the client loved our pale grey text and his customers could not read it
> I explained contrast ratios to him, with a chart in pale grey
+ I printed the page and asked him to read it to me in the car park
= the text is black now, and he tells the story himself
! show it in the place where it will be used
# the fourteenth version
* we were on version fourteen of a logo, and version two was the best
> we offered them a fifteenth
+ I asked each person in the room to say who would be angry if we chose number two
= nobody would, so we chose number two and went for lunch
! endless versions are usually an unasked question
# the bleeding ink
* the ink on the recycled paper ran in every second sheet
> we changed the ink, the speed and the swear words
+ we let the paper rest in the press room for three days before printing
= not one bad sheet in the whole edition
! paper needs to arrive before it can work
# the menu for everyone
* the café's menu was pretty, and older guests quietly ordered what they knew by heart
> we offered reading glasses at the counter
+ we set it two sizes larger and cut a third of the adjectives
= the average bill went up, and so did the number of questions about the dishes
! bigger letters sell more soup than adjectives
# the lost file
* the printer opened our file and every heading was set in a typewriter face
> we sent the fonts in three more e-mails
+ we began to send a folded paper dummy with every job, made by hand
= mistakes are found with a finger now, and not with an invoice
! a dummy on paper catches what a preview hides
# the museum captions
* visitors spent four seconds on captions that had taken us four weeks
> we made them shorter, and got three seconds
+ we started each caption with what you can see and only then told the story
= people look up, look down and look up again, which is all I ever wanted
! begin with what is in front of their eyes
"""),
    tips=lines("""
- Print it. The mistake is always visible on paper.
- Turn the layout upside down, and you will see where it is heavy.
- Ask for the worst example the client has ever loved.
- Set the longest name first, never the prettiest.
- Work with real text from the first day. Placeholder text has no problems.
- Leave the margin alone. It is doing more than you think.
"""),
    views=lines("""
- Good wayfinding is [invisible|silent]. If you remember the sign, you were probably lost.
- Every poster tells you what its makers were afraid of. Too many logos, for instance, is the fear
  of a meeting.
- Craft is not the opposite of technology. It is what is left when [the technology|the machine]
  changes and you still know what you are doing.
"""),
    details=lines("""
- The proofs were still warm.
- Somebody had corrected my lettering in pencil, and they were right.
- There is blue ink on my elbow and I do not know why.
- The old press shook the whole staircase, as usual.
- We pinned it up next to the lift and hid.
- The paper was called Winter Sand, and that is just what it looked like.
"""),
    questions=lines("""
- Which typeface do you trust at six metres in bad light?
- How do you bill the hour in which you had the idea?
- Who prints small editions on reclaimed paper without tears?
- What do you do when the client's nephew has made a logo?
"""),
)

PRESS = Trade(
    key="press",
    industry="Media and communication",
    roles=words("Local reporter, Editor, Press officer, Podcast producer, Translator"),
    organisations=words("""The Harbour Herald, Weekday Radio, Plain Words Agency, The Corner Post,
        Low Tide Podcasts"""),
    skills=words("""interviewing, editing, fact checking, audio production, plain language,
        translation, public relations, data journalism"""),
    topics=words("local news, interviews, translation, audio, trust"),
    education=words("MA Journalism, BA Translation, Radio traineeship"),
    cases=cases("""
# the council story
* nobody read our reports about the council, although they decided about every street
> we wrote livelier headlines
+ we sent a reporter to one street for a week and wrote down what each decision did there
= it became the most read series of the year, mostly in that street, and then in all the others
! a decision becomes news when it has a doorbell
# the silent interview
* the fisherman answered all my questions with one word
> I prepared longer questions
+ I stopped asking and helped him to mend a net for an hour, badly
= he talked until it was dark, and I had switched the recorder on just in time
! useful hands loosen tongues
# the correction
* we had spelled the name of a widow wrong, in an obituary of all things
> we drafted the usual correction, two lines on page eleven
+ I took the page to her in person, and she showed me the whole album
= we printed the story that we should have printed in the first place
! carry your corrections to the door
# the translated poem
* a poem about rain came back from three translators as three different kinds of weather
> we argued about the dictionary
+ we asked the poet to read it aloud on the telephone, twice, with a pause between
= all three of us changed the same word
! listen before you look it up
# the podcast nobody finished
* most listeners left our podcast after four minutes
> we bought a better microphone
+ we cut the four minutes in which we told them what they were going to hear
= two thirds now stay to the end, and the microphone is on loan to a school
! begin where it begins
# the rumour
* a rumour about the swimming pool travelled faster than anything we printed
> we denied it, which is how half the town first heard of it
+ we stood at the pool with a table and answered everyone who stopped
= it was gone within two days, and we had found three real stories
! a rumour is a question that nobody has answered in person
# the long sentence
* my editor returned a sentence of mine with the note that it needed a ferry timetable
> I defended every clause
+ I read it aloud to my son, who fell asleep at the second comma
= it became four sentences, and one of them was good
! if you run out of breath the reader ran out before you
"""),
    tips=lines("""
- Ask what they had for breakfast. The second answer is always better than the first.
- Write the name down and let them check it. Every time.
- Print the number next to something that people know the size of.
- Delete your first paragraph. The story begins in the second.
- Ring the person who disagrees before you publish, not after.
- Read your piece aloud to somebody who is cooking.
"""),
    views=lines("""
- Trust is not won by being fast. It is won on the day when you [print the correction|correct
  yourself] as large as the mistake.
- Translation is the slowest form of reading we have. I wish that every treaty were translated once
  before it is signed.
- Local news is infrastructure, like the pipes. You notice it when it is [gone|broken], and by then
  it is expensive.
"""),
    details=lines("""
- The tape had run out just before the best sentence.
- Somebody was practising the trumpet two floors up.
- The editor ate my biscuit while she crossed things out.
- My shorthand from that day is unreadable even to me.
- The phone box outside is now a library of eleven books.
- We were the last guests, and they put the chairs up around us.
"""),
    questions=lines("""
- How do you get people to talk who have been misquoted before?
- Which word can you not translate, and what do you do instead?
- What should a local paper stop printing?
- Who has recorded good sound in a moving tram?
"""),
)
