import { CircleCheck } from "lucide-react";
import { useState, type FormEvent } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { createStore, useStore } from "@/lib/storage";

const subscribed = createStore<string[]>("[[s.id]]-addresses", []);

export function [[component]]() {
  const [addresses, setAddresses] = useStore(subscribed);
  const [email, setEmail] = useState("");
  const [isDone, setIsDone] = useState(false);

  function join(event: FormEvent) {
    event.preventDefault();
    setAddresses([...addresses, email.trim()]);
    setEmail("");
    setIsDone(true);
  }

  return (
    <section id=[[s.id | attr]] aria-labelledby="[[s.id]]-title" className="scroll-mt-16 bg-primary text-primary-foreground">
      <div className="mx-auto flex max-w-3xl flex-col items-center px-4 py-20 text-center sm:px-6">
        <h2 id="[[s.id]]-title" className="font-display text-3xl font-semibold tracking-tight text-balance sm:text-4xl">[[s.title | jsx]]</h2>
        <p className="mt-3 text-lg text-balance">[[text | jsx]]</p>
        {isDone ? (
          <p role="status" className="mt-8 flex items-center gap-2 text-lg font-medium">
            <CircleCheck className="size-6" aria-hidden /> You are on the list. Thank you!
          </p>
        ) : (
          <form onSubmit={join} className="mt-8 flex w-full max-w-md flex-col gap-2 sm:flex-row">
            <Input
              type="email"
              required
              aria-label="Your email address"
              placeholder="you@example.com"
              autoComplete="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              className="h-11 border-transparent"
            />
            <Button
              type="submit"
              size="lg"
              className="bg-primary-foreground text-primary hover:bg-primary-foreground/90"
            >
              [[button | jsx]]
            </Button>
          </form>
        )}
      </div>
    </section>
  );
}
