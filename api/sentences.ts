import type { ErrorCode } from '#domain/errors.ts';
import type { Language } from './language.ts';

type Words = { title: string; detail: string };

/** What each refusal says, in both languages. What happened, why, and what to do; never an echo of what was sent. */
export const sentences = {
  invalid_request: {
    nl: { title: 'Deze aanvraag klopt niet.', detail: 'Kijk bij errors welk onderdeel niet past en waarom.' },
    en: { title: 'This request is not right.', detail: 'See errors for the part that does not fit and why.' },
  },
  signed_out: {
    nl: { title: 'Je bent niet aangemeld.', detail: 'Meld je aan; wat je schreef blijft bewaard.' },
    en: { title: 'You are not signed in.', detail: 'Sign in; what you wrote is kept.' },
  },
  forbidden: {
    nl: {
      title: 'Dit mag jouw rol niet.',
      detail: 'Vraag een beheerder als je dit nodig hebt. Er is niets veranderd.',
    },
    en: { title: 'Your role may not do this.', detail: 'Ask an administrator if you need it. Nothing was changed.' },
  },
  not_own: {
    nl: { title: 'Dit schreef een collega.', detail: 'Alleen wie iets schreef, kan het veranderen of intrekken.' },
    en: { title: 'A colleague wrote this.', detail: 'Only who wrote something can change or withdraw it.' },
  },
  wrong_credentials: {
    nl: {
      title: 'Dit e-mailadres en wachtwoord horen niet bij elkaar.',
      detail: 'Probeer het nog eens, of vraag een beheerder om een link voor een nieuw wachtwoord.',
    },
    en: {
      title: 'This e-mail address and password do not match.',
      detail: 'Try again, or ask an administrator for a link to a new password.',
    },
  },
  too_many_attempts: {
    nl: {
      title: 'Dit is te vaak geprobeerd.',
      detail: 'Wacht een kwartier, of vraag een beheerder om een link voor een nieuw wachtwoord.',
    },
    en: {
      title: 'This was tried too often.',
      detail: 'Wait a quarter of an hour, or ask an administrator for a link to a new password.',
    },
  },
  already_set_up: {
    nl: { title: 'Er is hier al iemand.', detail: 'Meld je aan, of vraag een beheerder om je toe te voegen.' },
    en: { title: 'Somebody is here already.', detail: 'Sign in, or ask an administrator to add you.' },
  },
  code_needed: {
    nl: { title: 'De startcode klopt niet.', detail: 'De code staat in het logboek van de server, bij het starten.' },
    en: {
      title: 'The setup code is not right.',
      detail: 'The code stands in the log of the server, where it started.',
    },
  },
  link_used: {
    nl: {
      title: 'Deze link is al gebruikt.',
      detail: 'Meld je aan met het wachtwoord dat je toen koos, of vraag een beheerder om een nieuwe link.',
    },
    en: {
      title: 'This link was used already.',
      detail: 'Sign in with the password you chose then, or ask an administrator for a new link.',
    },
  },
  link_expired: {
    nl: { title: 'Deze link is verlopen.', detail: 'Vraag een beheerder om een nieuwe link.' },
    en: { title: 'This link has expired.', detail: 'Ask an administrator for a new link.' },
  },
  email_exists: {
    nl: {
      title: 'Dit e-mailadres is al van een collega.',
      detail: 'Er is niemand toegevoegd. Is die collega weg geweest? Zet die dan weer aan.',
    },
    en: {
      title: 'A colleague has this e-mail address already.',
      detail: 'Nobody was added. Were they away? Then activate them again.',
    },
  },
  name_taken: {
    nl: {
      title: 'Zo heet hier al iemand.',
      detail:
        'Anderen zouden je voor die persoon aanzien. Kies een naam met een verschil, zoals je voorletter of organisatie.',
    },
    en: {
      title: 'Somebody here has this name already.',
      detail: 'Others would take you for them. Choose a name that differs, with an initial or your organisation.',
    },
  },
  sign_in_first: {
    nl: {
      title: 'Met dit e-mailadres kan geen nieuw account worden gemaakt.',
      detail: 'Heb je hier al een account? Meld je dan aan en open de uitnodiging opnieuw; de link werkt nog.',
    },
    en: {
      title: 'No new account can be made with this e-mail address.',
      detail: 'Do you have an account here? Then sign in and open the invitation again; the link still works.',
    },
  },
  invitation_used: {
    nl: {
      title: 'Deze uitnodiging is al gebruikt.',
      detail: 'Was jij dat? Meld je dan aan. Anders: vraag wie je uitnodigde om een nieuwe link.',
    },
    en: {
      title: 'This invitation was used already.',
      detail: 'Was that you? Then sign in. If not: ask who invited you for a new link.',
    },
  },
  invitation_expired: {
    nl: {
      title: 'Deze uitnodiging is verlopen.',
      detail: 'Een link werkt twee weken. Vraag wie je uitnodigde om een nieuwe.',
    },
    en: {
      title: 'This invitation has expired.',
      detail: 'A link works for two weeks. Ask who invited you for a new one.',
    },
  },
  invitation_revoked: {
    nl: {
      title: 'Deze uitnodiging is ingetrokken.',
      detail: 'Vraag wie je uitnodigde of je nog welkom bent in een ander gesprek.',
    },
    en: {
      title: 'This invitation was taken back.',
      detail: 'Ask who invited you whether you are welcome in another conversation.',
    },
  },
  last_administrator: {
    nl: {
      title: 'Er moet een beheerder overblijven.',
      detail: 'Maak eerst een collega beheerder. Er is niets veranderd.',
    },
    en: {
      title: 'An administrator has to remain.',
      detail: 'Make a colleague administrator first. Nothing was changed.',
    },
  },
  not_colleague: {
    nl: {
      title: 'Deze persoon werkt hier dan niet.',
      detail: 'Kies een dag waarop die hier werkt. Er is niets veranderd.',
    },
    en: {
      title: 'This person does not work here then.',
      detail: 'Choose a day on which they work here. Nothing was changed.',
    },
  },
  host_needed: {
    nl: {
      title: 'Een kring zou zonder tafelheer of tafeldame zijn.',
      detail: 'Bij errors staat welke. Laat die eerst overdragen. Er is niets veranderd.',
    },
    en: {
      title: 'A circle would be without a host.',
      detail: 'See errors for which. Have them handed over first. Nothing was changed.',
    },
  },
  not_left: {
    nl: {
      title: 'Deze persoon is niet weg en gaat niet weg.',
      detail: 'Wie hier nooit werkte, geef je een relatie. Er is niets veranderd.',
    },
    en: {
      title: 'This person has not left and is not leaving.',
      detail: 'Give a relation to who never worked here. Nothing was changed.',
    },
  },
  import_refused: {
    nl: {
      title: 'Er zitten fouten in dit bestand.',
      detail: 'Bij errors staat per regel wat er niet klopt. Er is niemand toegevoegd.',
    },
    en: {
      title: 'There are mistakes in this file.',
      detail: 'See errors for what is wrong in each line. Nobody was added.',
    },
  },
  wrong_password: {
    nl: { title: 'Je huidige wachtwoord klopt niet.', detail: 'Je wachtwoord is niet veranderd.' },
    en: { title: 'Your present password is not right.', detail: 'Your password was not changed.' },
  },
  key_reused: {
    nl: {
      title: 'Deze aanvraag is al gebruikt voor iets anders.',
      detail: 'Stuur het nog eens met een nieuwe Idempotency-Key.',
    },
    en: { title: 'This request was used for something else.', detail: 'Send it again with a new Idempotency-Key.' },
  },
  changed_meanwhile: {
    nl: {
      title: 'Dit is intussen veranderd.',
      detail: 'Je tekst is niet geplaatst en staat er nog. Kijk wat er veranderde en probeer het nog eens.',
    },
    en: {
      title: 'This was changed meanwhile.',
      detail: 'Your text was not placed and is kept. See what changed and try again.',
    },
  },
  audience_changed: {
    nl: {
      title: 'Er leest nu iemand anders mee.',
      detail: 'Je tekst is niet geplaatst en niemand heeft hem gezien. Kijk wie er meeleest en plaats hem dan.',
    },
    en: {
      title: 'Somebody else reads along now.',
      detail: 'Your text was not placed and nobody saw it. See who reads along, then place it.',
    },
  },
  frame_changed: {
    nl: {
      title: 'De afspraken van deze kring zijn veranderd.',
      detail: 'Je tekst is niet geplaatst en staat er nog. Lees eerst waar het gesprek nu over gaat.',
    },
    en: {
      title: 'The frame of this circle was changed.',
      detail: 'Your text was not placed and is kept. Read first what the talk is about now.',
    },
  },
  muted: {
    nl: {
      title: 'Je kunt in deze kring even niet schrijven.',
      detail:
        'Een tafelheer of tafeldame heeft dat zo gezet. Je tekst is niet geplaatst en staat er nog; de reden staat in je inbox.',
    },
    en: {
      title: 'You cannot write in this circle for now.',
      detail: 'A host set it so. Your text was not placed and is kept; the reason is in your inbox.',
    },
  },
  thread_closed: {
    nl: {
      title: 'Dit gesprek is gesloten.',
      detail: 'Een tafelheer of tafeldame sloot het in deze kring. Je tekst is niet geplaatst en staat er nog.',
    },
    en: {
      title: 'This conversation is closed.',
      detail: 'A host closed it in this circle. Your text was not placed and is kept.',
    },
  },
  circle_ended: {
    nl: {
      title: 'Deze kring is afgelopen.',
      detail: 'Lezen kan nog, schrijven niet meer. Je tekst is niet geplaatst en staat er nog.',
    },
    en: {
      title: 'This circle has ended.',
      detail: 'It can be read, not written in. Your text was not placed and is kept.',
    },
  },
  not_writable: {
    nl: {
      title: 'Je kunt hier meelezen, niet meeschrijven.',
      detail: 'Je tekst is niet geplaatst en staat er nog. Vraag een tafelheer of tafeldame als je iets wilt zeggen.',
    },
    en: {
      title: 'You can read here, not write.',
      detail: 'Your text was not placed and is kept. Ask a host if you want to say something.',
    },
  },
  reply_withdrawn: {
    nl: { title: 'Deze reactie is ingetrokken.', detail: 'Je kunt een nieuwe schrijven.' },
    en: { title: 'This reply was withdrawn.', detail: 'You can write a new one.' },
  },
  circle_incomplete: {
    nl: { title: 'Deze kring kan nog niet open.', detail: 'Kijk bij errors wat er nog ontbreekt.' },
    en: { title: 'This circle cannot open yet.', detail: 'See errors for what is still missing.' },
  },
  circle_name_taken: {
    nl: { title: 'Er is al een kring met deze naam.', detail: 'Kies een andere naam. Er is niets veranderd.' },
    en: { title: 'There is a circle of this name already.', detail: 'Choose another name. Nothing was changed.' },
  },
  last_host: {
    nl: {
      title: 'Een kring heeft altijd een tafelheer of tafeldame.',
      detail: 'Draag de kring eerst over aan een collega. Er is niets veranderd.',
    },
    en: {
      title: 'A circle always has a host.',
      detail: 'Hand the circle over to a colleague first. Nothing was changed.',
    },
  },
  not_host: {
    nl: {
      title: 'Dit doet een tafelheer of tafeldame van deze kring.',
      detail: 'Vraag het een van hen. Er is niets veranderd.',
    },
    en: { title: 'A host of this circle does this.', detail: 'Ask one of them. Nothing was changed.' },
  },
  member_is_host: {
    nl: {
      title: 'Dit kan niet bij een tafelheer of tafeldame.',
      detail: 'Geef die collega eerst een andere rol in de kring. Er is niets veranderd.',
    },
    en: {
      title: 'This cannot be done to a host.',
      detail: 'First give that colleague another role in the circle. Nothing was changed.',
    },
  },
  one_thread_only: {
    nl: { title: 'Deze kring gaat over één gesprek.', detail: 'Begin voor een ander gesprek een andere kring.' },
    en: { title: 'This circle is about one conversation.', detail: 'Open another circle for another conversation.' },
  },
  move_exists: {
    nl: {
      title: 'Deze verplaatsing is al gevraagd.',
      detail: 'Wacht op wat de schrijvers antwoorden. Er is niets veranderd.',
    },
    en: {
      title: 'This move was asked for already.',
      detail: 'Wait for what its authors answer. Nothing was changed.',
    },
  },
  move_over: {
    nl: { title: 'Deze verplaatsing is al voorbij.', detail: 'Kijk in het gesprek hoe het er nu voor staat.' },
    en: { title: 'This move is over already.', detail: 'See in the conversation how it stands now.' },
  },
  not_agreed: {
    nl: {
      title: 'Er is niets dat mee mag.',
      detail: 'Niemand heeft nog ja gezegd voor de eigen woorden. Alles staat nog waar het stond.',
    },
    en: {
      title: 'There is nothing that may go along.',
      detail: 'Nobody has said yes for their own words. Everything is still where it was.',
    },
  },
  case_changed: {
    nl: { title: 'Een collega was je net voor.', detail: 'Er is niets veranderd. Kijk hoe het er nu voor staat.' },
    en: { title: 'A colleague was just ahead of you.', detail: 'Nothing was changed. See how it stands now.' },
  },
  case_held: {
    nl: { title: 'Een collega heeft dit opgepakt.', detail: 'Vraag om het over te dragen, of neem het over.' },
    en: { title: 'A colleague has taken this.', detail: 'Ask them to hand it over, or take it over.' },
  },
  no_outside: {
    nl: { title: 'Dit gesprek heeft geen buitenkant.', detail: 'Alleen wat buiten is gezegd, kan beantwoord worden.' },
    en: { title: 'This conversation has no outside.', detail: 'Only what was said outside can be answered.' },
  },
  query_refused: {
    nl: {
      title: 'Deze zoekvraag kan zo niet.',
      detail: 'Kijk bij query wat er niet past, waar het staat en wat er kan.',
    },
    en: {
      title: 'This question cannot be asked like this.',
      detail: 'See query for what does not fit, where it stands and what can.',
    },
  },
  search_exists: {
    nl: {
      title: 'Je bewaart al een zoekvraag met deze naam.',
      detail: 'Kies een andere naam, of pas die zoekvraag aan. Er is niets veranderd.',
    },
    en: {
      title: 'You keep a search of this name already.',
      detail: 'Choose another name, or change that search. Nothing was changed.',
    },
  },
  too_many_searches: {
    nl: { title: 'Je bewaart al 200 zoekvragen.', detail: 'Verwijder er een om een nieuwe te bewaren.' },
    en: { title: 'You keep 200 searches already.', detail: 'Remove one to keep another.' },
  },
  not_found: {
    nl: { title: 'Dit is er niet.', detail: 'Het bestaat niet, niet meer, of het is niet voor jou te zien.' },
    en: { title: 'There is nothing here.', detail: 'It does not exist, no longer exists, or is not yours to see.' },
  },
  method_not_allowed: {
    nl: { title: 'Dat kan hier niet.', detail: 'Dit adres kent deze methode niet; Allow noemt wat wel kan.' },
    en: {
      title: 'That cannot be done here.',
      detail: 'This address does not know that method; Allow lists what it does.',
    },
  },
  unsupported_media_type: {
    nl: {
      title: 'Deze soort inhoud lezen we hier niet.',
      detail: 'De documentatie op /api noemt wat hier gestuurd kan worden.',
    },
    en: {
      title: 'This kind of content is not read here.',
      detail: 'The documentation at /api lists what can be sent here.',
    },
  },
  too_large: {
    nl: { title: 'Dit is te groot.', detail: 'Stuur 256 kB of minder, of 2 MB voor een OPML-bestand.' },
    en: { title: 'This is too large.', detail: 'Send 256 kB or less, or 2 MB for an OPML file.' },
  },
  source_exists: {
    nl: { title: 'Deze bron volg je al.', detail: 'Er is niets toegevoegd of veranderd.' },
    en: { title: 'You already follow this source.', detail: 'Nothing was added or changed.' },
  },
  source_removed: {
    nl: { title: 'Deze bron is verwijderd.', detail: 'Voeg hem opnieuw toe om hem weer te volgen.' },
    en: { title: 'This source was removed.', detail: 'Add it again to follow it again.' },
  },
  source_paused: {
    nl: { title: 'Deze bron staat stil.', detail: 'Zet hem eerst weer aan; dan wordt hij meteen gelezen.' },
    en: { title: 'This source is not being read.', detail: 'Resume it first; then it is read at once.' },
  },
  author_unknown: {
    nl: {
      title: 'Van dit bericht kennen we geen schrijver.',
      detail: 'De bron noemde er geen, of de tekst is hier al gewist. Kies een ander bericht van deze schrijver.',
    },
    en: {
      title: 'We know no author of this mention.',
      detail: 'The source named none, or the text is wiped already. Choose another mention by this author.',
    },
  },
  topic_exists: {
    nl: { title: 'Er is al een onderwerp met deze naam.', detail: 'Kies een andere naam. Er is niets veranderd.' },
    en: { title: 'There is a topic of this name already.', detail: 'Choose another name. Nothing was changed.' },
  },
  topic_incomplete: {
    nl: { title: 'Dit onderwerp kan nog niet verzamelen.', detail: 'Kijk bij errors wat er nog ontbreekt.' },
    en: { title: 'This topic cannot collect yet.', detail: 'See errors for what is still missing.' },
  },
  topic_changed: {
    nl: {
      title: 'Een collega heeft dit onderwerp intussen veranderd.',
      detail: 'Er is niets bewaard. Kijk wat er veranderde en bewaar dan opnieuw.',
    },
    en: {
      title: 'A colleague changed this topic meanwhile.',
      detail: 'Nothing was saved. See what changed, then save again.',
    },
  },
  too_many_topics: {
    nl: { title: 'Er zijn al 1.000 onderwerpen.', detail: 'Verwijder er eerst een dat niemand meer gebruikt.' },
    en: { title: 'There are 1,000 topics already.', detail: 'First remove one that nobody uses any more.' },
  },
  run_under_way: {
    nl: {
      title: 'Dit onderwerp wordt nog met terugwerkende kracht toegepast.',
      detail: 'Wacht tot dat klaar is en probeer het dan opnieuw.',
    },
    en: {
      title: 'This topic is still being applied to what was there already.',
      detail: 'Wait until that is done, then try again.',
    },
  },
  not_undoable: {
    nl: {
      title: 'Dit kan niet meer worden teruggedraaid.',
      detail: 'Dat kan een week lang, en alleen de laatste keer. Er is niets veranderd.',
    },
    en: {
      title: 'This can no longer be undone.',
      detail: 'That is possible for a week, and only the last time. Nothing was changed.',
    },
  },
  not_a_feed: {
    nl: {
      title: 'Hier is niets om te volgen.',
      detail: 'Op dit adres staat geen feed, en de pagina noemt er ook geen.',
    },
    en: { title: 'There is nothing to follow here.', detail: 'This address holds no feed, and its page names none.' },
  },
  address_refused: {
    nl: {
      title: 'Dit adres halen we niet op.',
      detail: 'Alleen openbare adressen op http of https, op de gewone poorten.',
    },
    en: {
      title: 'We do not fetch this address.',
      detail: 'Only public addresses over http or https, on the usual ports.',
    },
  },
  unreachable: {
    nl: {
      title: 'Dit adres gaf geen bruikbaar antwoord.',
      detail: 'Controleer het adres, of probeer het later nog eens.',
    },
    en: { title: 'This address gave no usable answer.', detail: 'Check the address, or try again later.' },
  },
  contact_missing: {
    nl: {
      title: 'Er is nog geen contactadres ingesteld.',
      detail: 'Openbare sites worden pas gelezen als CONTACT of PUBLIC_URL zegt wie er leest.',
    },
    en: {
      title: 'No contact is configured yet.',
      detail: 'Public sites are read only once CONTACT or PUBLIC_URL says who is reading.',
    },
  },
  too_many_streams: {
    nl: {
      title: 'Er staan al te veel live-verbindingen open.',
      detail: 'Sluit een tabblad, of probeer het zo nog eens.',
    },
    en: { title: 'Too many live connections are open.', detail: 'Close a tab, or try again in a moment.' },
  },
  busy: {
    nl: { title: 'Er wordt al veel opgehaald.', detail: 'Probeer het over enkele seconden nog eens.' },
    en: { title: 'Much is being fetched already.', detail: 'Try again in a few seconds.' },
  },
  cross_origin: {
    nl: { title: 'Een andere site mag dit niet vragen.', detail: 'Er is niets gelezen of veranderd.' },
    en: { title: 'Another site may not ask this.', detail: 'Nothing was read or changed.' },
  },
  unknown_host: {
    nl: {
      title: 'Onder deze naam zijn we niet te bereiken.',
      detail: 'Stel PUBLIC_URL in op het adres dat je gebruikt.',
    },
    en: { title: 'We cannot be reached under this name.', detail: 'Set PUBLIC_URL to the address you use.' },
  },
  unavailable: {
    nl: { title: 'Dit kan nu even niet.', detail: 'De database antwoordt niet of start nog. Probeer het zo nog eens.' },
    en: {
      title: 'This cannot be done right now.',
      detail: 'The database does not answer or is starting. Try again in a moment.',
    },
  },
  internal: {
    nl: { title: 'Er ging iets mis bij ons.', detail: 'Het staat in het logboek. Probeer het nog eens.' },
    en: { title: 'Something went wrong on our side.', detail: 'It is in the log. Please try again.' },
  },
} satisfies Record<ErrorCode, Record<Language, Words>>;

