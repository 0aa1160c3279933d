import type { AuditFilter } from '../api-people.ts';

const parts: Record<keyof AuditFilter, RegExp> = {
  action: /^[a-z]+(\.[a-z-]+)?$/,
  person: /^p_[\w-]{22}$/,
  circle: /^c_[\w-]{22}$/,
  from: /^20\d\d-\d\d-\d\d$/,
  to: /^20\d\d-\d\d-\d\d$/,
};

/** What is looked for in the log, read from its address; what cannot be right counts as absent. */
export function auditFilterOf(search: string): AuditFilter {
  const query = new URLSearchParams(search);
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, pattern]) => {
      const value = query.get(part);
      return value !== null && pattern.test(value) ? [[part, value]] : [];
    }),
  );
}
