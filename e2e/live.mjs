// The running demonstration, walked by each of its people in a real browser: every page that a link leads to is opened, judged
// by axe at two widths, and must answer. Usage: node live.mjs EXPLORE.json [PICTURES]; exits 1 on a problem.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { WIDTHS, launch, problemsOf } from "./browser.mjs";

const [file, pictures] = process.argv.slice(2);
if (!file) throw new Error("name the demonstration's explore.json: node live.mjs EXPLORE.json [PICTURES]");
const story = JSON.parse(await readFile(file, "utf8"));
// Pages that one person may reach; more would be a loop of links.
const MOST = 60;
const failures = [];
let opened = 0;

async function signIn(page, email) {
  await page.goto(`${story.base}/login`);
  await page.fill("#email", email);
  await page.fill("#password", story.password);
  // By keyboard, as everything must be possible.
  await page.press("#password", "Enter");
  await page.waitForLoadState();
}

async function linksOf(page) {
  const hrefs = await page.$$eval("a[href]:not([download])", (all) => all.map((a) => a.href));
  const inside = hrefs.map((href) => new URL(href)).filter((url) => url.origin === new URL(story.base).origin);
  // Files are fetched and not drawn; the language of a page is checked once.
  return inside.filter((url) => !/\.(pdf|json|csv|tlog-proof|leaf)$/.test(url.pathname) && !/^\/(log|badges)\//.test(url.pathname)
    && !url.searchParams.has("lang")).map((url) => url.pathname);
}

async function walk(browser, who, email, from) {
  const context = await browser.newContext({ viewport: WIDTHS.desktop, bypassCSP: true, locale: "fr-FR" });
  const page = await context.newPage();
  if (email) await signIn(page, email);
  const waiting = [...from], seen = new Set();
  while (waiting.length > 0 && seen.size < MOST) {
    const path = waiting.shift();
    if (seen.has(path)) continue;
    seen.add(path);
    for (const [width, size] of Object.entries(WIDTHS)) {
      await page.setViewportSize(size);
      const answer = await page.goto(`${story.base}${path}`);
      if (answer.status() >= 400) { failures.push(`${who} ${path}: status ${answer.status()}`); break; }
      opened += 1;
      const problems = await problemsOf(page);
      if (problems.length > 0) failures.push(`${who} ${path} (${width})\n    ${problems.join("\n    ")}`);
    }
    waiting.push(...await linksOf(page));
  }
  await context.close();
  return seen.size;
}

// Without JavaScript a form still works: a person signs in and reaches their first page.
async function withoutScript(browser, email) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, email);
  if (new URL(page.url()).pathname === "/login") failures.push("signing in needs JavaScript");
  await context.close();
}

async function picture(browser, { name, email, url }) {
  const context = await browser.newContext({ viewport: WIDTHS.desktop, locale: "fr-FR" });
  const page = await context.newPage();
  if (email) await signIn(page, email);
  await page.goto(url.startsWith("http") ? url : `${story.base}${url}`);
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  await context.close();
}

const browser = await launch();
try {
  for (const { who, email, from } of story.walks) {
    const pages = await walk(browser, who, email, from);
    console.log(`  ${who}: ${pages} pages`);
  }
  await withoutScript(browser, story.walks.find((walk) => walk.email).email);
  if (story.observatory) {
    const page = await (await browser.newContext({ bypassCSP: true, locale: "fr-FR" })).newPage();
    await page.goto(story.observatory);
    opened += 1;
    const problems = await problemsOf(page);
    if (problems.length > 0) failures.push(`observatory\n    ${problems.join("\n    ")}`);
  }
  if (pictures) {
    await mkdir(pictures, { recursive: true });
    for (const wanted of story.pictures) await picture(browser, wanted);
  }
} finally {
  await browser.close();
}
for (const failure of failures) console.log(`  ${failure}`);
console.log(`live: ${opened} pages opened, ${failures.length} problems`);
process.exit(failures.length === 0 && opened > 0 ? 0 : 1);
