import { useEffect, useRef } from "react";
import { ShownChoice } from "./tick.js";

const later = (action, wait) => {
  const timer = setTimeout(action, wait);
  return () => clearTimeout(timer);
};

/** A checkbox or a radio button that nobody waits for. `checked` is what the server says. */
export function Tick({ checked, onChange, ...rest }) {
  const input = useRef(null);
  const shown = useRef(null);
  useEffect(() => {
    shown.current = new ShownChoice(input.current, later);
    return () => shown.current.close();
  }, []);
  useEffect(() => shown.current.says(Boolean(checked)), [checked]);

  const hear = ({ target }) => {
    shown.current.clicked();
    onChange(target.checked);
  };
  return <input {...rest} ref={input} defaultChecked={Boolean(checked)} onChange={hear} />;
}
