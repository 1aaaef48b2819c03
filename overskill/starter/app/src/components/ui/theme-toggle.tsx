import { Moon, Sun } from "lucide-react";

import { useTheme } from "@/lib/theme";

import { Button } from "./button";

export function ThemeToggle({ className }: { className?: string }) {
  const { isDark, toggle } = useTheme();
  const Icon = isDark ? Sun : Moon;
  return (
    <Button
      variant="ghost"
      size="icon"
      className={className}
      onClick={toggle}
      aria-label={isDark ? "Switch to light mode" : "Switch to dark mode"}
    >
      <Icon aria-hidden />
    </Button>
  );
}
