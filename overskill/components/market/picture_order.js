/** The ids with the one at `from` at `to` instead; the same list where that is not possible. */
export function moved(ids, from, to) {
  if (from === to || from < 0 || to < 0 || from >= ids.length || to >= ids.length) return ids;
  const next = ids.filter((_, at) => at !== from);
  next.splice(to, 0, ids[from]);
  return next;
}
