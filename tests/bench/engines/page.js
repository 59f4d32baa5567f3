// The measurements in a page: `bench` holds what compare.js has, for the browser's driver.
import * as wasm from '@tensorflow/tfjs-backend-wasm';

wasm.setWasmPaths('./tfjs/');
/** @type {any} */ (globalThis).bench = await import('./compare.js');
