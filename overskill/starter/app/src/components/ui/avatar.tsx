import * as AvatarPrimitive from "@radix-ui/react-avatar";

import { cn } from "@/lib/cn";
import { initials } from "@/lib/format";

const TONES = [
  "bg-chart-1/18 text-chart-1",
  "bg-chart-2/18 text-chart-2",
  "bg-chart-3/18 text-chart-3",
  "bg-chart-4/18 text-chart-4",
  "bg-chart-5/18 text-chart-5",
];

interface AvatarProps {
  name: string;
  src?: string;
  className?: string;
}

/** A picture, or the initials on a colour that stays the same for a name. */
export function Avatar({ name, src, className }: AvatarProps) {
  const hash = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  return (
    <AvatarPrimitive.Root
      className={cn("flex size-9 shrink-0 overflow-hidden rounded-full text-xs", className)}
    >
      {src && <AvatarPrimitive.Image src={src} alt={name} className="size-full object-cover" />}
      <AvatarPrimitive.Fallback
        aria-hidden
        className={cn(
          "grid size-full place-items-center font-semibold",
          TONES[hash % TONES.length],
        )}
      >
        {initials(name)}
      </AvatarPrimitive.Fallback>
    </AvatarPrimitive.Root>
  );
}