/** What is wrong with one part of a request, where no schema can say it. */
export const parts = {
  relations: {
    nl: 'Twee keer dezelfde relatie kan niet op dezelfde dag gelden.',
    en: 'The same relation cannot hold twice on one day.',
  },
  day: { nl: 'Deze dag is te vroeg of te laat.', en: 'This day is too early or too late.' },
  moved: {
    nl: 'Je antwoordt alleen voor wat je zelf schreef.',
    en: 'You answer only for what you wrote yourself.',
  },
  agreed: {
    nl: 'Deze persoon zit niet in deze kring, of die is alleen voor collega’s.',
    en: 'This person is not in this circle, or it is for colleagues only.',
  },
  cursor: {
    nl: 'Is geen cursor van deze lijst met deze filters.',
    en: 'Is not a cursor of this list with these filters.',
  },
  source: { nl: 'Deze bron is er niet.', en: 'There is no such source.' },
  connector: { nl: 'Zo’n soort bron kennen we niet.', en: 'We know no such kind of source.' },
  settings: { nl: 'Past niet bij deze soort bron.', en: 'Does not fit this kind of source.' },
  topic: { nl: 'Dit onderwerp is er niet.', en: 'There is no such topic.' },
  version: { nl: 'Deze versie is er niet.', en: 'There is no such version.' },
  legalBasis: {
    nl: 'Kies op welke grondslag (AVG) dit verzameld mag worden.',
    en: 'Choose the legal basis (GDPR) on which this may be collected.',
  },
  topicQuery: { nl: 'Schrijf eerst een zoekvraag.', en: 'Write a query first.' },
  idleTopic: {
    nl: 'Terugkijken kan zodra dit onderwerp verzamelt: kies het bij het starten.',
    en: 'Looking back is possible once this topic collects: choose it when you start it.',
  },
  opml: { nl: 'Is geen leesbaar OPML-bestand.', en: 'Is not a readable OPML file.' },
  file: { nl: 'Hier hoort een bestand.', en: 'A file belongs here.' },
  audience: { nl: 'Is geen publiek van deze kring.', en: 'Is not an audience of this circle.' },
  circle: { nl: 'In deze kring kun je hier niet schrijven.', en: 'You cannot write here in this circle.' },
  references: {
    nl: 'Past niet bij de tekst, of wijst naar iets dat er niet is.',
    en: 'Does not fit the text, or points to something that is not there.',
  },
  circleName: { nl: 'Geef de kring een naam van één regel.', en: 'Give the circle a name of one line.' },
  frameQuestion: {
    nl: 'Schrijf de vraag waar de kring over gaat.',
    en: 'Write the question that the circle is about.',
  },
  frameInScope: { nl: 'Schrijf wat erbij hoort.', en: 'Write what belongs to it.' },
  frameOutOfScope: { nl: 'Schrijf wat er niet bij hoort.', en: 'Write what does not belong to it.' },
  frameResult: { nl: 'Schrijf wat er met de uitkomst gebeurt.', en: 'Write what happens with the result.' },
  frameHouseRule: { nl: 'Schrijf een huisregel.', en: 'Write a house rule.' },
  frameEndsOn: { nl: 'Kies een laatste dag: vandaag of later.', en: 'Choose a last day: today or later.' },
  keptByNobody: {
    nl: 'Tot die dag is er geen tafelheer of tafeldame. Kies een eerdere dag, of laat eerst iemand anders het worden.',
    en: 'Until that day nobody is host. Choose an earlier day, or have somebody else become host first.',
  },
  frameAfterEnd: {
    nl: 'Kies wat gasten na de laatste dag nog kunnen: lezen of niets.',
    en: 'Choose what guests can do after the last day: read, or nothing.',
  },
  circleHosts: {
    nl: 'Kies minstens één tafelheer of tafeldame: een collega.',
    en: 'Choose at least one host: a colleague.',
  },
  circleDeputies: {
    nl: 'Kies minstens één vervanger: een collega die nog geen tafelheer of tafeldame is.',
    en: 'Choose at least one deputy: a colleague who is not a host.',
  },
  memberUntil: {
    nl: 'Wie van buiten komt, heeft een laatste dag: hooguit 180 dagen verder.',
    en: 'Who comes from outside has a last day: at most 180 days on.',
  },
  guestRole: { nl: 'Alleen een collega kan tafelheer of tafeldame zijn.', en: 'Only a colleague can be a host.' },
  key: { nl: 'Hier hoort een Idempotency-Key (UUID).', en: 'An Idempotency-Key (UUID) belongs here.' },
  period: { nl: 'Is geen periode van hooguit 366 dagen.', en: 'Is not a period of at most 366 days.' },
  person: {
    nl: 'Deze collega is er niet, of mag dit niet.',
    en: 'There is no such colleague, or they may not do this.',
  },
  guestFilter: { nl: 'Hierop kun je niet filteren.', en: 'You cannot filter by this.' },
  guestDay: {
    nl: 'Kies een laatste dag: morgen of later, en hooguit 180 dagen vooruit.',
    en: 'Choose a last day: tomorrow or later, and at most 180 days ahead.',
  },
  deputy: {
    nl: 'Kies een collega als vervanger, iemand anders dan jijzelf.',
    en: 'Choose a colleague as deputy, somebody other than you.',
  },
  question: {
    nl: 'Dit gesprek heeft geen titel meer. Schrijf zelf de vraag op.',
    en: 'This conversation no longer has a title. Write the question yourself.',
  },
  author: {
    nl: 'Kies iemand uit deze kring, en een bericht waarover hier wordt gepraat.',
    en: 'Choose somebody in this circle, and a mention that is talked about here.',
  },
  upTo: { nl: 'Is geen moment dat al is geweest.', en: 'Is not a moment that has been.' },
  undo: { nl: 'Dit kan niet meer ongedaan worden gemaakt.', en: 'This can no longer be undone.' },
  body: { nl: 'Is niet te lezen als JSON.', en: 'Cannot be read as JSON.' },
} satisfies Record<string, Record<Language, string>>;

