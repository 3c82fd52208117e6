"""Words that are names and something else as well, in English and its neighbours.

Written down by hand: a word stands here when a careful reader, seeing it with a capital in a
sentence, could not yet tell whether it is a person.
"""

from functools import cache

_NAMES = """
aaron abbott abraham adam adams adrian ahmed alan albert alberta alex alexander alfred ali alice
allan allen allison amanda amy ana anderson andre andrew andrews andy angela ann anna anne annie
anthony antonio armstrong arnold arthur ashley bailey baldwin barbara barnes barry ben benjamin
bennett bernard bernie beth betty beverly billy blair blake bobby boris boyd bradley brady brandon
brett brian bryan bryant burke burton calvin campbell carlos caroline carroll casey catherine chan
charles charlie charlotte chen chris christina christine christopher clara clarke clinton cohen
colin collins craig crawford curtis dan daniel danny darren dave david davidson davies davis
dennis derek diana diane diego donald donna dorothy doug douglas duncan durham dylan eddie edgar
edward edwards eleanor elizabeth ellen elliott ellis elvis emily emma eric eugene evan felix
ferguson finn forbes fraser fred frederick gabriel garcia gary george gibson gilbert glenn
gonzalez gordon graham greg gregory griffin hamilton hannah hans harold harris harrison hayes
helen henderson herbert hernandez hillary hopkins howard hugh hughes ian isaac ivan jackie jackson
jacob jake james jamie jan jane janet jared jason jefferson jeffrey jenkins jennifer jenny jeremy
jerry jesse jessica jill joan joe joel joey john johnny johnson johnston jon jonathan jones jose
joseph joshua joyce juan judy julia julian julie justin kane karen karl kate katherine katie keith
ken kennedy kenneth kenny kent kevin khan kim kumar kurt kyle larry laura lauren lawrence lee
leonard les leslie lewis liam lin linda lindsay lisa liz lloyd lopez louis louise lucas lucy luis
luke luther lynch lynn maggie malcolm manuel marc marco marcus margaret maria marie mario marion
martha martinez mary mat matthew megan mel melissa mia michael michelle mike milton miranda mitch
mitchell molly monica monroe morris morrison muhammad murray nancy nash natalie nate nathan neil
nelson newton nguyen nicholas nicole nina nixon noah oliver olivia oscar owen pablo patel perez
pete peterson phil phillip phillips powell preston rachel ralph ramirez raymond rebecca reid
reynolds richard richards richardson rick ricky riley robbie robert roberts robertson robinson
rodgers rodriguez roger rogers ron ronald roosevelt ross roy ruth ryan sally samuel sanchez sandra
sara sarah sean sebastian seth shah shane sharon shawn sherman simmons simon simpson singh smith
sophie stan stephanie stephen steve steven stevens stuart sullivan susan ted teddy thomas thompson
thomson tim timothy todd tommy tony tory trent trevor vince vincent vladimir walsh walt wang
watson wellington williams willie wilson
"""

_PLACES = """
acres alley arena ash avenue banks bay beach bend bluff bridge brook brooks camp canyon castle
cave center centre chapel church city close coast college common corner cottage county court cove
creek crest cross crossing dale dam dell district drive east falls farm ferry field fields ford
forest fork forks fort fountain garden gardens gate gates glen green grove hall harbor harbour
haven heights hill hills hollow hospital house inlet island isle junction key knoll lake lakes
land lane lawn library lodge manor market marsh meadow meadows mill mills moor mount mountain
museum north oak oaks orchard palace park parks parkway pass path pike pine pines place plain
plains plaza point pond pool port prairie ranch range reef ridge rise river rivers road rock row
school shore shores south springs square station strand stream street summit terrace theater
theatre tower towers town trace trail tunnel university vale valley view village villas vista walk
water waters way well wells west wharf wood woods yard
"""

