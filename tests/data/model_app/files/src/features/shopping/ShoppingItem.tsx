import { useId } from "react";

import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/lib/cn";

import type { Purchase } from "./list";

interface ShoppingItemProps {
  purchase: Purchase;
  isBought: boolean;
  onToggle: () => void;
}

export function ShoppingItem({ purchase, isBought, onToggle }: ShoppingItemProps) {
  const id = useId();
  return (
    <li className="flex items-center gap-3 px-4">
      <Checkbox id={id} checked={isBought} onCheckedChange={onToggle} />
      <label htmlFor={id} className="grid flex-1 cursor-pointer gap-0.5 py-3">
        <span className={cn("text-sm font-medium", isBought && "text-muted-foreground line-through")}>
          {purchase.label}
        </span>
        <span className="text-xs text-muted-foreground">{purchase.recipes.join(", ")}</span>
      </label>
    </li>
  );
}
