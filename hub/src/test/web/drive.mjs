// Uses the page as a person would, and fails when it does not do what it should.
//
//   node drive.mjs --url http://127.0.0.1:8080 --key-file DATA/admin.key [OPTIONS]
//
//   --person NAME         this person is among the people
//   --enrol NAME=FILE     enrols them through the form, and deletes them again unless --keep
//   --refused NAME=FILE   the form refuses this picture with reasons
//   --live                a live picture appears
//   --face-box X,Y,W,H    a face of a still live picture: blurring takes its detail away
//   --seen NAME           a camera recognises this person while the page watches (up to --patience seconds)
//   --settings CAMERA     a mask, a threshold and hours are set for this camera, and its box told of nobody, then everybody
//   --boxes NAME          this box is online among the boxes; a token is made and taken back, or the hub says why not
//   --simulate            a test event sent by another client appears by itself
//   --screenshot FILE     a picture of the live view at the end, faces blurred
//   --size WxH            of the window (1360x850); --dark for the dark scheme; --patience SECONDS (30)
//
// The last line is one JSON object: {"ok": true, "steps": [...]}.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withBrowser } from './browser.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    'key-file': { type: 'string' },
    person: { type: 'string' },
    enrol: { type: 'string' },
    refused: { type: 'string' },
    live: { type: 'boolean' },
    'face-box': { type: 'string' },
    seen: { type: 'string' },
    settings: { type: 'string' },
    boxes: { type: 'string' },
    simulate: { type: 'boolean' },
    keep: { type: 'boolean' },
    screenshot: { type: 'string' },
    size: { type: 'string', default: '1360x850' },
    dark: { type: 'boolean' },
    patience: { type: 'string', default: '30' },
  },
});
const key = readFileSync(options['key-file'], 'utf8').trim();
const patience = Number(options.patience) * 1000;
const [width, height] = options.size.split('x').map(Number);
const steps = [];

function check(holds, sentence) {
  if (!holds) throw new Error(`not so: ${sentence}`);
  steps.push(sentence);
}

const complaints = [];

function listen(page) {
  page.setDefaultTimeout(patience);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => /content security policy/i.test(message.text()) && complaints.push(message.text()));
}

const view = (page, name) => page.getByRole('navigation').getByRole('link', { name }).click();

/** The organisation's own sign-in: a link where the hub has one, and why it sent somebody back. */
async function otherWays(page) {
  await page.goto(`${options.url}/?sign_in=permission_denied`);
  await page.getByRole('alert').filter({ hasText: 'no role at this hub' }).waitFor();
  check(!page.url().includes('sign_in'), 'a refusal of the organisation’s sign-in is said once');
  const ways = await page.evaluate(async () => (await fetch('/api/v1/session/ways')).json());
  if (ways.oidc) {
    const link = page.getByRole('link', { name: ways.oidc.label });
    await link.waitFor();
    check((await link.getAttribute('href')) === ways.oidc.href, 'a link leads to the organisation’s sign-in');
  } else {
    check((await page.locator('.elsewhere a').count()) === 0, 'no link leads nowhere');
  }
}

async function signIn(page) {
  await otherWays(page);
  await page.goto(options.url);
  await page.getByRole('button', { name: 'Use an API key' }).click();
  await page.getByLabel('API key').fill('not-the-key');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').filter({ hasText: 'does not know this key' }).waitFor();
  check(true, 'a wrong key is refused in words');
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Seen', exact: true }).waitFor();
  check(true, 'the key signs in');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie);
  check(!kept.includes(key) && (await page.evaluate(() => document.cookie)) === '', 'no key and no session can be read by a script');
}

const card = (page, name) => page.locator('.person').filter({ has: page.getByText(name, { exact: true }) });

async function personIsThere(page, name) {
  await view(page, 'People');
  await card(page, name).first().waitFor();
  // Looked up anew each time: the list is drawn again whenever somebody is added.
  await page.waitForFunction((wanted) => {
    const person = [...document.querySelectorAll('.person')].find((each) =>
      [...each.querySelectorAll('*')].some((part) => part.textContent.trim() === wanted));
    const image = person?.querySelector('img');
    image?.scrollIntoView({ block: 'nearest' });
    return Boolean(image?.complete && image.naturalWidth > 0);
  }, name);
  check(true, `${name} is among the people, with a picture`);
}

