// Builds the client: `node build.mjs OUTPUT [NAME]`. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { splitWords } from "./words.mjs";
import { fewChunks } from "./chunks.mjs";
import { emoji } from "./emoji.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? join(HERE, "../src/petitbleu/appdoor/static");
const dev = process.argv.includes("--dev");

const common = {
  bundle: true,
  format: "esm",
  target: ["chrome116", "firefox128", "safari17"],
  jsx: "automatic",
  jsxImportSource: "preact",
  chunkNames: "[name].[hash]",
  minify: !dev,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
};

process.chdir(HERE);
await make();
if (process.argv.includes("--watch")) {
  let timer;
  watch("src", { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => make().catch((error) => console.error(error.message)), 100);
  });
}

async function make() {
  rmSync(join(output, "a"), { recursive: true, force: true });
  rmSync(join(output, ".made-of"), { force: true });
  mkdirSync(join(output, "a"), { recursive: true });
  const page = {
    ...common,
    entryPoints: { main: "src/main.tsx" },
    outdir: join(output, "a"),
    entryNames: "[name].[hash]",
    splitting: true,
    sourcemap: dev,
    plugins: [emoji],
    // All rules are in one sheet: parts that are loaded later would bring none.
    loader: { ".css": "empty" },
  };
  const words = await splitWords(page);
  const apart = await build({ ...page, write: false, sourcemap: false, plugins: [emoji, words] });
  const logOverride = { "ignored-bare-import": "silent" };
  const made = await build({ ...page, logOverride, plugins: [fewChunks(apart.metafile.outputs), emoji, words] });
  const sheet = await build({
    ...common,
    stdin: { contents: sheets().map((one) => `@import "./${one}";`).join("\n"), resolveDir: HERE, loader: "css" },
    outdir: join(output, "a"),
    entryNames: "app.[hash]",
  });
  const icon = picture("src/icon.svg");
  const icons = [192, 512].map((size) => ({ size, name: picture(`src/icons/icon-${size}.png`) }));
  const outputs = { ...made.metafile.outputs, ...sheet.metafile.outputs };
  const files = [...Object.keys(outputs).map((file) => relative(output, file)), icon, ...icons.map((one) => one.name)].sort();
  const named = (pattern) => `/app/${files.find((file) => pattern.test(file))}`;
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update(readFileSync(join(output, file)));
  for (const file of ["src/index.html", "src/worker/worker.ts"]) digest.update(readFileSync(file));
  const name = digest.digest("hex").slice(0, 12);
  const entry = Object.entries(outputs).find(([, one]) => one.entryPoint === "src/main.tsx");
  const first = closure(outputs, [entry[0]]).filter((one) => one !== entry[0]);

  writeFileSync(
    join(output, "index.html"),
    readFileSync("src/index.html", "utf-8")
      .replace("{style}", named(/^a\/app\..*\.css$/))
      .replace("{script}", named(/^a\/main\..*\.js$/))
      .replaceAll("{icon}", `/app/${icon}`)
      .replace("{touch}", `/app/${icons[0].name}`)
      .replace("{build}", name)
      .replace("{parts}", first.map((one) => `<link rel="modulepreload" href="/app/${relative(output, one)}">`).join("\n")),
  );
  const kept = files.filter((one) => !one.endsWith(".map")).map((one) => `/app/${one}`);
  await build({
    ...common,
    format: "iife",
    entryPoints: { worker: "src/worker/worker.ts" },
    outdir: output,
    define: { FILES: JSON.stringify([...kept, "/app/manifest.webmanifest"]), BUILD: JSON.stringify(name) },
  });
  writeFileSync(
    join(output, "manifest.webmanifest"),
    JSON.stringify({
      name: "petitbleu",
      short_name: "petitbleu",
      id: "/app",
      start_url: "/app",
      scope: "/app",
      display: "standalone",
      background_color: "#F6F8FC",
      theme_color: "#24509E",
      shortcuts: [
        { name: "New group or channel", short_name: "New", url: "/app/new" },
        { name: "Settings", url: "/app/settings" },
      ],
      icons: [
        { src: `/app/${icon}`, sizes: "any", type: "image/svg+xml", purpose: "any" },
        ...icons.flatMap((one) => ["any", "maskable"].map((purpose) => ({ src: `/app/${one.name}`, sizes: `${one.size}x${one.size}`, type: "image/png", purpose }))),
      ],
    }) + "\n",
  );
  writeFileSync(join(output, "licences.txt"), licences(made.metafile));
  writeFileSync(join(output, "build.txt"), `${name}\n`);
  writeFileSync(join(output, "server.txt"), `${JSON.parse(readFileSync("package.json", "utf-8")).version}\n`);
  for (const file of files.filter((one) => /\.(js|css|svg)$/.test(one))) {
    const data = readFileSync(join(output, file));
    const zipped = gzipSync(data, { level: 9 });
    zipped[9] = 255; // the byte that names the operating system
    writeFileSync(join(output, `${file}.gz`), zipped);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length };
    writeFileSync(join(output, `${file}.br`), brotliCompressSync(data, { params }));
  }
  const sizes = measured(outputs, entry[0]);
  writeFileSync(join(output, "sizes.json"), `${JSON.stringify(sizes)}\n`);
  console.log(JSON.stringify(sizes, null, 1));
}

