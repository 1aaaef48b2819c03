/** The lines around a place in the app's code, that one marked. @param {{ excerpt: { from: number, lines: string[] }, line: number }} props */
export function CodeFrame({ excerpt, line, className = "" }) {
  return (
    <pre tabIndex={0} className={`overflow-x-auto rounded-lg border border-line bg-sunken py-2 font-mono text-xs leading-5 text-soft ${className}`}>
      {excerpt.lines.map((text, index) => {
        const number = excerpt.from + index;
        const isHere = number === line;
        return (
          <span key={number} className={`block min-w-max px-3 ${isHere ? "bg-danger-soft text-ink" : ""}`}>
            <span className={`mr-4 inline-block w-8 select-none text-right ${isHere ? "text-danger" : "text-faint"}`}>{number}</span>
            {text || " "}
          </span>
        );
      })}
    </pre>
  );
}
