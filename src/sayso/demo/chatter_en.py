"""What members write under each other's posts, and each member's own turns of phrase."""

from sayso.demo.stock import lines

REACTIONS = lines("""
- This is so true.
- Thank you for [sharing|writing] this, {author_first}.
- I laughed out loud at this, and then I stopped laughing, because we do it too.
- Great post. I sent it to my whole team.
- I needed to read this today.
- Beautifully put.
- I am not sure I agree, but it made me think.
- @story We had exactly the same problem, only with more shouting.
- @story Honest posts like this one are the reason why I come here.
- @story Interesting. I would have bet on a different ending.
- @story Oh, I remember {subject}. The long version is even better.
- @story That took some courage to write.
- @story You have just described our last spring.
- @story {author_first}, I could see every minute of it in front of me.
- @story A whole conference in a few lines.
- Saved for the next time somebody tells me that it cannot be done.
- My first thought was that it cannot be so simple. My second was that it usually is.
- Reading this on a break in {city}, and nodding.
- @tips Printed and pinned up, {author_first}. The second one is my favourite.
- @tips A good list. Mine would look very much like it.
- @tips If I had read this ten years ago I would have fewer grey hairs.
- @view Well argued, {author_first}, and about time that somebody said it.
- @view I read this twice, once to disagree and once to see why I could not.
- @view Half of me agrees and the other half has to write the budget.
- @joy Congratulations, {author_first}! Well deserved.
- @joy How lovely. I raise my tea to you from {city}.
- @joy Hats off, {author_first}. I know how much work is behind this.
- @luck All the best for what comes next, {author_first}. They are lucky to get you.
- @luck Good luck! I am sure that our paths will cross again.
- @luck We shall miss you here, and we shall come and visit.
- @thanks That is exactly how I know them, too.
- @thanks What a nice thank-you. There should be more posts like this one.
- @evening It was a wonderful evening, and I am still thinking about the second question.
- @evening What a pity that I missed it. Will there be notes for the rest of us?
- @evening I was the one by the window who asked too many questions. See you next time!
- @ask Good question. We have been asking ourselves the same thing for a while.
- @ask I wish I had an answer. Following this, because I need one as well.
- @ask We tried three ways, and only the dullest one worked.
- @hire A good team, I can vouch for them. I have passed it on.
- @hire A wage in the advert! That alone is worth applying for.
- @read I own that very edition, with coffee stains from two generations.
- @read Now I want to be in that room. Thank you for telling us.
- @proud You can be proud of her, and of yourself.
- @proud That is the best part of any job. Please tell her well done from me.
- @numbers Refreshing to read. Nobody ever posts the second half.
- @numbers Thank you for being so open. I would like to hear more about what was hard.
- @visit We should all do this. Our door is open, and there is cake.
- @visit You were a very pleasant guest. Next time we come to you.
""")

QUOTATIONS = lines("""
- "{quote}" [is going on our wall|goes straight onto our notice board].
- "{quote}" This is the sentence I am taking into my next meeting.
- The line that stayed with me: "{quote}"
- "{quote}" I could not have said it better.
- I keep coming back to one sentence, {author_first}: "{quote}"
- "{quote}" My old boss would have framed this.
- You write: "{quote}" I read that twice and then rang a colleague.
- "{quote}" Would you mind if I used this with my trainees?
""")

