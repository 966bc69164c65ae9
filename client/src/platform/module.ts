import type { ServerEvents } from '@concert/contract';
import type { Me } from '@concert/domain/accounts/api.ts';
import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import type { Workspace } from '@concert/domain/workspaces/api.ts';
import type { Icon } from '@tabler/icons-react';
import type { QueryKey } from '@tanstack/react-query';
import type { Editor } from '@tiptap/react';
import type { ComponentType, ReactNode } from 'react';
import type { Messages, TextRef } from './i18n.ts';

/** A page of a slice. Its code is fetched when the page is first opened. */
export type ModuleRoute = {
  /** Path of React Router without the leading slash; empty is the home page. */
  readonly path: string;
  /** `member` (default): inside the shell, signed in. `public`: outside the shell, for anybody. */
  readonly audience?: 'member' | 'public';
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
};

/** A line of the navigation. */
export type NavItem = {
  readonly id: string;
  readonly label: TextRef;
  readonly icon: Icon;
  readonly to: string;
  readonly order: number;
  /** Shown in the demonstration only. */
  readonly demoOnly?: boolean;
  /** Whom it is shown to; everybody by default. The page behind it answers the others like one that is not there. */
  readonly isFor?: (me: Me) => boolean;
};

/** A part of the home page; it brings its own heading (`Section` of `ui/`). */
export type HomeSection = {
  readonly id: string;
  readonly order: number;
  readonly column: 'main' | 'side';
  readonly Section: ComponentType;
};

/** Something that waits for the signed-in person. */
export type WaitingItem = {
  readonly id: string;
  readonly icon: Icon;
  readonly title: string;
  readonly detail?: string;
  readonly to: string;
};

/** What something is about that every slice may add to. */
export type SubjectProps = { readonly kind: 'workspace' | 'document' | 'thread'; readonly id: string };

/** A document whose text is open. */
export type DocumentMarginProps = { readonly document: DocumentDetail; readonly editor: Editor };

/** A meeting of a body, and whether the reader conducts it. */
export type MeetingPartProps = { readonly meetingId: string; readonly bodyId: string; readonly conducts: boolean };

/** An open document, with its page inside. */
export type DocumentFrameProps = { readonly document: DocumentDetail; readonly children: ReactNode };

/** A document whose live text is shown on the page of another slice. */
export type DocumentPaneProps = { readonly documentId: string };

/** Something that is to be done for a body: the form in which it is given to somebody. */
export type ActionDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly bodyId: string;
  /** The item of a meeting from which it comes. */
  readonly item?: { readonly meetingId: string; readonly itemId: string; readonly title: string };
  /** What the form begins with. */
  readonly draft?: { readonly title: string; readonly ownerId?: string; readonly dueOn?: string };
  /** Hears the id of what was given. */
  readonly onGiven?: (id: string) => void;
};

export type WorkspacePartProps = { readonly workspace: Workspace };

/** A tab of the workspace page, at `/workspaces/{id}/{tab id}`; the one of the lowest order opens first. */
export type WorkspaceTab = {
  readonly id: string;
  readonly label: TextRef;
  readonly icon: Icon;
  readonly order: number;
  readonly Tab: ComponentType<WorkspacePartProps>;
  /** A number beside the label. */
  readonly count?: (workspace: Workspace) => number;
};

/** An entry of the command palette. */
export type Command = {
  readonly id: string;
  readonly group: TextRef;
  readonly label: string;
  readonly detail?: string;
  readonly icon: Icon;
  /** Found by the search of a server rather than by its label: shown whatever was typed. */
  readonly found?: boolean;
  /** Comes behind everything else: the way to more. */
  readonly last?: boolean;
  readonly run: () => void;
};

/** A page of the settings, at `/settings/{id}`. */
export type SettingsPage = {
  readonly id: string;
  readonly label: TextRef;
  readonly icon: Icon;
  readonly order: number;
  readonly Page: ComponentType;
};

/** Which cached queries an event makes stale. */
export type LiveReactions = {
  readonly [Event in keyof ServerEvents]?: (event: Parameters<ServerEvents[Event]>[0]) => readonly QueryKey[];
};

/**
 * What a slice brings to the client. Slices never import one another: the home page, the workspace page, the
 * navigation, the palette and the settings show what all of them contribute.
 */
export type ClientModule = {
  readonly name: string;
  readonly messages: Messages;
  readonly routes?: readonly ModuleRoute[];
  readonly nav?: readonly NavItem[];
  /** A list under the navigation, such as the workspaces of the person. `onGo` closes the drawer on a phone. */
  readonly NavSection?: ComponentType<{ readonly onGo: () => void }>;
  readonly homeSections?: readonly HomeSection[];
  /** A hook, called on the home page. */
  readonly useWaiting?: () => readonly WaitingItem[];
  readonly workspaceTabs?: readonly WorkspaceTab[];
  /** Below the plan of a meeting. */
  readonly MeetingParts?: ComponentType<MeetingPartProps>;
  /** Mounted once inside the shell: dialogs that are opened from several places. */
  readonly Everywhere?: ComponentType;
  /** Buttons in the header of the workspace page. */
  readonly WorkspaceActions?: ComponentType<WorkspacePartProps>;
  /** In the top bar of every page. */
  readonly TopBarItem?: ComponentType;
  /** Beside the title of a workspace, a document or a discussion: what concerns the reader alone. */
  readonly SubjectActions?: ComponentType<SubjectProps>;
  /** Buttons in the top bar of an open document. */
  readonly DocumentActions?: ComponentType<{ readonly document: DocumentDetail }>;
  /** Around the page of an open document, where its kind belongs to the slice. */
  readonly DocumentFrame?: ComponentType<DocumentFrameProps>;
  /** The live text of a document, for pages that are about something else. */
  readonly DocumentPane?: ComponentType<DocumentPaneProps>;
  /** The form in which something to do is given to somebody. */
  readonly ActionDialog?: ComponentType<ActionDialogProps>;
  /** In and beside the text of an open document. */
  readonly DocumentMargin?: ComponentType<DocumentMarginProps>;
  /** A hook, called while the palette is open, with what was typed so far. */
  readonly useCommands?: (query: string) => readonly Command[];
  readonly settingsPages?: readonly SettingsPage[];
  readonly live?: LiveReactions;
};

/** Sorts contributions into the order in which they are shown. */
export const inOrder = <Item extends { readonly order: number }>(items: readonly Item[]): Item[] =>
  items.toSorted((a, b) => a.order - b.order);
