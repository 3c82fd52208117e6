"""Names of people and places: every person is made up, put together from these lists."""

from sayso.community import Region
from sayso.demo.stock import words

GIVEN: dict[str, tuple[str, ...]] = {
    "english": words("""Alice, Ben, Claire, Daniel, Edith, Frank, Grace, Harvey, Imogen, Jack,
        Lydia, Martin, Nora, Oliver, Phoebe, Ralph, Stella, Theo, Wendy, Miles"""),
    "german": words("""Anke, Bernd, Carla, Dieter, Elke, Florian, Greta, Holger, Ilse, Jürgen,
        Katja, Lukas, Meike, Norbert, Petra, Rainer, Silke, Torsten, Ulrike, Wiebke"""),
    "french": words("""Agathe, Bastien, Camille, Damien, Élodie, Fabrice, Gaëlle, Hugo, Inès,
        Julien, Lucie, Mathilde, Nadège, Olivier, Pauline, Rémi, Solène, Thibault"""),
    "spanish": words("""Alba, Bruno, Carmen, Diego, Elena, Fermín, Gloria, Hernán, Irene, Javier,
        Lola, Marcos, Nuria, Óscar, Paloma, Ramón, Sofía, Tomás, Vega"""),
    "irish": words("""Aoife, Brendan, Ciara, Declan, Eimear, Fergal, Gráinne, Kieran, Maeve, Niall,
        Orla, Pádraig, Róisín, Shane, Sinéad, Tadhg, Una"""),
    "japanese": words("""Aiko, Daichi, Emi, Haruto, Kaori, Kenji, Mika, Naoko, Ren, Sachiko, Takumi,
        Yumi, Shun, Hana, Koji"""),
    "brazilian": words("""Adriana, Caio, Débora, Everton, Fernanda, Gilberto, Helena, Ivo, Juliana,
        Leandro, Marina, Otávio, Renata, Sandro, Tainá, Vitor"""),
    "indian": words("""Aarti, Bhavesh, Chitra, Dev, Esha, Gaurav, Harini, Ishaan, Jyoti, Kiran,
        Lakshmi, Manoj, Nandini, Omkar, Pooja, Rohan, Sunita, Vikram"""),
    "west african": words("""Abena, Chidi, Efua, Folake, Ifeanyi, Kofi, Kwame, Ngozi, Oluwaseun,
        Sefi, Temi, Uche, Yaa, Zainab, Ama"""),
    "turkish": words("Ayla, Baran, Ceren, Deniz, Elif, Hakan, Kerem, Leyla, Murat, Selin, Yasemin"),
    "arabic": words("""Amal, Bilal, Dalia, Farid, Hanan, Idris, Karima, Layla, Mounir, Nadia, Rami,
        Salma, Tarek, Yasmine, Zayn"""),
    "polish": words("""Agnieszka, Bartosz, Dorota, Ewa, Grzegorz, Iga, Kacper, Magda, Paweł, Renia,
        Wojtek, Zofia"""),
    "dutch": words("Anouk, Bram, Fleur, Gijs, Hanneke, Joost, Lotte, Maarten, Saskia, Wouter"),
    "nordic": words("Astrid, Eirik, Freja, Håkan, Ingrid, Jonna, Lasse, Magnus, Sigrid, Tuva"),
    "italian": words("Alessia, Bianca, Corrado, Donata, Fabio, Ginevra, Luca, Mirella, Paolo"),
    "korean": words("Ara, Bora, Dohyun, Eunji, Hyejin, Jiho, Minseo, Seojun, Yuna"),
    "vietnamese": words("An, Binh, Duc, Hanh, Khanh, Linh, Mai, Quyen, Thao, Trang"),
    "ukrainian": words("Bohdan, Daryna, Halyna, Ihor, Kateryna, Larysa, Mykola, Oksana, Taras"),
}

