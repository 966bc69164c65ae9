import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { PersonLine } from '../../ui/person-line.tsx';
import { useText } from '../i18n.ts';
import { editorMessages } from './messages.ts';
import { type Peer, type PeerPerson, peopleOf } from './peers.ts';
import styles from './presence.module.css';

type Props = {
  readonly peers: readonly Peer[];
  readonly onJump: (person: PeerPerson, field: string | undefined) => void;
};

const SHOWN = 4;

/** Everybody else who has the document open; choosing one goes to where they are writing. */
export function Presence({ peers, onJump }: Props) {
  const t = useText(editorMessages);
  const people = peopleOf(peers);
  if (people.length === 0) return null;
  const shown = people.length > SHOWN ? people.slice(0, SHOWN - 1) : people;
  const rest = people.slice(shown.length);
  const fieldOf = (person: PeerPerson) => peers.find((peer) => peer.person.id === person.id && peer.field)?.field;
  const jump = (person: PeerPerson) => onJump(person, fieldOf(person));
  return (
    <ul className={styles.row} aria-label={t('presence.label')}>
      {shown.map((person) => (
        <li key={person.id}>
          <Tooltip label={t('presence.jump', { name: person.name })}>
            <UnstyledButton
              className={styles.face}
              aria-label={t('presence.jump', { name: person.name })}
              onClick={() => jump(person)}
            >
              <PersonAvatar person={person} size={26} decorative />
            </UnstyledButton>
          </Tooltip>
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <Menu width={280}>
            <Menu.Target>
              <UnstyledButton className={styles.more} aria-label={t('presence.more', { count: rest.length })}>
                +{rest.length}
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown className={styles.list}>
              {rest.map((person) => (
                <Menu.Item key={person.id} onClick={() => jump(person)}>
                  <PersonLine
                    person={person}
                    size={26}
                    detail={t(fieldOf(person) ? 'presence.field' : 'presence.text')}
                  />
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </li>
      )}
    </ul>
  );
}
