import { Cake, Coffee, Salad, Soup, type LucideIcon } from "lucide-react";

import { cn } from "@/lib/cn";

import type { Course } from "./types";

const LOOKS: Record<Course, { icon: LucideIcon; className: string }> = {
  Breakfast: { icon: Coffee, className: "bg-chart-3/20 text-chart-3" },
  Lunch: { icon: Salad, className: "bg-chart-5/20 text-chart-5" },
  Dinner: { icon: Soup, className: "bg-chart-1/15 text-chart-1" },
  Dessert: { icon: Cake, className: "bg-chart-4/15 text-chart-4" },
};

interface IllustrationProps {
  course: Course;
  className?: string;
}

export function Illustration({ course, className }: IllustrationProps) {
  const { icon: Icon, className: colours } = LOOKS[course];
  return (
    <div aria-hidden className={cn("grid place-items-center overflow-hidden", colours, className)}>
      <Icon className="size-14 -rotate-6" strokeWidth={1.25} />
    </div>
  );
}