/** More exact reasons for the outside not answering, by the stable word of HttpError or SourceError. */
export const reasons: Record<string, Record<Language, string>> = {
  'reply-nowhere': {
    nl: 'Dit gesprek is er niet meer, of het is niet voor jou te zien. Je tekst is niet geplaatst en staat er nog.',
    en: 'This conversation no longer exists, or is not yours to see. Your text was not placed and is kept.',
  },
  'change-not_writable': {
    nl: 'Waar dit staat, schrijf je niet meer; er is niets veranderd. Intrekken kun je het altijd.',
    en: 'You no longer write where this stands; nothing was changed. You can always withdraw it.',
  },
  'change-circle_ended': {
    nl: 'Wat er gezegd is, blijft nu staan zoals het is; er is niets veranderd. Intrekken kun je het nog.',
    en: 'What was said now stays as it is; nothing was changed. You can still withdraw it.',
  },
  'change-muted': {
    nl: 'Een tafelheer of tafeldame heeft dat zo gezet; er is niets veranderd. Intrekken kun je het wel.',
    en: 'A host set it so; nothing was changed. You can withdraw it, though.',
  },
  'change-thread_closed': {
    nl: 'Wat er gezegd is, blijft nu staan zoals het is; er is niets veranderd. Intrekken kun je het nog.',
    en: 'What was said now stays as it is; nothing was changed. You can still withdraw it.',
  },
  'change-frame_changed': {
    nl: 'Er is niets veranderd. Lees eerst waar het gesprek nu over gaat en bewaar dan. Intrekken kun je het altijd.',
    en: 'Nothing was changed. Read first what the talk is about now, then save. You can always withdraw it.',
  },
  'change-audience_changed': {
    nl: 'Je andere woorden zijn niet bewaard en niemand heeft ze gezien. Kijk wie er meeleest en bewaar ze dan. Intrekken kun je het altijd.',
    en: 'Your other words were not saved and nobody saw them. See who reads along, then save them. You can always withdraw it.',
  },
  'move-not-writable': {
    nl: 'Verplaatsen kan tussen kringen waarin je zelf meeschrijft. Er is niets veranderd.',
    en: 'You move between circles in which you write yourself. Nothing was changed.',
  },
  'move-not-host': {
    nl: 'Een gesprek verplaatst een tafelheer of tafeldame van deze kring, of wie het begon. Wat anderen schreven, nemen alleen zij mee naar binnen.',
    en: 'A host of this circle moves a conversation, or who began it. What others wrote only a host takes inward.',
  },
  'move-not-yours': {
    nl: 'Alleen wie de verplaatsing vroeg, voert hem uit. Er is niets veranderd.',
    en: 'Only who asked for the move carries it out. Nothing was changed.',
  },
  'move-circle-ended': {
    nl: 'Een van de twee kringen is afgelopen. Er is niets veranderd.',
    en: 'One of the two circles has ended. Nothing was changed.',
  },
  'move-muted': {
    nl: 'In een van de twee kringen mag je nu niet schrijven. Er is niets veranderd.',
    en: 'In one of the two circles you may not write now. Nothing was changed.',
  },
  'move-thread-closed': {
    nl: 'In de andere kring is dit gesprek gesloten. Er is niets veranderd.',
    en: 'In the other circle this conversation is closed. Nothing was changed.',
  },
  'move-audience': {
    nl: 'Er is niets verplaatst. Kijk wie er nu meeleest en bevestig het dan opnieuw.',
    en: 'Nothing was moved. See who reads along now, then confirm again.',
  },
  'move-asked-again': {
    nl: 'Er is niets verplaatst. Wie al ja zei, zei dat voor minder lezers en is opnieuw gevraagd; wat niet opnieuw mag, blijft staan.',
    en: 'Nothing was moved. Who had said yes did so for fewer readers and was asked anew; what is not agreed to again stays.',
  },
  'move-title': {
    nl: 'Wie dit gesprek begon, moet ja zeggen voor de titel. Alles staat nog waar het stond.',
    en: 'Who began this conversation has to say yes for its title. Everything is still where it was.',
  },
  timeout: { nl: 'De site antwoordde niet op tijd.', en: 'The site did not answer in time.' },
  'too-slow': { nl: 'Het lezen duurde te lang.', en: 'Reading it took too long.' },
  // That is all we know: without a connection of our own no name is found either.
  dns: {
    nl: 'We vonden deze naam niet: klopt het adres, en is er verbinding?',
    en: 'We did not find this name: is the address right, and is there a connection?',
  },
  tls: { nl: 'De beveiligde verbinding van de site klopt niet.', en: "The site's secure connection is not in order." },
  connect: { nl: 'Er kwam geen verbinding tot stand.', en: 'No connection could be made.' },
  'too-large': { nl: 'Wat hier staat is groter dan 10 MB.', en: 'What is here is larger than 10 MB.' },
  redirects: { nl: 'De site stuurt te vaak door.', en: 'The site redirects too often.' },
  'bot-wall': {
    nl: 'De site laat alleen mensen binnen, geen lezers zoals wij.',
    en: 'The site lets in people only, no readers such as us.',
  },
  login: {
    nl: 'Dit adres vraagt om aanmelden; daar lezen we niet achter.',
    en: 'This address asks for a login; we do not read behind it.',
  },
  empty: { nl: 'Het antwoord was leeg.', en: 'The answer was empty.' },
  'web-page': {
    nl: 'Dit is een webpagina, en hij noemt geen feed.',
    en: 'This is a web page, and it names no feed.',
  },
  'not-a-feed': {
    nl: 'Wat op dit adres staat is geen feed en geen webpagina.',
    en: 'What is at this address is neither a feed nor a web page.',
  },
  'not-found': {
    nl: 'Op dit adres is geen pagina (404). Klopt het adres?',
    en: 'There is no page at this address (404). Is the address right?',
  },
  'no-account': {
    nl: 'Zo’n account of hashtag is er niet. Klopt de naam?',
    en: 'There is no such account or hashtag. Is the name right?',
  },
  status: {
    nl: 'De site antwoordde met een foutmelding. Klopt het adres?',
    en: 'The site answered with an error. Is the address right?',
  },
  'server-error': {
    nl: 'De site heeft een storing. Probeer het later nog eens.',
    en: 'The site is failing. Try again later.',
  },
  encoding: {
    nl: 'Wat hier staat is zo verpakt of gecodeerd dat we het niet kunnen lezen.',
    en: 'What is here is packed or encoded in a way that we cannot read.',
  },
  'too-deep': {
    nl: 'Wat hier staat is zo diep genest dat het geen gewone feed is.',
    en: 'What is here is nested so deep that it is no ordinary feed.',
  },
  'not-opml': { nl: 'Dit is geen OPML-bestand.', en: 'This is not an OPML file.' },
  doctype: {
    nl: 'Een OPML-bestand met een DOCTYPE lezen we niet.',
    en: 'An OPML file with a DOCTYPE is not read.',
  },
  'private-address': {
    nl: 'Dit adres ligt op een eigen of lokaal netwerk. FETCH_ALLOW kan het toestaan.',
    en: 'This address lies on a private or local network. FETCH_ALLOW can permit it.',
  },
  port: {
    nl: 'Alleen de poorten 80, 443, 8080 en 8443 worden gelezen. FETCH_ALLOW kan een andere toestaan.',
    en: 'Only the ports 80, 443, 8080 and 8443 are read. FETCH_ALLOW can permit another.',
  },
  scheme: {
    nl: 'Alleen adressen die met http of https beginnen.',
    en: 'Only addresses that begin with http or https.',
  },
  'invalid-url': { nl: 'Dit is geen leesbaar adres.', en: 'This is not a readable address.' },
};
