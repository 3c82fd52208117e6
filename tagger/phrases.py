"""Words that invented sentences are filled with, by language, written down for this purpose."""

ROLES = {
    "en": "president|minister|CEO|CTO|director|manager|head of sales|editor|author|journalist|"
    "actor|actress|singer|rapper|coach|striker|goalkeeper|spokesman|spokeswoman|lawyer|analyst|"
    "economist|researcher|professor|historian|poet|painter|architect|engineer|developer|senator|"
    "congressman|mayor|governor|prosecutor|judge|police chief|general|nurse|teacher|consultant|"
    "President|Prime Minister|Foreign Minister|Director|Manager|Vice President|Senior Analyst|"
    "Product Manager|Software Engineer|Associate Professor|General Counsel|Chief Executive|"
    "Secretary of State|chief executive|deputy director|founder|co-founder|owner|designer",
    "de": "Präsident|Bundeskanzler|Minister|Ministerin|Außenminister|Sprecher|Sprecherin|Trainer|"
    "Bürgermeister|Geschäftsführer|Geschäftsführerin|Leiter|Leiterin|Autor|Autorin|Schauspieler|"
    "Schauspielerin|Sängerin|Regisseur|Maler|Dichter|Richter|Historiker|Politiker|Komponist|"
    "Architekt|Professor|Vorsitzender|Vorstandschef|Abgeordnete|Journalist|Schriftsteller",
    "pt": "presidente|ministro|ministra|primeiro-ministro|diretor|directora|deputado|deputada|"
    "senador|governador|prefeito|candidato|vereador|técnico|jogador|atacante|goleiro|advogado|"
    "juiz|escritor|cantor|cantora|ator|atriz|economista|secretário|coordenador|médico|professor|"
    "jornalista|treinador|pintor|poeta|realizador|cineasta|empresário|líder|porta-voz",
    "da": "direktør|minister|statsminister|formand|borgmester|talsmand|skuespiller|forfatter|"
    "professor|journalist|læge|advokat|træner|instruktør|forsker|Direktør|Professor|lektor|"
    "afdelingsleder|musiker|sanger|maler|redaktør|kontorchef|politiker",
    "sv": "direktör|minister|statsminister|ordförande|borgmästare|talesman|skådespelare|"
    "författare|professor|journalist|läkare|advokat|tränare|regissör|forskare|Professor|lektor|"
    "musiker|sångare|konstnär|redaktör|politiker|generaldirektör|riksdagsledamot",
    "hr": "predsjednik|predsjednica|premijer|ministar|ministrica|zastupnik|gradonačelnik|direktor|"
    "direktorica|glasnogovornik|glasnogovornica|trener|igrač|vođa|čelnik|tužitelj|odvjetnik|"
    "general|veleposlanik|savjetnik|analitičar|povjerenik|profesor|redatelj|glumac|pjevačica|"
    "Predsjednik|Premijer|dužnosnik|ravnatelj|novinar|potpredsjednik|kandidat",
    "es": "presidente|ministro|ministra|director|directora|diputado|alcalde|portavoz|escritor|"
    "actor|actriz|cantante|entrenador|jugador|abogado|juez|médico|doctor|profesor|periodista",
    "fr": "président|ministre|directeur|directrice|député|sénateur|maire|avocat|écrivain|actrice|"
    "chanteur|réalisateur|entraîneur|joueur|peintre|professeur|journaliste|porte-parole",
    "it": "presidente|ministro|sindaco|direttore|direttrice|avvocato|giudice|scrittore|cantante|"
    "attore|attrice|allenatore|medico|professore|giornalista|regista",
    "nl": "president|minister|burgemeester|directeur|woordvoerder|schrijver|trainer|acteur|"
    "hoogleraar|journalist|zanger|advocaat|onderzoeker|voorzitter",
    "pl": "prezydent|premier|minister|dyrektor|rzecznik|burmistrz|trener|poseł|autor|aktor|"
    "profesor|dziennikarz|sędzia|reżyser",
    "zh": "总统|总理|部长|市长|教授|导演|演员|歌手|作家|律师|医生|记者|经理|董事长|局长|校长|球员|"
    "教练|将军|皇帝|国王|科学家|主席|發言人|總統|導演|演員|議員|將軍|牧師|工程师|数学家",
}

