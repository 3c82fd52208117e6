"""Words of people who look after people: nurses, teachers, librarians."""

from sayso.demo.stock import Trade, cases, lines, words

CARE = Trade(
    key="care",
    industry="Health and care",
    roles=words("""Ward nurse, Community nurse, Physiotherapist, Care home manager,
        Practice coordinator"""),
    organisations=words("""Linden Street Clinic, Fernhill Care, Harbour Row Practice,
        St Brannock's Hospital, Open Door Health"""),
    skills=words("""wound care, discharge planning, patient communication, medication rounds,
        palliative care, triage, team leadership, documentation"""),
    topics=words("nursing, patient safety, ageing, community health, night shifts"),
    education=words("""BSc Nursing, Diploma in physiotherapy, Certificate in palliative care"""),
    cases=cases("""
# the call bell
* the call bells on our ward rang more than three hundred times a night
> we asked for more staff, and were told what you would expect
+ for one week we wrote down what each bell was for, and most were about water, glasses and light
= a round at ten in the evening for those three things cut the bells by nearly half
! count the small wishes before you count the staff
# the discharge letter
* patients went home with a letter that no one in the family could read
> we made the letter longer to be on the safe side
+ we put one page in front of it, written by a nurse, with four sentences and a telephone number
= fewer people come back in the first week, and far fewer call us at night
! the last page you write should be the first page they read
# the pain scale
* one of my patients always said three out of ten, and she was in agony
> I believed the number because it fitted in the box
+ a colleague asked her what she could not do today that she could do yesterday
= we changed her medication within the hour
! ask about the day, not about the number
# the tablet box
* an old gentleman on my round had fourteen tablets and three different plans for them
> we printed him a fourth plan in bigger letters
+ I sat down with his daughter, the pharmacist and a pot of tea and we crossed things out
= he takes six tablets now and has started to sing in the stairwell again
! the best new medicine is sometimes a line through an old one
# the quiet room
* relatives got bad news in our corridor, between the laundry and the lift
> we tried a screen, which made it worse
+ we cleared a storeroom on a Sunday, painted it and brought two armchairs from home
= it cost nothing, and people write to us about that room years later
! dignity is often a matter of furniture
# the handover at the bed
* important things got lost between the early and the late shift
> we had a longer meeting in the office, with more coffee and more losses
+ we moved the handover to the bedside and let the patient correct us
= we find about one mistake a day before it becomes one
! the patient is the only one who is there on every shift
# the fall in room six
* three people fell in room six within one month
> we put up a poster about shoes
+ our cleaner told us that the floor there was polished on the day of the falls
= a different polish, a different day, and nobody has fallen since
! invite the cleaner to the safety meeting
"""),
    tips=lines("""
- Sit down when you explain something. Two minutes sitting feel longer than five standing.
- Write the first name the patient likes on the board, not the one in the file.
- Drink water when you hand it out. It is the only reminder that works.
- Say what you are going to do before you touch.
- End the shift by telling one colleague what went well.
- Ask who is at home. Half of the treatment plan depends on it.
"""),
    views=lines("""
- We measure how long a visit takes and never how long the loneliness before it was. I would like
  to see [both figures|both numbers] on the same chart.
- Good documentation is a form of care. The next person is going to be tired, and your sentence
  will be all she has.
- Night work should be [planned|designed] by people who have done it in the last year. Everything
  else is theory with the lights on.
"""),
    details=lines("""
- It was the hour when the ward finally breathes.
- Somebody had left a knitted owl on the desk.
- The tea had gone cold twice by then.
- His daughter had brought photographs in a biscuit tin.
- The lift was out of order, so we all got our exercise.
- She squeezed my hand and asked after my own mother.
"""),
    questions=lines("""
- How do you protect breaks on a ward where someone always needs something?
- What helped your new colleagues most in their first month?
- Has anyone made the evening handover shorter without losing anything?
- Which small thing made the biggest difference to your patients this year?
"""),
)

