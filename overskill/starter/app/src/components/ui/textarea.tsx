import type { ComponentProps } from "react";

import { cn } from "@/lib/cn";

import { inputStyles } from "./input";

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(inputStyles, "field-sizing-content min-h-20 py-2 leading-relaxed", className)}
      {...props}
    />
  );
}
