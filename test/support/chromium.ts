/** A real Chromium for the tests: found on the machine, or installed from Debian's packages. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL_PLACES = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`);
const DEBIAN_PACKAGES = ['chromium', 'chromium-sandbox', 'fonts-liberation'];
// Playwright itself passes what keeps Chromium off the network and quiet.
const FLAGS = ['--disable-gpu', '--disable-quic'];

/** A headless browser with a fresh profile of its own, which is gone when it closes. */
export function launchBrowser(flags: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findOrInstallChromium(),
    headless: true,
    chromiumSandbox: !isRoot(),
    args: [...FLAGS, ...flags],
  });
}

/** The path of a Chromium, installed first where that takes no question. Where there is none, throws what to do. */
export function findOrInstallChromium(): string {
  const found = findChromium() ?? (installChromium() ? findChromium() : undefined);
  if (found === undefined) {
    throw new Error(
      'The browser tests need Chromium, found none and could not install it. Install it (on Debian: ' +
        '"apt-get install chromium"), or set CHROMIUM_PATH to the executable of any Chromium or Chrome.',
    );
  }
  return found;
}

function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (!named) return USUAL_PLACES.find((path) => existsSync(path));
  if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
  return named;
}

/** False where there is no apt-get, where it would ask for a password, and where it fails. */
function installChromium(): boolean {
  const aptGet = isRoot() ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  if (!succeeds([...aptGet, '--version'])) return false;
  console.error(`No Chromium found: installing Debian's ${DEBIAN_PACKAGES.join(', ')}.`);
  // apt's progress goes to stderr: a test reporter owns stdout.
  return (
    succeeds([...aptGet, 'update'], 2) &&
    succeeds([...aptGet, 'install', '--yes', '--no-install-recommends', ...DEBIAN_PACKAGES], 2)
  );
}

function succeeds([command = '', ...args]: string[], output: 'ignore' | number = 'ignore'): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', output, output], env }).status === 0;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
