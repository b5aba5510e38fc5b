const DATE =
  /^\s*(?:[a-z]{3,9}\s*,?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([+-]\d{4}|[a-z]{1,4})?/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Hours from UTC of the zone names of RFC 5322; any other name counts as UTC, as it says. */
const ZONES: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const numeric = /^([+-])(\d\d)(\d\d)$/.exec(zone);
  if (numeric === null) return (ZONES[zone.toLowerCase()] ?? 0) * 60;
  return (numeric[1] === '-' ? -1 : 1) * (Number(numeric[2]) * 60 + Number(numeric[3]));
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return text.length === 3 ? year + 1900 : year;
  return year < 50 ? year + 2000 : year + 1900;
}

/**
 * A `Date:` header (RFC 5322, obsolete forms too) as `yyyy-mm-ddThh:mm:ssZ`, or null when it is none.
 * Own code, because `Date.parse` reads more than dates and takes the zone of the machine when there is none.
 */
export function parseMailDate(header: string | undefined): string | null {
  const match = DATE.exec(header ?? '');
  if (match === null) return null;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '0', zone] = match;
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  const fields = [Number(day), Number(hour), Number(minute), Number(second)] as const;
  if (monthIndex < 0 || fields[0] < 1 || fields[0] > 31) return null;
  if (fields[1] > 23 || fields[2] > 59 || fields[3] > 60) return null;
  const [days, hours, minutes, seconds] = fields;
  const utc = Date.UTC(
    fullYear(year),
    monthIndex,
    days,
    hours,
    minutes - zoneMinutes(zone),
    seconds,
  );
  const iso = new Date(utc).toISOString();
  return /^\d{4}-/.test(iso) ? `${iso.slice(0, 19)}Z` : null;
}
