"""English as everybody on the network speaks it, whatever their trade."""

from sayso.demo.chatter_en import (
    CONTACTS,
    FAVOURITES,
    MESSAGES,
    QUOTATIONS,
    REACTIONS,
    REMARKS,
    REPLIES,
)
from sayso.demo.occasions_en import ABOUTS, OCCASIONS
from sayso.demo.stock import Tongue, cases, lines, words

ENGLISH = Tongue(
    code="en",
    numbers=words("two, three, four, five, six, seven"),
    weekdays=words("Monday, Tuesday, Wednesday, Thursday, Friday"),
    months=words("January, February, March, April, May, June, September, October, November"),
    openings=lines("""
- I promised myself to write this down before I forget it.
- [A few|Some] of you asked how this one ended, so here it is.
- Not a success story, at least not at the beginning.
- This is a long post about a small thing.
- {years_cap} years in this job and I still learn something every week.
- I have been putting off writing this post.
- Today I want to tell you about a mistake that was mine.
- We do not talk enough about the things that nearly went wrong.
- Some lessons arrive late, but they do arrive.
- What follows is obvious to everyone except those who are in the middle of it.
- Somebody asked me at the {weekday} meet-up what I am proud of this year. This is it.
- I am writing this on the train, so please forgive the spelling.
- If you are new to {topic}, this may save you a bad week.
- Here is something that I wish someone had told me when I started.
- I told this story to {first} yesterday and was told to post it.
- There is a kind of problem that only shows itself when you stop looking for it.
- We had visitors last week, and they asked a very good question.
- The best part of my job is being wrong in an interesting way.
- A life with {topic} teaches you to be modest. Exhibit number {20-90}:
- Before the year ends, one more story from {org}.
- It is quiet here today, which gives me time to say thank you for a good idea.
- You will probably laugh at how simple this was.
- People often ask me what {role_low} means. On some days it means this.
- {city} was grey this morning, and I thought of an old problem of ours.
"""),
    problem_leads=lines("""
- {this_month} again, and I remember:
- Earlier this year
- When I started at {org},
- Here is what happened:
- I was slow to see it, but
- The short version:
- At my last job
- Let me set the scene:
- Picture this:
- The facts first:
- What you need to know:
- As some of you may remember,
- To be honest,
- The truth is that
- A while ago
"""),
    told_leads=(),
    tried_leads=lines("""
- At first
- Naturally
- Of course
- In the beginning
- You can guess what came next:
- Our first reaction:
- As you do,
- I am not proud of it, but
- Before anyone had thought about it properly,
"""),
    fix_leads=lines("""
- In the end
- Then
- Finally
- What helped:
- One {weekday}
- It took us far too long, but then
- The turning point came when
- After {n} weeks of that,
- So
- This is what worked:
- At some point
"""),
    result_leads=lines("""
- The result:
- Today the picture is different:
- What I can report:
- What changed:
- I checked again last week:
- And now?
- So far so good:
- {n_cap} months later:
"""),
    lesson_leads=lines("""
- What I take from it:
- If you remember only one thing from this, let it be this:
- My rule since then:
- Lesson learned:
- Note to self:
- It sounds simple, and it is not:
- What I tell every new colleague:
- I have written it on the wall above my desk:
- In other words:
- The older I get the more I believe it:
- Looking back, I would say:
- At the end of the day, it comes down to this:
"""),
    closings=lines("""
- How do you do this where you work?
- I would love to hear how others handle it.
- What would you have done?
- Curious to hear what you think.
- Happy to share the details with anyone who is interested.
- If you have tried something similar, please tell me how it went.
- Thank you to everyone who had more patience than I did.
- Big thanks to {member}, who saw it long before I did.
- I am sure that I am not the only one.
- Has anyone here had the same experience?
- Ask me again in a year.
- And if you know a better way, I am all ears.
- Feel free to borrow it.
- It is a small thing, but small things are what the week is made of.
- Now you know why I was smiling in {city} last {weekday}.
- I owe {first} a coffee for this.
- Please steal this idea. We did.
- There is more to say, but the next {weekday} meeting is calling.
"""),
    cases=cases("""
# the meeting
* our {weekday} meeting had grown to two hours and fourteen people
> we tried to be more disciplined, which lasted for exactly two meetings
+ we cancelled it for a month to see who would miss it
= three people missed it, and they now meet for twenty minutes, standing
! cancel it first and see who complains
# the new colleague
* our new colleague asked on her third day why we print everything twice
> we explained it to her, at length, and noticed halfway that we did not know
+ we made it a rule that every newcomer keeps a list of odd things for the first month
= we have fixed nineteen of them, and the printer is lonely
! fresh eyes go stale in a month, so use them
# the interview
* I interviewed eleven people for one job and was impressed by all the wrong things
> I trusted my feeling, which likes people who talk the way I do
+ we gave everyone the same small task from a real working day and looked at the work first
= the colleague we hired is quiet, brilliant and not at all like me
! look at the work before you look at the person
# the mentor
* I had been asking one very busy person to be my mentor for half a year
> I wrote ever longer messages
+ I sent a single question that could be answered in five minutes
= we have been talking every month for three years now
! ask for five minutes and a concrete answer
# the return
* I came back from parental leave to a job that had my title and none of my work
> I waited politely for somebody to notice
+ I wrote one page about what I could take over by Friday, and from whom
= two colleagues were relieved, and I had a desk full of real work
! do not wait to be handed your chair
# the remote team
* half of our team worked from home and the other half knew all the news
> we ordered a better camera for the meeting room
+ we agreed that if one person is remote everyone is, each at their own screen
= the jokes are worse, but everybody gets them
! if one person is outside the room, there is no room
# the no
* I said yes to everything for a year and finished nothing that I was proud of
> I bought a bigger calendar
+ a friend advised me to answer every request with the date on which I could start
= half of the requests went away by themselves, and the others were worth doing
! a date is the kindest form of no
# the difficult customer
* one customer complained about everything we did, in writing, on Sundays
> we drew lots for who had to answer
+ I drove over and asked him to show me what annoyed him most
= he was right about two things, and he recommends us now, also in writing
! the person who complains has not given up on you yet
"""),
    tip_intros=lines("""
- Three small habits that [have made|made] my work with {topic} easier:
- People ask me what I would tell a beginner. Here is what I would say:
- My list for new colleagues, [worn thin|well thumbed] by now:
- What {years} years at work have taught me, on a postcard:
- Nobody taught me these, so I pass them on:
- I cleared out my desk and found my own notes from the first year. They still hold:
- If I could send a note to my younger self at {org}, it would say:
"""),
    tips=lines("""
- Say thank you with a detail in it. People can tell.
- Write the e-mail, wait for an hour and send the half of it that is left.
- Learn how your manager's week works before you ask for time in it.
- Eat lunch with somebody from another department at least once a week.
- Finish small things completely. It changes how the big ones feel.
- When you do not know, say so early. It is cheap in the morning and expensive at night.
- Ask the oldest person and the newest person. The truth is usually between them.
- Keep a list of what went well. You will need it in November.
"""),
    views=lines("""
- I do not believe in work and life as two sides of a scale. Some weeks are heavy and some are
  light, and the only thing I ask of an employer is to know the difference.
- Experience is overrated when it means ten times the same year. I would rather hire someone with
  two years and [good questions|an open mind].
- The phrase I trust least in a job advert is "fast-paced". The one that I trust most is a salary.
- We praise people for staying late and never ask why it was necessary. I would like to see a prize
  for [leaving on time|going home at five] with everything done.
"""),
    view_turns=lines("""
- I know that not everybody sees it that way, and I am open to good arguments.
- I say this as somebody who has done the opposite for years.
- There are exceptions, and most of them prove the point.
- I have changed my mind about this twice, and I may do so again.
- It is not a popular view in my line of work, but the numbers are on my side.
- You may disagree, and I would really like to know why.
- That does not mean that everything used to be better. It was not.
- {first} and I argued about this for a whole evening and ended up on the same side.
- The consequence is uncomfortable, because it means that we have to plan differently.
- If that sounds obvious, look at how most places are run.
- I saw it again last {month} at {org}, and it cost us real money.
- In {elsewhere} they have been doing it for years without making a fuss about it.
"""),
    reflections=lines("""
- Looking back, I think that we were afraid of the answer. The question itself was not difficult.
- It cost us next to nothing, apart from admitting that we had been wrong.
- Everyone had seen it, of course. It just was not anybody's job.
- What surprised me most was how quickly people got used to it.
- Two colleagues were against it, and their objections made the whole thing better.
- I still think about how long we had walked past it every day.
- The funny thing is that we had all the information from the very beginning.
- None of this was in the plan, and the plan was not a bad one.
- It would be easy to say that we were just lucky, but luck had been knocking for months.
- I was sure that {member} would object. Instead I got a smile and a date.
- There is a longer version with numbers in it, and the numbers say the same.
- Others have asked how we did it, and most of them look disappointed, because there is so
  little to tell.
- We talk a great deal about change and often mean new words. This was the opposite.
- I had expected an argument and got a lunch invitation.
- The best sign was that nobody felt like writing a report about it.
- For the record, it was not my idea. I was only close enough to hear it.
- Three of us had thought the same thing for years, each of us alone.
- If you had asked me a year ago, I would have called it a luxury.
- {first} calls it the cheapest training course we have ever had.
- It does not solve everything. But it solved {weekday}s, and {weekday}s were the worst.
"""),
    occasions=OCCASIONS,
    reactions=REACTIONS,
    quotations=QUOTATIONS,
    remarks=REMARKS,
    replies=REPLIES,
    messages=MESSAGES,
    contacts=CONTACTS,
    abouts=ABOUTS,
    favourites=FAVOURITES,
    sign_offs=lines("""
- Onwards.
- More soon.
- Have a good week, all of you.
- Back to work.
- Greetings from {city}.
- Be kind to each other.
- See you on the other side of the weekend.
- That is all from me.
- Keep going.
- Until next time.
"""),
)
