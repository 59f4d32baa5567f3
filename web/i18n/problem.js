// A problem of a paste in words.

import { t } from './index.js';

/** @param {{ id: string, values: Record<string, string|number> }} problem */
export function problemText({ id, values }) {
  const role = values.role ? { role: t(`paste.role.${values.role}`) } : {};
  return t(`paste.problem.${id}`, { ...values, .../** @type {Record<string, string>} */ (role) });
}
