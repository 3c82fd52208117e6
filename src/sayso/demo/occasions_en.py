"""Posts for an occasion: a thank-you, a new job, an evening out, a question to everybody."""

from sayso.demo.stock import lines

OCCASIONS = lines("""
- @joy {years_cap} years at {org} today. When I started as {a_role}, I was given a key, a mug with
  someone else's name on it and a problem that nobody wanted. I still have the mug.|| What has kept
  me here is not the work alone, although I am not bored with {topic} yet. It is the people who
  [tell you the truth before lunch|say what they think] and help you to carry it after. Thank you
  to {member} in particular.|| To those who are just starting in {industry_low}: the first year is
  long and all the others are short.
- @luck Some personal news: next month I am starting something new. After {years} years as {a_role}
  I want to spend more time on {skill}, which has always been the part of the job that I did first
  when nobody was looking.|| I am a little nervous and very glad. If you know people who work on
  {topic} around {city}, I would be grateful for an introduction.
- @thanks A public thank-you to {member}. Last {month} I was stuck with a question about {topic},
  and {first} took a whole [afternoon|morning] to look at it with me, although there was nothing in
  it for either of us.|| We found the answer. But what I shall remember is how it was done: by
  asking questions until I could see it myself. I want to be that kind of colleague.
- @evening What a good evening! Thirty of us met in {city} to talk about {topic}, and for once
  nobody had brought slides. {member} told us about {topic_two}, {member_two} disagreed in the
  friendliest possible way, and the soup was excellent.|| My three notes: begin smaller than you
  would like, ask the people who do the work, and write down what did not work as well. Next
  meeting on the first {weekday} of the month. Newcomers are welcome.
- @ask A question to everyone who works with {topic}. {question}|| We have been discussing it at
  {org} for {n} weeks, and we are going round in circles. I have read what there is to read, and
  most of it is written by people who want to sell something. So I would rather hear from people
  who have done it. All experiences count, [especially|also] the embarrassing ones.
- @hire We are looking for {a_role} at {org} in {city}. You would work with a team of {n} that has
  been together for a long time and still likes to argue about {topic}.|| What we can offer:
  regular hours, a fair wage that is in the advert, and time to learn. What we hope for: some
  experience with {skill}, curiosity, and the courage to say when something is silly. Please pass
  it on to somebody who would be good at it and would never apply.
- @joy I passed! Since this morning I have a certificate that says that I know something about
  {skill}. It took {n} months of evenings at the kitchen table, and my family now knows more about
  it than they ever wanted to.|| If you are thinking about going back to learning at
  [forty|fifty|my age]: do it. You will be slower than the young ones and much better at asking
  questions. Thank you {member} for the lifts to {city}.
- @read Book recommendation, sort of. I found an old handbook about {topic} at a flea market in
  {city}, printed before my parents were born. Half of it is out of date, and the other half should
  be read out at every staff meeting.|| My favourite chapter is about {skill}. It says in one page
  what our last training course said in two days. I will bring it to the next meet-up, for anyone
  who wants to have a look.
- @proud Today our trainee explained {topic_two} to a group of visitors, without notes and without
  looking at me once. A year ago she would have hidden behind the door.|| I did nothing except hold
  a coat. It was the best working day of my {month}. If you are asking yourself whether it is worth
  the trouble to train people: it is.
- @luck Today is my last day at {org}. I leave with {years} good years, one bad chair and more
  friends than I arrived with.|| I have learned {skill} from [the best|people who really know it],
  and I have learned when to leave a thing alone. {member} is taking over, and I could not wish for
  a better successor. As for me, I am going to sleep for a week and then see what the world needs.
- @numbers Honest numbers, because we all only ever post the good ones. This year at {org}: {n}
  things that went well, {n_two} that went wrong, and one that nobody understands.|| The one I am
  proudest of has to do with {topic} and would look very small on a chart. The worst one cost us a
  customer, and we deserved it. Next year I want fewer plans and more {skill}.
- @visit I spent last {weekday} with {member} at work, simply to watch. {org_two} does the same as
  we do, and does almost everything differently.|| I came home with a page full of notes, of which
  the most important was about {skill}. Why do we go to conferences in faraway hotels when we could
  visit each other for a day? If anyone would like to come and watch us: there is tea.
- @numbers Half a year of working four days a week as {a_role}. People keep asking, so here is my
  report.|| The good: I think better, I am hardly ever ill, and my {weekday}s belong to me. The
  less good: it only works if everybody knows what does not get done any more. We had to give up
  two reports and one meeting at {org}. Nobody has asked for them since.
- @read I was asked to speak about {topic} at a school in {city}, and I prepared far too much. The
  best question came from the back row: "What do you do when you do not feel like it?"|| I had no
  good answer. I said that I make a start for ten minutes and then decide. They wrote that down,
  and nothing else. I have been thinking about it ever since.
""")

ABOUTS = lines("""
- {role} in {city} with {years} years behind me and, I hope, a good many ahead. I care about
  {topic} and {topic_two}, and I am happiest when something complicated turns out to be simple.
- I work as {a_role} at {org}. Most of my days are about {skill}; the rest is coffee and listening.
  I write here about {topic}, mostly when something has gone wrong in a useful way.
- I came to {industry_low} by accident and stayed on purpose. Today I am {a_role} and teach others
  {skill} whenever they let me. Ask me about {topic}.
- {years_cap} years in {industry_low}, the last few of them at {org}. I like small teams, plain
  words and {topic}. I dislike meetings without a question.
- By day {a_role}, by night a very average singer. What I know best is {skill}. What I am trying to
  learn is {skill_two}. I answer every message, though sometimes slowly.
""")
