/** Waits for the words of the parts that are loaded later: the build puts it before each of them (`chunks.mjs`). */
import { loadMore } from "./index.ts";

const AGAIN_MS = 1000;

// A module that fails has failed for ever: without a connection it waits for one.
while (!(await loadMore().then(() => true, () => false))) await new Promise((resume) => setTimeout(resume, AGAIN_MS));
