"""Words of people who make and mend: bakers, builders, machine fitters."""

from sayso.demo.stock import Trade, cases, lines, words

FOOD = Trade(
    key="food",
    industry="Food and hospitality",
    roles=words("Head baker, Pastry chef, Café owner, Kitchen manager, Restaurant manager"),
    organisations=words("""Crumb & Tide Bakery, The Long Table, Marigold Canteen,
        Three Ovens Cooperative, Saltmarsh Kitchen"""),
    skills=words("""sourdough, menu planning, food safety, stock control, recipe costing,
        rota planning, supplier negotiation, allergen management"""),
    topics=words("bread, kitchens, food waste, hospitality, small suppliers"),
    education=words("""Apprenticeship in baking, Diploma in culinary arts,
        Food hygiene certificate level 3"""),
    cases=cases("""
# the oven door
* the oven lost ten degrees every time somebody opened the door, and the Monday loaves came out flat
> we blamed the flour, then the yeast, then each other
+ we moved the thermometer to the middle shelf and wrote the real numbers on the wall for a week
= Mondays look like every other day now, and nobody has mentioned the yeast since
! measure before you blame anybody
# the soup nobody ordered
* we threw away a full pot of soup four evenings out of five
> we tried a better recipe, a smaller sign and a lower price
+ we simply asked the lunch regulars, and half of them said they would buy it to take home
= we now sell it in jars at five o'clock and the pot is empty by six
! the people who can answer your question are usually standing in front of you
# the night shift
* three of our bakers resigned within one spring, all of them from the night shift
> I offered more money, and two of them said thank you and left anyway
+ we moved the long proof to the fridge, so that the first shift starts at five and not at two
= the bread is better for it, and we have not lost a single person in a year
! sometimes the kindest change to a rota is a change to the recipe
# the allergen board
* a guest asked which dishes contained celery, and three of us gave three different answers
> everyone promised to memorise the list, which lasted until the next menu
+ we made the card travel with the dish, from the shelf to the pass to the table
= new staff get it right on their first evening
! never ask people to remember what a card can remember for them
# the cheap butter
* the butter from our new supplier was cheaper by a fifth and the croissants leaked on the tray
> we chilled the dough longer and rolled it thinner
+ I baked both butters side by side and invited the whole team to a blind tasting
= we went back to the old supplier, raised the price by ten cents and lost no customers at all
! a saving that shows on the plate is not a saving
# the quiet Tuesday
* Tuesdays were so quiet that we thought about closing
> we tried discounts, which brought in the Wednesday people one day early
+ we gave the room to the local choir, the chess club and a repair evening, one week each
= Tuesday is now our third-best day and by far the loudest
! an empty room is an invitation you have not written yet
# the new dishwasher
* the new dishwasher was twice as fast and breakages doubled as well
> I was ready to send it back
+ our youngest colleague noticed that the racks were stacked to suit the old machine
= one new shelf and a different order of stacking, and we break a cup a week at most
! a faster machine only moves the queue to the next table
"""),
    tips=lines("""
- Weigh the waste bin at closing time. Nothing else teaches portion size so quickly.
- Taste the first and the last plate of the evening, not the one you are proud of.
- Write tomorrow's list before you clean, while you still remember what went wrong.
- Let new people order the vegetables once. They never waste one again.
- Label with the date you opened it, not the date you hope to use it.
- Keep one recipe on the menu that the whole team can cook with their eyes shut.
"""),
    views=lines("""
- A short menu is an act of respect. It says that somebody has thought about [every dish|every
  plate], and that nothing has been waiting in a freezer for you.
- We talk a lot about the price of bread and hardly ever about the price of getting up at two in
  the morning. Both are in the loaf.
- Open kitchens made us politer. When guests can see the stove, nobody shouts, and the food is no
  worse for it.
"""),
    details=lines("""
- The kitchen smelled of burnt sugar until noon.
- The radio in the back room has been stuck on the same station since the flood.
- Somebody had drawn a moustache on the flour delivery note.
- The first customer was waiting outside with her dog, as she always is.
- It was one of those mornings when even the coffee machine sounded tired.
- We ate the failed batch standing up, with salted butter.
"""),
    questions=lines("""
- How do you plan production when the weather turns from one day to the next?
- Has anyone found a reusable box that guests really bring back?
- What do you pay for a good apprentice these days, and how did you find yours?
- Who has moved to a four-day week in a kitchen, and did it hold?
"""),
)

