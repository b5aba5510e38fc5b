import { type Find, find } from './found.ts';
import { XL_OPTIONS } from './xl-options.ts';

const XSA = /\b[Xx][Ss][Aa][- ]?\d{1,4}\b|\bXSAs\s+\d{1,4}(?:(?:,|,? and|,? or)\s+\d{1,4})*\b/g;
const COMMIT =
  /(?:\b(?:[Cc]ommits?|[Cc]hangesets?|c\/s|cs|Fixes:|introduc(?:ed|tion) (?:in|by))\s+|\brevert(?:s|ed)?\s+)"?([0-9a-f]{7,40})\b/g;
/** A hash that its title or its year follows. */
const CITED = /(?<![\w.])([0-9a-f]{7,40})(?= \(["'`‘“]|\s\((?:19|20)\d\d\))/g;
const PORTS =
  /\bports?\s+((?:0x[0-9a-f]{1,4}|[0-9a-f]{1,4}h)(?:\s*(?:\/|,|-|–|and|or|to)\s*(?:port\s+)?(?:0x[0-9a-f]{1,4}|[0-9a-f]{1,4}h)){0,7})\b/gi;
const CONFIG_PORTS = /(?<![\w.])(0x)?(cf8|cfc)(?!\w)/gi;
const NUMBERED_MSR = /\bMSRs?\s+(0x[0-9a-f]{1,8}|c00[0-9a-f]{5})\b/gi;
const LEAF =
  /\b(?:CPUID(?:\s+(?:leaf|leaves))?|[Ll]eaf)\s*[.[]?\s*((?:0x)?[0-9a-f]{1,8})(?:\]|\b)(?=[.\]:\s,;)]|$)/g;
const SETTING = /(?<![\w.>-])([a-z][a-z0-9_]{1,30})\s?=\s?(?:["'[]|(?:\d+|true|false)\b)/g;

function matches(text: string, pattern: RegExp, group: number): string[] {
  return [...text.matchAll(pattern)].map((match) => match[group] ?? '');
}

/** Advisories, each under the name that the project gives it. */
function findAdvisories(text: string): Find[] {
  return matches(text, XSA, 0).flatMap((written) =>
    (written.match(/\d+/g) ?? []).map((number) => find('xsa', `XSA-${number}`)),
  );
}

/** Commits; a hash needs a letter and a digit, and words or a title that say that it is one. */
function findCommits(text: string): Find[] {
  return [...matches(text, COMMIT, 1), ...matches(text, CITED, 1)]
    .filter((hash) => /[a-f]/.test(hash) && /\d/.test(hash))
    .map((written) => find('commit', written));
}

function findPorts(text: string): Find[] {
  const listed = matches(text, PORTS, 1).flatMap(
    (list) => list.match(/0x[0-9a-f]+|[0-9a-f]+h\b/gi) ?? [],
  );
  return [...listed, ...matches(text, CONFIG_PORTS, 0)].map((written) => find('port', written));
}

function findLeaves(text: string): Find[] {
  return matches(text, LEAF, 1)
    .filter((number) => /^0x/.test(number) || /^\d+$/.test(number))
    .map((written) => find('cpuid', written));
}

function findSettings(text: string): Find[] {
  return matches(text, SETTING, 1)
    .filter((name) => XL_OPTIONS.has(name))
    .map((written) => find('xl-option', written));
}

/** What is found by a number or a key, and what every text that names it has in it; most texts have little of it. */
const FINDERS: readonly (readonly [hint: RegExp, look: (text: string) => Find[]])[] = [
  [/XSA/i, findAdvisories],
  [/[0-9a-f]{7}/, findCommits],
  [/port|cf[8c]/i, findPorts],
  [/MSR/i, (text) => matches(text, NUMBERED_MSR, 1).map((written) => find('msr', written))],
  [/CPUID|[Ll]eaf/, findLeaves],
  [/=/, findSettings],
];

/** Everything that is known by a number or a key: advisories, commits, ports, MSRs, CPUID leaves, xl.cfg settings. */
export function findNumbers(text: string): Find[] {
  return FINDERS.flatMap(([hint, look]) => (hint.test(text) ? look(text) : []));
}
