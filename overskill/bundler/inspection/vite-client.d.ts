/** What apps refer to as "vite/client": the same that Vite declares, as far as we support it. */
interface ImportMetaEnv {
  readonly BASE_URL: string;
  readonly DEV: boolean;
  readonly MODE: string;
  readonly PROD: boolean;
  readonly SSR: boolean;
  readonly [name: string]: any;
}
interface ImportMeta {
  readonly env: ImportMetaEnv;
}
declare module "*.css" {}
declare module "*.svg" {
  const url: string;
  export default url;
}
declare module "*.txt" {
  const url: string;
  export default url;
}
declare module "*.csv" {
  const url: string;
  export default url;
}
declare module "*.md" {
  const url: string;
  export default url;
}
declare module "*?raw" {
  const text: string;
  export default text;
}
declare module "*?url" {
  const url: string;
  export default url;
}
