"""Words of people at desks: developers, accountants, town officers."""

from sayso.demo.stock import Trade, cases, lines, words

SOFTWARE = Trade(
    key="software",
    industry="Software",
    roles=words("""Backend developer, Test engineer, Product manager, Data analyst,
        Site reliability engineer, Accessibility specialist"""),
    organisations=words("""Pebble Systems, Lanternware, Oxbow Software, Field Notes Labs,
        Quietside Data"""),
    skills=words("""Python, PostgreSQL, code review, incident response, accessibility, testing,
        technical writing, observability"""),
    topics=words("software, testing, on-call, accessibility, data quality, open source"),
    education=words("BSc Computer Science, MSc Statistics, Self-taught"),
    cases=cases("""
# the slow report
* the monthly report took eleven hours, and everyone had stopped asking why
> we bought a bigger machine and got it down to ten
+ somebody finally read the query and saw that it sorted a table nobody used any more
= it takes four minutes, and the bigger machine has been sent back
! read the query before you buy the machine
# the flaky test
* one of our tests failed every Thursday and passed when you ran it again
> we built a button for running it again, and we were rather proud of the button
+ I took the button away and gave myself a day, and found a date that was written in local time
= the same mistake had been charging some customers twice in the last week of March
! a flaky test is a bug report with poor handwriting
# the big rewrite
* we had planned to rewrite the billing code in six weeks and were in month seven
> we added two people, which gave us two more opinions
+ we froze the rewrite and moved one kind of invoice at a time, with both systems running
= the last invoice moved in autumn, and nobody outside the team noticed anything
! if both versions cannot run side by side you are not migrating, you are jumping
# the screen reader
* our sign-up form was a single picture to anyone who used a screen reader
> we pointed to the automatic check that we had passed
+ we asked three blind users to try it while we kept our mouths shut
= eleven fixes, most of them a single line, and sign-ups went up for everyone else as well
! a green check is not a person
# the weekend pager
* the pager went off at three in the morning for a disk that had been full for weeks
> we raised the threshold, and then we raised it again
+ every alert got an owner and a sentence that says what to do, and those without were deleted
= two calls in the last quarter, both of them real
! if nobody knows what to do about it, it should not wake anyone
# the missing customers
* our numbers showed four thousand customers who did not exist and could not find nine hundred
> we wrote a dashboard that displayed the problem very beautifully
+ we walked over to the support desk and watched how a name gets into the system
= the import asked for a surname, and half the world writes names differently
! data quality begins where someone is typing
# the deleted table
* I deleted the wrong table on a Friday, in front of a colleague who had come to learn from me
> I said a word that I shall not repeat here
+ we restored it together from the backup, slowly, and wrote down every step that was unclear
= the backup plan is two pages shorter, and she has since restored a database on her own
! practise the restore, not the backup
"""),
    tips=lines("""
- Write the error message you would like to read at three in the morning.
- Delete one thing every week. Nobody else is going to.
- Review the test first and the code second.
- Let the newest colleague follow the setup guide while you sit on your hands.
- If you need the word "just" in a ticket, the ticket is not finished.
- Put the reason in the commit. The what is already in the code.
"""),
    views=lines("""
- We talk about technical debt as if somebody had lent us something. Most of it is simply work that
  [we chose not to finish|nobody wanted to finish].
- The best documentation I know was written by someone who had started two weeks earlier and was
  still [annoyed|confused]. Hire for fresh eyes, and give them the keyboard at once.
- Speed is a feature only if it is fast for the person with the old telephone on the train. We test
  on the desk, and the world is not a desk.
"""),
    details=lines("""
- The build was green, which should have warned us.
- Somebody had named the server after a cheese.
- My coffee went cold for the third time.
- We drew it on the window, because the whiteboard was full.
- The cat walked over the keyboard and very nearly fixed it.
- Nobody said anything for about ten seconds.
"""),
    questions=lines("""
- How do you keep a small team's on-call from eating its evenings?
- Which part of your test suite would you keep if you could keep only one?
- What do you tell people who want the dashboard before the data?
- Has anyone found a kind way to retire a feature that six people love?
"""),
)

