// Files that vite takes in by import but that are no JavaScript.
declare module '*.css';
