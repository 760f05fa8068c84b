/** Looks at a page as a reader's browser does, in light and dark: what is wrong with it, a sentence each. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ConsoleMessage, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  id: string;
  nodes: { html: string; any: { message: string }[] }[];
}

/**
 * Checks accessibility (axe-core), that nothing is logged as an error, that no script but the site's own, style
 * attribute or foreign request is there, and that nothing is wider than the window.
 *
 * @example expect(await checkPage(page, url)).toEqual([]);
 */
export async function checkPage(page: Page, url: string, status = 200): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const heard = listen(page, url);
    const response = await page.goto(url);
    if (response?.status() !== status) found.push(`It answers ${response?.status()}, not ${status}.`);
    found.push(...(await page.evaluate(looseEnds)), ...(await violations(page)));
    found.push(...heard.stop());
  }
  return [...new Set(found)];
}

/** Errors in the console, and requests to other hosts. */
function listen(page: Page, url: string): { stop(): string[] } {
  const found: string[] = [];
  const onConsole = (message: ConsoleMessage): void => {
    // The status of the document itself is logged as well.
    const isStatus = message.location().url === url && message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isStatus) found.push(`The console says: ${message.text()}`);
  };
  const onError = (error: Error): void => void found.push(`A script failed: ${error.message}`);
  const onRequest = (request: { url(): string }): void => {
    if (new URL(request.url()).origin !== new URL(url).origin) found.push(`It asks for ${request.url()}`);
  };
  page.on('console', onConsole).on('pageerror', onError).on('request', onRequest);
  return {
    stop: () => {
      page.off('console', onConsole).off('pageerror', onError).off('request', onRequest);
      return found;
    },
  };
}

/** Runs in the page. */
function looseEnds(): string[] {
  const found: string[] = [];
  for (const script of document.scripts) {
    const isOwn = script.defer && script.text === '' && script.src.startsWith(`${location.origin}/assets/`);
    if (script.type !== 'application/ld+json' && !isOwn)
      found.push(`There is a script: ${script.outerHTML.slice(0, 200)}`);
  }
  const styled = document.querySelector('[style], style');
  if (styled) found.push(`There is an inline style: ${styled.outerHTML.slice(0, 200)}`);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`It is ${scrollWidth} wide in a window of ${clientWidth}.`);
  return found;
}

export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const options = JSON.stringify({ runOnly: RULES, preload: false });
  const result = (await page.evaluate(`axe.run(document, ${options}).then((it) => it.violations)`)) as Violation[];
  return result.map(
    ({ id, nodes: [node] }) => `axe: ${id}: ${node?.html.slice(0, 200)}: ${node?.any[0]?.message ?? ''}`,
  );
}
