import { Controller, useForm, useWatch } from "react-hook-form";
import { toast } from "sonner";

import { Rating } from "@/components/rating";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { blank[[e.type]], [[e.many]], type [[e.type]], type [[e.type]]Draft } from "@/data/[[e.files]]";
//% for f in e.of("select")
import { [[f.constant]] } from "@/data/[[e.files]]";
//% endfor
import { formatMoney, today } from "@/lib/format";

interface [[e.type]]DialogProps {
  /** The one that is edited; without it one is added. */
  [[e.one]]?: [[e.type]];
  /** What an added one begins with. */
  start?: Partial<[[e.type]]Draft>;
  onClose: () => void;
}

export function [[e.type]]Dialog({ [[e.one]], start, onClose }: [[e.type]]DialogProps) {
  const {
    register,
//% if controlled or formulas
    control,
//% endif
    handleSubmit,
    formState: { errors },
  } = useForm<[[e.type]]Draft>({
    defaultValues: [[e.one]] ?? { ...blank[[e.type]][% for f in dated %], [[f.id]]: today()[% endfor %], ...start },
  });

//% for f in formulas
  const [[f.id]]Computed = useWatch({ control, name: [[f.formula | list | ts]] }).reduce(
    (product, value) => product * value,
    1,
  );
//% endfor

//% if formulas
  function save(entered: [[e.type]]Draft) {
    const draft = { ...entered[% for f in formulas %], [[f.id]]: Math.round([[f.id]]Computed * 100) / 100[% endfor %] };
//% else
  function save(draft: [[e.type]]Draft) {
//% endif
    if ([[e.one]]) {
      [[e.many]].update([[e.one]].id, draft);
      toast.success("Changes saved");
    } else {
      [[e.many]].add(draft);
      toast.success(`${draft.[[e.title.id]]} added`);
    }
    onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={[[e.one]] ? [[("Edit " ~ e.label) | ts]] : [[("Add " ~ e.article ~ " " ~ e.label) | ts]]}>
        <form onSubmit={handleSubmit(save)} className="grid gap-5" noValidate>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
//% for f in e.fields if f.type != "days"
//% if f.formula
            <div className="grid content-start gap-2">
              <span className="text-sm leading-none font-medium">[[f.label | jsx]]</span>
              <output className="flex h-9 items-center text-base font-semibold tabular-nums">{formatMoney([[f.id]]Computed)}</output>
            </div>
//% elif loop.first and f.ts_type == "string" and f.type not in ("select", "longtext")
            <Field label=[[f.label | attr]] error={errors.[[f.id]]?.message} className="sm:col-span-2">
              <Input
                autoFocus
                autoComplete="off"
                {...register("[[f.id]]", {
                  validate: (value) => value.trim() !== "" || [[("Fill in the " ~ f.label | low ~ ".") | ts]],
                })}
              />
            </Field>
//% elif f.type == "longtext"
            <Field label=[[f.label | attr]] className="sm:col-span-2">
              <Textarea rows={3} {...register("[[f.id]]")} />
            </Field>
//% else
//% include "parts/input.tsx"
//% endif
//% endfor
          </div>
          <DialogFooter>
            <Button variant="outline" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">{[[e.one]] ? "Save changes" : [[("Add " ~ e.label) | ts]]}</Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