BUILDING = Trade(
    key="building",
    industry="Building and carpentry",
    roles=words("Carpenter, Site manager, Roofer, Joiner, Structural engineer"),
    organisations=words("""Plumb & Level, Oakway Joinery, Harrow Street Builders,
        Stonecrop Restoration, Tallow Roofing"""),
    skills=words("""timber framing, site safety, surveying, restoration, cost estimates,
        reading drawings, scheduling trades, insulation"""),
    topics=words("old houses, timber, apprenticeships, insulation, site safety"),
    education=words("""Master craftsman's certificate, Diploma in construction management,
        Apprenticeship in joinery"""),
    cases=cases("""
# the crooked staircase
* every step of the staircase we were restoring had a different height
> my first plan was to take it out and start from a clean drawing
+ we measured all nineteen steps, found the one everybody stumbled on and corrected only that
= the owner kept her staircase, and her grandmother walks up it without looking
! find the one step that hurts before you rebuild the stairs
# the missing delivery
* the windows arrived two weeks late and a crew of six stood in an open house
> we phoned the factory every morning, which made us feel busy and changed nothing
+ we gave each supplier one date they could really keep and built the plan backwards from those
= the next house was closed before the rain, with a day to spare
! a plan is only as honest as the worst date in it
# the damp corner
* the damp corner came back every autumn, whatever paint we used
> two painters and one very expensive coating failed, in that order
+ we stood outside in the rain for an hour and watched where the water went
= a gutter bracket for a few coins did what the coating could not
! go and stand in the rain before you open the paint
# the helmet rule
* half the crew took their helmets off as soon as I turned the corner
> I gave a speech, and they were very polite about it
+ we let the two oldest roofers choose the new helmets and explain them to the rest
= I have not had to say a word about it since the spring
! people keep the rules they had a hand in
# the reused beams
* the client wanted old beams and the insurer wanted papers for each of them
> we almost gave up and ordered new wood with a rustic finish
+ a testing lab in the next town agreed to grade the beams in the yard, twenty at a time
= the roof stands on wood from a barn built before the railway, with a certificate for every piece
! there is nearly always somebody who can sign for the unusual thing
# the apprentice's sketch
* our drawings were right and the cupboard still did not fit under the slope
> I checked my numbers three times and found nothing
+ our apprentice made a cardboard model over lunch and it showed the mistake at once
= we now build a cardboard corner for every sloping room
! cardboard argues better than paper
# the noisy floor
* the new floor creaked so loudly that the neighbours knew when the owner was thirsty
> we screwed it down harder, and it creaked in a different key
+ we lifted three boards and found that nobody had left a gap at the wall
= a gap as wide as a pencil, and the house has been silent for a year
! leave room for things to move
"""),
    tips=lines("""
- Photograph every wall before you close it. In ten years somebody will thank you.
- Say the measurement aloud and let the other person write it down.
- Order one board more than you need and one fewer than you fear.
- Sweep the site at the end of the day. Half of all accidents trip over yesterday.
- Ask the owner where the sun comes in before you discuss the kitchen.
- Keep the offcuts sorted by length, not by how much you like them.
"""),
    views=lines("""
- The greenest house is [very often|nearly always] the one that is already there. We are good at
  tearing down because it is easy to calculate, and bad at repairing because it asks for judgement.
- An apprentice costs you money for a year and saves you money for twenty. I do not know a better
  investment in [our trade|this trade].
- Good site managers are quiet people. When somebody has to shout, the mistake was made weeks ago
  at a table.
"""),
    details=lines("""
- The cat of the house supervised everything from the windowsill.
- Behind the plaster we found a newspaper from the year my father was born.
- It rained sideways, as it only does on open roofs.
- Someone had written a shopping list on the plasterboard, and we left it there.
- The whole street smelled of fresh larch.
- Our oldest saw started at the first pull, to general applause.
"""),
    questions=lines("""
- Which insulation do you trust in walls that must be allowed to breathe?
- How do you keep the peace when three trades need the same corridor on the same day?
- Does anyone still teach hand-cut joints, and do the apprentices like it?
- Who has good experience with grading reclaimed timber?
"""),
)