BODIES = {
    "en": "European Court of Human Rights|Supreme Court|House of Representatives|Senate|Congress|"
    "Ministry of Finance|Department of Energy|District Court|Security Council|White House|"
    "Federal Reserve|City Council|Board of Directors|European Commission|Foreign Office|FBI|CIA|"
    "Parliament|World Bank|United Nations|Human Rights Watch|Court of Appeal|Treasury|Pentagon",
    "de": "Bundestag|Bundesrat|Bundesregierung|Landgericht|Bundesgerichtshof|Finanzministerium|"
    "Europäische Kommission|Vereinten Nationen|SPD|CDU|CSU|FDP|Grünen|Bundesbank|Polizei|"
    "Verfassungsgericht|Staatsanwaltschaft|Stadtrat|Universität|Auswärtiges Amt",
    "pt": "Câmara dos Deputados|Senado|Supremo Tribunal Federal|Congresso|Ministério da Saúde|"
    "Polícia Judiciária|Banco Central|Assembleia da República|Comissão Europeia|PSD|PT|PMDB|PSDB|"
    "CDS|PS|Procuradoria-Geral|Conselho de Ministros|União Europeia|Tribunal de Contas|CGTP|Fiesp",
    "da": "Folketinget|Socialdemokratiet|Venstre|Nationalbanken|Højesteret|"
    "Undervisningsministeriet|"
    "Politiken|Berlingske Tidende|Danmarks Radio|EU-Kommissionen|Dansk Industri|LO|Rigspolitiet",
    "sv": "Riksdagen|Socialdemokraterna|Moderaterna|Riksbanken|Högsta domstolen|Skatteverket|"
    "Dagens Nyheter|Sveriges Radio|EU-kommissionen|LO|Finansdepartementet|Polisen",
    "hr": "Vijeće sigurnosti UN-a|Europska komisija|Haški sud|Parlament|Sabor|EU|NATO|UNMIK|EULEX|"
    "Međunarodni monetarni fond|Svjetska banka|Vijeće Europe|Ministarstvo vanjskih poslova|"
    "Demokratska stranka|OESS|Ustavni sud|Skupština|Interpol|KFOR|MMF|UNESCO|ICTY|Vlada",
    "es": "Congreso|Senado|Tribunal Supremo|Ministerio de Sanidad|Comisión Europea|"
    "Hospital General|"
    "PSOE|PP|Banco de España|Guardia Civil|Universidad Complutense|Real Academia",
    "fr": "Assemblée nationale|Sénat|Conseil d'État|Ministère de la Justice|Commission européenne|"
    "Cour de cassation|Banque de France|PS|UMP|CGT|Académie française",
    "it": "Camera dei Deputati|Senato|Corte di Cassazione|Ministero della Salute|"
    "Commissione europea|"
    "Banca d'Italia|Guardia di Finanza|PD",
    "nl": "Tweede Kamer|Eerste Kamer|Hoge Raad|Ministerie van Financiën|Europese Commissie|VVD|"
    "PvdA|"
    "Nederlandsche Bank",
    "pl": "Sejm|Senat|Sąd Najwyższy|Ministerstwo Zdrowia|Komisja Europejska|PiS|PO|Bank Polski",
    "zh": "国务院|联合国|最高法院|外交部|教育部|欧盟|清华大学|北京大学|中国科学院|立法院|國民黨|"
    "共产党|人民日报|香港大学|微软公司|皇家学会|国家队|足球俱乐部|博物馆|交通银行|广播公司",
}

DEMONYMS = {
    "en": "American|British|French|German|Italian|Spanish|Chinese|Japanese|Indian|Canadian|"
    "Mexican|Russian|Turkish|Greek|Polish|Irish|Scottish|Dutch|Swedish|Thai|Korean|African",
    "de": "deutscher|amerikanischer|deutschen|amerikanischen|französischen|britische|russische",
    "pt": "brasileiro|português|francês|alemão|norte-americano|espanhóis|portugueses|brasileiros",
    "da": "danske|svenske|norske|tyske|franske|amerikanske|engelske|russiske",
    "sv": "svenske|danska|norska|tyske|franska|amerikansk|engelska|ryske",
    "hr": "hrvatski|srbijanski|bosanski|makedonski|turski|grčki|američki|bugarski|rumunjski|"
    "albanski|kosovski|crnogorski|ruski",
    "es": "español|francés|alemán|mexicanos|argentinos|italianos",
    "fr": "français|américain|allemand|italien|belge",
    "it": "italiano|francese|tedesco|americano",
    "nl": "Nederlandse|Duitse|Franse|Amerikaanse|Belgische",
    "pl": "polski|niemiecki|francuski",
    "zh": "美国|中国|日本|英国|法国|德国|美國|英國|韩国|俄罗斯|印度|台灣|义大利|加拿大",
}

