declare module 'snowball-stemmers' {
  const stemmers: { newStemmer: (language: 'dutch' | 'english') => { stem: (word: string) => string } };
  export = stemmers;
}
