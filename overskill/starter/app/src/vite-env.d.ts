/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where pictures are made to fit, if the place where the app is published does so. */
  readonly PICTURES?: string;
}
