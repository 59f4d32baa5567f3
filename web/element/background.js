// The engine in the background, one for all figures of a page: loaded when one of them has something that takes long.

import { createBackground } from '../engine/index.js';
import { loadedOnce } from '../waiting.js';

export const loadBackground = loadedOnce(() => createBackground());
