import { runKills } from '../kills.ts';
import type { Fault } from './fault.ts';
import { hold } from './fault.ts';

export const killed: Fault = {
  id: 'F1',
  title: 'the server is killed at random points',
  run: async (ground, findings) => {
    const kills = ground.quick ? 2 : 200;
    const load = ground.quick ? { writers: 6, documents: 3 } : { writers: 20, documents: 10 };
    const result = await runKills({ kills, ...load, rate: 5, seed: ground.seed, report: ground.say });
    findings.sent = result.sent;
    findings.acknowledged = result.acknowledged;
    findings.lost = [...result.lost];
    findings.doubled = [...result.doubled];
    findings.recoveryMs.push(...result.restartMs);
    hold(findings, result.olderAcknowledged >= 0.9, 'nine of ten edits older than a second are acknowledged');
    const longest = Math.max(...result.restartMs);
    hold(findings, ground.quick || longest <= 5_000, `it serves again within 5 s (${Math.round(longest)} ms)`);
    findings.notes.push(`${kills} kills, ${(100 * result.olderAcknowledged).toFixed(1)} % of older edits acknowledged`);
  },
};
