import { HOST_OPTIONS, type HostOption } from './host-options.ts';
import type { XlScalar } from './xl-types.ts';

/** What decides whether a handling applies. */
export type Reason =
  | {
      readonly by: 'setting';
      readonly key: string;
      readonly value: XlScalar | undefined;
      /** 1-based line of the file; absent for a default. */
      readonly line?: number | undefined;
    }
  | { readonly by: 'option'; readonly option: HostOption; readonly choice: string }
  /** A rule of xl, libxl or Xen, in words. */
  | { readonly by: 'rule'; readonly words: string };

function settingText(key: string, value: XlScalar | undefined): string {
  if (value === undefined) return `no ${key}=`;
  if (typeof value === 'boolean') return `${key}=${Number(value)}`;
  if (typeof value === 'number') return `${key}=${value}`;
  return typeof value === 'string'
    ? `${key}="${value}"`
    : value.length === 0
      ? `no ${key}=`
      : `${key}=[…]`;
}

/** The reason in words, such as `hpet=0 in line 4`, `tsc_mode="default", the default` or `CPU vendor: Intel`. */
export function reasonWords(reason: Reason): string {
  if (reason.by === 'rule') return reason.words;
  if (reason.by === 'option') {
    const { words, choices } = HOST_OPTIONS[reason.option];
    const named = Object.entries(choices).find(([choice]) => choice === reason.choice)?.[1];
    return `${words}: ${named ?? reason.choice}`;
  }
  const { key, value, line } = reason;
  const text = settingText(key, value);
  if (line !== undefined) return `${text} in line ${line}`;
  return text.startsWith('no ') ? text : `${text}, the default`;
}
