// Which words the page of signing in needs: the others are loaded with the chats.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";

const CATALOGUE = /i18n[\\/](en|fr)\.json$/;
const REST = /\/(en|fr)\.json\?rest$/;
/** What is loaded before it is known who is there. */
const DOOR = ["src/main.tsx", "src/features/signin/index.tsx"];

/** An esbuild plugin that gives each catalogue in two parts; `isDoor` says of a key in which. */
function halves(isDoor) {
  const part = (path, wanted) => {
    const all = Object.entries(JSON.parse(readFileSync(path, "utf-8")));
    return { contents: JSON.stringify(Object.fromEntries(all.filter(([key]) => isDoor(key) === wanted))), loader: "json" };
  };
  return {
    name: "words",
    setup(made) {
      made.onResolve({ filter: REST }, ({ path, resolveDir }) => ({ path: relative(process.cwd(), join(resolveDir, path.replace("?rest", ""))), namespace: "rest" }));
      made.onLoad({ filter: /./, namespace: "rest" }, ({ path }) => part(path, false));
      made.onLoad({ filter: CATALOGUE }, ({ path }) => part(path, true));
    },
  };
}

/** The plugin for these sources: built once without words, to see which of them the door is made of. */
export async function splitWords(options) {
  const { metafile } = await build({ ...options, write: false, sourcemap: false, plugins: [...options.plugins, halves(() => true)] });
  const text = doorSources(metafile.outputs).map((file) => readFileSync(file, "utf-8")).join("\n");
  const names = new Set([...text.matchAll(/"([a-z]+\.\w+)"/g)].map(([, key]) => key));
  // `settings.theme_${theme}`: all that begin so.
  const beginnings = [...text.matchAll(/`([a-z]+\.\w*)\$\{/g)].map(([, start]) => start);
  return halves((key) => names.has(key) || beginnings.some((start) => key.startsWith(start)));
}

/** The files of which something is in what the door loads at once. */
function doorSources(outputs) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind } of outputs[name].imports) if (kind === "import-statement") visit(path);
  };
  for (const [name, { entryPoint }] of Object.entries(outputs)) if (DOOR.includes(entryPoint)) visit(name);
  const inputs = [...found].flatMap((name) => Object.entries(outputs[name].inputs));
  return [...new Set(inputs.filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && /^src\/.*\.tsx?$/.test(file)).map(([file]) => file))];
}
