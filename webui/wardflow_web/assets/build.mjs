// Writes the browser bundles to ../static/bundles: the diagram viewer, htmx, Pico and the two subsets of the typeface.
import { build } from 'esbuild';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';

const out = new URL('../static/bundles/', import.meta.url);
const from = (path) => new URL(`node_modules/${path}`, import.meta.url);

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const { metafile } = await build({
  entryPoints: ['viewer.js', 'viewer.css'],
  absWorkingDir: new URL('.', import.meta.url).pathname,
  outdir: out.pathname,
  bundle: true,
  minify: true,
  target: 'es2022',
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning'
});

// Most packages say their licence in a file and not in a comment, so those files travel with the bundle.
const packages = new Set(Object.keys(metafile.inputs).map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
const licences = await Promise.all([...packages].sort().map(async (name) => {
  const file = (await readdir(from(name))).find((entry) => /^licen[cs]e/i.test(entry));
  const { license } = JSON.parse(await readFile(from(`${name}/package.json`), 'utf8'));
  return `${name} (${license})\n\n${file ? await readFile(from(`${name}/${file}`), 'utf8') : ''}`;
}));
await writeFile(new URL('viewer.LEGAL.txt', out), licences.join('\n\n---\n\n'));

const copies = {
  'htmx.js': 'htmx.org/dist/htmx.min.js',
  'htmx.LEGAL.txt': 'htmx.org/LICENSE',
  'pico.min.css': '@picocss/pico/css/pico.min.css',
  'pico.LEGAL.txt': '@picocss/pico/LICENSE.md',
  'be-vietnam-pro.LEGAL.txt': '@fontsource/be-vietnam-pro/LICENSE'
};
for (const subset of ['latin', 'vietnamese'])
  for (const weight of [400, 600, 700]) {
    const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    copies[name] = `@fontsource/be-vietnam-pro/files/${name}`;
  }
await Promise.all(Object.entries(copies).map(([name, path]) => copyFile(from(path), new URL(name, out))));
