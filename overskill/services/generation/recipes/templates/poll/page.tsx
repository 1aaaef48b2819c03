import { Plus, RotateCcw, Trophy, [[e.icon]] } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";

import { PollOption } from "@/components/poll-option";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Input } from "@/components/ui/input";
import { blank[[e.type]], [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { plural } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";

const myVote = createStore("my-vote", "");

export function [[component]]() {
  const options = useCollection([[e.many]]);
  const [voted, setVoted] = useStore(myVote);
  const [added, setAdded] = useState("");
  const [isResetting, setIsResetting] = useState(false);

  const total = options.reduce((sum, option) => sum + option.[[votes.id]], 0);
  const most = Math.max(0, ...options.map((option) => option.[[votes.id]]));
  const leaders = options.filter((option) => most > 0 && option.[[votes.id]] === most);

  function vote(option: [[e.type]]) {
    const previous = options.find((one) => one.id === voted);
    if (previous) [[e.many]].update(previous.id, { [[votes.id]]: Math.max(0, previous.[[votes.id]] - 1) });
    if (previous?.id === option.id) {
      setVoted("");
      return;
    }
    [[e.many]].update(option.id, { [[votes.id]]: option.[[votes.id]] + 1 });
    setVoted(option.id);
    toast.success(`Your vote is in: ${option.[[e.title.id]]}`);
  }

  function add(event: FormEvent) {
    event.preventDefault();
    const name = added.trim();
    if (!name) return;
    [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: name });
    setAdded("");
  }

  function reset() {
    options.forEach((option) => [[e.many]].update(option.id, { [[votes.id]]: 0 }));
    setVoted("");
  }

  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-6">
      <header className="text-center">
        <span className="mx-auto grid size-14 place-items-center rounded-2xl bg-accent text-accent-foreground">
          <[[e.icon]] className="size-7" aria-hidden />
        </span>
        <h1 className="mt-5 font-display text-3xl font-semibold tracking-tight text-balance sm:text-4xl">[[question | jsx]]</h1>
        <p className="mt-2 text-muted-foreground" role="status">
          {plural(total, "vote", "votes")}
          {voted ? " · click your choice again to take it back" : " · pick one"}
        </p>
      </header>

      <ul className="grid grid-cols-1 gap-3">
        {options.map((option) => (
          <PollOption
            key={option.id}
            option={option}
            share={total > 0 ? option.[[votes.id]] / total : 0}
            isMine={option.id === voted}
            isLeading={leaders.includes(option)}
            onVote={() => vote(option)}
          />
        ))}
      </ul>

      {leaders.length > 0 && (
        <p className="flex items-center justify-center gap-2 text-sm font-medium">
          <Trophy className="size-4 text-warning" aria-hidden />
          {leaders.length === 1
            ? `${leaders[0]?.[[e.title.id]]} is ahead`
            : `A tie: ${leaders.map((option) => option.[[e.title.id]]).join(" and ")}`}
        </p>
      )}

      <form onSubmit={add} className="flex gap-2">
        <Input
          aria-label="Another option"
          placeholder="Suggest another option…"
          value={added}
          onChange={(event) => setAdded(event.target.value)}
        />
        <Button type="submit" variant="outline" disabled={!added.trim()}>
          <Plus aria-hidden /> Add
        </Button>
      </form>

      <Button variant="ghost" size="sm" className="mx-auto text-muted-foreground" onClick={() => setIsResetting(true)}>
        <RotateCcw aria-hidden /> Start over
      </Button>
      <ConfirmDialog
        open={isResetting}
        onOpenChange={setIsResetting}
        title="Clear all votes?"
        description="Every option goes back to zero. The options stay."
        confirmLabel="Clear votes"
        onConfirm={reset}
      />
    </div>
  );
}
