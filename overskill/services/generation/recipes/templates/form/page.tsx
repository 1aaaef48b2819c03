import { CircleCheck, PenLine } from "lucide-react";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";

import { Choice } from "@/components/choice";
import { Rating } from "@/components/rating";
import { Scale } from "@/components/scale";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { blank[[e.type]], [[e.many]], type [[e.type]]Draft } from "@/data/[[e.files]]";
//% for f in asked if f.type == "select"
import { [[f.constant]] } from "@/data/[[e.files]]";
//% endfor
import { useCollection } from "@/lib/collection";
import { formatNumber, today } from "@/lib/format";

/** Nothing is chosen for anyone: an answer that was not given stays empty. */
const unanswered = {
  ...blank[[e.type]],
//% for f in asked
//% if f.type == "select"
  [[f.id]]: "",
//% elif f.ts_type == "number" and f.type != "rating" and f.unit != "of 10"
  [[f.id]]: undefined,
//% endif
//% endfor
};

export function [[component]]() {
//% if goal
  const all = useCollection([[e.many]]);
//% endif
  const [isSent, setIsSent] = useState(false);
  const {
    register,
//% if controlled
    control,
//% endif
    handleSubmit,
    reset,
    formState: { errors },
  } = useForm<[[e.type]]Draft>({ defaultValues: unanswered });

  function send(draft: [[e.type]]Draft) {
    [[e.many]].add({ ...draft[% if sent %], [[sent.id]]: today()[% endif %] });
    setIsSent(true);
    window.scrollTo({ top: 0 });
  }

  if (isSent) {
    return (
      <Card className="mx-auto grid max-w-2xl justify-items-center gap-3 p-10 text-center sm:p-14">
        <CircleCheck className="size-12 text-success" aria-hidden />
        <h1 className="font-display text-2xl font-semibold tracking-tight text-balance" role="status">
          [[thanks | jsx]]
        </h1>
        <p className="text-sm text-muted-foreground">Kept in this browser until the app has a backend.</p>
        <Button
          variant="outline"
          className="mt-3"
          onClick={() => {
            reset(unanswered);
            setIsSent(false);
          }}
        >
          <PenLine aria-hidden /> Fill it in again
        </Button>
      </Card>
    );
  }

  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-6">
      <header>
        <h1 className="font-display text-3xl font-semibold tracking-tight text-balance">[[title | jsx]]</h1>
        <p className="mt-2 text-muted-foreground">[[intro | jsx]]</p>
      </header>

//% if goal
      <section aria-label="So far" className="grid gap-2">
        <p className="flex items-baseline gap-2">
          <span className="font-display text-3xl font-semibold tabular-nums">{formatNumber(all.length)}</span>
          <span className="text-sm text-muted-foreground">of {formatNumber([[goal]])} [[e.labels]]</span>
        </p>
        <Progress value={(all.length / [[goal]]) * 100} label="[[e.labels | sentence]] toward the goal" />
      </section>

//% endif
      <Card className="p-5 sm:p-8">
        <form onSubmit={handleSubmit(send)} noValidate className="grid grid-cols-1 gap-7">
//% if asked | selectattr("required") | list
          <p className="text-xs text-muted-foreground">Questions with * need an answer.</p>
//% endif
//% for f in asked
//% set label = f.label ~ (" (" ~ f.unit ~ ")" if f.unit and f.unit != "of 10" else "") ~ (" *" if f.required else "")
//% if f.type == "boolean"
          <Controller
            control={control}
            name="[[f.id]]"
//% if f.required
            rules={{ validate: (value) => value || "This needs your tick." }}
//% endif
            render={({ field, fieldState: { error } }) => (
              <div className="grid gap-1.5">
                <label className="flex cursor-pointer items-start gap-3 text-sm leading-snug font-medium">
                  <Checkbox ref={field.ref} checked={field.value} onCheckedChange={(checked) => field.onChange(checked === true)} />
                  [[label | jsx]]
                </label>
                {error && (
                  <p role="alert" className="text-xs text-destructive">
                    {error.message}
                  </p>
                )}
              </div>
            )}
          />
//% elif f.type == "rating" or f.unit == "of 10"
          <Controller
            control={control}
            name="[[f.id]]"
//% if f.required
            rules={{ validate: (value) => value > 0 || "Choose one." }}
//% endif
            render={({ field, fieldState: { error } }) => (
              <div className="grid gap-2">
                <p className="text-sm leading-snug font-medium">[[label | jsx]]</p>
                <[[ "Rating" if f.type == "rating" else "Scale" ]] label=[[f.label | attr]] value={field.value} onChange={field.onChange} />
                {error && (
                  <p role="alert" className="text-xs text-destructive">
                    {error.message}
                  </p>
                )}
              </div>
            )}
          />
//% elif f.type == "select" and f.options | length <= radios
          <Controller
            control={control}
            name="[[f.id]]"
//% if f.required
            rules={{ required: "Choose one." }}
//% endif
            render={({ field, fieldState: { error } }) => (
              <Choice
                ref={field.ref}
                label=[[label | attr]]
                name={field.name}
                options={[[f.constant]]}
                value={field.value}
                error={error?.message}
                onChange={field.onChange}
              />
            )}
          />
//% else
          <Field label=[[label | attr]] error={errors.[[f.id]]?.message}>
//% if f.type == "select"
            <Select {...register("[[f.id]]"[% if f.required %], { required: "Choose one." }[% endif %])}>
              <option value="">Choose…</option>
              {[[f.constant]].map((option) => (
                <option key={option}>{option}</option>
              ))}
            </Select>
//% elif f.type == "longtext"
            <Textarea rows={4} {...register("[[f.id]]"[% if f.required %], { required: "This needs an answer." }[% endif %])} />
//% elif f.ts_type == "number"
            <Input
              type="number"
              inputMode="decimal"
              min={0}
              step="any"
              className="max-w-40"
              {...register("[[f.id]]", {
                setValueAs: (value) => Number(value) || 0,
//% if f.required
                validate: (value) => value > 0 || "Enter a number.",
//% endif
              })}
            />
//% elif f.type == "email"
            <Input
              type="email"
              autoComplete="email"
              {...register("[[f.id]]", {
//% if f.required
                required: "This needs an answer.",
//% endif
                pattern: { value: /^\S+@\S+\.\S+$/, message: "Enter an address such as ana@example.com." },
              })}
            />
//% else
            <Input
//% if f.input_type != "text"
              type="[[f.input_type]]"
//% endif
//% if f.type in ("date", "time")
              className="max-w-48"
//% endif
              {...register("[[f.id]]"[% if f.required %], {
                validate: (value) => value.trim() !== "" || "This needs an answer.",
              }[% endif %])}
            />
//% endif
          </Field>
//% endif
//% endfor
          <Button type="submit" size="lg" className="justify-self-start">
            [[button | jsx]]
          </Button>
        </form>
      </Card>
//% if goal and public

      <section aria-label="Signed by" className="grid gap-2">
        <h2 className="font-display text-lg font-semibold">Signed by</h2>
        <p className="text-sm text-muted-foreground">
          {all
            .filter(([[e.one]]) => [[e.one]].[[public.id]])
            .map(([[e.one]]) => [[e.one]].[[e.title.id]])
            .join(" · ") || "Be the first."}
        </p>
      </section>
//% endif
    </div>
  );
}
