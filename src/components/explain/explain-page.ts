/** Ties the form of the calculator to its answer and to the fragment of the address. Nothing is sent anywhere. */
import type { ExplainData, XlGuest } from '../../data/explain-data.ts';
import { COMMON_SETTINGS, EXAMPLES, withSetting } from '../../explain/common-settings.ts';
import { type Explanation, explainXl, guestOfXl } from '../../explain/explain.ts';
import { HOST_OPTION_NAMES, type HostChoices } from '../../explain/host-options.ts';
import { parseLink, renderLink, renderValue } from '../../explain/permalink.ts';
import { GUEST_TYPE_WORDS } from '../../model/guest-types.ts';
import { required } from '../../search/element.ts';
import { onSite } from '../../search/site-root.ts';
import {
  renderProblems,
  renderProposals,
  renderRows,
  renderRunning,
  renderSurface,
} from './render-explanation.ts';

const DELAY = 250;
const MAXIMUM_BYTES = 1_000_000;

const form = required('explain-form', HTMLFormElement);
const area = required('explain-text', HTMLTextAreaElement);
const file = required('explain-file', HTMLInputElement);
const status = required('explain-status', HTMLElement);
const answer = required('explain-answer', HTMLElement);

const columns = new Map<XlGuest, Promise<ExplainData>>();
let timer: ReturnType<typeof setTimeout> | undefined;
let latest = 0;

async function fetchColumn(guest: XlGuest): Promise<ExplainData> {
  const response = await fetch(onSite(`/explain/${guest}.json`));
  if (!response.ok) throw new Error(`${guest}.json: ${response.status}`);
  return response.json();
}

/** The column of a guest type, read once; when that failed, read again when asked for again. */
function loadColumn(guest: XlGuest): Promise<ExplainData> {
  const column = columns.get(guest) ?? fetchColumn(guest);
  columns.set(guest, column);
  column.catch(() => columns.delete(guest));
  return column;
}

function field(name: string): HTMLSelectElement | undefined {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLSelectElement ? found : undefined;
}

function readChoices(): HostChoices {
  return Object.fromEntries(
    HOST_OPTION_NAMES.flatMap((option) => {
      const choice = field(`host.${option}`)?.value ?? '';
      return choice === '' ? [] : [[option, choice]];
    }),
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function statusOf({ guest, problems, surface }: Explanation): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const { 'emulated-xen': xen, 'emulated-qemu': qemu } = surface.surfaces;
  const certain = (rows: typeof xen) => rows.filter(({ truth }) => truth === 'yes').length;
  return [
    `${GUEST_TYPE_WORDS[guest].title}.`,
    `${count(certain(xen), 'row')} emulated by Xen, ${certain(qemu)} by QEMU.`,
    errors > 0
      ? `${count(errors, 'error')}: xl builds no such guest.`
      : `${count(problems.length, 'warning')}.`,
  ].join(' ');
}

/** The selects show what the text says. */
function showSettings({ settings }: Explanation): void {
  for (const { key } of COMMON_SETTINGS) {
    const select = field(key);
    const setting = settings.findLast((one) => one.key === key);
    if (select === undefined) continue;
    const written = setting === undefined ? '' : renderValue(setting.value);
    const listed = [...select.options].some(({ value }) => value === written);
    select.value = listed ? written : '';
  }
}

/** Sections that were open stay open. */
function replaceAnswer(nodes: readonly Node[]): void {
  const open = new Set(
    [...answer.querySelectorAll('details[open] > summary')].map(
      ({ textContent }) => textContent.split(':')[0],
    ),
  );
  answer.replaceChildren(...nodes);
  for (const details of answer.querySelectorAll('details')) {
    const title = details.querySelector('summary')?.textContent.split(':')[0];
    details.open = open.has(title ?? '');
  }
}

async function explain(): Promise<void> {
  const text = area.value;
  latest += 1;
  const turn = latest;
  if (text.trim() === '') {
    history.replaceState(null, '', location.pathname);
    answer.replaceChildren();
    status.textContent = 'Paste a configuration, drop a file, or choose settings.';
    return;
  }
  const choices = readChoices();
  const rows = await loadColumn(guestOfXl(text, choices)).catch(() => undefined);
  if (turn !== latest) return;
  if (rows === undefined) {
    status.textContent =
      'The rows of the matrix could not be read. Try again when there is a connection.';
    return;
  }
  const explanation = explainXl(text, choices, rows);
  const link = renderLink(explanation.settings, choices);
  history.replaceState(null, '', `${location.pathname}${link === '' ? '' : `#${link}`}`);
  showSettings(explanation);
  replaceAnswer([
    ...renderProblems(explanation),
    ...renderRunning(explanation),
    ...renderSurface(explanation),
    ...renderProposals(explanation),
    ...renderRows(explanation),
  ]);
  status.textContent = statusOf(explanation);
}

function setText(text: string): void {
  area.value = text;
  void explain();
}

async function readFile(chosen: File | undefined): Promise<void> {
  if (chosen === undefined) return;
  if (chosen.size > MAXIMUM_BYTES) {
    status.textContent = `${chosen.name} is too large for a configuration.`;
    return;
  }
  setText(await chosen.text());
}

/** Selects a line of the text, so that the reader sees what a problem is about. */
function showLine(line: number): void {
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  area.scrollTop = (area.scrollHeight / Math.max(lines.length, 1)) * Math.max(line - 3, 0);
}

function fromAddress(): void {
  const { text, choices } = parseLink(location.hash);
  if (text === '') return;
  for (const option of HOST_OPTION_NAMES) {
    const select = field(`host.${option}`);
    if (select !== undefined) select.value = choices[option] ?? '';
  }
  setText(text);
}

area.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(() => void explain(), DELAY);
});
form.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  if (target.name.startsWith('host.')) void explain();
  else if (target.name === 'example') {
    setText(EXAMPLES[target.value] ?? area.value);
    target.value = '';
  } else setText(withSetting(area.value, target.name, target.value));
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(() => void explain()));
file.addEventListener('change', () => {
  void readFile(file.files?.[0]);
  file.value = '';
});
area.addEventListener('dragover', (event) => event.preventDefault());
area.addEventListener('drop', (event) => {
  const [dropped] = event.dataTransfer?.files ?? [];
  if (dropped === undefined) return;
  event.preventDefault();
  void readFile(dropped);
});
answer.addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  const line = target.getAttribute('data-line');
  if (line !== null) showLine(Number(line));
  if (target.classList.contains('take')) {
    setText(answer.querySelector('.minimised')?.textContent ?? area.value);
    area.focus();
  }
});
addEventListener('hashchange', fromAddress);
fromAddress();
