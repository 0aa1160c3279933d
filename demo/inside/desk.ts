import { sql } from 'kysely';
import type { NoAnswerReason } from '#domain/desk.ts';
import type { Database } from '#storage/database.ts';
import { outsideCircle } from '#storage/schema.ts';
import type { ColleagueKey } from './people.ts';

/** What the desk did: `after` minutes after the mention came out. What is not here waits, if its source is one that waits. */
export type Handled = { about: string; by: ColleagueKey; after: number } & (
  | { kind: 'taken' }
  | { kind: 'answered'; text: string }
  | { kind: 'unanswered'; reason: NoAnswerReason; note?: string }
);

export const handled: Handled[] = [
  { about: 'Sluisbrug blijft drie weken langer dicht', by: 'sanne', after: 3, kind: 'taken' },
  { about: 'Drie weken omfietsen met twee kleuters?', by: 'ravi', after: 2, kind: 'taken' },
  {
    about: 'Afvalpas doet het niet bij container Beukenlaan 40',
    by: 'ravi',
    after: 95,
    kind: 'answered',
    text: 'Dag Corrie, container Beukenlaan 40 krijgt vannacht een nieuwe lezer. Tot dan werkt die bij de kerk. Zakken ernaast halen we morgenochtend op. Groet, Ravi van de gemeente.',
  },
  {
    about: 'Nieuwe bankjes langs de Vliet: mooi, maar waar is de prullenbak?',
    by: 'sanne',
    after: 75,
    kind: 'answered',
    text: 'Fijn dat de bankjes bevallen. De zes prullenbakken volgen volgende week, met deksel vanwege de meeuwen. Groet, Sanne van de gemeente.',
  },
  {
    about: 'Noodbrug: weet iemand of een bakfiets erover mag?',
    by: 'ravi',
    after: 52,
    kind: 'answered',
    text: 'Dat mag: de noodbrug is 1,60 meter breed en vanaf vrijdag 7 uur open voor fietsen en bakfietsen.',
  },
  {
    about: 'Wachtlijst zwemles nu zeven maanden??',
    by: 'ravi',
    after: 150,
    kind: 'answered',
    text: 'Zwembad Waterlelie heeft nu drie badmeesters te weinig. Twee beginnen in januari; dan komt er een les per week bij.',
  },
  {
    about: 'Nieuwe bieb: prachtig maar wat een galm',
    by: 'sanne',
    after: 260,
    kind: 'answered',
    text: 'De bibliotheek hangt volgende maand wandkleden op. Tot die tijd is de leeszaal onder de ketels het stilst.',
  },
  {
    about: 'Waste card shows red light',
    by: 'sanne',
    after: 85,
    kind: 'answered',
    text: 'The card readers are being replaced this week. The container next to the church works, and bags beside the others are picked up every morning.',
  },
  {
    about: 'Registering at the town hall: what do I bring?',
    by: 'sanne',
    after: 170,
    kind: 'answered',
    text: 'Bring your passport and rental contract, and a birth certificate for children. You can book an appointment in English by phone.',
  },
  {
    about: 'Fietspad achter de school pikdonker',
    by: 'ravi',
    after: 310,
    kind: 'answered',
    text: 'Dank voor de melding. Drie lampen zijn stuk; de aannemer vervangt ze deze week.',
  },
  {
    about: 'Kap drie populieren Elzenhof: bezwaar maken kan nog',
    by: 'sanne',
    after: 400,
    kind: 'unanswered',
    reason: 'answered-elsewhere',
    note: 'De bezwaarprocedure staat in de brief die iedereen kreeg.',
  },
  { about: 'Te koop: kinderfiets 16 inch, paars', by: 'ravi', after: 90, kind: 'unanswered', reason: 'no-question' },
  {
    about: 'Buurtborrel vrijdag, iedereen neemt iets mee',
    by: 'ravi',
    after: 60,
    kind: 'unanswered',
    reason: 'no-question',
  },
  { about: 'Gevonden: sleutelbos met houten eend', by: 'sanne', after: 120, kind: 'unanswered', reason: 'no-question' },
  {
    about: 'Vermist: grijze poes Mies, Lijsterhof',
    by: 'sanne',
    after: 200,
    kind: 'unanswered',
    reason: 'not-about-us',
  },
  {
    about: 'Warmtepomp buren bromt, wat is redelijk?',
    by: 'ravi',
    after: 500,
    kind: 'unanswered',
    reason: 'other',
    note: 'Buurtbemiddeling heeft al gereageerd op het forum.',
  },
  {
    about: 'Which supermarket has normal coriander?',
    by: 'sanne',
    after: 240,
    kind: 'unanswered',
    reason: 'not-about-us',
  },
];

/**
 * Everything of longer than a day and a half ago is dealt with, as at a desk that keeps up: every third got a word back, the rest
 * asked nothing. In one statement for some two hundred; each by Sanne or Ravi, after three to twelve hours.
 */
export async function closeWhatIsOld(
  db: Database,
  bornAt: Date,
  people: ReadonlyMap<ColleagueKey, number>,
): Promise<void> {
  const before = new Date(bornAt.getTime() - 36 * 3_600_000);
  await sql`
    with old as (
      select thread_id, thread_id % 3 = 0 as answered, waiting_since + (3 + thread_id % 10) * interval '1 hour' as at,
        case thread_id % 2 when 0 then ${people.get('sanne')}::bigint else ${people.get('ravi')}::bigint end as by
      from cases where state = 'open' and waiting_since < ${before}
    ), closed as (
      update cases c set state = case when old.answered then 'answered' else 'unanswered' end, taken_at = old.at,
        closed_at = old.at, closed_by = old.by, version = c.version + 1,
        answer_text = case when old.answered then ${thanks} end, reason = case when old.answered then null else 'no-question' end
      from old where c.thread_id = old.thread_id returning c.thread_id, c.state, old.by, old.at, c.reason
    )
    insert into thread_events (thread_id, circle_id, kind, person_id, at, detail)
    select thread_id, ${outsideCircle}, state, by, at, jsonb_strip_nulls(jsonb_build_object('reason', reason)) from closed`.execute(
    db,
  );
}

const thanks = 'Dank voor je bericht. We hebben het doorgegeven aan wie erover gaat.';
