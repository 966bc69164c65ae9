import { describe, expect, test } from '@jest/globals';
import { IconHome } from '@tabler/icons-react';
import { ref } from '../i18n.ts';
import { common } from '../messages.ts';
import type { Command } from '../module.ts';
import { matching } from './palette.tsx';

const aCommand = (over: Partial<Command>): Command => ({
  id: over.label ?? 'x',
  group: ref(common, 'palette.go'),
  label: 'x',
  icon: IconHome,
  run: () => undefined,
  ...over,
});

describe('the palette', () => {
  test('finds by any words of the label or the detail, whatever the accents and the case', () => {
    const commands = [
      aCommand({ label: 'Réglages' }),
      aCommand({ label: 'Mobilité hospitalière', detail: 'Brancards' }),
    ];
    expect(matching(commands, 'reglages').map(({ label }) => label)).toEqual(['Réglages']);
    expect(matching(commands, 'brancard MOBI').map(({ label }) => label)).toEqual(['Mobilité hospitalière']);
    expect(matching(commands, '')).toHaveLength(2);
  });

  test('puts names before details, and details before what was found in a text', () => {
    const commands = [
      aCommand({ label: 'Minutes', found: true }),
      aCommand({ label: 'Mobility', detail: 'for people' }),
      aCommand({ label: 'Find people' }),
      aCommand({ label: 'People' }),
    ];
    expect(matching(commands, 'peop').map(({ label }) => label)).toEqual([
      'People',
      'Find people',
      'Mobility',
      'Minutes',
    ]);
  });

  test('puts the way to more behind everything, also where its label begins with what was typed', () => {
    const commands = [aCommand({ label: 'Budget and more', last: true }), aCommand({ label: 'The budget' })];
    expect(matching(commands, 'budget').map(({ label }) => label)).toEqual(['The budget', 'Budget and more']);
    expect(matching(commands.slice(0, 1), 'other')).toHaveLength(1);
  });

  test('keeps what a server found by other means', () => {
    expect(matching([aCommand({ label: 'Compte rendu', found: true })], 'budget')).toHaveLength(1);
  });
});
