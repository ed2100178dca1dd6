/** People: one's contacts, and what there is to see and do about one person. Loaded when it is first seen. */
import { later } from "../app/index.tsx";
import "./people.css";

export const PeopleScreen = later<object>(() => import("./screen.tsx").then((part) => part.PeopleScreen));
/** Beside the chat with a person. */
const Person = later<{ person: string }>(() => import("./person.tsx").then((part) => part.Person));

export function PersonSection({ chat }: { chat: string }) {
  return chat.startsWith("u") ? <Person key={chat} person={chat} /> : null;
}
