import { atom } from '#demo/dialects/atom.ts';
import { rss2 } from '#demo/dialects/rss2.ts';
import type { Outlet } from './item.ts';
import { takenOver } from './wire.ts';

export const verkeerZuidwest: Outlet = {
  slug: 'verkeer-zuidwest',
  name: 'Verkeer Zuidwest',
  about: 'Wegwerk, files en afsluitingen',
  kind: 'news',
  folder: 'Verkeer',
  language: 'nl',
  rhythm: 'office',
  via: { feed: rss2({ body: 'plain', stamped: true }) },
  server: { validators: 'none' },
  items: [
    ...takenOver('verkeer-zuidwest'),
    {
      day: 0,
      title: 'Molenweg Lindewaard: 25 minuten vertraging',
      text: 'Op de omleiding voor de Sluisbrug staat het verkeer richting station vast vanaf de rotonde Oost. Houd rekening met 25 minuten extra.',
    },
    {
      day: 2,
      title: 'Spoorovergang Stationsweg vannacht dicht',
      text: 'Tussen 23.30 en 05.00 uur wordt aan het spoor gewerkt. Autoverkeer via de tunnel, fietsers en voetgangers kunnen wel over.',
    },
    {
      day: 4,
      title: 'Rotonde Oost: rijbaan versmald',
      text: 'Door herstel van een verzakking is de rotonde Oost tot vrijdag eenbaans. Vrachtverkeer wordt verzocht de ring te nemen.',
    },
    {
      day: 7,
      title: 'Kerkplein afgesloten voor opbouw ijsbaan',
      text: 'Het Kerkplein is vanaf maandag zeven uur dicht voor auto’s. Laden en lossen kan tot tien uur via de Kerkstraat.',
    },
    {
      day: 10,
      title: 'Noorderdijk: snelheid terug naar 30',
      text: 'Vanwege trillingen bij het heien geldt op de Noorderdijk de komende weken 30 kilometer per uur. Er wordt gecontroleerd.',
    },
    {
      day: 15,
      title: 'Asfaltwerk Sluisweg een dag eerder klaar',
      text: 'Het asfalt op de Sluisweg ligt er. De weg is sinds vanmiddag vier uur weer open tot aan de brug.',
    },
    {
      day: 22,
      title: 'Flitspaal Havenkade tijdelijk uit',
      text: 'De flitspaal aan de Havenkade staat uit omdat er geen doorgaand verkeer is. Hij is wel gewoon zichtbaar.',
    },
    {
      later: true,
      day: 0,
      title: 'Ongeval omleiding Sluisbrug: Molenweg één rijbaan dicht',
      text: 'Na een kop-staartbotsing op de Molenweg is één rijbaan dicht. Niemand is gewond. Vertraging loopt op tot 40 minuten.',
    },
    {
      later: true,
      day: 0,
      title: 'Molenweg weer vrij',
      text: 'De auto’s zijn geborgen. De vertraging op de omleiding neemt af en is nu ongeveer een kwartier, zoals elke dag.',
    },
  ],
};

export const reizigersLijn14: Outlet = {
  slug: 'reizigers-lijn-14',
  name: 'Reizigers Lijn 14',
  about: 'Wij zitten in de bus. Soms.',
  kind: 'blog',
  folder: 'Verkeer',
  language: 'nl',
  rhythm: 'evening',
  via: { feed: rss2({ body: 'html' }) },
  server: { validators: 'both' },
  items: [
    ...takenOver('reizigers-lijn-14'),
    {
      day: 1,
      by: 'Hedwig',
      title: 'Omrijden in cijfers',
      text: 'Sinds de brug dicht is: 112 ritten geklokt door zestien reizigers. Gemiddeld 17 minuten later, één keer 4 minuten vroeger. Dat was een vergissing van de chauffeur.',
    },
    {
      day: 3,
      by: 'Hedwig',
      title: 'Gesprek met de vervoerder: verslag',
      text: 'Ze luisterden, ze schreven, ze hadden koekjes. Toezegging: één late rit op vrijdag en zaterdag, als proef tot de zomer. Niet genoeg, wel iets. Wij hadden ook koekjes mee.',
    },
    {
      day: 6,
      by: 'Ilona',
      title: 'Rolstoel in bus 14: vandaag lukte het',
      text: 'Na drie mislukte pogingen deze maand ging de klep vandaag open. De chauffeur had hem zelf gesmeerd, in zijn pauze. Meneer, als u dit leest: dank.',
    },
    {
      day: 13,
      by: 'Hedwig',
      title: 'Waarom staan er geen vertrektijden meer bij Zonnehof?',
      text: 'Het bord is weg, de paal staat er nog. Volgens de vervoerder hangt het bord er. Wij stuurden een foto. Volgens de vervoerder is dat een foto van een andere paal.',
    },
    {
      day: 20,
      by: 'Ilona',
      title: 'Ode aan chauffeur Ton',
      text: 'Hij wacht als je rent. Dat is alles. Dat is alles wat een bus moet kunnen.',
    },
    {
      later: true,
      day: 0,
      by: 'Hedwig',
      title: 'Halte Zonnehof ’s avonds weer bediend',
      text: 'Vanaf vanavond stopt lijn 14 weer na zevenen bij Zonnehof. Met dank aan de buurtvaders. Neem gerust een thermoskan mee voor ze.',
    },
  ],
};

