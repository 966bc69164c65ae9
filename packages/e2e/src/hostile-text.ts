import * as Y from 'yjs';

/** Something that no editor writes, put into a document by raw updates. */
export type Payload = { readonly name: string; readonly write: (doc: Y.Doc) => void };

/** What must never happen: the payloads call this, and their addresses lead here. */
const RUN = 'alert(document.domain)';
export const CANARY_HOST = 'evil.example';

const HREFS = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `java\tscript:${RUN}`,
  `java\nscript:${RUN}`,
  `java\rscript:${RUN}`,
  `java\0script:${RUN}`,
  ` javascript:${RUN}`,
  `\u0001javascript:${RUN}`,
  `\u200bjavascript:${RUN}`,
  `javascript&colon;${RUN}`,
  `&#106;avascript:${RUN}`,
  `javascript:${RUN}//https://example.org`,
  `javascript://example.org/%0a${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  `data:image/svg+xml,<svg onload="${RUN}"/>`,
  'vbscript:msgbox(1)',
  'VbScRiPt:msgbox(1)',
  `//${CANARY_HOST}/x`,
  `\\\\${CANARY_HOST}\\x`,
  `/\\${CANARY_HOST}`,
  'file:///etc/passwd',
  `blob:https://${CANARY_HOST}/x`,
  'filesystem:http://x/y',
  `view-source:http://${CANARY_HOST}`,
  'jar:http://x!/y',
  `https://user:pass@${CANARY_HOST}/`,
  `https://example.org"onmouseover="${RUN}`,
  `https://example.org'onclick='${RUN}`,
  'tel:+33',
  `mailto:a@b.example"onclick="${RUN}`,
] as const;

const SRCS = [
  `javascript:${RUN}`,
  `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/>`,
  `https://${CANARY_HOST}/x.png`,
  `//${CANARY_HOST}/x.png`,
  `/api/files/../../${CANARY_HOST}`,
  `/api/files/x" onerror="${RUN}`,
  'file:///etc/passwd',
  `x:x onerror=${RUN}`,
] as const;

const paragraph = (text: Y.XmlText): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [text]);
  return element;
};

const append = (doc: Y.Doc, element: Y.XmlElement): void => {
  const body = doc.getXmlFragment('body');
  body.insert(body.length, [element]);
};

const marked = (marks: Record<string, object>): ((doc: Y.Doc) => void) => {
  return (doc) => {
    const text = new Y.XmlText();
    text.insert(0, 'press here', marks);
    append(doc, paragraph(text));
  };
};

const node = (name: string, attributes: Record<string, string>, words = 'inside'): ((doc: Y.Doc) => void) => {
  return (doc) => {
    const element = new Y.XmlElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (words !== '') element.insert(0, [new Y.XmlText(words)]);
    append(doc, element);
  };
};

const HTML = `<img src=x onerror=${RUN}><script>${RUN}</script>`;

/** Sixty ways to make a page run or fetch something, none of which an editor would write. */
export const PAYLOADS: readonly Payload[] = [
  ...HREFS.map((href, at) => ({ name: `link ${at}`, write: marked({ link: { href } }) })),
  ...SRCS.map((src, at) => ({ name: `image ${at}`, write: node('image', { src, alt: HTML }, '') })),
  {
    name: 'a link with handlers',
    write: marked({
      link: { href: 'https://example.org', onclick: RUN, style: `background:url(//${CANARY_HOST})`, target: '_top' },
    }),
  },
  {
    name: 'a link with a class',
    write: marked({ link: { href: 'https://example.org', class: `"><script>${RUN}</script>` } }),
  },
  { name: 'an unknown mark', write: marked({ style: { style: `background:url(//${CANARY_HOST}/x)` } }) },
  { name: 'an iframe', write: node('iframe', { src: `javascript:${RUN}` }) },
  { name: 'an iframe with a page', write: node('iframe', { srcdoc: `<script>${RUN}</script>` }) },
  { name: 'a script', write: node('script', {}, RUN) },
  { name: 'an embed', write: node('embed', { src: `https://${CANARY_HOST}/x.swf` }) },
  { name: 'an object', write: node('object', { data: `data:text/html,<script>${RUN}</script>` }) },
  { name: 'an SVG', write: node('svg', { onload: RUN }) },
  { name: 'a mention', write: node('mention', { id: '"><img src=x>', label: HTML, href: `javascript:${RUN}` }) },
  { name: 'a stylesheet', write: node('link', { rel: 'stylesheet', href: `https://${CANARY_HOST}/x.css` }) },
  { name: 'a form', write: node('form', { action: `https://${CANARY_HOST}` }) },
  { name: 'a base', write: node('base', { href: `https://${CANARY_HOST}/` }) },
  { name: 'a meta refresh', write: node('meta', { 'http-equiv': 'refresh', content: `0;url=https://${CANARY_HOST}` }) },
  { name: 'a heading of a level that is HTML', write: node('heading', { level: HTML }) },
  {
    name: 'a paragraph with a handler',
    write: node('paragraph', { onclick: RUN, style: `background:url(//${CANARY_HOST})` }),
  },
  {
    name: 'a code block in a language that is HTML',
    write: node('codeBlock', { language: `"><script>${RUN}</script>` }),
  },
  { name: 'HTML as text', write: node('paragraph', {}, HTML) },
  { name: 'a title that is HTML', write: (doc) => doc.getMap('fields').set('title', HTML) },
  {
    name: 'a row with a link that runs',
    write: (doc) => {
      const rows = new Y.Map<unknown>();
      const row = new Y.Map<unknown>([
        ['label', HTML],
        ['url', `javascript:${RUN}`],
        ['order', 'a0'],
      ]);
      rows.set('row-1', row);
      doc.getMap('fields').set('policyLinks', rows);
    },
  },
  { name: 'a field that is HTML', write: (doc) => doc.getMap('fields').set('accessibility', HTML) },
];
