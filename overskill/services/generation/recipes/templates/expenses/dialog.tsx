import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { toast } from "sonner";

import { Rating } from "@/components/rating";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { blank[[e.type]], [[e.many]], type [[e.type]], type [[e.type]]Draft } from "@/data/[[e.files]]";
//% for f in extra if f.type == "select"
import { [[f.constant]] } from "@/data/[[e.files]]";
//% endfor
import { people } from "@/data/people";
import { sharersOf } from "@/lib/balances";
import { useCollection } from "@/lib/collection";
import { today } from "@/lib/format";

interface [[e.type]]DialogProps {
  /** The one that is edited; without it one is added. */
  [[e.one]]?: [[e.type]];
  onClose: () => void;
}

export function [[e.type]]Dialog({ [[e.one]], onClose }: [[e.type]]DialogProps) {
  const names = useCollection(people).map((person) => person.name);
  const [sharers, setSharers] = useState([[e.one]] ? sharersOf([[e.one]], names) : names);
  const {
    register,
//% if controlled
    control,
//% endif
    handleSubmit,
    formState: { errors },
  } = useForm<[[e.type]]Draft>({
    defaultValues: [[e.one]] ?? { ...blank[[e.type]], [[payer]]: names[0] ?? ""[% if date %], [[date]]: today()[% endif %] },
  });

  function save(draft: [[e.type]]Draft) {
    const isForAll = names.every((name) => sharers.includes(name));
    const kept = { ...draft, [[shared]]: isForAll ? "" : sharers.join(", ") };
    if ([[e.one]]) [[e.many]].update([[e.one]].id, kept);
    else [[e.many]].add(kept);
    toast.success([[e.one]] ? "Changes saved" : `${draft.[[e.title.id]]} added`);
    onClose();
  }

  function toggle(name: string, isIn: boolean) {
    setSharers((current) => (isIn ? [...current, name] : current.filter((one) => one !== name)));
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={[[e.one]] ? [[("Edit " ~ e.label) | ts]] : [[("Add " ~ e.article ~ " " ~ e.label) | ts]]}>
        <form onSubmit={handleSubmit(save)} className="grid gap-5" noValidate>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <Field label=[[e.title.label | attr]] error={errors.[[e.title.id]]?.message} className="sm:col-span-2">
              <Input
                autoFocus
                autoComplete="off"
                {...register("[[e.title.id]]", {
                  validate: (value) => value.trim() !== "" || "Say what it was for.",
                })}
              />
            </Field>
            <Field label="Amount" error={errors.[[amount]]?.message}>
              <Input
                type="number"
                inputMode="decimal"
                step="any"
                min={0}
                {...register("[[amount]]", {
                  setValueAs: (value) => Number(value) || 0,
                  validate: (value) => value > 0 || "Fill in how much it was.",
                })}
              />
            </Field>
            <Field label="Paid by">
              <Select {...register("[[payer]]")}>
                {names.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            </Field>
//% for f in extra
//% include "parts/input.tsx"
//% endfor
          </div>
          <fieldset className="grid gap-2.5">
            <legend className="mb-2 text-sm leading-none font-medium">Shared by</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-2.5">
              {names.map((name) => (
                <label key={name} className="flex items-center gap-2 text-sm">
                  <Checkbox
                    checked={sharers.includes(name)}
                    onCheckedChange={(isIn) => toggle(name, isIn === true)}
                  />
                  {name}
                </label>
              ))}
            </div>
          </fieldset>
          <DialogFooter>
            <Button variant="outline" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={sharers.length === 0}>
              {[[e.one]] ? "Save changes" : [[("Add " ~ e.label) | ts]]}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
