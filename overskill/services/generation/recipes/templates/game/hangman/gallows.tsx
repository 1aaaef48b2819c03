const STROKES = [
  "M20 190 H150 M50 190 V15 H130 V35",
  "M130 35 a17 17 0 1 1 -0.1 0",
  "M130 69 V125",
  "M130 82 L104 102",
  "M130 82 L156 102",
  "M130 125 L108 160",
  "M130 125 L152 160",
];

/** A stroke more for every miss. */
export function Gallows({ misses }: { misses: number }) {
  return (
    <svg viewBox="0 0 180 200" role="img" aria-label={`${misses} of ${STROKES.length} strokes drawn`} className="mx-auto h-44">
      {STROKES.map((path, index) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke="currentColor"
          strokeWidth={6}
          strokeLinecap="round"
          strokeLinejoin="round"
          className={index < misses ? "text-foreground" : "text-border"}
        />
      ))}
    </svg>
  );
}
