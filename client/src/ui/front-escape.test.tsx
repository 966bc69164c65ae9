import { afterEach, expect, test } from '@jest/globals';
import { Modal } from '@mantine/core';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { type Region, startRegion } from '../../test/region.ts';
import { showPart } from '../../test/show.tsx';
import { closesAloneOnEscape } from './front-escape.ts';

let region: Region;
let view: ReturnType<typeof showPart>;
afterEach(async () => {
  view.stop();
  await region.stop();
});

function Dialogs() {
  const [behind, setBehind] = useState(true);
  const [front, setFront] = useState(true);
  const close = () => setBehind(false);
  return (
    <Modal opened={behind} onClose={close} title="Behind" {...closesAloneOnEscape(close)}>
      <input aria-label="Field behind" />
      <Modal opened={front} onClose={() => setFront(false)} title="In front">
        <input aria-label="Field in front" data-autofocus />
      </Modal>
    </Modal>
  );
}

test('Escape closes the dialog in front, and the one behind it by a second press', async () => {
  region = await startRegion({});
  view = showPart(<Dialogs />, { origin: region.origin });
  (await screen.findByLabelText('Field in front')).focus();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByText('In front')).toBeNull());
  screen.getByLabelText('Field behind').focus();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByText('Behind')).toBeNull());
});
