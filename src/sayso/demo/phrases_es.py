"""Spanish as it is spoken on the network."""

from sayso.demo.stock import Tongue, cases, lines, words

SPANISH = Tongue(
    code="es",
    numbers=words("dos, tres, cuatro, cinco, seis"),
    weekdays=words("lunes, martes, miércoles, jueves, viernes"),
    months=words("enero, febrero, marzo, abril, mayo, junio, septiembre, octubre, noviembre"),
    openings=lines("""
- Hoy cuento una historia en la que no quedo muy bien.
- Varios me habéis preguntado cómo terminó aquello. Aquí va.
- Escribo esto en el tren, así que perdonad las erratas.
- Ojalá alguien me hubiera contado esto cuando empecé.
- El {weekday} {first} me pidió que lo pusiera por escrito.
- Aquí todo el mundo publica sus éxitos. Yo voy a probar con otra cosa.
- Llueve en {city} y tengo tiempo para pensar.
- Hay soluciones tan sencillas que casi da vergüenza contarlas.
"""),
    problem_leads=lines("""
- La situación era esta:
- En pocas palabras:
- Todo empezó así:
- La verdad es que
- Hace un tiempo
"""),
    told_leads=lines("""
- Hoy cedo la palabra a {member}:
- Me lo contó {member}, y lo copio tal cual:
- Una historia de {member} que no se me olvida:
"""),
    tried_leads=lines("""
- Al principio
- Como suele pasar,
- Nuestra primera idea:
- Ya os lo imagináis:
"""),
    fix_leads=lines("""
- Lo que funcionó fue otra cosa:
- Al final
- Un {weekday},
- Y entonces
"""),
    result_leads=lines("""
- El resultado:
- Hoy la situación es otra:
- {n_cap} meses después:
- ¿Y ahora?
"""),
    lesson_leads=lines("""
- Lo que me llevo:
- Desde entonces tenemos una norma:
- Si os quedáis con una sola frase, que sea esta:
- Lo que digo a la gente nueva:
- Apuntado en la pared:
"""),
    closings=lines("""
- ¿Cómo lo hacéis vosotros?
- Me encantaría leer vuestras experiencias.
- Gracias a {member} por la paciencia.
- Quien quiera más detalles, que me escriba.
- Seguro que no soy la única persona a la que le ha pasado.
- Podéis copiarlo sin pedir permiso.
- A {first} le debo un café.
"""),
    cases=cases("""
# la reunión
* nuestra reunión de los {weekday} duraba dos horas y no decidía nada
> pusimos un orden del día y pasó a durar dos horas y media
+ la suspendimos un mes para ver quién la echaba de menos
= ahora tres personas se ven veinte minutos, de pie, y los demás trabajamos
! primero se cancela y luego se mira quién protesta
# @town el formulario
* nuestro impreso tenía nueve páginas y casi nadie llegaba a la última
> escribimos unas instrucciones de siete páginas
+ nos sentamos con veinte vecinos mientras lo rellenaban y tachamos lo que nadie usaba
= quedan dos páginas, y la ventanilla tiene tiempo para las preguntas de verdad
! detrás de cada pregunta debe haber alguien que espere la respuesta
# @farm las manzanas pequeñas
* los supermercados rechazaban un tercio de nuestras manzanas por pequeñas
> aclaramos más los árboles, que son tres semanas de trabajo
+ una cocinera de colegio nos dijo que lo pequeño cabe mejor en manos pequeñas
= once colegios se quedan ahora con todo lo que antes sobraba
! un defecto es a veces un producto sin dirección
# @workshop la pieza de recambio
* una pieza de tres euros nos paró la nave dos días
> en el almacén había nueve motores caros y ni una sola junta
+ preguntamos a los mecánicos qué piezas temían quedarse sin tener
= la lista ocupa una hoja y ya se ha pagado dos veces
! hay que guardar lo que te para, no lo que más cuesta
# el cliente de los domingos
* un cliente se quejaba de todo, por escrito y en domingo
> echábamos a suertes quién le contestaba
+ fui a verle y le pedí que me enseñara lo que más le molestaba
= tenía razón en dos cosas, y hoy nos recomienda
! quien se queja todavía no te ha dado por perdido
# @food la sopa
* tirábamos una olla de sopa cuatro noches de cada cinco
> probamos otra receta, otro cartel y otro precio
+ preguntamos a la gente del mediodía, y la mitad quería llevársela a casa
= la vendemos en tarros a las cinco y a las seis no queda nada
! quien sabe la respuesta suele estar delante de ti
# @school el alumno callado
* un alumno no dijo una palabra en clase de septiembre a Navidad
> le preguntaba con cariño, luego con menos cariño, y luego nada
+ le di la llave del armario de los mapas y le pedí que lo llevara él
= en marzo explicaba las curvas de nivel a toda la clase
! hay quien necesita un encargo antes que una voz
# @town el autobús vacío
* el autobús del barrio nuevo iba vacío y los vecinos seguían pidiendo un autobús
> imprimimos un horario con más colores
+ dos de nosotros vivimos allí una semana y lo perdimos cada mañana por cuatro minutos
= lo movimos seis minutos y lleva a sesenta personas antes de las ocho
! súbete al autobús antes de planificarlo
# @energy la bomba olvidada
* la bomba del centro cívico llevaba en marcha, día y noche, desde que la instalaron
> cambiamos todas las bombillas y no ahorramos casi nada
+ una aprendiza tocó la tubería en agosto y preguntó por qué quemaba
= un temporizador ahorra más que todas las bombillas juntas
! hay que tocar las tuberías en agosto
"""),
    tip_intros=lines("""
- Tres costumbres que me hacen el trabajo más fácil:
- Mi lista del primer año en {org}, que sigue valiendo:
- Nadie me enseñó esto, así que lo paso:
"""),
    tips=lines("""
- Da las gracias con un detalle concreto. Se nota.
- Escribe el correo, espera una hora y manda la mitad.
- Pregunta a la persona más veterana y a la más nueva. La verdad suele estar en medio.
- Di pronto que no lo sabes. Por la mañana sale barato.
- Come una vez por semana con alguien de otro departamento.
- Lee la carta en voz alta a alguien que tenga prisa.
- No mejores dos cosas a la vez: no sabrás cuál funcionó.
"""),
    views=lines("""
- La experiencia se valora demasiado cuando son diez veces el mismo año. Prefiero dos años y buenas
  preguntas.
- El lenguaje claro no es un favor a nadie. Es el único en el que nos pueden exigir lo que
  prometemos.
- Alabamos a quien se queda hasta tarde y nunca preguntamos por qué hacía falta. Yo daría un premio
  por salir a la hora.
"""),
    view_turns=lines("""
- Sé que no todo el mundo lo ve así, y me dejo convencer.
- Lo digo después de haber hecho lo contrario durante años.
- Hay excepciones, claro, y casi todas confirman la regla.
- En {elsewhere} lo hacen así desde hace tiempo y sin darse importancia.
- {first} y yo lo discutimos una noche entera y acabamos en el mismo lado.
"""),
    occasions=lines("""
- @joy Hoy cumplo {years} años en {org}. Empecé con una llave, una taza ajena y una tarea que nadie
  quería. La taza la conservo.|| Me quedé por la gente que te dice la verdad antes de comer y te
  ayuda después a llevar el peso. Gracias, sobre todo, a {member}.
- @evening ¡Qué buena tarde! Treinta personas en {city}, ni una sola diapositiva y una sopa
  excelente. {member} habló de sus errores, y después nos atrevimos los demás.|| Mis notas: empezar
  más pequeño, preguntar a quien hace el trabajo y apuntar también lo que no salió. La próxima, el
  primer {weekday} del mes.
- @ask Una pregunta para todos: ¿cómo conserváis lo que sabe una generación que se jubila a la
  vez?|| En {org} llevamos {n} semanas dándole vueltas. Manuales ya he leído bastantes; prefiero
  oír a quien lo haya hecho, aunque le saliera mal.
- @proud Hoy nuestra aprendiza ha guiado a un grupo de visitantes ella sola, sin papel y sin
  mirarme ni una vez. Hace un año se habría escondido detrás de la puerta.|| Yo solo sujeté un
  abrigo. Ha sido mi mejor día de trabajo de este {month}.
"""),
    reflections=lines("""
- Visto ahora, creo que nos daba miedo la respuesta, porque la pregunta no era difícil.
- No costó casi nada, salvo reconocer que nos habíamos equivocado.
- Lo veía todo el mundo, pero no era tarea de nadie.
- Lo que más me sorprendió fue lo rápido que nos acostumbramos.
- Hubo quien dudaba, y sus preguntas lo mejoraron todo.
"""),
    reactions=lines("""
- @joy ¡Enhorabuena, {author_first}! Muy merecido.
- @evening Fue una tarde estupenda, sigo dándole vueltas a la segunda pregunta.
- @evening Qué pena habérmelo perdido. ¿Habrá notas para los demás?
- @ask Buena pregunta, nosotros también nos la hacemos desde hace tiempo.
- @proud Puedes estar muy orgulloso del trabajo de los dos. Dale recuerdos.
- Totalmente de acuerdo.
- Gracias por contarlo, {author_first}.
- Me he reído, y luego ya no, porque nosotros hacemos lo mismo.
- Se lo he mandado a todo mi equipo.
- No sé si estoy de acuerdo, pero me ha hecho pensar.
- Por textos sinceros como este sigo aquí.
- Hay que tener valor para contarlo así.
"""),
    quotations=lines("""
- «{quote}» Esto va directo a nuestra pared.
- Me quedo con esta frase: «{quote}»
- «{quote}» No se puede decir mejor.
"""),
    remarks=lines("""
- En mi oficio la frase es esta: {own_lesson_low}.
- Me recuerda a lo nuestro: {own_problem}. {own_fix}.
- En {org} fue parecido: {own_problem}. Lo que ayudó fue bien sencillo: {own_fix_low}.
- @ask A nosotros nos sirvió algo muy simple: {own_fix_low}.
- @joy Que vengan muchos más, y con mejor café.
- @evening La próxima vez cuento lo nuestro: {own_problem}.
- @proud Para días así merece la pena enseñar el oficio.
- ¿Cuánto tardó todo el mundo en acostumbrarse?
- A nosotros nos pasó con algo igual de pequeño y tardamos un año en verlo.
- Solo añadiría que alguien tiene que cuidarlo, porque si no se olvida.
- ¿Apuntasteis los números? Me gustaría compararlos con los nuestros.
- Me interesaría saber qué opina {member}.
- En {city} probamos algo parecido y creo que lo dejamos demasiado pronto.
- La semana que viene lo pruebo con mi gente y os cuento.
- Lo difícil suele ser el mes siguiente, cuando vuelven las viejas costumbres.
"""),
    replies=lines("""
- @any Gracias, {author_first}, qué amable. Se lo digo a todo el equipo.
- @any Me has alegrado el {weekday}, {author_first}. Nos vemos pronto, espero que en {city}.
- ¡Gracias, {author_first}! A las {n} semanas ya nadie hablaba de ello.
- Buena pregunta, {author_first}. Lo apuntamos todo y te lo mando con gusto.
- Tienes razón, tendría que haberlo dicho: alguien tiene que cuidarlo.
- Cuando quieras lo hablamos con un café.
"""),
    messages=lines("""
- Hola, {first}, esto es solo para ti: tengo una oferta de {org_two} y todavía no lo sabe nadie.
  ¿Podemos hablar el {weekday}? No se lo cuentes a nadie, por favor.
"""),
    contacts={
        "email": "Para preguntas, {email}.",
        "phone": "Por teléfono es más rápido: {phone}.",
        "name": "{member} y {member_two} estaban allí y lo pueden confirmar.",
    },
    abouts=lines("""
- Llevo {years} años en este oficio y ahora trabajo en {org}, en {city}. Me gustan los equipos
  pequeños, las palabras claras y los problemas que se quedan en nada al mirarlos dos veces.
- Trabajo en {org} y aquí apunto lo que voy aprendiendo, sobre todo de los errores. Contesto
  siempre, aunque a veces sea en domingo.
"""),
    favourites=tuple(
        f"{who} decía siempre: «{saying}»."
        for saying in (
            "Primero el café y luego la catástrofe",
            "A quien lleva el cubo, pregúntale por el pozo",
            "Una mesa limpia es media respuesta",
            "Ningún tejado se arregló escribiendo a la lluvia",
            "Si el mapa y el campo discuten, ponte las botas",
        )
        for who in (
            "Mi abuela",
            "Mi primer jefe",
            "Una vecina",
            "El conserje de mi escuela",
            "Mi tía de {elsewhere}",
            "Un viejo capataz",
        )
    ),
    sign_offs=lines("""
- Seguimos.
- Un saludo desde {city}.
- Buena semana a todos.
- Hasta la próxima.
"""),
)
