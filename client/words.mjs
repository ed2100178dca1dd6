// Which words the page of signing in needs, and which the chats: the others are loaded with the first part that is loaded later.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";

const CATALOGUE = /i18n[\\/](en|fr)\.json$/;
const OTHERS = /\/(en|fr)\.json\?(rest|more)$/;
/** What is loaded before it is known who is there, and what shows the chats. */
const DOOR = ["src/main.tsx", "src/features/signin/index.tsx"];
const CHATS = ["src/main.tsx", "src/app.tsx"];

/** An esbuild plugin that gives each catalogue in three parts; `placeOf` says of a key in which: "door", "rest" or "more". */
function thirds(placeOf) {
  const part = (path, wanted) => {
    const all = Object.entries(JSON.parse(readFileSync(path, "utf-8")));
    return { contents: JSON.stringify(Object.fromEntries(all.filter(([key]) => placeOf(key) === wanted))), loader: "json" };
  };
  return {
    name: "words",
    setup(made) {
      made.onResolve({ filter: OTHERS }, ({ path, resolveDir }) => {
        const [file, namespace] = path.split("?");
        return { path: relative(process.cwd(), join(resolveDir, file)), namespace };
      });
      for (const namespace of ["rest", "more"]) made.onLoad({ filter: /./, namespace }, ({ path }) => part(path, namespace));
      made.onLoad({ filter: CATALOGUE }, ({ path }) => part(path, "door"));
    },
  };
}

/** The plugin for these sources: built once without words, to see what the door and the chats are made of. */
export async function splitWords(options) {
  const { metafile } = await build({ ...options, write: false, sourcemap: false, plugins: [...options.plugins, thirds(() => "door")] });
  const [isDoor, isChats] = [DOOR, CHATS].map((entries) => isNamedIn(sourcesOf(metafile.outputs, entries)));
  return thirds((key) => (isDoor(key) ? "door" : isChats(key) ? "rest" : "more"));
}

/** Says of a key whether these files name it. */
function isNamedIn(files) {
  const text = files.map((file) => readFileSync(file, "utf-8")).join("\n");
  const names = new Set([...text.matchAll(/"([a-z]+\.\w+)"/g)].map(([, key]) => key));
  // `settings.theme_${theme}`: all that begin so.
  const beginnings = [...text.matchAll(/`([a-z]+\.\w*)\$\{/g)].map(([, start]) => start);
  return (key) => names.has(key) || beginnings.some((start) => key.startsWith(start));
}

/** The files of which something is in what these entries load at once. */
function sourcesOf(outputs, entries) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind } of outputs[name].imports) if (kind === "import-statement") visit(path);
  };
  for (const [name, { entryPoint }] of Object.entries(outputs)) if (entries.includes(entryPoint)) visit(name);
  const inputs = [...found].flatMap((name) => Object.entries(outputs[name].inputs));
  return [...new Set(inputs.filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && /^src\/.*\.tsx?$/.test(file)).map(([file]) => file))];
}
