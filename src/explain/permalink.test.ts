import { describe, expect, it } from 'vitest';
import { EXAMPLES, withSetting } from './common-settings.ts';
import { parseLink, renderLink } from './permalink.ts';
import { parseXl } from './xl-parser.ts';

const values = (text: string) =>
  parseXl(text).settings.map(({ key, value }) => [key, value] as const);

describe('a link', () => {
  it.each([
    ...Object.values(EXAMPLES),
    'name="a\\"b\\\\c"\nvif=["x=1", "", "[odd"]\nextra="[a"\nkernel="\\"q"\nvcpus=0x2\n',
    'vsnd=[["card"],["pcm"]]\n',
  ])('comes back as the same settings: %j', (text) => {
    const { settings } = parseXl(text);
    const choices = { vendor: 'amd', paging: 'hap' };
    const back = parseLink(`#${renderLink(settings, choices)}`);
    expect(values(back.text)).toEqual(values(text));
    expect(back.choices).toEqual(choices);
  });

  it('holds the keys that were read and nothing else of the file', () => {
    const { settings } = parseXl(
      '# secret\nname="a"\nvncpasswd="p"\nmy_note="x"\nhpet=1\nhpet=0\n',
    );
    expect(renderLink(settings, {})).toBe('name=a&hpet=0');
    expect(renderLink([], {})).toBe('');
  });

  it('from elsewhere sets nothing that xl does not know', () => {
    expect(parseLink('#foo=1&host.foo=2&vga=%22&vif=%5B1%5D&type=a%0Ab')).toEqual({
      text: 'vga = "\\""\nvif = "[1]"\ntype = "a\\nb"\n',
      choices: {},
    });
    expect(parseLink('')).toEqual({ text: '', choices: {} });
  });
});

describe('withSetting', () => {
  it.each([
    ['', 'hpet', '0', 'hpet = 0\n'],
    ['a="x"', 'hpet', '0', 'a="x"\nhpet = 0\n'],
    ['hpet=1 # on\nb=2\n', 'hpet', '0', 'hpet = 0 # on\nb=2\n'],
    ['hpet=1\nb=2\n', 'hpet', '', 'b=2\n'],
    ['hpet=1; b=2\n', 'hpet', '', 'b=2\n'],
    ['b=2\n', 'hpet', '', 'b=2\n'],
    ['hpet=1\nhpet=1\n', 'hpet', '0', 'hpet=1\nhpet = 0\n'],
  ])('%j, %s to %j', (text, key, written, changed) => {
    expect(withSetting(text, key, written)).toBe(changed);
  });
});
