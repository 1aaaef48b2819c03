import { useState, type FormEvent } from "react";

import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface GoalDialogProps {
  label: string;
  goal: number;
  onSave: (goal: number) => void;
  onClose: () => void;
}

export function GoalDialog({ label, goal, onSave, onClose }: GoalDialogProps) {
  const [typed, setTyped] = useState(String(goal));

  function save(event: FormEvent) {
    event.preventDefault();
    onSave(Math.max(0, Number(typed) || 0));
    onClose();
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title="Change the goal" description="0 counts without a goal.">
        <form onSubmit={save} className="grid gap-5">
          <Field label={label}>
            <Input
              autoFocus
              type="number"
              inputMode="decimal"
              min={0}
              step="any"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
          <DialogFooter>
            <Button variant="outline" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Save</Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
