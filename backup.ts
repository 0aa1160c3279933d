import './compile-cache.ts';

const { command } = await import('./own-database.ts');
const { writeBackup } = await import('#storage/backup.ts');

await command('Say where to: npm run backup -- /backups/buitenwacht.gz', true, async ({ databaseUrl, file }) => {
  const { tables, rows, bytes } = await writeBackup(databaseUrl, file);
  return `${rows} rows of ${tables} tables are in ${file} (${(bytes / 1e6).toFixed(1)} MB).`;
});
