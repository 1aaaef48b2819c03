import { Plus } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

import { habits } from "./store";

export function AddHabit() {
  const [name, setName] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    habits.add({ name: name.trim(), done: [] });
    toast("Habit added");
    setName("");
  };
  return (
    <form className="flex gap-2" onSubmit={add}>
      <Input aria-label="A habit" value={name} onChange={(event) => setName(event.target.value)} />
      <Button type="submit">
        <Plus /> Add
      </Button>
    </form>
  );
}
