interface NumberRangeProps {
  lowest: number;
  highest: number;
  /** Where it must be by now. */
  from: number;
  to: number;
}

/** The numbers as a bar; what is still possible is coloured. */
export function NumberRange({ lowest, highest, from, to }: NumberRangeProps) {
  const span = Math.max(1, highest - lowest);
  return (
    <div>
      <div className="relative h-4 overflow-hidden rounded-full bg-muted" aria-hidden>
        <div
          className="absolute inset-y-0 rounded-full bg-primary transition-[left,right] duration-300"
          style={{
            left: `${((from - lowest) / span) * 100}%`,
            right: `${((highest - to) / span) * 100}%`,
            minWidth: "0.5rem",
          }}
        />
      </div>
      <p className="mt-2 text-center text-sm text-muted-foreground tabular-nums">
        It is between {from} and {to}.
      </p>
    </div>
  );
}