export const fietsersLindewaard: Outlet = {
  slug: 'fietsers-lindewaard',
  name: 'Fietsers Lindewaard',
  about: 'Voor veilig en vlot fietsen in de gemeente',
  kind: 'organisation',
  folder: 'Verkeer',
  language: 'nl',
  rhythm: 'evening',
  via: { feed: atom() },
  server: { validators: 'last-modified' },
  items: [
    ...takenOver('fietsers-lindewaard'),
    {
      day: 0,
      later: 'soon',
      by: 'Annelies Mulder',
      title: 'Open brief aan wethouder Tuinstra',
      text: `Geachte wethouder, u kent de Molenweg. Twee rijstroken, geen fietspad, 11.000 auto’s per dag en nu ook onze kinderen.

Wij vragen drie dingen: een pont vóór volgende week, 30 kilometer op de omleiding, en een lamp bij de stuw. Het eerste is moeilijk, het tweede een bord, het derde een lamp.`,
    },
    {
      day: 3,
      by: 'Annelies Mulder',
      title: 'Telling: 1.420 fietsers zijn verdwenen',
      text: 'Vóór de afsluiting fietsten er 2.300 mensen per dag over de Sluisbrug. Op de omleiding tellen we er 880. De rest zit in de auto, in de bus of thuis. Dat is geen omleiding, dat is een lek.',
    },
    {
      day: 9,
      by: 'Bas',
      title: 'Lichtactie: 140 fietslampjes uitgedeeld',
      text: 'Bij het station deelden we lampjes uit aan wie er geen had. Eén jongen had er vier maar alle vier leeg. Hij kreeg batterijen en een preek, de preek was gratis.',
    },
    {
      day: 16,
      by: 'Bas',
      title: 'Fietspad Vlietoever eindelijk glad',
      text: 'Jarenlang de beruchtste wortels van de stad, nu beton. Credits waar credits horen: de gemeente heeft geluisterd en er is geen boom gekapt.',
    },
    {
      day: 12,
      by: 'Bas',
      title: 'Na de storm: deze paden zijn nog dicht',
      text: 'Jaagpad tussen de stuw en de volkstuinen, Vlietoever ter hoogte van de boothuizen, en het pad achter de school. Op dat laatste ligt een schutting. Alweer een.',
    },
    {
      day: 20,
      by: 'Annelies Mulder',
      title: 'Deelbakfietsen: ons oordeel na twee weken',
      text: 'Ze rijden goed, ze remmen goed en ze staan precies op de stoep waar de rolstoelen langs moeten. Verplaats de vakken een meter en wij zijn fan.',
    },
    {
      day: 25,
      by: 'Annelies Mulder',
      title: 'Stalling station vol om kwart over acht',
      text: 'Elke dag weer. Er staan 212 weesfietsen. Label ze, haal ze weg, klaar. Wij helpen met labelen.',
    },
  ],
};

export const schipperEnSluis: Outlet = {
  slug: 'schipper-en-sluis',
  name: 'Schipper & Sluis',
  about: 'Vakblad voor de binnenvaart op klein water',
  kind: 'news',
  folder: 'Verkeer',
  language: 'nl',
  rhythm: 'office',
  via: { feed: rss2({ body: 'content' }) },
  server: { validators: 'both', gzip: true },
  items: [
    ...takenOver('schipper-en-sluis'),
    {
      day: 2,
      title: 'Bediening op afstand: eerste maand in Lindewaard',
      text: 'De sluis in Lindewaard wordt nu bediend vanuit de centrale. Gemiddelde wachttijd: 14 minuten, was 9. Schippers missen vooral het praatje. ‘Ik kreeg altijd het weer mee, en de voetbaluitslagen.’',
    },
    {
      day: 10,
      title: 'Stremming Vliet wegens storm opgeheven',
      text: 'De scheepvaart op de Vliet is sinds 11.00 uur weer vrij. Let op drijvend hout en, ter hoogte van kilometerpaal 12, een trampoline.',
    },
    {
      day: 19,
      title: 'Walstroom Havenkade: stekkers passen niet',
      text: 'De zes nieuwe walstroomkasten aan de Havenkade hebben een aansluiting die op geen enkel klein schip past. De gemeente levert verloopstukken. Die zijn besteld.',
    },
    {
      day: 27,
      title: 'Cor Bezemer sluit de deuren',
      text: 'Na 41 jaar is de sluiswachter van Lindewaard met pensioen. Wij voeren een laatste keer mee en vroegen naar zijn mooiste schip. ‘Het volgende’, zei hij.',
    },
  ],
};
