/** What people do in a browser to sign in: at the site, and at the server of their account. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Account } from '../network/index.ts';

/** Gives the handle at the site, then the password at the account's own server. Ends where that asks for consent. */
export async function leaveFor(page: Page, account: Account, who = account.handle): Promise<void> {
  await page.fill('#who', who);
  await page.click('main form button');
  await page.waitForURL(/\/oauth\/authorize/);
  await sayWho(page, account);
}

/** At the server of the account, up to the question whether the site may. */
export async function sayWho(page: Page, account: Account): Promise<void> {
  const password = page.locator('input[type=password]');
  const consent = page.getByRole('button', { name: 'Authorize' });
  const other = page.getByRole('button', { name: 'Sign in' });
  await password.or(consent).or(other).first().waitFor();
  if (await other.isVisible()) await other.click();
  await password.or(consent).first().waitFor();
  if (await password.isVisible()) {
    // Who only named a server is asked for the rest there.
    const username = page.locator('input[name=username]:not([readonly]):not([disabled])');
    if ((await username.count()) > 0) await username.fill(account.handle);
    await password.fill(account.password);
    await page.keyboard.press('Enter');
  }
  await consent.waitFor();
}

/** At the server of the account, where it asks whether the site may. */
export async function giveConsent(page: Page, account: Account): Promise<void> {
  await sayWho(page, account);
  await page.getByRole('button', { name: 'Authorize' }).click();
}

/** From a page of sign-in to the page that it leads on to. */
export async function signIn(page: Page, address: string, account: Account, who?: string): Promise<void> {
  const { origin } = new URL(address);
  await page.goto(address);
  await leaveFor(page, account, who);
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.waitForURL((url) => url.origin === origin && !url.pathname.startsWith('/login'));
}

/** The same for the browser: only the server of the account needs scripts, and without them it goes on with the same cookies. */
export async function signedIn(
  browser: Browser,
  address: string,
  account: Account,
  javaScriptEnabled = false,
): Promise<BrowserContext> {
  const first = await browser.newContext();
  await signIn(await first.newPage(), address, account);
  const storageState = await first.storageState();
  await first.close();
  return browser.newContext({ javaScriptEnabled, storageState });
}

/** As somebody who may, at the site: the group's own server asks for the group's password. */
export async function connectGroup(page: Page, address: string, group: Account, button = /^Connect/): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: button }).click();
  await giveConsent(page, group);
  await page.waitForURL(address);
}
