// Few files for each view. esbuild makes a chunk for each set of parts that share a module. A part that is loaded later finds
// loaded what leads to it: it is told to import that too, so what is shared lies in the chunk of the door or of the chats.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ENTRY = "src/main.tsx";
const APP = "src/app.tsx";
/** What waits for the words of such parts. */
const MORE = "src/i18n/more.ts";
/** Loaded by the entry itself; all other parts only after the app. */
const FIRST = [APP, "src/features/signin/index.tsx", "src/state/keep.ts"];

/** An esbuild plugin. `outputs`: of a build without it, to see which parts there are. */
export function fewChunks(outputs) {
  const parts = new Set(Object.values(outputs).map((one) => one.entryPoint).filter((one) => one !== ENTRY && /^src\/.*\.tsx?$/.test(one ?? "")));
  return {
    name: "chunks",
    setup(made) {
      made.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const name = relative(process.cwd(), path).replaceAll("\\", "/");
        if (!parts.has(name)) return undefined;
        const isFirst = FIRST.includes(name);
        const before = (isFirst ? "" : naming(MORE, dirname(name))) + imports(isFirst ? ENTRY : APP, dirname(name));
        // On the first line, so that lines keep their numbers.
        return { contents: before + readFileSync(path, "utf-8"), loader: path.endsWith("x") ? "tsx" : "ts" };
      });
    },
  };
}

/** What a file imports at once, as imports of a file in another folder. */
function imports(file, folder) {
  const names = [...readFileSync(file, "utf-8").matchAll(/^import (?!type\b)[^"]*"([^"]+\b)";$/gm)].map(([, name]) => name);
  return names
    .filter((name) => !name.endsWith(".css"))
    .map((name) => (name.startsWith(".") ? naming(join(dirname(file), name), folder) : `import "${name}";`))
    .join("");
}

/** The import of a file by one in another folder. */
function naming(file, folder) {
  return `import "./${relative(folder, file).replaceAll("\\", "/")}";`;
}
