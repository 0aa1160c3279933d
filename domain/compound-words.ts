/**
 * Common words of which Dutch compounds are made in the language of municipalities, shops and associations: what the search box takes
 * compounds apart by. Folded, in the singular or as they stand in compounds; none of under three letters, because those are
 * found in everything.
 */
export const compoundWords: ReadonlySet<string> = new Set(
  `
  gemeente raad raden raads wethouder burger burgemeester stad stads dorp dorps wijk buurt straat weg plein brug sluis haven park groen boom bomen
  tuin gracht kade dijk polder strand duin rand ring centrum kern provincie rijks staat land lands kantoor huis stadhuis balie loket
  bestuur bestuurs ambtenaar college commissie fractie partij kiezer verkiezing stem stembus inspraak bewoner inwoner avond bijeenkomst
  overleg vergadering besluit beleid beleids plan plannen nota visie begroting belasting heffing tarief leges subsidie vergunning aanvraag
  bezwaar beroep klacht klachten melding meldpunt punt regel regeling wet wetten toezicht handhaving boete controle
  verkeer verkeers vervoer vervoers fiets fietser auto bus trein tram metro vracht wagen voertuig rij rijbaan baan pad spoor station halte
  parkeer parkeren garage plaats plek bord licht lantaarn paal palen drempel rotonde kruising kruispunt tunnel viaduct stoep stoeptegel tegel
  voetganger voet snelheid snel file omleiding route kaart afslag deel scooter brommer rolstoel taxi laad
  afval vuil vuilnis container bak zak papier glas plastic inzameling recycling milieu straf riool riolering water waterschap regen
  overlast hinder geluid geluids lawaai stank hout kap rook vuur vuurwerk brand brandweer weer politie agent wacht hulp dienst diensten
  ambulance ziekte ziek ziekenhuis zorg zorgverlener jeugd jongeren ouderen kind kinder kinderen gezin gezins ouder moeder vader familie
  school basisschool scholen leerling student leraar leerkracht les onderwijs opvang speel speeltuin klas college bibliotheek boek museum
  theater concert muziek film festival feest markt kermis kerst oud nieuw jaar jaarwisseling zomer winter herfst lente vakantie week weekend
  dag dagen nacht uur maand tijd moment
  bouw bouwer woning woningen woon huur huurder koop eigenaar flat toren grond terrein perceel kavel project ontwikkeling ontwikkelaar
  sloop renovatie onderhoud onderhouds herstel aanleg inrichting werk werkzaamheden werken aannemer steiger dak raam deur muur vloer kamer
  keuken bad toilet trap lift verwarming warmte gas stroom energie zon zonne paneel panelen wind wind molen molens turbine net netwerk aansluiting
  meter isolatie klimaat duurzaam duurzaamheid natuur bos bossen dier dieren vogel hond honden kat katten paard bij bijen insecten
  plant planten bloem gras maai onkruid eik eiken processie rups
  winkel winkels winkelier klant klanten kassa prijs prijzen korting aanbieding actie bon cadeau kado kaartje pas pasje spaar punten
  product producten artikel merk merken voorraad levering lever bezorg bezorger bezorging pakket pakketje post postbode verzend verzending
  kosten geld betaal betaling rekening factuur bank lening hypotheek verzekering verzekeraar premie schade schuld schulden inkomen uitkering
  loon salaris pensioen toeslag bijstand belang arbeid arbeids markt baan vacature personeel personeels medewerker collega chef directeur
  bedrijf bedrijfs bedrijven ondernemer ondernemers handel handels kamer koophandel industrie fabriek productie machine
  telefoon telefoons nummer internet web site webwinkel online app computer systeem storing gegevens data privacy wachtwoord account scherm
  bericht berichten nieuws nieuwsbrief brief krant kranten media radio televisie pers persbericht woordvoerder interview verslag verslaggever
  foto video camera beeld beelden geluid
  vereniging verenigings lid leden contributie bestuurslid voorzitter secretaris penningmeester vrijwilliger vrijwilligers werkgroep groep
  team trainer training wedstrijd sport sporter sporthal hal voetbal hockey tennis zwem zwembad gym atletiek korfbal veld kunstgras kunst club
  clubhuis kantine toernooi competitie beker speler spelers scheids rechter bal doel supporter fan
  kerk kerkhof begraafplaats graf monument erfgoed geschiedenis archief cultuur taal wereld
  gebouw gebouwen zaal ruimte ruimtes locatie adres postcode ingang uitgang lijn dienstregeling reis reiziger reizigers
  gezondheid gezondheids arts huisarts tandarts apotheek medicijn medicijnen vaccin vaccinatie prik patient patienten verpleeg verpleging
  verpleger psychiater psychiatrie wijkteam thuiszorg thuis mantelzorg mantel hulpverlening hulpverlener
  voedsel eten voedselbank drink drinkwater koffie thee brood bakker slager vlees vis groente groenten fruit melk kaas bier wijn
  restaurant cafe terras horeca hotel gast gasten gastvrijheid keten keuring kwaliteit
  eis eisen recht rechten rechtbank rechts advocaat misdaad diefstal inbraak inbreker drugs wapen geweld steekpartij ongeval ongeluk
  slachtoffer verdachte dader getuige aangifte veiligheid veiligheids preventie camerabewaking bewaking beveiliging beveiliger
  vluchteling vluchtelingen asiel asielzoeker zoeker zoekers azc inburgering statushouder statushouders
  klus les lessen cursus cursussen opleiding opleidings toets examen diploma rapport onderzoek onderzoeks onderzoeker wetenschap
  vraag vragen antwoord antwoorden oplossing probleem problemen idee ideeen mening meningen keuze
  schip schepen boot boten veer veerboot vaar vaart vaarweg kanaal rivier meer zee kust vliegtuig vlieg vliegveld luchthaven lucht
  hoofd hoofdweg zij zijstraat midden noord zuid oost west binnen buiten buitengebied gebied gebieden streek regio grens
  `
    .trim()
    .split(/\s+/),
);

/** Whole words and names that only look as if they were made of such words. */
export const wholeWords: ReadonlySet<string> = new Set(
  `
  waterpas zeeland winterswijk noordwijk noordwijkerhout zandvoort westland oostland groenland middelburg bonbon bonbons zondags zondagen
  regelrecht rechtstreeks rechtschapen kerngezond ouderwets gastheer wetmatig
  `
    .trim()
    .split(/\s+/),
);
