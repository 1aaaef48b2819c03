import { createElement, useEffect, useRef } from "react";

/**
 * A form that the browser itself sends. While it is under way the form carries `data-sent`, and can't be sent twice.
 *
 * @param {React.FormHTMLAttributes<HTMLFormElement>} props
 */
export function NativeForm({ children, ...props }) {
  const form = useRef(null);

  useEffect(() => {
    // Coming back with the browser's own Back button must find a form that works.
    const reset = () => delete form.current?.dataset.sent;
    window.addEventListener("pageshow", reset);
    return () => window.removeEventListener("pageshow", reset);
  }, []);

  const onSubmit = (event) => {
    if (form.current.dataset.sent) event.preventDefault();
    else form.current.dataset.sent = "true";
  };

  return createElement("form", { ...props, ref: form, onSubmit }, children);
}