_OPENERS = """
art bill bob buck can chase chip cole curt dare dean do don drew dub ed frank gene grant guy hank
harry hope jack jay jimmy josh joy lance lane lee mark mason may miles nick norm pat peg pierce
ray reed rich rip rob rock rod rose rusty sage skip sue tad tap trace tuck van wade ward will
"""

_GIVEN = """
abbey abbot ace alba alma amber amity amor andrea angel angeles apple april archer art ash asia
aster august aura aurora autumn basil bay beau bella belle berry bill birch bishop blaze bliss
blossom blue bob bonnie boston brad brandi brandy bravo bree breeze brent briar bridge bristol
brittany brock brook brooks bruce buck bud buddy cade camden cameron candy carey carl carol case
cash chance charity charm chase chelsea cherry chester chip christian chuck clark clay clement
cliff clover cody cole colt constance cooper coral corey courtney crew cruz crystal curt cypress
daisy dale dallas dane darling dash dawn dean dell delta denver desiree destiny devon dexter dick
dill dixie doc dolly dolores don dorian dot dove drake drew duke dusty dwight earl easter easton
eden ember emerald ernest esperanza estrella eve faith fay fern finch fleur flint flora florence
ford forest forrest fox francisco frank franklin gale garnet gay gene genesis georgia german gill
ginger glen gloria glory grace gracia grant gray guy gypsy hale hank harley harmony harper harry
hart haven hazel heath heather heaven holland holly honey honor hope hunter ike india indigo iris
isle israel ivory ivy jack jade jag jasmine jasper java jay jesus jet jewel jim jimmy jolly jordan
josh journey joy jude judge july june junior justice kay keen kelly kerry king kit lacey lake
lance lane lark laurel lee leo liberty lilac lily linden lionel logan london lou love lucky luna
luz lyric mace madison magnolia maple marina mark marlow marsh martin mason max may maya melody
mercedes mercy merit merry mick miles milo mint miracle misty monday montana morgan moss myrtle
nick noble noel norm norman nova ocean octavia olive opal page paige pat patience patrick patsy
patty paz pearl peg penny perry petal peter philip phoenix pierce pilar pink piper pleasant poppy
porter precious presley price prince princess prudence queen quill rain randy raven ray reed reef
reese reign remy rex rhodes rich ridge river rob robin rock rocky rod roman rosa rosario rose
rosemary rowan royal ruby rufus russ rusty sage sailor sandy savannah sawyer scarlet scott scout
serenity shade shelby shell sherry shirley sidney sierra silver skip sky skye sol soledad sonny
spencer star stella sterling stone storm stormy story sue summer sunday sunny sunshine sydney tad
tanner tasha tate taylor temple terry tiffany timber tom topaz tracy treasure tree trinity trip
troy true tucker tyler unity van vance velvet venus vera verity vernon vic victor victory viola
violet virginia vivid wade walker ward warren wayne wells west whisper wild will willow winter
wolf woody wren york zen zion
"""

