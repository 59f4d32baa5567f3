// Wires the page: link → store → model → views, and back only through the store's actions.

import { render } from 'lit';
import { core } from './core.js';
import './styles/page.css';
import { createDiagnosis } from './diagnosis.js';
import { createBackground, createEngine } from './engine/index.js';
import { currentLanguage, t } from './i18n/index.js';
import { startLanguage, switchLanguage } from './language.js';
import { keepForOffline } from './offline.js';
import { createPaste } from './paste.js';
import { save, saved } from './saved.js';
import { createScope, travelByKey } from './scope.js';
import { makeState } from './state/initial.js';
import { packLink, readyFor } from './state/packed.js';
import { OPENING, PRESETS } from './state/presets.js';
import { readLink, stackText, writeLink } from './state/url.js';
import { createTools } from './tools.js';
import { app } from './views/app.js';
import { createWaiting, loadedOnce } from './waiting.js';

const root = /** @type {HTMLElement} */ (document.getElementById('app'));

/** The opening example, with a cell selected so that the first look already shows where it comes from. */
const opening = () =>
  makeState({ ...OPENING, example: OPENING.id, selected: { map: 'output', index: 12 } });

/** @returns {{ state: import('./state/store.js').State, problem: string|null }} `problem`: its key in the words */
function fromLocation() {
  if (stackText(location.hash) !== null) return { state: opening(), problem: null };
  const link = readLink(location.hash);
  if (!link) return { state: opening(), problem: null };
  if ('problem' in link) return { state: opening(), problem: `link.${link.problem}` };
  const plain = writeLink({ ...link.state, selected: null });
  const preset = PRESETS.find((p) => writeLink(makeState(p)) === plain);
  return { state: { ...link.state, example: preset?.id ?? null }, problem: null };
}