SMALL = {
    "pt": "governo|cidade|reforma|projeto|decisão|proposta|eleição|jogo|partida|empresa|crise|lei|"
    "acordo|inflação|mercado|país|dinheiro|trabalho|problema|importante|novo|grande|pequeno|"
    "difícil|necessário|votar|mudar|continuar|vencer|perder|aumentar|história|livro|casa|escola|"
    "água|tempo|vida|família|público|nacional|político|aprovado|adiada|preço|carro|banda|disco",
    "sv": "regeringen|staden|reformen|förslaget|beslutet|valet|matchen|företaget|krisen|lagen|"
    "avtalet|marknaden|landet|pengarna|arbetet|problemet|viktig|ny|stor|liten|svårt|nödvändigt|"
    "rösta|ändra|fortsätta|vinna|förlora|öka|historia|boken|huset|skolan|vatten|tiden|livet|"
    "familjen|offentlig|politisk|bilen|bandet|skivan|barnen|vägen|dagen|människor",
    "hr": "vlada|grad|reforma|prijedlog|odluka|izbori|utakmica|tvrtka|kriza|zakon|sporazum|tržište|"
    "zemlja|novac|posao|problem|važan|novi|veliki|mali|težak|potrebno|glasovati|promijeniti|"
    "nastaviti|pobijediti|izgubiti|povećati|povijest|knjiga|kuća|škola|voda|vrijeme|život|obitelj|"
    "javni|politički|pregovori|članstvo|suradnja|pitanje|situacija|investicije|proces|sigurnost",
    "zh": "经济|社会|文化|发展|历史|问题|研究|技术|重要|影响|政府|人民|国家|世界|工作|生活|学生|"
    "系统|植物|动物|城市|地区|方法|語言|電影|音樂|時間|公司|大学|建筑|铁路|车站|比赛|冠军|"
    "战争|軍隊|政策|环境|能源|水果|河流|山脉|宗教|艺术|小说|节目|网络|计算机|细胞|行星|化合物|"
    "高中|王国|金属|白色|方面|马上|高兴|张开|周围|任何|成功|安全|温度|平均|常见|和平|公里|万年",
}
"""Lower-case words; the other languages' are Faker's."""

