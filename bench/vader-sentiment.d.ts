declare module 'vader-sentiment' {
  const vader: { SentimentIntensityAnalyzer: { polarity_scores: (text: string) => { compound: number } } };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS.
  export default vader;
}
