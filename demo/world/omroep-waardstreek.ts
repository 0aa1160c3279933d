import { rss2 } from '#demo/dialects/rss2.ts';
import type { Outlet } from './item.ts';
import { takenOver } from './wire.ts';

export const omroepWaardstreek: Outlet = {
  slug: 'omroep-waardstreek',
  name: 'Omroep Waardstreek',
  about: 'Radio, televisie en nieuws uit de Waardstreek',
  kind: 'news',
  folder: 'Omroepen',
  language: 'nl',
  rhythm: 'newsroom',
  via: { feed: rss2({ body: 'html' }) },
  server: { validators: 'etag', gzip: true },
  tracking: 'utm_source=rss&utm_medium=feed',
  items: [
    ...takenOver('omroep-waardstreek'),
    {
      day: 0,
      later: 'soon',
      title: 'Luisteraars over de brug: ‘Leg er desnoods een touw overheen’',
      text: `Meer dan tweehonderd mensen belden vandaag met ons programma over de Sluisbrug. De een wil een pont, de ander een noodbrug, een derde gratis bussen. Mevrouw Van Dongen uit De Hoven wil vooral weten wie er heeft zitten slapen: ‘Die brug is uit 1958. Dan reken je toch op asbest?’`,
    },
    {
      day: 0,
      later: 'soon',
      title: 'Burgemeester Boelens bezoekt winkeliers Havenkade',
      text: `Burgemeester Harm Boelens liep vandaag langs twaalf winkels aan de Havenkade. Hij kocht een paar sloffen, een kilo mosselen en een boek over bruggen. Over geld voor gedupeerde ondernemers wilde hij niets beloven.`,
    },
    {
      day: 1,
      title: 'Jeugdteam reageert: ‘Wij slapen hier ook slecht van’',
      text: `Teamleider Saskia Burgers van het jeugdteam zegt begrip te hebben voor de boosheid over de wachttijd. ‘Achter elk nummer zit een kind. Mijn mensen weten dat beter dan wie ook.’ Volgens haar zouden zes extra hulpverleners de wachttijd halveren, maar is de arbeidsmarkt leeg.`,
    },
    {
      day: 2,
      title: 'Ratten bij volle containers Beukenlaan',
      text: `Bewoners van de Beukenlaan zien sinds een week ratten rond de ondergrondse containers. De containers gaan niet open en er staan tientallen zakken naast. De gemeente zegt elke ochtend op te ruimen. ‘En elke avond staat het weer vol’, zegt een bewoner. ‘Met wat moeten we anders?’`,
    },
    {
      day: 2,
      title: 'Radioprijs voor serie over verdwenen veerpont',
      text: `Onze vierdelige serie ‘De laatste overtocht’ heeft een regionale radioprijs gewonnen. Maakster Fenna Kroese sprak met elf oud-veerlieden. De serie is terug te luisteren, en ineens weer heel actueel.`,
    },
    {
      day: 3,
      title: 'Waterlelie zoekt badmeesters, desnoods op proef',
      text: `Zwembad De Waterlelie moet de komende weken drie avonden eerder dicht omdat er te weinig toezicht is. Directeur Joke Terpstra roept oud-medewerkers op om bij te springen. ‘Je hoeft niet meer van de hoge te kunnen.’`,
    },
    {
      day: 4,
      title: 'Vuurwerk gooien naar bus: chauffeurs lijn 14 bang',
      text: `In Oost is drie keer vuurwerk naar een bus van lijn 14 gegooid. Een chauffeur heeft een suis in zijn oor die niet overgaat. De bus slaat de halte Zonnehof na zeven uur voorlopig over. Bewoners zijn boos op de gooiers én op de vervoerder.`,
    },
    {
      day: 5,
      title: 'Groen licht voor nieuwe sporthal in Waterrijk',
      text: `De gemeenteraad heeft zonder tegenstem 7,4 miljoen euro uitgetrokken voor een sporthal in Waterrijk. Zes clubs stonden al jaren in de rij voor een plek om te trainen. De eerste bal rolt op zijn vroegst over twee jaar.`,
    },
    {
      day: 6,
      title: 'Stroomstoring Binnenstad: 900 huizen twee uur zonder licht',
      text: `Door een geraakte kabel zaten 900 huishoudens in de Binnenstad tussen vijf en zeven zonder stroom. In restaurant De Kajuit werd bij kaarslicht doorgekookt. ‘Het gas deed het, en het was nog nooit zo gezellig.’`,
    },
    {
      day: 7,
      title: 'Gratis parkeren op koopavond: proef van vier weken',
      text: `Parkeergarage Havenkade is de komende vier donderdagen vanaf zes uur ’s avonds gratis. De gemeente hoopt zo klanten terug te krijgen die nu wegblijven door de dichte brug. Winkeliers hadden op de zaterdag gehoopt.`,
    },
    {
      day: 9,
      title: 'Verpleeghuis De Linde zet bewoners aan het roer',
      text: `Bewoners van De Linde beslissen voortaan zelf wat er gegeten wordt. De eerste uitslag: nasi op dinsdag, pannenkoeken op vrijdag, en nooit meer spruitjes. De stemming was schriftelijk en ‘tamelijk eensgezind’, aldus de kok.`,
    },
    {
      day: 10,
      title: 'Code oranje: dit moet je weten over de storm',
      text: `Vannacht trekt een storm over de Waardstreek, met windstoten tot 115 kilometer per uur. Zet losse spullen binnen, parkeer niet onder bomen en ga de weg niet op als het niet hoeft. De kerktorenklok wordt vastgezet.`,
    },
    {
      day: 12,
      title: 'Nachtopvang dakloze jongeren opent in oud postkantoor',
      text: `In het oude postkantoor kunnen vanaf volgende week acht jongeren slapen die nergens terecht kunnen. Buurtbewoners waren eerst tegen, maar koken nu mee. ‘Toen we hoorden dat het om kinderen uit onze eigen straat ging, was het gesprek klaar’, zegt buurvrouw Anneke.`,
    },
    {
      day: 13,
      title: 'Oud-wethouder Verschoor (88) overleden',
      text: `Dirk Verschoor, twintig jaar wethouder van Lindewaard, is op 88-jarige leeftijd overleden. Hij bracht het zwembad, de rondweg en, tegen zijn eigen partij in, de eerste flats in Oost. ‘Hij kon brommen als een dieselmotor en daarna het gewoon regelen’, zegt zijn opvolger.`,
    },
    {
      day: 15,
      title: 'Wolf gezien bij Noorderpolder, of toch een hond',
      text: `Een fietser filmde dinsdagochtend een groot grijs dier in de Noorderpolder. Volgens een kenner is het een wolf, volgens een andere kenner Boris, de husky van de manege. De manege zegt dat Boris die ochtend binnen was.`,
    },
    {
      day: 17,
      title: 'Tien jaar repaircafé: 4.000 broodroosters gered',
      text: `Het repaircafé in buurthuis De Schakel bestaat tien jaar. Vrijwilligers maakten er naar eigen telling meer dan vierduizend apparaten, meestal broodroosters en stofzuigers. ‘En één keer een kunstgebit. Daar zat een schroefje in, het is gelukt.’`,
    },
    {
      day: 18,
      title: 'Meer handhavers tegen fout parkeren rond scholen',
      text: `Bij vijf basisscholen staan tot de vakantie extra handhavers. In een week tijd schreven ze 61 bonnen uit, de meeste voor ouders die ‘heel even’ op het zebrapad stonden. Een moeder scheldt in onze microfoon, maar zegt erbij dat ze ongelijk heeft.`,
    },
    {
      day: 21,
      title: 'Lindewaard krijgt eerste deelbakfietsen',
      text: `Op zes plekken in de stad staan sinds vandaag elektrische bakfietsen die je per uur kunt huren. Ze kosten 4 euro per uur. De eerste huurder vervoerde een contrabas.`,
    },
    {
      day: 23,
      title: 'Te warm voor schaatsen, dus de ijsclub gaat vissen',
      text: `IJsclub De Vliet heeft al vier winters geen wedstrijd gehouden. Om de leden te houden is er nu een hengelafdeling. ‘Het is hetzelfde water’, zegt de voorzitter, ‘en je wacht ongeveer even lang.’`,
    },
    {
      day: 25,
      title: 'Zorgen om te hoge huur atelierpand',
      text: `De dertig kunstenaars in de oude Touwslagerij krijgen volgend jaar een derde meer huur. De gemeente wil het pand ‘kostendekkend’ maken. Beeldhouwster Lotte Harms rekende uit dat ze dan zeventien beelden per jaar moet verkopen. ‘Ik máák er zes.’`,
    },
    {
      day: 27,
      title: 'Sluiswachter met pensioen na 41 jaar',
      text: `Na 41 jaar en naar schatting 290.000 schepen draait Cor Bezemer vrijdag voor het laatst aan de knoppen van de Lindewaardse sluis. Daarna gaat de bediening naar een centrale vijftig kilometer verderop. ‘Die zien op een scherm hetzelfde als ik’, zegt hij, ‘behalve de mensen.’`,
    },
    {
      day: 1,
      title: 'Bedankjes per post voor redder van peuter',
      text: `Badmeester Danny Verbruggen kreeg deze week 140 kaarten, een taart in de vorm van een zwembad en een jaar gratis friet. ‘Ik deed gewoon wat op mijn rooster stond’, zegt hij. ‘Er staat: opletten.’`,
    },
    {
      day: 3,
      title: 'Buurttaxi zoekt chauffeurs nu late bus verdwijnt',
      text: `De buurttaxi verwacht driemaal zoveel ritten als lijn 14 ’s avonds stopt. Er zijn nu elf chauffeurs, van wie er vier niet graag in het donker rijden. Voorwaarde: een rijbewijs en geen haast.`,
    },
    {
      day: 5,
      title: 'Raad stemt tegen camera’s op Zonneplein',
      text: `Er komen geen camera’s op het Zonneplein. Een meerderheid vindt dat de buurtvaders beter werken en dat een camera niemand naar huis stuurt. De wijkagent zegt blij te zijn met allebei.`,
    },
    {
      day: 8,
      title: 'Boete voor gemeente: archief te laat geopend',
      text: `Lindewaard betaalt 1.442 euro aan een inwoner die 63 dagen te lang moest wachten op stukken over de Touwbaan. De inwoner geeft het geld aan de voedselbank, ‘en volgende keer wil ik liever de stukken’.`,
    },
    {
      day: 14,
      title: 'Record: 640 deelnemers bij avondwandeling in het donker',
      text: `Alle straatlantaarns in de Noorderpolder gingen een uur uit. 640 mensen liepen mee, zonder zaklamp. ‘Ik heb voor het eerst in jaren de Melkweg gezien’, zegt een deelnemer, ‘en een sloot net niet.’`,
    },
    {
      day: 20,
      title: 'Nieuwe dienstregeling: overstap in Ambtwaard gaat vaak mis',
      text: `Reizigers van de trein naar lijn 14 hebben straks vier minuten om over te stappen. De bus staat aan de andere kant van het spoor, en de lift doet het sinds maandag niet. Wij deden de proef: het lukt, als je niets bij je hebt en hard kunt rennen.`,
    },
    {
      day: 24,
      title: 'Spreeuwen keren terug boven station',
      text: `Elke avond om half vijf trekken tienduizenden spreeuwen boven het station hun figuren. Reizigers missen er treinen door. De NS-medewerker op perron 1 roept het inmiddels om.`,
    },
    {
      later: true,
      day: 0,
      title: 'Wethouder Tuinstra vanavond live in de uitzending over de Sluisbrug',
      text: `Wethouder Marleen Tuinstra beantwoordt vanavond om zeven uur vragen van luisteraars over de Sluisbrug. Stuur je vraag in via de app. We hebben er nu al 140, en ja, de pont zit erbij.`,
    },
    {
      later: true,
      day: 0,
      title: 'Asbestsaneerders beginnen woensdag bij Sluisbrug',
      text: `Een gespecialiseerd bedrijf begint woensdag met het weghalen van het asbest bij de westelijke oprit. Er komt een witte tent omheen. Volgens de gemeente loopt niemand gevaar, ook niet op het schoolplein aan de overkant.`,
    },
    {
      later: true,
      day: 0,
      title: 'Bushalte Zonnehof gaat na zeven uur weer open',
      text: `De halte Zonnehof in Oost wordt ’s avonds weer aangedaan door lijn 14. Buurtvaders lopen de komende weken mee op straat. ‘Wij kennen die jongens’, zegt een van hen. ‘En zij kennen ons.’`,
    },
  ],
};
