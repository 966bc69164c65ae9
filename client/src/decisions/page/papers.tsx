import type { Decision, KeptPaper } from '@concert/domain/decisions/api.ts';
import { ActionIcon, Badge, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconExternalLink, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import styles from './decision.module.css';
import { KeptText } from './kept-text.tsx';

/** [R5] The texts on which it was decided, as they were then, and whether their documents say something else now. */
export function Papers({ decision }: { decision: Decision }) {
  const t = useText(messages);
  const { id, papers, state } = decision;
  const [read, setRead] = useState<KeptPaper>();
  const drafted = state === 'draft';
  if (papers.length === 0) return null;
  return (
    <Section title={t('papers.title')} detail={t(drafted ? 'papers.pending' : 'papers.detail')}>
      <Rows label={t('papers.title')}>
        {papers.map((paper) => (
          <Paper key={paper.documentId} paper={paper} drafted={drafted} onRead={() => setRead(paper)} />
        ))}
      </Rows>
      <KeptText decisionId={id} paper={read} onClose={() => setRead(undefined)} />
    </Section>
  );
}

type PaperProps = { readonly paper: KeptPaper; readonly drafted: boolean; readonly onRead: () => void };

function Paper({ paper, drafted, onRead }: PaperProps) {
  const t = useText(messages);
  const format = useFormat();
  const title = paper.title || t('papers.untitled');
  return (
    <div className={styles.paper}>
      <IconFileText size={18} stroke={1.6} aria-hidden className={styles.paperSign} />
      <div>
        <div className={styles.paperHead}>
          <Text span fw={560}>
            {title}
          </Text>
          <Since changed={paper.changedSince} />
          {paper.late && (
            <Badge radius="sm" color="yellow" variant="light">
              {t('papers.late')}
            </Badge>
          )}
        </div>
        <Text size="sm" c="dimmed">
          {t('papers.frozen', { date: format.date(paper.frozenAt, 'medium') })} · <code>{paper.hash.slice(0, 12)}</code>
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap" className={styles.paperEnd}>
        {!drafted && (
          <Button size="xs" variant="default" onClick={onRead} aria-label={t('papers.readOf', { title })}>
            {t('papers.read')}
          </Button>
        )}
        {paper.open && (
          <Tooltip label={t('papers.now')}>
            <ActionIcon
              component={Link}
              to={`/documents/${paper.documentId}`}
              variant="subtle"
              color="gray"
              aria-label={t('papers.now')}
            >
              <IconExternalLink size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </div>
  );
}

function Since({ changed }: { changed: boolean | undefined }) {
  const t = useText(messages);
  if (changed === undefined)
    return (
      <Badge radius="sm" variant="default">
        {t('papers.gone')}
      </Badge>
    );
  return changed ? (
    <Badge radius="sm" color="yellow" variant="light">
      {t('papers.changed')}
    </Badge>
  ) : (
    <Badge radius="sm" color="gray" variant="light">
      {t('papers.same')}
    </Badge>
  );
}
