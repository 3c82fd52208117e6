"""Words of people out of doors and on the move: growers, haulers, installers."""

from sayso.demo.stock import Trade, cases, lines, words

FARM = Trade(
    key="farm",
    industry="Farming and gardening",
    roles=words("Market gardener, Dairy farmer, Orchard manager, Landscape gardener, Agronomist"),
    organisations=words("""Windrow Farm, Three Hedges Nursery, Applecross Orchards,
        The Wet Meadow Dairy, Bramble & Spade"""),
    skills=words("""soil health, irrigation, pruning, herd management, crop planning, composting,
        direct marketing, seed saving"""),
    topics=words("soil, orchards, weather, direct sales, biodiversity"),
    education=words("BSc Agriculture, Apprenticeship in horticulture, Dairy certificate"),
    cases=cases("""
# the dry bed
* the carrots on the south bed came up thin for the third year in a row
> we watered more, and the thistles were very grateful
+ we dug a hole as deep as my arm and found a hard layer that the plough had pressed
= one winter of radish roots broke it up for nothing, and the carrots are as long as my hand
! dig a hole before you buy a hose
# the wrong apples
* supermarkets refused a third of our apples because they were too small
> we tried thinning the trees harder, which took three weeks of work
+ a school cook told us that small apples are just right for small hands
= eleven schools now take everything that the supermarket calls too small
! a fault is sometimes a product without an address
# the nervous cows
* the cows stopped at the same spot on the way to the milking parlour, every single evening
> we pushed, as people have always pushed cows
+ my daughter went through the gate on her hands and knees and saw a chain flashing in the low sun
= the chain hangs on the other side now, and milking takes half an hour less
! get down to the height of the one who refuses
# the vegetable boxes
* one in five of our box customers left us every summer
> we put a recipe in, and then two recipes
+ I asked those who left, and they said that they were on holiday and felt guilty about the waste
= we added a pause button, and most of them come back by themselves in September
! let people leave easily and they will stay longer
# the late frost
* the late frost took two thirds of the blossom in a single night
> we lit candles between the rows until dawn and saved perhaps a hundred trees
+ the neighbour with the worst slope showed us that her hedge let the cold air drain away
= we opened three gaps in our own hedge, and the next frost walked straight through
! cold flows like water, so give it a way out
# the compost
* our compost was too wet, too cold and of great interest to rats
> we bought an additive with a photograph of a happy gardener on the bag
+ we began to count barrows: one of green to two of brown, and no exceptions
= it steams by the third day, and the rats have moved on
! most recipes fail at the proportions
# the hired machine
* five farms in our valley owned the same seed drill and each used it for four days a year
> we talked about sharing at every harvest supper for a decade
+ somebody wrote the days into a calendar, in pencil, and hung it up in the feed store
= we have sold four drills and bought a better one, and still use pencil
! a shared calendar is worth more than a shared opinion
"""),
    tips=lines("""
- Walk the fields without a telephone once a week, at a different hour each time.
- Note the day on which the first swallow comes. It knows more than the app.
- Sow the second row ten days later than you would like to.
- Sharpen before you start, not when it hurts.
- Tell customers what failed this year. They remember honesty longer than tomatoes.
- Leave one corner untidy. The hedgehogs do night shifts for you.
"""),
    views=lines("""
- Everyone wants local food until February. If we mean it, we must learn to [love|cook] cabbage
  again, and I say that as somebody who sells cabbage.
- Soil is the only machine on the farm that gets better when you use it [well|properly]. We write
  off tractors and forget to write on the earth.
- The weather is not our enemy. Our enemy is the plan that only works in an average year, because I
  have never yet met an average year.
"""),
    details=lines("""
- The dog had found something and was not going to share it.
- Mist lay on the lower field until ten.
- My boots have not been dry since the weekend.
- The tractor coughed twice and then forgave us.
- You could smell the rain before you could see it.
- There were more buzzards than people at the meeting.
"""),
    questions=lines("""
- What do you sow after early potatoes on heavy ground?
- How do you price a vegetable box when half of it failed?
- Who has planted hedges between arable strips, and what came to live in them?
- Which old variety would you never give up?
"""),
)

