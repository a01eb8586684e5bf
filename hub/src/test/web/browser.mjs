// Opens Debian's Chromium with a new profile and none of its own traffic.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs `work(context)` in a browser of its own, and closes it whatever happens. */
export async function withBrowser(options, work) {
  const profile = mkdtempSync(join(tmpdir(), 'facet-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.FACET_CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
    ...options,
  });
  try {
    return await work(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
