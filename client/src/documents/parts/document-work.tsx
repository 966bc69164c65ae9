import { ActionIcon, Popover, SegmentedControl, Tooltip } from '@mantine/core';
import { IconLayoutSidebarRight, IconListTree } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { AuthorLegend, AuthorsButton } from '../../platform/editor/author-legend.tsx';
import { scrollToCaret } from '../../platform/editor/carets.ts';
import type { PeerPerson } from '../../platform/editor/peers.ts';
import { sectionAnchor } from '../../platform/editor/section-view.tsx';
import { TextSurface, useSurfaceState } from '../../platform/editor/text-surface.tsx';
import { useAuthors } from '../../platform/editor/use-authors.ts';
import { useTextEditor } from '../../platform/editor/use-text-editor.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import type { DocumentMarginProps } from '../../platform/module.ts';
import { useModules } from '../../platform/modules-context.tsx';
import { focusField } from '../fields/frame.tsx';
import type { KindInfo } from '../kind-info.ts';
import { loadAuthors } from '../load-authors.ts';
import { messages } from '../messages.ts';
import { useCompleteness, usePresentSections } from '../use-completeness.ts';
import { useLayout, type View } from '../use-layout.ts';
import { useReading } from '../use-reading.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { FollowingPanel, WholePanel } from './data-panel.tsx';
import { DocumentBar } from './document-bar.tsx';
import type { WorkProps } from './document-room.tsx';
import styles from './document-work.module.css';
import { MissingMenu } from './missing-menu.tsx';
import { MissingSections, putBack } from './missing-sections.tsx';
import { OutlinePanel } from './outline-panel.tsx';
import { SectionAside } from './section-aside.tsx';
import { TitleField } from './title-field.tsx';

const SECTION = '.doc-section';
const sectionOf = (element: HTMLElement): string | undefined => element.dataset.sectionId;

/** The section that one is writing in, while the caret is in the text. */
function caretSection(editor: Editor | null): string | undefined {
  if (!editor?.isFocused) return undefined;
  const { $from } = editor.state.selection;
  const outermost = $from.depth > 0 ? $from.node(1) : undefined;
  return outermost?.type.name === 'section' ? String(outermost.attrs.sectionId) : undefined;
}

