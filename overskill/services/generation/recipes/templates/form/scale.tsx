import { cn } from "@/lib/cn";

interface ScaleProps {
  label: string;
  /** 0 until something is chosen. */
  value: number;
  onChange: (value: number) => void;
}

const STEPS = Array.from({ length: 10 }, (_, index) => index + 1);

/** From 1 to 10. */
export function Scale({ label, value, onChange }: ScaleProps) {
  return (
    <div role="group" aria-label={label} className="grid gap-1.5">
      <div className="grid grid-cols-5 gap-1.5 sm:grid-cols-10">
        {STEPS.map((step) => (
          <button
            key={step}
            type="button"
            aria-pressed={step === value}
            onClick={() => onChange(step)}
            className={cn(
              "h-10 rounded-md border bg-card text-sm font-medium tabular-nums shadow-xs transition-colors outline-none hover:border-primary focus-visible:ring-2 focus-visible:ring-ring",
              step === value && "border-primary bg-primary text-primary-foreground",
            )}
          >
            {step}
          </button>
        ))}
      </div>
      <p className="flex justify-between text-xs text-muted-foreground" aria-hidden>
        <span>Not at all</span>
        <span>Very much</span>
      </p>
    </div>
  );
}
