import { Plus } from "lucide-react";
import { useState, type FormEvent } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

interface IdeaComposerProps {
  label: string;
  onAdd: (text: string) => void;
}

/** A line to write in; Enter adds it and the next one can follow. */
export function IdeaComposer({ label, onAdd }: IdeaComposerProps) {
  const [text, setText] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!text.trim()) return;
    onAdd(text.trim());
    setText("");
  }

  return (
    <form onSubmit={submit} className="flex gap-2">
      <Input
        aria-label={label}
        placeholder={`${label}…`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" variant="outline" size="icon" aria-label="Add" disabled={!text.trim()}>
        <Plus aria-hidden />
      </Button>
    </form>
  );
}
