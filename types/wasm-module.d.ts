// The type checker's view of dist/engine/*.mjs (`#wasm/…`): what Emscripten's loader takes and gives.
// The loader itself is generated and may not be there yet, so it is never read.
export interface ModuleOptions {
  wasmBinary?: ArrayBuffer | Uint8Array;
  locateFile?: (path: string, prefix: string) => string;
}

// biome-ignore lint/suspicious/noExplicitAny: what cpp/bindings registers is typed where it is wrapped, in web/engine
export default function createModule(options?: ModuleOptions): Promise<any>;
