import { Slot } from "@radix-ui/react-slot";
import { useId, type ReactNode } from "react";

import { cn } from "@/lib/cn";

import { Label } from "./label";

interface FieldProps {
  label: string;
  hint?: string;
  error?: string;
  className?: string;
  /** One input; it gets its id and its description from here. */
  children: ReactNode;
}

export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={cn("grid content-start gap-2", className)}>
      <Label htmlFor={id}>{label}</Label>
      <Slot
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? noteId : undefined}
      >
        {children}
      </Slot>
      {note && (
        <p
          id={noteId}
          role={error ? "alert" : undefined}
          className={cn("text-xs", error ? "text-destructive" : "text-muted-foreground")}
        >
          {note}
        </p>
      )}
    </div>
  );
}
