/** Making groups and channels, joining them. */
export { NewChat } from "./new.tsx";
export { JoinBar, JoinScreen, NameScreen } from "./join.tsx";