/** The text and the data of a document, side by side where there is room. */
export function DocumentWork({ room, state, document, info, editable }: WorkProps) {
  const locale = useLocale();
  const surface = useSurfaceState();
  const layout = useLayout();
  const [page, setPage] = useState<HTMLDivElement | null>(null);
  const promptOf = useCallback((id: string) => info.section(id)?.prompt[locale] ?? '', [info, locale]);
  const { editor, pickImage } = useTextEditor({
    room,
    editable,
    sectioned: info.textSections.length > 0,
    promptOf,
    onHelp: () => surface.onHelp(true),
    onLink: () => surface.onLinking(true),
  });
  const authors = useAuthors({
    editor,
    room,
    online: state.link === 'live',
    load: (ids) => loadAuthors(document.id, ids),
  });
  const present = usePresentSections(editor);
  const completeness = useCompleteness(present);
  const goTo = useGoTo({ editor, info, layout });

  const sections = useMemo(
    () => ({
      label: (id: string) => info.section(id)?.label[locale] ?? id,
      prompt: promptOf,
      aside: (id: string) => <SectionAside info={info} sectionId={id} onGo={goTo.data} />,
    }),
    [info, locale, promptOf, goTo.data],
  );
  useShortcuts(page, {
    undo: room.undo,
    onFields: () => goTo.data(caretSection(editor) ?? goTo.current.current ?? info.kind.sections[0]?.id ?? ''),
    onOutline: goTo.outline,
    onText: goTo.text,
    onAuthors: authors.toggle,
    onHelp: () => surface.onHelp(true),
  });

  const jump = (person: PeerPerson, field: string | undefined) => {
    if (field) goTo.field(field);
    else if (editor) {
      flushSync(() => layout.setView('text'));
      scrollToCaret(editor.view.dom, person.id);
    }
  };
  const hasData = info.kind.sections.some(({ fields }) => fields.some(({ id }) => id !== 'title'));
  const showPanel = layout.wide && layout.panel && hasData;
  return (
    <div
      className={styles.page}
      ref={setPage}
      data-panel={showPanel || undefined}
      data-outline={layout.veryWide || undefined}
    >
      <DocumentBar
        document={document}
        state={state}
        editable={editable}
        room={room}
        onJump={jump}
        authors={authors}
        onHelp={() => surface.onHelp(true)}
      />
      {!layout.wide && <ViewSwitch view={layout.view} onView={layout.setView} hasData={hasData} />}
      {layout.veryWide && (
        <aside className={styles.outline}>{editor && <OutlinePanel editor={editor} info={info} />}</aside>
      )}
      <div className={styles.text} data-hidden={layout.view !== 'text' || undefined}>
        {editor && (
          <TextSurface
            {...surface}
            editor={editor}
            undo={room.undo}
            editable={editable}
            sections={sections}
            pickImage={pickImage}
            toolbarEnd={
              <>
                <AuthorsButton authors={authors} />
                <TextTools editor={editor} info={info} layout={layout} hasData={hasData} />
              </>
            }
            margin={<Margin document={document} editor={editor} />}
            legend={authors.shown && <AuthorLegend authors={authors} editor={editor} />}
          >
            <TitleField onEnter={() => editor.commands.focus('start')} />
            {completeness.total > 0 && (
              <div className={styles.progress}>
                <MissingMenu completeness={completeness} info={info} onGo={goTo.missing} />
              </div>
            )}
          </TextSurface>
        )}
        {editor && (
          <div className={styles.after}>
            <MissingSections editor={editor} info={info} present={present} />
          </div>
        )}
      </div>
      {showPanel && (
        <aside className={styles.panel}>
          <PanelFor editor={editor} info={info} pinned={goTo.pinned} onPin={goTo.pin} current={goTo.current} />
        </aside>
      )}
      {!layout.wide && layout.view === 'data' && (
        <div className={styles.whole}>
          <WholePanel info={info} />
        </div>
      )}
      {!layout.wide && layout.view === 'outline' && editor && (
        <div className={styles.whole}>
          <OutlinePanel editor={editor} info={info} onGo={() => layout.setView('text')} />
        </div>
      )}
    </div>
  );
}

/** What every slice shows in and beside the text. */
function Margin(props: DocumentMarginProps) {
  const modules = useModules();
  return modules.map(({ name, DocumentMargin: Part }) => Part && <Part key={name} {...props} />);
}

type Layout = ReturnType<typeof useLayout>;

function ViewSwitch({ view, onView, hasData }: { view: View; onView: (view: View) => void; hasData: boolean }) {
  const t = useText(messages);
  const views: View[] = hasData ? ['text', 'data', 'outline'] : ['text', 'outline'];
  return (
    <div className={styles.switch}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('page.views')}
        value={view}
        data={views.map((value) => ({ value, label: t(`page.${value}`) }))}
        onChange={(next) => {
          onView(next);
          window.scrollTo({ top: 0 });
        }}
      />
    </div>
  );
}

type ToolsProps = {
  readonly editor: Editor;
  readonly info: KindInfo;
  readonly layout: Layout;
  readonly hasData: boolean;
};

