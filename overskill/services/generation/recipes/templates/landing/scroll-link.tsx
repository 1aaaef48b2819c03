import type { ComponentProps } from "react";

interface ScrollLinkProps extends ComponentProps<"a"> {
  /** The id of the section to go to. */
  to: string;
}

/** Scrolls without changing the address, so it works wherever the site is mounted. */
export function ScrollLink({ to, onClick, ...props }: ScrollLinkProps) {
  return (
    <a
      href={`#${to}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(to)?.scrollIntoView({ behavior: "smooth" });
        onClick?.(event);
      }}
      {...props}
    />
  );
}
