// What both browser checks share: how the browser is started, at which widths, and what axe and the eye find wrong on a page.
import { chromium } from "playwright-core";
import { AxeBuilder } from "@axe-core/playwright";

export const WIDTHS = { desktop: { width: 1100, height: 800 }, phone: { width: 360, height: 740 } };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

// Violations of axe, and a page wider than its screen.
export async function problemsOf(page) {
  const result = await new AxeBuilder({ page }).analyze();
  const problems = result.violations.map((v) => `${v.id}: ${v.help}\n      ${v.nodes.map((n) => n.target).join("\n      ")}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) problems.push(`the page is ${wide} px wider than the screen`);
  return problems;
}