LARGE = {
    "en": "Project|Street|Review|Report|Server|Update|Game|Road|Park|Green|White|Black|Golden|King|"
    "Hill|North|South|West|East|New|Old|Royal|National|Central|Public|Union|Global|Digital|Data|"
    "Cloud|Love|Night|Day|Dream|Fire|Star|Moon|Sun|River|Ocean|Mountain|Forest|Garden|Summer|"
    "Winter|Spring|History|Science|Music|Art|Design|Health|Security|Energy|Budget|Policy|Program|"
    "Service|Customer|Account|Invoice|Order|Contract|Meeting|Agenda|Conference|Summit|Award|Book|"
    "Story|Home|House|Hotel|Restaurant|Pizza|Coffee|Beer|Wine|Chicken|Burger|Phone|Laptop|Camera|"
    "Windows|Internet|Twitter|Video|Movie|Episode|Season|Album|Song|Band|Team|Club|Match|Final|"
    "League|Cup|World|Champions|President|Congress|Constitution|Amendment|Freedom|Justice|Peace|"
    "War|Army|Navy|Police|Island|Bay|Lake|Valley|Bridge|Tower|Castle|Church|Temple|Bible|God|"
    "Heaven|Christmas|Easter|Sunday|Monday|April|June|Happy|Great|Best|Free|Big|Little|Hot|Cool|"
    "Angel|Hope|Grace|Faith|Joy|Rose|Daisy|Lily|Ruby|Amber|Crystal|Jasmine|Mark|Bill|Will|Grant|"
    "Rob|Pat|Drew|Chase|Hunter|Mason|Carter|Cook|Baker|Fisher|Miller|Walker|Parker|Page|Long|"
    "Young|Brown|Gray|Stone|Wood|Field|Lane|Banks|Rich|Frank|Jack|Dean|Earl|Major|Trump|Python|"
    "Java|Controller|Manager|Factory|Listener|Handler|Button|String|Integer|Object|Array|Class",
    "de": "Haus|Stadt|Regierung|Wirtschaft|Entwicklung|Geschichte|Frage|Antwort|Problem|Lösung|"
    "Schule|Universität|Arbeit|Kind|Kinder|Mann|Frau|Menschen|Land|Länder|Welt|Zeit|Jahr|Jahre|"
    "Tag|Nacht|Weg|Straße|Bahn|Zug|Auto|Wagen|Krieg|Frieden|Recht|Gesetz|Gericht|Polizei|Partei|"
    "Wahl|Politik|Kultur|Kunst|Musik|Film|Buch|Roman|Gedicht|Bild|Maler|König|Kaiser|Papst|Kirche|"
    "Gott|Himmel|Erde|Wasser|Feuer|Luft|Wald|Berg|Fluss|See|Meer|Insel|Küste|Norden|Süden|Westen|"
    "Osten|Anfang|Ende|Teil|Zahl|Größe|Höhe|Länge|Preis|Geld|Markt|Firma|Unternehmen|Betrieb|"
    "Mitarbeiter|Kunde|Vertrag|Termin|Sitzung|Bericht|Nachricht|Anlage|Rechnung|Bestellung|Paket|"
    "Hilfe|Freund|Freundin|Bruder|Schwester|Vater|Mutter|Sohn|Tochter|Familie|Hund|Katze|Essen|"
    "Kaffee|Bier|Wein|Brot|Mannschaft|Spiel|Tor|Sieg|Niederlage|Saison|Trainer|Verein|Beispiel|"
    "Grund|Möglichkeit|Bedeutung|Bevölkerung|Gesellschaft|Wissenschaft|Forschung|Technik|Computer|"
    "Hoffnung|Angst|Liebe|Leben|Tod|Krankheit|Gesundheit|Arzt|Medizin|Jahrhundert|Anteil|Angebot",
    "pt": "Natal|Páscoa|Real|Plano|Lei|Estado|República|Constituição|Governo|Senhor|Deus|Copa|"
    "Campeonato|Mundial|Brasileiro|Libertadores|Festival|Teatro|Museu|Palácio|Praça|Rua|Avenida|"
    "Norte|Sul|Nordeste|Igreja|Bíblia|Internet|Segundo|Entre|Depois|Quando|Mas|Para|Como|Ontem|"
    "Hoje|Também|Ainda|Porém|Esta|Este|Uma|Pela|Sem|Com|Só|Foi|Há|Não|Sim|Ele|Ela|Eu|Os|As",
    "da": "Men|Det|Den|Der|Hun|Han|Vi|Jeg|Så|Når|Hvis|Efter|Under|Danmark|Europa|Gud|Jul|Folk|"
    "Biblen|Internettet|Kirken|Universitetet|Også|Nu|Her|Derfor|Både|Ifølge|Mange|Hvad|Hvordan",
    "sv": "Men|Det|Den|Hon|Han|Vi|Jag|Så|När|Om|Efter|Under|Sverige|Europa|Gud|Jul|Folk|Bibeln|"
    "Internet|Kyrkan|Universitetet|Också|Nu|Här|Därför|Både|Enligt|Många|Vad|Hur|Detta|Dessa",
    "hr": "Europa|Balkan|Unija|Bog|Božić|Uskrs|Internet|Crkva|Sveučilište|Također|Međutim|Nakon|"
    "Tijekom|Prema|Kako|Kada|Ako|Ali|Ovo|Ona|On|Oni|Naime|Zbog|Iako|Sada|Danas|Jučer|Mnogi|Zemlja|"
    "Program|Festival|Sporazum|Deklaracija|Ahtisaarijev|Daytonski|Istočna|Zapadna|Nova|Stari",
    "es": "Navidad|Plan|Ley|Estado|Reina|Copa|Liga|Mundial|Festival|Teatro|Museo|Palacio|Norte|Sur|"
    "Iglesia|Biblia|Internet|Según|Entre|Después|Cuando|Pero|Para|Como|Ayer|Hoy|También|Urología|"
    "Cardiología|Radiografía|Ecografía|Tras|Se|No|Antecedentes|Tratamiento|Biopsia|Resonancia|"
    "Paciente|Diagnóstico|Exploración|Ante|Durante|Hemograma|Bioquímica|Síndrome|Gram|Doppler",
    "fr": "Noël|Plan|Loi|État|Reine|Coupe|Ligue|Festival|Théâtre|Musée|Palais|Nord|Sud|Église|"
    "Bible|Internet|Selon|Entre|Après|Quand|Mais|Pour|Comme|Hier|Aussi|Histoire|Nature|Liberté",
    "it": "Natale|Piano|Legge|Stato|Regina|Coppa|Lega|Festival|Teatro|Museo|Palazzo|Nord|Sud|"
    "Chiesa|Bibbia|Internet|Secondo|Tra|Dopo|Quando|Ma|Per|Come|Ieri|Anche|Storia|Natura",
    "nl": "Kerst|Plan|Wet|Staat|Koningin|Beker|Festival|Museum|Paleis|Noord|Zuid|Kerk|Bijbel|"
    "Internet|Volgens|Tussen|Na|Toen|Maar|Voor|Gisteren|Ook|Geschiedenis|Natuur|Rijksmuseum",
    "pl": "Plan|Ustawa|Rzeczpospolita|Puchar|Festiwal|Teatr|Muzeum|Pałac|Kościół|Biblia|Internet|"
    "Według|Między|Po|Kiedy|Ale|Dla|Jak|Wczoraj|Także|Historia|Narodowe|Warszawy",
    "zh": "经济|文化|历史",
}