async function fillForm(page, nameAndFile) {
  const [name, file] = nameAndFile.split('=');
  await view(page, 'People');
  await page.getByRole('button', { name: 'Enrol a person' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Enrol', exact: true }).click();
  return name;
}

async function enrol(page) {
  const name = await fillForm(page, options.enrol);
  const outcome = page.getByRole('dialog').getByRole('alert');
  await page.getByText(`${name} is enrolled.`).or(outcome).first().waitFor();
  check(!(await outcome.isVisible()), `the form enrols ${name}`);
  await personIsThere(page, name);
}

async function remove(page) {
  const name = options.enrol.split('=')[0];
  await view(page, 'People');
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  check(await card(page, name).first().isVisible(), 'cancel keeps a person');
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await card(page, name).first().waitFor({ state: 'detached' });
  check(true, `${name} is deleted after a confirmation`);
}

async function refused(page) {
  const name = await fillForm(page, options.refused);
  const reasons = page.getByRole('dialog').getByRole('alert');
  await reasons.waitFor();
  check((await reasons.innerText()).length > 10, `the form says why it refuses ${name}: ${(await reasons.innerText()).split('\n')[0]}`);
  await page.keyboard.press('Escape');
}

async function simulate(page) {
  await view(page, 'Live');
  await page.getByRole('heading', { name: 'Seen', exact: true }).waitFor();
  const answer = await fetch(new URL('/api/test/recognize', options.url), { headers: { 'X-API-Key': key } });
  check(answer.ok, 'another client sends a test event');
  const { event } = await answer.json();
  await page.locator('.event', { hasText: (event.data ?? event).name }).filter({ hasText: 'simulated' }).first().waitFor();
  check(true, 'the test event appears by itself, marked simulated');
}

async function seen(page) {
  await view(page, 'Live');
  await page.locator('.event.known', { hasText: options.seen }).filter({ hasNotText: 'simulated' }).first().waitFor();
  check(true, `${options.seen} was recognised by a camera`);
}

async function livePicture(page) {
  await view(page, 'Live');
  await page.locator('.watch-caption', { hasText: 'in the picture' }).waitFor();
  const levels = await page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(data.filter((_, place) => place % 401 === 0)).size;
  });
  check(levels > 8, 'a live picture is drawn');
}

/** Mean difference of neighbouring pixels within the middle of a box of the live picture. */
function detail(page, [x, y, w, h]) {
  return page.evaluate(
    ([left, top, wide, high]) => {
      const { data } = document.querySelector('canvas').getContext('2d').getImageData(left, top, wide, high);
      let sum = 0;
      for (let at = 4; at < data.length; at += 4) sum += Math.abs(data[at] - data[at - 4]);
      return sum / (data.length / 4);
    },
    [x + w * 0.1, y + h * 0.2, w * 0.8, h * 0.6].map(Math.round),
  );
}

async function blur(page) {
  const box = options['face-box']?.split(',').map(Number);
  const sharp = box ? await detail(page, box) : 0;
  await page.getByRole('switch', { name: 'Blur faces' }).check();
  const filters = await page.evaluate(() => [...document.querySelectorAll('.face img')].map((image) => getComputedStyle(image).filter));
  check(filters.every((filter) => filter.startsWith('blur')), `the switch blurs every face in the lists (${filters.length})`);
  if (box) {
    await page.waitForTimeout(500);
    const soft = await detail(page, box);
    check(soft < sharp / 3, `the switch blurs the face in the live picture (detail ${sharp.toFixed(1)} to ${soft.toFixed(1)})`);
  }
  await page.reload();
  check(await page.getByRole('switch', { name: 'Blur faces' }).isChecked(), 'the switch is remembered');
  await page.getByRole('heading', { name: 'Seen', exact: true }).waitFor();
}

