/** Which page is edited: those with an address first, then the parts that pages are made of. */
export function PagePicker({ pages, path, onPick }) {
  const of = (kind) => pages.filter((page) => page.kind === kind);
  return (
    <select
      aria-label="Page"
      value={path}
      onChange={({ target }) => onPick(target.value)}
      className="h-7.5 min-w-0 max-w-60 truncate rounded-lg border border-transparent bg-transparent px-2.5 text-[13px] font-medium text-ink hover:bg-hover"
    >
      <Group words="Pages" pages={of("page")} />
      <Group words="Components" pages={of("component")} />
    </select>
  );
}

function Group({ words, pages }) {
  if (pages.length === 0) return null;
  return (
    <optgroup label={words}>
      {pages.map(({ path, name, route, problem }) => (
        <option key={path} value={path} disabled={Boolean(problem)} title={problem || path}>
          {route ? `${name}  ${route}` : name}
        </option>
      ))}
    </optgroup>
  );
}
