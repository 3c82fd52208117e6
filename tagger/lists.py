"""Words that stand beside names, in many languages, written down for this purpose."""

TITLES = """
mr mrs ms miss mx dr prof professor sir dame lord lady madam mister doctor rev reverend fr father
sister brother pastor rabbi imam sheikh judge justice hon honorable capt captain col colonel gen
general lt lieutenant maj major sgt sergeant cpl corporal pvt adm admiral officer detective
inspector sen senator rep congressman congresswoman gov governor mayor king queen prince princess
herr frau hr fru froken frøken fräulein dipl ing mag univ monsieur madame mademoiselle m mme mlle
me maitre maître docteur professeur senor señor senora señora senorita señorita sr sra srta srita
don doña dona dra lic dom doutor doutora prof profa profª signor signora signorina sig dott
dottor dottoressa ing avv onorevole meneer mevrouw mw dhr drs pan pani panna gospodin gospođa
gospodja gospođica g gđa gđica gosp profesor profesorica doktor doktorica akademik kapten kaptajn
overlege dottore comte duc baron graf gräfin freiherr saint st san santa santo hl
"""

ROLES = """
president minister chancellor secretary chairman chairwoman chair chairperson ceo cto cfo coo
founder cofounder director manager head editor author writer journalist reporter actor actress
singer rapper guitarist drummer bassist coach trainer striker goalkeeper midfielder defender
captain candidate leader spokesman spokeswoman spokesperson lawyer attorney analyst economist
researcher scientist historian philosopher poet novelist painter architect engineer developer
premier ambassador commissioner senator deputy councillor prosecutor defendant plaintiff witness
applicant appellant respondent counsel magistrate wife husband son daughter colleague friend
präsident präsidentin kanzler kanzlerin minister ministerin vorsitzende vorsitzender sprecher
sprecherin trainer bürgermeister bürgermeisterin geschäftsführer geschäftsführerin leiter
leiterin autor autorin schauspieler schauspielerin sänger sängerin regisseur maler dichter
richter richterin kollege kollegin abgeordnete abgeordneter
presidente ministro ministra diretor diretora director directora deputado deputada senador
senadora governador prefeito prefeita candidato candidata vereador técnico jogador atacante
goleiro zagueiro meia lateral advogado advogada juiz juíza escritor escritora cantor cantora ator
atriz economista secretário secretária coordenador coordenadora médico médica paciente
président présidente ministre directeur directrice député députée sénateur maire avocat avocate
juge écrivain chanteur chanteuse acteur actrice réalisateur entraîneur joueur peintre
statsminister udenrigsminister finansminister formand direktør borgmester talsmand skuespiller
forfatter statsminister utrikesminister ordförande direktör talesman författare skådespelare
regissör tränare borgmästare riksdagsledamot
predsjednik predsjednica premijer premijerka ministar ministrica zastupnik zastupnica
gradonačelnik direktor direktorica glasnogovornik glasnogovornica trener igrač vođa čelnik
tužitelj tužiteljica odvjetnik general pukovnik veleposlanik savjetnik analitičar
presidente ministra sindaco direttore direttrice avvocato giudice scrittore cantante attore
attrice allenatore medico prezydent premier minister dyrektor rzecznik burmistrz trener poseł
autor aktor voorzitter minister burgemeester directeur woordvoerder schrijver trainer
"""

GREETINGS = """
hi hello hey dear thanks thank cheers regards sincerely best love yours greetings morning evening
cc bcc attn from to by via feat ft signed hallo liebe lieber sehr geehrter geehrte guten grüße
gruß viele mfg vg lg hola querido querida estimado estimada saludos atentamente gracias oi olá
caro cara prezado prezada abraço abraços atenciosamente obrigado obrigada bonjour cher chère
salut cordialement merci amitiés ciao gentile egregio saluti cordiali grazie hej kære kaere
hilsen venlig mvh tak hejsan kära käre hälsningar vänliga tack bok dragi draga poštovani
poštovana pozdrav srdačan lijep hvala hoi beste geachte groet groeten groetjes bedankt cześć
drogi droga szanowny szanowna pozdrawiam dziękuję happy birthday congratulations congrats rip
welcome meet ask tell follow
"""

PARTICLES = """
von van der den de del della di da dos das do du des le la el al bin ibn ben bint abu af av zu
zum zur ter ten te y e i und och og san mac mc o st
"""

SPEECH = """
said says say told asked replied added wrote writes announced claimed argued explained insisted
stated noted warned admitted denied confirmed tweeted thinks thought believes won scored played
plays sings sang sagte sagt erklärte meinte betonte teilte schrieb disse diz afirmou afirma
declarou explicou lembrou acrescentou contou dit affirme déclaré expliqué estimé dijo dice
afirmó declaró explicó añadió señaló siger sagde udtaler fortæller mener forklarer säger sade
berättar menar förklarar anser rekao rekla kazao kazala izjavio izjavila dodao dodala istaknuo
istaknula naglasio tvrdi smatra poručio poručila izvijestio ha detto ha dichiarato spiega
aggiunge powiedział powiedziała dodał twierdzi zegt zei vertelt meent
"""