_MORE = """
abbey abbot able ace acre adder africa agent agile air alba alder algebra alma alpha amber america
amity angel angels ant anvil apple april arch archer area ark arm armor army arrow art arts asia
aster atlas august aura aurora austin autumn babe back bacon badger baker ball balm band bank
banker bar bard barker barley barn baron barrel base bash basil bass bat bath battle beam bean
bear beard bears beat beau beauty beaver beck bee beer bell belle berry best better big bing birch
bird birds bishop bit black blade blank blaze bless blessing bliss block blood bloom blossom blow
blue board boat bolt bond bonds bone bonnie bonny book booker books boom boon booth born boss bow
bowl bowler bowman box boy boys brace brain branch brand brandy brass brave bravo bread breeze
brent brewer briar brick bride brier bright bristol brittany brown bruce brush buck bud buddy bull
bunch bunny burden burn burns bush bushel butcher butler butter button buzz byte cable cadence
cage cain cake call calm camel camera cameron can candle candy cane cannon canon cap cape capital
captain car card care carey carol carpenter carrier cart carter carver case cash cast cat caves
chain chair challenge chambers champion chance chandler change chapman charity charm chase chester
chestnut chief chin china chip chips choice christian christmas cinnamon circle civil claim clark
class clay clean clear clement clerk cliff clock clove clover coach coal coat cobb coffee coin
cold cole collar collier colt comfort constant cook cooke cool cooper coral core cork corn cost
cotton count country counts courage course cousin cow cox crab craft crane creed cricket crow
crown cruise cruz crystal cummings cup curry curt curtain cutler cutter cypress cyrus dagger daily
dairy daisy dancer dane danger dare dark darling dash data dates dawn day days deacon deal dean
dear deer delight delta den denim destiny devil devine dewey dial diamond dick dill dime direct
divine dock doe dog dollar dolly dolphin don doom door dot dove dozier drake draper dream drew
drum drummer dry duck due duke dunk dusk dust dusty dyer eager eagle earl early earth easter echo
eden edge eight elder elm ember emerald empire end english equal ernest essence estate evans eve
even ever evergreen every fable fair faith falcon fall family fan fancy farmer farrow fast father
favor fawn fay fear feather fee fellow fellows fence fern few fiddler fife fig files fin finch
fine finger fire first fish fisher fitch five flag flame flash fleet fletcher flint flood flora
florence flores flower flowers floyd fly flynn foal fog folk folks food foot force fore forever
forrest fortune foster four fowler fox frame france frank free freed freeman french fresh friday
friend frost fry fuller fun future gage gain gale gallant gamble game garland garner garnet gas
gay gear gem gene general gentle gentry georgia german ghost giant gift gill gin ginger girl glad
glass glaze gloria glory glover goal god gold golden good goode goodman goose gospel grace grain
grammar grand granger grant grape grass grave graves gray great greek grey grice grill ground
group grow guard guest guide gulf gun guns gust guy gypsy hack hail hale half halo ham hammer
hammond hand hands handy happy hard hardy hare harm harmony harp harper harry harsh hart harvest
harvey hat hatch hatcher hawk hawks hay haze hazel head heal health heard heart hearth heat heath
heather heaven hedge helm help hemlock henry herald herb herd heritage hero herring hidden high
hind hinds hire hitch hobby hoe hogg holder holiday holland hollis holly holm holmes holt holy
home homer honey honor honour hook hooker hooks hoop hoover hope hopper horn horne horse host hour
howe hudson huff hull human humble hunt hunter hunts hurt hustle hyde ice idea imagine india
indigo ink inn iris iron irons island israel ivory ivy jack jackal jade jag jam january jasmine
jasper java jay jazz jean jelly jersey jet jewel jewell job joiner jolly jordan journey joy judge
juggler july jumper june junior just justice keen keep keeper kenya kerry kettle kidd kind king
kings kirk kit kitchen kite knight knot knots knott know knowles lab lace ladd lady laird lamb
lamp lance land lander language large lark last late latin laurel law laws lawyer lay lead leader
leaf league lean leather leave leaves lee left legend lemon lent leo less lester letter level levy
liberty life light lightning lights lilac lily lime limit lincoln line lines link linker links
linux lion lions lisbon list little live lively loan lock locke log logan logic london lone long
look loom lord lords lore love lovejoy lovely loving low lowe loyal luck lucky lull luna lunch
lure lux luxury lyon lyons mace machine mack madison magic maiden main major mallow malt man mane
manner manning maple march marches marine mark marker marks marshal marshall martin mason mass
masse master masters match mate matter max may maya mayo mays means medley melody memory mercedes
mercer merchant mercy mere merit merlin merry mess messenger metal mickey middle might mild miles
milk miller million minor mint miracle mist misty mole monday money monk moody moon moore more
moss moth mother mountain mouse muller mundy murphy music myrtle nail name nation nature navarro
near neat neck need net never new newman news next nice nicks night nine noble noon norm norman
note notes noun novel november now nun nurse oakley oats ocean october odd office ogle oil old
olive one opal open orange orchid order organ oriole otter outlaw over owl own owner oxford pace
pack packer paddy page paige paine paint painter palm palmer pan panda pansy paper paradise paris
parish parker parks parliament parrot parson parsons part parton partridge party pass passion past
pat patch patience patrick patton paul pause paw payne paz peace peach peacock peak pear pearl
peck peel peg pen penn penny people pepper perfect perk perry person petal peters petit pew
phoenix physics pick pickle piece pierce pilgrim pilot pinch pink piper pipes pitch pitt plan
planet plant plants platt play player pleasant plenty plum plumb plumber poe poet pole polish
polite poll pollard poole poor pope poppy porter portland posh post pot potter pound powder power
powers praise pratt precious presley press price pride priest prime primrose prince princess print
prior priority prize pro proctor profit project promise proper proud prudence psalm public puck
pull purple purse quail quarry quarter queen quest quick quiet quill quinn rabbit race radar radio
ragland rail rain rains raleigh ram ramp ramsey randy rapp raven ray read reader reading ready
real rebel record red reed reef reese regal regan reign rein rent rest reuben rex rhodes ribbon
rice rich riches richmond ride rider rig right rings ripple ritz rivers robin robins rocks rod
rodeo roman rome romeo roof rook room root rope rosa rose rosemary roses roth rough round rove
rover rowan royal rubin ruby rudder ruff rule ruler rush russ russell russet russia rust rusty rye
sable sack saddle sadler sage sailor saint salad sale salmon salt salvation sam samba sample
sampler sand sander sanders sandy santa santos sapphire sargent satin saturday savage save savior
savvy sawyer saxon scales scarlet scholar scott scout seal seaman sears seas season secret see
seed seller senior sense serenity sergeant service seven shade shadow shark sharp shaw shell
shelter shepherd sheriff sherry shield shine ship shirley shoe shoemaker short show shower shrub
shy side sidney sierra sign signs silk silver simmer simple sims singer single sister six skinner
skip sky skye slate sleeper slim sly small smart smith snider snow snyder socks sole soleil
solomon song sorrel sorrow soul sparks sparrow spear speed spence spencer spice spirit spring
sprouse spruce spy stacks stacy staff stage stamp stamps stand stanley star stark starling starr
stars start state states steel steele steep stella step sterling stern steward stewart still stock
stokes stone stones storm story stout straight strange straw street strength strong study stump
sturgeon style such sue sugar suit summer summers sun sunday sunny sunshine sure swallow swan
sweat sweeney sweet swift switch sword sydney sylvan table tailor tale talent tall tally tan tang
tanner tape tar target task taste tate tax taylor tea teacher teal team tear temple ten tender
tennis term terry test thatcher thing things thistle thorn thorne thread three thrift thrush
thunder thursday tide tiffany tiger tile tiller timber time times tinker tip title tobacco toby
today token tom tool top topaz torch torrent torres touch tough tour town toy trader tradition
train traveler travis treasure tree trees tribe trick trim trinity trip troll troop trooper trout
troy true truelove truly trust truth tucker tuesday turk turkey turn turner turnip twain twin two
tyler union unity urban usher valentin valentine valor van vance vanilla vega velvet venus verity
vernon vest vicar vice vick victor victoria victory video vine vinson viola violet viper virginia
virtue vision vogue voice voss wade wage wagon wait walker wall wallace walls wander war ward
warden ware warm warner warren wash washington watch waterman waters watt watts wave waves wax
wayne wealth weather weaver web webb webster wedding week weeks weir welch welcome wellness welsh
wheat wheel wheeler whisper whistle white whitehead wick wild wilder wiley will willow wills win
wind window winds wine wing wings winner winslow winston winter winters wisdom wise wish witch
wolf wolfe women wonder woodman woody word words wordsworth work workman works world worth wren
wright write writer yang yardley year yeoman yet yoke york young younger youth zen zenith zephyr
zero zion

abril alegria alva amor angeles arroyo barba barrio bello blanco bravo bueno cabello cabeza calle
campo campos cano casa casas castillo cerda chico claro conde consuelo corona cortes costa cuesta
delgado dolores domingo encarnacion escudero esperanza estrella fe flor franco fuente fuentes
gallo gracia grande guerra hidalgo hierro iglesias jardin jesus justo leal leon llano lobo lozano
luna luz madrid maestro mar marques mayo mercado merino mesa milagros molina montes mora moreno
nieves ojeda oliva paloma palomo pan pardo parra pascua pastor patino pena pilar pino plaza prado
prieto puente quinto ramos real redondo rey reyes rico rios rocio rojas rojo rosario rubio salas
salinas salud sierra sol soledad soto toro torre vaca valle vela verdugo vergara vidal viera villa
vino

alt bach bauer baum becker berg blum braun busch engel ernst feld fink fischer frey fried frohlich
fuchs gross gut haas hahn hart hase herbst herr herz hirsch hof holz huber jager jung kaiser
kellner klein koch kohl konig kraus krebs krug kuhn kurz lang lieb linden mai maier maurer meister
mond morgen muth nagel neu neumann pfeiffer pohl rabe reich richter ritter roth sauer schafer
schmidt schneider schreiber schuster schwarz seiler sommer sonne sonntag stark stein stern sturm
taube vogel vogt voll wagner wald walter weber wein weiss winkler wirt wolf zimmer

beau belle bianchi bianco blanc blanche bonnet boucher boulanger brun bruno chevalier clair claire
constance conti cordier costa desire dieu fabbri faure ferrari fiore fleur fontaine fortin
fournier gallo gatto giusto grand grassi greco gros joli lambert lange leblanc legrand leone leroy
lilas loup luce lune mancini marchand marin marino mercier meunier monti moulin neri noel noir
pace paix pascal petit pierre pont porta prudence re renard ricci riche riva rizzo roche roi rossi
roux russo sala sarto sauvage serra soleil tessier testa vallee vert vigne villa

about agency american an as at be blog but by capital code community company contact content
corporate data department design developer development digital director engineer event events
federal for from general global go government group he health her him his how human if
international it its learn management manager marketing me media mobile more my national network
news no not of off office on open or our out page policy post president press product program
programs project public read research sales science secretary security service services she site
so social software source support system systems team technology than that the their them then
there they this to too united up update us user users was we web were what when where which who
why with yes you your
"""

