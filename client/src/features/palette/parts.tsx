export { Palette } from "./palette.tsx";
export { KeySheet } from "./sheet.tsx";