REMARKS = lines("""
- @story The part about {subject} could have been written at our place.
- @story With us it was not {subject} but something just as small, and it took us a year to find.
- @story How long did it take before everybody went along with it?
- @story We tried something similar in {city} and gave up too early, I think.
- What I would add: it only works if somebody has the time to look after it.
- In {industry_low} we see the same thing, with other names for it.
- @story Did you write the numbers down? I would love to compare them with ours.
- As {a_role}, I can only confirm it.
- It would be worth hearing what {member} thinks about this.
- @story I would be careful with the last step, though. It went wrong for us the first time.
- @story Is there anything you would do differently if you started again?
- Next week I am going to try this with my own team and report back.
- Whenever the talk turns to {topic}, I tell people to begin there.
- I had a teacher who said nearly the same about {topic}, thirty years ago.
- @story It also shows how much depends on the one person who dares to ask.
- @story You could run a whole workshop on {subject}, and I would come.
- I wonder whether it would hold in a place three times as big.
- The hard part, I find, is the month after, when everyone goes back to old habits.
- @story Our version cost nothing either, and it was just as hard to get approved.
- @story My colleagues will know why I am smiling about {subject}.
- @story It reminds me of what we learned about {topic} the hard way.
- It reminds me of the time when {own_problem}. {own_fix}.
- Ours was a different matter: {own_problem}. What helped was dull: {own_fix_low}.
- In my line of work the sentence goes: {own_lesson_low}.
- We have the twin of this at {org}. {own_problem_cap}, until {own_fix_low}.
- I would only add one thing from my own years at {org}: {own_lesson_low}.
- The {industry_low} version of it: {own_lesson_low}.
- It took us a bad year at {org} to learn the same: {own_lesson_low}.
- When {own_problem}, we made every mistake that you describe. In the end {own_fix_low}.
- What worked for us may not work for you, but {own_fix_low}. {own_result}.
- @view A counter-example, though: {own_problem}. {own_fix}. {own_result}.
- @view I used to think so until {own_fix_low}. Now I am no longer sure.
- @tips One more for the list: {own_lesson_low}.
- @tips I would put this at the very top: {own_lesson_low}.
- @joy Do you remember how {own_problem}? I have never forgotten how calm you were.
- @joy The world of {industry_low} needs more people like you.
- @luck Write to me when you have settled in. I know good people in {city}.
- @luck And do not forget what we always say here: {own_lesson_low}.
- @thanks I owe them something as well. It was the time when {own_problem}.
- @thanks Without help like that I would have given up as {a_role}.
- @evening I have told everyone about the story in which {own_problem}.
- @evening Next time I could bring our own sad tale: {own_problem}.
- @ask In our case it helped that {own_fix_low}. {own_result}.
- @ask Ask {member}, who has done it twice and still smiles.
- @ask It is not quite the same, but {own_fix_low}, and that got us out of the circle.
- @hire Is part-time possible? I am asking for a very good {role_low} in {city}.
- @hire I would start by asking the applicants what they make of this: {own_problem}.
- @read My favourite old rule is in none of the books: {own_lesson_low}.
- @proud Ours had her first test on a day when {own_problem}. I still grin when I think of it.
- @numbers One from us in return: {own_problem}. That was the whole of our spring.
- @visit On my last visit I learned this: {own_lesson_low}.
""")

REPLIES = lines("""
- Thank you, {author_first}! It is good to know that we are not the only ones who had to learn it.
- @story Good question, {author_first}. We did write it down, and I am happy to send you the sheet.
- You are right, and I should have said so: it does need somebody who looks after it.
- @story Fair point. If I did it again, I would ask earlier and buy later, and tell more people.
- Coming from you, {author_first}, that means a lot. Let me know if you are ever near {city}.
- Gladly. Let us talk about it over a coffee at the next meet-up. I still owe you one anyway.
- I am glad it is not only us. Misery loves company, and so does progress, as it turns out.
- @story It took about {n} weeks, {author_first}, until nobody talked about it any more.
- Thank you all for the kind words. My whole team is reading along, and they are blushing.
- I had not seen it from that side, {author_first}. Give me a day to think about it.
- That is what I like about this place: you post a small thing and get a bigger one back.
- You made me laugh, {author_first}. I have just read your comment out in our kitchen.
- @any Thank you, {author_first}, that is very kind of you. I will pass it on to everybody here.
- @any That made my {weekday}, {author_first}. See you soon, I hope, in {city} or elsewhere.
- @any You are a treasure, {author_first}. I shall get back to you about this next week.
""")

MESSAGES = lines("""
- Hi {first}, this is only for you: I have been offered a job at {org} and have not told my team
  yet. Could we talk on {weekday}? My private number is 555-0199. Please keep it to yourself.
""")

CONTACTS: dict[str, str] = {
    "email": "[You can reach me at|Write to me at] {email}, I answer on {weekday}s.",
    "phone": "[Call me on|My number is] {phone} if you would rather talk.",
    "handle": "@{other_handle} knows more about this than I do.",
    "url": "The whole list is at https://example.org/people/{handle}/notes, free to use.",
    "ip": "Before anybody asks, the little server behind it lives at 192.0.2.{2-250} and is older "
    "than my car.",
    "card": "And no, please do not send card numbers by post. The test card 4111 1111 1111 1111 "
    "is there for a reason.",
    "iban": "Donations for the coffee fund go to DE89 3704 0044 0532 0130 00, as always.",
    "name": "{member} and {member_two} were both there and can confirm every word.",
}