WORKSHOP = Trade(
    key="workshop",
    industry="Manufacturing and maintenance",
    roles=words("""Maintenance technician, Production planner, Quality inspector, Toolmaker,
        Shift supervisor"""),
    organisations=words("""Kestrel Pumps, Norland Gears, Brightwell Textiles, Ferrow Castings,
        Blue Valve Works"""),
    skills=words("""preventive maintenance, root cause analysis, machine safety, lean methods,
        quality control, welding, vibration measurement, shift handover"""),
    topics=words("maintenance, quality, shift work, machine safety, training"),
    education=words("""Mechatronics apprenticeship, Engineering technician diploma,
        Welding certificate"""),
    cases=cases("""
# pump number four
* pump number four failed every ninety days, almost to the hour
> we changed bearings, oil and finally the manufacturer
+ we compared the failures with the cleaning plan and found the same hose in both
= a different nozzle, and the pump is now in its third year
! look at what else happens on the same day
# the handover book
* the night shift fixed the same machine that the late shift had already fixed
> we introduced a form with twenty fields, and everyone filled in the first three
+ we replaced it by five minutes of talking at the machine, with the tool still in the hand
= double repairs went from several a month to almost none
! a handover is a conversation, not a form
# the silent alarm
* the alarm on line two went off forty times a day, so nobody heard it any more
> someone stuck tape over the buzzer, and I cannot say that I blame them
+ we sorted the alarms for a week and switched off all that asked nobody to do anything
= four alarms a day are left, and people run
! an alarm that asks for nothing teaches people not to listen
# the scratched housings
* one housing in thirty came off the line with a scratch, and never the same scratch
> we polished the rollers and lectured the packers
+ a new colleague filmed the line with her telephone for a whole shift
= a loose badge on one uniform had been doing it all along
! watch the whole shift before you touch the machine
# the spare part
* a part that costs as much as a sandwich stopped the whole hall for two days
> the shop had nine of the expensive motors in stock and not one of the seals
+ we asked the fitters, not the software, which parts they feared to be without
= the list was one page long and has already paid for itself twice
! stock what stops you, not what costs you
# the first five minutes
* most of our rejects were made in the first five minutes after a break
> we thought that people were not paying attention
+ we let the machine warm up alone for five minutes before anyone came back
= rejects fell by half without a single meeting about attention
! check the machine before you check the people
# the wrong torque
* two teams tightened the same bolt with two different values, both from an official drawing
> each team proved to me that the other one was wrong
+ we found the older drawing in a drawer, burned it with some ceremony and printed one sheet
= the leaks stopped within the week
! two true documents are worse than one that is nearly right
"""),
    tips=lines("""
- Put the tool back before you write the report.
- Touch the machine with your palm when it runs well, so that you know when it does not.
- Let the person who found the fault name it. Names stick better than numbers.
- Spend ten minutes a day on the machine that never fails. It is planning something.
- Never improve two things at once. You will not know which of them helped.
- Take the photo before you take it apart.
"""),
    views=lines("""
- Everyone wants sensors that predict failures. [I would start|My advice is to start] with a chair
  next to the machine and an hour of listening. The sensor can come later.
- Zero defects is a fine slogan for a wall. On the floor I prefer: the same defect never twice.
- Shift work is skilled work. We plan machines by the minute and sleep by the leftover, and then
  wonder about mistakes at four in the morning.
"""),
    details=lines("""
- You could hear the difference from the canteen.
- The old foreman just nodded, which is the highest praise we have.
- My gloves still smell of coolant as I write this.
- Somebody had labelled the faulty part with a sad face.
- The hall was so quiet that we heard the pigeons on the roof.
- We celebrated with the good biscuits.
"""),
    questions=lines("""
- How do you keep knowledge in the house when a whole generation retires at once?
- Which shift rhythm do your people sleep best with?
- Has anyone made handovers work across three languages?
- What is the cheapest measurement that ever saved you an expensive repair?
"""),
)
