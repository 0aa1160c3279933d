/** For whom the demo watches: a town of 41,000 people that exists nowhere else. */
export const organisation = {
  name: 'Gemeente Lindewaard',
  place: 'Lindewaard',
} as const;
