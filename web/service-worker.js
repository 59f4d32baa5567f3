// Keeps the playground, the guides and the reference usable without a network once the playground has been open:
// everything of this build is fetched and kept. What is asked of other places, and the page for an iframe, is left to
// the browser.

/** What the build puts in: which build this is, and its files. @type {{ version: string, files: string[] }} */
const BUILD = { version: '', files: [] };

const PREFIX = 'convscope-';
const CACHE = PREFIX + BUILD.version;
const HOME = 'index.html';

/** The page for an iframe is another page's matter. */
const EMBED = 'embed.html';

const worker = /** @type {any} */ (self);

worker.addEventListener('install', (/** @type {any} */ event) => {
  const fetched = caches.open(CACHE).then((cache) => cache.addAll(BUILD.files));
  event.waitUntil(fetched);
});

// A new build takes over when no page of the old one is open any more, which still needs its own files.
worker.addEventListener('activate', (/** @type {any} */ event) => {
  const isOld = (/** @type {string} */ name) => name.startsWith(PREFIX) && name !== CACHE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))),
  );
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const folder = new URL('./', worker.location.href);
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== folder.origin) return;
  if (request.mode === 'navigate') {
    const name = url.pathname.slice(folder.pathname.length) || HOME;
    const isPage = name !== EMBED && BUILD.files.includes(`./${name}`);
    if (isPage) event.respondWith(fetch(request).catch(() => kept(name)));
  } else {
    event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  }
});

/** @param {RequestInfo} request */
const kept = (request) => caches.open(CACHE).then((cache) => cache.match(request));
