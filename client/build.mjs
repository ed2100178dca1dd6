// Builds the client: `node build.mjs OUTPUT [NAME]`. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? join(HERE, "../src/petitbleu/appdoor/static");
const dev = process.argv.includes("--dev");

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
  const made = await build({
    entryPoints: { app: "src/main.tsx" },
    outdir: join(output, "a"),
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["chrome116", "firefox128", "safari17"],
    jsx: "automatic",
    jsxImportSource: "preact",
    entryNames: "[name].[hash]",
    chunkNames: "[name].[hash]",
    minify: !dev,
    sourcemap: dev,
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
  });
  const picture = readFileSync("src/icon.svg");
  const icon = `a/icon.${createHash("sha256").update(picture).digest("hex").slice(0, 8)}.svg`;
  writeFileSync(join(output, icon), picture);
  const files = [...Object.keys(made.metafile.outputs).map((file) => relative(output, file)), icon].sort();
  const named = (pattern) => `/app/${files.find((file) => pattern.test(file))}`;
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update(readFileSync(join(output, file)));
  const name = digest.digest("hex").slice(0, 12);

  writeFileSync(
    join(output, "index.html"),
    readFileSync("src/index.html", "utf-8")
      .replace("{style}", named(/^a\/app\..*\.css$/))
      .replace("{script}", named(/^a\/app\..*\.js$/))
      .replaceAll("{icon}", `/app/${icon}`),
  );
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
      icons: [{ src: `/app/${icon}`, sizes: "any", type: "image/svg+xml", purpose: "any maskable" }],
    }) + "\n",
  );
  writeFileSync(join(output, "licences.txt"), licences(made.metafile));
  writeFileSync(join(output, "build.txt"), `${name}\n`);
  for (const file of files.filter((one) => /\.(js|css|svg)$/.test(one))) {
    const data = readFileSync(join(output, file));
    const zipped = gzipSync(data, { level: 9 });
    zipped[9] = 255; // the byte that names the operating system
    writeFileSync(join(output, `${file}.gz`), zipped);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length };
    writeFileSync(join(output, `${file}.br`), brotliCompressSync(data, { params }));
  }
  const sizes = files.map((file) => `${file} ${gzipSync(readFileSync(join(output, file))).length}`);
  console.log(sizes.join("\n"));
}

/** The licence of each package of which something is in the bundle. */
function licences(metafile) {
  const inputs = Object.keys(metafile.inputs).filter((one) => one.includes("node_modules/"));
  const packages = new Set(
    inputs.map((one) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(one)[0]),
  );
  return [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8"));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), "utf-8") : ""}`;
  }).join(`\n${"-".repeat(78)}\n\n`);
}