SCHOOL = Trade(
    key="school",
    industry="Education",
    roles=words("""Primary teacher, Maths teacher, Head of school, Learning support teacher,
        Adult education tutor"""),
    organisations=words("""Millrace Primary, Eastgate Comprehensive, The Evening School,
        Riverside Vocational College, Beacon Adult Learning"""),
    skills=words("""lesson planning, classroom management, assessment, inclusive teaching,
        parent communication, curriculum design, mentoring, public speaking"""),
    topics=words("teaching, reading, maths anxiety, adult learning, school life"),
    education=words("MA Education, Teaching certificate, BSc Mathematics"),
    cases=cases("""
# the word problem
* half my class could do the sum and almost nobody could do the sentence around it
> I gave them more sums, because that was what I had on the shelf
+ we spent a week drawing the sentences before touching a number
= they now argue about the picture first, and the sum is an afterthought
! most maths problems are reading problems in disguise
# the empty parents' evening
* the parents I most needed to see never came to parents' evening
> I sent a second letter, which was even more polite
+ I moved four meetings to the bus stop, the laundrette and one allotment
= I met every family by Easter and learned more than in ten years of evenings
! if people do not come to you, find out where they already are
# the silent boy
* one boy did not say a word in my lessons from September to Christmas
> I called on him kindly, then less kindly, then not at all
+ I gave him the key to the map cupboard and asked him to run it
= by March he was explaining contour lines to the whole class
! some people need a job before they need a voice
# the marking pile
* I was marking sixty books a week and the mistakes stayed the same
> I bought better pens and wrote longer comments
+ I began to mark five books in each lesson, next to the child who wrote them
= the pile is gone and the mistakes are finally different ones
! feedback has the shelf life of milk
# the telephone basket
* our telephone rule was explained, signed and broken on the same morning
> we had a debate about freedom, which they won
+ we asked the class to write the rule themselves and to write the exceptions too
= their version was stricter than ours, and it holds
! let them write the exceptions
# the evening class
* eleven of my eighteen adult learners dropped out before the winter
> I made the course easier, and the rest grew bored
+ I rang each of the eleven, and nine of them named the same bus
= we start a quarter of an hour later and finish with a full room
! before you change the lesson, check the timetable of the bus
# the reading corner
* the reading corner was beautiful and nobody sat in it
> I added cushions and a plant
+ I let three children rearrange it, and they turned every shelf so that the covers faced out
= we had to introduce a waiting list for the beanbag
! show the cover
"""),
    tips=lines("""
- Wait five seconds after a question. They are the longest and the most useful of the day.
- Learn one thing about each child that has nothing to do with school.
- Put the hardest task in the middle of the lesson, not at the end.
- Write the goodbye sentence of the lesson before the hello.
- Let pupils explain the homework to you before they go home.
- Ring parents with good news first. The second call will be easier.
"""),
    views=lines("""
- Talent is mostly [patience|practice] that somebody made possible. I have yet to meet a child who
  was bad at maths and had never been laughed at.
- We should stop calling adults who return to school brave. They are not brave, they are busy, and
  we owe them better timetables.
- A quiet classroom proves nothing. I look for the noise of people [disagreeing|arguing] about the
  right thing.
"""),
    details=lines("""
- The chalk squeaked at exactly the wrong moment.
- A wasp attended most of the lesson.
- Someone asked whether infinity has a smell.
- It was the last lesson on a Friday and the radiators were on full.
- The caretaker listened at the door and stayed to the end.
- I found the note in my coat pocket a week later.
"""),
    questions=lines("""
- How do you start the first lesson with a group that has had six teachers in two years?
- Which book do your twelve-year-olds fight over at the moment?
- What do you do with the last ten minutes on a Friday?
- Has anyone taught fractions with music, and did it work?
"""),
)

LIBRARY = Trade(
    key="library",
    industry="Libraries and archives",
    roles=words("Librarian, Archivist, Records manager, Museum educator, Conservator"),
    organisations=words("""Wharf Street Library, County Record Office, The Tide Museum,
        Northgate Reading Rooms, Paper & Light Archive"""),
    skills=words("""cataloguing, oral history, digitisation, preservation, community events,
        reference work, metadata, exhibition design"""),
    topics=words("libraries, local history, reading, preservation, open access"),
    education=words("MA Library and Information Science, Diploma in archive administration"),
    cases=cases("""
# the box without a label
* we had four hundred boxes in the cellar and no idea what was in two hundred of them
> we applied for money for a scanner
+ we opened one box every Thursday with tea and whoever wanted to come
= we are at box ninety, and the best labels come from people who recognise their own street
! description is a party you can invite people to
# the late fees
* families who owed us three coins had stopped coming altogether
> we sent reminders, which worked very well as a farewell
+ we cancelled every fee and put a bowl by the door for those who wanted to give something
= the bowl brings in more than the fees did, and the missing families are back
! never charge people for coming back
# the flood
* water came through the ceiling on the one night when nobody was in the building
> we ran with towels, as one does
+ a retired printer showed us how to freeze the wet volumes and dry them one by one
= of twelve hundred volumes we lost nine
! make friends with a cold store before you need one
# the recordings
* our recordings of the old dockers could be heard by nobody without an appointment
> we waited for a perfect catalogue for eleven years
+ we asked the families first and put up sixty of them with one line of description each
= strangers have since written in with the names of half of the ships
! good enough and heard beats perfect and silent
# the homework hour
* the reading room was full of pupils after three, and the older readers complained about the noise
> we put up a sign with a finger on its lips
+ we asked four of the complainers to help with homework for an hour a week
= the noise is the same, and the complaints have turned into timetables
! give the critic a chair and a task
# the wrong date
* the most famous photograph of our harbour had carried the wrong date for fifty years
> we trusted the caption because it was typed
+ a girl of nine pointed out that the bakery in the picture was not built yet
= we corrected it, thanked her in writing and invited her class to look for more
! a typed caption is only a confident guess
# the search box
* visitors typed a family name into our catalogue and got nothing, though we had whole shelves
> we explained the subject headings in a leaflet
+ we listed the two hundred searches that failed most often and wrote a pointer for each of them
= eight of ten people now find something at the first attempt
! read the questions that got no answer
"""),
    tips=lines("""
- Write the label for someone who does not know you and has wet hands.
- Keep one copy somewhere that a flood and a budget cut cannot reach on the same day.
- Ask the donor for the story before you ask for the date.
- Show people what is missing. They go home and look in their cupboards.
- Walk the building once a week with your eyes at the height of a child.
- Do not throw the envelope away. The stamp knows more than the letter.
"""),
    views=lines("""
- A library is the last warm room in town where you may sit without buying anything. [Everything
  else we do|All the rest] is built on that.
- Digitising is easy to fund and cataloguing is not. So we own millions of pictures that nobody
  can find, at very high resolution.
- An archive is not about the past. It is about who will be allowed to be right in the future.
"""),
    details=lines("""
- The dust in that corner is older than the town's football club.
- Somebody had used a slice of bacon as a bookmark.
- The heating knocked twice, as if it wanted to join in.
- I still have ink on my sleeve.
- We read the letter aloud and then nobody spoke for a while.
- The boy asked if he could smell the map.
"""),
    questions=lines("""
- How do you describe photographs with people whose names you do not know?
- Who has run a memory evening outside the library, and where did people come?
- What do you collect today that nobody will have thought of in fifty years?
- Which opening hour surprised you most?
"""),
)
