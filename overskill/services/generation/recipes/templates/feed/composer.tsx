import { Send } from "lucide-react";
import { useState, type FormEvent, type KeyboardEvent } from "react";

import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { blank[[e.type]], [[e.many]] } from "@/data/[[e.files]]";
import { today } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";

const author = createStore("author", "You");

export function Composer([% if topic %]{ topic }: { topic: string | undefined }[% endif %]) {
  const [name, setName] = useStore(author);
  const [text, setText] = useState("");

  function send() {
    if (!text.trim()) return;
    [[e.many]].add({
      ...blank[[e.type]],
      [[author]]: name.trim() || "You",
      [[body]]: text.trim(),
      [[date]]: today(),
//% if topic
      [[topic.id]]: topic ?? blank[[e.type]].[[topic.id]],
//% endif
    });
    setText("");
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    send();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <Card className="p-4">
      <form onSubmit={onSubmit} className="flex gap-3">
        <Avatar name={name || "You"} />
        <div className="min-w-0 flex-1">
          <Textarea
            aria-label="Message"
            rows={2}
            placeholder=[[prompt | attr]]
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            className="min-h-14 border-0 bg-transparent px-0 shadow-none focus-visible:ring-0"
          />
          <div className="flex items-center justify-between gap-3 border-t pt-3">
            <label className="flex items-center gap-2 text-xs text-muted-foreground">
              as
              <Input value={name} onChange={(event) => setName(event.target.value)} className="h-8 w-32" />
            </label>
            <Button type="submit" size="sm" disabled={!text.trim()}>
              <Send aria-hidden /> Send
            </Button>
          </div>
        </div>
      </form>
    </Card>
  );
}
