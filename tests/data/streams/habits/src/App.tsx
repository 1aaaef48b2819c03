import { PageHeader } from "@/components/ui/page-header";
import { ThemeToggle } from "@/components/ui/theme-toggle";

import { AddHabit } from "./features/habits/AddHabit";
import { HabitList } from "./features/habits/HabitList";

export default function App() {
  return (
    <main className="mx-auto grid max-w-lg gap-6 p-6">
      <PageHeader title="Habits" description="One small thing a day.">
        <ThemeToggle />
      </PageHeader>
      <AddHabit />
      <HabitList />
    </main>
  );
}
