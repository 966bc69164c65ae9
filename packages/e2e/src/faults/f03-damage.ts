import { closeSync, cpSync, openSync, readdirSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import { acknowledgedNow, compare, readStored } from './judge.ts';
import { openScene } from './scene.ts';
import { startStore } from './store-process.ts';

type Damage = { readonly what: string; readonly file: string };

function flip(file: string, at: number): void {
  const byte = Buffer.alloc(1);
  const handle = openSync(file, 'r+');
  readSync(handle, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 0xff;
  writeSync(handle, byte, 0, 1, at);
  closeSync(handle);
}

/** Cuts up to a page off a file of the database, or changes one byte of it. */
function damage(folder: string, { random, quick }: Ground): Damage {
  const files = readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 0);
  // Nearly everything is in the data file: the others get their share too.
  const name = random() < 0.7 ? 'data.mdb' : (files[Math.floor(random() * files.length)] ?? 'data.mdb');
  const file = join(folder, name);
  const { size } = statSync(file);
  // The short version tears alone: what a changed byte hits is chance, and not everything is sealed yet.
  if (quick || random() < 0.4) {
    const bytes = Math.min(size, 1 + Math.floor(random() * 4_096));
    truncateSync(file, size - bytes);
    return { file: name, what: `${bytes} bytes cut off` };
  }
  const at = Math.floor(random() * size);
  flip(file, at);
  return { file: name, what: `byte ${at} changed` };
}

/** What became of damaged data: told by the start, told by a read, nothing that matters was hit, or not told at all. */
type Outcome = 'refused at the start' | 'refused when read' | 'harmless' | 'read over';

async function openDamaged(
  folder: string,
  documents: readonly string[],
  acknowledged: ReturnType<typeof acknowledgedNow>,
  findings: Findings,
): Promise<{ outcome: Outcome; said: string }> {
  const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const started = await startStore(folder).catch((error: unknown) => ({ refused: message(error) }));
  if ('refused' in started) return { outcome: 'refused at the start', said: started.refused };
  try {
    const texts = await readStored(started.port, documents).catch((error: unknown) => ({ refused: message(error) }));
    if ('refused' in texts) return { outcome: 'refused when read', said: texts.refused };
    const before = findings.lost.length + findings.doubled.length;
    compare(acknowledged, texts, findings);
    const wrong = findings.lost.length + findings.doubled.length - before;
    return wrong === 0 ? { outcome: 'harmless', said: '' } : { outcome: 'read over', said: `${wrong} edits are wrong` };
  } finally {
    await started.kill();
  }
}

export const damaged: Fault = {
  id: 'F3',
  title: 'the files of the database are torn or changed',
  run: async (ground: Ground, findings: Findings) => {
    const { installation, crowd } = await openScene(ground, findings);
    const { store, documents } = installation;
    await crowd.untilMore(ground.quick ? 30 : 2_000);
    crowd.stopWriting();
    await crowd.untilSaved();
    crowd.leave();
    crowd.count(findings);
    const acknowledged = acknowledgedNow(crowd);
    await store.kill();
    // Whatever the store is asked meanwhile, its files stay as they are.
    const outcomes = new Map<Outcome, number>();
    const rounds = ground.quick ? 3 : 100;
    for (let round = 1; round <= rounds; round += 1) {
      const copy = join(ground.folder, `damaged-${round}`);
      cpSync(store.folder, copy, { recursive: true, filter: (path) => !statSync(path).isSocket() });
      const { file, what } = damage(copy, ground);
      const { outcome, said } = await openDamaged(copy, documents, acknowledged, findings);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      ground.say(`${what} of ${file}: ${outcome}${said === '' ? '' : ` (${said.slice(0, 160)})`}`);
      hold(
        findings,
        outcome === 'harmless' || outcome === 'read over' || /damaged|data\.mdb|FORMAT|COMMITTED|ended/.test(said),
        `it says what is damaged (${what} of ${file}: ${said})`,
      );
    }
    await store.start();
    findings.notes.push([...outcomes].map(([outcome, times]) => `${times} × ${outcome}`).join(', '));
  },
};
