import './platform/security.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/inter/wght-italic.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './platform/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { modules } from './modules.ts';
import { editorMessages } from './platform/editor/messages.ts';
import { startI18n } from './platform/i18n.ts';
import { common } from './platform/messages.ts';
import { messages as sharing } from './platform/sharing/messages.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const all = Object.values(modules);
startI18n([common, editorMessages, sharing, ...all.map(({ messages }) => messages)]);
createRoot(root).render(<App modules={all} />);
