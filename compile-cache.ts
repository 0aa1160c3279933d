import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What Node made of our modules the last time, types stripped: a third of a warm start. Beside the packages, so whoever may
// write there may change the code anyway; where we may not, Node goes without. Counts for what is imported after this,
// which is why the entry points import everything else dynamically.
enableCompileCache(join(import.meta.dirname, 'node_modules', '.cache', 'compile'));
