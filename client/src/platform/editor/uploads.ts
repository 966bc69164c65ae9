import { ProblemBody } from '@concert/contract';
import { IMAGE_TYPES, MAX_FILE_BYTES, StoredFile } from '@concert/domain/files/api.ts';
import { Extension } from '@tiptap/core';
import { FileHandler } from '@tiptap/extension-file-handler';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Editor } from '@tiptap/react';
import { RequestError } from '../query.ts';

/** An image on its way: shown where it will stand, with how far it is. */
export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly bar: HTMLProgressElement;
  readonly box: HTMLElement;
};

type Change = { readonly add: { upload: Upload; at: number } } | { readonly remove: string };

const key = new PluginKey<DecorationSet>('uploads');

export type UploadTexts = {
  readonly uploading: (name: string) => string;
  readonly cancel: () => string;
  readonly failed: (name: string, error: unknown) => void;
  readonly tooBig: (name: string) => void;
  readonly wrongType: (name: string) => void;
};

/** Sends one file to a document. Throws a RequestError; aborting rejects with an AbortError. */
export function sendFile(
  documentId: string,
  file: File,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', `/api/documents/${encodeURIComponent(documentId)}/files`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const body = parse(request.responseText);
      const stored = StoredFile.safeParse(body);
      if (request.status < 300 && stored.success) resolve(stored.data);
      else reject(failure(request.status, body));
    };
    request.onerror = () => reject(new TypeError('network'));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy that refuses a large body answers with a page of its own; the status then says all there is.
    return {};
  }
}

function failure(status: number, body: unknown): RequestError {
  const problem = ProblemBody.safeParse(body);
  const reason = problem.success ? problem.data.data?.reason : undefined;
  const fallback = status === 413 ? 'payload-too-large' : 'unexpected';
  const code = problem.success ? problem.data.code : `HTTP_${status}`;
  return new RequestError({ code, reason: reason ?? fallback, status, detail: {} });
}

/** Shows images on their way where they will stand; the place moves with the text around it. */
function uploadsPlugin(): Plugin<DecorationSet> {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => {
        const moved = set.map(tr.mapping, tr.doc);
        const change: Change | undefined = tr.getMeta(key);
        if (!change) return moved;
        if ('remove' in change) return moved.remove(moved.find(undefined, undefined, ({ id }) => id === change.remove));
        const { upload, at } = change.add;
        return moved.add(tr.doc, [Decoration.widget(at, upload.box, { id: upload.id, side: -1 })]);
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

function placeOf(state: EditorState, id: string): number | undefined {
  return key.getState(state)?.find(undefined, undefined, (spec) => spec.id === id)[0]?.from;
}

/** Adds images where they were pasted, dropped or asked for, one after another. */
export async function addImages(
  view: EditorView,
  documentId: string,
  files: readonly File[],
  { texts, at = view.state.selection.to }: { texts: UploadTexts; at?: number },
): Promise<void> {
  for (const file of files) {
    if (!IMAGE_TYPES.some((type) => type === file.type)) texts.wrongType(file.name);
    else if (file.size > MAX_FILE_BYTES) texts.tooBig(file.name);
    else await addImage(view, documentId, file, { texts, at: Math.min(at, view.state.doc.content.size) });
  }
}

async function addImage(
  view: EditorView,
  documentId: string,
  file: File,
  { texts, at }: { texts: UploadTexts; at: number },
): Promise<void> {
  const cancel = new AbortController();
  const upload = uploadBox(file.name, texts, () => cancel.abort());
  view.dispatch(view.state.tr.setMeta(key, { add: { upload, at } }));
  const takeAway = () => !view.isDestroyed && view.dispatch(view.state.tr.setMeta(key, { remove: upload.id }));
  try {
    const stored = await sendFile(documentId, file, {
      signal: cancel.signal,
      onProgress: (share) => {
        upload.bar.value = share;
      },
    });
    const place = view.isDestroyed ? undefined : placeOf(view.state, upload.id);
    takeAway();
    if (place !== undefined) insertImage(view, stored, place);
  } catch (error) {
    takeAway();
    if (!(error instanceof DOMException && error.name === 'AbortError')) texts.failed(file.name, error);
  }
}

function insertImage(view: EditorView, stored: StoredFile, at: number): void {
  const { image } = view.state.schema.nodes;
  if (!image) return;
  // The name of a file is seldom a description: the alternative text is asked for, not made up.
  view.dispatch(view.state.tr.insert(at, image.create({ src: stored.url, alt: null })).scrollIntoView());
}

function uploadBox(name: string, texts: UploadTexts, onCancel: () => void): Upload {
  const box = document.createElement('div');
  box.className = 'upload';
  box.contentEditable = 'false';
  const label = document.createElement('span');
  label.textContent = texts.uploading(name);
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', texts.uploading(name));
  const stop = document.createElement('button');
  stop.type = 'button';
  stop.textContent = texts.cancel();
  stop.addEventListener('click', onCancel);
  box.append(label, bar, stop);
  return { id: `${name}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`, name, bar, box };
}

/** Takes images in by paste and drop. */
export function imageUploads(documentId: string, texts: UploadTexts) {
  const take = (editor: Editor, files: File[], at?: number) =>
    void addImages(editor.view, documentId, files, at === undefined ? { texts } : { texts, at });
  return [
    Extension.create({ name: 'uploads', addProseMirrorPlugins: () => [uploadsPlugin()] }),
    FileHandler.configure({
      onPaste: (editor, files, html) => {
        // Word processors and spreadsheets put a picture of the copied text beside it: the text is what was meant.
        if (!hasWords(html)) take(editor, files);
      },
      onDrop: (editor, files, at) => take(editor, files, at),
    }),
  ];
}

const hasWords = (html: string | undefined): boolean =>
  html !== undefined && new DOMParser().parseFromString(html, 'text/html').body.textContent.trim() !== '';
