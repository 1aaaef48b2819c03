/** One way to turn a text into another. */
export interface TextMode {
  label: string;
  sample: string;
  /** `shift` is for ciphers; everything else leaves it alone. */
  convert: (text: string, shift: number) => string;
}
