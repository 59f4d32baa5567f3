// Files that vite takes in by import but that are no JavaScript.
declare module '*.css?inline' {
  const text: string;
  export default text;
}
declare module '*.css';

interface ImportMeta {
  /** what vite puts in: "element" where the script is built alone */
  readonly env: { readonly MODE: string };
}
