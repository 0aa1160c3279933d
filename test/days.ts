import { dayFrom, dayIn } from '#domain/period.ts';

/** The day it is where the organisation of the tests is, so many days on: what `today()` says there, and not the day in UTC. */
export const inDays = (days: number, now = new Date()): string => dayFrom(dayIn(now, 'Europe/Amsterdam'), days);