FAMILY: dict[str, tuple[str, ...]] = {
    "english": words("""Ashdown, Barlowe, Cartmell, Dunmore, Ellerby, Fairweather, Gosling,
        Hartnell, Ingleby, Kettering, Langstaff, Merriweather, Oakshott, Pemberly, Ridgewell,
        Stanbrook, Thornbury, Underhay, Wexcombe, Yardley"""),
    "german": words("""Ahlmann, Brinkhoff, Dornbusch, Eggers, Fahrenkamp, Grotewohl, Hinrichsen,
        Jessen, Kaltenbach, Lindemuth, Moosbrugger, Nettelbeck, Oberhausen, Petersdorf,
        Rautenberg, Steinmann, Uhlenbrock, Wiesner"""),
    "french": words("""Arnoult, Beaufils, Chambord, Delacourt, Estienne, Fontanel, Garrigue,
        Lamoureux, Montclar, Noiret, Pasquier, Rocheteau, Sabatier, Tavernel, Vauquelin"""),
    "spanish": words("""Arrieta, Balmaseda, Cifuentes, Echevarría, Gallardo, Iturbe, Landaluce,
        Montesinos, Olivares, Peñalba, Quiroga, Robledo, Salvatierra, Ugarte, Zubiri"""),
    "irish": words("""Brannigan, Corcoran, Dunleavy, Fallon, Gilhooly, Hanratty, Keaveney,
        Mulvihill, Noonan, Prendergast, Quigley, Scanlon, Tierney"""),
    "japanese": words("""Aizawa, Endo, Fukuda, Hoshino, Inagaki, Kitamura, Matsuda, Nishioka,
        Okabe, Sakurada, Takeda, Uehara"""),
    "brazilian": words("""Almeida, Barreto, Cavalcante, Drumond, Figueiredo, Guimarães, Macedo,
        Nogueira, Peixoto, Queiroz, Sampaio, Tavares"""),
    "indian": words("""Acharya, Banerjee, Chauhan, Deshmukh, Iyer, Joshi, Kulkarni, Menon, Nambiar,
        Pillai, Rao, Saxena, Thakur, Venkatesan"""),
    "west african": words("""Adeyemi, Asante, Boateng, Danso, Eze, Mensah, Nwosu, Obi, Okonjo,
        Owusu, Quaye, Sarpong"""),
    "turkish": words("Aksoy, Bozkurt, Demirci, Erdem, Karaca, Özkan, Tekin, Yildirim"),
    "arabic": words("Ben Salah, El Amrani, Haddad, Khoury, Mansouri, Naciri, Sabbagh, Tahan"),
    "polish": words("Borkowska, Dudek, Jankowiak, Kowalik, Lisiecka, Malinowicz, Sroka, Zielonka"),
    "dutch": words("Brouwer, de Graaf, Hoekstra, Kuiper, Postma, van Dalen, Veldman, Zijlstra"),
    "nordic": words("Bergqvist, Dahlberg, Fossum, Hedlund, Kjeldsen, Lundgren, Nygård, Solheim"),
    "italian": words("Barbero, Caruso, Fabbri, Gallo, Marchetti, Ricciardi, Santoro, Vitale"),
    "korean": words("Bae, Choi, Han, Jang, Kwon, Lim, Oh, Shin"),
    "vietnamese": words("Bui, Dang, Hoang, Le, Ngo, Pham, Truong, Vo"),
    "ukrainian": words("Bondarenko, Hrytsenko, Kovalenko, Lysenko, Melnyk, Shevchuk, Tkachuk"),
}

ORIGIN_OF: dict[str, str] = {
    "GB": "english",
    "US": "english",
    "CA": "english",
    "AU": "english",
    "IE": "irish",
    "DE": "german",
    "CH": "german",
    "FR": "french",
    "ES": "spanish",
    "JP": "japanese",
    "BR": "brazilian",
    "IN": "indian",
    "NG": "west african",
    "NL": "dutch",
    "PL": "polish",
    "SE": "nordic",
    "IT": "italian",
}

REGIONS: tuple[tuple[Region, int], ...] = tuple(
    (Region(code), weight)
    for code, weight in (
        ("US", 17), ("GB", 14), ("DE", 13), ("ES", 9), ("FR", 8), ("IE", 7), ("CA", 6), ("CH", 5),
        ("IN", 5), ("AU", 5), ("BR", 4), ("JP", 4), ("NL", 3), ("IT", 2), ("PL", 2), ("NG", 2),
        ("SE", 2),
    )
)  # fmt: skip

CITIES: dict[str, tuple[str, ...]] = {
    "US": words("Portland, Duluth, Providence, Tucson, Asheville, Milwaukee, Sacramento"),
    "GB": words("Bristol, Leeds, Dundee, Norwich, Whitby, Swansea, Belfast"),
    "DE": words("Bremen, Leipzig, Kassel, Rostock, Freiburg, Dortmund"),
    "ES": words("Bilbao, Valencia, Gijón, Zaragoza, Cádiz"),
    "FR": words("Nantes, Lyon, Lille, Grenoble, La Rochelle"),
    "IE": words("Galway, Cork, Sligo, Waterford"),
    "CA": words("Halifax, Winnipeg, Victoria, Hamilton"),
    "CH": words("Basel, Winterthur, Luzern, Biel"),
    "IN": words("Pune, Kochi, Mysuru, Jaipur"),
    "AU": words("Hobart, Fremantle, Newcastle, Ballarat"),
    "BR": words("Recife, Curitiba, Florianópolis"),
    "JP": words("Kobe, Kanazawa, Sendai"),
    "NL": words("Groningen, Utrecht"),
    "IT": words("Trieste, Bologna"),
    "PL": words("Gdańsk, Wrocław"),
    "NG": words("Ibadan, Enugu"),
    "SE": words("Malmö, Umeå"),
}

TONGUES_OF: dict[str, str] = {"DE": "de", "CH": "de", "FR": "fr", "ES": "es"}

PSEUDONYMS: tuple[str, ...] = tuple(
    f"{first} {second}"
    for first in words("""Quiet, Early, Copper, Northern, Paper, Salt, Amber, Second, Winter,
        Harbour, Willow, Blue""")
    for second in words("Heron, Lantern, Ferry, Thimble, Orchard, Compass, Kettle, Bicycle")
)
