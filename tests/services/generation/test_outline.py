"""What a source file exports, and what it imports from."""

from overskill.services.generation.outline import exports, outline, sources


def test_an_outline_keeps_signatures_types_and_comments() -> None:
    source = """import { x } from "y";

interface CardProps {
  title: string;
}

const hidden = 1;

/** A card. */
export function Card({
  title,
}: CardProps) {
  return title;
}

export type Size = "s" | "m";
"""
    assert outline(source) == (
        "interface CardProps {\n  title: string;\n}\n/** A card. */\nexport function Card(props: CardProps)\n"
        'export type Size = "s" | "m";'
    )


def test_exports_are_named_in_every_form() -> None:
    source = """export default async function App() {}
export const one = 1;
export { two, three as four, type Five } from "./x";
export interface Six {}
const hidden = 7;
export default hidden;
"""
    assert exports(source) == ("default App", "one", "two", "four", "Five", "Six", "default hidden")


def test_sources_are_found_in_every_form() -> None:
    source = """import a from "./a";
import { b } from '@/b';
import "./c.css";
export * from "./d";
const E = lazy(() => import("./E"));
"""
    assert sources(source) == ("./a", "@/b", "./c.css", "./d", "./E")
