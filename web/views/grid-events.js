// What pointer, keys and clipboard do in a grid of cells: as in a spreadsheet.

/**
 * The listeners of one grid, by event. @param {import('./grid.js').GridView} grid
 */
export function handlersOf(grid) {
  let pressedActive = false;
  return {
    pointerdown: (/** @type {PointerEvent} */ e) => {
      const i = grid.cellAt(e.target);
      if (i < 0 || grid.editor.isAt(i)) return;
      pressedActive = i === grid.active && grid.focused() === grid.cells[i];
      if (e.pointerType !== 'touch') e.preventDefault();
      grid.editor.commit();
      grid.moveTo(i, { extend: e.shiftKey });
    },
    click: (/** @type {MouseEvent} */ e) => {
      const i = grid.cellAt(e.target);
      if (i < 0 || !grid.model.editable || grid.editor.isAt(i)) return;
      const touched = /** @type {PointerEvent} */ (e).pointerType === 'touch';
      if ((pressedActive || touched) && !e.shiftKey) grid.editor.open(i);
    },
    pointerover: (/** @type {PointerEvent} */ e) => {
      const i = grid.cellAt(e.target);
      if (i < 0 || e.pointerType === 'touch') return;
      if (
        e.buttons & 1 &&
        grid.cells.includes(/** @type {any} */ (grid.focused())) &&
        i !== grid.active
      )
        grid.moveTo(i, { extend: true });
      else grid.model.on.hover?.(grid.model.start + i);
    },
    pointerleave: () => grid.model.on.hover?.(null),
    focusin: (/** @type {FocusEvent} */ e) => {
      const i = grid.cellAt(e.target);
      // Reached by Tab: the cell is selected as if it had been clicked.
      if (i >= 0 && i === grid.active && !grid.editor.isOpen)
        grid.model.on.select?.(grid.model.start + i);
    },
    keydown: (/** @type {KeyboardEvent} */ e) => onKey(grid, e),
    copy: (/** @type {ClipboardEvent} */ e) => {
      if (grid.editor.isOpen) return;
      e.preventDefault();
      e.clipboardData?.setData('text/plain', grid.blockAsText());
    },
    paste: (/** @type {ClipboardEvent} */ e) => {
      if (!grid.model.editable) return;
      const text = e.clipboardData?.getData('text/plain') ?? '';
      // In an open cell a single number is pasted as text; a block goes to the cells.
      if (grid.editor.isOpen && !/[\t\n,;]|\S\s+\S/.test(text.trim())) return;
      e.preventDefault();
      grid.editor.abandon();
      grid.model.on.paste?.(grid.model.start + grid.active, text);
    },
  };
}

/** @param {import('./grid.js').GridView} grid @param {KeyboardEvent} e */
function onKey(grid, e) {
  if (grid.editor.isOpen) return grid.editor.onKey(e);
  const i = grid.active;
  const [r, c] = [Math.floor(i / grid.cols), i % grid.cols];
  const ctrl = e.ctrlKey || e.metaKey;
  const go = (/** @type {number} */ row, /** @type {number} */ col) => {
    e.preventDefault();
    const target =
      Math.max(0, Math.min(grid.rows - 1, row)) * grid.cols +
      Math.max(0, Math.min(grid.cols - 1, col));
    grid.moveTo(target, { extend: e.shiftKey });
  };
  switch (e.key) {
    case 'ArrowUp':
      return go(ctrl ? 0 : r - 1, c);
    case 'ArrowDown':
      return go(ctrl ? grid.rows - 1 : r + 1, c);
    case 'ArrowLeft':
      return go(r, ctrl ? 0 : c - 1);
    case 'ArrowRight':
      return go(r, ctrl ? grid.cols - 1 : c + 1);
    case 'Home':
      return go(ctrl ? 0 : r, 0);
    case 'End':
      return go(ctrl ? grid.rows - 1 : r, grid.cols - 1);
  }
  if (ctrl && e.key.toLowerCase() === 'a') {
    e.preventDefault();
    grid.moveTo(0);
    return grid.moveTo(grid.cells.length - 1, { extend: true });
  }
  if (e.key === 'Escape') return grid.moveTo(i);
  if (!grid.model.editable || ctrl || e.altKey) return;
  if (e.key === 'Delete' || e.key === 'Backspace') {
    e.preventDefault();
    grid.model.on.clear?.(grid.block());
  } else if (e.key === 'Enter' || e.key === 'F2') {
    e.preventDefault();
    grid.editor.open(i);
  } else if (e.key.length === 1 && e.key !== ' ') {
    e.preventDefault();
    grid.editor.open(i, e.key);
  }
}
