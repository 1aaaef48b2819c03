import { useEffect } from "react";

/**
 * In a dialog: once it closes, the keyboard is again where it was when it opened. Radix sees to that for a dialog with
 * a button of its own; one that the server opens it would leave at the top of the page.
 */
export function FocusReturn() {
  useEffect(() => {
    const opener = document.activeElement; // it is the child's turn before the dialog takes the focus
    return () => {
      setTimeout(() => {
        if (document.activeElement === document.body && opener?.isConnected) opener.focus();
      }, 0);
    };
  }, []);
  return null;
}
