// Somebody at a keyboard: reaches what they want with Tab, opens, chooses and types, never with a mouse. Counts what it costs.
// Works the same without JavaScript in the page.
import { WIDTHS } from "./browser.mjs";

// More presses than this on one page, and the control is not reachable.
const MOST_TABS = 250;

export class Person {
  static async arrive(browser, { javaScriptEnabled = true } = {}) {
    const context = await browser.newContext({ viewport: WIDTHS.desktop, locale: "fr-FR", javaScriptEnabled });
    return new Person(context, await context.newPage());
  }

  constructor(context, page) {
    Object.assign(this, { context, page, keys: 0, pages: 0, acts: 0 });
  }

  leave() { return this.context.close(); }

  async press(key) {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  async write(text) {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }

  // Types an address, as one does once.
  async visit(url) {
    this.keys += url.length + 1;
    this.pages += 1;
    const answer = await this.page.goto(url);
    if (answer.status() >= 400) throw new Error(`${url}: status ${answer.status()}`);
  }

  // Follows a link that somebody sent.
  async open(url) {
    this.keys += 1;
    this.pages += 1;
    const answer = await this.page.goto(url);
    if (answer.status() >= 400) throw new Error(`${url}: status ${answer.status()}`);
  }

  // What has the focus: whether it is the wanted element, and whether the eye sees it.
  focus(selector) {
    return this.page.evaluate((wanted) => {
      const at = document.activeElement, style = getComputedStyle(at);
      const radio = document.querySelector(wanted);
      const same = at.matches(wanted) || (at.type === "radio" && radio?.type === "radio" && at.name === radio.name && at.form === radio.form);
      const box = at.getBoundingClientRect();
      const shown = style.outlineStyle !== "none" || style.boxShadow !== "none";
      return { same, seen: shown && box.width > 0 && box.top < innerHeight && box.bottom > 0, name: at.name || at.textContent.trim().slice(0, 40) };
    }, selector);
  }

  // On a page just opened, the first stop leads over the header, as for everybody who reads by keyboard.
  async skipHeader(selector) {
    const far = await this.page.evaluate((wanted) => document.activeElement === document.body && location.hash === ""
      && document.querySelector("main")?.contains(document.querySelector(wanted)), selector);
    if (!far) return;
    await this.press("Tab");
    await this.press("Enter");
  }

  async reach(selector) {
    await this.skipHeader(selector);
    for (let tabs = 0; tabs <= MOST_TABS; tabs += 1) {
      const { same, seen, name } = await this.focus(selector);
      if (same && !seen) throw new Error(`the focus on "${name}" cannot be seen (${this.page.url()})`);
      if (same) return;
      await this.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${selector} on ${this.page.url()}`);
  }

  // Opens the folds around a control, the outermost first.
  async reveal(selector) {
    for (;;) {
      const fold = await this.page.evaluate((wanted) => {
        const folds = [];
        const target = document.querySelector(wanted);
        if (!target) return "absent";
        for (let at = target.parentElement; at; at = at.parentElement) {
          if (at.matches("details:not([open])") && !at.querySelector(":scope > summary")?.contains(target)) folds.unshift(at);
        }
        document.querySelectorAll("[data-fold]").forEach((old) => old.removeAttribute("data-fold"));
        folds[0]?.querySelector(":scope > summary").setAttribute("data-fold", "");
        return folds.length > 0;
      }, selector);
      if (fold === "absent") throw new Error(`there is no ${selector} on ${this.page.url()}`);
      if (!fold) return;
      await this.reach("[data-fold]");
      await this.press("Enter");
    }
  }

  async go(selector) {
    await this.reveal(selector);
    await this.reach(selector);
  }

  value(selector) { return this.page.$eval(selector, (field) => field.value); }

  async type(selector, text) {
    await this.go(selector);
    if (await this.value(selector)) await this.press("Control+A");
    await this.write(text);
  }

  // A day. Its field takes the digits in the order of the browser's language, which is tried.
  async date(selector, day) {
    await this.go(selector);
    const [year, month, date] = day.split("-");
    for (const typed of [month + date + year, date + month + year]) {
      await this.write(typed);
      if (await this.value(selector) === day) return;
      // Back to its first part.
      this.keys -= typed.length;
      for (let part = 0; part < 2; part += 1) await this.page.keyboard.press("Shift+Tab");
    }
    throw new Error(`${selector} does not take ${day}: it holds "${await this.value(selector)}"`);
  }

  // A radio button or a box by its value, in the group that has the focus.
  async choose(selector) {
    await this.go(selector);
    for (let steps = 0; steps < 20; steps += 1) {
      const there = await this.page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
      if (there) break;
      await this.press("ArrowDown");
    }
    if (!await this.page.$eval(selector, (box) => box.checked)) await this.press("Space");
    if (!await this.page.$eval(selector, (box) => box.checked)) throw new Error(`${selector} does not stay chosen`);
  }

  // An option of a list by what it says.
  async select(selector, words) {
    await this.go(selector);
    const says = () => this.page.$eval(selector, (list) => list.selectedOptions[0]?.textContent ?? "");
    for (let steps = 0; steps < 20 && !(await says()).includes(words); steps += 1) await this.press("ArrowDown");
    if (!(await says()).includes(words)) throw new Error(`${selector} does not offer "${words}"`);
  }

  // Follows a link or presses a button, and waits for the page that comes.
  async follow(selector) {
    await this.go(selector);
    await this.#enter();
  }

  // Sends a form by its button. The page that comes must not be the form with mistakes.
  async send(action) {
    this.acts += 1;
    await this.follow(action ? `form[action*="${action}"] button` : "main form button");
    const mistakes = await this.page.$$eval("[role=alert] li", (all) => all.map((one) => one.textContent));
    if (mistakes.length > 0) throw new Error(`${this.page.url()}: ${mistakes.join(" / ")}`);
  }

  async #enter() {
    this.pages += 1;
    const came = this.page.waitForEvent("domcontentloaded", { timeout: 10_000 });
    await this.press("Enter");
    await came;
  }

  async again() {
    this.keys += 1;
    this.pages += 1;
    await this.page.reload();
  }

  text(selector) { return this.page.$eval(selector, (at) => at.textContent.trim()); }

  async signIn(base, email, password) {
    await this.visit(`${base}/login`);
    await this.type("#email", email);
    await this.type("#password", password);
    await this.send("/login");
  }
}
