import { Toaster as Sonner } from "sonner";

import { useTheme } from "@/lib/theme";

export function Toaster() {
  const { isDark } = useTheme();
  return (
    <Sonner
      theme={isDark ? "dark" : "light"}
      position="bottom-center"
      toastOptions={{
        style: {
          background: "var(--popover)",
          color: "var(--popover-foreground)",
          borderColor: "var(--border)",
          fontFamily: "var(--font-text)",
        },
        actionButtonStyle: {
          background: "var(--primary)",
          color: "var(--primary-foreground)",
        },
      }}
    />
  );
}