FIRM_ENDS = {
    "en": "Inc.|Inc|Ltd|LLC|Corp.|Corporation|Group|Holdings|Bank|Industries|Systems|Partners|"
    "Technologies|Energy|Motors|Media|Foods|Insurance|& Co.|Capital|Labs|Consulting|Software",
    "de": "GmbH|AG|KG|Versicherung|Bank|Verlag|Werke|Gruppe|Stiftung",
    "pt": "S.A.|Ltda.|Lda.|Seguros|Construções|Editora",
    "es": "S.A.|S.L.|Seguros|Editorial",
    "fr": "SA|SARL|et Fils|Assurances",
    "it": "S.p.A.|S.r.l.|Editore",
    "da": "A/S|ApS|Holding",
    "sv": "AB|Förlag",
    "hr": "d.d.|d.o.o.",
    "nl": "BV|NV",
    "pl": "SA|Sp. z o.o.",
}

HAN_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂兰英华玉萍红鹏飞宇浩轩子涵梓萱欣怡诗雅雨泽"
    "文博俊天佑嘉思远志国建海波云龙虎山川林森春夏秋冬梅菊竹松柏岩峰岳康宁安福禄寿喜庆祥瑞德仁"
    "义礼智信忠孝廉耻勤俭恭谦良善美真诚正直光辉耀晨曦旭东南西北中阳阴晴雪霜露霞虹荣昌盛兴旺达"
    "成功利民生友佩珍珠宝玲珑琳琪瑶璐璇慧颖婷婉媛娴嫦娥姗妮娇妍淑惠贤芝芬芸莉莲莎菲蓉蕾薇"
    "維偉傑強國華麗蘭鳳龍學賢榮慶寶鴻銘鈞錦鎮長青雲霖震靜頌顯風馨駿麟家豪志宗憲政英九登輝水扁"
)
HAN_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万"
    "段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂柴焦向"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉鍾譚鄒陸錢湯賀龐顏溫連蔣"
)
HAN_DOUBLE = "欧阳|司马|诸葛|上官|司徒|歐陽|夏侯|皇甫"
HAN_SOUNDS = (
    "阿艾安奥巴贝比博布查达德迪多尔法菲弗福戈格哈赫霍基吉加杰卡凯科克拉莱兰劳雷里利林卢鲁罗洛"
    "马麦曼梅米莫姆内尼诺帕佩皮普乔切萨塞沙史斯索塔特汤托瓦威维韦沃西希谢休雅亚伊尤约扎泽詹奇"
    "賓爾諾蘭維麥羅亞倫納頓森恩翰丹娜莎琳妮珍瑪麗蒂露"
)
HAN_LAST_SOUNDS = "尔斯特德克森顿曼恩夫娜亚拉莉丝尼里托诺姆爾頓蘭維奇基兹"
HAN_KNOWN = (
    "约翰|詹姆斯|罗伯特|威廉|大卫|查尔斯|托马斯|乔治|亨利|玛丽|伊丽莎白|安娜|彼得|保罗|迈克尔|"
    "理查德|爱德华|路易|弗朗索瓦|卡尔|弗里德里希|亚历山大|尼古拉|弗拉基米尔|约瑟夫|胡安|何塞|"
    "约翰逊|史密斯|威廉姆斯|琼斯|布朗|戴维斯|米勒|威尔逊|华盛顿|林肯|克林顿|布什|奥巴马|牛顿|"
    "達爾文|愛因斯坦|莎士比亞|拿破崙|希特勒|史達林|亞里斯多德|柏拉圖|凱撒|哥倫布|馬丁|路德|"
    "瑪麗|喬治|約翰|威廉斯|詹姆士|查理|理查|愛德華|羅斯福|邱吉爾|甘迺迪|尼克森|雷根|巴赫|莫札特"
)
HAN_PLACES = (
    "北京|上海|广州|深圳|香港|台北|高雄|南京|武汉|成都|重庆|西安|天津|杭州|苏州|东京|大阪|京都|"
    "首尔|伦敦|巴黎|柏林|罗马|莫斯科|纽约|洛杉矶|芝加哥|华盛顿|波士顿|加利福尼亚|多伦多|悉尼|"
    "墨尔本|新加坡|曼谷|开罗|马德里|维也纳|广东|四川|浙江|江苏|山东|河南|湖北|湖南|福建|台湾|"
    "新疆|西藏|云南|蘇格蘭|倫敦|紐約|加州|德州|英格兰|欧洲|亚洲|非洲|美洲|地中海|太平洋|伊拉克|"
    "以色列|阿富汗|墨西哥|阿根廷|巴西|澳大利亚|新西兰|荷兰|比利时|瑞士|奥地利|波兰|匈牙利"
)

