import type { MentionKind } from '@concert/domain/threads/api.ts';
import { Mention } from '@concert/editor/nodes/mention.ts';
import { type Icon, IconBuildingBank, IconCalendarEvent, IconFileText, IconGavel, IconUser } from '@tabler/icons-react';
import { PluginKey } from '@tiptap/pm/state';
import type { Editor } from '@tiptap/react';
import { Suggestion } from '@tiptap/suggestion';
import { drawSuggestions, type Suggesting, SuggestionList } from '../../platform/editor/suggestions.tsx';
import { useText } from '../../platform/i18n.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { messages } from '../messages.ts';
import styles from './mention-list.module.css';

/** Something that can be mentioned here. */
export type Suggested = {
  readonly kind: MentionKind;
  readonly id: string;
  readonly name: string;
  readonly color?: string | undefined;
  readonly detail?: string | undefined;
  readonly unreachable?: boolean | undefined;
};

/** What can be mentioned. */
function MentionList(props: Suggesting<Suggested>) {
  const t = useText(messages);
  return (
    <SuggestionList
      {...props}
      label={t('mention.label')}
      none={t('mention.none')}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      draw={(item) => (
        <>
          <Sign item={item} />
          <span className={styles.words}>
            <span>{item.name}</span>
            <span className={styles.detail}>
              {item.unreachable ? t('mention.unreachable') : (item.detail ?? t(`mention.kind.${item.kind}`))}
            </span>
          </span>
        </>
      )}
    />
  );
}

const SIGNS: Readonly<Record<MentionKind, Icon>> = {
  person: IconUser,
  body: IconBuildingBank,
  document: IconFileText,
  meeting: IconCalendarEvent,
  decision: IconGavel,
};

function Sign({ item: { kind, name, color } }: { item: Suggested }) {
  const Icon = SIGNS[kind];
  return (
    <span className={styles.sign}>
      {kind === 'person' ? (
        <PersonAvatar person={{ name, color: color ?? '#495057' }} size={24} decorative />
      ) : (
        <Icon size={20} stroke={1.6} aria-hidden />
      )}
    </span>
  );
}

const MENTIONS = new PluginKey<{ readonly active: boolean }>('mentions');

/** Whether somebody is choosing whom or what to mention. */
export const isChoosing = (editor: Editor): boolean => MENTIONS.getState(editor.state)?.active === true;

/** Mentions with suggestions behind an @. `find` answers what may be mentioned; when it cannot, there is nothing to choose. */
export const suggestingMention = (find: (query: string) => Promise<readonly Suggested[]>): typeof Mention =>
  Mention.extend({
    addProseMirrorPlugins() {
      return [
        Suggestion<Suggested, Suggested>({
          editor: this.editor,
          pluginKey: MENTIONS,
          char: '@',
          allowSpaces: true,
          debounce: 120,
          allow: ({ editor, state, range }) =>
            editor.isEditable && !editor.isActive('codeBlock') && state.doc.resolve(range.from).parent.isTextblock,
          items: async ({ query }) => {
            // Behind an @, two words are a name; a sentence is not.
            if (query.split(/\s+/).length > 3) return [];
            return [...(await find(query.trim()).catch(() => []))];
          },
          command: ({ editor, range, props: { kind, id, name } }) => {
            editor
              .chain()
              .focus()
              .insertContentAt(range, [
                { type: 'mention', attrs: { kind, id, name } },
                { type: 'text', text: ' ' },
              ])
              .run();
          },
          render: drawSuggestions(MentionList),
        }),
      ];
    },
  });
