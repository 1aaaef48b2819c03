import { Copy } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";

interface CopyButtonProps {
  text: string;
}

export function CopyButton({ text }: CopyButtonProps) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      toast.success("Copied");
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <Button variant="outline" disabled={!text} onClick={copy}>
      <Copy aria-hidden /> Copy
    </Button>
  );
}
