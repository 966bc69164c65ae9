import type { Body, RulesVersion } from '@concert/domain/governance/api.ts';
import { DEFAULT_RULES } from '@concert/domain/governance/rule-set.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NOW, type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { RulesForm } from './rules-form.tsx';

const BODY: Body = {
  id: 'committee',
  name: 'Steering committee',
  kind: 'committee',
  remit: '',
  state: 'active',
  publicity: 'members',
  seatCount: 0,
  vacantCount: 0,
  rulesVersion: 2,
  memberCount: 5,
  myRoles: [],
  createdAt: NOW,
};
const version = (number: number): RulesVersion => ({ version: number, rules: DEFAULT_RULES, since: NOW });

let region: Region;
let view: ReturnType<typeof showPart>;
let restarts: number;

const show = async (current: number) => {
  const restart = () => {
    restarts += 1;
  };
  view = showPart(
    <RulesForm body={BODY} base={version(2)} current={version(current)} onRestart={restart} onDone={() => undefined} />,
    { origin: region.origin },
  );
  return screen.findByRole('group', { name: 'Ordinary majority' });
};

beforeEach(async () => {
  restarts = 0;
  region = await startRegion({});
});
afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('[G9] setting the rules of a body', () => {
  test('a majority with a name sets its terms, and reads as it will', async () => {
    const ordinary = await show(2);
    expect(screen.getByRole('button', { name: 'Save version 3' })).toBeDisabled();
    await userEvent.click(within(ordinary).getByRole('combobox', { name: 'Majority' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Three quarters' }));
    expect(ordinary).toHaveTextContent(
      'A decision is adopted by at least three quarters of the valid votes, abstentions included.',
    );
    expect(screen.getByRole('button', { name: 'Save version 3' })).toBeEnabled();
  });

  test('a share that nobody could reach is said and not sent', async () => {
    const ordinary = await show(2);
    const parts = within(ordinary).getByRole('textbox', { name: 'Ordinary majority: number of parts' });
    await userEvent.clear(parts);
    await userEvent.type(parts, '2');
    expect(ordinary).toHaveTextContent('Nobody could ever reach this share.');
    expect(screen.getByRole('button', { name: 'Save version 3' })).toBeDisabled();
  });

  test('rules that somebody else changed meanwhile are said in place, with the way on', async () => {
    await show(3);
    expect(screen.getByRole('alert')).toHaveTextContent('Somebody changed these rules meanwhile.');
    await userEvent.click(screen.getByRole('button', { name: 'Begin again with version 3' }));
    expect(restarts).toBe(1);
  });
});
