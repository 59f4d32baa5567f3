// What an element and the figure in it know of each other.

/**
 * @typedef {object} Figure what runs in an element
 * @property {(changed: string[]) => void} update reads attributes, by name, and draws; with none, draws
 * @property {(event: KeyboardEvent) => void} undoByKey
 * @property {() => void} stop nothing more happens of itself
 * @typedef {object} FigureHost
 * @property {Element} element
 * @property {ShadowRoot} root
 * @property {import('../state/store.js').State|null} opening what a figure of one layer begins with that has no link that can be read
 * @property {() => string|null} home
 * @property {() => void} drawn called after each drawing
 * @property {(detail: import('./event.js').ConvScopeDetail) => void} tell of what the reader changed
 * @property {(home: string, link: string) => string} open address of the playground with a state
 * @typedef {(host: FigureHost) => Figure} MakeFigure
 * @typedef {'layer'|'stack'} Kind
 */

export {};
