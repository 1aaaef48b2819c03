import { createStore } from "@/lib/storage";

export interface Sender {
  name: string;
  address: string;
  contact: string;
  /** Bank account, tax number: whatever belongs at the foot of the page. */
  footer: string;
}

/** Who writes the [[e.labels]]; it stands on every one of them. */
export const sender = createStore<Sender>("sender", {
  name: "Your name or company",
  address: "Your street 1\nYour town",
  contact: "you@example.com",
  footer: "Bank account and tax number",
});
