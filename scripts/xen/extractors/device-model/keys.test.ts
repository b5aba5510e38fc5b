import { describe, expect, it } from 'vitest';
import { readDocumentedKeys, readKeys } from './keys.ts';

function documented(form: string, text: string): string | null | undefined {
  const page = `=head1 OPTIONS\n\n=over 4\n\n=item B<${form}>\n\n${text}\n\n=back\n`;
  return readDocumentedKeys(page)[0]?.default;
}

describe('readDocumentedKeys', () => {
  it('reads keys of the options only, each with its section and form', () => {
    const page = `=head1 SYNTAX

=over 4

=item B<before=NUMBER>

=back

=head1 OPTIONS

=head2 Wheels

=over 4

=item B<wheels=[ "WHEEL", ... ]>

Many.

=over 4

=item B<spokes=NUMBER>

No key of its own.

=back

=item C<axle>

=back
`;
    expect(readDocumentedKeys(page)).toEqual([
      {
        key: 'wheels',
        section: 'Wheels',
        form: 'wheels=[ "WHEEL", ... ]',
        default: null,
        line: 15,
      },
    ]);
  });

  it.each([
    ['a=BOOLEAN', 'This option is enabled by\ndefault.', 'true'],
    ['a=BOOLEAN', 'This option is disabled by default and rare.', 'false'],
    ['a=BOOLEAN', 'True (1) by default.', 'true'],
    ['a=BOOLEAN', 'The default is (0) disabled.', 'false'],
    ['a=BOOLEAN', 'Default is B<true>.', 'true'],
    ['a=BOOLEAN', 'If it is not specified then it will default to B<false>.', 'false'],
    [
      'a=BOOLEAN',
      'This option defaults to true (1) if there is a wheel and false (0) otherwise.',
      null,
    ],
    ['a=NUMBER', 'The default value is 2048.', '2048'],
    ['a=NUMBER', 'Default is (0) no wheel.', '0'],
    ['a=NUMBER', 'The default of 1023 is enough.', '1023'],
    ['a="STRING"', 'The default is B<oak>.', 'oak'],
    ['a="STRING"', 'The default is not to have one.', null],
    ['a="STRING"', '=over 4\n\n=item B<oak>\n\nHard. This is the default.\n\n=back', 'oak'],
    ['a="STRING"', 'Nothing of that.', null],
  ])('%s: %s', (form, text, stated) => {
    expect(documented(form, text)).toBe(stated);
  });
});

describe('readKeys', () => {
  it('reads the keys that are asked for, and where the value goes', () => {
    const source = `
    xlu_cfg_get_defbool(config, "round", &b_info->u.hvm.round, 0);
    if (!xlu_cfg_get_long (config, "spokes", &l, 0))
        use(l);
    xlu_cfg_get_defbool(config, "oak",
#ifdef CONFIG_OAK
                        &b_info->oak, 0);
#endif
    xlu_cfg_get_list(other, "nothing", &l, 0);
#define parse_extra_args(type)                            \\
    e = xlu_cfg_get_list_as_string_list(config, "args"#type, \\
                                        &b_info->extra##type, 0);
    parse_extra_args();
    parse_extra_args(_pv);
`;
    expect(readKeys(source)).toEqual([
      { key: 'round', field: 'b_info->u.hvm.round', line: 2 },
      { key: 'spokes', field: null, line: 3 },
      { key: 'oak', field: 'b_info->oak', line: 5 },
      { key: 'args', field: null, line: 13 },
      { key: 'args_pv', field: null, line: 14 },
    ]);
  });
});
