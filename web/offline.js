// Lets the page work without a network after its first visit; see service-worker.js.

/** Milliseconds after which the first view has everything that it needs, and the rest may be fetched to be kept. */
const PAUSE = 1500;

/** Does nothing where a browser has no service workers, or gives none to pages that came without https. */
export function keepForOffline() {
  const address = new URL('./service-worker.js', document.baseURI);
  setTimeout(() => navigator.serviceWorker?.register(address).catch(() => {}), PAUSE);
}
