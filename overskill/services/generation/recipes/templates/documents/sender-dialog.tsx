import { Building2 } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { sender, type Sender } from "@/data/sender";
import { useStore } from "@/lib/storage";

/** Who writes: kept as it is typed. */
export function SenderDialog() {
  const [details, set] = useStore(sender);
  const change = (changes: Partial<Sender>) => set((current) => ({ ...current, ...changes }));

  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="outline">
          <Building2 aria-hidden /> Your details
        </Button>
      </DialogTrigger>
      <DialogContent title="Your details" description="They stand on every page you print.">
        <div className="grid gap-4">
          <Field label="Name or company">
            <Input value={details.name} onChange={(event) => change({ name: event.target.value })} />
          </Field>
          <Field label="Address">
            <Textarea
              rows={3}
              value={details.address}
              onChange={(event) => change({ address: event.target.value })}
            />
          </Field>
          <Field label="Email or phone">
            <Input
              value={details.contact}
              onChange={(event) => change({ contact: event.target.value })}
            />
          </Field>
          <Field label="At the foot" hint="Bank account, tax number">
            <Textarea
              rows={2}
              value={details.footer}
              onChange={(event) => change({ footer: event.target.value })}
            />
          </Field>
        </div>
        <DialogFooter>
          <DialogClose asChild>
            <Button>Done</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