_WHO = (
    "My grandmother", "My first boss", "An old foreman of mine", "Our caretaker",
    "My maths teacher", "A harbour pilot I knew", "My aunt in {city}", "The best nurse I ever met",
    "A retired tram driver", "My neighbour", "The man who taught me my trade",
    "A colleague from {city}",
)  # fmt: skip

_SAYING = (
    "you can hurry or you can arrive, but you should pick one before breakfast",
    "a borrowed ladder always looks shorter from the ground",
    "whoever carries the bucket should be asked about the well",
    "the second cup of coffee is where the real meeting starts",
    "good rope is never noticed and bad rope is never forgotten",
    "if the map and the field disagree, put on your boots",
    "leave the gate as you would like to find it in the dark",
    "nobody ever mended a roof by writing to the rain",
    "a clean bench is half an answer to any question",
    "three people can keep a promise if one of them owns a pencil",
    "the loudest wheel is rarely the one that is loose",
    "you learn the depth of the river from the one who is wet",
    "there is no shortcut that has not been somebody's long way home",
    "bread and trust both fall flat if you open the oven too soon",
    "an honest mistake should cost one apology and no more",
    "count the chairs before you invite the choir",
    "every old tool was once somebody's bright idea",
    "the kettle does not boil faster because the boss is in the kitchen",
    "put the heavy stone down first and argue about it afterwards",
    "what you explain twice you should write down once",
    "the best time to sharpen the knife is before the guests arrive",
    "a small door is still a door if you are willing to bend",
    "never thank the weather for work that people did",
    "you cannot plough a field by turning it over in your mind",
    "the ferry leaves on time for those who are already on it",
)

_OBJECT = (
    "a rusty key", "a brass compass", "half a tile", "a wooden spoon", "a cracked teacup",
    "an old tram ticket", "a smooth grey stone", "a broken stopwatch", "a tin soldier",
    "a length of blue rope",
)  # fmt: skip

_PLACE = (
    "my first workshop", "a beach near {elsewhere}", "the day I nearly quit",
    "my grandfather's shed", "a flea market in {elsewhere}", "the old {industry_low} fair",
    "a project that failed", "my last day at school", "the office before the move",
    "a customer who became a friend",
)  # fmt: skip

_REMINDER = (
    "ask one more question before I answer",
    "leave a thing better than I found it",
    "check the simple things first and the clever things later",
    "go outside before I write an angry message",
    "be early for people and late for rumours",
    "say what I do not know while it is still cheap",
    "give the credit away while it is still warm",
)

_RITUAL = (
    "Every Friday I write three lines about the week into a notebook with {thing} on the cover.",
    "I have a jar with {thing} on the lid, and every good idea of the team goes into it on paper.",
    "On the first of the month I tidy one drawer, and the one with {thing} in it comes last.",
    "Before each difficult talk I walk once around the block and look for {thing}.",
    "My screen has shown the same picture of {thing} for years, and it still calms me down.",
)

_THING = (
    "a green heron", "a paper boat", "two foxes", "an orange bicycle", "a sleeping dog",
    "the old lighthouse", "a blue door", "seven buttons", "a snail", "a red umbrella",
    "a striped cat", "the northern star", "an empty chair", "a wild goose", "a yellow tram",
    "a stone bridge", "a tin whistle", "an apple tree", "a lost glove", "a black sheep",
)  # fmt: skip


def _favourite(index: int) -> str:
    turn = index // 3
    if index % 3 == 0:
        saying = _SAYING[turn % len(_SAYING)]
        return f'{_WHO[turn % len(_WHO)]} used to say: "{saying[0].upper()}{saying[1:]}."'
    if index % 3 == 1:
        thing, place = _OBJECT[turn % 10], _PLACE[turn // 10 % 10]
        return f"I keep {thing} from {place} on my desk. It reminds me to {_REMINDER[turn % 7]}."
    return _RITUAL[turn % 5].replace("{thing}", _THING[turn // 5 % 20])


FAVOURITES = tuple(_favourite(index) for index in range(300))
"""One for each of three hundred members; no two are alike."""
