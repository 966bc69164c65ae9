import type { MarkJson, NodeJson } from '@concert/editor/body-json.ts';
import { safeHref } from '@concert/editor/safe-href.ts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { useMe } from '../../platform/session.tsx';
import { messages } from '../messages.ts';
import styles from './message-view.module.css';

/** A message as it is read. It is drawn node by node: nothing in it can become markup of the page. */
export function MessageView({ body }: { body: unknown }) {
  return <div className={styles.message}>{isNode(body) ? children(body) : null}</div>;
}

const isNode = (value: unknown): value is NodeJson =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const children = (node: NodeJson): ReactNode =>
  (node.content ?? []).map((child, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a message is drawn once and never rearranged
    <MessageNode key={at} node={child} />
  ));

function MessageNode({ node }: { node: NodeJson }): ReactNode {
  switch (node.type) {
    case 'text':
      return <Marked text={node.text ?? ''} marks={node.marks ?? []} />;
    case 'paragraph':
      return <p>{children(node)}</p>;
    case 'bulletList':
      return <ul>{children(node)}</ul>;
    case 'orderedList':
      return <ol start={Number(node.attrs?.start ?? 1)}>{children(node)}</ol>;
    case 'listItem':
      return <li>{children(node)}</li>;
    case 'blockquote':
      return <blockquote>{children(node)}</blockquote>;
    case 'codeBlock':
      return (
        <pre>
          <code>{children(node)}</code>
        </pre>
      );
    case 'hardBreak':
      return <br />;
    case 'mention':
      return <MentionView node={node} />;
    default:
      return children(node);
  }
}

/** A piece of text inside its marks, the first one outermost. */
function Marked({ text, marks }: { text: string; marks: readonly MarkJson[] }): ReactNode {
  const [mark, ...rest] = marks;
  if (mark === undefined) return text;
  const inner = <Marked text={text} marks={rest} />;
  const Tag = MARKS[mark.type];
  if (Tag) return <Tag>{inner}</Tag>;
  const href = mark.type === 'link' ? safeHref(mark.attrs?.href) : undefined;
  if (href === undefined) return inner;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {inner}
    </a>
  );
}

const MARKS: Readonly<Record<string, 'strong' | 'em' | 'u' | 's' | 'code'>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
};

const PATHS: Readonly<Record<string, (id: string) => string>> = {
  document: (id) => `/documents/${id}`,
  body: (id) => `/bodies/${id}`,
  meeting: (id) => `/meetings/${id}`,
  decision: (id) => `/decisions/${id}`,
};

/** What is mentioned: by its name where the reader may know it, and as a way to it where there is one. */
function MentionView({ node }: { node: NodeJson }) {
  const t = useText(messages);
  const me = useMe();
  const { kind, id, name } = node.attrs ?? {};
  if (typeof name !== 'string')
    return (
      <span className={`${styles.mention} ${styles.hidden}`} title={t('mention.hidden')}>
        @…
      </span>
    );
  const path = PATHS[String(kind)]?.(String(id));
  const own = kind === 'person' && id === me.id;
  const className = own ? `${styles.mention} ${styles.me}` : styles.mention;
  if (path === undefined) return <span className={className}>@{name}</span>;
  return (
    <Link to={path} className={className}>
      @{name}
    </Link>
  );
}
