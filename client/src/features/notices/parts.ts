/** What is loaded after the start. */
export { forgetKinds, lead, tell } from "./inpage.ts";
export { tellServer } from "./push.ts";
