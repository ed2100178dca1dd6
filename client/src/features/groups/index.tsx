/** Joining groups and channels. */
import "./groups.css";
export { JoinBar, JoinScreen, NameScreen } from "./join.tsx";