LOGISTICS = Trade(
    key="logistics",
    industry="Logistics and ports",
    roles=words("""Warehouse manager, Dispatcher, Harbour pilot, Freight forwarder,
        Cargo bike courier"""),
    organisations=words("""Tern Freight, Gullwing Couriers, Dockside Cold Store,
        Meridian Forwarding, Slow River Barges"""),
    skills=words("""route planning, customs papers, warehouse layout, cold chains, dispatch,
        forklift driving, stock taking, negotiation"""),
    topics=words("ports, last mile, warehouses, cold chain, cargo bikes"),
    education=words("Diploma in logistics, Master mariner, Forklift instructor's licence"),
    cases=cases("""
# aisle seven
* pickers walked eleven kilometres a shift, and four of those were in aisle seven
> we gave everybody better shoes
+ we printed the paths on paper, laid them on top of each other and saw one dark knot
= twelve fast-selling articles moved to the front and the walk is seven kilometres now
! draw the path before you buy the robot
# the customs paper
* one container out of twenty was stopped because of a missing paper that was never missing
> we sent everything twice, so that it could be lost twice
+ I asked the officer what he saw on his screen, and he saw a different line number
= one field in our template, and we have not been stopped since
! ask what the other side sees
# the warm fish
* the fish left at one degree and arrived at six, in a lorry that said it was cold
> the driver and the supplier wrote long letters to each other
+ we put a logger in the middle of the pallet, not on the wall of the lorry
= the pallets had been standing on the ramp for forty minutes, and now they do not
! measure the fish, not the lorry
# the last mile
* our vans spent a third of the day looking for a place to stop
> we paid the fines and called it a cost of doing business
+ we parked one van at the station and sent six cargo bikes out from there
= deliveries take longer to load and half the time to finish, and the fines are gone
! the last mile is not a small version of the others
# the late pilot
* ships waited outside the harbour for hours although the berth was free
> each office could prove that it had reported in time
+ we put the pilot, the tug and the berth on the same radio call, twice a day, for six minutes
= average waiting fell by more than half in the first month
! six minutes together beat six hours of being right
# the stock count
* our yearly stock count took three days and was wrong by the fourth
> we hired more people to be wrong faster
+ we now count one shelf every morning, chosen by a roll of the dice
= the differences are small, fresh and explainable
! count a little every day
# the returned parcels
* one parcel in nine came back to us unopened
> we blamed the customers for changing their minds
+ a driver showed us that the house numbers on our labels were smaller than the advertising
= bigger numbers, fewer returns, and a driver who now sits in the design meeting
! the label is for the person in the rain
"""),
    tips=lines("""
- Ride along for a day before you change a route.
- Keep the ramp clear and the rest will follow.
- Give the driver the telephone number of a person, not a menu.
- Put the heavy things at hip height and the rare things out of reach.
- If a pallet has no label, it has no owner and soon no contents.
- Load in the reverse order of your worries.
"""),
    views=lines("""
- Free delivery is the most expensive sentence of our time. Somebody pays, and it is usually
  [the person on the stairs|someone on a staircase].
- Ports used to be the place where a town met the world. Now they have a fence. I would like to see
  more windows in that fence.
- A warehouse is a conversation between people who never meet: the one who puts away and the one
  who looks for it.
"""),
    details=lines("""
- The gulls had opinions about it, too.
- Somebody had chalked a smiling face on the container.
- The fog was so thick that we steered by the bell.
- The coffee on the night ferry is better than its reputation.
- We found a postcard from 1987 behind the rack.
- The forklift beeped like an offended bird.
"""),
    questions=lines("""
- How do you plan routes for people who know the city better than the map does?
- Which label has survived a winter in your cold store?
- Who has tried night deliveries by cargo bike, and what did the neighbours say?
- What do you do about the customer who is never at home?
"""),
)

