import { Parser } from 'htmlparser2';
import { MAX_MESSAGE } from './archive-limits.ts';

/** How an archive on the web is asked. Tests make the waits short. */
export interface WebLimits {
  readonly redirects: number;
  /** How often an address is asked in all, when the server is busy or does not answer. */
  readonly tries: number;
  /** Wait before the second try, in ms; it doubles with each further one. */
  readonly wait: number;
  /** The longest wait that a server may ask for, in ms. */
  readonly longestWait: number;
  /** Time in which an answer must begin, and in which each further piece must come, in ms. */
  readonly timeout: number;
  /** Bytes of one answer as sent. */
  readonly bytes: number;
  /** Pages of one archive. */
  readonly pages: number;
}

export const WEB_LIMITS: WebLimits = {
  redirects: 5,
  tries: 4,
  wait: 1000,
  longestWait: 60_000,
  timeout: 30_000,
  bytes: 2 * MAX_MESSAGE,
  pages: 20_000,
};

export function isWebAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What went wrong, and whether it may go right another time. */
class WebError extends Error {
  readonly passing: boolean;
  readonly after: number;

  constructor(message: string, passing: boolean, after = 0) {
    super(message);
    this.passing = passing;
    this.after = after;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A redirect may not lead from https to http, nor to anything that is no web address. */
function redirected(from: string, response: Response): string {
  const to = new URL(response.headers.get('location') ?? '', from);
  const safe = to.protocol === 'https:' || to.protocol === new URL(from).protocol;
  if (!isWebAddress(to.href) || !safe) {
    throw new WebError(`a redirect to ${to.protocol}//${to.host}`, false);
  }
  return to.href;
}

async function ask(address: string, limits: WebLimits, signal: AbortSignal): Promise<Response> {
  let at = address;
  for (let count = 0; count <= limits.redirects; count += 1) {
    const response = await fetch(at, {
      redirect: 'manual',
      signal,
      headers: { 'user-agent': 'xen-emulation-atlas' },
    });
    if (response.status < 300 || response.status >= 400) return response;
    await response.body?.cancel();
    at = redirected(at, response);
  }
  throw new WebError(`more than ${limits.redirects} redirects`, false);
}

async function readAnswer(
  response: Response,
  limits: WebLimits,
  alive: () => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    alive();
    size += chunk.length;
    if (size > limits.bytes) throw new WebError(`more than ${limits.bytes} bytes`, false);
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

async function tryOnce(address: string, limits: WebLimits): Promise<Buffer> {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), limits.timeout);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), limits.timeout);
  };
  try {
    const response = await ask(address, limits, controller.signal);
    if (!response.ok) {
      await response.body?.cancel();
      const after = Number(response.headers.get('retry-after') ?? 0) * 1000;
      throw new WebError(`status ${response.status}`, BUSY.has(response.status), after || 0);
    }
    return await readAnswer(response, limits, alive);
  } catch (error) {
    if (error instanceof WebError) throw error;
    const late = controller.signal.aborted;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new WebError(late ? `no answer in ${limits.timeout} ms` : String(cause), true);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads one address. Throws with what the server said when it does not give it, after as many tries as allowed. */
export async function readAddress(address: string, limits: WebLimits): Promise<Buffer> {
  for (let count = 1; ; count += 1) {
    try {
      return await tryOnce(address, limits);
    } catch (error) {
      const passing = error instanceof WebError && error.passing;
      if (!passing || count >= limits.tries) throw error;
      const wait = Math.max(limits.wait * 2 ** (count - 1), error.after);
      await pause(Math.min(wait, limits.longestWait));
    }
  }
}

/** The mbox of a thread in a public-inbox archive, for the address of a message; other addresses stay. */
export function mboxAddress(source: string): string {
  const url = new URL(source);
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const index = parts.findIndex((part) => decodeURIComponent(part).includes('@'));
  const page = parts.slice(index + 1).join('/');
  if (index < 0 || !['', 't', 'T', 'raw', 't.mbox.gz'].includes(page)) return source;
  url.pathname = `/${[...parts.slice(0, index + 1), 't.mbox.gz'].join('/')}`;
  url.hash = '';
  return url.href;
}

/** Addresses that an index page of MHonArc names: its messages, and its further index pages in the same folder. */
export function linksOfIndex(
  html: string,
  base: string,
): { messages: string[]; indexes: string[] } {
  const found = new Set<string>();
  const parser = new Parser({
    onopentag(name, { href }) {
      if (name !== 'a' || href === undefined || !URL.canParse(href, base)) return;
      const url = new URL(href, base);
      url.hash = '';
      const folder = new URL('.', base).href;
      if (url.href.startsWith(folder)) found.add(url.href);
    },
  });
  parser.end(html);
  const named = (shape: RegExp) => [...found].filter((href) => shape.test(href)).sort();
  return {
    messages: named(/\/msg\d+\.html$/),
    indexes: named(/\/(?:mail|maillist|thrd|threads?)\d*\.html$/),
  };
}
