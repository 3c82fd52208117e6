"""German as it is spoken on the network."""

from sayso.demo.chatter_de import QUOTATIONS, REACTIONS, REMARKS, REPLIES
from sayso.demo.stock import Tongue, cases, lines, words

GERMAN = Tongue(
    code="de",
    numbers=words("zwei, drei, vier, fünf, sechs"),
    weekdays=words("Montag, Dienstag, Mittwoch, Donnerstag, Freitag"),
    months=words("Januar, Februar, März, April, Mai, Juni, September, Oktober, November"),
    openings=lines("""
- Heute eine Geschichte, in der ich nicht gut aussehe.
- Einige haben gefragt, wie es ausgegangen ist. Hier kommt die Antwort.
- Ich schreibe das im Zug, also bitte Nachsicht mit den Kommas.
- Das hätte mir am Anfang gern jemand gesagt.
- Kleine Ursache, große Wirkung.
- Am {weekday} hat mich {first} gebeten, das endlich aufzuschreiben.
- Erfolge posten alle. Ich probiere es einmal andersherum.
- In {city} regnet es, und ich habe Zeit zum Nachdenken.
- Man lernt nie aus, auch nicht nach vielen Jahren bei {org}.
- Manche Lösungen sind so einfach, dass man sich fast schämt.
"""),
    problem_leads=lines("""
- Die Lage war so:
- Kurz gesagt:
- Zur Erinnerung:
- Es fing harmlos an:
- Ehrlich gesagt:
- Der Ausgangspunkt:
"""),
    told_leads=lines("""
- {member} hat es mir erzählt, und ich gebe es genau so weiter:
- Heute lasse ich {member} zu Wort kommen:
- Eine Geschichte von {member}, die ich nicht vergessen kann:
"""),
    tried_leads=lines("""
- Der erste Versuch:
- Wie das so geht:
- Unsere erste Idee:
- Man ahnt es schon:
"""),
    fix_leads=lines("""
- Geholfen hat etwas anderes:
- Dann kam die Wende:
- Am Ende war es so:
- Die Lösung:
- Und dann, an einem {weekday}:
"""),
    result_leads=lines("""
- Das Ergebnis:
- Der Stand heute:
- Und jetzt?
- {n_cap} Monate später:
"""),
    lesson_leads=lines("""
- Was ich daraus mitnehme:
- Merksatz für mich selbst:
- Seitdem gilt bei uns:
- Wenn nur ein Satz hängen bleibt, dann dieser:
- Unter dem Strich:
- Was ich allen Neuen sage:
"""),
    closings=lines("""
- Wie macht ihr das?
- Ich freue mich über eure Erfahrungen.
- Wer es genauer wissen will, darf sich gern melden.
- Danke an {member} für die Geduld.
- Bin gespannt, was ihr dazu sagt.
- Nachmachen ausdrücklich erlaubt.
- Damit bin ich sicher nicht allein, oder?
- Den Kaffee für {first} bezahle ich gern.
"""),
    cases=cases("""
# die Besprechung
* unsere Besprechung am {weekday} dauerte zwei Stunden und hatte kein Ergebnis
> wir haben eine Tagesordnung eingeführt, und es dauerte zweieinhalb
+ wir haben sie vier Wochen ausfallen lassen und geschaut, wem sie fehlt
= drei Leute treffen sich jetzt zwanzig Minuten im Stehen, und alle anderen arbeiten
! erst absagen, dann schauen, wer sich beschwert
# @workshop die Übergabe
* zwischen Früh- und Spätschicht ging jeden Tag etwas verloren
> ein neues Formular mit achtzehn Feldern blieb meistens leer
+ wir reden jetzt fünf Minuten direkt am Arbeitsplatz, mit dem Werkzeug in der Hand
= seit dem Frühjahr ist nichts Wichtiges mehr liegen geblieben
! eine Übergabe ist ein Gespräch und kein Formular
# @workshop das Ersatzteil
* ein Teil für drei Euro hat uns zwei Tage lang stillgelegt
> im Lager lagen neun teure Motoren und keine einzige Dichtung
+ wir haben die Leute an den Maschinen gefragt, welche Teile sie am meisten fürchten
= die Liste passt auf eine Seite und hat sich schon zweimal bezahlt gemacht
! nicht das Teure bevorraten, sondern das, was alles aufhält
# die neue Kollegin
* unsere neue Kollegin wollte am dritten Tag wissen, warum wir alles doppelt ausdrucken
> wir haben es ihr lange erklärt und mittendrin gemerkt, dass wir es selbst nicht wissen
+ jetzt führen alle Neuen einen Monat lang eine Liste der Merkwürdigkeiten
= neunzehn Punkte sind erledigt, und der Drucker langweilt sich
! frische Augen werden schnell müde, also frag sie gleich
# @energy die kalte Wohnung
* eine Familie saß trotz neuer Wärmepumpe in Jacken am Tisch
> sie hat die Temperatur hochgedreht, und die Rechnung ist gefolgt
+ wir haben einen Nachmittag lang die Heizkörper abgeglichen
= es ist warm, und der Vorlauf läuft zehn Grad niedriger
! vor der Maschine immer erst die Ventile prüfen
# @school der leere Elternabend
* genau die Eltern, die ich sprechen wollte, kamen nie zum Elternabend
> ich habe einen zweiten, noch höflicheren Brief geschrieben
+ ich bin zur Bushaltestelle, in den Waschsalon und in den Schrebergarten gegangen
= bis Ostern kannte ich jede Familie
! wer nicht zu dir kommt, ist meistens schon woanders
# @town das Formular
* unser Antrag hatte neun Seiten, und kaum jemand kam bis zur letzten
> wir haben eine Anleitung dazu geschrieben, sieben Seiten lang
+ wir haben zwanzig Menschen beim Ausfüllen zugesehen und alles gestrichen, was niemand braucht
= zwei Seiten sind übrig, und die Beratungsstunde ist frei für echte Fragen
! auf jede Antwort muss irgendwo jemand warten
# @food der krumme Teig
* unsere Montagsbrote waren flach, und alle hatten eine Theorie
> erst war das Mehl schuld, dann die Hefe, dann der Lehrling
+ wir haben eine Woche lang die echte Ofentemperatur an die Wand geschrieben
= der Montag ist wieder ein Tag wie jeder andere
! erst messen, dann schimpfen
# der Kunde mit den Briefen
* ein Kunde beschwerte sich über alles, schriftlich und am Sonntag
> wir haben ausgelost, wer antworten muss
+ ich bin hingefahren und habe mir zeigen lassen, was ihn am meisten ärgert
= in zwei Punkten hatte er recht, und heute empfiehlt er uns weiter
! wer sich beschwert, hat uns noch nicht aufgegeben
# @food die Nachtschicht
* drei gute Leute haben in einem Frühjahr gekündigt, alle aus der Nachtschicht
> ich habe mehr Geld geboten, und zwei sind trotzdem gegangen
+ wir haben den Ablauf geändert, sodass die erste Schicht um fünf beginnt und nicht um zwei
= seit einem Jahr ist niemand mehr gegangen
! manchmal muss man nicht am Lohn drehen, sondern an der Uhr
# @design die Beschilderung
* Besucher fragten sich im ganzen Haus durch, direkt neben unseren preisgekrönten Schildern
> wir haben die Pfeile größer gemacht
+ wir sind dreißig Leuten mit dem Notizblock gefolgt, und alle schauten auf den Boden
= eine farbige Linie hat mehr gebracht als zwei Jahre Pfeile
! dort hinschauen, wo die anderen hinschauen
# @software die langsame Auswertung
* die Monatsauswertung brauchte elf Stunden, und niemand fragte mehr, warum
> wir haben einen größeren Rechner gekauft und waren bei zehn
+ jemand hat die Abfrage gelesen und eine Tabelle gefunden, die seit Jahren niemand nutzt
= es dauert vier Minuten, und der Rechner ging zurück
! lesen kommt vor kaufen
"""),
    tip_intros=lines("""
- Drei Dinge, die ich allen Neuen mitgebe:
- Meine Liste aus dem ersten Jahr bei {org}, immer noch gültig:
- Was mir niemand beigebracht hat:
- Kurz vor Feierabend, drei Gewohnheiten, die mir die Arbeit leichter machen:
"""),
    tips=lines("""
- Bedank dich mit einer Einzelheit. Man merkt den Unterschied.
- Schreib die Mail, warte eine Stunde und schick die Hälfte ab.
- Frag die Älteste und den Jüngsten. Die Wahrheit liegt meistens dazwischen.
- Räum das Werkzeug weg, bevor du den Bericht schreibst.
- Sag früh, dass du etwas nicht weißt. Am Morgen ist das billig.
- Iss einmal in der Woche mit jemandem aus einer anderen Abteilung.
- Lies den Brief laut vor, am besten jemandem, der es eilig hat.
- Schreib auf, was gut gelaufen ist. Im November brauchst du es.
- Verbessere nie zwei Dinge auf einmal.
"""),
    views=lines("""
- Erfahrung wird überschätzt, wenn sie zehnmal dasselbe Jahr bedeutet. Mir sind zwei Jahre und gute
  Fragen lieber.
- Einfache Sprache ist kein Gefallen für Schwache. Sie ist die einzige Sprache, in der man uns beim
  Wort nehmen kann.
- Wir loben Leute, die lange bleiben, und fragen nie, warum es nötig war. Ich hätte gern einen
  Preis für pünktlichen Feierabend.
- Ein Lehrling kostet ein Jahr lang Geld und spart dann zwanzig Jahre lang welches. Eine bessere
  Anlage kenne ich nicht.
- Wer nur den Durchschnitt plant, plant für ein Jahr, das es noch nie gegeben hat.
"""),
    view_turns=lines("""
- Ich weiß, dass das nicht alle so sehen, und lasse mich gern überzeugen.
- Das sage ich als jemand, der es jahrelang anders gemacht hat.
- Natürlich gibt es Ausnahmen, und die meisten bestätigen die Regel.
- In {elsewhere} wird es längst so gemacht, ohne großes Aufheben.
- Bei {org} haben wir dafür Lehrgeld bezahlt.
- Darüber habe ich mit {first} einen ganzen Abend gestritten, am Ende waren wir uns einig.
"""),
    occasions=lines("""
- @joy Heute bin ich {years} Jahre bei {org}. Angefangen habe ich mit einem Schlüssel, einer
  fremden Tasse und einer Aufgabe, die niemand wollte. Die Tasse habe ich noch.|| Geblieben bin ich
  wegen der Menschen, die einem vor dem Mittag die Wahrheit sagen und nachher tragen helfen. Danke,
  besonders an {member}.
- @evening Das war ein schöner Abend! Dreißig Leute aus {city} und Umgebung, keine einzige Folie
  und eine sehr gute Suppe. {member} hat von den eigenen Fehlern erzählt, und danach haben sich
  alle getraut.|| Mein Fazit: kleiner anfangen, die fragen, die die Arbeit machen, und auch das
  aufschreiben, was nicht geklappt hat. Nächstes Treffen am ersten {weekday} im Monat.
- @ask Eine Frage in die Runde: Wie gebt ihr Wissen weiter, wenn eine ganze Generation auf einmal
  in Rente geht?|| Wir reden bei {org} seit {n} Wochen darüber und drehen uns im Kreis. Ratgeber
  habe ich genug gelesen. Lieber wären mir Berichte von Leuten, die es gemacht haben, gern auch die
  peinlichen.
- @proud Heute hat unsere Auszubildende eine Besuchergruppe allein durch den Betrieb geführt, ohne
  Zettel und ohne einen Blick zu mir. Vor einem Jahr hätte sie sich hinter der Tür versteckt.|| Ich
  habe nur eine Jacke gehalten. Es war mein bester Arbeitstag in diesem {month}.
- @thanks Öffentlicher Dank an {member}. Im {month} kam ich nicht weiter, und {first} hat sich
  einen ganzen Nachmittag Zeit genommen, obwohl nichts dabei heraussprang.|| Die Lösung haben wir
  gefunden. Im Kopf bleibt mir aber, wie: mit lauter Fragen, bis ich es selbst gesehen habe. So ein
  Mensch möchte ich bei der Arbeit auch sein.
- @joy Bestanden! Seit heute habe ich ein Zeugnis, auf dem steht, dass ich etwas kann. {n_cap}
  Monate lang habe ich abends am Küchentisch gelernt, und meine Familie kann es jetzt auch.|| Wer
  mit dem Gedanken spielt, noch einmal anzufangen: Macht es. Man ist langsamer als die Jungen, aber
  man stellt die besseren Fragen.
"""),
    reflections=lines("""
- Rückblickend hatten wir wohl Angst vor der Antwort, denn die Frage war nicht schwer.
- Gekostet hat es fast nichts, außer dass wir zugeben mussten, uns geirrt zu haben.
- Gesehen hatten es vorher alle, nur zuständig war niemand.
- Am meisten hat mich überrascht, wie schnell sich alle daran gewöhnt haben.
- Ein paar Kollegen waren skeptisch, und ihre Fragen haben die Sache besser gemacht.
- Wir reden viel von Veränderung und meinen oft nur neue Wörter. Das hier war einmal das Gegenteil.
"""),
    reactions=REACTIONS,
    quotations=QUOTATIONS,
    remarks=REMARKS,
    replies=REPLIES,
    messages=lines("""
- Hallo {first}, nur für dich: Ich habe ein Angebot von {org_two} und noch niemandem etwas gesagt.
  Können wir am {weekday} reden? Bitte behalte es für dich.
"""),
    contacts={
        "email": "Fragen gern an {email}.",
        "phone": "Am schnellsten geht es telefonisch: {phone}.",
        "name": "{member} und {member_two} waren dabei und können es bezeugen.",
    },
    abouts=lines("""
- Seit {years} Jahren im Beruf, heute bei {org} in {city}. Ich mag kleine Teams, klare Worte und
  Probleme, die sich beim zweiten Hinsehen als einfach herausstellen.
- Ich arbeite bei {org} und schreibe hier auf, was ich unterwegs lerne, am liebsten aus Fehlern.
  Wer Fragen hat, bekommt eine Antwort, manchmal erst am Wochenende.
"""),
    favourites=tuple(
        f"{who} hat immer gesagt: „{saying}.“"
        for saying in (
            "Erst der Kaffee, dann die Katastrophe",
            "Wer den Eimer trägt, den frag nach dem Brunnen",
            "Ein aufgeräumter Tisch ist die halbe Antwort",
            "Gutes Seil sieht man nicht, schlechtes vergisst man nicht",
            "Das Dach ist noch nie durch einen Brief an den Regen dicht geworden",
            "Wenn Karte und Weg streiten, zieh die Stiefel an",
        )
        for who in (
            "Meine Großmutter",
            "Mein alter Meister",
            "Unsere Hausmeisterin",
            "Mein erster Chef",
            "Eine Nachbarin",
            "Mein Lehrer",
        )
    ),
    sign_offs=lines("""
- Frohes Schaffen.
- Bis bald.
- Schöne Grüße aus {city}.
- Weiter geht's.
- Kommt gut durch die Woche.
"""),
)
