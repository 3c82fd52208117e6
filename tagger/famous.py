"""Last names that the world's news, books and music are full of: common knowledge, no data set."""

FAMOUS = """
Obama Trump Biden Clinton Bush Reagan Nixon Kennedy Lincoln Washington Jefferson Roosevelt Carter
Cheney Rumsfeld Powell Rice Kerry Gore McCain Romney Palin Sanders Pelosi Hillary Giuliani Rubio
Cruz Warren Harris Pence Johnson Thatcher Blair Brown Cameron May Corbyn Churchill Merkel Kohl
Schröder Scholz Adenauer Brandt Bismarck Hitler Goebbels Himmler Macron Sarkozy Hollande Chirac
Mitterrand Napoleon Berlusconi Renzi Mussolini Prodi Putin Medvedev Yeltsin Gorbachev Stalin Lenin
Trotsky Zelensky Yushchenko Lukashenko Erdogan Atatürk Netanyahu Sharon Arafat Abbas Rabin Assad
Mubarak Sisi Gaddafi Saddam Khomeini Ahmadinejad Khamenei Rouhani Karzai Musharraf Bhutto Modi
Gandhi Nehru Mao Xi Deng Hu Abe Koizumi Kim Park Moon Marcos Duterte Suharto Jokowi Mandela Mbeki
Zuma Mugabe Lula Dilma Bolsonaro Cardoso Collor Vargas Temer Alckmin Serra Covas Maluf Sarney
Chávez Maduro Castro Guevara Fidel Perón Kirchner Macri Milei Evo Pinochet Allende Fox Calderón
Soares Cavaco Guterres Sócrates Salazar Aznar Zapatero Rajoy Franco Sánchez Havel Walesa Kaczynski
Tusk Orban Tito Milošević Karadžić Mladić Tuđman Mesić Sanader Milanović Plenković Kosor Đinđić
Koštunica Tadić Vučić Nikolić Izetbegović Silajdžić Dodik Thaçi Haradinaj Rugova Berisha Rama Nano
Gruevski Zaev Crvenkovski Trajkovski Đukanović Karamanlis Papandreou Tsipras Basescu Iliescu
Borisov Parvanov Holkeri Ahtisaari Ashdown Solana Annan Ban Schwarz-Schilling Barroso Juncker
Rasmussen Fogh Schlüter Auken Thorning Frederiksen Palme Reinfeldt Löfven Persson Bildt Stoltenberg
Osama Laden Zarqawi Zawahiri Allawi Maliki Sistani Sadr Chalabi Bremer Wolfowitz Snowden Assange
Shakespeare Dickens Austen Tolkien Rowling Orwell Hemingway Twain Poe Joyce Wilde Byron Shelley
Keats Milton Chaucer Goethe Schiller Kafka Brecht Mann Hesse Grass Nietzsche Kant Hegel Marx Engels
Freud Jung Einstein Planck Heisenberg Newton Darwin Galileo Kepler Copernicus Curie Tesla Edison
Hawking Turing Feynman Bohr Fermi Pasteur Euler Gauss Bach Mozart Beethoven Wagner Brahms Schubert
Chopin Liszt Verdi Puccini Vivaldi Tchaikovsky Stravinsky Mahler Strauss Haydn Handel Debussy Ravel
Picasso Dali Monet Manet Renoir Cézanne Gogh Gauguin Rembrandt Vermeer Rubens Goya Velázquez
Michelangelo Raphael Leonardo Titian Caravaggio Warhol Pollock Kahlo Klimt Munch Matisse Chagall
Dante Petrarch Boccaccio Cervantes Borges Márquez Neruda Llosa Cortázar Pessoa Saramago Camões
Machado Amado Coelho Lispector Tolstoy Dostoevsky Chekhov Pushkin Gogol Nabokov Voltaire Rousseau
Hugo Balzac Flaubert Zola Proust Camus Sartre Molière Descartes Montaigne Plato Aristotle Socrates
Homer Virgil Cicero Caesar Augustus Nero Cleopatra Alexander Ibsen Strindberg Andersen Kierkegaard
Lindgren Bergman Fellini Kubrick Spielberg Scorsese Tarantino Hitchcock Lucas Nolan Almodóvar
Polanski Kurosawa Godard Truffaut Chaplin Monroe Brando Bogart Hepburn Kidman Cruise Pitt Jolie
DiCaprio Depp Hanks Roberts Clooney Damon Affleck Streep Schwarzenegger Stallone Willis Gibson
Eastwood Nicholson Pacino Niro Freeman Murphy Sandler Carrey Stiller Ferrell Rogen Seagal Travolta
Madonna Bowie Jagger Lennon McCartney Harrison Ringo Elvis Presley Dylan Springsteen Hendrix Cobain
Zappa Morrison Joplin Marley Prince Jackson Beyoncé Rihanna Adele Shakira Gaga Bieber Swift Perry
Miley Selena Ariana Drake Kanye Eminem Jay-Z Tupac Nicki Sheeran Styles Malik Horan Tomlinson Payne
Timberlake Britney Spears Aguilera Usher Lorde Lana Sia Björk Enya Bono Sting Clapton Gaga Kesha
Kardashian Kim Khloe Kylie Oprah Letterman Leno Fallon Kimmel Colbert Stewart O'Brien DeGeneres
Messi Ronaldo Neymar Maradona Pelé Romário Bebeto Zico Kaká Rivaldo Ronaldinho Beckham Rooney Giggs
Gerrard Lampard Terry Henry Zidane Platini Figo Mourinho Guardiola Ferguson Wenger Klopp Scolari
Suárez Iniesta Xavi Casillas Ramos Benzema Mbappé Pogba Griezmann Kane Salah Lewandowski Ibrahimović
Modrić Šuker Boban Prosinečki Ivanišević Čilić Đoković Djokovic Federer Nadal Murray Agassi Sampras
Becker Graf Williams Serena Sharapova Navratilova Borg Laudrup Schmeichel Müller Beckenbauer
Klinsmann Ballack Schweinsteiger Klose Neuer Schumacher Vettel Hamilton Senna Prost Piquet Alonso
Barrichello Massa Lauda Jordan LeBron Kobe Shaq Curry Durant Iverson Brady Manning Tebow Favre
Woods Phelps Bolt Ali Tyson Mayweather Pacquiao Armstrong Jeter Ruth Gretzky Crosby Tendulkar Dhoni
Kohli Gates Jobs Bezos Zuckerberg Musk Buffett Soros Murdoch Branson Ford Rockefeller Disney
Rushdie Nasreen Chomsky Hitchens Dawkins Foucault Derrida Habermas Popper Wittgenstein Russell
Keynes Hayek Friedman Krugman Greenspan Bernanke Muhammad Jesus Buddha Moses Luther Calvin Francis
Benedict Ratzinger Wojtyla Columbus Magellan Vespucci Cook Drake Gama Cabral Cortés Pizarro Bolívar
Wang Li Zhang Chen Liu Yang Huang Zhao Wu Zhou Nguyen Tran Kim Lee Choi Tanaka Suzuki Sato Yamamoto
Patel Singh Kumar Sharma Khan Ahmed Hussein Hassan Ali Mohammed Ibrahim Abdullah Rahman Okafor
Mensah Diallo Traoré Haddad Cohen Levy Goldberg Ivanov Petrov Smirnov Popov Kuznetsov
"""