/** A picture among the assets, under a name that says what is in it. */
function picture(file) {
  const data = readFileSync(file);
  const [, stem, ending] = /([^/]+)\.(\w+)$/.exec(file);
  const name = `a/${stem}.${createHash("sha256").update(data).digest("hex").slice(0, 8)}.${ending}`;
  writeFileSync(join(output, name), data);
  return name;
}

/** Sheets in the order in which they count: colours, common rules, then each feature's. */
function sheets() {
  const found = readdirSync("src", { recursive: true }).filter((one) => one.endsWith(".css")).map((one) => `src/${one}`);
  const common = ["src/theme/tokens.css", "src/theme/base.css"];
  return [...common, ...found.filter((one) => !common.includes(one)).sort()];
}

/** Files and what they import at once, in a fixed order. */
function closure(outputs, files) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const { path, kind } of outputs[file].imports) if (kind === "import-statement") visit(path);
  };
  files.forEach(visit);
  return [...found].sort();
}

/** What a browser fetches, compressed (gzip -9), in bytes: to the page of signing in, to a chat, of rules; the largest part loaded later. */
function measured(outputs, entry) {
  const packed = (file) => gzipSync(readFileSync(file), { level: 9 }).length;
  const sum = (list) => list.reduce((total, file) => total + packed(file), 0);
  const partOf = (source) => Object.keys(outputs).find((file) => outputs[file].entryPoint === source);
  const words = partOf("src/i18n/fr.json");
  const signIn = closure(outputs, [entry, words, partOf("src/features/signin/index.tsx")]);
  const chat = closure(outputs, [entry, words, partOf("rest:src/i18n/fr.json"), partOf("src/app.tsx")]);
  const css = Object.keys(outputs).find((file) => file.endsWith(".css"));
  const known = new Set([...signIn, ...chat]);
  const later = Object.keys(outputs).filter((file) => file.endsWith(".js") && outputs[file].entryPoint && !outputs[file].entryPoint.endsWith(".json") && !known.has(file));
  const parts = later.map((file) => sum(closure(outputs, [file]).filter((one) => !known.has(one))));
  return {
    sign_in_script: sum(signIn),
    sign_in_all: sum(signIn) + packed(css) + packed(join(output, "index.html")),
    // The page, its rules and picture, what the instance says of itself, who is signed in.
    sign_in_requests: signIn.length + 5,
    chat_script: sum(chat),
    style: packed(css),
    largest_part: Math.max(...parts),
  };
}

/** The licence of each package of which something is in the bundle. */
function licences(metafile) {
  const inputs = Object.keys(metafile.inputs).filter((one) => one.includes("node_modules/"));
  const packages = new Set(
    inputs.map((one) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(one)[0]),
  );
  if (Object.keys(metafile.inputs).some((one) => one.startsWith("emoji:"))) packages.add("node_modules/emojibase-data");
  return [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8"));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), "utf-8") : ""}`;
  }).join(`\n${"-".repeat(78)}\n\n`);
}
