import { useState, type FormEvent } from "react";

import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import { counted } from "@/lib/event";

export function EventDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(counted.get);
  const [day = "", time = ""] = draft.at.split("T");

  function save(event: FormEvent) {
    event.preventDefault();
    counted.set({ ...draft, title: draft.title.trim(), isExample: false });
    onClose();
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title="What are you counting down to?">
        <form onSubmit={save} className="grid gap-5">
          <Field label="Title">
            <Input
              required
              maxLength={80}
              value={draft.title}
              onChange={({ target }) => setDraft({ ...draft, title: target.value })}
            />
          </Field>
          <div className="grid grid-cols-2 gap-4">
            <Field label="Date">
              <Input
                type="date"
                required
                value={day}
                onChange={({ target }) => setDraft({ ...draft, at: `${target.value}T${time}` })}
              />
            </Field>
            <Field label="Time">
              <Input
                type="time"
                required
                value={time}
                onChange={({ target }) => setDraft({ ...draft, at: `${day}T${target.value}` })}
              />
            </Field>
          </div>
          <div className="flex items-center justify-between gap-4">
            <Label htmlFor="yearly">Every year again</Label>
            <Switch
              id="yearly"
              checked={draft.isYearly}
              onCheckedChange={(isYearly) => setDraft({ ...draft, isYearly })}
            />
          </div>
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