async function settings(page) {
  await view(page, 'Cameras');
  await page.getByRole('button', { name: `Settings of ${options.settings}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Draw a mask' }).click();
  const pad = dialog.locator('.region-pad svg');
  await dialog.locator('.region-pad img').evaluate((image) => image.decode().catch(() => undefined));
  const { width: wide, height: high } = await pad.boundingBox();
  for (const [x, y] of [[0.1, 0.1], [0.5, 0.1], [0.1, 0.5]]) await pad.click({ position: { x: x * wide, y: y * high } });
  await dialog.getByRole('button', { name: 'Close the region' }).click();
  await dialog.getByText('0 zones, 1 mask.').waitFor();
  await dialog.getByLabel('Least confidence of a match').fill('7');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').waitFor();
  check(true, 'a setting out of range is refused with the reason');
  await dialog.getByLabel('Least confidence of a match').fill('0.7');
  await dialog.getByLabel('Looks at any time').uncheck();
  await dialog.getByLabel('sunday').uncheck();
  await dialog.getByLabel('From').fill('08:00');
  await dialog.getByLabel('To').fill('18:30');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const camera = await page.evaluate(async (name) => {
    const { cameras } = await (await fetch('/api/cameras')).json();
    const id = cameras.find((one) => one.name === name).camera_id;
    return (await fetch(`/api/v1/cameras/${id}`)).json();
  }, options.settings);
  const [mask] = camera.masks;
  check(mask.length === 3 && Math.abs(mask[1][0] - 0.5) < 0.02 && Math.abs(mask[2][1] - 0.5) < 0.02, 'a mask is where it was drawn');
  const [hours] = camera.schedule.hours;
  check(camera.threshold === 0.7 && hours.days.length === 6 && hours.from === '08:00' && hours.to === '18:30', 'threshold and hours are as set');
  for (const [choice, mode] of [['Nobody', 'none'], ['Everybody', 'all']]) {
    await page.getByRole('button', { name: `Whom ${camera.agent_id} knows` }).first().click();
    await dialog.getByLabel('Knows').selectOption({ label: choice });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const told = await page.evaluate(async (agent) => (await fetch(`/api/v1/devices/${agent}/gallery`)).json(), camera.agent_id);
    check(told.mode === mode, `the box is told of ${choice.toLowerCase()}`);
  }
}

async function boxes(page) {
  await view(page, 'Boxes');
  const box = page.locator(`[data-box="${options.boxes}"]`);
  await box.getByText('Online', { exact: true }).waitFor();
  check((await box.getByText(/load \d+\.\d\d a core/).count()) === 1, `${options.boxes} is online, and says how busy it is`);
  await page.getByRole('button', { name: 'Let a box join' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the box').fill('gate-9');
  await dialog.getByRole('button', { name: 'Make a token' }).click();
  const token = dialog.getByText(/edge --join \S+@\S+/);
  const refusal = dialog.getByRole('alert');
  await token.or(refusal).first().waitFor();
  if (await refusal.isVisible()) {
    check(/TLS/.test(await refusal.textContent()), 'a hub without TLS says why no box can join');
  } else {
    await dialog.getByRole('button', { name: /^Take back/ }).first().click();
    await dialog.getByRole('button', { name: /^Take back/ }).waitFor({ state: 'detached' });
    check(true, 'a token for a box is made, shown once, and taken back');
  }
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function picture(page) {
  await view(page, 'Live');
  if (options.live) await page.locator('.watch-caption', { hasText: 'in the picture' }).waitFor();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: options.screenshot });
  check(true, `a picture of the page is in ${options.screenshot}`);
}

async function signOut(page) {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('User name').waitFor();
  const status = await page.evaluate(() => fetch('/api/faces').then((answer) => answer.status));
  check(status === 401, 'after signing out the hub answers nothing');
}

async function drive(context) {
  const page = context.pages()[0] ?? (await context.newPage());
  listen(page);
  await signIn(page);
  if (options.person) await personIsThere(page, options.person);
  if (options.refused) await refused(page);
  if (options.enrol) await enrol(page);
  if (options.simulate) await simulate(page);
  if (options.seen) await seen(page);
  if (options.enrol && !options.keep) await remove(page);
  if (options.settings) await settings(page);
  if (options.boxes) await boxes(page);
  if (options.live) await livePicture(page);
  await view(page, 'Live');
  await blur(page);
  if (options.screenshot) await picture(page);
  await signOut(page);
  check(complaints.length === 0, `no script error and no breach of the content policy ${complaints.join('; ')}`);
}

try {
  await withBrowser({ viewport: { width, height }, colorScheme: options.dark ? 'dark' : 'light' }, drive);
  console.log(JSON.stringify({ ok: true, steps }));
} catch (error) {
  console.log(JSON.stringify({ ok: false, steps, error: error.message }));
  process.exitCode = 1;
}
