import { openDatabase } from './database.ts';
import { journalErasures, keepJournal, openJournal } from './erasure-journal.ts';
import { installationName, installationSecret } from './installation.ts';
import { replayErasures } from './replay-erasures.ts';
import { type RestoreReport, restoreBackup } from './restore.ts';
import { expireTexts } from './retention.ts';

/**
 * Restores a backup into an empty database, then lets go at once of what was erased, or became too old, since it was made. Cut off after
 * the first half, the next start does the second. Throws as `restoreBackup`.
 */
export async function putBack(
  databaseUrl: string,
  file: string,
  journalFolder: string,
): Promise<RestoreReport & { erasedAgain: number }> {
  const report = await restoreBackup(databaseUrl, file);
  const { db } = openDatabase(databaseUrl, { max: 3, name: 'buitenwacht restore', onError: () => undefined });
  try {
    const journal = await openJournal(journalFolder, installationName(await installationSecret(db)));
    keepJournal(db, journal);
    const erasedAgain = await replayErasures(db, journal);
    await expireTexts(db, new Date());
    await journalErasures(db);
    await journal.close();
    return { ...report, erasedAgain };
  } finally {
    await db.destroy();
  }
}
