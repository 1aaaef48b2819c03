import * as ProgressPrimitive from "@radix-ui/react-progress";

import { cn } from "@/lib/cn";

interface ProgressProps {
  /** From 0 to 100. */
  value: number;
  label: string;
  className?: string;
}

export function Progress({ value, label, className }: ProgressProps) {
  const percent = Math.max(0, Math.min(100, value));
  return (
    <ProgressPrimitive.Root
      value={percent}
      aria-label={label}
      className={cn("h-2 w-full overflow-hidden rounded-full bg-secondary", className)}
    >
      <ProgressPrimitive.Indicator
        className="h-full rounded-full bg-primary transition-[width] duration-300"
        style={{ width: `${percent}%` }}
      />
    </ProgressPrimitive.Root>
  );
}
