import { rss2 } from '#demo/dialects/rss2.ts';
import type { Outlet } from './item.ts';
import { takenOver } from './wire.ts';

export const waardbode: Outlet = {
  slug: 'waardbode',
  name: 'De Waardbode',
  about: 'Dagblad voor Lindewaard en omstreken, sinds 1911',
  kind: 'news',
  folder: 'Kranten',
  language: 'nl',
  rhythm: 'newsroom',
  via: { feed: rss2({ body: 'content' }) },
  server: { validators: 'both', gzip: true },
  items: [
    ...takenOver('waardbode'),
    {
      day: 0,
      later: true,
      title: 'Bewoners De Hoven eisen pont: ‘Twaalf minuten om is met een bakfiets een half uur’',
      by: 'Karin Doeleman',
      picture: 'De afgesloten Sluisbrug, gezien vanaf de Havenkade',
      text: `Een handtekeningenactie voor een fietspont bij de Sluisbrug heeft in één ochtend 812 namen opgeleverd. Initiatiefnemer Yara Schenk bracht gisteren nog haar zoon met de bakfiets naar school, via de Molenweg. ‘Daar is geen fietspad. Je rijdt tussen de vrachtwagens met een kind van vier voorop.’

De gemeente laat weten dat een pont ‘wordt onderzocht’, maar dat de stroming bij de sluis lastig is. In 2019, bij de vorige afsluiting, voer er wel een.`,
    },
    {
      day: 0,
      title: 'Column: de brug als weerbericht',
      by: 'Theo Wagenaar',
      text: `Vroeger vroegen we elkaar op het Kerkplein of het ging regenen. Nu vragen we of hij al open is. Niemand zegt nog wélke hij.

Mijn buurman heeft een app gebouwd die de hele dag ‘nee’ zegt. Hij heeft 340 gebruikers. Gisteren viel de app tien minuten uit en kreeg hij boze berichten: mensen wilden zeker weten dat het nog steeds nee was.`,
    },
    {
      day: 0,
      title: 'Dief van kerstverlichting brengt alles terug, met excuusbrief',
      by: 'Redactie',
      text: `De zestig meter kerstverlichting die dinsdagnacht van de gevel van ’t Veerhuis verdween, lag vanochtend netjes opgerold weer op de stoep. Erbij een briefje: ‘Ik schaam me dood. Er zijn drie lampjes stuk, hier is 5 euro.’ De eigenaar doet geen aangifte. ‘Ik heb er vooral om moeten lachen.’`,
      edit: {
        afterMinutes: 4,
        title: 'Dief van kerstverlichting brengt alles terug, en blijkt de buurjongen',
        text: `De zestig meter kerstverlichting die dinsdagnacht van de gevel van ’t Veerhuis verdween, lag vanochtend netjes opgerold weer op de stoep. Erbij een briefje: ‘Ik schaam me dood. Er zijn drie lampjes stuk, hier is 5 euro.’ De eigenaar doet geen aangifte. ‘Ik heb er vooral om moeten lachen.’

Aanvulling: de dief heeft zich gemeld. Het is de buurjongen (17), die een weddenschap had verloren. Hij helpt zaterdag met ophangen.`,
      },
    },
    {
      day: 1,
      title: 'Gemeente zet regelaars neer op de Molenweg',
      by: 'Karin Doeleman',
      text: `Vanaf maandag staan er in de spits vier verkeersregelaars op de kruisingen van de Molenweg. De omleiding loopt daar elke ochtend vast. Een wachttijd van 25 minuten is volgens de gemeente ‘geen uitzondering meer’.

Huisarts Pieter Lamers, die er zijn praktijk heeft, is blij maar laat. ‘Ik heb nu drie weken lang patiënten die te laat komen én een hoge bloeddruk hebben.’`,
    },
    {
      day: 1,
      title: 'Bibliotheek in zuivelfabriek trekt in eerste week 6.200 bezoekers',
      by: 'Sem Akkerman',
      picture: 'De leeszaal onder de oude koelketels',
      text: `De nieuwe bibliotheek De Vliet, in de oude zuivelfabriek, telde in de eerste week 6.200 bezoekers. Dat zijn er meer dan het oude gebouw in twee maanden haalde. Het populairst is de leeszaal onder de koelketels, waar op woensdagmiddag geen stoel meer vrij was.

Kritiek is er ook: de galm. ‘Je hoort een kind van twee op de begane grond een boek uitkiezen’, zegt een student. De bibliotheek belooft wandkleden.`,
    },
    {
      day: 2,
      title: 'Afvalpas hapert: bewoners zetten zakken naast container',
      by: 'Sem Akkerman',
      text: `Aan de Beukenlaan, de Iepenhof en het Stationsplein gaan ondergrondse containers al dagen niet open met de afvalpas. Bewoners zetten hun zakken ernaast, met meeuwen en ratten als gevolg. Volgens de inzamelaar is een update van de kaartlezers misgegaan. Bellen helpt niet: wie het nummer op de container draait, krijgt een leverancier in Duitsland aan de lijn.`,
    },
    {
      day: 2,
      title: 'Paspoort in tien minuten: nieuwe balie werkt, zegt bijna iedereen',
      by: 'Karin Doeleman',
      text: `Sinds het stadskantoor alleen nog op afspraak werkt, is de wachttijd aan de paspoortbalie gedaald van 34 naar 9 minuten. Bezoekers geven gemiddeld een 8,1. Minder blij zijn ouderen zonder computer: voor hen is er één telefoonlijn, en die is tussen tien en twaalf vaak bezet.`,
    },
    {
      day: 3,
      title: 'Parkeergarage Havenkade half leeg, straten ernaast vol',
      by: 'Redactie',
      text: `Van de 410 plaatsen in parkeergarage Havenkade is er sinds de afsluiting van de Sluisbrug gemiddeld de helft vrij. In de Kuiperstraat en de Touwbaan staat het juist vol: daar is parkeren gratis. Bewoners willen vergunningen, winkeliers willen dat de garage een maand gratis wordt. De wethouder wil eerst tellen.`,
    },
    {
      day: 3,
      title: 'VV Lindewaard wint streekderby in blessuretijd',
      by: 'Sportredactie',
      text: `Een kopbal van Milan de Roo in de 94e minuut bezorgde VV Lindewaard zondag een 2-1 zege op Ambtwaardse Boys. Ruim negenhonderd toeschouwers zagen een wedstrijd die lang niets was en toen ineens alles. ‘Ik dacht dat ik buitenspel stond’, gaf De Roo toe. ‘Maar ik ga het niet terugkijken.’`,
    },
    {
      day: 4,
      title: 'Wachtlijst jeugdhulp: moeder wacht al veertien maanden',
      by: 'Noor Hazelaar',
      text: `Haar dochter van negen gaat al sinds de zomer van vorig jaar niet meer naar school. ‘We krijgen elke drie maanden een brief waarin staat dat we nog op de lijst staan’, zegt de moeder, die niet met haar naam in de krant wil. ‘Het enige wat beweegt, is de datum bovenaan.’

Het jeugdteam zegt niet op een enkel geval in te kunnen gaan, maar noemt de wachttijd ‘pijnlijk’.`,
    },
    {
      day: 5,
      title: 'Snoeiwerk langs de Vliet uitgesteld vanwege ijsvogel',
      by: 'Redactie',
      text: `Het waterschap wacht met snoeien langs de Vliet. Een wandelaar fotografeerde vorige week een ijsvogelpaar bij de oude steiger. Het snoeien gaat nu pas na het broeden door. De wandelaar, een gepensioneerde natuurkundeleraar, wil de plek niet verraden.`,
    },
    {
      day: 5,
      title: 'Ondernemer plant 2.000 bollen in berm, gemeente maait ze weg',
      by: 'Sem Akkerman',
      text: `Bloemist Greet Oosting had ze zelf betaald en met veertig buurtkinderen in de grond gezet. Vrijdag kwam de maaimachine, te vroeg en te diep. ‘Ik heb staan schreeuwen, maar die man had gehoorbescherming op.’ De gemeente biedt excuses aan en nieuwe bollen. Oosting: ‘En veertig kinderen graag.’`,
    },
    {
      day: 7,
      title: 'Lindewaard legt waterfontein aan op Stationsplein, zonder water',
      by: 'Karin Doeleman',
      text: `De nieuwe fontein op het Stationsplein is klaar, maar spuit niet. De pomp past niet in de put, zo bleek bij de oplevering. De put is gemaakt naar een tekening waarop de maten in inches stonden. Over zes weken komt een kleinere pomp; tot die tijd is het een bank.`,
    },
    {
      day: 9,
      title: 'Politie waarschuwt voor nep-handhavers met pinapparaat',
      by: 'Redactie',
      text: `Twee mannen in gele hesjes hielden dinsdag fietsers aan bij de Sluisweg en vroegen 60 euro voor rijden zonder licht, direct te pinnen. Het waren geen handhavers. Een echte boa heeft een pas en vraagt nooit geld op straat, benadrukt de gemeente.`,
    },
    {
      day: 10,
      title: 'Basisschool De Regenboog gaat vier dagen open wegens lerarentekort',
      by: 'Noor Hazelaar',
      text: `Groepen 5 tot en met 8 van De Regenboog blijven tot de zomer op vrijdag thuis. De school zoekt al sinds maart drie leerkrachten. Ouders kregen vijf dagen de tijd om opvang te regelen. ‘Ik snap het tekort’, zegt vader Bas Kuin. ‘Maar vijf dagen, dat is gewoon niet serieus.’`,
    },
    {
      day: 12,
      title: 'Dijkversterking: 60 woningen krijgen scheurmeters',
      by: 'Sem Akkerman',
      text: `Het waterschap plakt de komende maand scheurmeters op de gevels van zestig huizen langs de Noorderdijk. Zo kan later worden aangetoond of het heien schade gaf. Bewoners zijn gematigd tevreden. ‘Vorige keer moesten we dat zelf bewijzen, met krijtstreepjes’, herinnert Jan Pronk (83) zich.`,
    },
    {
      day: 13,
      title: 'Lindewaardse bakker wint provinciale oliebollentest',
      by: 'Redactie',
      picture: 'Een schaal oliebollen met poedersuiker',
      text: `‘Licht, niet vet, en een korst die praat als je erin bijt.’ De jury was er snel uit: de beste oliebol van de provincie komt uit de Kerkstraat. Bakker Rachid Amrani bakt ze nog naar het recept van zijn voorganger, plus één ding dat hij niet zegt.`,
    },
    {
      day: 14,
      title: 'Gemeente sluit jaar af met plus van 1,3 miljoen',
      by: 'Karin Doeleman',
      text: `Lindewaard houdt dit jaar 1,3 miljoen euro over. Dat komt vooral doordat er minder is gebouwd dan gedacht en doordat openstaande banen niet vervuld werden. De oppositie noemt dat ‘geen meevaller maar een gat waar werk had moeten zijn’. Het geld gaat naar de reserve.`,
    },
    {
      day: 17,
      title: 'Sluisbrug: werk ligt voor op schema, zegt aannemer',
      by: 'Redactie',
      text: `Het gaat goed met de Sluisbrug. De stalen liggers liggen op hun plaats en volgens de aannemer is er een week speling. Als het niet gaat vriezen, rijdt de eerste auto eerder dan beloofd over de brug. De wethouder durft dat nog niet toe te zeggen, ‘maar ik slaap goed’.`,
    },
    {
      day: 18,
      title: 'Tachtig reacties op plan voor woningen aan de Touwbaan',
      by: 'Noor Hazelaar',
      text: `Op het plan voor 64 appartementen aan de Touwbaan kwamen tachtig reacties binnen. De meeste gaan over de hoogte (vijf lagen), de schaduw en de vraag waar iedereen moet parkeren. Twaalf mensen schreven dat ze juist graag willen dat er snel wordt gebouwd, ‘want mijn dochter woont op haar 29e nog op zolder’.`,
    },
    {
      day: 20,
      title: 'Vrijwilligers halen 214 fietsen uit de Vliet',
      by: 'Sem Akkerman',
      text: `Met magneten, haken en een geleende kraan haalden vrijwilligers zaterdag 214 fietsen uit het water bij de Havenkade. Ook boven kwamen een kluis (leeg), een paspop en negen verkeersborden. De oudste fiets is vermoedelijk van voor de oorlog.`,
    },
    {
      day: 22,
      title: 'Huisartsen: stop met verwijzen naar vol jeugdteam',
      by: 'Noor Hazelaar',
      text: `De zeven huisartsen van Lindewaard verwijzen kinderen voorlopig niet meer naar het jeugdteam, maar rechtstreeks naar instellingen in de regio. ‘We sturen ze anders naar een muur’, zegt huisarts Lamers. Volgens de gemeente maakt dat het voor de kinderen die al wachten niet beter.`,
    },
    {
      day: 24,
      title: 'Hondenbelasting gaat weg, hondenpoep blijft',
      by: 'Redactie',
      text: `Lindewaard schaft de hondenbelasting af. Die bracht 190.000 euro op en kostte 120.000 aan innen. Met de poep heeft het niets te maken, benadrukt de wethouder: die mag nog steeds niet op de stoep.`,
    },
    {
      day: 26,
      title: 'Zwembadmedewerker redt peuter en gaat daarna koffie zetten',
      by: 'Karin Doeleman',
      text: `Toezichthouder Danny Verbruggen (24) sprong zondag met kleren en al het diepe in toen een peuter van twee door een openstaand hekje was gelopen. ‘Ze hoestte, ze huilde, het was goed.’ Daarna zette hij koffie voor de ouders, met natte mouwen. Het hekje is gemaakt.`,
    },
    {
      day: 28,
      title: 'Afvalpas voor iedereen: dit verandert er',
      by: 'Redactie',
      text: `Alle huishoudens in de hoogbouw krijgen deze maand een nieuwe afvalpas. Daarmee gaan de ondergrondse containers open. Per keer betaal je 85 cent. Wie de pas kwijt is, krijgt er één gratis; de volgende kost 15 euro. Grofvuil blijft op afspraak.`,
    },
    {
      day: 29,
      title: 'Klachten over geur in De Hoven: het is de mest',
      by: 'Sem Akkerman',
      text: `De omgevingsdienst kreeg in twee dagen 64 meldingen over stank in De Hoven. Metingen sluiten een lek uit. Het is de mest die boeren in de Noorderpolder uitrijden nu het nog mag. ‘Zaterdag is het over’, zegt de woordvoerder. ‘Tenzij de wind draait.’`,
    },
    {
      day: 1,
      title: 'Ingezonden: Bruggen bouw je met mensen die er nog wonen',
      by: 'H. Terlouw, De Hoven',
      text: `Vijftig jaar geleden stond de brugwachter gewoon in het telefoonboek. Nu moet ik een ticket aanmaken om te vragen hoe laat ik naar mijn zuster kan. Zij is 90. Zij heeft geen ticket, zij heeft soep.`,
    },
    {
      day: 4,
      title: 'Winkel van Sinkel? Stadskantoor verhuurt eigen hal',
      by: 'Karin Doeleman',
      text: `De grote hal van het stadskantoor is in het weekend te huur voor feesten. De eerste boeking is binnen: een veertigjarig jubileum met een hoempaband. Bij de balie ligt vanaf maandag een schoonmaakrooster.`,
    },
    {
      day: 6,
      title: 'Fietser geschept op zebrapad bij station',
      by: 'Redactie',
      text: `Een 34-jarige fietser uit Ambtwaard is gisteravond aangereden op het zebrapad voor het station. Hij ligt met een gebroken been in het ziekenhuis. De automobilist zegt dat hij verblind werd door de kerstverlichting. De gemeente gaat er een paar lampen uit draaien.`,
    },
    {
      day: 8,
      title: 'Wethouder Tuinstra graaft zelf bollen in',
      by: 'Sem Akkerman',
      text: `Met laarzen, een schep en veertig kinderen om zich heen plantte wethouder Tuinstra woensdag de weggemaaide bollen opnieuw. Er staat nu een hekje om, en een bordje: ‘Hier niet maaien. Echt niet.’`,
    },
    {
      day: 11,
      title: 'Trampoline dobbert twee kilometer de Vliet af',
      by: 'Redactie',
      text: `Een trampoline uit De Hoven waaide vannacht over drie tuinen het water in en werd bij kilometerpaal 12 gevonden door een schipper. Er zat een eend op. De eigenaar kan hem ophalen; de eend bleef zitten.`,
    },
    {
      day: 15,
      title: 'Ouders zamelen 11.000 euro in voor schoolplein zonder tegels',
      by: 'Noor Hazelaar',
      text: `Stroopwafels, een sponsorloop en één anonieme gift van 5.000 euro: De Regenboog krijgt een groen plein. Kinderen mochten ontwerpen. Er komt een heuvel, een modderkeuken en ‘een plek om boos te zijn’.`,
    },
    {
      day: 21,
      title: 'Meer meldingen van eenzaamheid bij huisartsen',
      by: 'Noor Hazelaar',
      text: `Huisartsen in Lindewaard zien meer mensen die eigenlijk voor een gesprek komen. Eén op de zes bezoeken van mensen boven de 75 heeft geen medische aanleiding. De gemeente betaalt twee ‘praktijkmaatjes’ die langsgaan met koffie in plaats van een recept.`,
    },
    {
      day: 25,
      title: 'Ruim 300 sollicitanten voor baan als brugwachter op afstand',
      by: 'Karin Doeleman',
      text: `Voor zes plekken in de nieuwe bediencentrale meldden zich 312 mensen, onder wie twee piloten en een goochelaar. De goochelaar is door naar de tweede ronde.`,
    },
    {
      day: 27,
      title: 'Lindewaard telt 61 laadpalen, waarvan 14 kapot',
      by: 'Sem Akkerman',
      text: `Wij gingen langs met een stekker. Van de 61 openbare laadpalen deden er 14 het niet, stonden er 9 achter een geparkeerde aanhanger en was er één in gebruik als boekenruilkast.`,
    },
    {
      later: true,
      day: 0,
      title: 'Raadsleden fietsen zelf de omleiding: ‘Dit kan zo niet’',
      by: 'Karin Doeleman',
      text: `Vijf raadsleden reden vanmiddag op de fiets de omleiding over de Molenweg. Halverwege stapten er twee af. ‘Ik heb drie keer mijn adem ingehouden’, zei Ineke Postma. Ze willen nog deze week een motie voor een pont.`,
    },
    {
      later: true,
      day: 0,
      title: 'Afvalpas: lezers op alle containers worden vannacht vervangen',
      by: 'Sem Akkerman',
      text: `De inzamelaar vervangt vannacht de kaartlezers van alle 118 ondergrondse containers. Daarna moeten de passen weer werken. Tot die tijd mag afval op drie plekken gratis worden ingeleverd: de milieustraat, het Stationsplein en de parkeerplaats van De Waterlelie.`,
    },
    {
      later: true,
      day: 0,
      title: 'Kat zit zes uur vast in brugklep, komt er zelf uit',
      by: 'Redactie',
      text: `De brandweer rukte uit met een ladder, een duiker en een blik tonijn. Na zes uur liep kater Sjaak zonder op of om te kijken de Sluisbrug af, langs de hekken, naar huis. ‘Hij is de eerste die er weer overheen is’, zegt zijn eigenaar.`,
    },
    {
      later: true,
      day: 0,
      title: 'Pont bij Sluisbrug? Oud-veerman biedt zich aan',
      by: 'Karin Doeleman',
      text: `Wim Kalkman (71) voer in 2019 drie maanden heen en weer bij de Sluisbrug. Het draaiboek ligt nog in zijn la. ‘Ze hoeven maar te bellen. Alleen de boot, die is inmiddels een terras.’`,
    },
  ],
};