ENERGY = Trade(
    key="energy",
    industry="Energy and heating",
    roles=words("""Heating engineer, Solar installer, Energy adviser, Grid planner,
        Wind farm technician"""),
    organisations=words("""Sunward Cooperative, Warm Street Heating, Gale & Grid,
        Kilowatt Club, Brightroof Installers"""),
    skills=words("""heat pumps, energy audits, solar planning, grid connection, commissioning,
        customer advice, electrical safety, load management"""),
    topics=words("heat pumps, solar power, energy advice, grids, retrofitting"),
    education=words("""BEng Electrical Engineering, Master heating engineer,
        Energy adviser certificate"""),
    cases=cases("""
# the cold bedroom
* a family had a new heat pump and still slept in their coats
> they turned the temperature up, and the bill followed
+ we balanced the radiators, which took one afternoon and a small key
= the bedroom is warm, and the flow temperature is ten degrees lower
! balance before you blame the machine
# the shaded roof
* the north roof of the school made almost as much power as the south roof, and nobody believed it
> we recalibrated the meter twice
+ I climbed up at noon and saw the shadow of a chimney walking across the good side
= we moved six panels by two metres and gained a tenth
! climb up at noon
# the queue for the grid
* forty households in one street wanted a charger, and the cable was good for twelve
> the first plan was a new cable, some time in the next decade
+ the street agreed on a timer: everyone charges, nobody between six and eight in the evening
= forty chargers, the old cable, and a street festival to celebrate it
! most peaks are habits
# the forgotten pump
* the circulation pump in the parish hall had run day and night since it was put in
> we replaced every lamp in the building and saved next to nothing
+ an apprentice put her hand on the pipe in August and asked why it was hot
= one timer saves more than all the lamps together
! feel the pipes in August
# the honest calculation
* my calculation for an old farmhouse showed that the new heating would never pay for itself
> I checked whether I could make the figures prettier, and I could
+ I showed them the ugly figures and a list of nine cheap things to do first
= they did seven of them, and two years later they bought the smaller machine from us
! the order in which you do things is half of the saving
# the wind turbine
* turbine nine stopped whenever the wind came from the south-east
> we looked for the fault in the turbine, naturally
+ we overlaid the stops with the farm calendar and found the grain dryer on the same line
= a new fuse for the dryer, and turbine nine turns with the rest
! your neighbour is part of your machine
# the tenants
* the tenants' association did not want solar panels on a roof that belonged to someone else
> we sent experts with slides
+ we brought a meter, a kettle and one panel into the courtyard on a Saturday
= thirty-one of forty flats signed, most of them while waiting for their tea
! let people make their own cup of tea with it
"""),
    tips=lines("""
- Look at the bill before you look at the boiler.
- Insulate the loft hatch. It is the cheapest square metre in the house.
- Write the settings on the inside of the cover, with a date.
- Visit the customer again in February, when the truth comes out.
- Draw the whole circuit, even if you only came for the valve.
- Ask who will press the buttons, and explain it to that person.
"""),
    views=lines("""
- The cleanest kilowatt hour is still the one that nobody needs, and it has the worst
  [marketing|lobby] of all.
- We do not have a shortage of technology but of people who can lay a pipe [well|properly]. Every
  apprentice is worth a small power station.
- A heating system should be as boring as a staircase. If you have to think about it every day,
  something is wrong.
"""),
    details=lines("""
- The cellar was so warm that the potatoes had sprouted.
- From up there you could see both rivers.
- The old boiler left the house with more dignity than some guests.
- My torch gave up at the worst moment.
- The neighbours came to look, one after the other, with excuses.
- There was a swallow's nest, so we worked around it.
"""),
    questions=lines("""
- How do you explain flow temperature to somebody who just wants to be warm?
- Who has connected a block of rented flats to a shared heat pump?
- What do you check first when a customer says that it is too loud?
- Which training really prepared your new people for old houses?
"""),
)
