/** What is loaded after the first chat is there. */
export { RichField } from "./rich/field.tsx";
export { Suggestions } from "./suggest/list.tsx";
