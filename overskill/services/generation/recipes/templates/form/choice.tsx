import type { Ref } from "react";

interface ChoiceProps {
  label: string;
  name: string;
  options: readonly string[];
  value: string;
  error?: string;
  onChange: (value: string) => void;
  /** The first option takes the focus when an answer is missing. */
  ref?: Ref<HTMLInputElement>;
}

/** One of a few, all of them in sight. */
export function Choice({ label, name, options, value, error, onChange, ref }: ChoiceProps) {
  return (
    <fieldset aria-invalid={error ? true : undefined} className="grid gap-2">
      <legend className="mb-2 text-sm leading-snug font-medium">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option, index) => (
          <label
            key={option}
            className="flex min-h-10 cursor-pointer items-center gap-2.5 rounded-lg border bg-card px-3.5 py-2 text-sm shadow-xs transition-colors hover:border-primary has-checked:border-primary has-checked:bg-primary/8 has-focus-visible:ring-2 has-focus-visible:ring-ring"
          >
            <input
              ref={index === 0 ? ref : undefined}
              type="radio"
              name={name}
              checked={option === value}
              onChange={() => onChange(option)}
              className="size-4 accent-primary outline-none"
            />
            {option}
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="text-xs text-destructive">
          {error}
        </p>
      )}
    </fieldset>
  );
}
