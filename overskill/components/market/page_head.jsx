import { useEffect } from "react";
import { doubled } from "./page_head.js";

const OURS = "[data-prerendered]";

/**
 * Takes over from the head that the server wrote for crawlers: what the page sets itself is there once, and all of it
 * goes when somebody goes on to another page.
 *
 * @param {{ title: string }} props  "" until the page knows what it shows
 */
export function PageHead({ title }) {
  useEffect(() => {
    if (title) for (const element of doubled([...document.head.querySelectorAll("title, meta")])) element.remove();
  }, [title]);
  useEffect(
    () => () => {
      for (const element of document.head.querySelectorAll(OURS)) element.remove();
    },
    [],
  );
  return null;
}