async function start() {
  const [engine] = await Promise.all([core, startLanguage(), readyFor(location.hash)]);
  /** the whole engine, once something asked for it */
  let whole = /** @type {any} */ (null);
  const loadWhole = async () => {
    whole ??= await createEngine();
    return whole;
  };
  const loadBackground = loadedOnce(() => createBackground());
  const waitingFor = (/** @type {() => void} */ changed) => createWaiting(loadBackground, changed);
  const first = fromLocation();
  let linkProblem = first.problem;
  let isStack = stackText(location.hash) !== null;
  /** the part for stacks, once it was asked for */
  let stacked = /** @type {import('./stack.js').StackPart|null} */ (null);
  let theme = savedTheme();
  applyTheme(theme);

  let atFirst = true;
  let hasGallery = false;
  const scope = createScope({
    engine,
    whole: () => whole,
    waitingFor,
    state: first.state,
    panels: ({ panel }) => (atFirst ? [] : [panel]),
    waits: (model, settled) => {
      diagnosis.follow(model.compared, settled);
      return !model.agreement || Boolean(model.compared && !diagnosis.findings);
    },
    changed: () => {
      linkProblem = null;
    },
    draw: (model, context) => {
      render(
        app(model, {
          ...context,
          atFirst,
          hasGallery,
          gallery: () => {
            hasGallery = true;
            show();
            /** @type {HTMLDialogElement|null} */ (root.querySelector('#gallery'))?.showModal();
          },
          theme,
          setTheme: (next) => {
            theme = next;
            applyTheme(next);
            show();
          },
          setLanguage: async (code) => {
            await switchLanguage(code);
            scope.reword();
            stacked?.show();
          },
          save: download,
          tools: tools.all(),
          load: tools.load,
          linkProblem: linkProblem ?? (isStack ? (stacked?.problem() ?? null) : null),
          ...(isStack && stacked ? travelsOf(stacked.store) : {}),
          stack: isStack ? { host: stacked?.host ?? null } : null,
          setMode: (mode) => {
            linkProblem = null;
            if (mode === 'stack') openStack(null);
            else {
              isStack = false;
              show();
            }
          },
          picture: () => openPicture(scope.modelOf(store.state)),
          share: openShare,
          paste: { ...pasted, cancel: diagnosis.cancel },
          readBlock: pasted.readBlock,
          diagnosis: diagnosis.findings,
        }),
        root,
      );
      if (isStack ? stacked : !model.stale) rememberLink(linkNow);
    },
  });
  const { store, show } = scope;
  const pasted = createPaste(store, engine, loadWhole);
  const diagnosis = createDiagnosis(
    () => whole,
    loadBackground,
    () => show(true),
  );
  const tools = createTools(() => show());

  /** What to do where a part of the page cannot be fetched that few visitors need. @param {string} words */
  const unfetched = (words) => () => {
    linkProblem = words;
    show();
    return null;
  };

  const linkNow = () => (isStack && stacked ? stacked.link() : writeLink(store.state));

  /** Shows the stack: that of a link, or as it was. @param {string|null} link its text */
  const openStack = async (link) => {
    isStack = true;
    show();
    try {
      const [{ createStack }, whole] = await Promise.all([import('./stack.js'), loadWhole()]);
      if (!stacked) {
        stacked = createStack(whole, link, {
          changed: show,
          open: (state) => {
            // A step of the browser's, so that "back" brings the stack again.
            location.hash = writeLink(state);
          },
          save: download,
          waitingFor,
        });
        stacked.show();
      } else if (link !== null) stacked.open(link);
    } catch {
      isStack = false;
      unfetched('app.stackFailed')();
    }
  };

  /** @param {import('./model.js').Model} model */
  const openPicture = async (model) => {
    const opener = document.activeElement;
    const tool = await import('./picture.js').catch(unfetched('app.pictureFailed'));
    // Steps are computed beside the page's own, whose results stay kept.
    tool?.createPicture(document.body, model, {
      ...{ modelOf: scope.beside(), theme: shownTheme(), opener, save: download },
    });
  };

  const openShare = async () => {
    const opener = document.activeElement;
    const shared = isStack && stacked ? stacked.shared() : scope.modelOf(store.state);
    const [tool, link] = await Promise.all([
      import('./share.js').catch(unfetched('app.shareFailed')),
      packLink(linkNow()),
    ]);
    const home = new URL('./', location.href).href;
    tool?.createShare(document.body, shared, { link, home, lang: currentLanguage(), opener });
  };

  addEventListener('hashchange', async () => {
    knownHash = location.hash;
    await readyFor(knownHash);
    if (location.hash !== knownHash) return; // went on meanwhile
    const link = stackText(location.hash);
    if (link !== null) {
      linkProblem = null;
      openStack(link);
      return;
    }
    isStack = false;
    const { state, problem } = fromLocation();
    if (writeLink(state) !== writeLink(store.state)) store.dispatch.replace(state);
    linkProblem = problem;
    show();
  });
  addEventListener('keydown', (e) => travelByKey(e, isStack && stacked ? stacked.store : store));
  // Pasted where nothing else takes it: into the panel that is there for it.
  addEventListener('paste', (e) => {
    const text = e.clipboardData?.getData('text/plain') ?? '';
    const onPage = e.target === document.body || e.target === document.documentElement;
    if (!onPage || text.trim() === '') return;
    e.preventDefault();
    if (isStack) {
      stacked?.paste(text);
      return;
    }
    pasted.text(text, true);
    root.querySelector('.paste')?.scrollIntoView({ block: 'nearest' });
  });
  root.removeAttribute('aria-busy');
  root.replaceChildren();
  if (isStack) openStack(stackText(location.hash));
  else show();
  // What stands below comes once the first look has been drawn.
  requestAnimationFrame(() =>
    setTimeout(() => {
      atFirst = false;
      show();
      keepForOffline();
    }),
  );
}

/** Browsers limit how often the address may change, so it follows once the typing pauses. */
let linkTimer = 0;
/** The address as last read or written; another one is a navigation that is about to be read. */
let knownHash = location.hash;
/** @param {() => string} link */
function rememberLink(link) {
  clearTimeout(linkTimer);
  linkTimer = window.setTimeout(() => writeHash(link()), 400);
}

/** @param {string} text of a link */
async function writeHash(text) {
  const timer = linkTimer;
  const link = await packLink(text);
  if (timer !== linkTimer || location.hash !== knownHash) return;
  history.replaceState(null, '', `#${link}`);
  knownHash = location.hash;
}

/** @param {import('./stack.js').StackPart['store']} store */
const travelsOf = (store) => ({
  ...{ undo: store.undo, redo: store.redo },
  ...{ canUndo: store.canUndo(), canRedo: store.canRedo() },
});

/** A file of what the page holds. @param {string} name @param {string|Uint8Array|Blob} content @param {string} type */
function download(name, content, type) {
  const url = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000); // the browser may still be reading
}

const THEME_KEY = 'convscope-theme';

/** @returns {'auto'|'light'|'dark'} */
function savedTheme() {
  const theme = saved(THEME_KEY);
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

/** The colours that the page has now. */
function shownTheme() {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** @param {'auto'|'light'|'dark'} theme */
function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
  save(THEME_KEY, theme);
}

start().catch((error) => {
  root.removeAttribute('aria-busy');
  root.textContent = t('app.failed', {
    reason: error instanceof Error ? error.message : String(error),
  });
  root.setAttribute('role', 'alert');
});
