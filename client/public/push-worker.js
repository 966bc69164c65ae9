// Shows what the server pushes while no page of the site is being looked at. It stores and fetches nothing.

const read = (data) => {
  try {
    const { title, body, path, tag } = data.json();
    return typeof title === 'string' && typeof path === 'string' ? { title, body, path, tag } : null;
  } catch {
    return null;
  }
};

const windows = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true });

const show = async (notice) => {
  // Who has the site before their eyes hears the bell.
  if ((await windows()).some((page) => page.focused)) return;
  const { title, body, tag, path } = notice;
  await self.registration.showNotification(title, { body, tag, icon: '/icon.svg', data: { path } });
};

const open = async (path) => {
  const address = new URL(path, self.location.origin);
  // Nothing leads away from here.
  if (address.origin !== self.location.origin) return;
  const [page] = await windows();
  if (page === undefined) {
    await self.clients.openWindow(address.href);
    return;
  }
  await page.focus();
  await page.navigate(address.href);
};

self.addEventListener('push', (event) => {
  const notice = event.data === null ? null : read(event.data);
  if (notice !== null) event.waitUntil(show(notice));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data?.path ?? '/')));
});
