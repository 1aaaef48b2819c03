import { useState, type FormEvent } from "react";

import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

import { ingredientLine, parseIngredient } from "./ingredients";
import { COURSES, type Course, type RecipeDraft } from "./types";

interface RecipeFormProps {
  recipe: RecipeDraft;
  onSave: (recipe: RecipeDraft) => void;
}

function lines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

export function RecipeForm({ recipe, onSave }: RecipeFormProps) {
  const [draft, setDraft] = useState(recipe);
  const [ingredients, setIngredients] = useState(
    recipe.ingredients.map((ingredient) => ingredientLine(ingredient)).join("\n"),
  );
  const [steps, setSteps] = useState(recipe.steps.join("\n"));
  const [error, setError] = useState<string>();

  function save(event: FormEvent) {
    event.preventDefault();
    if (!draft.title.trim()) {
      setError("Give the recipe a title.");
      return;
    }
    onSave({
      ...draft,
      title: draft.title.trim(),
      ingredients: lines(ingredients).map(parseIngredient),
      steps: lines(steps),
    });
  }

  return (
    <form onSubmit={save} noValidate className="grid gap-4">
      <Field label="Title" error={error}>
        <Input
          autoFocus
          value={draft.title}
          onChange={(event) => setDraft({ ...draft, title: event.target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Course">
          <Select
            value={draft.course}
            onChange={(event) => setDraft({ ...draft, course: event.target.value as Course })}
          >
            {COURSES.map((course) => (
              <option key={course}>{course}</option>
            ))}
          </Select>
        </Field>
        <Field label="Minutes">
          <Input
            type="number"
            min={1}
            value={draft.minutes}
            onChange={(event) => setDraft({ ...draft, minutes: Number(event.target.value) })}
          />
        </Field>
        <Field label="Servings">
          <Input
            type="number"
            min={1}
            max={20}
            value={draft.servings}
            onChange={(event) => setDraft({ ...draft, servings: Number(event.target.value) || 1 })}
          />
        </Field>
      </div>
      <Field label="Ingredients" hint="One a line, for example: 200 g flour">
        <Textarea
          rows={5}
          value={ingredients}
          onChange={(event) => setIngredients(event.target.value)}
        />
      </Field>
      <Field label="Steps" hint="One a line">
        <Textarea rows={5} value={steps} onChange={(event) => setSteps(event.target.value)} />
      </Field>
      <DialogFooter>
        <Button type="submit">Save recipe</Button>
      </DialogFooter>
    </form>
  );
}
