import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import type { Awareness } from 'y-protocols/awareness';
import { inkOn } from '../../ui/initials.ts';
import type { PeerPerson } from './peers.ts';
import { withSoundCarets } from './sound-carets.ts';

const COLOR = /^#[0-9a-f]{6}$/i;
const FALLBACK = '#566063';

type Stamped = Record<string, unknown>;

const colorOf = ({ color }: Stamped): string => (typeof color === 'string' && COLOR.test(color) ? color : FALLBACK);
const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The carets and selections of the others, in the names and colours that the server has stamped on them. */
export const peerCarets = (awareness: Awareness, me: PeerPerson) =>
  CollaborationCaret.configure({
    provider: { awareness: withSoundCarets(awareness) },
    user: me,
    render: (user: Stamped) => {
      const color = colorOf(user);
      const caret = document.createElement('span');
      caret.className = 'peer-caret';
      caret.dataset.person = wordOf(user.id);
      caret.style.borderColor = color;
      const name = document.createElement('span');
      name.className = 'peer-name';
      name.textContent = wordOf(user.name);
      name.style.backgroundColor = color;
      name.style.color = inkOn(color);
      caret.append(name);
      return caret;
    },
    selectionRender: (user: Stamped) => ({ class: 'peer-selection', style: `background-color: ${colorOf(user)}38` }),
  });

/** Brings a person's caret into view; false when they have none in the text. */
export function scrollToCaret(text: HTMLElement, personId: string): boolean {
  const caret = [...text.querySelectorAll<HTMLElement>('.peer-caret')].find(
    ({ dataset }) => dataset.person === personId,
  );
  caret?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  return caret !== undefined;
}
