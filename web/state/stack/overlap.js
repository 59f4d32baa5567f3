// How evenly the cells of a layer's output are reached, of all its axes.

/**
 * The overlap of an uneven axis, if there is one; else that of any axis.
 * @param {import('../../engine/stack.js').StackAxis[]} axes
 * @returns {import('../../engine/stack.js').Overlap | null} null where nothing is counted
 */
export function overlapOf(axes) {
  const counted = axes.flatMap(({ overlap }) => overlap ?? []);
  return counted.find(({ regular }) => !regular) ?? counted[0] ?? null;
}