/** At the end of the toolbar: the outline where it has no column of its own, and the form in and out. */
function TextTools({ editor, info, layout, hasData }: ToolsProps) {
  const t = useText(messages);
  const [outline, setOutline] = useState(false);
  if (!layout.wide) return null;
  const label = t(layout.panel ? 'page.hideData' : 'page.showData');
  return (
    <>
      {!layout.veryWide && (
        <Popover opened={outline} onChange={setOutline} width={300} position="bottom-end" shadow="md" trapFocus>
          <Popover.Target>
            <Tooltip label={t('page.outline')}>
              <ActionIcon
                size="md"
                aria-label={t('page.outline')}
                aria-expanded={outline}
                onClick={() => setOutline(!outline)}
              >
                <IconListTree size={17} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown className={styles.popover}>
            <OutlinePanel editor={editor} info={info} onGo={() => setOutline(false)} />
          </Popover.Dropdown>
        </Popover>
      )}
      {hasData && (
        <Tooltip label={label}>
          <ActionIcon
            size="md"
            aria-label={label}
            aria-pressed={layout.panel}
            onClick={() => layout.setPanel(!layout.panel)}
          >
            <IconLayoutSidebarRight size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}

type PanelProps = {
  readonly editor: Editor | null;
  readonly info: KindInfo;
  readonly pinned: string | undefined;
  readonly onPin: (sectionId: string) => void;
  readonly current: { current: string | undefined };
};

/** The form of the section being read, unless another was asked for and the text has not moved on since. */
function PanelFor({ editor, info, pinned, onPin, current }: PanelProps) {
  const reading = useReading(editor?.view.dom ?? null, SECTION, sectionOf);
  const shown = pinned ?? reading;
  current.current = shown;
  if (info.textSections.length === 0) return <WholePanel info={info} />;
  return <FollowingPanel info={info} current={shown} onGo={onPin} />;
}

const scrollToSection = (sectionId: string): void => {
  window.document.getElementById(sectionAnchor(sectionId))?.scrollIntoView({ block: 'start', behavior: 'smooth' });
};

/** Ways to places in the document, opening the view that holds them. */
function useGoTo({ editor, info, layout }: { editor: Editor | null; info: KindInfo; layout: Layout }) {
  const [pinned, setPinned] = useState<string>();
  const current = useRef<string>(undefined);
  const show = useCallback((view: View) => flushSync(() => layout.setView(view)), [layout.setView]);

  /** Holds the form at a section until the reader scrolls the text by hand. */
  const pin = useCallback((sectionId: string) => {
    flushSync(() => setPinned(sectionId));
    scrollToSection(sectionId);
    const release = () => setPinned(undefined);
    for (const kind of ['wheel', 'touchmove'] as const) {
      window.addEventListener(kind, (event) => !inPanel(event.target) && release(), { once: true, passive: true });
    }
  }, []);
  const { wide, setPanel } = layout;
  const data = useCallback(
    (sectionId: string) => {
      if (wide) {
        setPanel(true);
        pin(sectionId);
        const first = info.section(sectionId)?.fields.find(({ id }) => id !== 'title');
        if (first) requestAnimationFrame(() => focusField(first.id));
        return;
      }
      show('data');
      window.document.getElementById(`data-${sectionId}`)?.scrollIntoView({ block: 'start' });
    },
    [wide, setPanel, pin, show, info],
  );
  const field = (path: string) => {
    const id = path.split('.')[0] ?? path;
    const section = info.kind.sections.find(({ fields }) => fields.some((one) => one.id === id));
    if (id === 'title') show('text');
    else if (section && wide) {
      setPanel(true);
      pin(section.id);
    } else show('data');
    requestAnimationFrame(() => focusField(path));
  };
  return {
    current,
    pinned,
    pin,
    data,
    field,
    missing: (sectionId: string, fieldId?: string) => {
      if (fieldId) field(fieldId);
      else if (editor?.isEditable) {
        show('text');
        putBack(editor, info, sectionId);
      }
    },
    outline: () => {
      if (!layout.veryWide && !wide) show('outline');
      window.document.getElementById('document-outline')?.focus();
    },
    text: () => {
      show('text');
      editor?.commands.focus();
    },
  };
}

const inPanel = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(`.${styles.panel}`) !== null;