ACCOUNTS = Trade(
    key="accounts",
    industry="Accounting and finance",
    roles=words("""Bookkeeper, Tax adviser, Financial controller, Payroll officer,
        Small business adviser"""),
    organisations=words("""Ledger & Lamb, Penny Lane Accounts, Northfold Advisers,
        Clearwater Payroll, The Second Column"""),
    skills=words("""cash flow planning, payroll, tax returns, grant reporting, budgeting,
        bookkeeping, negotiation, spreadsheets"""),
    topics=words("small business, cash flow, payroll, tax, founders"),
    education=words("Chartered accountant, BA Business Administration, Payroll certificate"),
    cases=cases("""
# the profitable bankruptcy
* a client with a full order book could not pay the wages in October
> he took one more order to make up for it, which needed one more loan
+ we drew thirteen weeks on a roll of wallpaper and marked the day when each invoice is really paid
= he now asks for a third in advance and sleeps through the autumn
! profit is an opinion, and the date of payment is a fact
# the shoebox
* every January a shoebox of receipts landed on my desk with an apology
> I sent out templates, which came back empty and in colour
+ I asked clients to send me one photograph a week, on Fridays, of whatever was in their pocket
= the shoebox has become a habit, and January has become a month like any other
! make it small enough to do while waiting for the kettle
# the payroll Friday
* we paid the wages on Friday afternoons and spent every Friday evening on the telephone
> we checked everything twice, also on Fridays
+ we moved the run to Wednesday and gave people a day to look at their slips
= the calls come on Thursday now, and they are questions, not complaints
! leave a day between done and final
# the cheap loan
* a founder showed me a loan with two per cent interest and eleven pages of conditions
> she read the two per cent with great care
+ we put every condition into one sentence of plain language and read the list aloud
= she took the dearer loan and is very glad about it
! the price of money is written on page nine
# the grant report
* a small theatre was about to lose its grant because of a table
> they had written forty pages about art to explain it
+ we filled in the table together, with three numbers and one honest gap
= the grant was renewed, and the officer thanked them for the gap
! an honest gap is worth more than a beautiful paragraph
# the forgotten subscription
* a company of nine people was paying for fourteen pieces of software
> they asked me to negotiate a discount
+ we sent one question to everybody: what would you miss on Monday
= five subscriptions went, nobody missed them, and the savings paid for a trainee
! ask what would be missed, not what is used
# the price list
* a joiner had not changed his prices in six years because his customers were so nice
> he worked on Saturdays to make up for it
+ he wrote a letter with the new prices and the reason, and I did nothing but carry it to the post
= two of forty customers left, and his Saturdays are back
! your customers can do sums as well
"""),
    tips=lines("""
- Put tax money into another account on the day it comes in. It was never yours.
- Look at the bank balance on the same weekday every week.
- Write down why you made an exception. In a year it will look like a mistake.
- Send the invoice on the day the work is done, while the customer is still smiling.
- Never present a number without the one before it.
- Ask for the bad news first. It is usually smaller than the silence.
"""),
    views=lines("""
- Most small firms do not fail because of a bad idea but because of sixty days. [Late payment|Paying
  late] is a loan that nobody agreed to.
- A budget is a letter to your future self. If it has no sentence in it that makes you uneasy, you
  have not been honest.
- I distrust dashboards with more than five numbers. Somebody is hiding [the sixth|a sixth].
"""),
    details=lines("""
- The adding machine in the corner still works, and I use it to impress people.
- He had brought biscuits, which is never a good sign.
- There was a coffee ring exactly around the decimal point.
- She looked at the number for a long time and then laughed.
- The tax office put us on hold with rather good music.
- We found the missing forty cents under "other".
"""),
    questions=lines("""
- How do you tell a client that the business is a hobby, and still keep the client?
- Who has good experience with paying wages twice a month?
- What is your rule for saying no to a customer who always pays late?
- Which single figure do you look at first on a Monday?
"""),
)

