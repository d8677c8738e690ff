// The register on a real server with the embedded model, at the keyboard: the low-risk road from nothing to the first allowed call
// (timed, then again without JavaScript), two people in one study, the public search, the stop.
// Usage: node register.mjs PROGRAM; exits 1 on a problem.
import { launch } from "./browser.mjs";
import { Person } from "./keyboard.mjs";
import { CLAIRE, COMMANDS, PASSWORD, call, start } from "./server.mjs";

const [program] = process.argv.slice(2);
if (!program) throw new Error("name the program: node register.mjs target/debug/gouvernail");

const MODEL = "smollm2";
const JULIEN = "julien@val.example";
const SYSTEM = "aide-a-la-redaction";
const DOSSIER = `/referent/systems/${SYSTEM}`;
// By hand: one press, and one page to read before acting on it. The promise is ten minutes.
const SECONDS_A_KEY = 0.4, SECONDS_A_PAGE = 10, PROMISE = 600;

// What the administration says of itself, once.
async function organisation(claire) {
  await claire.follow('.needs a[href*="#organisation"]');
  await claire.type("#organisation-name", "Val d’Ormes");
  await claire.type("#organisation-siret", "21990012300007");
  await claire.choose("#log-yes");
  await claire.send("/organisation/sheet");
  await claire.type("#strategy-title", "Feuille de route");
  await claire.type("#strategy-url", "https://val.example/ia");
  await claire.date("#strategy-adopted", "2026-03-12");
  await claire.type("#strategy-objectives", "Répondre plus vite");
  await claire.send("/organisation/strategy");
  await claire.select("#referent-person", "Claire");
  await claire.send("/organisation/referent");
}

async function colleague(claire) {
  await claire.follow('a[href="/referent/people"]');
  await claire.type("#person-name", "Julien");
  await claire.type("#person-email", JULIEN);
  await claire.choose("#role-owner");
  await claire.choose("#role-agent");
  await claire.type("#person-password", PASSWORD);
  await claire.send("/referent/people");
}

async function declare(claire) {
  await claire.follow('nav a[href="/referent"]');
  await claire.type("#name", "Aide à la rédaction");
  await claire.type("#purpose", "aider à rédiger une note");
  await claire.choose("#touches-no");
  await claire.choose("#risk-low");
  await claire.send("/referent/systems");
}

async function supply(claire) {
  await claire.follow('a[href*="/supply#model"]');
  await claire.type("#host-name", "La commune");
  await claire.choose("#host-embedded-yes");
  await claire.type("#host-id", "local");
  await claire.send("/host");
  await claire.type("#model-name", "SmolLM2");
  await claire.select("#model-host", "La commune");
  await claire.choose("#model-open-yes");
  await claire.type("#model-licence", "Apache-2.0");
  await claire.type("#model-total", "0,135");
  await claire.type("#model-active", "0,135");
  await claire.type("#model-id", MODEL);
  await claire.send("/model");
  await claire.select("#version-model", "SmolLM2");
  await claire.type("#version-label", "1");
  await claire.send("/version");
}

async function dossier(claire) {
  await claire.follow(".notice.ok a");
  await claire.select("#owner-person", "Julien");
  await claire.send("/owner");
  await claire.follow(`a[href="${DOSSIER}/study/light"]`);
  await claire.type("#q-apport", "Un premier jet plus vite.");
  await claire.choose('[id="q-decision.no"]');
  await claire.choose('[id="q-donnees.aucune"]');
  await claire.type("#q-risques", "Un fait inventé.");
  await claire.type("#q-mesures", "Chaque fait est relu.");
  await claire.choose('[id="q-publication.no"]');
  claire.acts += 1;
  await claire.follow("button[formaction]");
  await claire.follow(".eyebrow a");
  await claire.send("/channel");
  await claire.select("#training-module", "assistant");
  await claire.send("/training");
  await claire.type("#evaluation-set", "notes");
  await claire.type("#evaluation-passed", "9");
  await claire.type("#evaluation-total", "10");
  await claire.type("#evaluation-required", "8");
  await claire.type("#evaluation-smaller", "0");
  await claire.send("/evaluation");
  await claire.type("#key-label", "Traitement de texte");
  await claire.send("/keys");
  return claire.text("code.secret");
}

const RIGHT = ["1", "2", "0", "1", "1"];

async function other(julien) {
  await julien.follow(`a[href="${DOSSIER}"]`);
  await julien.send("/owner/accept");
  await julien.follow(`a[href="${DOSSIER}/study/light"]`);
  await julien.follow('a[href$="/print"]');
  await julien.send("/sign");
  await julien.follow(".eyebrow a");
  await julien.follow(`a[href="/training/${SYSTEM}"]`);
  for (const [at, answer] of RIGHT.entries()) await julien.choose(`#q${at + 1}-${answer}`);
  await julien.send("/training/");
}

async function authorise(claire) {
  await claire.follow('nav a[href="/referent"]');
  await claire.follow(`a[href^="${DOSSIER}"]`);
  await claire.type("#authorisation-scope", "Tous les services");
  await claire.send("/authorisation");
}

// The whole road; gives the key, and says what it cost.
async function road(browser, base, how) {
  const began = Date.now();
  const claire = await Person.arrive(browser, how), julien = await Person.arrive(browser, how);
  claire.keys += COMMANDS.join("\n").length;
  await claire.signIn(base, CLAIRE, PASSWORD);
  await organisation(claire);
  await colleague(claire);
  await declare(claire);
  await supply(claire);
  const key = await dossier(claire);
  await julien.signIn(base, JULIEN, PASSWORD);
  await other(julien);
  await authorise(claire);
  const first = await call(base, key, MODEL, JULIEN);
  if (first.status !== 200) throw new Error(`the first call is refused (${first.status}): ${JSON.stringify(first.body)}`);
  const sum = (what) => claire[what] + julien[what];
  const [keys, pages, acts] = ["keys", "pages", "acts"].map(sum);
  const byHand = Math.round(keys * SECONDS_A_KEY + pages * SECONDS_A_PAGE);
  console.log(`  low-risk road${how.javaScriptEnabled ? "" : " without JavaScript"}: ${((Date.now() - began) / 1000).toFixed(1)} s, `
    + `${acts} acts, ${pages} pages, ${keys} presses; by hand about ${byHand} s (${SECONDS_A_KEY} s a press, ${SECONDS_A_PAGE} s a page)`);
  if (byHand > PROMISE) throw new Error(`the road takes more than ${PROMISE} s by hand`);
  return { claire, julien, key };
}

const browser = await launch();
const failures = [];
async function check(what, doing) {
  try {
    await doing();
    console.log(`  holds: ${what}`);
  } catch (error) {
    failures.push(`${what}\n    ${error.stack}`);
  }
}

for (const javaScriptEnabled of [true, false]) {
  const words = javaScriptEnabled ? "" : ", without JavaScript";
  const { base, stop } = await start(program);
  try {
    let town;
    await check(`from nothing to the first allowed call, by keyboard${words}`, async () => { town = await road(browser, base, { javaScriptEnabled }); });
    if (!town) continue;
  } finally {
    await stop();
  }
}
await browser.close();
for (const failure of failures) console.log(`  ${failure}`);
console.log(`register: ${failures.length} problems`);
process.exit(failures.length === 0 ? 0 : 1);
