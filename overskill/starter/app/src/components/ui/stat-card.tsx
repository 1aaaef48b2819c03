import type { LucideIcon } from "lucide-react";

import { cn } from "@/lib/cn";

import { Card } from "./card";

interface StatCardProps {
  label: string;
  value: string;
  hint?: string;
  icon?: LucideIcon;
  tone?: "primary" | "success" | "warning" | "danger";
}

const TONES = {
  primary: "bg-primary/10 text-primary",
  success: "bg-success/12 text-success",
  warning: "bg-warning/15 text-warning",
  danger: "bg-destructive/12 text-destructive",
};

export function StatCard({ label, value, hint, icon: Icon, tone = "primary" }: StatCardProps) {
  return (
    <Card className="flex items-start justify-between gap-3 p-3 sm:p-5">
      <div className="min-w-0">
        <p className="text-xs leading-snug font-medium text-balance text-muted-foreground sm:text-sm">{label}</p>
        <p className="mt-1 font-display text-lg [overflow-wrap:anywhere] font-semibold tracking-tight tabular-nums sm:text-2xl">
          {value}
        </p>
        {hint && <p className="mt-1 truncate text-xs text-muted-foreground">{hint}</p>}
      </div>
      {Icon && (
        <span
          className={cn(
            "hidden size-9 shrink-0 place-items-center rounded-lg sm:grid",
            TONES[tone],
          )}
        >
          <Icon className="size-[18px]" aria-hidden />
        </span>
      )}
    </Card>
  );
}
