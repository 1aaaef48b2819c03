/** AWS Lambda: {"input": address, "output": address} -> {"bytes": n}, once what is published is there. */
import { buildBetween } from "./transfer.mjs";

export const handler = (event) => buildBetween(event);
