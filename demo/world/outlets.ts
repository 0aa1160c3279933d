import { alarmen } from './alarms.ts';
import {
  bibliotheek,
  buurtbladOost,
  dagboekMolenweg,
  havenkade,
  linkjesVanLoek,
  sluispraat,
  tegenwind,
  vvLindewaard,
  waardOmTeWeten,
  wijkkrantWaterrijk,
} from './clubs.ts';
import { belowSeaLevel, internationals } from './english.ts';
import type { Outlet } from './item.ts';
import { omroepWaardstreek } from './omroep-waardstreek.ts';
import { regionalNews } from './regional-news.ts';
import { kaartbeoordelingen, waterlelieBeoordelingen } from './reviews.ts';
import { blueskyFenna, mastodonLindewaard } from './social.ts';
import { fietsersLindewaard, reizigersLijn14, schipperEnSluis, verkeerZuidwest } from './traffic.ts';
import { waardbode } from './waardbode.ts';
import { wijkforum } from './wijkforum.ts';

/** Everybody outside who writes about Lindewaard. */
export const outlets: Outlet[] = [
  waardbode,
  omroepWaardstreek,
  wijkforum,
  kaartbeoordelingen,
  mastodonLindewaard,
  blueskyFenna,
  ...regionalNews,
  internationals,
  belowSeaLevel,
  waterlelieBeoordelingen,
  verkeerZuidwest,
  reizigersLijn14,
  fietsersLindewaard,
  schipperEnSluis,
  havenkade,
  bibliotheek,
  sluispraat,
  vvLindewaard,
  tegenwind,
  buurtbladOost,
  waardOmTeWeten,
  linkjesVanLoek,
  dagboekMolenweg,
  wijkkrantWaterrijk,
  alarmen,
];