_FUNCTION = """
a about after all an and any are as at be because been before but by can could did do does for
from had has have he her here him his how i if in into is it its just me more most my no not now
of off on one only or other our out over she should so some such than that the their them then
there these they this those to too up us very was we were what when where which while who why will
with would you your
"""

_MONTHS = "january april may june july august easter sunday autumn summer winter"

PLACE_WORDS = frozenset(_PLACES.split())
"""What streets, towns and buildings are called after the name."""

OPENERS = frozenset(_OPENERS.split())
"""First names that begin sentences as verbs, or are all but names."""

GIVEN = frozenset(_GIVEN.split()) | OPENERS
"""Those that people are called by."""

FUNCTION_WORDS = frozenset(_FUNCTION.split()) - {"will"}
"""Words that tie others together, and that nobody is called by."""

MONTHS = frozenset(_MONTHS.split())
"""First names that are times, and written large as such in English."""

ORDINARY = frozenset(_MORE.split()) | PLACE_WORDS | GIVEN | MONTHS
"""All of them, and words that are hardly names at all."""

_FREQUENT = 10_000


@cache
def frequent() -> frozenset[str]:
    """Return the most frequent English words but for the names among them, by `wordfreq`."""
    import wordfreq  # noqa: PLC0415 - its tables load slowly, and few commands read texts

    return frozenset(wordfreq.top_n_list("en", _FREQUENT)) - frozenset(_NAMES.split())
