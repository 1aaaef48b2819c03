import { Clock, Mail, MapPin, Phone } from "lucide-react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";

import { Section } from "@/components/section";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { createStore } from "@/lib/storage";

interface Message {
  name: string;
  email: string;
//% for ask in asks
  [[ask.id]]: string;
//% endfor
  text: string;
}

const messages = createStore<Message[]>("[[s.id]]-messages", []);

export function [[component]]() {
  const {
    register,
    handleSubmit,
    reset,
    formState: { errors },
  } = useForm<Message>({
    defaultValues: { name: "", email: "", [% for ask in asks %][[ask.id]]: [% if ask.options %][[ask.options[0] | ts]][% else %]""[% endif %], [% endfor %]text: "" },
  });

  function send(message: Message) {
    messages.set((sent) => [...sent, message]);
    toast.success(`Thank you, ${message.name}. We will write back soon.`);
    reset();
  }

  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[2fr_3fr] lg:gap-16">
        <ul className="grid content-start gap-6">
//% if address
          <li className="flex gap-3">
            <MapPin className="mt-0.5 size-5 shrink-0 text-primary" aria-hidden />
            <div>
              <p className="text-sm text-muted-foreground">Where</p>
              <p>[[address | jsx]]</p>
            </div>
          </li>
//% endif
//% if hours
          <li className="flex gap-3">
            <Clock className="mt-0.5 size-5 shrink-0 text-primary" aria-hidden />
            <div>
              <p className="text-sm text-muted-foreground">[[hours_label]]</p>
//% for line in hours
              <p>[[line | jsx]]</p>
//% endfor
            </div>
          </li>
//% endif
          <li className="flex gap-3">
            <Mail className="mt-0.5 size-5 shrink-0 text-primary" aria-hidden />
            <div>
              <p className="text-sm text-muted-foreground">Email</p>
              <a className="rounded-sm underline-offset-4 hover:underline" href="mailto:[[email]]">
                [[email]]
              </a>
            </div>
          </li>
//% if phone
          <li className="flex gap-3">
            <Phone className="mt-0.5 size-5 shrink-0 text-primary" aria-hidden />
            <div>
              <p className="text-sm text-muted-foreground">Phone</p>
              <a className="rounded-sm underline-offset-4 hover:underline" href="tel:[[phone | replace(" ", "")]]">
                [[phone]]
              </a>
            </div>
          </li>
//% endif
        </ul>
        <Card className="p-6">
          <form onSubmit={handleSubmit(send)} className="grid gap-4" noValidate>
            <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
              <Field label="Your name" error={errors.name?.message}>
                <Input autoComplete="name" {...register("name", { required: "Tell us your name." })} />
              </Field>
              <Field label="Email" error={errors.email?.message}>
                <Input
                  type="email"
                  autoComplete="email"
                  {...register("email", {
                    required: "We need it to write back.",
                    pattern: { value: /\S+@\S+\.\S+/, message: "This does not look like an address." },
                  })}
                />
              </Field>
//% for ask in asks
              <Field label=[[ask.label | attr]]>
//% if ask.type == "choice"
                <Select {...register("[[ask.id]]")}>
//% for option in ask.options
                  <option value=[[option | attr]]>[[option | jsx]]</option>
//% endfor
                </Select>
//% elif ask.type == "number"
                <Input type="number" min={1} inputMode="numeric" {...register("[[ask.id]]")} />
//% else
                <Input type="[[ask.type]]" {...register("[[ask.id]]")} />
//% endif
              </Field>
//% endfor
            </div>
            <Field label="Message" error={errors.text?.message}>
              <Textarea rows={4} {...register("text"[% if not asks %], { required: "Write a line or two." }[% endif %])} />
            </Field>
            <Button type="submit" size="lg" className="justify-self-start">
              Send
            </Button>
          </form>
        </Card>
      </div>
    </Section>
  );
}