TOWN = Trade(
    key="town",
    industry="Public service",
    roles=words("""Town planner, Registrar, Youth worker, Public transport planner,
        Housing officer"""),
    organisations=words("""Quayside Borough Council, Office for Public Transport,
        Hillfield Town Hall, The Neighbourhood Office, Eastern Harbour Authority"""),
    skills=words("""public consultation, plain language, procurement, project planning, mediation,
        mapping, policy writing, community work"""),
    topics=words("towns, public transport, plain language, housing, participation"),
    education=words("MSc Urban Planning, BA Public Administration, Diploma in social work"),
    cases=cases("""
# the form
* our housing form had nine pages, and four out of ten people never reached the last one
> we wrote instructions for the form, seven pages of them
+ we sat with twenty people while they filled it in and crossed out everything that was never used
= it has two pages, and the office hours in which we explained it are free for other things
! every question on a form should have somebody waiting for the answer
# the empty bus
* the bus to the new estate ran empty and the residents kept asking for a bus
> we printed a brighter timetable
+ two of us lived there for a week and missed the bus every morning by four minutes
= we moved it by six minutes and it carries sixty people before eight
! ride the bus before you plan it
# the playground
* we spent a whole year on consulting people about a playground and heard from the same nine adults
> we added an online survey, and the same nine adults filled it in
+ we left a box of chalk on the site for a weekend and photographed what the children drew
= the playground has a hill, as drawn, and no expensive dragon
! ask the people who will use it, in the language they speak
# the angry meeting
* the meeting about the parking places had been shouting for an hour
> I explained the legal situation, which is like pouring oil on water that burns
+ I asked everyone to write down one car journey of last week and read it out
= by the end two neighbours had agreed to share a trailer, and we had a compromise
! stories cool what arguments heat
# the wedding room
* couples waited five months for a room in the town hall that stood empty on most days
> we believed the calendar, and the calendar said that it was full
+ a trainee phoned every booking and found that half of them were kept just in case
= bookings now lapse after a month, and you can marry in three weeks, if you are sure
! an unused reservation is the most expensive kind
# the bench
* someone moved the bench in front of the pharmacy back into the shade every single night
> we bolted it down, and then it was the bolts that disappeared
+ we put a note on it, asking for the reason, and got eleven answers in three days
= there are two benches now, one in the sun and one in the shade, and peace
! vandalism is sometimes a suggestion
# the letter
* a letter about recycling brought two hundred calls in one day
> the lawyers told us that every sentence was correct
+ we gave it to the switchboard to rewrite, because they knew the two hundred questions
= the next letter brought four calls, and one of them was to say thank you
! let the people who answer the telephone write the letter
"""),
    tips=lines("""
- Read the letter aloud to somebody who is in a hurry.
- Walk to the site at the hour when people complain about it.
- Write the decision first and the reasons after it, in that order, on one page.
- Give every project the telephone number of a person, not of a department.
- Publish the map early and ugly. Polished maps look finished and make people angry.
- Thank those who objected. They did a part of your work.
"""),
    views=lines("""
- Plain language is not a favour to the weak. It is the only language in which a public office can
  be [held to its word|checked].
- Participation without a budget is a hobby. Tell people what sum is on the table, and they become
  astonishingly [reasonable|careful].
- The most modern thing that a town can build is a pavement wide enough for two people to stop and
  talk.
"""),
    details=lines("""
- The minutes record laughter, which is rare.
- A dog had joined the delegation and behaved better than most.
- The model of the square has been missing its fountain since the spring.
- Someone had brought a cake with the outline of the borough.
- It was raining, so at least everyone agreed about the shelter.
- The clock in the council chamber is four minutes slow, by tradition.
"""),
    questions=lines("""
- How do you reach people who have given up on writing to us?
- Which form did you abolish, and what happened?
- Has anyone tried a citizens' budget in a town below twenty thousand?
- What is the best public bench you know, and why?
"""),
)
