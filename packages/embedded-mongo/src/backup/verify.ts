import { loadCatalog, namespaceOf } from '../storage/catalog.ts';
import { inspectCollection } from '../storage/check.ts';
import { openCopy } from '../storage/copy.ts';
import { BackupError, checkFiles, type Manifest, readManifest } from './manifest.ts';

/**
 * Checks a backup without changing anything: every file against the manifest, then every document and every index
 * entry of the copy. Throws BackupError that names what is wrong.
 */
export async function verifyCopy(from: string): Promise<Manifest> {
  const manifest = readManifest(from);
  await checkFiles(from, manifest);
  const copy = openCopy(from);
  try {
    const found = loadCatalog(copy.view);
    for (const { db, name, documents, indexes } of manifest.collections) {
      const namespace = namespaceOf(db, name);
      const collection = found.get(namespace);
      if (!collection) throw new BackupError(`the backup ${from} is damaged: it lacks the collection ${namespace}`);
      const { records, errors } = await inspectCollection(copy.view, collection);
      const [first] = errors;
      if (first !== undefined) throw new BackupError(`the backup ${from} is damaged: ${namespace}: ${first}`);
      if (records !== documents || collection.indexes.length !== indexes)
        throw new BackupError(`the backup ${from} is damaged: ${namespace} has ${records} documents, not ${documents}`);
    }
    if (found.size !== manifest.collections.length)
      throw new BackupError(`the backup ${from} is damaged: it has collections that the manifest does not name`);
  } finally {
    await copy.close();
  }
  return manifest;
}
