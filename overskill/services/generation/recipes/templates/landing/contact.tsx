import { Clock, Mail, MapPin, Phone } from "lucide-react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";

import { Section } from "@/components/section";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { createStore } from "@/lib/storage";

interface Message {
  name: string;
  email: string;
  text: string;
}

const messages = createStore<Message[]>("[[s.id]]-messages", []);

export function [[component]]() {
  const {
    register,
    handleSubmit,
    reset,
    formState: { errors },
  } = useForm<Message>({ defaultValues: { name: "", email: "", text: "" } });

  function send(message: Message) {
    messages.set((sent) => [...sent, message]);
    toast.success(`Thank you, ${message.name}. We will write back soon.`);
    reset();
  }

  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[2fr_3fr] lg:gap-16">
        <ul className="grid content-start gap-5">
          <li className="flex gap-3">
            <MapPin className="size-5 shrink-0 text-primary" aria-hidden />
            [[address | jsx]]
          </li>
          <li className="flex gap-3">
            <Clock className="size-5 shrink-0 text-primary" aria-hidden />
            <span>
//% for line in hours
              <span className="block">[[line | jsx]]</span>
//% endfor
            </span>
          </li>
          <li className="flex gap-3">
            <Mail className="size-5 shrink-0 text-primary" aria-hidden />
            <a className="rounded-sm underline-offset-4 hover:underline" href="mailto:[[email]]">
              [[email]]
            </a>
          </li>
//% if phone
          <li className="flex gap-3">
            <Phone className="size-5 shrink-0 text-primary" aria-hidden />
            <a className="rounded-sm underline-offset-4 hover:underline" href="tel:[[phone | replace(" ", "")]]">
              [[phone]]
            </a>
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
            </div>
            <Field label="Message" error={errors.text?.message}>
              <Textarea rows={4} {...register("text", { required: "Write a line or two." })} />
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
