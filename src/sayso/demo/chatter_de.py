"""What members write under each other's posts in German."""

from sayso.demo.stock import lines

REACTIONS = lines("""
- @story Das hatten wir genauso, nur lauter.
- @joy Glückwunsch, {author_first}! Das ist wirklich verdient.
- @joy Wie schön! Ich hebe in {city} die Tasse auf dich.
- @evening Es war ein großartiger Abend, ich denke immer noch über die zweite Frage nach.
- @evening Schade, dass ich nicht dabei war. Gibt es eine Mitschrift für uns andere?
- @ask Gute Frage, die stellen wir uns auch schon länger.
- @ask Ich lese hier mit, denn eine Antwort könnten wir auch gebrauchen.
- @proud Darauf kannst du stolz sein, und sie erst recht. Richte ihr bitte Grüße aus.
- @thanks Genau so kenne ich sie auch. Von solchen Beiträgen könnte es mehr geben.
- Genau so ist es.
- Danke fürs Aufschreiben, {author_first}.
- Ich musste laut lachen, und dann nicht mehr, weil wir es auch so machen.
- Schöner Beitrag, habe ich gleich ans ganze Team geschickt.
- Ganz einverstanden bin ich nicht, aber es arbeitet in mir.
- Ehrliche Beiträge wie dieser sind der Grund, warum ich hier bin.
- Mutig, das so offen zu schreiben.
- Da hätte ich auf einen anderen Ausgang gewettet.
""")

QUOTATIONS = lines("""
- „{quote}“ Das hängt ab morgen bei uns an der Wand.
- „{quote}“ Besser kann man es nicht sagen.
- Dieser Satz bleibt: „{quote}“
- „{quote}“ Das nehme ich mit in die nächste Besprechung.
""")

REMARKS = lines("""
- In meinem Beruf heißt der Satz so: {own_lesson}.
- Das erinnert mich an früher: {own_problem_cap}. {own_fix}.
- Bei {org} war es ähnlich: {own_problem_cap}. Geholfen hat etwas Schlichtes: {own_fix}.
- @ask Bei uns hat etwas Einfaches geholfen: {own_fix}.
- @ask Frag am besten {member}, da läuft das schon seit Jahren.
- @joy Auf die nächsten Jahre, und dass der Kaffee besser wird!
- @evening Beim nächsten Mal erzähle ich unsere Geschichte: {own_problem_cap}.
- @proud Genau für solche Tage bilden wir bei {org} aus.
- @thanks Ohne solche Leute hätte ich auch schon zweimal hingeworfen.
- Wie lange hat es gedauert, bis alle mitgemacht haben?
- Bei uns war es etwas anderes, genauso klein, und wir haben ein Jahr danach gesucht.
- Ergänzen würde ich nur: Es muss sich jemand darum kümmern, sonst schläft es ein.
- Habt ihr die Zahlen aufgeschrieben? Ich würde sie gern mit unseren vergleichen.
- Dazu würde mich die Meinung von {member} interessieren.
- In {city} haben wir etwas Ähnliches versucht und wohl zu früh aufgegeben.
- Das probiere ich nächste Woche mit meinen Leuten aus und berichte.
- Den letzten Schritt würde ich vorsichtiger angehen, da sind wir einmal gestolpert.
- Schwierig ist meistens der Monat danach, wenn die alten Gewohnheiten zurückkommen.
- Ob das auch in einem dreimal so großen Haus funktioniert, da bin ich mir nicht sicher.
""")

REPLIES = lines("""
- @any Danke, {author_first}, das ist sehr freundlich. Ich gebe es an alle hier weiter.
- @any Damit hast du mir den {weekday} gerettet, {author_first}. Bis bald, hoffentlich in {city}.
- Danke, {author_first}! Nach {n} Wochen hat niemand mehr darüber geredet.
- Gute Frage, {author_first}. Wir haben alles notiert, ich schicke es dir gern.
- Stimmt, das hätte ich dazuschreiben sollen: Jemand muss sich kümmern.
- Gern, lass uns beim nächsten Treffen einen Kaffee darauf trinken.
""")
