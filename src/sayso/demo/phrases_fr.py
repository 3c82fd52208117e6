"""French as it is spoken on the network."""

from sayso.demo.stock import Tongue, cases, lines, words

FRENCH = Tongue(
    code="fr",
    numbers=words("deux, trois, quatre, cinq, six"),
    weekdays=words("lundi, mardi, mercredi, jeudi, vendredi"),
    months=words("janvier, février, mars, avril, mai, juin, septembre, octobre, novembre"),
    openings=lines("""
- Aujourd'hui, une histoire où je n'ai pas le beau rôle.
- Plusieurs d'entre vous m'ont demandé comment cela s'était terminé. Voici.
- J'écris ces lignes dans le train, pardonnez les fautes.
- J'aurais aimé qu'on me le dise quand j'ai commencé.
- {weekday_cap}, {first} m'a demandé de mettre cela par écrit.
- Ici, tout le monde publie ses succès. J'essaie autre chose.
- Il pleut sur {city}, j'ai donc le temps de réfléchir.
- Certaines solutions sont si simples qu'on ose à peine les raconter.
"""),
    problem_leads=lines("""
- La situation était la suivante :
- En deux mots :
- Tout a commencé ainsi :
- Pour être honnête,
- Il y a quelque temps,
"""),
    told_leads=lines("""
- Aujourd'hui, je laisse la parole à {member} :
- {member} me l'a raconté, et je le transmets tel quel :
- Une histoire de {member} que je n'oublie pas :
"""),
    tried_leads=lines("""
- Au début,
- Bien sûr,
- Notre première idée :
- Vous devinez la suite :
"""),
    fix_leads=lines("""
- Ce qui a marché :
- Finalement,
- Un {weekday},
- Et puis
"""),
    result_leads=lines("""
- Le résultat :
- Aujourd'hui, tout a changé :
- {n_cap} mois plus tard :
- Et maintenant ?
"""),
    lesson_leads=lines("""
- Ce que j'en retiens :
- Depuis, nous avons une règle :
- S'il ne faut garder qu'une phrase, que ce soit celle-ci :
- Ce que je dis aux nouveaux :
- C'est écrit sur notre mur :
"""),
    closings=lines("""
- Et chez vous, comment faites-vous ?
- Je lirais volontiers vos expériences.
- Merci à {member} pour sa patience.
- Si vous voulez les détails, écrivez-moi.
- Je ne dois pas être la seule personne à qui c'est arrivé.
- Vous pouvez copier sans demander.
- Je dois un café à {first}.
"""),
    cases=cases("""
# la réunion
* notre réunion du {weekday} durait deux heures et ne décidait de rien
> nous avons fait un ordre du jour, et elle a duré deux heures et demie
+ nous l'avons suspendue un mois pour voir à qui elle manquerait
= trois personnes se voient vingt minutes, debout, et les autres travaillent
! annulons d'abord, puis regardons qui se plaint
# @town le formulaire
* notre formulaire faisait neuf pages et presque personne n'arrivait à la dernière
> nous avons rédigé un mode d'emploi de sept pages
+ nous avons regardé vingt habitants le remplir et nous avons rayé tout ce qui ne servait pas
= il reste deux pages, et le guichet a du temps pour les vraies questions
! derrière chaque question, quelqu'un doit attendre la réponse
# @building l'escalier
* toutes les marches de l'escalier à restaurer avaient une hauteur différente
> je voulais le démonter et repartir d'un dessin propre
+ nous avons mesuré les dix-neuf marches et corrigé celle où tout le monde trébuchait
= la propriétaire a gardé son escalier, et sa grand-mère y monte sans regarder
! cherchez la marche qui fait mal avant de refaire l'escalier
# @workshop la pièce de rechange
* une pièce à trois euros a arrêté l'atelier pendant deux jours
> le magasin avait neuf moteurs chers et pas un seul joint
+ nous avons demandé aux mécaniciens de quelles pièces ils avaient peur de manquer
= la liste tient sur une page et s'est déjà remboursée deux fois
! il faut stocker ce qui arrête, pas ce qui coûte
# le client du dimanche
* un client se plaignait de tout, par écrit, le dimanche
> nous tirions au sort celui qui répondrait
+ j'ai pris la route pour lui demander ce qui l'agaçait le plus
= il avait raison sur deux points, et aujourd'hui il nous recommande
! celui qui se plaint n'a pas encore renoncé à nous
# @care la sonnette
* les sonnettes du service retentissaient trois cents fois par nuit
> nous avons demandé du renfort, et vous imaginez la réponse
+ pendant une semaine nous avons noté chaque raison : de l'eau, des lunettes, une lampe
= une tournée à vingt-deux heures a presque réduit les appels de moitié
! comptez les petits souhaits avant de compter les effectifs
# @library la légende
* les visiteurs passaient quatre secondes devant des légendes écrites en quatre semaines
> nous les avons raccourcies, et nous avons obtenu trois secondes
+ nous avons commencé chaque légende par ce que l'on voit
= les gens lèvent les yeux, les baissent et les relèvent
! commencez par ce qui est sous leurs yeux
# @farm le lit sec
* les carottes du carré sud sortaient maigres pour la troisième année
> nous avons arrosé davantage, et les chardons nous ont remerciés
+ nous avons creusé un trou profond comme mon bras et trouvé une couche dure
= un hiver de radis l'a brisée gratuitement
! creusez un trou avant d'acheter un tuyau
"""),
    tip_intros=lines("""
- Trois habitudes qui me facilitent le travail :
- Ma liste de la première année chez {org}, toujours valable :
- Personne ne me l'a appris, alors je le transmets :
"""),
    tips=lines("""
- Remerciez avec un détail précis. Cela se sent.
- Écrivez le courriel, attendez une heure et n'en envoyez que la moitié.
- Interrogez la plus ancienne et le plus récent. La vérité est souvent entre les deux.
- Dites tôt que vous ne savez pas. Le matin, cela ne coûte rien.
- Déjeunez une fois par semaine avec quelqu'un d'un autre service.
- Lisez la lettre à voix haute à quelqu'un de pressé.
- N'améliorez jamais deux choses à la fois.
"""),
    views=lines("""
- On surestime l'expérience quand c'est dix fois la même année. Je préfère deux ans et de bonnes
  questions.
- Le langage clair n'est pas une faveur. C'est le seul dans lequel on peut nous prendre au mot.
- Nous félicitons ceux qui restent tard sans demander pourquoi c'était nécessaire. Je donnerais un
  prix à ceux qui partent à l'heure.
"""),
    view_turns=lines("""
- Je sais que tout le monde ne le voit pas ainsi, et je me laisse convaincre.
- Je le dis après avoir fait le contraire pendant des années.
- Il y a des exceptions, et la plupart confirment la règle.
- À {elsewhere}, on le fait depuis longtemps sans en parler.
- {first} et moi en avons débattu toute une soirée, et nous avons fini du même côté.
"""),
    occasions=lines("""
- @joy {years_cap} ans chez {org} aujourd'hui. J'ai commencé avec une clé, la tasse de quelqu'un
  d'autre et une tâche dont personne ne voulait. J'ai toujours la tasse.|| Ce qui m'a fait rester,
  ce sont les gens qui vous disent la vérité avant midi et vous aident à porter le reste. Merci,
  surtout, à {member}.
- @evening Quelle belle soirée ! Trente personnes à {city}, pas une seule diapositive et une soupe
  excellente. {member} a parlé de ses erreurs, et ensuite les autres ont osé.|| Mes notes :
  commencer plus petit, interroger ceux qui font le travail, et noter aussi ce qui a raté.
  Prochaine rencontre le premier {weekday} du mois.
- @ask Une question à tous : comment gardez-vous le savoir d'une génération qui part en retraite
  d'un coup ?|| Chez {org}, nous tournons en rond depuis {n} semaines. Des manuels, j'en ai lu
  assez ; je préfère entendre ceux qui l'ont fait, même mal.
- @proud Aujourd'hui notre apprentie a guidé un groupe de visiteurs toute seule, sans notes et sans
  me regarder une seule fois. Il y a un an, elle se serait cachée derrière la porte.|| Je n'ai fait
  que tenir un manteau. C'était ma meilleure journée de {month}.
"""),
    reflections=lines("""
- Avec le recul, je crois que nous avions peur de la réponse, car la question n'était pas
  difficile.
- Cela n'a presque rien coûté, sauf d'admettre que nous nous étions trompés.
- Tout le monde l'avait vu, mais ce n'était l'affaire de personne.
- Le plus surprenant, c'est la vitesse à laquelle on s'y est habitué.
- Quelques collègues doutaient, et leurs questions ont tout amélioré.
"""),
    reactions=lines("""
- @joy Félicitations, {author_first} ! C'est bien mérité.
- @evening Quelle soirée ! Je pense encore à la deuxième question.
- @evening Dommage de l'avoir manquée. Y aura-t-il des notes pour les autres ?
- @ask Bonne question, nous nous la posons aussi depuis longtemps.
- @proud Bravo à elle, et bravo à celle ou celui qui tenait le manteau.
- C'est tellement vrai.
- Merci de l'avoir écrit, {author_first}.
- J'ai ri, puis plus du tout, parce que nous faisons pareil.
- Je l'ai envoyé à toute mon équipe.
- Je ne sais pas si je suis d'accord, mais cela me fait réfléchir.
- C'est pour des textes honnêtes comme celui-ci que je reste ici.
- Il fallait du courage pour le raconter.
"""),
    quotations=lines("""
- « {quote} » Voilà qui va directement sur notre mur.
- Je garde cette phrase : « {quote} »
- « {quote} » On ne saurait mieux dire.
"""),
    remarks=lines("""
- Dans mon métier, la phrase est celle-ci : {own_lesson_low}.
- Cela me rappelle notre histoire : {own_problem}. {own_fix}.
- Chez {org}, c'était pareil : {own_problem}. Ce qui a aidé était tout simple : {own_fix_low}.
- @ask Chez nous, une chose simple a aidé : {own_fix_low}.
- @joy À la suite, et que le café s'améliore !
- @evening La prochaine fois, je raconte notre affaire : {own_problem}.
- @proud C'est pour des jours comme celui-là que nous formons des jeunes chez {org}.
- Combien de temps a-t-il fallu pour que tout le monde suive ?
- Chez nous, c'était une chose tout aussi petite, et nous l'avons cherchée pendant un an.
- J'ajouterais seulement qu'il faut quelqu'un pour s'en occuper, sinon cela s'oublie.
- Avez-vous noté les chiffres ? Je les comparerais volontiers aux nôtres.
- J'aimerais savoir ce qu'en pense {member}.
- À {city}, nous avons essayé quelque chose de semblable et abandonné trop tôt, je crois.
- La semaine prochaine, j'essaie avec mon équipe et je vous raconte.
- Le plus dur, c'est le mois d'après, quand les vieilles habitudes reviennent.
"""),
    replies=lines("""
- @any Merci, {author_first}, c'est très gentil. Je le transmets à toute l'équipe.
- @any Vous avez égayé mon {weekday}, {author_first}. À bientôt, j'espère, à {city}.
- Merci, {author_first} ! Au bout de {n} semaines, plus personne n'en parlait.
- Bonne question, {author_first}. Nous avons tout noté, je vous l'envoie avec plaisir.
- Vous avez raison, j'aurais dû le dire : il faut quelqu'un qui s'en occupe.
- Avec plaisir, parlons-en autour d'un café.
"""),
    messages=lines("""
- Bonjour {first}, ceci reste entre nous : j'ai une offre de {org_two} et personne ne le sait
  encore. Peut-on se parler {weekday} ? Gardez-le pour vous, s'il vous plaît.
"""),
    contacts={
        "email": "Pour vos questions : {email}.",
        "phone": "Au téléphone, c'est plus rapide : {phone}.",
        "name": "{member} et {member_two} étaient là et peuvent le confirmer.",
    },
    abouts=lines("""
- {years_cap} ans de métier, aujourd'hui chez {org} à {city}. J'aime les petites équipes, les mots
  simples et les problèmes qui disparaissent quand on les regarde deux fois.
- Je travaille chez {org} et je note ici ce que j'apprends, surtout de mes erreurs. Je réponds
  toujours, parfois le dimanche.
"""),
    favourites=tuple(
        f"{who} disait toujours : « {saying}. »"
        for saying in (
            "D'abord le café, ensuite la catastrophe",
            "À celui qui porte le seau, demandez où est le puits",
            "Une table rangée est la moitié d'une réponse",
            "Aucun toit n'a été réparé en écrivant à la pluie",
            "Si la carte et le champ se disputent, mettez vos bottes",
        )
        for who in (
            "Ma grand-mère",
            "Mon premier patron",
            "Une voisine",
            "Le gardien de l'école",
            "Ma tante de {elsewhere}",
            "Un vieux contremaître",
        )
    ),
    sign_offs=lines("""
- À bientôt.
- Bonne semaine à tous.
- Amitiés de {city}.
- On continue.
"""),
)