KIN = """
mom mum mother dad father brother sister uncle aunt auntie cousin grandma grandpa grandmother
grandfather son daughter wife husband boyfriend girlfriend friend mate buddy bro dude boss
mutter vater bruder schwester onkel tante oma opa sohn tochter freund freundin mann
mãe pai irmão irmã tio tia filho filha marido esposa avó avô amigo amiga namorado namorada
mère père frère sœur oncle fils fille mari femme ami amie madre padre hermano hermana hijo hija
mor far bror søster onkel tante søn datter mand kone mamma pappa syster son dotter
majka otac brat sestra sin kći supruga suprug named called name nombre nome prénom vorname
nachname apellido apellidos surname firstname lastname
"""

BODIES = """
inc ltd llc llp plc corp corporation company co group holding holdings gmbh ag kg se sa sarl sas
srl spa bv nv ab as asa aps oy d.d doo sp zoo university college school institute academy hospital
clinic museum library church bank committee commission council ministry department agency office
bureau authority court party union association federation foundation society club fc cf sc united
city league cup team band orchestra records studios pictures films press news times post herald
tribune guardian journal magazine gazette radio tv channel network airlines airways motors
electronics systems software solutions technologies labs partners associates bros sons
universität hochschule schule institut akademie krankenhaus klinik kirche bank ausschuss
kommission rat ministerium amt behörde gericht partei gewerkschaft verband verein stiftung
gesellschaft zeitung rundfunk sparkasse universidade faculdade escola instituto academia hospital
igreja banco comissão conselho ministério secretaria tribunal partido sindicato associação
federação fundação clube jornal folha estado câmara senado université école académie hôpital
église banque comité conseil ministère tribunal parti syndicat fédération fondation société
universidad escuela colegio iglesia comisión consejo ministerio asociación federación fundación
sociedad universitet skole højskole institut hospital kirke udvalg kommission råd ministerium
styrelse domstol parti forening forbund fond selskab avis högskola skola sjukhus kyrka utskott
myndighet riksdag riksdagen folketinget parlament sveučilište fakultet škola institut akademija
bolnica crkva banka odbor komisija vijeće ministarstvo ured sud stranka sindikat udruga savez
zaklada tvrtka vlada sabor skupština università scuola istituto ospedale chiesa banca comitato
consiglio ministero partito sindacato associazione fondazione società
"""

FIRMS = """
google apple microsoft amazon facebook twitter youtube instagram whatsapp netflix spotify uber
tesla samsung sony nintendo toyota honda bmw mercedes volkswagen audi ford nike adidas puma pepsi
coca cola mcdonalds starbucks walmart target costco ikea disney hbo bbc cnn fox espn nasa nato un
unesco unicef fifa uefa nba nfl nhl mlb gop enron intel nvidia oracle ibm cisco dell hp lenovo
huawei xiaomi nokia ericsson siemens bosch bayer basf allianz deutsche telekom lufthansa airbus
boeing shell bp exxon chevron total petrobras vale gazprom reuters bloomberg visa mastercard
paypal ebay yahoo linkedin snapchat tiktok reddit tumblr pinterest github wikipedia linux windows
android iphone ipad ipod xbox playstation blackberry firefox chrome java python javascript jquery
django rails angular react node mysql postgres mongodb oracle excel word powerpoint outlook
photoshop ubuntu debian docker kubernetes git arsenal chelsea liverpool everton barcelona madrid
juventus bayern dortmund milan lakers celtics knicks yankees mets packers steelers cowboys
patriots benfica corinthians palmeiras flamengo santos vasco grêmio cruzeiro
"""

DEMONYMS = """
american british english scottish welsh irish french german italian spanish portuguese dutch
belgian swiss austrian danish swedish norwegian finnish polish czech slovak hungarian romanian
bulgarian greek turkish russian ukrainian serbian croatian bosnian slovenian albanian macedonian
chinese japanese korean indian pakistani iranian iraqi israeli palestinian syrian lebanese
egyptian libyan african nigerian kenyan mexican canadian brazilian argentine chilean colombian
cuban australian european asian arab arabic jewish muslim islamic christian catholic protestant
hindu buddhist latin hebrew republican democrat democratic liberal conservative americans germans
russians italians serbs croats kurds arabs jews muslims christians catholics republicans
democrats deutsche deutschen deutscher amerikanische amerikanischen französische französischen
englische britische italienische spanische russische österreichische schweizer europäische
europäischen berliner münchner hamburger wiener kölner frankfurter londoner pariser
brasileiro brasileira português portuguesa americano americana francês francesa alemão alemã
dansk danske svensk svenska norsk norske tysk tyska tyske engelsk engelska fransk franska
hrvatski hrvatska hrvatske srpski srpska srpske bosanski kosovski makedonski crnogorski albanski
english monday tuesday wednesday thursday friday saturday sunday january february march april
may june july august september october november december mon tue wed thu fri sat sun jan feb mar
apr jun jul aug sep sept oct nov dec christmas easter ramadan halloween thanksgiving hanukkah
summer winter spring autumn internet
"""
