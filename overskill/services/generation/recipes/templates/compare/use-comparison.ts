import { toast } from "sonner";

import { comparison, type Choice, type Criterion, type Value } from "@/data/comparison";
import { useStore } from "@/lib/storage";

/** The matrix, and every change one can make to it. */
export function useComparison() {
  const [{ criteria, choices }, set] = useStore(comparison);

  function changeCriterion(id: string, changes: Partial<Criterion>) {
    set((current) => ({
      ...current,
      criteria: current.criteria.map((one) => (one.id === id ? { ...one, ...changes } : one)),
    }));
  }

  function changeChoice(id: string, changes: Partial<Choice>) {
    set((current) => ({
      ...current,
      choices: current.choices.map((one) => (one.id === id ? { ...one, ...changes } : one)),
    }));
  }

  function fill(choice: Choice, criterion: string, value: Value) {
    changeChoice(choice.id, { values: { ...choice.values, [criterion]: value } });
  }

  function remove(what: "criteria" | "choices", id: string, name: string) {
    const before = comparison.get();
    set((current) => ({
      ...current,
      criteria: current.criteria.filter((one) => what !== "criteria" || one.id !== id),
      choices: current.choices.filter((one) => what !== "choices" || one.id !== id),
    }));
    toast(`${name || "One"} deleted`, { action: { label: "Undo", onClick: () => set(before) } });
  }

  function addChoice() {
    const added: Choice = { id: crypto.randomUUID(), name: `[[one]] ${choices.length + 1}`, values: {} };
    set((current) => ({ ...current, choices: [...current.choices, added] }));
  }

  function addCriterion(added: Omit<Criterion, "id" | "weight">) {
    const criterion = { ...added, id: crypto.randomUUID(), weight: 3 };
    set((current) => ({ ...current, criteria: [...current.criteria, criterion] }));
  }

  return { criteria, choices, changeCriterion, changeChoice, fill, remove, addChoice, addCriterion };
}
