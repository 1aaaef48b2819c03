import { Sprout } from "lucide-react";

import { EmptyState } from "@/components/ui/empty-state";
import { useCollection } from "@/lib/collection";

import { HabitCard } from "./HabitCard";
import { habits } from "./store";

export function HabitList() {
  const all = useCollection(habits);
  if (all.length === 0) return <EmptyState icon={Sprout} title="No habits yet" />;
  return (
    <section className="grid gap-3">
      {all.map((habit) => (
        <HabitCard key={habit.id} habit={habit} />
      ))}
    </section>
  );
}
