// The engine's core, asked for before the rest of the page is evaluated: it is compiled beside that.

import { createEngine } from './engine/index.js';

export const core = createEngine({ part: 'core' });
core.catch(() => {}); // whoever awaits it tells of it
