import './compile-cache.ts';

const { command } = await import('./own-database.ts');
const { putBack } = await import('#storage/put-back.ts');

await command('Say what: npm run restore -- /backups/buitenwacht.gz', false, async ({ config, databaseUrl, file }) => {
  const { tables, rows, madeAt, erasedAgain } = await putBack(databaseUrl, file, config.erasureJournal);
  const erased =
    erasedAgain > 0 ? ` What was erased since then was erased again (${erasedAgain} lines of the journal).` : '';
  return `${rows} rows of ${tables} tables are back as they were at ${madeAt}.${erased}`;
});
