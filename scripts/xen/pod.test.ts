import { expect, it } from 'vitest';
import { readPodItems } from './pod.ts';

const TEXT = `=head1 OPTIONS

=head2 Wheels

=over 4

=item B<wheels=NUMBER>

How many. The default
is B<4>.

=over 4

=item I<B<round>>

This is the default.

=back

Also E<lt>more.

=item C<axle>

=back

=head2 Doors

=over

=item *

One.

=back
`;

it('reads items with their headings, text and lists', () => {
  const [wheels, axle, star] = readPodItems(TEXT);
  expect(wheels).toMatchObject({
    label: 'wheels=NUMBER',
    line: 7,
    headings: ['OPTIONS', 'Wheels'],
    depth: 1,
    text: 'How many. The default is 4. Also <more.',
    items: [{ label: 'round', depth: 2, text: 'This is the default.', items: [] }],
  });
  expect(axle).toMatchObject({ label: 'axle', text: '', depth: 1 });
  expect(star).toMatchObject({ label: '*', headings: ['OPTIONS', 'Doors'], text: 'One.' });
});

it('finds nothing in a text without lists', () => {
  expect(readPodItems('plain\n\n=head1 NAME\n')).toEqual([]);
});
