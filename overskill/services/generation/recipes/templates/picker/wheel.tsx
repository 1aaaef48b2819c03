interface WheelProps {
  labels: string[];
  /** Degrees, clockwise. */
  turned: number;
  onStop: () => void;
}

const LONGEST = 16;

export function Wheel({ labels, turned, onStop }: WheelProps) {
  const angle = 360 / Math.max(1, labels.length);
  return (
    <div className="relative mx-auto aspect-square w-full max-w-md" aria-hidden>
      <span className="absolute top-0 left-1/2 z-10 size-0 -translate-x-1/2 border-x-[14px] border-t-[26px] border-x-transparent border-t-foreground" />
      <svg
        viewBox="-100 -100 200 200"
        className="size-full rounded-full border-4 border-card shadow-lg transition-transform duration-[4200ms] ease-[cubic-bezier(0.12,0.7,0.1,1)]"
        style={{ transform: `rotate(${turned}deg)` }}
        onTransitionEnd={onStop}
      >
        {labels.map((label, index) => (
          <g key={index} transform={`rotate(${index * angle})`}>
            <path d={slice(angle)} fill={`var(--chart-${1 + colour(index, labels.length)})`} fillOpacity="0.32" stroke="var(--card)" />
            <text
              transform={`rotate(${angle / 2 - 90})`}
              x="92"
              textAnchor="end"
              dominantBaseline="middle"
              fontSize={labels.length > 16 ? 6 : labels.length > 9 ? 7.5 : 9}
              fontWeight="600"
              fill="var(--foreground)"
            >
              {label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label}
            </text>
          </g>
        ))}
        <circle r="9" fill="var(--card)" stroke="var(--foreground)" strokeWidth="3" />
      </svg>
    </div>
  );
}

/** Five colours in turn; the last slice never has the colour of the first beside it. */
function colour(index: number, count: number): number {
  return index === count - 1 && index % 5 === 0 && index > 0 ? 2 : index % 5;
}

/** From the top, clockwise. */
function slice(angle: number): string {
  if (angle >= 360) return "M 0 -100 A 100 100 0 1 1 -0.01 -100 Z";
  const end = (angle * Math.PI) / 180;
  const large = angle > 180 ? 1 : 0;
  return `M 0 0 L 0 -100 A 100 100 0 ${large} 1 ${100 * Math.sin(end)} ${-100 * Math.cos(end)} Z`;
}