PLANETS = "Mercury|Venus|Mars|Jupiter|Saturn|Uranus|Neptune|Pluto|Titan|Europa|Ceres"

TRADES = (
    "Pizza|Deli|Market|Grill|Auto|Motors|Plumbing|Salon|Bakery|Diner|Cafe|Restaurant|Club|Pub|Bar|"
    "Barber Shop|Garage|Tire|Florist|Books|Hardware|Furniture|Jewelers|Roofing|Electric|Dental|"
    "Animal Clinic|Pharmacy|Steakhouse|Tacos|BBQ|Donuts|Realty|Law Firm|Photography|Gym|Boutique|"
    "Storage|Motel|Inn|Winery|Farms|Cleaners|Nursery|Shoes|Ice Cream|Moving|Printing|Tailors"
)

MOVEMENTS = (
    "Sunni|Sunnis|Shiite|Shiites|Shia|Sufi|Hamas|Hezbollah|Taliban|Fatah|Baathists|Marxists|"
    "Maoists|Sandinistas|Buddhists|Calvinists|Lutherans|Mormons|Amish|Quakers|Jesuits|Gaullists|"
    "Peronists|Zionists|Tories|Whigs|Democrats|Republicans|Hindutva|Sikhs|Kurds|Basques|Baptists|"
    "Methodists|Anglicans|Unionists|Chetniks|Khmer Rouge|Viet Cong|Sinn Fein|Likud"
)

THINGS = (
    "Corolla|Camry|Civic|Mustang|Jetta|Passat|Beetle|Prius|Corvette|Jeep|Harley|Vespa|pad thai|"
    "tikka masala|Caesar salad|Philly cheesesteak|eggs Benedict|Reuben|sushi|burger|croissants|"
    "margarita|Bloody Mary|Shirley Temple|Arnold Palmer|latte|espresso|martini|Barbie|teddy bear|"
    "Walkman|Kindle|Xbox|Dyson|Richter scale|Doppler radar|Geiger counter|Petri dish|Jacuzzi|"
    "Stanley knife|Phillips screwdriver|Allen key|Ferris wheel|Nobel Prize|yoga|Pilates|Reiki|"
    "Bible|Torah|Koran|Sudoku|alfa romeo|mercedes|cadillac|lincoln|chrysler|dodge|ferrari"
)
