import type { GuestType } from '../../../../../src/model/guest-types.ts';
import { compareReleases, isInSpan } from '../../../../../src/model/release.ts';
import { HVM_SITES } from './hvm.ts';
import { OTHER_SITES } from './pv-and-shadow.ts';
import type { Provided, Site } from './site.ts';
import { VENDOR_SITES } from './vendors.ts';

/** Every call of the emulator that is known, of whatever release. */
export const SITES: readonly Site[] = [...HVM_SITES, ...VENDOR_SITES, ...OTHER_SITES];

/** The calls that are known of a release. */
export function sitesIn(release: string): Site[] {
  return SITES.filter((site) => isInSpan(site, release));
}

/** The handling under the build option of the call, where the release has the option. */
function inBuild({ option }: Site, release: string, one: Provided): Provided {
  if (option === undefined || compareReleases(release, option.since) < 0) return one;
  return { ...one, when: { ...one.when, kconfig: [option.name, ...(one.when?.kconfig ?? [])] } };
}

/** What the call does for a guest type in a release; empty when it does not serve it. */
export function providedBy(site: Site, guest: GuestType, release: string): readonly Provided[] {
  return (site.guests[guest] ?? [])
    .filter((one) => isInSpan(one, release))
    .map(({ since: _since, until: _until, ...one }) => inBuild(site, release, one));
}
