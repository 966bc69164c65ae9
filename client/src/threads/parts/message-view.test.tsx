import { messageOf } from '@concert/editor/message.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import { type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { MessageView } from './message-view.tsx';

let region: Region;
let view: ReturnType<typeof showPart> | undefined;
beforeEach(async () => {
  region = await startRegion();
});
afterEach(async () => {
  view?.stop();
  await region.stop();
});

const show = async (...content: object[]) => {
  view = showPart(
    <div data-testid="message">
      <MessageView body={{ type: 'doc', content }} />
    </div>,
    region,
  );
  return screen.findByTestId('message');
};
const p = (...content: object[]) => ({ type: 'paragraph', content });
const linked = (href: unknown) => p({ type: 'text', text: 'here', marks: [{ type: 'link', attrs: { href } }] });

describe('a message', () => {
  test('is drawn with its marks, and links that may leave the product', async () => {
    const shown = await show(
      p({ type: 'text', text: 'both', marks: [{ type: 'bold' }, { type: 'italic' }] }),
      linked('https://example.org/a'),
    );
    expect(shown.querySelector('strong > em')).toHaveTextContent('both');
    const link = shown.querySelector('a');
    expect(link).toHaveAttribute('href', 'https://example.org/a');
    expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'));
  });

  test.each(['javascript:alert(1)', 'JaVa\tscript:alert(1)', 'data:text/html,x', '//evil.example', { toString: 1 }])(
    'whose link leads to %s shows its words alone',
    async (href) => {
      const shown = await show(linked(href));
      expect(shown).toHaveTextContent('here');
      expect(shown.querySelector('a')).toBeNull();
    },
  );

  test('with markup in its words shows it as words', async () => {
    const shown = await show(
      p({ type: 'text', text: '<img src=x onerror=alert(1)>' }),
      ...(messageOf('<b>x</b>').content ?? []),
    );
    expect(shown).toHaveTextContent('<img src=x onerror=alert(1)>');
    expect(shown.querySelector('img, b')).toBeNull();
  });

  test('names what is mentioned where the reader may know it, and nothing where not', async () => {
    const shown = await show(
      p(
        { type: 'mention', attrs: { kind: 'person', id: 'p1', name: 'Claire' } },
        { type: 'mention', attrs: { kind: 'document', id: 'd1', name: 'A need' } },
        { type: 'mention', attrs: { kind: 'document', id: 'd2' } },
      ),
    );
    expect(shown).toHaveTextContent('@Claire@A need@…');
    expect(screen.getByRole('link', { name: '@A need' })).toHaveAttribute('href', '/documents/d1');
    expect(screen.getByTitle('Not open to you')).toHaveTextContent('@…');
  });
});
